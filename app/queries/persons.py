"""Who may sign in, and as what."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.permissions import Role
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


def persons(session: Session, *, only_active: bool = False) -> list[PersonRow]:
    """Everybody by login, in two statements."""
    roles: dict[int, list[Role]] = {}
    held = select(PersonRole.person_id, PersonRole.role).where(PersonRole.ended_at.is_(None)).order_by(PersonRole.id)
    for person_id, role in session.execute(held):
        roles.setdefault(person_id, []).append(role)
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
            tuple(roles.get(person.id, ())),
            Bilingual(zh, en) if zh else None,
            person.location_id,
            person.is_active,
        )
        for person, zh, en in session.execute(query)
    ]
