"""Recall cases: the list with its filters, clocks and figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.deadlines import launch_by
from app.core.errors import NotFoundError
from app.core.lots import lot_key
from app.core.permissions import Duty
from app.core.statuses.recall import (
    FINISHED_TASKS,
    OPEN_STATES,
    CaseKind,
    CaseState,
    RecallClass,
    TaskState,
    Treatment,
)
from app.core.statuses.verdict import Verdict
from app.models.catalogue import Product
from app.models.places import Location, Site
from app.models.recalls import DepartmentTask, RecallCase, ScopeLine
from app.models.stock import Batch
from app.queries.impact import case_units
from app.queries.lot_keys import mentions_lot

BEFORE_LAUNCH = frozenset({CaseState.REGISTERED, CaseState.ASSESSING})
NO_CLAUSE = "no_clause"


class CaseFilter(Enum):
    """The chips above the list of cases."""

    ALL = "all"
    OPEN = "open"
    OVERDUE = "overdue"
    MINE = "mine"
    WAITING = "waiting"
    CLOSED = "closed"
    DRILL = "drill"


@dataclass(frozen=True, slots=True)
class CaseClock:
    """The clock that runs: from ``started_at`` to ``due_at`` (None: nothing is due), stopped at ``ended_at``."""

    started_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    now: datetime

    @property
    def is_overdue(self) -> bool:
        return self.due_at is not None and (self.ended_at or self.now) > self.due_at

    @property
    def used(self) -> float:
        """Share of the time used, 0 to 1; 1 when over."""
        if self.due_at is None or self.due_at <= self.started_at:
            return 1.0
        passed = (self.ended_at or self.now) - self.started_at
        return min(1.0, max(0.0, passed / (self.due_at - self.started_at)))


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in the list. ``is_waiting`` for a second person's approval; ``doubtful`` batches nobody has decided."""

    id: int
    number: str
    title: str
    manufacturer: str
    kind: CaseKind
    recall_class: RecallClass
    treatment: Treatment
    state: CaseState
    registered_at: datetime
    closed_at: datetime | None
    approved_at: datetime | None
    is_assessed: bool
    batches: int
    doubtful: int
    received: int
    accounted: int
    tasks: int
    tasks_done: int
    tasks_overdue: int
    unacknowledged: int
    clock: CaseClock
    version: int

    @property
    def is_waiting(self) -> bool:
        return self.state in BEFORE_LAUNCH and self.is_assessed and self.approved_at is None

    @property
    def is_overdue(self) -> bool:
        return self.state in OPEN_STATES and (self.clock.is_overdue or self.tasks_overdue > 0)


def case_rows(
    session: Session,
    now: datetime,
    *,
    words: str = "",
    show: CaseFilter = CaseFilter.ALL,
    actor: Actor | None = None,
    site_id: int | None = None,
    limit: int = 500,
) -> list[CaseRow]:
    """Open cases first, the gravest class and the newest first within; every word must be found in the case."""
    statement = select(RecallCase).where(*(_mentions(word) for word in words.split()))
    if site_id is not None:
        statement = statement.where(_touches(site_id))
    cases = session.scalars(statement.order_by(RecallCase.id.desc()).limit(limit)).all()
    rows = [row for row in rows_of(session, cases, now) if _is_shown(row, show, actor)]
    return sorted(rows, key=lambda row: (row.state not in OPEN_STATES, row.recall_class.value, -row.id))


def case_counts(session: Session, now: datetime, actor: Actor | None = None) -> dict[CaseFilter, int]:
    """How many cases each chip would show."""
    rows = rows_of(session, session.scalars(select(RecallCase)).all(), now)
    return {show: sum(_is_shown(row, show, actor) for row in rows) for show in CaseFilter}


def case_by_number(session: Session, number: str) -> int:
    """The id of the case whose paper was scanned (``RD:CASE:<number>``). Raises NotFoundError."""
    found = session.scalar(select(RecallCase.id).where(RecallCase.number == number.strip().upper()))
    if found is None:
        raise NotFoundError
    return found


def open_case_of_batch(session: Session, batch_id: int) -> int | None:
    """The newest open case that affects the batch, for a scan on the page of recalls."""
    return session.scalar(
        select(RecallCase.id)
        .join(ScopeLine, ScopeLine.case_id == RecallCase.id)
        .where(
            ScopeLine.batch_id == batch_id,
            ScopeLine.verdict == Verdict.AFFECTED,
            RecallCase.state.in_(OPEN_STATES),
        )
        .order_by(RecallCase.id.desc())
        .limit(1)
    )


def rows_of(session: Session, cases: Sequence[RecallCase], now: datetime) -> list[CaseRow]:
    """The rows of these cases, in their order. Five statements."""
    ids = [found.id for found in cases]
    scope = _scope_counts(session, ids)
    units = case_units(session, ids)
    tasks = _tasks(session, ids)
    zone = session.scalar(select(Site.time_zone).order_by(Site.id).limit(1)) or "Asia/Shanghai"
    return [
        _row(found, scope.get(found.id, {}), units.get(found.id, (0, 0)), tasks.get(found.id, []), now, zone)
        for found in cases
    ]


