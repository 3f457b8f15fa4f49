"""Dates as the agencies write them, turned into days; None stands for a date that does not exist."""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache


def full_year(two_digits: int, this_year: int) -> int:
    """The year that a two-digit year means now (GS1 General Specifications 7.12): within 49 back and 50 ahead."""
    century = this_year - this_year % 100
    distance = two_digits - this_year % 100
    if distance > 50:
        century -= 100
    elif distance < -49:
        century += 100
    return century + two_digits


def day(year: int, month: int, day_of_month: int) -> date | None:
    """The day, or None where the calendar has none."""
    try:
        return date(year, month, day_of_month)
    except ValueError:
        return None


def month_end(year: int, month: int) -> date | None:
    """The last day of a month; a code that names only the month means it."""
    return day(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 else None


def day_of_year(year: int, number: int) -> date | None:
    """Day 001 to 365 or 366 of a year."""
    if number < 1:
        return None
    found = date(year, 1, 1) + timedelta(days=number - 1)
    return found if found.year == year else None


@lru_cache(maxsize=8192)
def yymmdd(text: str, this_year: int) -> date | None:
    """GS1's six digits; day 00 means the last day of the month."""
    year = full_year(int(text[:2]), this_year)
    month, day_of_month = int(text[2:4]), int(text[4:])
    return month_end(year, month) if day_of_month == 0 else day(year, month, day_of_month)


def yyjjj(text: str, this_year: int) -> date | None:
    """Two digits of year and the day of the year."""
    return day_of_year(full_year(int(text[:2]), this_year), int(text[2:]))


def yyyymmdd(text: str) -> date | None:
    """Eight digits."""
    return day(int(text[:4]), int(text[4:6]), int(text[6:]))
