"""Staff badges: a scan fills in the name at a locked screen. A badge names a person, it proves nothing."""

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from app.core.actor import Actor, Bilingual
from app.core.changes import Changes, Topic
from app.core.errors import NotFoundError, RuleError
from app.core.permissions import Duty
from app.models.database import Database
from app.models.persons import Person
from app.services import logins
from app.udi.reader import read

LONGEST = 64
_BY_THE_WALL = text("SELECT person_set_badge(:person, :code)")


class BadgeTakenError(RuleError):
    """``person`` has this ``badge`` already."""

    code = "badge.taken"


class BadgeIsBoxError(RuleError):
    """The code names a product: at a locked screen its scan asks whether a box may be used."""

    code = "badge.is_box"


class BadgeTooLongError(RuleError):
    """More than ``most`` characters, or a sign that no key types."""

    code = "badge.too_long"


def fit_badge(session: Session, badge: str, *, person_id: int | None = None) -> str:
    """The code as it is kept, empty for none. Raises BadgeTooLongError, BadgeIsBoxError, BadgeTakenError."""
    code = badge.strip()
    if len(code) > LONGEST or not code.isprintable():
        raise BadgeTooLongError(most=LONGEST)
    reading = read(code)
    if code and (reading.di is not None or reading.candidates):
        raise BadgeIsBoxError(badge=code)
    found = session.execute(select(Person.id, Person.name_zh, Person.name_en).where(Person.badge_no == code)).first()
    if code and found is not None and found[0] != person_id:
        raise BadgeTakenError(badge=code, person=Bilingual(found[1], found[2]))
    return code


def keep_badge(session: Session, person_id: int, code: str) -> None:
    """Write what ``fit_badge`` gave; where persons have logins of their own, by the wall's function."""
    if logins.are_kept(session):
        session.execute(_BY_THE_WALL, {"person": person_id, "code": code})
        return
    session.execute(update(Person).where(Person.id == person_id).values(badge_no=code or None))


class BadgingService:
    """Duty: GRANT_ROLES, since who looks after the persons gives out their badges."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def set_badge(self, *, actor: Actor, person_id: int, badge: str) -> Changes:
        """What a scan of the badge reads; empty takes it away. Raises NotFoundError and what ``fit_badge`` raises."""
        actor.demand(Duty.GRANT_ROLES)
        with self._database.writing(actor.id) as session:
            if session.scalar(select(Person.id).where(Person.id == person_id)) is None:
                raise NotFoundError
            keep_badge(session, person_id, fit_badge(session, badge, person_id=person_id))
        return frozenset({Topic.PERSONS})
