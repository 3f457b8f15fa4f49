"""Roles are granted under a signature: a fresh password, and above it who gets what, where."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.changes import Changes
from app.core.errors import NotFoundError
from app.core.permissions import Duty, Role
from app.core.scopes import WHOLE_HOSPITAL, Scope, scope_of
from app.core.shown import Facts
from app.core.words import status_text
from app.models.database import Database
from app.models.persons import Person, PersonRole
from app.models.places import Location, Site
from app.models.refusals import OwnGrantError
from app.services.repeating import once
from app.services.signing_in import SigningInService
from app.services.staffing import GRANTING, NewPerson, StaffingService


class GrantingService:
    """What the security administrator does to the roles of others. Duty: GRANT_ROLES."""

    def __init__(self, database: Database, signing_in: SigningInService) -> None:
        self._database, self._signing_in = database, signing_in
        self._staffing = StaffingService(database, signing_in)

    def grant(
        self,
        *,
        actor: Actor,
        op_id: str,
        password: str,
        person_id: int,
        roles: frozenset[Role],
        scopes: Mapping[Role, Scope] | None = None,
    ) -> Changes:
        """Raises WrongPasswordError and what ``StaffingService.set_roles`` raises."""
        actor.demand(Duty.GRANT_ROLES)
        if person_id == actor.id:
            raise OwnGrantError
        with self._database.reading() as session:
            facts = (*_held(session, person_id), *_wanted(session, roles, scopes or {}))
        self._sign(actor, password, op_id, facts)
        return self._grant(actor=actor, op_id=op_id, person_id=person_id, roles=roles, scopes=scopes)

    @once
    def _grant(
        self, *, actor: Actor, op_id: str, person_id: int, roles: frozenset[Role], scopes: Mapping[Role, Scope] | None
    ) -> Changes:
        return self._staffing.set_roles(actor=actor, under=op_id, person_id=person_id, roles=roles, scopes=scopes)

    def add(self, *, actor: Actor, op_id: str, password: str, person: NewPerson) -> Changes:
        """Raises WrongPasswordError and what ``StaffingService.add`` raises."""
        actor.demand(Duty.GRANT_ROLES)
        with self._database.reading() as session:
            facts = (("login", person.login.strip()), *_wanted(session, person.roles, dict(person.scopes)))
        self._sign(actor, password, op_id, facts)
        nameless = replace(person, password="")
        return self._add(actor=actor, op_id=op_id, person=nameless, password=person.password)

    @once
    def _add(self, *, actor: Actor, op_id: str, person: NewPerson, password: str) -> Changes:
        """The new password apart, so that no digest of it is kept."""
        return self._staffing.add(actor=actor, under=op_id, person=replace(person, password=password))

    def _sign(self, actor: Actor, password: str, op_id: str, facts: Facts) -> None:
        if self._signing_in.has_signed(actor, op_id):  # asked again: what was held before is another thing by now
            self._signing_in.confirm(actor.login, password)
            return
        self._signing_in.sign_own(signer=actor, password=password, op_id=op_id, meaning=GRANTING, facts=facts)


def _held(session: Session, person_id: int) -> Facts:
    login = session.scalar(select(Person.login).where(Person.id == person_id))
    if login is None:
        raise NotFoundError
    query = select(PersonRole.role, PersonRole.scope).where(
        PersonRole.person_id == person_id, PersonRole.ended_at.is_(None)
    )
    held = [(role, scope_of(scope)) for role, scope in session.execute(query)]
    return (("login", login), *(("before", one) for one in _said(session, held)))


def _wanted(session: Session, roles: frozenset[Role], scopes: Mapping[Role, Scope]) -> Facts:
    wanted = [(role, scopes.get(role, WHOLE_HOSPITAL)) for role in roles]
    return tuple(("granted", one) for one in _said(session, wanted))


def _said(session: Session, roles: Sequence[tuple[Role, Scope]]) -> list[str]:
    """Each role as the wall reads it, then in both languages with the names of the places it holds at."""
    return sorted(
        f"{said_role(role, scope.text)} {_both(role)} {_places(session, scope)}".strip() for role, scope in roles
    )


def said_role(role: Role, scope: str) -> str:
    """A role and where it holds, as a signature over grants names it: ``storekeeper place:4 ·``."""
    return f"{role.value} {scope} ·" if scope else f"{role.value} ·"


def _both(role: Role) -> str:
    return f"{status_text(role, 'zh')} / {status_text(role, 'en')}"


def _places(session: Session, scope: Scope) -> str:
    named = [
        f"{zh} / {en}"
        for model, keys in ((Site, scope.sites), (Location, scope.places))
        for zh, en in session.execute(select(model.name_zh, model.name_en).where(model.id.in_(keys)).order_by(model.id))
    ]
    return f"@ {', '.join(named)}" if scope.is_limited else ""
