"""Whom a recall sends looking: every store and department that has, or used, something of an affected batch.

A kit that holds affected goods is looked for like a batch of its own: one piece, to be put aside whole.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.deadlines import deadlines
from app.core.statuses.recall import RecallClass, TaskState
from app.core.statuses.stock import HELD_STATES, LocationKind, StockState
from app.models.kits import KitContent
from app.models.places import Location, Site
from app.models.recalls import DepartmentTask, RecallCase, TaskLine
from app.models.stock import Balance
from app.services.numbering import TASK, next_number

GONE = frozenset({StockState.RETURNED, StockState.DESTROYED})
"""Goods in these states were there once and are nowhere in the hospital now."""

EXPECTED = HELD_STATES | {StockState.EXPENSED}
"""What a department should still have in its hands, or used without saying so."""

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Share:
    """What one location has of one batch: ``expected`` in its hands, 0 where everything was used."""

    location_id: int
    batch_id: int
    expected: int


def shares(session: Session, batch_ids: Iterable[int]) -> list[Share]:
    """One per location and batch with a balance or a use; quarantine areas keep what they have and get no task."""
    found: dict[tuple[int, int], int] = defaultdict(int)
    ids = sorted(batch_ids)
    for start in range(0, len(ids), CHUNK):
        statement = (
            select(Balance.location_id, Balance.batch_id, Balance.state, Balance.quantity)
            .join(Location, Location.id == Balance.location_id)
            .where(
                Balance.batch_id.in_(ids[start : start + CHUNK]),
                Balance.quantity != 0,
                Balance.state.not_in(GONE | {StockState.BUILT_INTO_KIT}),
                Location.kind != LocationKind.QUARANTINE,
            )
        )
        for place, batch, state, quantity in session.execute(statement):
            found[place, batch] += quantity if state in EXPECTED else 0
    return [Share(place, batch, expected) for (place, batch), expected in sorted(found.items())]


def with_kits(session: Session, batch_ids: Iterable[int]) -> set[int]:
    """These batches and the kits in which units of them stand."""
    ids = sorted(set(batch_ids))
    found = set(ids)
    for start in range(0, len(ids), CHUNK):
        part = KitContent.batch_id.in_(ids[start : start + CHUNK])
        found |= set(session.scalars(select(KitContent.kit_batch_id).where(part)))
    return found


def send_tasks(session: Session, case: RecallCase, batch_ids: Iterable[int], now: datetime) -> list[int]:
    """One task per location with its lines and deadlines; returns their ids in the order of the locations."""
    of_place: dict[int, list[Share]] = defaultdict(list)
    for share in shares(session, with_kits(session, batch_ids)):
        of_place[share.location_id].append(share)
    zones = _zones(session)
    return [
        _send(session, case, place, own, _Now(now, zones[place], case.recall_class)) for place, own in of_place.items()
    ]


def extend_tasks(session: Session, case: RecallCase, batch_ids: Iterable[int], now: datetime) -> list[int]:
    """More is recalled than the tasks said: a new task where there was none, else a line more and the search again."""
    of_place: dict[int, list[Share]] = defaultdict(list)
    for share in shares(session, with_kits(session, batch_ids)):
        of_place[share.location_id].append(share)
    zones = _zones(session)
    sent: list[int] = []
    for place, own in of_place.items():
        moment = _Now(now, zones[place], case.recall_class)
        task = session.scalar(
            select(DepartmentTask).where(DepartmentTask.case_id == case.id, DepartmentTask.location_id == place)
        )
        sent.append(_send(session, case, place, own, moment) if task is None else _extend(session, task, own, moment))
    return sent


def _extend(session: Session, task: DepartmentTask, own: list[Share], now: "_Now") -> int:
    known = set(session.scalars(select(TaskLine.batch_id).where(TaskLine.task_id == task.id)))
    fresh = [share for share in own if share.batch_id not in known]
    session.add_all(
        TaskLine(task_id=task.id, batch_id=share.batch_id, expected=share.expected, reason="") for share in fresh
    )
    task.expected += sum(share.expected for share in fresh)
    if fresh and TaskState.LOCATING in task.state.successors() and task.state is not TaskState.ACKNOWLEDGED:
        task.move_to(TaskState.LOCATING)
        task.counted_by = task.counted_at = task.finished_by = task.finished_at = None
        task.done_by = deadlines(now.recall_class, now.at, now.zone).done_by
    session.flush()
    return task.id


def _zones(session: Session) -> dict[int, str]:
    places = session.execute(select(Location.id, Site.time_zone).join(Site, Site.id == Location.site_id))
    return {place: zone for place, zone in places}


@dataclass(frozen=True, slots=True)
class _Now:
    at: datetime
    zone: str
    recall_class: RecallClass


def _send(session: Session, case: RecallCase, location_id: int, own: list[Share], now: _Now) -> int:
    limits = deadlines(now.recall_class, now.at, now.zone)
    task = DepartmentTask(
        number=next_number(session, TASK, now.at),
        case_id=case.id,
        location_id=location_id,
        state=TaskState.SENT,
        expected=sum(share.expected for share in own),
        acknowledge_by=limits.acknowledge_by,
        done_by=limits.done_by,
        note="",
    )
    session.add(task)
    session.flush()
    session.add_all(
        TaskLine(task_id=task.id, batch_id=share.batch_id, expected=share.expected, reason="") for share in own
    )
    return task.id