def _scope_counts(session: Session, ids: list[int]) -> dict[int, dict[tuple[Verdict, bool], int]]:
    decided = ScopeLine.decided_by.is_not(None)
    statement = (
        select(ScopeLine.case_id, ScopeLine.verdict, decided, func.count())
        .where(ScopeLine.case_id.in_(ids))
        .group_by(ScopeLine.case_id, ScopeLine.verdict, decided)
    )
    found: dict[int, dict[tuple[Verdict, bool], int]] = {}
    for case_id, verdict, is_decided, count in session.execute(statement):
        found.setdefault(case_id, {})[verdict, bool(is_decided)] = count
    return found


def _tasks(session: Session, ids: list[int]) -> dict[int, list[DepartmentTask]]:
    found: dict[int, list[DepartmentTask]] = {}
    for task in session.scalars(select(DepartmentTask).where(DepartmentTask.case_id.in_(ids))):
        found.setdefault(task.case_id, []).append(task)
    return found


def _row(
    found: RecallCase,
    scope: dict[tuple[Verdict, bool], int],
    units: tuple[int, int],
    tasks: list[DepartmentTask],
    now: datetime,
    zone: str,
) -> CaseRow:
    return CaseRow(
        found.id,
        found.number,
        found.title,
        found.manufacturer,
        found.kind,
        found.recall_class,
        found.treatment,
        found.state,
        found.registered_at,
        found.closed_at,
        found.approved_at,
        found.assessed_at is not None,
        sum(count for (verdict, _), count in scope.items() if verdict is Verdict.AFFECTED),
        scope.get((Verdict.NEED_INFO, False), 0),
        units[0],
        units[1],
        len(tasks),
        sum(task.state in FINISHED_TASKS for task in tasks),
        sum(task.is_overdue(now) for task in tasks) if found.state in OPEN_STATES else 0,
        sum(task.state is TaskState.SENT for task in tasks),
        _clock(found, tasks, now, zone),
        found.version,
    )


def _clock(found: RecallCase, tasks: list[DepartmentTask], now: datetime, zone: str) -> CaseClock:
    """Before the launch: until it should be launched. Then: until the last department should be done."""
    if found.launched_at is None:
        due = launch_by(found.recall_class, found.notice_received_at, zone)
        return CaseClock(found.notice_received_at, due, found.closed_at, now)
    due = max((task.done_by for task in tasks), default=None)
    ends = [task.finished_at for task in tasks]
    finished = [end for end in ends if end is not None]
    ended = max(finished) if finished and len(finished) == len(ends) else found.closed_at
    return CaseClock(found.launched_at, due, ended, now)


def _is_shown(row: CaseRow, show: CaseFilter, actor: Actor | None) -> bool:
    tests = {
        CaseFilter.ALL: True,
        CaseFilter.OPEN: row.state in OPEN_STATES,
        CaseFilter.OVERDUE: row.is_overdue,
        CaseFilter.WAITING: row.is_waiting and row.batches > 0,
        CaseFilter.CLOSED: row.state not in OPEN_STATES,
        CaseFilter.DRILL: row.kind is CaseKind.DRILL,
        CaseFilter.MINE: actor is not None and _waits_for(row, actor),
    }
    return tests[show]


def _waits_for(row: CaseRow, actor: Actor) -> bool:
    """Whether the next step of the case is one of the actor's duties."""
    if row.state not in OPEN_STATES:
        return False
    if row.state is CaseState.CLOSING_REVIEW:
        return actor.may(Duty.CLOSE_RECALL)
    if row.is_waiting and row.batches and not row.doubtful:
        return actor.may(Duty.APPROVE_RECALL)
    return actor.may(Duty.RUN_RECALL)


def _mentions(word: str) -> ColumnElement[bool]:
    texts = (RecallCase.number, RecallCase.title, RecallCase.manufacturer, RecallCase.notice_text)
    found: list[ColumnElement[bool]] = [column.icontains(word, autoescape=True) for column in texts]
    found.append(RecallCase.id.in_(_with_batch(word)))
    return or_(*found)


def _with_batch(word: str) -> Select[int]:
    names = (Product.name_zh, Product.name_en, Product.ref)
    matches = [column.icontains(word, autoescape=True) for column in names]
    key = lot_key(word)
    if key:
        matches.append(mentions_lot(key))
    return (
        select(ScopeLine.case_id)
        .join(Batch, Batch.id == ScopeLine.batch_id)
        .join(Product, Product.id == Batch.product_id)
        .where(ScopeLine.verdict != Verdict.NOT_AFFECTED, or_(*matches))
    )


def _touches(site_id: int) -> ColumnElement[bool]:
    at_site = (
        select(DepartmentTask.case_id)
        .join(Location, Location.id == DepartmentTask.location_id)
        .where(Location.site_id == site_id)
    )
    return or_(RecallCase.id.in_(at_site), RecallCase.launched_at.is_(None))
