"""Recalled goods come in by scan, differences are explained by two persons, goods are destroyed before a witness."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor, Bilingual
from app.core.changes import Changes
from app.core.errors import NotFoundError, RuleError
from app.core.permissions import Duty
from app.core.statuses.recall import CaseAct, CaseKind, TaskState
from app.core.statuses.stock import HELD_STATES, LocationKind, MovementKind, StockState
from app.models.database import Database
from app.models.places import Location
from app.models.recalls import DepartmentTask, RecallCase
from app.models.stock import Balance, Batch
from app.queries.impact import in_case
from app.queries.scanned import serial_unit
from app.services.answering import RUNNING
from app.services.diary import GOODS_CHANGES, Act, enter, open_case
from app.services.launching import DrillError
from app.services.numbering import CORRECTION, QUARANTINE, next_number
from app.services.picking import NoSuchSerialError, SerialNeededError, Wanted, batches_wanted
from app.services.posting import Line, Operation, Shelf, post
from app.services.quarantining import area_near
from app.services.registering import demand_reason
from app.services.repeating import once

TAKEN_FROM = (
    StockState.QUARANTINED,
    StockState.PAR,
    StockState.IN_STOCK,
    StockState.EXPENSED,
    StockState.IN_TRANSIT,
)
"""Shelves of a place that goods are collected from, in this order: what was put aside there comes first."""

HANDING_OVER = frozenset({TaskState.FOUND, TaskState.QUARANTINED})


class NotInCaseError(RuleError):
    """The scanned lot ``lot`` is not affected by the case ``number``."""

    code = "recall.not_in_case"


class MoreThanThereError(RuleError):
    """The books know only ``there`` of lot ``lot`` at ``place``, not ``quantity``."""

    code = "recall.more_than_there"


class NotQuarantineError(RuleError):
    """``place`` is not a quarantine area."""

    code = "recall.not_quarantine"


class QuantityError(RuleError):
    """A quantity is a whole number above zero."""

    code = "recall.quantity"


@dataclass(frozen=True, slots=True)
class Portion:
    """So many units of one affected batch on one shelf; ``serial_unit_id`` of serial products, then one unit."""

    batch_id: int
    location_id: int
    state: StockState
    quantity: int
    serial_unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Collected:
    """The posted document; ``left`` are affected units that the books still see at the place they came from.

    ``task_state`` is the state of that place's task afterwards (None: it has none).
    """

    document_no: str
    quantity: int
    left: int = 0
    task_state: TaskState | None = None
    changes: Changes = field(default=GOODS_CHANGES)


class CollectingService:
    """Duty: COLLECT_GOODS."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @once
    def collect(
        self,
        *,
        actor: Actor,
        op_id: str,
        case_id: int,
        place_id: int,
        wanted: Wanted,
        area_id: int | None = None,
    ) -> Collected:
        """What was scanned goes from a ward or store into the quarantine area (``area_id``, else the site's).

        The place's task becomes handed over when nothing of the case is left there. Raises NotInCaseError,
        MoreThanThereError, NotQuarantineError, NoQuarantineAreaError, NoSuchLotError, NoSuchSerialError, DrillError.
        """
        actor.demand(Duty.COLLECT_GOODS)
        demand_quantity(wanted.quantity)
        with self._database.writing(actor.id) as session:
            case = open_goods(session, case_id)
            target = self._area(session, area_id, place_id)
            portions = pick_affected(session, case, place_id, wanted)
            number = next_number(session, QUARANTINE, self._database.clock())
            lines = [_to(portion, MovementKind.QUARANTINE, target, number, case_id) for portion in portions]
            operation = Operation(op_id, actor.id, self._database.clock(), reason=case.number)
            post(session, self._database.clock, operation, lines)
            left, task = self._hand_over(session, case_id, place_id)
            quantity = sum(portion.quantity for portion in portions)
            act = Act(op_id, CaseAct.COLLECTED, actor, "", task.id if task else None, quantity, number)
            enter(session, self._database, case_id, act)
            return Collected(number, quantity, left, task.state if task else None)

    @once
    def explain(
        self, *, actor: Actor, op_id: str, case_id: int, portion: Portion, reason: str, second: Actor
    ) -> Collected:
        """Units that are on the books but not there become a difference, with a reason; ``second`` signed ``op_id``.

        Raises ReasonNeededError, NotInCaseError, MoreThanThereError, OwnSecondError, UnsignedError.
        """
        lost = Shelf(portion.location_id, StockState.UNACCOUNTED)
        return self._two(actor, op_id, case_id, [portion], reason, second, MovementKind.STOCK_LOSS, lost)

    @once
    def explain_surplus(
        self, *, actor: Actor, op_id: str, case_id: int, portion: Portion, reason: str, second: Actor
    ) -> Collected:
        """Units that are there but not on the books come into quarantine at the place; ``portion.state`` is ignored."""
        actor.demand(Duty.COLLECT_GOODS)
        demand_quantity(portion.quantity)
        with self._database.writing(actor.id) as session:
            case = open_goods(session, case_id)
            demand_affected(session, case, [portion.batch_id])
            number = next_number(session, CORRECTION, self._database.clock())
            source = Shelf(portion.location_id, StockState.UNACCOUNTED)
            target = Shelf(portion.location_id, StockState.QUARANTINED)
            line = Line(
                MovementKind.STOCK_GAIN,
                portion.batch_id,
                portion.quantity,
                source,
                target,
                number,
                portion.serial_unit_id,
                case_id=case_id,
            )
            self._post_signed(session, actor, op_id, second, demand_reason(reason), [line])
            act = Act(op_id, CaseAct.EXPLAINED, actor, reason, None, -portion.quantity, number, second.id)
            enter(session, self._database, case_id, act)
            return Collected(number, portion.quantity)

    @once
    def destroy(
        self, *, actor: Actor, op_id: str, case_id: int, portions: Sequence[Portion], reason: str, second: Actor
    ) -> Collected:
        """Destroy goods in quarantine before a witness, who has signed ``op_id``."""
        return self._two(actor, op_id, case_id, portions, reason, second, MovementKind.DISPOSAL, None)

    # ---- parts -------------------------------------------------------------------------------------

    def _area(self, session: Session, area_id: int | None, place_id: int) -> Shelf:
        area = session.get(Location, area_id or area_near(session, place_id))
        if area is None:
            raise NotFoundError
        if area.kind is not LocationKind.QUARANTINE:
            raise NotQuarantineError(place=Bilingual(area.name_zh, area.name_en))
        return Shelf(area.id, StockState.QUARANTINED)

    def _two(
        self,
        actor: Actor,
        op_id: str,
        case_id: int,
        portions: Sequence[Portion],
        reason: str,
        second: Actor,
        kind: MovementKind,
        target: Shelf | None,
    ) -> Collected:
        actor.demand(Duty.COLLECT_GOODS)
        second.demand(Duty.WITNESS)
        with self._database.writing(actor.id) as session:
            case = open_goods(session, case_id)
            demand_affected(session, case, [portion.batch_id for portion in portions])
            number = next_number(session, CORRECTION, self._database.clock())
            lines: list[Line] = []
            for portion in portions:
                demand_there(session, portion)
                its_target = target or Shelf(portion.location_id, StockState.DESTROYED)
                lines.append(_to(portion, kind, its_target, number, case_id))
            self._post_signed(session, actor, op_id, second, demand_reason(reason), lines)
            quantity = sum(portion.quantity for portion in portions)
            kind_of_act = CaseAct.DESTROYED if kind is MovementKind.DISPOSAL else CaseAct.EXPLAINED
            act = Act(op_id, kind_of_act, actor, reason, None, quantity, number, second.id)
            enter(session, self._database, case_id, act)
            return Collected(number, quantity)

    def _post_signed(
        self, session: Session, actor: Actor, op_id: str, second: Actor, reason: str, lines: list[Line]
    ) -> None:
        operation = Operation(op_id, actor.id, self._database.clock(), second.id, reason)
        post(session, self._database.clock, operation, lines)

    def _hand_over(self, session: Session, case_id: int, place_id: int) -> tuple[int, DepartmentTask | None]:
        task = session.scalar(
            select(DepartmentTask).where(DepartmentTask.case_id == case_id, DepartmentTask.location_id == place_id)
        )
        left = units_left(session, case_id, place_id)
        if task is not None and not left and task.state in HANDING_OVER:
            task.move_to(TaskState.HANDED_OVER)
        return left, task


