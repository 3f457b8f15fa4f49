"""What waits for a person, what happened today, and what should worry them; every role sees its own queue."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual, Reach, reached
from app.core.permissions import Duty, Role, duties
from app.core.statuses.recall import FINISHED_TASKS, OPEN_STATES, CaseState, RecallClass, TaskState
from app.core.statuses.stock import DeliveryState, Inspection
from app.core.statuses.store_work import TransferState
from app.core.statuses.verdict import Verdict
from app.models.catalogue import Product, Supplier
from app.models.places import Location, Site
from app.models.recalls import DepartmentTask, RecallCase, ScopeLine
from app.models.stock import Balance, Batch, Delivery
from app.queries.news import waiting_since
from app.queries.reminders import ReminderRow, reminders
from app.queries.requisitions import WaitingRequisition, waiting_for_approval, waiting_for_issue
from app.queries.stock_counts import stock_counts
from app.queries.today import RunningCase, TodayFigures, running_cases, today_figures
from app.queries.transfers import incoming
from app.queries.worries import AlarmRow, alarms

INSPECT_WITHIN = timedelta(days=1)
RECEIVE_WITHIN = timedelta(days=1)
POST_WITHIN = timedelta(hours=4)
REGISTER_WITHIN = timedelta(hours=1)
APPROVE_WITHIN = timedelta(hours=8)
ISSUE_WITHIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One thing to do: ``key`` of ``[workbench.queue]`` with its values; ``door`` and ``target`` open it.

    ``due_at`` is UTC; None has no clock. Values that are ``Bilingual`` are names.
    """

    key: str
    door: str
    target: Any
    due_at: datetime | None = None
    recall_class: RecallClass | None = None
    values: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Bench:
    """The whole workbench of one person at one moment."""

    queue: tuple[QueueRow, ...]
    today: TodayFigures
    alarms: tuple[AlarmRow, ...]
    cases: tuple[RunningCase, ...]
    now: datetime
    reminders: tuple[ReminderRow, ...] = ()


def bench(
    session: Session,
    *,
    roles: frozenset[Role],
    location_id: int | None,
    now: datetime,
    person_id: int | None = None,
    reach: Reach = (),
) -> Bench:
    """Everything in one read, so that the figures agree with one another."""
    zone = _zone(session, location_id)
    midnight = datetime.combine(now.astimezone(zone).date(), time(), zone).astimezone(UTC)
    return Bench(
        tuple(queue(session, roles=roles, location_id=location_id, now=now, person_id=person_id, reach=reach)),
        today_figures(session, midnight=midnight),
        tuple(alarms(session, today=now.astimezone(zone).date())),
        tuple(running_cases(session)),
        now,
        reminders(session, roles=roles, location_id=location_id, now=now),
    )


def _zone(session: Session, location_id: int | None) -> ZoneInfo:
    name = session.scalar(
        select(Site.time_zone).join(Location, Location.site_id == Site.id).where(Location.id == location_id)
    )
    return ZoneInfo(name or "Asia/Shanghai")


def queue(
    session: Session,
    *,
    roles: frozenset[Role],
    location_id: int | None,
    now: datetime,
    person_id: int | None = None,
    reach: Reach = (),
) -> list[QueueRow]:
    """What waits for these roles, earliest first, undated last; ``person_id`` leaves out what they may not decide.

    Roles with a ``reach`` are asked for at their own places, all of them, whichever PC it is; the others for the PC's.
    """
    held = duties(roles)
    rows: list[QueueRow] = []
    for duty, ask in _QUEUES.items():
        if duty in held:
            rows += ask(session, _around(roles, reach, duty, location_id), now)
    if Duty.APPROVE_REQUISITION in held:
        for place in _around(roles, reach, Duty.APPROVE_REQUISITION, location_id).here:
            asked = waiting_for_approval(session, place, person_id)
            rows += [_requisition_row("requisition_approve", row, APPROVE_WITHIN) for row in asked]
    unique = {(row.key, row.target): row for row in rows}
    return sorted(unique.values(), key=lambda row: (row.due_at is None, row.due_at or now))


