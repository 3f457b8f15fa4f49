"""Numbers, days, moments and spans of time as people read them; and dates as people type them."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from app.core.words import Language, text

DASH = "—"
"""Stands where there is nothing to show."""
MINUS = "\u2212"
DAY = timedelta(days=1)
LONG_DAYS = 3
"""From so many days on, the hours no longer matter."""


def number(value: int | None, *, signed: bool = False) -> str:
    """Thousands with commas, a true minus sign; a dash for None."""
    if value is None:
        return DASH
    sign = MINUS if value < 0 else "+" if signed and value > 0 else ""
    return f"{sign}{abs(value):,}"


def percent(part: int, whole: int) -> str:
    """One decimal; 100 % only when nothing is missing, so that 99.97 % never reads as done."""
    if whole <= 0:
        return DASH
    if part == whole:
        return "100 %"
    shown = round(100 * part / whole, 1)
    return f"{min(shown, 99.9):.1f} %" if 0 < part < whole else f"{shown:.1f} %"


def day(value: date | None) -> str:
    """2028-08-31, or a dash."""
    return DASH if value is None else value.isoformat()


def moment(value: datetime | None, zone: tzinfo | None = None) -> str:
    """2026-03-12 16:40 in the zone of the site, or of this computer."""
    return DASH if value is None else value.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def short_moment(value: datetime | None, now: datetime, zone: tzinfo | None = None) -> str:
    """16:40 today, 03-12 16:40 this year, else with the year."""
    if value is None:
        return DASH
    local, today = value.astimezone(zone), now.astimezone(zone)
    if local.date() == today.date():
        return local.strftime("%H:%M")
    return local.strftime("%m-%d %H:%M" if local.year == today.year else "%Y-%m-%d %H:%M")


def span(length: timedelta, language: Language) -> str:
    """12 min, 2 h 05, 1 d 3 h, 6 d: two parts at most, rounded down."""
    minutes = int(abs(length).total_seconds() // 60)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if days >= LONG_DAYS or (days and not hours):
        return text("widgets.span.days", language, days=days)
    if days:
        return text("widgets.span.days_hours", language, days=days, hours=hours)
    if hours:
        return text("widgets.span.hours", language, hours=hours, minutes=f"{minutes:02}")
    return text("widgets.span.minutes", language, minutes=minutes)


def time_left(due: datetime, now: datetime, language: Language) -> str:
    """What is left until a deadline, or by how much it has passed; the exact minute is not yet overdue."""
    key = "widgets.span.left" if due >= now else "widgets.span.overdue"
    return text(key, language, span=span(due - now, language))


@dataclass(frozen=True, slots=True)
class TypedDate:
    """A date somebody typed; ``is_month_only`` where the day is the last of the month because none was typed."""

    day: date
    is_month_only: bool = False


_PARTS = re.compile(r"^(\d{4}|\d{2})[-/.年 ](\d{1,2})(?:[-/.月 ](\d{1,2})日?|月?)$")
_EIGHT, _SIX, _FOUR = 8, 6, 4


def typed_date(words: str) -> TypedDate:
    """Read 2028-12-31, 2028/12/31, 20281231, 281231, 2028-12, 202812, 2812, 2028年12月; two-digit years are 20xx.

    A day of 00, as in GS1 dates, means the month only. Raises ValueError where it is none of these.
    """
    plain = unicodedata.normalize("NFKC", words).strip()
    parts = _PARTS.match(plain)
    if parts:
        year, month, of_month = parts.groups()
        return _dated(year, month, of_month or "0")
    if not plain.isdecimal():
        raise ValueError(words)
    if len(plain) == _EIGHT:
        return _dated(plain[:4], plain[4:6], plain[6:])
    if len(plain) == _SIX:
        return _six_digits(plain)
    if len(plain) == _FOUR:
        return _dated(plain[:2], plain[2:], "0")
    raise ValueError(words)


def _six_digits(plain: str) -> TypedDate:
    """281231 is a day; 202812 cannot be one, so it is a month."""
    try:
        return _dated(plain[:2], plain[2:4], plain[4:])
    except ValueError:
        return _dated(plain[:4], plain[4:], "0")


def _dated(year: str, month: str, of_month: str) -> TypedDate:
    full = int(year) + (2000 if len(year) == 2 else 0)
    if int(of_month):
        return TypedDate(date(full, int(month), int(of_month)))
    if not 1 <= int(month) <= 12:
        raise ValueError(month)
    return TypedDate(date(full, int(month), monthrange(full, int(month))[1]), is_month_only=True)
