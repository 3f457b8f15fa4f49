"""What the agent reminded of, for the person concerned: the gravest mark of each clock, and steps done late."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.deadlines import launch_by
from app.core.permissions import Duty, Role, duties
from app.core.statuses.agent import ClockKind
from app.core.statuses.recall import FINISHED_TASKS, OPEN_STATES
from app.models.agents import Reminder
from app.models.places import Location, Site
from app.models.recalls import DepartmentTask, RecallCase

REMEMBERED = timedelta(days=1)
"""So long a step that was done late is still shown."""


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """``percent`` of the time until ``due_at`` had passed at ``reached_at``; noticed ``late_seconds`` after that.

    ``done_at``: the step was done, after its time. ``number`` names case or task; a task has a ``place``.
    """

    clock: ClockKind
    percent: int
    number: str
    place: Bilingual | None
    due_at: datetime
    reached_at: datetime
    late_seconds: int
    done_at: datetime | None
    door: str
    target: Any


def reminders(
    session: Session, *, roles: frozenset[Role], location_id: int | None, now: datetime
) -> tuple[ReminderRow, ...]:
    """Who runs recalls sees every clock, a department its own; the earliest due first."""
    held = duties(roles)
    runs = Duty.RUN_RECALL in held
    if not runs and Duty.WARD not in held:
        return ()
    gravest = select(func.max(Reminder.id)).group_by(Reminder.subject, Reminder.clock)
    query = (
        select(Reminder, RecallCase, DepartmentTask, Location)
        .join(RecallCase, RecallCase.id == Reminder.case_id)
        .outerjoin(DepartmentTask, DepartmentTask.id == Reminder.task_id)
        .outerjoin(Location, Location.id == DepartmentTask.location_id)
        .where(Reminder.id.in_(gravest), RecallCase.state.in_(OPEN_STATES))
    )
    if not runs:
        query = query.where(DepartmentTask.location_id == location_id)
    zone = session.scalar(select(Site.time_zone).order_by(Site.id).limit(1)) or "UTC"
    found = (
        _row(reminder, case, task, place, zone, is_ward=not runs)
        for reminder, case, task, place in session.execute(query)
    )
    return tuple(sorted((row for row in found if _concerns(row, now)), key=_order))


def _row(
    reminder: Reminder,
    case: RecallCase,
    task: DepartmentTask | None,
    place: Location | None,
    zone: str,
    *,
    is_ward: bool,
) -> ReminderRow:
    if task is None or place is None:
        due, done = launch_by(case.recall_class, case.notice_received_at, zone), case.launched_at
        number, where = case.number, None
    else:
        is_answer = reminder.clock is ClockKind.ACKNOWLEDGE
        due = task.acknowledge_by if is_answer else task.done_by
        done = _answered(task) if is_answer else task.finished_at
        number, where = task.number, Bilingual(place.name_zh, place.name_en)
    door, target = ("ward", reminder.task_id) if is_ward else ("recalls", reminder.case_id)
    return ReminderRow(
        reminder.clock, reminder.percent, number, where, due, reminder.due_at, reminder.late_seconds, done, door, target
    )


def _order(row: ReminderRow) -> tuple[bool, datetime]:
    return row.done_at is not None, row.due_at


def _answered(task: DepartmentTask) -> datetime | None:
    return task.acknowledged_at or (task.finished_at if task.state in FINISHED_TASKS else None)


def _concerns(row: ReminderRow, now: datetime) -> bool:
    """What is open; and what was done too late, for a day."""
    return row.done_at is None or (row.done_at > row.due_at and now - row.done_at < REMEMBERED)
