"""What each department has to do in a recall, how far it is, and who is late."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session, aliased

from app.core.actor import Bilingual
from app.core.errors import NotFoundError
from app.core.permissions import Role
from app.core.statuses.recall import FINISHED_TASKS, OPEN_STATES, CaseKind, RecallClass, TaskState
from app.core.statuses.stock import MovementKind, StockState
from app.models.catalogue import Product
from app.models.kits import KitContent
from app.models.persons import Person, PersonRole
from app.models.places import Location, Site
from app.models.recalls import DepartmentTask, RecallCase, TaskLine
from app.models.stock import Balance, Batch, Movement
from app.queries.case_scope import both, named
from app.queries.impact import affected


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One department's task at one moment. ``due_at`` is the next deadline; None when nothing is due any more.

    ``gap`` is expected minus found: positive where units are missing, negative where there are more.
    """

    id: int
    number: str
    case_id: int
    case_number: str
    case_title: str
    kind: CaseKind
    recall_class: RecallClass
    location_id: int
    place: Bilingual
    site: Bilingual
    phone: str
    state: TaskState
    expected: int
    found: int | None
    acknowledge_by: datetime
    done_by: datetime
    launched_at: datetime | None
    acknowledged_by: Bilingual | None
    acknowledged_at: datetime | None
    counted_by: Bilingual | None
    counted_at: datetime | None
    finished_by: Bilingual | None
    finished_at: datetime | None
    liaison: Bilingual | None
    note: str
    is_overdue: bool
    version: int

    @property
    def is_open(self) -> bool:
        return self.state not in FINISHED_TASKS

    @property
    def due_at(self) -> datetime | None:
        if not self.is_open:
            return None
        return self.acknowledge_by if self.state is TaskState.SENT else self.done_by

    @property
    def gap(self) -> int | None:
        return None if self.found is None else self.expected - self.found

    def left(self, now: datetime) -> timedelta | None:
        """Time until the next deadline, negative when it is over."""
        return self.due_at - now if self.due_at else None


@dataclass(frozen=True, slots=True)
class TaskBoard:
    """All tasks of a case with their sums; ``counted`` are units found so far."""

    tasks: tuple[TaskRow, ...]

    @property
    def done(self) -> int:
        return sum(not task.is_open for task in self.tasks)

    @property
    def open(self) -> int:
        return len(self.tasks) - self.done

    @property
    def overdue(self) -> int:
        return sum(task.is_overdue for task in self.tasks)

    @property
    def expected(self) -> int:
        return sum(task.expected for task in self.tasks)

    @property
    def counted(self) -> int:
        return sum(task.found or 0 for task in self.tasks)

    def in_states(self, *states: TaskState) -> tuple[TaskRow, ...]:
        """One column of the board."""
        return tuple(task for task in self.tasks if task.state in states)


@dataclass(frozen=True, slots=True)
class HeldRow:
    """Affected units that stand in a kit."""

    product: Bilingual
    lot_no: str
    quantity: int


@dataclass(frozen=True, slots=True)
class TaskLineRow:
    """One batch of a task. ``received`` and ``used`` are this department's; ``free`` is still on its shelves (stock,
    on the way, or issued without count), ``quarantined`` is put aside there. A kit names the affected goods that it
    ``holds``: it is one piece, put aside whole."""

    batch_id: int
    product: Bilingual
    ref: str
    unit: Bilingual
    lot_no: str
    expiry_on: date | None
    expected: int
    found: int | None
    reason: str
    received: int
    used: int
    free: int
    quarantined: int
    holds: tuple[HeldRow, ...] = ()
    product_id: int = 0

    @property
    def gap(self) -> int | None:
        return None if self.found is None else self.expected - self.found

    @property
    def instruction(self) -> Bilingual | None:
        """What to do with a kit, and which of its components is meant; None for goods that stand alone."""
        if not self.holds:
            return None
        parts = [both("recalls.kit.part", product=one.product, lot=one.lot_no, units=one.quantity)
                 for one in self.holds]  # fmt: skip
        named_parts = Bilingual("、".join(part.zh for part in parts), ", ".join(part.en for part in parts))
        return both("recalls.kit.line", kit=self.lot_no, parts=named_parts)


def task_board(session: Session, case_id: int, now: datetime) -> TaskBoard:
    """The tasks of a case by site and place."""
    statement = _tasks().where(DepartmentTask.case_id == case_id).order_by(Site.id, Location.kind, Location.id)
    return TaskBoard(tuple(_rows(session, statement, now)))


