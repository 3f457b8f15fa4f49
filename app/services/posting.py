"""The one door of the ledger: every movement of stock is one INSERT made here, judged by the wall of the database."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, bindparam, insert, or_, select
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.statuses.stock import Inspection, MovementKind, StockState
from app.models.direct import Direct, Question, at_parting, together
from app.models.everything import METADATA

_LEDGER = METADATA.tables["movement"]
_POST = Direct(insert(_LEDGER).returning(_LEDGER.c.id), [column.name for column in _LEDGER.c if column.name != "id"])
_BATCH, _PRODUCT, _CONTENT = METADATA.tables["batch"], METADATA.tables["product"], METADATA.tables["kit_content"]
_batches = bindparam("batches", expanding=True, type_=Integer)
_in_kits = select(_CONTENT.c.batch_id).where(_CONTENT.c.kit_batch_id.in_(_batches))
_GATES = Direct(
    select(_BATCH.c.id)
    .join(_PRODUCT, _PRODUCT.c.id == _BATCH.c.product_id)
    .where(or_(_BATCH.c.id.in_(_batches), _BATCH.c.id.in_(_in_kits)))
    .order_by(_PRODUCT.c.id, _BATCH.c.id)
    .with_for_update(read=True, key_share=True, of=_PRODUCT)
)
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
    asked = _asked(clock, operation, lines, _turns(session, lines))
    together(session, *(question for _, question in asked))
    ids = {number: question.rows[0][0] for number, question in asked}
    return [ids[number] for number in sorted(ids)]


def post_at_parting(
    session: Session, clock: Clock, operation: Operation, lines: Sequence[Line], products: Mapping[int, int]
) -> None:
    """``post`` as the transaction's last act, so that the gates of the goods are held for no journey at all.

    For documents that need no more than to be posted; ``products`` are those of the lines' batches. What ``post``
    raises leaves ``Database.writing``.
    """
    batches = sorted(products, key=lambda batch: (products[batch], batch))
    gates = [_GATES.asking(batches=batches)] if len(batches) > 1 and not _is_sqlite(session) else []
    turns = {batch: turn for turn, batch in enumerate(batches)}
    at_parting(session, *gates, *(question for _, question in _asked(clock, operation, lines, turns)))


def _asked(
    clock: Clock, operation: Operation, lines: Sequence[Line], turns: Mapping[int, int]
) -> list[tuple[int, Question]]:
    """The lines in the order in which they may be taken, with their numbers on the document."""
    recorded_at = clock()
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
    if not batch_ids or _is_sqlite(session):
        return []
    return [row[0] for row in _GATES.rows(session, batches=sorted(batch_ids))]


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


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