class _Around(NamedTuple):
    """``here``: the places asked for; ``only``: those that a limited role reaches, None for the whole hospital."""

    here: tuple[int, ...]
    only: frozenset[int] | None

    def limits(self, column: Any, of_places: Callable[[frozenset[int]], Any] = tuple) -> list[ColumnElement[bool]]:
        """No condition where a role holds everywhere; else that the column is among ``of_places``."""
        return [] if self.only is None else [column.in_(of_places(self.only))]


def _around(roles: frozenset[Role], reach: Reach, duty: Duty, location_id: int | None) -> _Around:
    only = reached(roles, reach, duty)
    if only is not None:
        return _Around(tuple(sorted(only)), only)
    return _Around((location_id,) if location_id is not None else (), None)


def _deliveries(session: Session, at: _Around, _now: datetime) -> list[QueueRow]:
    query = (
        select(Delivery.id, Delivery.number, Delivery.created_at, Supplier.name_zh, Supplier.name_en)
        .join(Supplier, Supplier.id == Delivery.supplier_id)
        .where(Delivery.state == DeliveryState.DRAFT.value, *at.limits(Delivery.location_id))
    )
    return [
        QueueRow(
            "delivery", "receiving", row_id, at + POST_WITHIN, None, {"number": number, "supplier": Bilingual(zh, en)}
        )
        for row_id, number, at, zh, en in session.execute(query)
    ]


def _inspections(session: Session, at: _Around, _now: datetime) -> list[QueueRow]:
    query = (
        select(Batch.id, Batch.lot_no, Batch.received_at, Product.name_zh, Product.name_en)
        .join(Product, Product.id == Batch.product_id)
        .where(Batch.inspection == Inspection.PENDING, *at.limits(Batch.id, _batches_at))
        .order_by(Batch.received_at)
        .limit(50)
    )
    return [
        QueueRow("inspect", "inspection", row_id, at + INSPECT_WITHIN, None, {"lot": lot, "product": Bilingual(zh, en)})
        for row_id, lot, at, zh, en in session.execute(query)
    ]


def _batches_at(places: frozenset[int]) -> Select[Any]:
    return select(Balance.batch_id).where(Balance.location_id.in_(places), Balance.quantity > 0)


def _tasks_of(session: Session, *conditions: Any) -> list[tuple[DepartmentTask, RecallCase, Location]]:
    query = (
        select(DepartmentTask, RecallCase, Location)
        .join(RecallCase, RecallCase.id == DepartmentTask.case_id)
        .join(Location, Location.id == DepartmentTask.location_id)
        .where(DepartmentTask.state.not_in(FINISHED_TASKS), RecallCase.state.in_(OPEN_STATES), *conditions)
    )
    return [(task, its_case, place) for task, its_case, place in session.execute(query)]


def _task_row(key: str, door: str, task: DepartmentTask, its_case: RecallCase, place: Location) -> QueueRow:
    due = task.acknowledge_by if task.state is TaskState.SENT else task.done_by
    return QueueRow(
        key,
        door,
        task.id if door == "ward" else its_case.id,
        due,
        its_case.recall_class,
        {
            "title": its_case.title,
            "number": its_case.number,
            "place": Bilingual(place.name_zh, place.name_en),
            "expected": task.expected,
            "state": task.state,
        },
    )


def _own_tasks(session: Session, at: _Around, _now: datetime) -> list[QueueRow]:
    own = _tasks_of(session, DepartmentTask.location_id.in_(at.here))
    return [_task_row("task", "ward", *found) for found in own]


def _late_tasks(session: Session, _at: _Around, now: datetime) -> list[QueueRow]:
    return [_task_row("late", "recalls", *found) for found in _tasks_of(session) if found[0].is_overdue(now)]


def _goods(session: Session, _at: _Around, _now: datetime) -> list[QueueRow]:
    ready = (TaskState.FOUND, TaskState.QUARANTINED)
    return [_task_row("collect", "recalls", *found) for found in _tasks_of(session, DepartmentTask.state.in_(ready))]


def _cases(session: Session, key: str, *states: CaseState) -> list[QueueRow]:
    query = select(RecallCase).where(RecallCase.state.in_(states)).order_by(RecallCase.registered_at)
    return [
        QueueRow(key, "recalls", found.id, None, found.recall_class, {"title": found.title, "number": found.number})
        for found in session.scalars(query)
    ]