def task(session: Session, task_id: int, now: datetime) -> TaskRow:
    """Raises NotFoundError."""
    return _one(_rows(session, _tasks().where(DepartmentTask.id == task_id), now))


def task_by_number(session: Session, number: str, now: datetime) -> TaskRow:
    """The task whose sheet was scanned (``RD:TASK:<number>``). Raises NotFoundError."""
    return _one(_rows(session, _tasks().where(DepartmentTask.number == number.strip()), now))


def tasks_of_place(session: Session, location_id: int, now: datetime, *, only_open: bool = True) -> list[TaskRow]:
    """What a ward has to answer, the earliest deadline first."""
    statement = _tasks().where(DepartmentTask.location_id == location_id)
    if only_open:
        statement = statement.where(DepartmentTask.state.not_in(FINISHED_TASKS), RecallCase.state.in_(OPEN_STATES))
    rows = _rows(session, statement.order_by(DepartmentTask.id.desc()), now)
    return sorted(rows, key=lambda row: (row.due_at is None, row.due_at or now))


def task_lines(session: Session, task_id: int) -> list[TaskLineRow]:
    """The batches of one task, by lot. Six statements."""
    of_task = session.get(DepartmentTask, task_id)
    if of_task is None:
        raise NotFoundError
    location_id = of_task.location_id
    statement = (
        select(TaskLine, Batch, Product)
        .join(Batch, Batch.id == TaskLine.batch_id)
        .join(Product, Product.id == Batch.product_id)
        .where(TaskLine.task_id == task_id)
        .order_by(Batch.lot_key, Batch.id)
    )
    found = session.execute(statement).all()
    here = Balance.location_id == location_id
    states = _quantities(session, here, [batch.id for _, batch, _ in found])
    came = _came(session, location_id, [batch.id for _, batch, _ in found])
    held = _held(session, of_task.case_id, [batch.id for _, batch, _ in found])
    return [
        replace(_line(line, batch, product, states[batch.id], came.get(batch.id, 0)), holds=held.get(batch.id, ()))
        for line, batch, product in found
    ]


def _held(session: Session, case_id: int, batch_ids: Sequence[int]) -> dict[int, tuple[HeldRow, ...]]:
    """What stands in those of the batches that are kits, as far as the case affects it."""
    statement = (
        select(KitContent.kit_batch_id, Batch.lot_no, Product, func.sum(KitContent.quantity))
        .join(Batch, Batch.id == KitContent.batch_id)
        .join(Product, Product.id == Batch.product_id)
        .where(KitContent.kit_batch_id.in_(batch_ids), KitContent.batch_id.in_(affected(case_id)))
        .group_by(KitContent.kit_batch_id, Batch.id, Product.id)
        .order_by(Batch.lot_key, Batch.id)
    )
    found: dict[int, tuple[HeldRow, ...]] = {}
    for kit_id, lot, product, units in session.execute(statement):
        row = HeldRow(Bilingual(product.name_zh, product.name_en), lot, int(units))
        found[kit_id] = (*found.get(kit_id, ()), row)
    return found


def _one(rows: Sequence[TaskRow]) -> TaskRow:
    if not rows:
        raise NotFoundError
    return rows[0]


_ACKNOWLEDGER, _COUNTER, _FINISHER = aliased(Person), aliased(Person), aliased(Person)
_Tasks = Select[DepartmentTask, RecallCase, Location, Site, Person, Person, Person]


def _tasks() -> _Tasks:
    return (
        select(DepartmentTask, RecallCase, Location, Site, _ACKNOWLEDGER, _COUNTER, _FINISHER)
        .join(RecallCase, RecallCase.id == DepartmentTask.case_id)
        .join(Location, Location.id == DepartmentTask.location_id)
        .join(Site, Site.id == Location.site_id)
        .outerjoin(_ACKNOWLEDGER, _ACKNOWLEDGER.id == DepartmentTask.acknowledged_by)
        .outerjoin(_COUNTER, _COUNTER.id == DepartmentTask.counted_by)
        .outerjoin(_FINISHER, _FINISHER.id == DepartmentTask.finished_by)
    )