def open_goods(session: Session, case_id: int) -> RecallCase:
    """A case whose goods may be moved. Raises CaseStateError, DrillError."""
    case = open_case(session, case_id, states=RUNNING)
    if case.kind is CaseKind.DRILL:
        raise DrillError(number=case.number)
    return case


def demand_quantity(quantity: int) -> None:
    """Raises QuantityError."""
    if quantity <= 0:
        raise QuantityError


def demand_affected(session: Session, case: RecallCase, batch_ids: Sequence[int]) -> None:
    """Raises NotInCaseError for the first batch that the case does not affect, and that is no kit with such goods."""
    known = set(session.scalars(in_case(case.id)))
    for batch_id in batch_ids:
        if batch_id not in known:
            raise NotInCaseError(lot=session.get_one(Batch, batch_id).lot_no, number=case.number)


def demand_there(session: Session, portion: Portion) -> None:
    """Raises QuantityError or MoreThanThereError."""
    demand_quantity(portion.quantity)
    there = session.scalar(
        select(Balance.quantity).where(
            Balance.batch_id == portion.batch_id,
            Balance.location_id == portion.location_id,
            Balance.state == portion.state,
        )
    )
    if portion.quantity > (there or 0):
        lot = session.get_one(Batch, portion.batch_id).lot_no
        raise MoreThanThereError(
            lot=lot, place=_place(session, portion.location_id), there=there or 0, quantity=portion.quantity
        )


