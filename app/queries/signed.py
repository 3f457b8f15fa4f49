"""The electronic signatures on a case, a batch or a departure: who, meaning what, when, and whether they hold."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, union
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.shown import digest
from app.core.words import MissingWordError, text
from app.models.leaving import Departure
from app.models.locks import LockLift, LotLock
from app.models.persons import Person, Signature
from app.models.recalls import CaseEntry
from app.models.stock import Movement
from app.models.store_work import StockCount
from app.models.supplements import BatchSupplement
from app.queries.lot_keys import locks_on


@dataclass(frozen=True, slots=True)
class SignedRow:
    """``meaning`` in words; ``holds``: the digest of what was shown, computed again now, is the one that was kept."""

    op_id: str
    person: Bilingual
    meaning: Bilingual
    reason: str
    at: datetime
    holds: bool
    digest: str = ""


def signed_on_case(session: Session, case_id: int) -> list[SignedRow]:
    """Approval, closing, liftings, differences and what left, the oldest first."""
    entered = select(CaseEntry.op_id).where(CaseEntry.case_id == case_id)
    lifted = select(LockLift.op_id).join(LotLock, LotLock.id == LockLift.lock_id).where(LotLock.case_id == case_id)
    return _signed(session, entered, lifted)


def signed_on_batch(session: Session, batch_id: int) -> list[SignedRow]:
    """Inspection, liftings, corrections, disposal and whatever else two persons did to it, the oldest first."""
    return _signed(
        session,
        select(Movement.op_id).where(Movement.batch_id == batch_id),
        select(LockLift.op_id).join(LotLock, LotLock.id == LockLift.lock_id).where(locks_on(batch_id)),
        select(BatchSupplement.op_id).where(BatchSupplement.batch_id == batch_id),
    )


def signed_on_departure(session: Session, number: str) -> list[SignedRow]:
    """The hand-over or the destruction, and a settlement without a receipt, the oldest first."""
    return _signed(
        session,
        select(Movement.op_id).where(Movement.document_no == number),
        select(Departure.settled_op_id).where(Departure.number == number),
    )


def signed_on_document(session: Session, number: str) -> list[SignedRow]:
    """Under which the lines of a paper were posted: a return form, a stock-take; the oldest first."""
    posted = select(Movement.op_id).where(Movement.document_no == number)
    return _signed(session, posted, select(StockCount.post_op_id).where(StockCount.number == number))


def meaning_words(code: str) -> Bilingual:
    """What a signature means; a code that no word is kept for speaks for itself."""
    try:
        return Bilingual(text(f"meaning.{code}", "zh"), text(f"meaning.{code}", "en"))
    except MissingWordError:
        return Bilingual(code, code)


def _signed(session: Session, *acts: Select[Any]) -> list[SignedRow]:
    op_ids = union(*acts).subquery()
    query = select(Signature, Person).join(Person, Person.id == Signature.person_id)
    return [
        SignedRow(
            row.op_id,
            Bilingual(person.name_zh, person.name_en),
            meaning_words(row.meaning),
            row.reason,
            row.signed_at,
            bool(row.content) and digest(row.content) == row.content_hash,
            row.content_hash,
        )
        for row, person in session.execute(query.where(Signature.op_id.in_(select(op_ids))).order_by(Signature.id))
    ]
