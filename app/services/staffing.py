"""Persons and their roles; granted by a security administrator, never to oneself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.changes import Changes, Topic
from app.core.errors import NotFoundError, RuleError
from app.core.permissions import APART, Duty, Role
from app.core.scopes import WHOLE_HOSPITAL, Scope
from app.models.database import Database
from app.models.personal import PersonalDatabase
from app.models.persons import PastPassword, Person, PersonRole
from app.models.refusals import ApartError, OwnGrantError
from app.models.scram import is_fingerprint_of
from app.services import logins
from app.services.badging import fit_badge, keep_badge
from app.services.passwords import UsedPasswordError, demand_fit, password_policy, past_hashes
from app.services.signing_in import SigningInService, demand_signed, hash_password, matches

PERSONS: Changes = frozenset({Topic.PERSONS})
GRANTING = "grant_roles"
"""What the signature under a grant means."""
_PAST = text("SELECT my_past_passwords()")


class LoginTakenError(RuleError):
    """Another person has this ``login``."""

    code = "login_taken"


class PersonField(Enum):
    """What must be told of a new person."""

    LOGIN = "login"
    NAME = "name_zh"
    PASSWORD = "password"  # noqa: S105 (the name of a field)


class EmptyFieldError(RuleError):
    """A ``field`` that must be filled is empty."""

    code = "empty_field"


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What is known of a person who is to sign in."""

    login: str
    name_zh: str
    name_en: str
    password: str
    roles: frozenset[Role]
    location_id: int | None = None
    scopes: tuple[tuple[Role, Scope], ...] = ()
    badge: str = ""


