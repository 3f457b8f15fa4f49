"""Dates as notices print them, with every reading they allow.

A reading is the first and the last day it can mean: "2017-09" is the whole month. "12/04/2025" has two readings
until the region or another date of the same notice settles the order.
"""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date

MONTH_NAMES = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_GAP = r"[\s.,|'-]{0,8}"
DATE_PATTERN = (
    rf"(?:19|20)\d\d[ ]?年(?:[ ]?\d{{1,2}}[ ]?月(?:[ ]?\d{{1,2}}[ ]?日?)?)?"
    rf"|(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}}"
    rf"|(?:19|20)\d\d[-/](?:0?[1-9]|1[0-2])"
    rf"|\d{{1,2}}[-/]\d{{1,2}}[-/](?:\d{{4}}|\d\d)"
    rf"|\d{{1,2}}\.\d{{1,2}}\.(?:19|20)\d\d"
    rf"|(?:0?[1-9]|1[0-2])[-/](?:19|20)\d\d"
    rf"|(?:19|20)\d\d[- ]?{MONTH_NAMES}(?:[- ]?\d{{1,2}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?{_GAP}(?:of )?{MONTH_NAMES}{_GAP}(?:(?:19|20)\d\d|\d\d)"
    rf"|{MONTH_NAMES}[\s.]{{0,3}}(?:\d{{1,2}}(?:st|nd|rd|th)?[\s,.|]{{1,8}})?{_GAP}(?:19|20)\d\d"
    rf"|{MONTH_NAMES}[-'/ ]\d\d"
)
PARTIAL_PATTERN = r"(?<![年\d])\d{1,2}[ ]?月(?:[ ]?\d{1,2}[ ]?日)?|(?<!\d)\d{1,2}[ ]?日(?!内)"
"""A month, or a day, whose year stands elsewhere: the end of "2023年5月至8月"."""
_NAMED = re.compile(rf"(\d{{0,4}})\D*?({MONTH_NAMES})\D*(\d{{0,4}})\D*(\d{{0,4}})$")
_DAY_FIRST = frozenset(
    [
        "CN",
        "HK",
        "HKG",
        "TW",
        "GB",
        "UK",
        "IE",
        "AU",
        "NZ",
        "EU",
        "DE",
        "FR",
        "IT",
        "ES",
        "PT",
        "NL",
        "BE",
        "AT",
        "CH",
        "SE",
        "NO",
        "DK",
        "FI",
        "PL",
        "SRB",
        "SVN",
        "COL",
        "BR",
        "MX",
        "IN",
        "SG",
    ]
)
_MONTH_FIRST = frozenset({"US", "USA", "PH"})

Reading = tuple[date, date]


def order_of_region(region: str | None) -> str | None:
    """ "mdy", "dmy" or None where the region does not settle it."""
    name = (region or "").upper()
    if name in _MONTH_FIRST:
        return "mdy"
    return "dmy" if name in _DAY_FIRST else None


def order_within(dates: Iterable[str]) -> str | None:
    """The order that the unambiguous numeric dates of one notice prove; None if none does or they disagree."""
    orders: set[str] = set()
    for printed in dates:
        parts = re.fullmatch(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d\d)\s*", printed)
        if parts and int(parts[2]) > 12:
            orders.add("mdy")
        elif parts and int(parts[1]) > 12:
            orders.add("dmy")
    return orders.pop() if len(orders) == 1 else None


def readings(printed: str, order: str | None = None) -> tuple[Reading, ...]:
    """Every reading of a printed date, none if it is no date. ``order`` is "mdy" or "dmy" where known."""
    flat = printed.strip().strip(".,;()").lower()
    if re.search(r"[a-z]", flat):
        return _spans([_named(flat)])
    signs = set(re.sub(r"\s|\d", "", flat))
    if len(signs) > 1 and "年" not in signs:
        return ()
    numbers = [part for part in re.split(r"\D+", flat) if part]
    if len(numbers) == 1:
        return () if signs & {"月", "日"} else _spans(_solid(numbers[0]))
    if len(numbers) == 2:
        is_short = "-" in signs and max(map(len, numbers)) < 4
        return () if is_short or ("月" in signs - {"年"} and "年" not in signs) else _spans([_month_and_year(*numbers)])
    return _spans(_three(numbers, order)) if len(numbers) == 3 else ()


def readings_with_year(printed: str, year: int, order: str | None = None) -> tuple[Reading, ...]:
    """The readings of a date that may leave out its year: "8月" of 2023, "May" of 2023."""
    flat = printed.strip()
    return readings(flat, order) or readings(f"{year}年{flat}" if "月" in flat else f"{flat} {year}", order)


_Parts = tuple[int, int, int]


def _named(flat: str) -> _Parts | None:
    match = _NAMED.search(flat)
    if not match:
        return None
    before, name, after, last = match.groups()
    month = _MONTHS[name[:3]]
    if len(before) == 4:
        return int(before), month, int(after or 0)
    year, day = (last, after) if last else (after, before)
    if not year:
        return None
    return _full_year(year), month, int(day or 0)


def _solid(digits: str) -> list[_Parts | None]:
    if len(digits) == 8:
        if digits[:2] in ("19", "20"):
            return [(int(digits[:4]), int(digits[4:6]), int(digits[6:]))]
        return [(int(digits[4:]), int(digits[:2]), int(digits[2:4]))]
    if len(digits) == 6:
        if digits[:2] == "20" and 1 <= int(digits[4:]) <= 12:
            return [(int(digits[:4]), int(digits[4:]), 0), (2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))]
        return [(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))]
    if len(digits) == 4 and digits[:2] in ("19", "20"):
        return [(int(digits), 0, 0)]
    return [(2000 + int(digits[2:]), int(digits[:2]), 0)] if len(digits) == 4 else []


def _month_and_year(one: str, two: str) -> _Parts | None:
    if len(one) == 4:
        return int(one), int(two), 0
    return _full_year(two), int(one), 0


def _three(numbers: list[str], order: str | None) -> list[_Parts | None]:
    one, two, three = numbers
    if len(one) == 4:
        return [(int(one), int(two), int(three))]
    year = _full_year(three)
    month_first, day_first = (year, int(one), int(two)), (year, int(two), int(one))
    if order and _span(month_first if order == "mdy" else day_first):
        return [month_first if order == "mdy" else day_first]
    return [month_first] if one == two else [month_first, day_first]


def _full_year(printed: str) -> int:
    year = int(printed)
    if len(printed) > 2:
        return year
    return year + (1900 if year >= 80 else 2000)


def _spans(parts: Iterable[_Parts | None]) -> tuple[Reading, ...]:
    spans = [_span(part) for part in parts if part]
    return tuple(span for span in spans if span)


def _span(parts: _Parts) -> Reading | None:
    year, month, day = parts
    if not 1900 <= year <= 2100 or not 0 <= month <= 12:
        return None
    if month == 0:
        return date(year, 1, 1), date(year, 12, 31)
    length = monthrange(year, month)[1]
    if day == 0:
        return date(year, month, 1), date(year, month, length)
    return (date(year, month, day), date(year, month, day)) if day <= length else None
