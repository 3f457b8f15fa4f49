"""Who may sign as the second person."""

from dataclasses import dataclass

from app.core.actor import Actor, Bilingual
from app.core.permissions import Duty, duties
from app.queries.persons import persons
from app.queries.reader import Reader


@dataclass(frozen=True, slots=True)
class Signer:
    """One who may sign."""

    login: str
    name: Bilingual


def signers(reader: Reader, actor: Actor) -> tuple[Signer, ...]:
    """Everybody who may witness but the one who acts, by login; reads, so call it on a reader's thread."""
    return tuple(
        Signer(row.login, row.name)
        for row in reader.fetch(persons, only_active=True)
        if row.id != actor.id and Duty.WITNESS in duties(frozenset(row.roles))
    )
