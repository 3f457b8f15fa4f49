"""Decides for the issuing page: what a scan adds, what is refused, what may be posted. No widget."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QObject, Signal, Slot

from app.core.changes import Topic
from app.core.errors import AppError
from app.core.lots import lot_key
from app.core.statuses.stock import LocationKind
from app.queries.batches import NoScanError, UnknownProductError
from app.queries.free_stock import NO_ISSUE_STOCK, IssueStock, stock_at_issue
from app.queries.locations import LocationRow, locations
from app.queries.reader import Reader
from app.queries.scanned import ProductRow, product_of_di
from app.services.issuing import Checked, Earlier, EarlierExpiryError, Issued, IssuingService, going
from app.services.picking import LotNeededError, Wanted
from app.services.stops import LotStoppedError
from app.udi.composing import compose
from app.udi.reader import read
from app.udi.reading import Reading, ReadState
from app.ui.background import Background
from app.ui.presenter import Presenter
from app.ui.seat import Seat

PLACE_CODE = "RD:PLACE:"


@dataclass(frozen=True, slots=True)
class IssueLine:
    """One lot on the document; ``earlier`` should go before it, unless the document takes the whole of it.

    ``warns`` says that it does not. ``shelves`` are where it lies; ``stock`` what the store has of lot and product.
    """

    id: int
    product: ProductRow
    wanted: Wanted
    expiry_on: date | None
    available: int
    earlier: Earlier | None
    warns: bool = False
    shelves: tuple[str, ...] = ()
    stock: IssueStock = NO_ISSUE_STOCK

    @property
    def quantity(self) -> int:
        return self.wanted.quantity

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


@dataclass(frozen=True, slots=True)
class _Scan:
    """What was read, waiting for its check."""

    reading: Reading
    raw: str


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
        self._lines: tuple[IssueLine, ...] = ()
        self._queue: deque[_Scan] = deque()
        self._is_checking = False
        self._first_half: Reading | None = None
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
        self._stores, self._departments = places
        ids = [store.id for store in self._stores]
        here = self._seat.place_id
        if self._store_id not in ids:
            self._store_id = here if here in ids else (ids[0] if ids else None)
        self.places_changed.emit(self._stores, self._departments)

    @property
    def store_id(self) -> int | None:
        """The store of this workstation, or the one chosen."""
        return self._store_id

    def choose_store(self, store_id: int) -> None:
        """Another store: what was scanned was checked against the old one and goes."""
        if store_id != self._store_id:
            self._store_id = store_id
            self._show_lines(())

    @property
    def lines(self) -> tuple[IssueLine, ...]:
        return self._lines

    @property
    def needs_reason(self) -> bool:
        """Whether an earlier expiry is passed over by a lot that is not on the document."""
        return any(line.warns for line in self._lines)

    # scanning -----------------------------------------------------------------
    def take_scan(self, raw: str) -> None:
        """A department's code chooses it; a box becomes a line or adds to one."""
        if raw.startswith(PLACE_CODE):
            self._choose_place(raw.removeprefix(PLACE_CODE).strip())
            return
        self._queue.append(_Scan(self._whole(read(raw)), raw))
        self._check_next()

    def _choose_place(self, code: str) -> None:
        found = next((place for place in self._departments if place.code.lower() == code.lower()), None)
        if found is None:
            self.place_unknown.emit(code)
        else:
            self.place_chosen.emit(found.id)

    def _whole(self, reading: Reading) -> Reading:
        first, self._first_half = self._first_half, None
        joined = compose(first, reading) if first is not None else None
        return joined or reading

    def _check_next(self) -> None:
        if self._is_checking or not self._queue or self._store_id is None:
            return
        self._is_checking = True
        scan, store_id, lines = self._queue.popleft(), self._store_id, self._lines

        def check() -> _Found | Stopped:
            product = self._product(scan.reading)
            wanted = _wanted(scan.reading, product, lines)
            try:
                checked = self._issuing.check(wanted, store_id)
            except LotStoppedError as error:
                return Stopped(error, product, wanted.lot or "", scan.reading.expiry)
            stock = self._reader.fetch(stock_at_issue, product.id, wanted.lot, store_id)
            return _Found(product, wanted, checked, stock)

        self._background.read(
            self, check, lambda found: self._answer(scan, found), lambda error: self._refuse(scan, error)
        )

    def _product(self, reading: Reading) -> ProductRow:
        if reading.di is None or reading.state in (ReadState.AMBIGUOUS, ReadState.REFUSED):
            raise NoScanError(raw=reading.raw[:60])
        product = self._reader.fetch(product_of_di, reading.di)
        if product is None:
            raise UnknownProductError(di=reading.di)
        return product

    def _answer(self, scan: _Scan, found: _Found | Stopped) -> None:
        self._is_checking = False
        if isinstance(found, Stopped):
            self.stopped.emit(found)
        else:
            line = self._put(found)
            self.line_taken.emit(line, scan.reading)
        self._check_next()

    def _refuse(self, scan: _Scan, error: AppError) -> None:
        self._is_checking = False
        reading = scan.reading
        waits = reading.is_secondary or (isinstance(error, LotNeededError) and reading.di is not None)
        if waits:
            self._first_half = reading
            self.half_read.emit(reading)
        else:
            self.refused.emit(error, reading)
        self._check_next()

    def _put(self, found: _Found) -> IssueLine:
        wanted, checked = found.wanted, found.checked
        old = next((line for line in self._lines if _same(line.wanted, wanted)), None)
        number = old.id if old else max((line.id for line in self._lines), default=0) + 1
        line = IssueLine(
            number, found.product, wanted, wanted.expiry_on, checked.available, checked.earlier,
            shelves=checked.shelves, stock=found.stock,
        )  # fmt: skip
        if old is None:
            self._show_lines((*self._lines, line))
        else:
            self._show_lines(tuple(line if one.id == number else one for one in self._lines))
        return next(one for one in self._lines if one.id == number)

    # lines --------------------------------------------------------------------
    def set_quantity(self, line_id: int, quantity: int) -> None:
        """Zero takes the line away; more than the lot has is cut to what it has."""
        changed: list[IssueLine] = []
        for line in self._lines:
            if line.id == line_id:
                line = replace(line, wanted=replace(line.wanted, quantity=min(quantity, line.available)))
            if line.quantity > 0:
                changed.append(line)
        self._show_lines(tuple(changed))

    def _show_lines(self, lines: Sequence[IssueLine]) -> None:
        whole = going([line.wanted for line in lines])
        self._lines = tuple(replace(line, warns=_passes_over(line, whole)) for line in lines)
        self.lines_changed.emit(list(self._lines))

    def issue(self, department_id: int, reason: str) -> None:
        """Post all lines as one document, or none."""
        if self._store_id is None:
            return
        actor, store_id, op_id = self._seat.actor, self._store_id, uuid4().hex
        wanted = [line.wanted for line in self._lines]

        def post() -> Issued:
            return self._issuing.issue(
                actor=actor, op_id=op_id, store_id=store_id, department_id=department_id, lines=wanted, reason=reason
            )

        self._act(post, self._say_issued, self._not_issued)

    def _say_issued(self, issued: Issued) -> None:
        self._show_lines(())
        self.issued.emit(issued)

    def _not_issued(self, error: AppError) -> None:
        asked: Any = self.reason_needed if isinstance(error, EarlierExpiryError) else self.failed
        asked.emit(error)


def _wanted(reading: Reading, product: ProductRow, lines: Sequence[IssueLine]) -> Wanted:
    """What the scan stands for, together with what is on the document already."""
    one = Wanted(product.id, reading.lot, product.units, reading.serial, reading.expiry)
    if product.needs_serial:
        return replace(one, quantity=1)
    one = replace(one, serial=None)
    old = next((line.wanted for line in lines if _same(line.wanted, one)), None)
    return replace(one, quantity=one.quantity + old.quantity) if old else one


def _passes_over(line: IssueLine, on_document: Mapping[tuple[int, str], int]) -> bool:
    if line.earlier is None:
        return False
    return on_document.get((line.product.id, lot_key(line.earlier.lot_no)), 0) < line.earlier.available


def _same(first: Wanted, second: Wanted) -> bool:
    return replace(first, quantity=1) == replace(second, quantity=1)
