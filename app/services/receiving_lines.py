"""The lines of an open delivery: what a scan or a person's typing does to them, inside the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select

from app.core.errors import NotFoundError, RuleError
from app.core.lots import lot_key
from app.core.statuses.receipt import LineElement
from app.core.statuses.stock import ExpiryPrecision
from app.models.catalogue import DeviceIdentifier, PackagingLevel, Product
from app.models.direct import Direct, Question
from app.models.receipt_errors import (
    AT_SCAN,
    AmbiguousError,
    CheckDigitError,
    HalfBarcodeError,
    NotPositiveError,
    SeveralCodesError,
    UnconfirmedError,
    UnreadableError,
)
from app.models.stock import DeliveryLine
from app.queries.delivery_facts import Sibling, goods_of, reading_of
from app.services.drafting import Draft
from app.udi.composing import compose
from app.udi.reader import read
from app.udi.reading import Reading, ReadState

LONGEST_SCAN, LONGEST_LOT, MOST_PACKAGES = 8192, 64, 1_000_000
_CHECK_DIGITS = frozenset({"bad_check_digit", "bad_check_character"})
_BORNE_OUT = frozenset({"unmarked_number"})
"""Doubts that the catalogue settles: a bare number that is the identifier of a product of ours is one."""


_PACKAGE = Direct(
    select(DeviceIdentifier.product_id, PackagingLevel.units)
    .join(PackagingLevel, PackagingLevel.id == DeviceIdentifier.packaging_level_id)
    .where(DeviceIdentifier.di == bindparam("di"))
)


class TooLongError(RuleError):
    """No label carries a lot or serial number of more than ``most`` characters."""

    code = "receiving.too_long"


class TooManyError(RuleError):
    """More packages than any delivery has; ``most`` is the limit."""

    code = "receiving.too_many"


class NothingToChooseError(RuleError):
    """The line has no such reading to choose."""

    code = "receiving.nothing_to_choose"


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed; None leaves an element as it is."""

    lot: str | None = None
    serial: str | None = None
    production_on: date | None = None
    expiry_on: date | None = None
    expiry_is_month: bool = False

    def elements(self) -> frozenset[str]:
        """The names of what was typed."""
        given = {
            LineElement.LOT: self.lot,
            LineElement.SERIAL: self.serial,
            LineElement.PRODUCTION: self.production_on,
            LineElement.EXPIRY: self.expiry_on,
        }
        return frozenset(element.value for element, value in given.items() if value is not None)


def storable(raw: str) -> str:
    """The scan as both databases can keep it: no NUL, no lone surrogate, not longer than any symbol holds."""
    clean = raw.encode("utf-8", "replace").decode("utf-8").replace("\0", "␀")
    return clean[:LONGEST_SCAN]


@dataclass(frozen=True, slots=True)
class Taken:
    """Where a scan went: a line that was there, or one that is kept as the transaction ends."""

    line: int | Question
    repeats: bool = False
    completes: bool = False

    @property
    def line_id(self) -> int:
        """Of a new line once it is kept."""
        return self.line if isinstance(self.line, int) else self.line.rows[0][0]


def take_scan(draft: Draft, raw: str) -> Taken:
    """Put the scan into a line: a new one, one that it repeats, or the waiting half of its label."""
    reading = read(raw, today=draft.today)
    last_no, waiting = draft.newest()
    joined = _joined(draft, waiting, reading)
    line = joined
    if line is None:
        line = draft.new_line(last_no + 1, raw)
        fill(draft, line, reading)
    goods = goods_of([line])
    siblings = draft.siblings(line, *goods.questions)
    same = _same_package(siblings, line)
    if same is None:
        draft.settle(line, siblings, goods)
        return Taken(line.id, completes=True) if joined is not None else Taken(draft.keep(line))
    if joined is not None:
        draft.drop(joined)
    _add_to(draft, draft.line(same.id), line)
    return Taken(same.id, repeats=True, completes=joined is not None)


def _add_to(draft: Draft, same: DeliveryLine, line: DeliveryLine) -> None:
    if line.di and same.problem != HalfBarcodeError.code:
        same.packages += line.packages
    draft.settle(same)


def _joined(draft: Draft, waiting: DeliveryLine | None, reading: Reading) -> DeliveryLine | None:
    """The waiting line, completed by this other half of its label."""
    first = reading_of(waiting.raw, draft.today.year) if waiting is not None else None
    both = compose(first, reading) if first is not None else None
    if waiting is None or both is None:
        return None
    waiting.raw = both.raw
    fill(draft, waiting, both)
    return waiting


def _same_package(siblings: Sequence[Sibling], line: DeliveryLine) -> Sibling | None:
    """An earlier line that this package only adds to: the same label without a serial number, let in by nobody."""
    if line.serial_no:
        return None
    others = (other for other in siblings if other.id != line.id and other.override_by is None)
    return next((other for other in others if other.raw == line.raw or _is_same(other, line)), None)


