"""The lines of the ledger with the names of places and persons, patients masked."""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, Table, select, type_coerce
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.statuses.stock import Inspection, MovementKind, StockState
from app.models.everything import METADATA
from app.queries.as_of import on_record
from app.queries.patients import MARKS


class LedgerLine(NamedTuple):
    """One movement; ``visit`` is masked, ``is_reversed`` says that a later line took it back. ``at`` is when the person
    acted, ``recorded_at`` when the database wrote it down. A tuple, as there are thousands of them.
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
_COLUMNS = _LINES.selected_columns.keys()


def ledger(session: Session, batch_ids: Collection[int], as_of: datetime | None = None) -> list[LedgerLine]:
    """All lines of these batches in the order in which they were posted; ``as_of``: that were on record then.

    Three statements.
    """
    of_batches = _LINES.where(_MOVED.c.batch_id.in_(batch_ids), on_record(as_of)).order_by(_MOVED.c.id)
    found = session.connection().execute(of_batches).all()
    return list(_lines(session, dict(zip(_COLUMNS, zip(*found, strict=True), strict=True)))) if found else []


def _lines(session: Session, told: Mapping[str, Sequence[Any]]) -> Iterable[LedgerLine]:
    """Column by column: line by line it took half of the query."""
    places = _names(session, _PLACES, {*told["source_id"], *told["target_id"]})
    persons = _names(session, _PERSONS, {*told["actor_id"], *told["second_person_id"]})
    columns = dict(told) | {
        "kind": map(_KINDS.__getitem__, told["kind"]),
        "outcome": map(_OUTCOMES.__getitem__, told["outcome"]),
        "source": map(places.__getitem__, told["source_id"]),
        "source_state": map(_STATES.__getitem__, told["source_state"]),
        "target": map(places.__getitem__, told["target_id"]),
        "target_state": map(_STATES.__getitem__, told["target_state"]),
        "by": map(persons.__getitem__, told["actor_id"]),
        "second": map(persons.__getitem__, told["second_person_id"]),
        "at": told["acted_at"],
        "is_reversed": map(frozenset(told["reverses_id"]).__contains__, told["id"]),
        "serial_no": (number or "" for number in told["serial_no"]),
        "visit": (shown or "" for shown in told["shown"]),
    }
    return map(LedgerLine._make, zip(*(columns[name] for name in LedgerLine._fields), strict=True))


def _names(session: Session, table: Table, ids: Set[int | None]) -> dict[int | None, Bilingual | None]:
    query = select(table.c.id, table.c.name_zh, table.c.name_en).where(table.c.id.in_(ids - {None}))
    return {None: None} | {row[0]: Bilingual(row[1], row[2]) for row in session.connection().execute(query)}
