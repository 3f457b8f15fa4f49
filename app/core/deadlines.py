"""How long a department has to answer: settings by class of the recall, in a versioned file."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from app.core.places import resources
from app.core.statuses.recall import RecallClass
from app.core.working_days import add_working_days


@dataclass(frozen=True, slots=True)
class Deadlines:
    """When a task must be acknowledged and when it must be done; ``version`` of the settings that said so."""

    acknowledge_by: datetime
    done_by: datetime
    version: str


@cache
def recall_clocks() -> dict[str, Any]:
    """The settings of ``resources/law/recall_clocks.toml``."""
    with (resources() / "law" / "recall_clocks.toml").open("rb") as file:
        return tomllib.load(file)


def deadlines(recall_class: RecallClass, start: datetime, zone: str) -> Deadlines:
    """Counted from the launch, at a site in the IANA ``zone``."""
    clocks = recall_clocks()
    limits = clocks["class"][recall_class.value]
    ends = [_end(limits[key], start, zone, clocks["calendar"]) for key in ("acknowledge", "done")]
    return Deadlines(ends[0], ends[1], clocks["version"])


def launch_by(recall_class: RecallClass, received_at: datetime, zone: str) -> datetime:
    """Until when a notice should have become a launched recall, or a case that is not affected."""
    clocks = recall_clocks()
    return _end(clocks["class"][recall_class.value]["launch"], received_at, zone, clocks["calendar"])


def _end(limit: dict[str, int], start: datetime, zone: str, calendar: str) -> datetime:
    if "hours" in limit:
        return start + timedelta(hours=limit["hours"])
    return add_working_days(start, limit["working_days"], zone, calendar)