def _is_same(other: Sibling, line: DeliveryLine) -> bool:
    if line.product_id is None or not line.lot_no or other.serial_no or {other.problem, line.problem} & AT_SCAN.keys():
        return False
    seen, new = (
        (each.product_id, each.di, each.units, each.lot_no, each.expiry_on, each.production_on)
        for each in (other, line)
    )
    return seen == new


def fill(draft: Draft, line: DeliveryLine, reading: Reading) -> None:
    """Write what was read into the line; where readings differ the element stays empty."""
    draft.withdraw_override(line)
    line.problem = _problem_of(reading)
    line.di = reading.di or ""
    if line.problem in (UnreadableError.code, SeveralCodesError.code):
        return
    line.lot_no, line.serial_no = reading.lot, reading.serial
    line.production_on, line.expiry_on = reading.production, reading.expiry
    line.expiry_precision = ExpiryPrecision(reading.expiry_precision) if reading.expiry_precision else None
    if reading.quantity is not None:
        line.packages = min(reading.quantity, MOST_PACKAGES)
    if line.problem != CheckDigitError.code:
        adopt_product(draft, line)


def _problem_of(reading: Reading) -> str:
    kinds = {problem.kind for problem in reading.problems}
    longest = max(len(value or "") for value in (reading.di, reading.lot, reading.serial))
    if reading.state is ReadState.REFUSED or longest > LONGEST_LOT:
        return SeveralCodesError.code if reading.candidates else UnreadableError.code
    if kinds & _CHECK_DIGITS:
        return CheckDigitError.code
    if reading.state is ReadState.AMBIGUOUS:
        return AmbiguousError.code
    is_doubtful = reading.state is ReadState.PARTIAL and not kinds <= _BORNE_OUT
    return UnconfirmedError.code if is_doubtful else ""


def adopt_product(draft: Draft, line: DeliveryLine) -> None:
    """Find the product and its package by the identifier; unknown ones leave the line waiting for registration."""
    if not line.di:
        return
    for product_id, units in _PACKAGE.rows(draft.session, di=line.di):
        line.product_id, line.units = product_id, units


def type_into(draft: Draft, line: DeliveryLine, typed: Typed) -> None:
    """A person looked at the label: what they typed counts, and doubts of the scan are settled. Raises TooLongError."""
    for element, value in ((LineElement.LOT, typed.lot), (LineElement.SERIAL, typed.serial)):
        if value is not None and len(value) > LONGEST_LOT:
            raise TooLongError(element=element, most=LONGEST_LOT)
    if typed.lot is not None:
        line.lot_no = storable(typed.lot) if lot_key(typed.lot) else None
    if typed.serial is not None:
        line.serial_no = storable(typed.serial) if lot_key(typed.serial) else None
    if typed.production_on is not None:
        line.production_on = typed.production_on
    if typed.expiry_on is not None:
        line.expiry_on = typed.expiry_on
        line.expiry_precision = ExpiryPrecision.MONTH if typed.expiry_is_month else ExpiryPrecision.DAY
    _mark_typed(line, typed.elements())
    if line.problem == UnconfirmedError.code:
        line.problem = ""
    draft.withdraw_override(line)


def _mark_typed(line: DeliveryLine, elements: frozenset[str]) -> None:
    names = frozenset(filter(None, line.typed.split(","))) | elements
    line.typed = ",".join(element.value for element in LineElement if element.value in names)


def choose(draft: Draft, line: DeliveryLine, number: int) -> None:
    """Take one of the readings a scan allows. Raises NothingToChooseError."""
    reading = reading_of(line.raw, draft.today.year)
    if line.problem != AmbiguousError.code or reading is None or not 0 <= number < len(reading.candidates):
        raise NothingToChooseError
    before = {"lot": line.lot_no, "serial": line.serial_no, "expiry": line.expiry_on, "production": line.production_on}
    fill(draft, line, reading.candidates[number])
    after = {"lot": line.lot_no, "serial": line.serial_no, "expiry": line.expiry_on, "production": line.production_on}
    _mark_typed(line, frozenset(name for name, value in after.items() if value is not None and before[name] is None))


def set_packages(draft: Draft, line: DeliveryLine, packages: int) -> None:
    """Raises NotPositiveError or TooManyError; the line stays as it was then."""
    if packages <= 0:
        raise NotPositiveError(quantity=packages)
    if packages > MOST_PACKAGES:
        raise TooManyError(most=MOST_PACKAGES)
    line.packages = packages
    _mark_typed(line, frozenset({LineElement.QUANTITY.value}))
    draft.withdraw_override(line)


def add_by_hand(draft: Draft, product_id: int, typed: Typed, *, packages: int, units: int) -> Question:
    """A line for a box without a readable code; its id is the answer.

    Raises NotFoundError, NotPositiveError, TooLongError.
    """
    if draft.session.get(Product, product_id) is None:
        raise NotFoundError
    if units <= 0:
        raise NotPositiveError(quantity=units)
    line = draft.new_line(draft.newest()[0] + 1)
    line.product_id, line.units = product_id, units
    set_packages(draft, line, packages)
    type_into(draft, line, typed)
    _mark_typed(line, frozenset({LineElement.DEVICE.value}))
    draft.settle(line)
    return draft.keep(line)
