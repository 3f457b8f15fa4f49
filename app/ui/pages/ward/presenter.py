"""Decides for the ward page: what a scan means on its tab, what is registered, what stands in stock. No widget."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import cast
from uuid import uuid4

from PySide6.QtCore import QObject, Signal, Slot

from app.core.actor import Bilingual
from app.core.changes import Topic
from app.core.errors import AppError, StorageError
from app.core.packages import Level
from app.core.statuses.stock import LocationKind
from app.core.statuses.ward import WardAnswer, WardReason
from app.queries.locations import LocationRow, location, locations
from app.queries.packages import levels_of
from app.queries.reader import Reader
from app.queries.ward_check import Finding, WardVerdict
from app.queries.ward_stock import StockRow, stock_at
from app.services.picking import TooFewError, Wanted
from app.services.signing_in import SigningInService
from app.services.ward import Returned, Used, UseDespiteLockError, WardService
from app.udi.composing import LabelHalves
from app.udi.reader import read
from app.udi.reading import Reading
from app.ui.background import Background
from app.ui.presenter import Presenter
from app.ui.seat import Seat


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict with what was scanned and how long the answer took."""

    verdict: WardVerdict
    reading: Reading
    seconds: float
    levels: tuple[Level, ...] = ()

    @property
    def wanted(self) -> Wanted | None:
        """What would be used or returned of this box; None where product or lot is not known."""
        product = self.verdict.product
        if product is None or (product.needs_lot and not self.verdict.lot):
            return None
        lot = self.verdict.lot or None
        return Wanted(product.id, lot, 1, self.verdict.serial or None, self.reading.expiry)

    @property
    def name(self) -> Bilingual:
        return self.verdict.product.name if self.verdict.product else Bilingual("", "")


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """Boxes of one lot that go back; ``id`` keeps it apart."""

    id: int
    answer: Answer
    quantity: int

    @property
    def is_locked(self) -> bool:
        return bool(self.answer.verdict.findings)


@dataclass(frozen=True, slots=True)
class UseForm:
    """What the use tab holds when it is sent."""

    visit_no: str
    quantity: int
    used_at: datetime | None


