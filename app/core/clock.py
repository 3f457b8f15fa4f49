"""The time, injected: UTC inside, local on screen."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Answers the present moment as an aware UTC datetime."""


def system_clock() -> datetime:
    """The machine's own time."""
    return datetime.now(UTC)


class SimulatedClock:
    """A clock that stands until it is moved; for the story, drills and tests."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def __call__(self) -> datetime:
        return self._now

    def advance(self, step: timedelta) -> None:
        self._now += step


def local_date(moment: datetime, time_zone: str) -> date:
    """The calendar day at a site; ``time_zone`` is an IANA name such as Asia/Shanghai."""
    return moment.astimezone(ZoneInfo(time_zone)).date()
