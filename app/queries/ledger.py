"""The lines of the ledger with the names of places and persons, patients masked."""

from collections.abc import Collection, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.privacy import masked
from app.core.statuses.stock import Inspection, MovementKind, StockState
from app.models.everything import METADATA
from app.queries.as_of import on_record


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


_TWO = ("name_zh", "name_en")
_PLACES, _PERSONS = METADATA.tables["location"], METADATA.tables["person"]
_SOURCE, _TARGET = _PLACES.alias("source"), _PLACES.alias("target")
_BY, _SECOND = _PERSONS.alias("by_person"), _PERSONS.alias("second_person")
_MOVED, _UNITS, _USES = METADATA.tables["movement"], METADATA.tables["serial_unit"], METADATA.tables["patient_use"]
_TOLD = [
    "id",
    "op_id",
    "batch_id",
    "kind",
    "outcome",
    "quantity",
    "source_id",
    "source_state",
    "target_id",
    "target_state",
    "document_no",
    "acted_at",
    "recorded_at",
    "reason",
    "despite_lock",
    "reverses_id",
]
_LINES = (
    select(
        *(_MOVED.c[name] for name in _TOLD),
        *(
            named.c[column].label(f"{named.name}_{column}")
            for named in (_SOURCE, _TARGET, _BY, _SECOND)
            for column in _TWO
        ),
        _UNITS.c.serial_no,
        _USES.c.visit_no,
    )
    .select_from(_MOVED)
    .outerjoin(_SOURCE, _SOURCE.c.id == _MOVED.c.source_id)
    .outerjoin(_TARGET, _TARGET.c.id == _MOVED.c.target_id)
    .join(_BY, _BY.c.id == _MOVED.c.actor_id)
    .outerjoin(_SECOND, _SECOND.c.id == _MOVED.c.second_person_id)
    .outerjoin(_UNITS, _UNITS.c.id == _MOVED.c.serial_unit_id)
    .outerjoin(_USES, _USES.c.movement_id == _MOVED.c.id)
)
"""Plain columns: two thousand lines as mapped objects took twice the time."""


def ledger(session: Session, batch_ids: Collection[int], as_of: datetime | None = None) -> list[LedgerLine]:
    """All lines of these batches in the order in which they were posted; ``as_of``: that were on record then.

    One statement.
    """
    of_batches = _LINES.where(_MOVED.c.batch_id.in_(batch_ids), on_record(as_of))
    found = session.execute(of_batches.order_by(_MOVED.c.id)).all()
    reversed_ids = {line.reverses_id for line in found if line.reverses_id is not None}
    names: dict[tuple[str | None, str | None], Bilingual | None] = {(None, None): None}
    return [_line(tuple(line), names, reversed_ids) for line in found]


def _line(
    line: tuple[Any, ...], names: dict[tuple[str | None, str | None], Bilingual | None], reversed_ids: Set[int]
) -> LedgerLine:
    """Taken by position: asking a row by name twenty-eight times took half of the query."""
    pairs = zip(line[16:24:2], line[17:24:2], strict=True)
    source, target, by, second = (
        names[pair] if pair in names else names.setdefault(pair, Bilingual(*pair)) for pair in pairs
    )
    serial_no, visit_no = line[24:]
    told: tuple[Any, ...] = (
        *line[:7], source, *line[7:9], target, *line[9:11], by or Bilingual("", ""), second, *line[11:16],
        line[0] in reversed_ids, serial_no or "", masked(visit_no) if visit_no is not None else "",
    )  # fmt: skip
    return LedgerLine(*told)
