"""Where a role holds: everywhere, or at some sites and places only. The wall reads the same words in the database."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.core.errors import RuleError

LONGEST = 400


class OutOfScopeError(RuleError):
    """The person's roles do not reach to this place."""

    code = "out_of_scope"


class LongScopeError(RuleError):
    """More places than one role can name; whole sites take less room."""

    code = "long_scope"


@dataclass(frozen=True, slots=True)
class Scope:
    """Keys of sites and of locations; both empty: the whole hospital."""

    sites: frozenset[int] = frozenset()
    places: frozenset[int] = frozenset()

    @property
    def is_limited(self) -> bool:
        return bool(self.sites or self.places)

    @property
    def text(self) -> str:
        """As it is kept with the role: ``site:1 place:4``. Raises LongScopeError."""
        words = [*(f"site:{key}" for key in sorted(self.sites)), *(f"place:{key}" for key in sorted(self.places))]
        kept = " ".join(words)
        if len(kept) > LONGEST:
            raise LongScopeError
        return kept

    def covers(self, *, place_id: int, site_id: int) -> bool:
        return not self.is_limited or place_id in self.places or site_id in self.sites


WHOLE_HOSPITAL = Scope()


def scope_of(text: str) -> Scope:
    """The scope that ``Scope.text`` wrote."""
    parts = [word.partition(":") for word in text.split()]
    return Scope(_keys(parts, "site"), _keys(parts, "place"))


def _keys(parts: Iterable[tuple[str, str, str]], kind: str) -> frozenset[int]:
    return frozenset(int(key) for named, _, key in parts if named == kind)
