"""Why books and shelf differ: ``resources/templates/count_reasons.toml``."""

import tomllib
from dataclasses import dataclass
from enum import Enum
from functools import cache

from app.core.actor import Bilingual
from app.core.errors import RuleError
from app.core.places import resources


class Deviation(Enum):
    """What kind of difference asks for a reason."""

    GAIN = "gain"
    LOSS = "loss"
    TRANSIT = "transit"
    UNKNOWN = "unknown"


class ReasonUnknownError(RuleError):
    """The reason is not on the list for this kind of difference."""

    code = "store_work.reason_unknown"


class NoteMissingError(RuleError):
    """The chosen ``reason`` needs a sentence beside it."""

    code = "store_work.note_missing"


@dataclass(frozen=True, slots=True)
class CountReason:
    """One reason; ``key`` is kept with the version as ``<version>:<key>``."""

    key: str
    text: Bilingual
    needs_note: bool
    when: frozenset[Deviation]


@cache
def _list() -> tuple[str, tuple[CountReason, ...]]:
    with (resources() / "templates" / "count_reasons.toml").open("rb") as file:
        content = tomllib.load(file)
    return content["version"], tuple(
        CountReason(
            entry["key"],
            Bilingual(entry["zh"], entry["en"]),
            entry["note"],
            frozenset(Deviation(when) for when in entry["when"]),
        )
        for entry in content["reason"]
    )


def reasons_for(deviation: Deviation) -> tuple[CountReason, ...]:
    """The list as it is offered, in its own order."""
    return tuple(reason for reason in _list()[1] if deviation in reason.when)


def checked_reason(deviation: Deviation, key: str, note: str) -> str:
    """The reason as it is kept. Raises ReasonUnknownError or NoteMissingError."""
    found = next((reason for reason in reasons_for(deviation) if reason.key == key), None)
    if found is None:
        raise ReasonUnknownError
    if found.needs_note and not note.strip():
        raise NoteMissingError(reason=found.text)
    return f"{_list()[0]}:{key}"


def reason_text(kept: str) -> Bilingual | None:
    """The words of a kept reason; None where there is none, or its version has gone."""
    key = kept.rpartition(":")[2]
    return next((reason.text for reason in _list()[1] if reason.key == key), None)
