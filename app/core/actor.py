"""Who acts, and in which language their names are read."""

from dataclasses import dataclass

from app.core.permissions import Duty, Role, demand, duties
from app.core.words import Language


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A name in both languages."""

    zh: str
    en: str

    def said_in(self, language: Language) -> str:
        """The name in ``language``; the other one where it is empty."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person who is signed in, or who signs in place."""

    id: int
    login: str
    name: Bilingual
    roles: frozenset[Role]
    location_id: int | None = None

    @property
    def duties(self) -> frozenset[Duty]:
        return duties(self.roles)

    def may(self, duty: Duty) -> bool:
        return duty in self.duties

    def demand(self, duty: Duty) -> None:
        """Raises NotEntitledError where none of the roles carries the duty."""
        demand(duty, self.roles)
