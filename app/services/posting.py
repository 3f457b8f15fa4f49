"""The one door of the ledger: every movement of stock is one INSERT made here, judged by the wall of the database."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.statuses.stock import Inspection, MovementKind, StockState
from app.models.direct import Direct, Question, at_parting, together
from app.models.everything import METADATA

_LEDGER = METADATA.tables["movement"]
_POST = Direct(insert(_LEDGER).returning(_LEDGER.c.id), [column.name for column in _LEDGER.c if column.name != "id"])
_KIT_KINDS = frozenset({MovementKind.KIT_BUILD, MovementKind.KIT_OPEN})


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
    """One movement to post; ``source`` None comes from outside, ``quantity`` is in base units.

    ``reason`` is the line's own; without one the operation's stands.
    """

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
    reason: str = ""


def post(session: Session, clock: Clock, operation: Operation, lines: Sequence[Line]) -> list[int]:
    """Write the lines in order, inside the caller's transaction; returns their ids.

    Raises what ``app.models.refusals`` knows: LockedError, ShortError, SecondMissingError … The whole transaction
    is then rolled back by ``Database.writing``.
    """
    asked = _asked(session, clock, operation, lines)
    together(session, *(question for _, question in asked))
    ids = {number: question.rows[0][0] for number, question in asked}
    return [ids[number] for number in sorted(ids)]


def post_at_parting(session: Session, clock: Clock, operation: Operation, lines: Sequence[Line]) -> None:
    """``post`` as the transaction's last act: the gates of one product's goods are held for no journey at all.

    For documents that need no more than to be posted; what ``post`` raises leaves ``Database.writing``.
    """
    at_parting(session, *(question for _, question in _asked(session, clock, operation, lines)))


def _asked(session: Session, clock: Clock, operation: Operation, lines: Sequence[Line]) -> list[tuple[int, Question]]:
    """The lines in the order in which they may be taken, with their numbers on the document."""
    recorded_at = clock()
    turns = _turns(session, lines)
    kits = {line.batch_id for line in lines if _is_kits_own(line)}

    def turn(pair: tuple[int, Line]) -> tuple[bool, int]:
        """What stands in a kit moves before the kit itself, as the wall demands."""
        return pair[1].batch_id in kits, turns.get(pair[1].batch_id, 0)

    numbered = sorted(enumerate(lines, start=1), key=turn)
    return [(number, _POST.asking(**_values(recorded_at, operation, number, line))) for number, line in numbered]


def hold_gates(session: Session, batch_ids: Collection[int]) -> list[int]:
    """Hold the gates of the batches' products, so that no lock comes between a look at the layers and the posting.

    Returns the batches in the order in which they may be taken. SQLite has one writer and needs neither.
    """
    if not batch_ids or session.get_bind().dialect.name == "sqlite":
        return []
    batch, product = METADATA.tables["batch"], METADATA.tables["product"]
    content = METADATA.tables["kit_content"]
    in_kits = select(content.c.batch_id).where(content.c.kit_batch_id.in_(batch_ids))
    query = (
        select(batch.c.id)
        .join(product, product.c.id == batch.c.product_id)
        .where(or_(batch.c.id.in_(batch_ids), batch.c.id.in_(in_kits)))
        .order_by(product.c.id, batch.c.id)
        .with_for_update(read=True, key_share=True, of=product)
    )
    return list(session.scalars(query))


def _is_kits_own(line: Line) -> bool:
    """A kit comes from nowhere as it is built, and goes nowhere as it is opened."""
    return line.kind in _KIT_KINDS and (line.source is None or line.target is None)


def _turns(session: Session, lines: Sequence[Line]) -> dict[int, int]:
    """In which order the batches are taken, with the gates of their products already held.

    Two postings, or a posting and a recall, that meet in several batches then wait in line, never in a circle.
    """
    batches = {line.batch_id for line in lines}
    if len(batches) < 2:
        return {}
    return {batch_id: turn for turn, batch_id in enumerate(hold_gates(session, batches))}


def _values(recorded_at: datetime, operation: Operation, line_no: int, line: Line) -> dict[str, Any]:
    return {
        "op_id": operation.op_id,
        "line_no": line_no,
        "kind": line.kind,
        "batch_id": line.batch_id,
        "serial_unit_id": line.serial_unit_id,
        "quantity": line.quantity,
        "source_id": line.source.location_id if line.source else None,
        "source_state": line.source.state if line.source else None,
        "target_id": line.target.location_id if line.target else None,
        "target_state": line.target.state if line.target else None,
        "outcome": line.outcome,
        "document_no": line.document_no,
        "case_id": line.case_id,
        "reverses_id": line.reverses_id,
        "despite_lock": line.despite_lock,
        "reason": line.reason or operation.reason,
        "actor_id": operation.actor_id,
        "second_person_id": operation.second_person_id,
        "acted_at": operation.acted_at,
        "recorded_at": recorded_at,
    }
