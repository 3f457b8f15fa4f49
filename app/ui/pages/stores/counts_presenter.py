"""Decides for stock-takes: which sheet is open, what a scan adds, what still needs a reason, who may approve."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QObject, Signal, Slot

from app.core.actor import Actor
from app.core.changes import Topic
from app.core.errors import AppError
from app.core.permissions import Duty
from app.core.statuses.stock import LocationKind, StockState
from app.core.statuses.store_work import CountSource
from app.queries.batches import NoScanError, UnknownProductError
from app.queries.locations import LocationRow, locations
from app.queries.reader import Reader
from app.queries.scanned import ProductRow
from app.queries.stock_counts import (
    CountedProduct,
    CountRow,
    CountSheet,
    FoundRow,
    count_sheet,
    products_at,
    stock_counts,
)
from app.services.count_entering import Counted, Goods
from app.services.count_papers import CountPaperService, PrintedCount
from app.services.count_posting import CountPosted, CountPostingService
from app.services.counting import CountingService, CountStep, Opened
from app.services.picking import LotNeededError
from app.services.signing_in import SigningInService
from app.udi.reading import Reading, ReadState
from app.ui.background import Background
from app.ui.pages.stores.signing import Signer, signers
from app.ui.presenter import Presenter
from app.ui.scan_queue import Scan, ScanQueue
from app.ui.seat import Seat


@dataclass(frozen=True, slots=True)
class CountServices:
    """What a stock-take is done with."""

    counting: CountingService
    posting: CountPostingService
    papers: CountPaperService
    signing: SigningInService


@dataclass(frozen=True, slots=True)
class Counts:
    """The list, and the places this person may count."""

    rows: tuple[CountRow, ...]
    places: tuple[LocationRow, ...]


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """The chosen sheet; ``signers`` may approve it, as far as their duties say."""

    sheet: CountSheet
    signers: tuple[Signer, ...]
    products: tuple[CountedProduct, ...]


class CountsPresenter(Presenter):
    """``sheet_changed`` with the chosen sheet or None; while it is blind nothing of the books comes with it."""

    topics = frozenset({Topic.STOCK, Topic.LOCKS, Topic.RECALLS})
    counts_changed = Signal(object)
    products_changed = Signal(list)
    sheet_changed = Signal(object)
    counted = Signal(object, object)
    """``Counted``, and the product or None."""
    half_read = Signal(object)
    refused = Signal(AppError, str)
    product_scanned = Signal(object)
    opened = Signal(object)
    finished = Signal(object)
    posted = Signal(object)
    sign_failed = Signal(AppError)
    printed = Signal(object)

    def __init__(
        self,
        reader: Reader,
        services: CountServices,
        seat: Seat,
        background: Background,
        folder: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(background, parent)
        self._reader, self._services, self._seat, self._folder = reader, services, seat, folder
        self._scans = ScanQueue(reader, background, self)
        self._scans.half_read.connect(self.half_read)
        self._chosen_id: int | None = None
        self._open: OpenSheet | None = None

    @Slot()
    def reload(self) -> None:
        actor = self._seat.actor
        here = self._seat.place_id or actor.location_id

        def load() -> Counts:
            places = tuple(_countable(self._reader, actor))
            ids = None if actor.may(Duty.STORE_WORK) else [place.id for place in places]
            ordered = tuple(sorted(places, key=lambda place: (place.id != here, place.kind.value, place.code)))
            return Counts(tuple(self._reader.fetch(stock_counts, ids)), ordered)

        self._load(load, self.counts_changed.emit, "counts")
        if self._chosen_id is not None:
            self._load_sheet(self._chosen_id)

    @property
    def open_sheet(self) -> OpenSheet | None:
        return self._open

    # which sheet ------------------------------------------------------------
    def load_products(self, place_id: int) -> None:
        """What lies at a place, to choose from."""
        self._load(lambda: self._reader.fetch(products_at, place_id), self.products_changed.emit, "products")

    def start(self, place_id: int, product_ids: Collection[int]) -> None:
        """A new blind sheet."""
        actor, op_id = self._seat.actor, uuid4().hex

        def post() -> Opened:
            return self._services.counting.open(actor=actor, op_id=op_id, location_id=place_id, product_ids=product_ids)

        def done(opened: Opened) -> None:
            self.opened.emit(opened)
            self.choose(opened.count_id)

        self._act(post, done)

    def choose(self, count_id: int) -> None:
        self._chosen_id = count_id
        self._load_sheet(count_id)

    def close(self) -> None:
        """Back to the list; the sheet stays as it is."""
        self._chosen_id = None
        self._show(None)

    def _load_sheet(self, count_id: int) -> None:
        actor = self._seat.actor

        def load() -> OpenSheet:
            sheet = self._reader.fetch(count_sheet, count_id)
            products = self._reader.fetch(products_at, sheet.head.place_id) if sheet.head.is_blind else []
            return OpenSheet(sheet, signers(self._reader, actor), tuple(products))

        self._load(load, self._show, "sheet")

    def _show(self, found: OpenSheet | None) -> None:
        if found is not None and found.sheet.head.id != self._chosen_id:
            return
        self._open = found
        self.sheet_changed.emit(found)

    # counting ---------------------------------------------------------------
    def take_scan(self, raw: str) -> None:
        """A box of an open blind sheet is counted, known or not; else its product is offered for a new sheet."""
        opened = self._open
        if opened is not None and not opened.sheet.head.is_blind:
            return

        def look(reading: Reading) -> ProductRow | None:
            return self._scans.product(reading) if opened is None else self._product_or_none(reading)

        def done(reading: Reading, product: ProductRow | None) -> None:
            if opened is None:
                self.product_scanned.emit(product)
            else:
                self._enter(opened.sheet.head.id, _goods(reading, product), product)

        def refuse(reading: Reading, error: AppError) -> None:
            self.refused.emit(error, reading.lot or reading.raw[:14])

        self._scans.take(Scan(raw, look, done, refuse))

    def _product_or_none(self, reading: Reading) -> ProductRow | None:
        """An unknown box is counted too; only a code that cannot be read is not."""
        if reading.state in (ReadState.AMBIGUOUS, ReadState.REFUSED):
            raise NoScanError(raw=reading.raw[:60])
        try:
            product = self._scans.product(reading)
        except (UnknownProductError, NoScanError):
            if reading.is_secondary:
                raise
            return None
        if product.needs_lot and not reading.lot:
            raise LotNeededError(product=product.name)
        return product

    def _enter(self, count_id: int, goods: Goods, product: ProductRow | None) -> None:
        actor, op_id = self._seat.actor, uuid4().hex

        def post() -> Counted:
            return self._services.counting.enter(
                actor=actor, op_id=op_id, count_id=count_id, goods=goods, source=CountSource.SCAN
            )

        self._act(
            post,
            lambda counted: self.counted.emit(counted, product),
            lambda error: self.refused.emit(error, goods.lot or goods.raw[:14]),
        )

    def type_total(self, product_id: int | None, lot: str, total: int, raw: str = "") -> None:
        """The lot's total, by hand."""
        opened = self._open
        if opened is None:
            return
        actor, op_id, count_id = self._seat.actor, uuid4().hex, opened.sheet.head.id
        goods = Goods(product_id, lot, total, raw=raw)

        def post() -> Counted:
            return self._services.counting.set_total(actor=actor, op_id=op_id, count_id=count_id, goods=goods)

        self._act(post, lambda counted: self.counted.emit(counted, None), lambda error: self.refused.emit(error, lot))

    def take_out(self, row: FoundRow) -> None:
        """The last entry of this lot or unit is taken back."""
        opened = self._open
        if opened is None:
            return
        actor, op_id, count_id = self._seat.actor, uuid4().hex, opened.sheet.head.id

        def post() -> Counted:
            return self._services.counting.take_out(
                actor=actor, op_id=op_id, count_id=count_id, entry_id=row.last_entry_id
            )

        self._act(post, failed=lambda error: self.refused.emit(error, row.lot_no))

    # the steps --------------------------------------------------------------
    def finish(self) -> None:
        """Everything is counted: show the differences."""
        opened = self._open
        if opened is not None:
            actor, head = self._seat.actor, opened.sheet.head
            self._step(lambda: self._services.counting.finish(actor=actor, count_id=head.id, version=head.version))

    def give_reason(self, line_id: int, reason: str, note: str) -> None:
        opened = self._open
        if opened is not None:
            actor, count_id = self._seat.actor, opened.sheet.head.id

            def post() -> CountStep:
                return self._services.counting.give_reason(
                    actor=actor, count_id=count_id, line_id=line_id, reason=reason, note=note
                )

            self._act(post)

    def recount(self, line_ids: Collection[int]) -> None:
        """Count these lots once more, blind."""
        opened = self._open
        if opened is not None:
            actor, head = self._seat.actor, opened.sheet.head

            def post() -> CountStep:
                return self._services.counting.recount(
                    actor=actor, count_id=head.id, version=head.version, line_ids=line_ids
                )

            self._act(post)

    def cancel(self) -> None:
        """Give the sheet up; nothing is posted."""
        opened = self._open
        if opened is not None:
            actor, head = self._seat.actor, opened.sheet.head
            self._act(lambda: self._services.counting.cancel(actor=actor, count_id=head.id, version=head.version))

    def approve(self, login: str, password: str) -> None:
        """The second person signs, and all differences are posted, or none."""
        opened = self._open
        if opened is None:
            return
        actor, head, op_id = self._seat.actor, opened.sheet.head, uuid4().hex
        differing = [line for line in opened.sheet.lines if line.found != line.expected]
        facts = [(f"{line.ref} {line.lot_no} {line.serial_no}", line.found - line.expected) for line in differing]

        def post() -> CountPosted:
            second = self._services.signing.sign(
                first=actor,
                login=login,
                password=password,
                op_id=op_id,
                meaning="stock_take",
                reason=head.number,
                facts=facts,
            )
            return self._services.posting.approve(
                actor=actor, op_id=op_id, count_id=head.id, version=head.version, second=second
            )

        self._act(post, self.posted.emit, self.sign_failed.emit)

    def print_sheet(self) -> None:
        """The count sheet while it is blind, else the report of the differences; kept on file."""
        opened = self._open
        if opened is None:
            return
        actor, count_id, folder = self._seat.actor, opened.sheet.head.id, self._folder

        def make() -> PrintedCount:
            return self._services.papers.print_count(actor=actor, count_id=count_id, folder=folder)

        self._act(make, self.printed.emit)

    def _step(self, step: Callable[[], CountStep]) -> None:
        self._act(step, self.finished.emit)


def _goods(reading: Reading, product: ProductRow | None) -> Goods:
    if product is None:
        return Goods(None, reading.lot or "", 1, reading.serial or "", reading.raw)
    if product.needs_serial:
        return Goods(product.id, reading.lot or "", 1, reading.serial or "", reading.raw)
    return Goods(product.id, (reading.lot or "") if product.needs_lot else "", product.units, "", reading.raw)


def _countable(reader: Reader, actor: Actor) -> list[LocationRow]:
    """Places that keep stock; a ward's person sees the own one."""
    places = [place for place in reader.fetch(locations) if place.shelf is not StockState.EXPENSED]
    if actor.may(Duty.STORE_WORK):
        return sorted(
            places,
            key=lambda place: (not actor.may(Duty.COUNT_STOCK, at=place.id), place.kind is not LocationKind.STORE),
        )
    limited = actor.places(Duty.COUNT_STOCK)
    own = {actor.location_id} if limited is None else limited
    return [place for place in places if place.id in own]
