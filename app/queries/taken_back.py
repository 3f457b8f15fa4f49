"""Which papers of goods that left were corrected: the ledger's reversing lines, by the number of the paper."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.core.actor import Bilingual
from app.core.statuses.stock import MovementKind
from app.models.persons import Person
from app.models.stock import Movement

LEAVING = (MovementKind.RETURN_TO_SUPPLIER, MovementKind.DISPOSAL)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """So many units of a paper came back by one correction: its document, who, when, why."""

    document_no: str
    quantity: int
    reason: str
    by: Bilingual
    at: datetime


def taken_back(session: Session, numbers: Collection[str]) -> dict[str, tuple[TakenBack, ...]]:
    """The corrections of each paper, the first first; papers without one are left out."""
    original = aliased(Movement)
    statement = (
        select(original.document_no, Movement, Person)
        .join(original, original.id == Movement.reverses_id)
        .join(Person, Person.id == Movement.actor_id)
        .where(original.document_no.in_(numbers), original.kind.in_(LEAVING))
        .order_by(Movement.id)
    )
    found: dict[str, list[TakenBack]] = defaultdict(list)
    for number, movement, person in session.execute(statement):
        by = Bilingual(person.name_zh, person.name_en)
        found[number].append(TakenBack(movement.document_no, movement.quantity, movement.reason, by, movement.acted_at))
    return {number: tuple(rows) for number, rows in found.items()}


def still_gone(session: Session, number: str) -> bool:
    """Whether any line of the paper was not corrected."""
    back = aliased(Movement)
    stands = ~select(back.id).where(back.reverses_id == Movement.id).exists()
    statement = select(Movement.id).where(Movement.document_no == number, Movement.kind.in_(LEAVING), stands)
    return session.scalar(statement.limit(1)) is not None