def _to_run(session: Session, at: _Around, now: datetime) -> list[QueueRow]:
    doubtful = (
        select(RecallCase, func.count(ScopeLine.id))
        .join(ScopeLine, ScopeLine.case_id == RecallCase.id)
        .where(
            RecallCase.state.in_((CaseState.REGISTERED, CaseState.ASSESSING)),
            ScopeLine.verdict == Verdict.NEED_INFO,
            ScopeLine.decided_by.is_(None),
        )
        .group_by(RecallCase.id)
    )
    rows = [
        QueueRow(
            "doubt",
            "recalls",
            found.id,
            found.notice_received_at + timedelta(hours=1),
            found.recall_class,
            {"title": found.title, "number": found.number, "count": count},
        )
        for found, count in session.execute(doubtful)
    ]
    asked = {row.target for row in rows}
    launch = _cases(session, "launch", CaseState.ASSESSING)
    later = [row for row in launch if row.target not in asked]
    return [*_arrivals(session), *rows, *later, *_late_tasks(session, at, now)]


def _arrivals(session: Session) -> list[QueueRow]:
    """Notices that came by themselves, as one row: they wait to be registered or put aside."""
    count, first = waiting_since(session)
    if first is None:
        return []
    return [QueueRow("arrivals", "recalls", "new", first + REGISTER_WITHIN, values={"count": count, "since": first})]


def _to_approve(session: Session, _at: _Around, _now: datetime) -> list[QueueRow]:
    waiting = select(RecallCase.id).where(RecallCase.approved_by.is_(None))
    open_ids = set(session.scalars(waiting))
    rows = _cases(session, "approve", CaseState.REGISTERED, CaseState.ASSESSING)
    return [row for row in rows if row.target in open_ids]


def _to_close(session: Session, _at: _Around, _now: datetime) -> list[QueueRow]:
    return _cases(session, "close", CaseState.CLOSING_REVIEW)


def _transfers(session: Session, at: _Around, _now: datetime) -> list[QueueRow]:
    """Documents on their way to this store, and those that arrived short."""
    rows = [row for place in at.here for row in incoming(session, place, only_open=True)]
    return [
        QueueRow(
            "transfer" if row.state is TransferState.SENT else "transfer_short",
            "stores",
            ("transfer", row.id),
            row.sent_at + RECEIVE_WITHIN,
            values={"number": row.number, "place": row.source, "missing": row.missing},
        )
        for row in rows
    ]


def _to_issue(session: Session, at: _Around, _now: datetime) -> list[QueueRow]:
    """What wards wait for from this store."""
    rows = [row for place in at.here for row in waiting_for_issue(session, place)]
    return [_requisition_row("requisition_issue", row, ISSUE_WITHIN) for row in rows]


def _requisition_row(key: str, row: WaitingRequisition, within: timedelta) -> QueueRow:
    values = {"number": row.number, "place": row.department, "quantity": row.quantity}
    return QueueRow(key, "requisitions", row.id, row.waits_since + within, values=values)


def _stock_counts(session: Session, at: _Around, _now: datetime) -> list[QueueRow]:
    """Stock-takes of this place that nobody has brought to an end."""
    rows = stock_counts(session, list(at.here), only_open=True) if at.here else []
    return [
        QueueRow("stock_take", "stores", ("count", row.id), values={"number": row.number, "state": row.state})
        for row in rows
    ]


_QUEUES: dict[Duty, Callable[[Session, _Around, datetime], list[QueueRow]]] = {
    Duty.RECEIVE: _deliveries,
    Duty.INSPECT: _inspections,
    Duty.ISSUE: _to_issue,
    Duty.STORE_WORK: _transfers,
    Duty.COUNT_STOCK: _stock_counts,
    Duty.WARD: _own_tasks,
    Duty.COLLECT_GOODS: _goods,
    Duty.RUN_RECALL: _to_run,
    Duty.APPROVE_RECALL: _to_approve,
    Duty.CLOSE_RECALL: _to_close,
}
