"""Working days of China, with the holidays and make-up days of the yearly notice (resources/law/holidays_cn.toml)."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from app.core.places import resources

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off and make-up days; years outside ``complete`` know weekends only."""

    off: frozenset[date]
    work: frozenset[date]
    complete: frozenset[int]

    def is_working(self, day: date) -> bool:
        if day in self.work:
            return True
        return day.weekday() < SATURDAY and day not in self.off

    def add(self, start: date, days: int) -> date:
        """The ``days``-th working day after ``start``, which itself does not count."""
        day = start
        while days:
            day += timedelta(days=1)
            days -= self.is_working(day)
        return day

    def is_sure(self, day: date) -> bool:
        """Whether the holidays of that year are known."""
        return day.year in self.complete


@cache
def calendar(name: str) -> Calendar:
    """The calendar ``resources/law/<name>.toml``."""
    with (resources() / "law" / f"{name}.toml").open("rb") as file:
        years: dict[str, dict[str, Any]] = tomllib.load(file)["years"]
    off: set[date] = set()
    work: set[date] = set()
    for year in years.values():
        work |= {date.fromisoformat(day) for day in year["work"]}
        for first, last in year["off"]:
            off |= set(_span(date.fromisoformat(first), date.fromisoformat(last)))
    return Calendar(frozenset(off), frozenset(work), frozenset(int(year) for year in years))


def _span(first: date, last: date) -> list[date]:
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def add_working_days(moment: datetime, days: int, zone: str, name: str) -> datetime:
    """The same time of day at the site, so many working days later."""
    local = moment.astimezone(ZoneInfo(zone))
    day = calendar(name).add(local.date(), days)
    return datetime.combine(day, local.timetz()).astimezone(moment.tzinfo)
