"""Whose use of a batch it was: the only way to a patient's number, and every look is written down before the answer.

Everywhere else a visit is dots and its last characters (``app.queries.patients``). A head of department sees what was
used there, who recorded a use sees it, and who looks after all patients sees them all.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select, text
from sqlalchemy.orm import Session, aliased

from app.core.actor import Actor, Bilingual
from app.core.changes import Changes, Topic
from app.core.errors import NotFoundError, RuleError
from app.core.permissions import Duty, Role
from app.models.database import Database
from app.models.kits import KitContent
from app.models.persons import PatientLook, Person
from app.models.places import Location
from app.models.stock import Batch, Movement, PatientUse

LONGEST_REASON = 400
_PATIENTS_OF = text("SELECT movement_id, visit_no FROM patients_of(:batch, :why)")


class LookReasonError(RuleError):
    """Nobody looks at a patient's number without saying what for."""

    code = "look_reason"


@dataclass(frozen=True, slots=True)
class UseSeen:
    """One use of the batch, or of a kit that holds it, on a visit; ``quantity`` in base units of what was used.

    ``is_taken_back``: a later line corrected it.
    """

    visit_no: str
    at: datetime
    place: Bilingual
    quantity: int
    by: Bilingual
    despite_lock: bool
    is_taken_back: bool


@dataclass(frozen=True, slots=True)
class PatientsSeen:
    """What this person may see of the uses, the latest first; the look is on record."""

    uses: tuple[UseSeen, ...]
    changes: Changes = frozenset({Topic.PERSONS})

    @property
    def visits(self) -> int:
        """How many visits that are."""
        return len({use.visit_no for use in self.uses})


class LookingService:
    """Duty: SEE_PATIENTS."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def look(self, *, actor: Actor, batch_id: int, reason: str) -> PatientsSeen:
        """Raises NotEntitledError, LookReasonError, NotFoundError; nothing is shown that is not on record."""
        actor.demand(Duty.SEE_PATIENTS)
        why = reason.strip()[:LONGEST_REASON]
        if not why:
            raise LookReasonError
        with self._database.writing(actor.id) as session:
            if session.get(Batch, batch_id) is None:
                raise NotFoundError
            seen = _uses(session, self._visits(session, actor, batch_id, why))
        return PatientsSeen(seen)

    def _visits(self, session: Session, actor: Actor, batch_id: int, why: str) -> dict[int, str]:
        """The visit by the movement that used something on it."""
        if not self._database.is_sqlite:
            return {row[0]: row[1] for row in session.execute(_PATIENTS_OF, {"batch": batch_id, "why": why})}
        session.add(PatientLook(person_id=actor.id, at=self._database.clock(), batch_id=batch_id, reason=why))
        session.flush()
        in_kits = select(KitContent.kit_batch_id).where(KitContent.batch_id == batch_id)
        rows = session.execute(
            select(Movement.id, PatientUse.visit_no, Movement.actor_id, Movement.source_id)
            .join(PatientUse, PatientUse.movement_id == Movement.id)
            .where(or_(Movement.batch_id == batch_id, Movement.batch_id.in_(in_kits)))
        )
        return {number: visit for number, visit, by, place in rows if _sees(actor, by, place)}


def _sees(actor: Actor, by: int, place: int | None) -> bool:
    is_own = by == actor.id or (place is not None and actor.belongs_to(place))
    return is_own or Role.CLINICAL_AFFAIRS in actor.roles


def _uses(session: Session, visits: dict[int, str]) -> tuple[UseSeen, ...]:
    reversal = aliased(Movement)
    taken_back = select(reversal.id).where(reversal.reverses_id == Movement.id).exists()
    query = (
        select(Movement, Location, Person, taken_back)
        .join(Location, Location.id == Movement.source_id)
        .join(Person, Person.id == Movement.actor_id)
        .where(Movement.id.in_(visits))
        .order_by(Movement.acted_at.desc(), Movement.id.desc())
    )
    return tuple(
        UseSeen(
            visits[line.id],
            line.acted_at,
            Bilingual(place.name_zh, place.name_en),
            line.quantity,
            Bilingual(person.name_zh, person.name_en),
            line.despite_lock,
            bool(is_taken_back),
        )
        for line, place, person, is_taken_back in session.execute(query)
    )
