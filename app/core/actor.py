"""Who acts, and in which language their names are read."""

from dataclasses import dataclass

from app.core.permissions import DUTIES, Duty, Role, demand, duties
from app.core.scopes import OutOfScopeError
from app.core.words import Language


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A name in both languages."""

    zh: str
    en: str

    def said_in(self, language: Language) -> str:
        """The name in ``language``; the other one where it is empty."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)


Reach = tuple[tuple[Role, frozenset[int]], ...]
"""Roles that hold at some places only, with the keys of those locations; roles that are not named hold everywhere."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person who is signed in, or who signs in place."""

    id: int
    login: str
    name: Bilingual
    roles: frozenset[Role]
    location_id: int | None = None
    reach: Reach = ()

    must_change: bool = False
    """Only the own password may be changed, until it is."""

    @property
    def duties(self) -> frozenset[Duty]:
        return frozenset() if self.must_change else duties(self.roles)

    def may(self, duty: Duty, at: int | None = None) -> bool:
        """Whether a role carries the duty, and reaches to the location ``at`` where one is named."""
        if at is None or self.must_change:
            return duty in self.duties
        reach = dict(self.reach)
        return any(duty in DUTIES[role] and (role not in reach or at in reach[role]) for role in self.roles)

    def demand(self, duty: Duty, at: int | None = None) -> None:
        """Raises NotEntitledError where no role carries the duty, OutOfScopeError where none reaches to ``at``."""
        demand(duty, frozenset() if self.must_change else self.roles)
        if not self.may(duty, at):
            raise OutOfScopeError(duty=duty)

    def demand_at(self, duty: Duty, place: int) -> None:
        """Raises OutOfScopeError where no role with the duty reaches to the place; asked after ``demand``."""
        if not self.may(duty, place):
            raise OutOfScopeError(duty=duty)

    def belongs_to(self, place: int) -> bool:
        """Whether it is the person's own place, or one that a limited role of theirs reaches to."""
        return self.location_id == place or any(place in places for _, places in self.reach)

    def places(self, duty: Duty) -> frozenset[int] | None:
        """The locations where the duty holds; None for everywhere."""
        return reached(self.roles, self.reach, duty)


def reached(roles: frozenset[Role], reach: Reach, duty: Duty) -> frozenset[int] | None:
    """The locations where one of the roles carries the duty; None for everywhere."""
    limits = dict(reach)
    carrying = [role for role in roles if duty in DUTIES[role]]
    if any(role not in limits for role in carrying):
        return None
    return frozenset(place for role in carrying for place in limits[role])
