"""Who is at the keyboard: passwords, lock-out, and the second person who signs in place.

Passwords are argon2id (RFC 9106, second recommended choice: 64 MiB, 3 passes, 4 lanes). After five wrong tries the
account rests, longer each time, never for ever: a ward must not be locked out by a prank.
"""

from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from app.core.actor import Actor, Bilingual
from app.core.errors import RuleError
from app.core.scopes import Scope, scope_of
from app.core.shown import Facts, digest, shown_text
from app.models.database import Database
from app.models.persons import Person, PersonRole, Signature
from app.models.places import Location

FREE_TRIES = 5
FIRST_REST = timedelta(minutes=1)
LONGEST_REST = timedelta(minutes=15)
SHORTEST_PASSWORD = 10

_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4)


class WrongPasswordError(RuleError):
    """Login and password do not belong together; it is not said which of them is wrong."""

    code = "wrong_password"


class RestingError(RuleError):
    """Too many wrong tries; ``until`` is when the next one is possible."""

    code = "resting"


class WeakPasswordError(RuleError):
    """Shorter than ``least`` characters, or of fewer than three kinds of character."""

    code = "weak_password"


class SamePersonError(RuleError):
    """The second signature must come from another person."""

    code = "own_second"


def hash_password(password: str, *, check: bool = True) -> str:
    """The argon2id hash to store. Raises WeakPasswordError."""
    if check:
        kinds = (str.islower, str.isupper, str.isdigit, _is_sign)
        variety = sum(any(kind(letter) for letter in password) for kind in kinds)
        if len(password) < SHORTEST_PASSWORD or variety < 3:
            raise WeakPasswordError(least=SHORTEST_PASSWORD)
    return _HASHER.hash(password)


def _is_sign(letter: str) -> bool:
    return not letter.isalnum()


def actor_of(session: Session, person_id: int) -> Actor:
    """The person with the roles they have now, and where each of them holds."""
    person = session.get_one(Person, person_id)
    held = session.execute(
        select(PersonRole.role, PersonRole.scope).where(
            PersonRole.person_id == person_id, PersonRole.ended_at.is_(None)
        )
    ).all()
    name = Bilingual(person.name_zh, person.name_en)
    limited = [(role, scope_of(scope)) for role, scope in held if scope]
    reach = tuple((role, _places(session, scope)) for role, scope in limited)
    return Actor(person.id, person.login, name, frozenset(role for role, _ in held), person.location_id, reach)


def _places(session: Session, scope: Scope) -> frozenset[int]:
    named = or_(Location.id.in_(scope.places), Location.site_id.in_(scope.sites))
    return frozenset(session.scalars(select(Location.id).where(named)))


class SigningInService:
    """Checks passwords; every wrong try is counted in the database, so that a second PC does not help."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sign_in(self, login: str, password: str) -> Actor:
        """The person behind the login. Raises WrongPasswordError or RestingError."""
        with self._database.reading() as session:
            person = session.scalar(select(Person).where(Person.login == login.strip(), Person.is_active))
        if person is None:
            self._spend_time(password)
            raise WrongPasswordError
        now = self._database.clock()
        if person.locked_until is not None and now < person.locked_until:
            raise RestingError(until=person.locked_until)
        if not _matches(person.password_hash, password):
            self._count_wrong(person.id, person.failed_tries + 1, now)
            raise WrongPasswordError
        if person.failed_tries:
            self._remember_tries(person.id, 0, None)
        with self._database.reading() as session:
            return actor_of(session, person.id)

    def sign(
        self,
        *,
        first: Actor,
        login: str,
        password: str,
        op_id: str,
        meaning: str,
        reason: str = "",
        facts: Facts = (),
    ) -> Actor:
        """A second person signs one operation in place, in their own name, without ending the first one's session.

        ``meaning`` is a key of ``[meaning]`` in the word catalogue; with ``facts`` and ``reason`` it is what was shown
        and what the digest is over. The same signature asked again is the first one.
        Raises SamePersonError and what ``sign_in`` raises.
        """
        second = self.sign_in(login, password)
        if second.id == first.id:
            raise SamePersonError
        content = shown_text(meaning, facts, reason)
        if self._signed(second, op_id) == (meaning, digest(content), reason):
            return second
        with self._database.writing(second.id) as session:
            session.add(
                Signature(
                    op_id=op_id,
                    person_id=second.id,
                    meaning=meaning,
                    content=content,
                    content_hash=digest(content),
                    reason=reason,
                    signed_at=self._database.clock(),
                )
            )
        return second

    def has_signed(self, second: Actor, op_id: str) -> bool:
        """Whether this person has signed the operation already: it is being asked for again."""
        return self._signed(second, op_id) is not None

    def _signed(self, second: Actor, op_id: str) -> tuple[str, str, str] | None:
        with self._database.reading() as session:
            kept = session.scalar(select(Signature).where(Signature.op_id == op_id, Signature.person_id == second.id))
            return (kept.meaning, kept.content_hash, kept.reason) if kept is not None else None

    def _spend_time(self, password: str) -> None:
        """An unknown login takes as long as a wrong password."""
        _HASHER.hash(password)

    def _count_wrong(self, person_id: int, tries: int, now: datetime) -> None:
        over = tries - FREE_TRIES
        rest = min(FIRST_REST * (2**over), LONGEST_REST) if over >= 0 else None
        self._remember_tries(person_id, tries, now + rest if rest else None)

    def _remember_tries(self, person_id: int, tries: int, until: datetime | None) -> None:
        with self._database.writing(None) as session:
            session.execute(update(Person).where(Person.id == person_id).values(failed_tries=tries, locked_until=until))


def _matches(stored: str, password: str) -> bool:
    try:
        return _HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False
