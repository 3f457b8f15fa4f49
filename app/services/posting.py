"""The one door of the ledger: every movement of stock is one INSERT made here, judged by the wall of the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.statuses.stock import Inspection, MovementKind, StockState
from app.models.everything import METADATA

_LEDGER = METADATA.tables["movement"]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A place and the state in which goods lie there."""

    location_id: int
    state: StockState


@dataclass(frozen=True, slots=True)
class Operation:
    """One act of a person: ``op_id`` was made when they acted, so that repeating it cannot post twice.

    ``second_person_id`` must have signed the same ``op_id`` (``app.services.signing``) before the posting.
    """

    op_id: str
    actor_id: int
    acted_at: datetime
    second_person_id: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One movement to post; ``source`` None comes from outside, ``quantity`` is in base units."""

    kind: MovementKind
    batch_id: int
    quantity: int
    source: Shelf | None
    target: Shelf | None
    document_no: str
    serial_unit_id: int | None = None
    outcome: Inspection | None = None
    case_id: int | None = None
    reverses_id: int | None = None
    despite_lock: bool = False


def post(session: Session, clock: Clock, operation: Operation, lines: Sequence[Line]) -> list[int]:
    """Write the lines in order, inside the caller's transaction; returns their ids.

    Raises what ``app.models.refusals`` knows: LockedError, ShortError, SecondMissingError … The whole transaction
    is then rolled back by ``Database.writing``.
    """
    recorded_at = clock()
    return [_insert(session, recorded_at, operation, line_no, line) for line_no, line in enumerate(lines, start=1)]


def _insert(session: Session, recorded_at: datetime, operation: Operation, line_no: int, line: Line) -> int:
    statement = insert(_LEDGER).values(
        op_id=operation.op_id,
        line_no=line_no,
        kind=line.kind,
        batch_id=line.batch_id,
        serial_unit_id=line.serial_unit_id,
        quantity=line.quantity,
        source_id=line.source.location_id if line.source else None,
        source_state=line.source.state if line.source else None,
        target_id=line.target.location_id if line.target else None,
        target_state=line.target.state if line.target else None,
        outcome=line.outcome,
        document_no=line.document_no,
        case_id=line.case_id,
        reverses_id=line.reverses_id,
        despite_lock=line.despite_lock,
        reason=operation.reason,
        actor_id=operation.actor_id,
        second_person_id=operation.second_person_id,
        acted_at=operation.acted_at,
        recorded_at=recorded_at,
    )
    return session.execute(statement.returning(_LEDGER.c.id)).scalar_one()
