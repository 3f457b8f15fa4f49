"""Which status may follow which, and the one method that checks it."""

from abc import abstractmethod
from collections.abc import Mapping
from enum import Enum
from typing import Self, TypeVar

from app.core.errors import RuleError


class TransitionError(RuleError):
    """A status cannot follow another: ``before`` and ``after`` are members of the same enum."""

    code = "transition"


class Status(Enum):
    """An enum whose subclasses say in ``successors`` what may follow each member."""

    @abstractmethod
    def successors(self) -> frozenset[Self]:
        """What may follow this member."""

    def to(self, after: Self) -> Self:
        """``after``, if it may follow this status; raises TransitionError."""
        if after not in self.successors():
            raise TransitionError(before=self, after=after)
        return after


S = TypeVar("S", bound=Status)


def table(enum: type[S], **following: str) -> Mapping[S, frozenset[S]]:
    """A table of transitions written with values: ``table(Task, sent="acknowledged exempted")``."""
    return {member: frozenset(enum(value) for value in following.get(member.value, "").split()) for member in enum}
