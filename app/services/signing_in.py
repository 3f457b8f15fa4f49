"""Who is at the keyboard: passwords, lock-out, and the second person who signs in place.

Passwords are argon2id (RFC 9106, second recommended choice: 64 MiB, 3 passes, 4 lanes). After five wrong tries the
account rests, longer each time, never for ever: a ward must not be locked out by a prank.
"""

from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session, undefer

from app.core.actor import Actor, Bilingual
from app.core.errors import AppError, RuleError
from app.core.scopes import Scope, scope_of
from app.core.shown import Facts, digest, shown_text
from app.models.connecting import WrongPasswordError
from app.models.database import Database
from app.models.personal import PersonalDatabase
from app.models.persons import Person, PersonRole, Signature
from app.models.places import Location
from app.models.refusals import UnsignedError
from app.services.passwords import demand_strong, is_due
from app.services.upgrading import demand_sound

FREE_TRIES = 5
FIRST_REST = timedelta(minutes=1)
LONGEST_REST = timedelta(minutes=15)

_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4)


class RestingError(RuleError):
    """Too many wrong tries; ``until`` is when the next one is possible."""

    code = "resting"


class SamePersonError(RuleError):
    """The second signature must come from another person."""

    code = "own_second"


def hash_password(password: str, *, check: bool = True) -> str:
    """The argon2id hash to store, of the embedded file. Raises WeakPasswordError."""
    if check:
        demand_strong(password)
    return _HASHER.hash(password)


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
        """The person behind the login; with personal logins the database is theirs from now on, until ``sign_out``.

        Raises WrongPasswordError or RestingError; with personal logins what ``PersonalDatabase.open_as`` raises.
        """
        if isinstance(self._database, PersonalDatabase):
            return self._opened(self._database, login, password)
        return self._checked(login, password)

    def sign_out(self) -> None:
        """Whoever is signed in leaves; a personal login's connections are closed, its password is forgotten."""
        if isinstance(self._database, PersonalDatabase):
            self._database.leave()

    def confirm(self, login: str, password: str) -> Actor:
        """The person behind the login, without a change of who is signed in. Raises what ``sign_in`` raises."""
        with self._theirs(login, password) as (_, actor):
            return actor

    @contextmanager
    def present(self, login: str, password: str) -> Generator[None]:
        """Inside, what is written in the name of this person is written over their own connection.

        For a step that a second person takes themselves while the first one stays. Raises what ``sign_in`` raises.
        """
        if not isinstance(self._database, PersonalDatabase):
            yield
            return
        with self._theirs(login, password) as (theirs, actor), self._database.visited_by(actor.id, theirs):
            yield

    def _with_account(self, session: Session, person_id: int) -> Actor:
        return replace(actor_of(session, person_id), must_change=is_due(session, person_id, self._database.clock()))

    def in_place(self, login: str, password: str) -> AbstractContextManager[tuple[Database, Actor]]:
        """Another person's own way into the database for one act, while whoever is signed in stays so.

        Entering raises what ``sign_in`` raises.
        """
        return self._theirs(login, password)

    def _opened(self, database: PersonalDatabase, login: str, password: str) -> Actor:
        try:
            person_id = database.open_as(login, password)
            demand_sound(database)
            with database.reading() as session:
                return self._with_account(session, person_id)
        except AppError:
            database.leave()
            raise

    @contextmanager
    def _theirs(self, login: str, password: str) -> Generator[tuple[Database, Actor]]:
        """A second person's own way into the database, and who they are."""
        if not isinstance(self._database, PersonalDatabase):
            yield self._database, self._checked(login, password)
            return
        theirs = self._database.beside(login, password)
        try:
            with theirs.reading() as session:
                actor = actor_of(session, theirs.person_id or 0)
            yield theirs, actor
        finally:
            theirs.close()

    def _checked(self, login: str, password: str) -> Actor:
        with self._database.reading() as session:
            query = select(Person).options(undefer(Person.password_hash))
            person = session.scalar(query.where(Person.login == login.strip(), Person.is_active))
        if person is None:
            self._spend_time(password)
            raise WrongPasswordError
        now = self._database.clock()
        if person.locked_until is not None and now < person.locked_until:
            raise RestingError(until=person.locked_until)
        if not matches(person.password_hash, password):
            self._count_wrong(person.id, person.failed_tries + 1, now)
            raise WrongPasswordError
        if person.failed_tries:
            self._remember_tries(person.id, 0, None)
        with self._database.reading() as session:
            return self._with_account(session, person.id)

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
        with self._theirs(login, password) as (database, second):
            if second.id == first.id:
                raise SamePersonError
            self._sign(database, second, op_id, meaning, reason, facts)
        return second

    def sign_own(
        self, *, signer: Actor, password: str, op_id: str, meaning: str, reason: str = "", facts: Facts = ()
    ) -> Actor:
        """Who acts signs their own step with a fresh password. Raises what ``sign_in`` raises."""
        with self._theirs(signer.login, password) as (database, same):
            self._sign(database, same, op_id, meaning, reason, facts)
        return same

    def sign_as(
        self, *, first: Actor, login: str, password: str, op_id: str, meaning: str, reason: str = "", facts: Facts = ()
    ) -> Actor:
        """Whoever ``login`` is signs: a second person in place, or the one who sits here for a step that is theirs."""
        shown: dict[str, Any] = {"op_id": op_id, "meaning": meaning, "reason": reason, "facts": facts}
        if login.strip() == first.login:
            return self.sign_own(signer=first, password=password, **shown)
        return self.sign(first=first, login=login, password=password, **shown)

    def _sign(self, database: Database, second: Actor, op_id: str, meaning: str, reason: str, facts: Facts) -> None:
        content = shown_text(meaning, facts, reason)
        if self._signed(second, op_id) == (meaning, digest(content), reason):
            return
        with database.writing(second.id) as session:
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


def demand_signed(session: Session, *, op_id: str, person_id: int, meaning: str) -> None:
    """Raises UnsignedError: this person has not signed this operation, or with another meaning."""
    signed = select(Signature.id).where(
        Signature.op_id == op_id, Signature.person_id == person_id, Signature.meaning == meaning
    )
    if session.scalar(signed) is None:
        raise UnsignedError


def matches(stored: str, password: str) -> bool:
    """Whether the hash is this password's."""
    try:
        return _HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False
