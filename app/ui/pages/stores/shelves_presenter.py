"""Decides for the shelves: which shelf is being filled, what a scan lays there, what has no shelf yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QObject, Signal, Slot

from app.core.changes import Topic
from app.core.errors import AppError, RuleError
from app.core.permissions import Duty
from app.core.statuses.stock import LocationKind
from app.queries.locations import LocationRow, locations
from app.queries.packages import levels_of
from app.queries.reader import Reader
from app.queries.scanned import ProductRow
from app.queries.shelves import LyingRow, ShelfHistoryRow, ShelfRow, lying_in, shelf_history, shelves_of
from app.services.picking import LotNeededError, Wanted
from app.services.receipt_papers import save
from app.services.shelving import Shelved, ShelvesAdded, ShelvingService
from app.udi.reading import Reading
from app.ui.background import Background
from app.ui.presenter import Presenter
from app.ui.scan_queue import SHELF_CODE, Scan, ScanQueue
from app.ui.seat import Seat


class ShelfFirstError(RuleError):
    """A box was scanned before a shelf."""

    code = "store_work.shelf_first"


class PiecesOnlyError(RuleError):
    """Packages were typed for a scan: those of which product nobody knows before the box is read."""

    code = "store_work.pieces_only"


@dataclass(frozen=True, slots=True)
class Floor:
    """What a store has: its shelves, and its released goods with their shelf."""

    shelves: tuple[ShelfRow, ...]
    lying: tuple[LyingRow, ...]

    @property
    def loose(self) -> int:
        """Batches without a shelf."""
        return len({row.batch_id for row in self.lying if not row.shelf})


class ShelvesPresenter(Presenter):
    """A shelf's code opens it; every box after it is laid there."""

    topics = frozenset({Topic.STOCK, Topic.LOCKS, Topic.RECALLS})
    stores_changed = Signal(list)
    floor_changed = Signal(object)
    shelf_opened = Signal(str)
    laid = Signal(object)
    half_read = Signal(object)
    refused = Signal(AppError, str)
    added = Signal(int)
    levels_changed = Signal(object)
    """The ``Level``s of the chosen product."""
    history_changed = Signal(list)
    printed = Signal(object)

    def __init__(
        self,
        reader: Reader,
        shelving: ShelvingService,
        seat: Seat,
        background: Background,
        folder: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(background, parent)
        self._reader, self._shelving, self._seat, self._folder = reader, shelving, seat, folder
        self._scans = ScanQueue(reader, background, self)
        self._scans.half_read.connect(self.half_read)
        self._store: LocationRow | None = None
        self._shelf = ""
        self._floor = Floor((), ())

    @Slot()
    def reload(self) -> None:
        self._load(lambda: self._reader.fetch(locations, LocationKind.STORE), self._show_stores, "stores")

    def _show_stores(self, stores: list[LocationRow]) -> None:
        ordered = self._seat.own_first(Duty.STORE_WORK, sorted(stores, key=lambda store: store.id))
        if self._store is None and ordered:
            first = self._seat.start_at(Duty.STORE_WORK, ordered)
            self._store = next((store for store in ordered if store.id == first), ordered[0])
        self.stores_changed.emit(ordered)
        self._load_floor()

    @property
    def store_id(self) -> int | None:
        return self._store.id if self._store else None

    @property
    def shelf(self) -> str:
        """The shelf that is being filled, or nothing."""
        return self._shelf

    @property
    def floor(self) -> Floor:
        return self._floor

    def choose_store(self, store: LocationRow) -> None:
        """Another store: its own shelves."""
        self._store, self._shelf = store, ""
        self.shelf_opened.emit("")
        self._load_floor()

    def _load_floor(self) -> None:
        store = self._store
        if store is None:
            return

        def load() -> Floor:
            return Floor(tuple(self._reader.fetch(shelves_of, store.id)), tuple(self._reader.fetch(lying_in, store.id)))

        self._load(load, self._show_floor, "floor")

    def _show_floor(self, floor: Floor) -> None:
        self._floor = floor
        self.floor_changed.emit(floor)

    # filling ----------------------------------------------------------------
    def take_scan(self, raw: str, quantity: int | None = None) -> None:
        """A shelf's label opens the shelf; a box is laid on the open one: its whole lot, or so many units of it."""
        if raw.startswith(SHELF_CODE):
            self.open_shelf(raw.removeprefix(SHELF_CODE).strip())
            return

        def check(reading: Reading) -> ProductRow:
            product = self._scans.product(reading)
            if product.needs_lot and not reading.lot:
                raise LotNeededError(product=product.name)
            return product

        def done(reading: Reading, product: ProductRow) -> None:
            self._put(Wanted(product.id, reading.lot if product.needs_lot else None, 1), quantity)

        def refuse(reading: Reading, error: AppError) -> None:
            self.refused.emit(error, reading.lot or reading.raw[:14])

        self._scans.take(Scan(raw, check, done, refuse))

    def open_shelf(self, code: str) -> None:
        """Fill this shelf from now on; a code the store does not have is refused when a box comes."""
        self._shelf = code.upper()
        self.shelf_opened.emit(self._shelf)

    def put_row(self, row: LyingRow, quantity: int | None = None) -> None:
        """Lay a batch of the list on the open shelf, or so many units of it."""
        self._put(Wanted(row.product_id, row.lot_no, 1, None, row.expiry_on), quantity)

    def _put(self, wanted: Wanted, quantity: int | None) -> None:
        store_id, shelf = self.store_id, self._shelf
        if not shelf or store_id is None:
            self.refused.emit(ShelfFirstError(), wanted.lot or "")
            return
        actor, op_id = self._seat.actor, uuid4().hex

        def post() -> Shelved:
            return self._shelving.put_away(
                actor=actor, op_id=op_id, location_id=store_id, shelf=shelf, wanted=wanted, quantity=quantity
            )

        self._act(post, self.laid.emit, lambda error: self.refused.emit(error, wanted.lot or ""))

    # shelves ----------------------------------------------------------------
    def add_shelves(self, codes: Sequence[str]) -> None:
        """New codes for the chosen store, all or none."""
        store_id, actor = self.store_id, self._seat.actor
        if store_id is None:
            return

        def post() -> ShelvesAdded:
            return self._shelving.add_shelves(actor=actor, location_id=store_id, codes=codes)

        self._act(post, lambda added: self.added.emit(len(added.shelf_ids)))

    def retire(self, shelf_id: int) -> None:
        """Take a shelf out of use."""
        actor = self._seat.actor
        self._act(lambda: self._shelving.retire_shelf(actor=actor, shelf_id=shelf_id))

    def show_history(self, batch_id: int) -> None:
        """Where a batch has lain, the newest first."""

        def show(rows: list[ShelfHistoryRow]) -> None:
            self.history_changed.emit(rows)

        self._load(lambda: self._reader.fetch(shelf_history, batch_id), show, "history")

    def show_levels(self, product_id: int) -> None:
        """In which packages the chosen goods may be counted."""
        self._load(
            lambda: self._reader.fetch(levels_of, [product_id]).get(product_id, ()), self.levels_changed.emit, "levels"
        )

    def print_labels(self) -> None:
        """The labels of all shelves in use, as PDF in the folder for papers."""
        store, actor = self._store, self._seat.actor
        if store is None:
            return

        def make() -> Path:
            actor.demand(Duty.STORE_WORK)
            content = self._shelving.labels(actor=actor, location_id=store.id)
            return save(self._folder / f"shelves-{store.code}.pdf", content)

        self._background.read(self, make, self.printed.emit, self.failed.emit)
