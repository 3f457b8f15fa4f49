"""Decides for a new transfer: what a scan or the list adds, what is refused, what may be sent."""

from dataclasses import replace
from uuid import uuid4

from PySide6.QtCore import QObject, Signal, Slot

from app.core.changes import Topic
from app.core.errors import AppError
from app.core.permissions import Duty
from app.core.statuses.stock import LocationKind, StockState
from app.queries.locations import LocationRow, locations
from app.queries.reader import Reader
from app.queries.scanned import ProductRow, product_row
from app.queries.ward_stock import StockRow, stock_at
from app.services.issuing import Checked, EarlierExpiryError
from app.services.picking import Wanted
from app.services.transferring import Sent, TransferringService
from app.udi.reading import Reading
from app.ui.background import Background
from app.ui.document_lines import NEW, DocumentLine, DocumentLines, same_lot
from app.ui.presenter import Presenter
from app.ui.scan_queue import PLACE_CODE, Scan, ScanQueue
from app.ui.seat import Seat


class SendingPresenter(Presenter):
    """The lines are checked one by one and posted as one document, or none."""

    topics = frozenset({Topic.STOCK, Topic.LOCKS, Topic.RECALLS})
    stores_changed = Signal(list)
    target_chosen = Signal(int)
    place_unknown = Signal(str)
    stock_changed = Signal(list)
    """What the source store has, the earliest expiry first."""
    lines_changed = Signal(list)
    line_taken = Signal(object, object)
    """The ``DocumentLine``, and the ``Reading`` that made it or None."""
    half_read = Signal(object)
    refused = Signal(AppError, str)
    """Why something was not taken, and the lot or code it was."""
    sent = Signal(object)
    reason_needed = Signal(AppError)

    def __init__(
        self,
        reader: Reader,
        transferring: TransferringService,
        seat: Seat,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(background, parent)
        self._reader, self._transferring, self._seat = reader, transferring, seat
        self._scans = ScanQueue(reader, background, self)
        self._scans.half_read.connect(self.half_read)
        self._lines = DocumentLines[DocumentLine](same_lot, self.lines_changed.emit)
        self._stores: list[LocationRow] = []
        self._source_id: int | None = None

    @Slot()
    def reload(self) -> None:
        self._load(lambda: self._reader.fetch(locations, LocationKind.STORE), self._show_stores, "stores")

    def _show_stores(self, stores: list[LocationRow]) -> None:
        self._stores = self._seat.own_first(Duty.STORE_WORK, sorted(stores, key=lambda store: store.id))
        if self._source_id not in [store.id for store in self._stores]:
            self._source_id = self._seat.start_at(Duty.STORE_WORK, self._stores)
        self.stores_changed.emit(self._stores)
        self._load_stock()

    def _load_stock(self) -> None:
        source = self._source_id
        if source is None:
            return
        states = frozenset({StockState.IN_STOCK})
        self._load(lambda: self._reader.fetch(stock_at, source, states), self.stock_changed.emit, "stock")

    @property
    def source_id(self) -> int | None:
        """The store of this workstation, or the one chosen."""
        return self._source_id

    @property
    def lines(self) -> tuple[DocumentLine, ...]:
        return self._lines.rows

    @property
    def needs_reason(self) -> bool:
        return self._lines.needs_reason

    def choose_source(self, store_id: int) -> None:
        """Another store: what was checked against the old one goes."""
        if store_id != self._source_id:
            self._source_id = store_id
            self._lines.show(())
            self._load_stock()

    # adding -----------------------------------------------------------------
    def take_scan(self, raw: str) -> None:
        """A store's code chooses where to; a box becomes a line or adds to one."""
        if raw.startswith(PLACE_CODE):
            self._choose_target(raw.removeprefix(PLACE_CODE).strip())
            return
        source = self._source_id
        if source is None:
            return

        def check(reading: Reading) -> tuple[ProductRow, Wanted, Checked]:
            product = self._scans.product(reading)
            wanted = self._lines.scanned(reading, product)
            return product, wanted, self._transferring.check(wanted, source)

        def done(reading: Reading, found: tuple[ProductRow, Wanted, Checked]) -> None:
            self.line_taken.emit(self._put(*found), reading)

        def refuse(reading: Reading, error: AppError) -> None:
            self.refused.emit(error, reading.lot or reading.raw[:14])

        self._scans.take(Scan(raw, check, done, refuse))

    def add_row(self, row: StockRow, quantity: int = 0) -> None:
        """From the list: one unit more, or ``quantity``. Locked rows are refused with their reason."""
        source = self._source_id
        if source is None:
            return

        def check() -> tuple[ProductRow, Wanted, Checked]:
            product = self._reader.fetch(product_row, row.product_id)
            one = Wanted(row.product_id, row.lot_no if product.needs_lot else None, 1, None, row.expiry_on)
            wanted = replace(one, quantity=quantity) if quantity else self._lines.with_old(one)
            return product, wanted, self._transferring.check(wanted, source)

        self._background.read(
            self,
            check,
            lambda found: self.line_taken.emit(self._put(*found), None),
            lambda error: self.refused.emit(error, row.lot_no),
        )

    def _choose_target(self, code: str) -> None:
        found = next((store for store in self._stores if store.code.lower() == code.lower()), None)
        if found is None or found.id == self._source_id:
            self.place_unknown.emit(code)
        else:
            self.target_chosen.emit(found.id)

    def _put(self, product: ProductRow, wanted: Wanted, checked: Checked) -> DocumentLine:
        lies = checked.available, checked.earlier
        return self._lines.put(DocumentLine(NEW, product, wanted, wanted.expiry_on, *lies, shelves=checked.shelves))

    # lines ------------------------------------------------------------------
    def set_quantity(self, line_id: int, quantity: int) -> None:
        """Zero takes the line away; more than the lot has is cut to what it has."""
        self._lines.set_quantity(line_id, quantity)

    def send(self, target_id: int, reason: str) -> None:
        """Post all lines as one document, or none."""
        source_id = self._source_id
        if source_id is None:
            return
        actor, op_id, wanted = self._seat.actor, uuid4().hex, self._lines.wanted

        def post() -> Sent:
            return self._transferring.send(
                actor=actor, op_id=op_id, source_id=source_id, target_id=target_id, lines=wanted, reason=reason
            )

        def done(sent: Sent) -> None:
            self._lines.show(())
            self.sent.emit(sent)

        def failed(error: AppError) -> None:
            (self.reason_needed if isinstance(error, EarlierExpiryError) else self.failed).emit(error)

        self._act(post, done, failed)
