"""The lines of the ledger with the names of places and persons, patients masked."""

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, Table, select, type_coerce
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.statuses.stock import Inspection, MovementKind, StockState
from app.models.everything import METADATA
from app.queries.as_of import on_record
from app.queries.patients import MARKS


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One movement; ``visit`` is masked, ``is_reversed`` says that a later line took it back. ``at`` is when the person
    acted, ``recorded_at`` when the database wrote it down.
    """

    id: int
    op_id: str
    batch_id: int
    kind: MovementKind
    outcome: Inspection | None
    quantity: int
    source_id: int | None
    source: Bilingual | None
    source_state: StockState | None
    target_id: int | None
    target: Bilingual | None
    target_state: StockState | None
    document_no: str
    by: Bilingual
    second: Bilingual | None
    at: datetime
    recorded_at: datetime
    reason: str
    despite_lock: bool
    reverses_id: int | None
    is_reversed: bool
    serial_no: str
    visit: str


_PLACES, _PERSONS = METADATA.tables["location"], METADATA.tables["person"]
_MOVED, _UNITS = METADATA.tables["movement"], METADATA.tables["serial_unit"]
_TOLD = (
    "id op_id batch_id kind outcome quantity source_id source_state target_id target_state document_no"
    " actor_id second_person_id acted_at recorded_at reason despite_lock reverses_id"
)
_STATES = {None: None} | {state.value: state for state in StockState}
_OUTCOMES = {None: None} | {outcome.value: outcome for outcome in Inspection}
_KINDS = {kind.value: kind for kind in MovementKind}
_AS_TEXT = frozenset({"kind", "outcome", "source_state", "target_state"})


def _told(name: str) -> ColumnElement[Any]:
    """Words of a list as text: looked up here, they cost a fifth of what the column's type asks for them."""
    return type_coerce(_MOVED.c[name], String).label(name) if name in _AS_TEXT else _MOVED.c[name]


_LINES = (
    select(*(_told(name) for name in _TOLD.split()), _UNITS.c.serial_no, MARKS.c.shown)
    .select_from(_MOVED)
    .outerjoin(_UNITS, _UNITS.c.id == _MOVED.c.serial_unit_id)
    .outerjoin(MARKS, MARKS.c.movement_id == _MOVED.c.id)
)
"""Plain columns, names apart: two thousand lines as mapped objects took three times the time, joined names twice."""


def ledger(session: Session, batch_ids: Collection[int], as_of: datetime | None = None) -> list[LedgerLine]:
    """All lines of these batches in the order in which they were posted; ``as_of``: that were on record then.

    Three statements.
    """
    of_batches = _LINES.where(_MOVED.c.batch_id.in_(batch_ids), on_record(as_of)).order_by(_MOVED.c.id)
    found = session.connection().execute(of_batches).all()
    column = dict(zip(_LINES.selected_columns.keys(), zip(*found, strict=True), strict=True)) if found else {}
    reversed_ids = set(column.get("reverses_id", ()))
    places = _names(session, _PLACES, {*column.get("source_id", ()), *column.get("target_id", ())})
    persons = _names(session, _PERSONS, {*column.get("actor_id", ()), *column.get("second_person_id", ())})
    return [_line(line, places, persons, reversed_ids) for line in found]


def _names(session: Session, table: Table, ids: Set[int | None]) -> dict[int | None, Bilingual | None]:
    query = select(table.c.id, table.c.name_zh, table.c.name_en).where(table.c.id.in_(ids - {None}))
    return {None: None} | {row[0]: Bilingual(row[1], row[2]) for row in session.connection().execute(query)}


def _line(
    line: Sequence[Any],
    places: Mapping[int | None, Bilingual | None],
    persons: Mapping[int | None, Bilingual | None],
    reversed_ids: Set[int | None],
) -> LedgerLine:
    """Taken by position: asking a row by name twenty times took half of the query."""
    number, op, batch, kind, outcome, quantity, source, was, target, becomes, document, by, second, *when = line
    acted_at, recorded_at, reason, despite_lock, reverses, serial_no, visit = when
    told: tuple[Any, ...] = (
        number, op, batch, _KINDS[kind], _OUTCOMES[outcome], quantity, source, places[source], _STATES[was],
        target, places[target], _STATES[becomes], document, persons[by], persons[second], acted_at, recorded_at,
        reason, despite_lock, reverses,
        number in reversed_ids, serial_no or "", visit or "",
    )  # fmt: skip
    return LedgerLine(*told)