def pick_affected(session: Session, case: RecallCase, place_id: int, wanted: Wanted) -> list[Portion]:
    """The shelves of a place that a scan empties, of affected batches only."""
    product, batches = batches_wanted(session, wanted)
    known = set(session.scalars(in_case(case.id)))
    meant = {batch.id for batch in batches} & known
    lot = wanted.lot or batches[0].lot_no
    if not meant:
        raise NotInCaseError(lot=lot, number=case.number)
    if wanted.serial is not None:
        return [_pick_serial(session, place_id, wanted, meant)]
    if product.needs_serial:
        raise SerialNeededError
    found = _shelves(session, place_id, meant)
    portions: list[Portion] = []
    missing = wanted.quantity
    for batch_id, state, quantity in found:
        part = min(missing, quantity)
        if part:
            portions.append(Portion(batch_id, place_id, state, part))
            missing -= part
    if missing:
        raise MoreThanThereError(
            lot=lot, place=_place(session, place_id), there=wanted.quantity - missing, quantity=wanted.quantity
        )
    return portions


def units_left(session: Session, case_id: int, place_id: int) -> int:
    """Affected units that the books still see in the hands of a place."""
    statement = select(Balance.quantity).where(
        Balance.location_id == place_id,
        Balance.batch_id.in_(in_case(case_id)),
        Balance.state.in_(HELD_STATES | {StockState.EXPENSED}),
    )
    return sum(session.scalars(statement))


def _shelves(session: Session, place_id: int, batch_ids: set[int]) -> list[tuple[int, StockState, int]]:
    statement = select(Balance.batch_id, Balance.state, Balance.quantity).where(
        Balance.location_id == place_id,
        Balance.batch_id.in_(batch_ids),
        Balance.state.in_(TAKEN_FROM),
        Balance.quantity > 0,
    )
    rows = [(batch_id, state, quantity) for batch_id, state, quantity in session.execute(statement)]
    return sorted(rows, key=lambda row: (TAKEN_FROM.index(row[1]), row[0]))


def _pick_serial(session: Session, place_id: int, wanted: Wanted, meant: set[int]) -> Portion:
    serial = wanted.serial or ""
    unit = serial_unit(session, wanted.product_id, serial)
    if unit is None or unit.state is None or unit.location_id != place_id or unit.state not in TAKEN_FROM:
        raise NoSuchSerialError(serial=serial, place=_place(session, place_id))
    if unit.batch_id not in meant:
        raise NoSuchSerialError(serial=serial, place=_place(session, place_id))
    return Portion(unit.batch_id, place_id, unit.state, 1, unit.id)


def _place(session: Session, location_id: int) -> Bilingual:
    place = session.get_one(Location, location_id)
    return Bilingual(place.name_zh, place.name_en)


def _to(portion: Portion, kind: MovementKind, target: Shelf, number: str, case_id: int) -> Line:
    source = Shelf(portion.location_id, portion.state)
    return Line(
        kind,
        portion.batch_id,
        portion.quantity,
        source,
        target,
        number,
        portion.serial_unit_id,
        case_id=case_id,
    )