class StaffingService:
    """The methods of the security administrator, and the one that everybody has: changing the own password."""

    def __init__(self, database: Database, signing_in: SigningInService) -> None:
        self._database, self._signing_in = database, signing_in

    def add(self, *, actor: Actor, under: str, person: NewPerson) -> Changes:
        """Raises EmptyFieldError, LoginTakenError, WeakPasswordError, ApartError, and what ``fit_badge`` raises."""
        actor.demand(Duty.GRANT_ROLES)
        return self._write(actor.id, person, under)

    def install(self, person: NewPerson) -> Changes:
        """The first person of an empty database; refused once anybody exists."""
        with self._database.reading() as session:
            if session.scalar(select(Person.id).limit(1)) is not None:
                raise LoginTakenError(login=person.login)
        return self._write(None, person, "")

    def set_roles(
        self,
        *,
        actor: Actor,
        under: str,
        person_id: int,
        roles: frozenset[Role],
        scopes: Mapping[Role, Scope] | None = None,
    ) -> Changes:
        """End what is not in ``roles``, grant what is missing; a role without a scope holds everywhere.

        Another scope ends the role and grants it anew. ``actor`` has signed ``under``: see ``GrantingService``.
        Raises OwnGrantError, ApartError, LongScopeError, UnsignedError.
        """
        actor.demand(Duty.GRANT_ROLES)
        if person_id == actor.id:
            raise OwnGrantError
        _check_apart(roles)
        wanted = {role: (scopes or {}).get(role, WHOLE_HOSPITAL).text for role in roles}
        if self._keeps_logins():
            with self._database.writing(actor.id) as session:
                _demand_granted(session, actor.id, under)
                logins.set_roles(session, person_id, wanted)
            return PERSONS
        now = self._database.clock()
        with self._database.writing(actor.id) as session:
            _demand_granted(session, actor.id, under)
            held = select(PersonRole).where(PersonRole.person_id == person_id, PersonRole.ended_at.is_(None))
            standing = {row.role: row for row in session.scalars(held)}
            for role, row in standing.items():
                if wanted.get(role) != row.scope:
                    row.ended_at = now
            session.flush()
            fresh = {role: scope for role, scope in wanted.items() if role not in standing or standing[role].ended_at}
            _grant(session, actor.id, person_id, fresh, now)
        return PERSONS

    def set_active(self, *, actor: Actor, person_id: int, is_active: bool) -> Changes:
        """Raises OwnGrantError: nobody ends or opens their own account."""
        actor.demand(Duty.GRANT_ROLES)
        if person_id == actor.id:
            raise OwnGrantError
        if self._keeps_logins():
            with self._database.writing(actor.id) as session:
                logins.set_active(session, person_id, is_active=is_active)
            return PERSONS
        return self._change(actor.id, person_id, is_active=is_active)

    def reset_password(self, *, actor: Actor, person_id: int, password: str) -> Changes:
        """A new password, and the account rests no longer. One's own is changed by the old one: OwnGrantError."""
        actor.demand(Duty.GRANT_ROLES)
        if person_id == actor.id:
            raise OwnGrantError
        with self._database.reading() as session:
            login, *names = _named_like(session, person_id)
        demand_fit(password, login=login, names=names)
        if self._keeps_logins():
            with self._database.writing(actor.id) as session:
                logins.reset(session, person_id, login, password)
            return PERSONS
        return self._renew(actor.id, person_id, password, must_change=True)

    def change_password(self, *, actor: Actor, old: str, new: str) -> Changes:
        """Raises WrongPasswordError, UsedPasswordError and what ``demand_fit`` raises."""
        self._signing_in.confirm(actor.login, old)
        demand_fit(new, login=actor.login, names=(actor.name.zh, actor.name.en))
        if isinstance(self._database, PersonalDatabase):
            self._demand_unused(old, new)
            self._database.change_password(actor.login, old, new)
            return PERSONS
        with self._database.reading() as session:
            before = past_hashes(session, actor.id)
        if any(matches(stored, new) for stored in before):
            raise UsedPasswordError(history=len(before))
        return self._renew(actor.id, actor.id, new, must_change=False)

    def _demand_unused(self, old: str, new: str) -> None:
        """Of what the server keeps; the one that ends now counts although it may be older than the rule."""
        with self._database.reading() as session:
            history = password_policy(session).history
            before = list(session.scalars(_PAST)) if history else []
        if history and (new == old or any(is_fingerprint_of(kept, new) for kept in before)):
            raise UsedPasswordError(history=history)

    def _renew(self, by: int, person_id: int, password: str, *, must_change: bool) -> Changes:
        """The new hash in the place of the old one, which is kept."""
        hashed, now = hash_password(password), self._database.clock()
        with self._database.writing(by) as session:
            stored = session.scalar(select(Person.password_hash).where(Person.id == person_id)) or ""
            session.add(PastPassword(person_id=person_id, password_hash=stored, ended_at=now))
            values = {"failed_tries": 0, "locked_until": None, "must_change": must_change, "password_set_at": now}
            session.execute(update(Person).where(Person.id == person_id).values(password_hash=hashed, **values))
        return PERSONS

    def _keeps_logins(self) -> bool:
        with self._database.reading() as session:
            return logins.are_kept(session)

    def _change(self, actor_id: int, person_id: int, **values: object) -> Changes:
        with self._database.writing(actor_id) as session:
            changed = session.execute(
                update(Person).where(Person.id == person_id).values(**values).returning(Person.id)
            ).first()
            if changed is None:
                raise NotFoundError
        return PERSONS

    def _write(self, actor_id: int | None, person: NewPerson, under: str) -> Changes:
        for field in PersonField:
            if not getattr(person, field.value).strip():
                raise EmptyFieldError(field=field)
        _check_apart(person.roles)
        demand_fit(person.password, login=person.login, names=(person.name_zh, person.name_en))
        scopes = dict(person.scopes)
        wanted = {role: scopes.get(role, WHOLE_HOSPITAL).text for role in person.roles}
        with self._database.reading() as session:
            keeps_logins = logins.are_kept(session)
            if session.scalar(select(Person.id).where(Person.login == person.login.strip())) is not None:
                raise LoginTakenError(login=person.login.strip())
            badge = fit_badge(session, person.badge)
            _demand_granted(session, actor_id, under)
        if keeps_logins:
            with self._database.writing(actor_id) as session:
                person_id = logins.add(session, _named(person, ""), person.password, wanted)
                if badge:
                    keep_badge(session, person_id, badge)
            return PERSONS
        row, now = _named(person, hash_password(person.password, check=False)), self._database.clock()
        row.created_at = row.password_set_at = now
        row.must_change, row.badge_no = actor_id is not None, badge or None
        with self._database.writing(actor_id) as session:
            session.add(row)
            session.flush()
            _grant(session, actor_id, row.id, wanted, now)
        return PERSONS


def _demand_granted(session: Session, actor_id: int | None, under: str) -> None:
    """The first person of all is nobody's grant."""
    if actor_id is not None:
        demand_signed(session, op_id=under, person_id=actor_id, meaning=GRANTING)


def _named(person: NewPerson, password_hash: str) -> Person:
    return Person(
        login=person.login.strip(),
        name_zh=person.name_zh.strip(),
        name_en=person.name_en.strip() or person.name_zh.strip(),
        password_hash=password_hash,
        is_active=True,
        failed_tries=0,
        location_id=person.location_id,
    )


def _named_like(session: Session, person_id: int) -> tuple[str, str, str]:
    found = session.execute(select(Person.login, Person.name_zh, Person.name_en).where(Person.id == person_id)).first()
    if found is None:
        raise NotFoundError
    login, name_zh, name_en = found
    return login, name_zh, name_en


def _check_apart(roles: frozenset[Role]) -> None:
    if any(pair <= roles for pair in APART):
        raise ApartError


def _grant(session: Session, actor_id: int | None, person_id: int, scopes: Mapping[Role, str], now: datetime) -> None:
    for role in sorted(scopes, key=lambda role: role.value):
        kept = PersonRole(person_id=person_id, role=role, granted_by=actor_id, granted_at=now, scope=scopes[role])
        session.add(kept)
