"""Who may sign in, and as what."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.permissions import Role
from app.core.scopes import WHOLE_HOSPITAL, Scope, scope_of
from app.models.persons import Person, PersonRole
from app.models.places import Location


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person with the roles they have now and the place they usually work at."""

    id: int
    login: str
    name: Bilingual
    roles: tuple[Role, ...]
    place: Bilingual | None
    location_id: int | None
    is_active: bool
    scopes: tuple[tuple[Role, Scope], ...] = ()
    """The roles that hold at some sites or places only."""
    badge: str = ""

    def scope(self, role: Role) -> Scope:
        return dict(self.scopes).get(role, WHOLE_HOSPITAL)


def persons(session: Session, *, only_active: bool = False) -> list[PersonRow]:
    """Everybody by login, in two statements."""
    roles: dict[int, list[tuple[Role, str]]] = {}
    held = select(PersonRole.person_id, PersonRole.role, PersonRole.scope).where(PersonRole.ended_at.is_(None))
    for person_id, role, scope in session.execute(held.order_by(PersonRole.id)):
        roles.setdefault(person_id, []).append((role, scope))
    query = (
        select(Person, Location.name_zh, Location.name_en)
        .outerjoin(Location, Location.id == Person.location_id)
        .order_by(Person.login)
    )
    if only_active:
        query = query.where(Person.is_active)
    return [
        PersonRow(
            person.id,
            person.login,
            Bilingual(person.name_zh, person.name_en),
            tuple(role for role, _ in roles.get(person.id, ())),
            Bilingual(zh, en) if zh else None,
            person.location_id,
            person.is_active,
            tuple((role, scope_of(scope)) for role, scope in roles.get(person.id, ()) if scope),
            person.badge_no or "",
        )
        for person, zh, en in session.execute(query)
    ]