def _rows(session: Session, statement: _Tasks, now: datetime) -> list[TaskRow]:
    found = session.execute(statement).all()
    liaisons = _liaisons(session, {row[2].id for row in found})
    return [
        _row(task, its_case, place, site, first, second, third, liaisons.get(place.id), now)
        for task, its_case, place, site, first, second, third in found
    ]


def _row(
    task: DepartmentTask,
    its_case: RecallCase,
    place: Location,
    site: Site,
    acknowledger: Person | None,
    counter: Person | None,
    finisher: Person | None,
    liaison: Bilingual | None,
    now: datetime,
) -> TaskRow:
    return TaskRow(
        task.id,
        task.number,
        its_case.id,
        its_case.number,
        its_case.title,
        its_case.kind,
        its_case.recall_class,
        place.id,
        Bilingual(place.name_zh, place.name_en),
        Bilingual(site.name_zh, site.name_en),
        place.phone,
        task.state,
        task.expected,
        task.found,
        task.acknowledge_by,
        task.done_by,
        its_case.launched_at,
        named(acknowledger),
        task.acknowledged_at,
        named(counter),
        task.counted_at,
        named(finisher),
        task.finished_at,
        liaison,
        task.note,
        _is_overdue(task, its_case, now),
        task.version,
    )


def _is_overdue(task: DepartmentTask, its_case: RecallCase, now: datetime) -> bool:
    return its_case.state in OPEN_STATES and task.is_overdue(now)


def _liaisons(session: Session, places: set[int]) -> dict[int, Bilingual]:
    """Who answers at each place: its liaison, or its storekeeper; the first by id."""
    statement = (
        select(Person)
        .join(PersonRole, PersonRole.person_id == Person.id)
        .where(
            Person.location_id.in_(places),
            Person.is_active,
            PersonRole.ended_at.is_(None),
            PersonRole.role.in_((Role.DEPT_LIAISON, Role.STOREKEEPER)),
        )
        .order_by(Person.id.desc())
    )
    return {
        person.location_id: Bilingual(person.name_zh, person.name_en)
        for person in session.scalars(statement)
        if person.location_id is not None
    }


def _quantities(
    session: Session, here: ColumnElement[bool], batch_ids: Sequence[int]
) -> dict[int, dict[StockState, int]]:
    found: dict[int, dict[StockState, int]] = defaultdict(lambda: defaultdict(int))
    statement = select(Balance.batch_id, Balance.state, Balance.quantity).where(here, Balance.batch_id.in_(batch_ids))
    for batch_id, state, quantity in session.execute(statement):
        found[batch_id][state] = quantity
    return found


def _came(session: Session, location_id: int, batch_ids: Sequence[int]) -> dict[int, int]:
    """Units that ever came to the place from elsewhere, what was given back by a reversal taken off."""
    elsewhere = Movement.source_id.is_(None) | (Movement.source_id != location_id)
    quantity = case((Movement.kind == MovementKind.REVERSAL, 0), else_=Movement.quantity)
    came = (
        select(Movement.batch_id, func.sum(quantity))
        .where(Movement.batch_id.in_(batch_ids), Movement.target_id == location_id, elsewhere)
        .group_by(Movement.batch_id)
    )
    back = (
        select(Movement.batch_id, func.sum(Movement.quantity))
        .where(
            Movement.batch_id.in_(batch_ids),
            Movement.kind == MovementKind.REVERSAL,
            Movement.source_id == location_id,
            Movement.target_id.is_(None) | (Movement.target_id != location_id),
        )
        .group_by(Movement.batch_id)
    )
    reversed_units = {batch_id: int(total) for batch_id, total in session.execute(back)}
    return {batch_id: int(total) - reversed_units.get(batch_id, 0) for batch_id, total in session.execute(came)}


def _line(line: TaskLine, batch: Batch, product: Product, states: dict[StockState, int], came: int) -> TaskLineRow:
    shelves = (StockState.PAR, StockState.IN_STOCK, StockState.IN_TRANSIT, StockState.EXPENSED)
    return TaskLineRow(
        batch.id,
        Bilingual(product.name_zh, product.name_en),
        product.ref,
        Bilingual(product.base_unit_zh, product.base_unit_en),
        batch.lot_no,
        batch.expiry_on,
        line.expected,
        line.found,
        line.reason,
        came,
        states[StockState.USED],
        sum(states[state] for state in shelves),
        states[StockState.QUARANTINED],
        product_id=product.id,
    )