class WardPresenter(Presenter):
    """One per ward page; ``seat`` says which ward this is."""

    topics = frozenset({Topic.STOCK, Topic.LOCKS, Topic.RECALLS, Topic.TASKS})
    answered = Signal(object)
    """``Answer`` to a box scanned on the check tab."""
    box_chosen = Signal(object)
    """``Answer`` to a box scanned on the use tab."""
    visit_scanned = Signal(str)
    stock_changed = Signal(list)
    stores_changed = Signal(list)
    returns_changed = Signal(list)
    place_missing = Signal()
    used = Signal(object)
    use_held = Signal(AppError)
    """The goods are locked or the books are short: it takes a second person."""
    use_failed = Signal(AppError)
    sign_failed = Signal(AppError)
    returned = Signal(object)

    def __init__(
        self,
        reader: Reader,
        ward: WardService,
        signing_in: SigningInService,
        seat: Seat,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(background, parent)
        self._reader, self._ward, self._signing_in, self._seat = reader, ward, signing_in, seat
        self._halves = LabelHalves()
        self._returns: tuple[ReturnLine, ...] = ()
        self._scans = 0
        self._last: WardVerdict | None = None
        seat.place_changed.connect(self._place_changed)

    @property
    def place_id(self) -> int | None:
        """The ward of this workstation, else the person's own."""
        if self._seat.place_id is not None:
            return self._seat.place_id
        return self._seat.actor.location_id if self._seat.is_taken else None

    @property
    def person(self) -> Bilingual:
        return self._seat.actor.name

    @Slot()
    def reload(self) -> None:
        place = self.place_id
        if place is None:
            self.place_missing.emit()
            return
        self._load(lambda: self._reader.fetch(stock_at, place), self.stock_changed.emit, "stock")
        self._load(lambda: self._stores(place), self.stores_changed.emit, "stores")

    def _stores(self, place: int) -> list[LocationRow]:
        """The ward's own site first, in the order in which the stores were set up."""
        site_id = self._reader.fetch(location, place).site_id
        stores = self._reader.fetch(locations, LocationKind.STORE)
        return sorted(stores, key=lambda store: (store.site_id != site_id, store.id))

    @Slot()
    def _place_changed(self) -> None:
        self._returns = ()
        self.returns_changed.emit([])
        self.reload()

    # scanning -----------------------------------------------------------------
    def check(self, raw: str) -> None:
        """May this box be used?"""
        self._ask(raw, self.answered.emit)

    def _not_checked(self, reading: Reading) -> WardVerdict:
        """The database did not answer: that is no yes, and it is said as large as any other answer."""
        last = self._last
        return WardVerdict(
            WardAnswer.ASK,
            (Finding(WardReason.NOT_CHECKED),),
            datetime.now(UTC),
            last.place if last is not None else Bilingual("", ""),
            last.phone if last is not None else "",
            lot=reading.lot or "",
            serial=reading.serial or "",
        )

    def choose_box(self, raw: str) -> None:
        """The box of the use tab; a code that is no device code is the patient's visit number."""
        if _is_visit(read(raw)):
            self.visit_scanned.emit(raw.strip())
            return
        self._ask(raw, self.box_chosen.emit)

    def take_box(self, answer: Answer) -> None:
        """Carry a box over from the check tab."""
        self.box_chosen.emit(answer)

    def add_return(self, raw: str) -> None:
        """One more box to return."""
        self._scans += 1
        self._ask(raw, self._add_return, f"return {self._scans}")

    def _ask(self, raw: str, show: Callable[[Answer], object], lane: str = "check") -> None:
        """Of one lane only the newest answer is shown; boxes to return each have their own."""
        place = self.place_id
        if place is None:
            self.place_missing.emit()
            return
        reading = self._halves.whole(read(raw))
        began = time.perf_counter()

        def ask() -> tuple[WardVerdict, tuple[Level, ...]]:
            try:
                verdict = self._ward.may_i_use(reading, place)
                return verdict, self._levels(verdict)
            except StorageError:
                return self._not_checked(reading), ()

        def done(told: tuple[WardVerdict, tuple[Level, ...]]) -> None:
            self._last, levels = told
            show(Answer(self._last, reading, time.perf_counter() - began, levels))

        self._load(ask, done, lane)

    def _levels(self, verdict: WardVerdict) -> tuple[Level, ...]:
        """In which packages the goods may be counted; serial units are counted one by one."""
        product = verdict.product
        if product is None or product.needs_serial:
            return ()
        return self._reader.fetch(levels_of, [product.id]).get(product.id, ())

    # use ----------------------------------------------------------------------
    def use(self, answer: Answer, form: UseForm) -> None:
        """Register the use; a lock or a short book asks for the second person instead."""
        actor, place, op_id = self._seat.actor, self.place_id, uuid4().hex
        wanted = _counted(answer, form)

        def post() -> Used:
            return self._ward.use(
                actor=actor,
                op_id=op_id,
                place_id=cast(int, place),
                wanted=wanted,
                visit_no=form.visit_no,
                used_at=form.used_at,
            )

        def refused(error: AppError) -> None:
            held = isinstance(error, UseDespiteLockError | TooFewError)
            (self.use_held if held else self.use_failed).emit(error)

        self._act(post, self.used.emit, refused)

    def use_despite(self, answer: Answer, form: UseForm, login: str, password: str, reason: str) -> None:
        """It happened: the second person signs in place, then both stand on the record."""
        actor, op_id = self._seat.actor, uuid4().hex
        wanted, place = _counted(answer, form), self.place_id
        facts = [
            ("product", f"{answer.name.zh} / {answer.name.en}"),
            ("lot", wanted.lot or ""),
            ("quantity", wanted.quantity),
        ]

        def post() -> Used:
            second = self._signing_in.sign(
                first=actor,
                login=login,
                password=password,
                op_id=op_id,
                meaning="second",
                reason=reason,
                facts=facts,
            )
            return self._ward.use(
                actor=actor,
                op_id=op_id,
                place_id=cast(int, place),
                wanted=wanted,
                visit_no=form.visit_no,
                used_at=form.used_at,
                second=second,
                reason=reason,
            )

        self._act(post, self.used.emit, self.sign_failed.emit)

    # return -------------------------------------------------------------------
    def start_return(self, answer: Answer) -> None:
        """Carry a box over from the check tab."""
        self._add_return(answer)

    def _add_return(self, answer: Answer) -> None:
        wanted = answer.wanted
        if wanted is None:
            self.answered.emit(answer)
            return
        units = answer.verdict.product.units if answer.verdict.product else 1
        for line in self._returns:
            if line.answer.wanted == wanted and wanted.serial is None:
                self.set_return_quantity(line.id, line.quantity + units)
                return
        number = max((line.id for line in self._returns), default=0) + 1
        self._show_returns((*self._returns, ReturnLine(number, answer, units)))

    def set_return_quantity(self, line_id: int, quantity: int) -> None:
        """Zero takes the line away."""
        changed = (replace(line, quantity=quantity) if line.id == line_id else line for line in self._returns)
        self._show_returns(tuple(line for line in changed if line.quantity > 0))

    def _show_returns(self, lines: tuple[ReturnLine, ...]) -> None:
        self._returns = lines
        self.returns_changed.emit(list(lines))

    def give_back(self, store_id: int) -> None:
        """Return every line; what was posted leaves the list, so that a fault in one line keeps only that one."""
        if self._returns:
            self._give_back_next(store_id, [])

    def _give_back_next(self, store_id: int, posted: Sequence[Returned]) -> None:
        if not self._returns:
            self.returned.emit(list(posted))
            return
        line, actor, place, op_id = self._returns[0], self._seat.actor, self.place_id, uuid4().hex
        wanted = replace(cast(Wanted, line.answer.wanted), quantity=line.quantity)

        def post() -> Returned:
            return self._ward.give_back(
                actor=actor, op_id=op_id, place_id=cast(int, place), store_id=store_id, wanted=wanted
            )

        def done(outcome: Returned) -> None:
            self._show_returns(self._returns[1:])
            self._give_back_next(store_id, [*posted, outcome])

        self._act(post, done)


def _counted(answer: Answer, form: UseForm) -> Wanted:
    return replace(cast(Wanted, answer.wanted), quantity=form.quantity)


def _is_visit(reading: Reading) -> bool:
    return reading.di is None and not reading.is_secondary and not reading.candidates


def usable(rows: Sequence[StockRow]) -> tuple[int, int, int]:
    """Batches, units, and units that may not be used."""
    locked = sum(row.quantity for row in rows if not row.is_free)
    return len(rows), sum(row.quantity for row in rows), locked
