"""The time machine: which lines of the ledger were on record at a past moment, and what they summed up to then.

A moment counts by when the database wrote the line down (``recorded_at``), not by when somebody says they acted
(``acted_at``): only so does the answer for a past moment stay the same for ever. An operation counts whole, from the
moment its last line was on record.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, literal, or_, select, true, union_all
from sqlalchemy.orm import Session, aliased

from app.core.clock import local_date
from app.core.statuses.stock import MovementKind, StockState
from app.models.locks import LotLock
from app.models.places import Site
from app.models.recalls import RecallCase, ScopeLine
from app.models.stock import Batch, Movement
from app.queries.lot_keys import locks_on

_MANY = 500
"""Ids in one statement; a SQLite built elsewhere allows few variables."""


@dataclass(frozen=True, slots=True)
class Held:
    """A quantity of a batch at a place in a state."""

    batch_id: int
    location_id: int
    state: StockState
    quantity: int


@dataclass(frozen=True, slots=True)
class CaseStart:
    """When a recall case took hold of a batch: at its launch, before that at its registration."""

    number: str
    at: datetime


def on_record(as_of: datetime | None, line: Any = Movement) -> ColumnElement[bool]:
    """The condition on a movement; without a moment every line counts. ``line`` may be an alias of Movement."""
    if as_of is None:
        return true()
    later = aliased(Movement)
    unfinished = select(later.id).where(later.op_id == line.op_id, later.recorded_at > as_of).exists()
    return and_(line.recorded_at <= as_of, ~unfinished)


def balances_as_of(session: Session, batch_ids: Sequence[int], as_of: datetime | None) -> list[Held]:
    """Summed up from the ledger alone, zeros left out, in the order of batch, place and state."""
    found: list[Held] = []
    for start in range(0, len(batch_ids), _MANY):
        found += [_held(row) for row in session.execute(_sums(batch_ids[start : start + _MANY], as_of))]
    return sorted(found, key=lambda held: (held.batch_id, held.location_id, held.state.value))


def _held(row: Row[int, int, StockState, int]) -> Held:
    batch_id, location_id, state, quantity = row
    return Held(batch_id, location_id, StockState(state), int(quantity))


def _sums(batch_ids: Sequence[int], as_of: datetime | None) -> Select[int, int, StockState, int]:
    counted = [Movement.batch_id.in_(batch_ids), Movement.kind != MovementKind.INSPECTION, on_record(as_of)]
    into = select(
        Movement.batch_id.label("batch_id"),
        Movement.target_id.label("place_id"),
        Movement.target_state.label("state"),
        Movement.quantity.label("quantity"),
    ).where(Movement.target_id.is_not(None), *counted)
    out = select(Movement.batch_id, Movement.source_id, Movement.source_state, literal(0) - Movement.quantity).where(
        Movement.source_id.is_not(None), *counted
    )
    both = union_all(into, out).subquery()
    total = func.sum(both.c.quantity)
    columns = (both.c.batch_id, both.c.place_id, both.c.state)
    return select(*columns, total).group_by(*columns).having(total != 0)


def by_state(held: Collection[Held]) -> Mapping[int, dict[StockState, int]]:
    """Per batch and state; a batch without anything has an empty dict."""
    sums: dict[int, dict[StockState, int]] = defaultdict(lambda: defaultdict(int))
    for one in held:
        sums[one.batch_id][one.state] += one.quantity
    found = {batch: {state: total for state, total in states.items() if total} for batch, states in sums.items()}
    return defaultdict(dict, found)


def latest_day(session: Session, as_of: datetime) -> date:
    """The latest local date of all sites at that moment."""
    return max(local_date(as_of, zone) for zone in session.scalars(select(Site.time_zone)))


def case_starts(session: Session, batch: Batch) -> tuple[CaseStart, ...]:
    """The recall cases that have this batch in their scope or lock its lot, the newest first."""
    scoped = select(ScopeLine.case_id).where(ScopeLine.batch_id == batch.id)
    locked = select(LotLock.case_id).where(locks_on(batch.id), LotLock.case_id.is_not(None))
    cases = session.scalars(select(RecallCase).where(or_(RecallCase.id.in_(scoped), RecallCase.id.in_(locked))))
    starts = [CaseStart(case.number, case.launched_at or case.registered_at) for case in cases]
    return tuple(sorted(starts, key=lambda start: start.at, reverse=True))
