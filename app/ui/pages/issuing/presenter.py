"""Decides for the issuing page: what a scan adds, what is refused, what may be posted. No widget."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QObject, Signal, Slot

from app.core.changes import Topic
from app.core.errors import AppError
from app.core.permissions import Duty
from app.core.statuses.stock import LocationKind
from app.queries.free_stock import NO_ISSUE_STOCK, IssueStock, stock_at_issue
from app.queries.locations import LocationRow, locations
from app.queries.reader import Reader
from app.queries.scanned import ProductRow
from app.services.issuing import Checked, EarlierExpiryError, Issued, IssuingService
from app.services.picking import Wanted
from app.services.stops import LotStoppedError
from app.udi.reading import Reading
from app.ui.background import Background
from app.ui.document_lines import NEW, DocumentLine, DocumentLines, same_label
from app.ui.presenter import Presenter
from app.ui.scan_queue import PLACE_CODE, Scan, ScanQueue
from app.ui.seat import Seat


@dataclass(frozen=True, slots=True)
class IssueLine(DocumentLine):
    """``stock`` is what the store has of lot and product."""

    stock: IssueStock = NO_ISSUE_STOCK

    @property
    def takes_reserved(self) -> bool:
        """More than is free of the lot: it may go, and takes what was kept for a requisition."""
        return self.stock.lot.reserved > 0 and self.quantity > self.stock.lot.free


@dataclass(frozen=True, slots=True)
class Stopped:
    """A scan that must not be issued: why, and what it was."""

    error: LotStoppedError
    product: ProductRow
    lot: str
    expiry_on: date | None


@dataclass(frozen=True, slots=True)
class _Found:
    """What a scan may be issued as."""

    product: ProductRow
    wanted: Wanted
    checked: Checked
    stock: IssueStock


class IssuingPresenter(Presenter):
    """Scans are answered one after another, so that two of one lot add up."""

    topics = frozenset({Topic.STOCK, Topic.LOCKS, Topic.RECALLS})
    places_changed = Signal(list, list)
    """Stores, and departments."""
    place_chosen = Signal(int)
    place_unknown = Signal(str)
    lines_changed = Signal(list)
    line_taken = Signal(object, object)
    """The ``IssueLine`` and the ``Reading`` that made it."""
    half_read = Signal(object)
    refused = Signal(AppError, object)
    """Why a scan was not taken, and its ``Reading``."""
    stopped = Signal(object)
    issued = Signal(object)
    reason_needed = Signal(AppError)

    def __init__(
        self, reader: Reader, issuing: IssuingService, seat: Seat, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(background, parent)
        self._reader, self._issuing, self._seat = reader, issuing, seat
        self._lines = DocumentLines[IssueLine](same_label, self.lines_changed.emit)
        self._scans = ScanQueue(reader, background, self)
        self._scans.half_read.connect(self.half_read)
        self._early: list[str] = []
        self._stores: list[LocationRow] = []
        self._departments: list[LocationRow] = []
        self._store_id: int | None = None

    @Slot()
    def reload(self) -> None:
        self._load(self._places, self._show_places, "places")

    def _places(self) -> tuple[list[LocationRow], list[LocationRow]]:
        stores = self._reader.fetch(locations, LocationKind.STORE)
        departments = self._reader.fetch(locations, LocationKind.DEPARTMENT)
        return sorted(stores, key=lambda store: store.id), sorted(departments, key=lambda ward: ward.id)

    def _show_places(self, places: tuple[list[LocationRow], list[LocationRow]]) -> None:
        self._stores, self._departments = self._seat.own_first(Duty.ISSUE, places[0]), places[1]
        if self._store_id not in [store.id for store in self._stores]:
            self._store_id = self._seat.start_at(Duty.ISSUE, self._stores)
        self.places_changed.emit(self._stores, self._departments)
        early, self._early = self._early, []
        for raw in early:
            self.take_scan(raw)

    @property
    def store_id(self) -> int | None:
        """The store of this workstation, or the one chosen."""
        return self._store_id

    def choose_store(self, store_id: int) -> None:
        """Another store: what was scanned was checked against the old one and goes."""
        if store_id != self._store_id:
            self._store_id = store_id
            self._lines.show(())

    @property
    def lines(self) -> tuple[IssueLine, ...]:
        return self._lines.rows

    @property
    def needs_reason(self) -> bool:
        """Whether an earlier expiry is passed over by a lot that is not on the document."""
        return self._lines.needs_reason

    # scanning -----------------------------------------------------------------
    def take_scan(self, raw: str) -> None:
        """A department's code chooses it; a box becomes a line or adds to one."""
        if raw.startswith(PLACE_CODE):
            self._choose_place(raw.removeprefix(PLACE_CODE).strip())
            return
        store_id = self._store_id
        if store_id is None:
            self._early.append(raw)
            return
        self._scans.take(Scan(raw, lambda reading: self._check(reading, store_id), self._answer, self._refuse))

    def _check(self, reading: Reading, store_id: int) -> _Found | Stopped:
        """Runs on a reader's thread."""
        product = self._scans.product(reading)
        wanted = self._lines.scanned(reading, product)
        try:
            checked = self._issuing.check(wanted, store_id)
        except LotStoppedError as error:
            return Stopped(error, product, wanted.lot or "", reading.expiry)
        return _Found(product, wanted, checked, self._reader.fetch(stock_at_issue, product.id, wanted.lot, store_id))

    def _choose_place(self, code: str) -> None:
        found = next((place for place in self._departments if place.code.lower() == code.lower()), None)
        if found is None:
            self.place_unknown.emit(code)
        else:
            self.place_chosen.emit(found.id)

    def _answer(self, reading: Reading, found: _Found | Stopped) -> None:
        if isinstance(found, Stopped):
            self.stopped.emit(found)
        else:
            self.line_taken.emit(self._put(found), reading)

    def _refuse(self, reading: Reading, error: AppError) -> None:
        self.refused.emit(error, reading)

    def _put(self, found: _Found) -> IssueLine:
        wanted, checked = found.wanted, found.checked
        lies = checked.available, checked.earlier
        return self._lines.put(
            IssueLine(NEW, found.product, wanted, wanted.expiry_on, *lies, shelves=checked.shelves, stock=found.stock)
        )

    # lines --------------------------------------------------------------------
    def set_quantity(self, line_id: int, quantity: int) -> None:
        """Zero takes the line away; more than the lot has is cut to what it has."""
        self._lines.set_quantity(line_id, quantity)

    def issue(self, department_id: int, reason: str) -> None:
        """Post all lines as one document, or none."""
        if self._store_id is None:
            return
        actor, store_id, op_id = self._seat.actor, self._store_id, uuid4().hex
        wanted = self._lines.wanted

        def post() -> Issued:
            return self._issuing.issue(
                actor=actor, op_id=op_id, store_id=store_id, department_id=department_id, lines=wanted, reason=reason
            )

        self._act(post, self._say_issued, self._not_issued)

    def _say_issued(self, issued: Issued) -> None:
        self._lines.show(())
        self.issued.emit(issued)

    def _not_issued(self, error: AppError) -> None:
        asked: Any = self.reason_needed if isinstance(error, EarlierExpiryError) else self.failed
        asked.emit(error)
