"""The legal clocks: what passed half, four fifths or all of its time is recorded once, with how late it was noticed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, column, select, table
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.deadlines import launch_by
from app.core.statuses.agent import ClockKind
from app.core.statuses.recall import FINISHED_TASKS, OPEN_STATES
from app.models.agents import Reminder
from app.models.everything import METADATA
from app.models.places import Location, Site
from app.models.recalls import RecallCase
from app.services.agent.jobs import Ran
from app.services.agent.leasing import Lease, Leasing
from app.services.agent.mailing import compose

_own = METADATA.tables["department_task"].c
_seen = table("task_clock", *(column(name, _own[name].type) for name in (
    "id", "case_id", "location_id", "number", "state", "acknowledge_by", "done_by", "acknowledged_at", "finished_at"
))).c  # fmt: skip
_TASKS = (
    select(
        _seen.number, _seen.id, _seen.state, Location.name_zh, Location.name_en, _seen.acknowledge_by, _seen.done_by,
        _seen.acknowledged_at, _seen.finished_at,
    )
    .join(Location, Location.id == _seen.location_id)
    .where(_seen.case_id == bindparam("case"))
    .order_by(_seen.id)
)  # fmt: skip
"""The hospital's tasks, whoever watches them: rows of ``department_task`` itself are hidden from other departments."""
MARKS = (50, 80, 100)
"""Per cent of a clock's time after which people are reminded."""


@dataclass(frozen=True, slots=True)
class Running:
    """One clock: ``stopped_at`` is when the step was done, if it was. ``what`` and ``where`` name it to people."""

    subject: str
    case_id: int
    task_id: int | None
    clock: ClockKind
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None
    what: str
    where: tuple[str, str]

    def passed(self, now: datetime) -> Iterator[tuple[int, datetime]]:
        """The marks that came before the step was done, with their moments."""
        end = min(now, self.stopped_at) if self.stopped_at else now
        for percent in MARKS:
            at = self.started_at + (self.due_at - self.started_at) * percent / 100
            if at <= end:
                yield percent, at


class Reminding:
    """Looks at every open case; writes ``Reminder`` rows and, for the gravest new mark of a clock, a mail."""

    name = "clocks"
    every = timedelta(minutes=1)

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def run(self, leasing: Leasing, lease: Lease) -> Ran:
        """One transaction: a reminder and its mail are both there or neither is."""
        with leasing.acting(lease) as session:
            now = self._clock()
            known = {
                (subject, clock, percent)
                for subject, clock, percent in session.execute(
                    select(Reminder.subject, Reminder.clock, Reminder.percent)
                )
            }
            count = sum(_record(session, one, known, now) for one in running_clocks(session))
        return Ran(count=count)


def _record(session: Session, one: Running, known: set[tuple[str, ClockKind, int]], now: datetime) -> int:
    fresh = [mark for mark in one.passed(now) if (one.subject, one.clock, mark[0]) not in known]
    for percent, at in fresh:
        late = int((now - at).total_seconds())
        row = Reminder(subject=one.subject, case_id=one.case_id, task_id=one.task_id, clock=one.clock, percent=percent)
        row.due_at, row.recorded_at, row.late_seconds = at, now, late
        session.add(row)
    if fresh and one.stopped_at is None:
        percent = fresh[-1][0]
        values = {"what": one.what, "clock": one.clock, "due": one.due_at, "percent": percent}
        compose(session, now, "overdue" if percent == 100 else "due", values, one.where)
    return len(fresh)


def running_clocks(session: Session) -> Iterator[Running]:
    """Of every open case: its launch, then each department's acknowledgement and completion."""
    zone = session.scalar(select(Site.time_zone).order_by(Site.id).limit(1)) or "UTC"
    for case in session.scalars(select(RecallCase).where(RecallCase.state.in_(OPEN_STATES)).order_by(RecallCase.id)):
        due = launch_by(case.recall_class, case.notice_received_at, zone)
        yield Running(
            f"case:{case.id}", case.id, None, ClockKind.LAUNCH, case.notice_received_at, due, case.launched_at,
            case.number, ("", ""),
        )  # fmt: skip
        if case.launched_at is not None:
            yield from _of_tasks(session, case, case.launched_at)


def _of_tasks(session: Session, case: RecallCase, launched_at: datetime) -> Iterator[Running]:
    rows = session.execute(_TASKS, {"case": case.id})
    for number, task_id, state, zh, en, acknowledge_by, done_by, acknowledged_at, finished_at in rows:
        where, subject, is_finished = (zh, en), f"task:{task_id}", state in FINISHED_TASKS
        signed_at = acknowledged_at or (finished_at if is_finished else None)
        if signed_at is None and is_finished:
            continue
        yield Running(
            subject, case.id, task_id, ClockKind.ACKNOWLEDGE, launched_at, acknowledge_by, signed_at, number, where
        )
        yield Running(subject, case.id, task_id, ClockKind.DONE, launched_at, done_by, finished_at, number, where)
