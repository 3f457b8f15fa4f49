"""Who may sign as the second person: everybody with the duty but the one who acts."""

from dataclasses import dataclass

from app.core.actor import Actor, Bilingual
from app.core.permissions import Duty, duties
from app.queries.persons import persons
from app.queries.reader import Reader


@dataclass(frozen=True, slots=True)
class Signer:
    """A person who may sign as the second one."""

    login: str
    name: Bilingual


@dataclass(frozen=True, slots=True)
class Signed:
    """The second person's own word for it."""

    login: str
    password: str
    reason: str = ""


def signers(reader: Reader, duty: Duty, actor: Actor) -> tuple[Signer, ...]:
    """By login; reads the database, so call it on a reader's thread."""
    return tuple(
        Signer(row.login, row.name)
        for row in reader.fetch(persons, only_active=True)
        if row.id != actor.id and duty in duties(frozenset(row.roles))
    )
