"""Writes the tables of ``app.core.statuses`` as views, so that the wall asks the same table as the screen."""

from collections.abc import Mapping
from enum import Enum
from itertools import permutations
from typing import TypeVar

from app.core.permissions import APART, DUTIES, MOVED_BY, posting_roles
from app.core.statuses.leaving import DEPARTURE_TRANSITIONS
from app.core.statuses.locks import LOCK_TABLE, NEEDS_REASON, NEEDS_SECOND
from app.core.statuses.recall import CASE_TRANSITIONS, SIGNED_ACTS, TASK_TRANSITIONS
from app.core.statuses.stock import FREE_STATES, PATHS
from app.core.statuses.transitions import Status

S = TypeVar("S", bound=Status)


def _value(value: Enum | str | None) -> str:
    if value is None:
        return "''"
    return f"'{value.value if isinstance(value, Enum) else value}'"


def _view(name: str, columns: str, rows: list[tuple[Enum | str | None, ...]]) -> str:
    lines = ",\n  ".join("(" + ", ".join(_value(value) for value in row) + ")" for row in rows)
    named = ", ".join(f"column{index + 1} AS {column}" for index, column in enumerate(columns.split()))
    return f"CREATE VIEW {name} AS SELECT {named} FROM (VALUES\n  {lines}) AS listed"


def rule_views() -> list[str]:
    """The same text on both databases."""
    paths = [
        (kind, path.source, path.target)
        for kind, allowed in PATHS.items()
        for path in sorted(allowed, key=lambda path: (_value(path.source), _value(path.target)))
    ]
    needs = sorted((kind.value, "second") for kind in NEEDS_SECOND)
    needs += sorted((kind.value, "reason") for kind in NEEDS_REASON)
    return [
        _view("rule_path", "kind source target", list(paths)),
        _view("rule_lock", "kind layer effect", [(*key, effect) for key, effect in LOCK_TABLE.items()]),
        _view("rule_need", "kind need", list(needs)),
        _view("rule_free", "state", [(state,) for state in sorted(state.value for state in FREE_STATES)]),
        _view("rule_case", "before after", _transitions(CASE_TRANSITIONS)),
        _view("rule_task", "before after", _transitions(TASK_TRANSITIONS)),
        _view("rule_signed", "act meaning", list(SIGNED_ACTS.items())),
        _view("rule_departure", "before after", _transitions(DEPARTURE_TRANSITIONS)),
        _view(
            "rule_apart", "role other", [both for pair in APART for both in permutations(sorted(r.value for r in pair))]
        ),
        _view(
            "rule_posting", "kind role", sorted((k.value, role.value) for k in MOVED_BY for role in posting_roles(k))
        ),
        _view(
            "rule_duty",
            "duty role",
            sorted((duty.value, role.value) for role, duties in DUTIES.items() for duty in duties),
        ),
    ]


def _transitions(following: Mapping[S, frozenset[S]]) -> list[tuple[Enum | str | None, ...]]:
    return [(before, after) for before, afters in following.items() for after in sorted(s.value for s in afters)]
