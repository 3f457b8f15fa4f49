"""One value of a unit against one clause: inside, outside, or not to be decided."""

import re
from collections.abc import Iterable
from datetime import date
from enum import Enum

from app.core.lots import lot_key
from app.notices.clauses import Clause, ClauseForm
from app.notices.dates import Reading, readings, readings_with_year
from app.notices.tokens import flatten

_MASK_SIGNS = re.compile(r"[xX]{2,}|\*{2,}|×{2,}|\?{2,}|_{2,}|■|█|□")


class Match(Enum):
    """YES and NO are certain; OPEN is not; MISSING asks for a datum of the unit."""

    YES = "yes"
    NO = "no"
    OPEN = "open"
    MISSING = "missing"


def is_masked(printed: str) -> bool:
    """Whether part of the printed value is hidden: V2408xxxx, ****."""
    return _MASK_SIGNS.search(printed) is not None


def any_of(states: Iterable[Match]) -> Match | None:
    """OR: one YES is enough, NO needs all; None of nothing."""
    found = set(states)
    for state in (Match.YES, Match.OPEN, Match.MISSING, Match.NO):
        if state in found:
            return state
    return None


def certificate_key(printed: str) -> str:
    """A registration number in simplified characters and without spaces."""
    return lot_key(flatten(printed))


def digits14(printed: str) -> str:
    """A device identifier as compared: a GTIN padded to 14 digits (too short or wrong ones as well), others as is."""
    key = lot_key(printed).lstrip("+")
    return key.zfill(14) if key.isdigit() else key


def shape_of(key: str) -> str:
    """Letters as they are, each digit as 0."""
    return re.sub(r"\d", "0", key)


def limit_match(clause: Clause, value: str) -> Match:
    """A lot or serial against a range or cut-off: only values of one shape compare (letters equal, digits as long).

    Plain numbers of another length may lie inside ("below 2753" holds 999); that they lie outside is never certain.
    """
    key = lot_key(value)
    limits: list[Match] = []
    if clause.first is not None:
        limits.append(_beyond(key, lot_key(clause.first), 1, clause.first_inclusive))
    if clause.last is not None:
        limits.append(_beyond(key, lot_key(clause.last), -1, clause.last_inclusive))
    if Match.OPEN in limits:
        return Match.OPEN
    return Match.NO if Match.NO in limits else Match.YES


def _beyond(key: str, limit: str, direction: int, is_inclusive: bool) -> Match:
    """Whether ``key`` lies on the right side of one limit."""
    if shape_of(key) == shape_of(limit):
        one, two = "".join(re.findall(r"\d", key)), "".join(re.findall(r"\d", limit))
        order = ((one > two) - (one < two)) * direction
        return Match.YES if order > 0 or (order == 0 and is_inclusive) else Match.NO
    if _is_plain(key) and _is_plain(limit):
        return Match.YES if (int(key) - int(limit)) * direction > 0 else Match.OPEN
    return Match.OPEN


def _is_plain(key: str) -> bool:
    return key.isascii() and key.isdigit() and len(key) <= 30 and key[0] != "0"


def is_comparable(clause: Clause, value: str) -> bool:
    """Whether the range speaks about values of this shape at all."""
    shape = shape_of(lot_key(value))
    return any(end and shape_of(lot_key(end)) == shape for end in (clause.first, clause.last))


def date_match(clause: Clause, value: str, order: str | None) -> Match:
    """A date of the unit against a date clause; where a printed date has two readings both must agree."""
    spans = readings(value)
    if not spans:
        return Match.OPEN
    if clause.form is ClauseForm.LIST:
        return any_of(_in_list(one, spans, order) for one in clause.values) or Match.OPEN
    lows, highs = limit_readings(clause, order)
    states = {_in_window(clause, span, low, high) for span in spans for low in lows for high in highs}
    return states.pop() if len(states) == 1 else Match.OPEN


def limit_readings(clause: Clause, order: str | None) -> tuple[tuple[Reading, ...], tuple[Reading, ...]]:
    """The readings of both limits; one without a year takes it from the other."""
    lows = readings(clause.first, order) if clause.first else ((date.min, date.min),)
    highs = readings(clause.last, order) if clause.last else ((date.max, date.max),)
    if clause.first and clause.last and not highs and lows:
        highs = readings_with_year(clause.last, lows[0][0].year, order)
    if clause.first and clause.last and not lows and highs:
        lows = readings_with_year(clause.first, highs[0][0].year, order)
    return lows, highs


def _in_list(printed: str, spans: tuple[Reading, ...], order: str | None) -> Match:
    hits = {span[0] <= one[1] and one[0] <= span[1] for one in readings(printed, order) for span in spans}
    if hits == {True}:
        return Match.YES
    return Match.NO if hits == {False} else Match.OPEN


def _in_window(clause: Clause, span: Reading, low: Reading, high: Reading) -> Match:
    first, last = span
    starts = [day > low[1] or (clause.first_inclusive and day >= low[0]) for day in span] if clause.first else [True]
    ends = [day < high[0] or (clause.last_inclusive and day <= high[1]) for day in span] if clause.last else [True]
    if all(starts) and all(ends):
        return Match.YES
    is_before = bool(clause.first) and not any(starts) and last <= low[1]
    is_after = bool(clause.last) and not any(ends) and first >= high[0]
    return Match.NO if is_before or is_after else Match.OPEN


def version_match(clause: Clause, value: str) -> Match:
    """Versions compare by their dotted numbers: 1.9 is before 1.27."""
    own = _version(value)
    if clause.form is ClauseForm.LIST:
        states = [_same_version(own, _version(one), lot_key(one) == lot_key(value)) for one in clause.values]
        return any_of(states) or Match.OPEN
    low, high = _version(clause.first or ""), _version(clause.last or "")
    if own is None or (clause.first and low is None) or (clause.last and high is None):
        return Match.OPEN
    if low is not None and not (own > low or (clause.first_inclusive and own == low)):
        return Match.NO
    if high is not None and not (own < high or (clause.last_inclusive and own == high)):
        return Match.NO
    return Match.YES


def _same_version(own: tuple[int, ...] | None, listed: tuple[int, ...] | None, is_same_text: bool) -> Match:
    if is_same_text or (own is not None and own == listed):
        return Match.YES
    if own is None or listed is None:
        return Match.OPEN
    is_part = own[: len(listed)] == listed or listed[: len(own)] == own
    return Match.OPEN if is_part else Match.NO


def _version(printed: str) -> tuple[int, ...] | None:
    match = re.fullmatch(r"V?(\d+(?:\.\d+)*)([A-Z]?)", lot_key(printed))
    if not match:
        return None
    numbers = tuple(int(part) for part in match[1].split("."))
    return (*numbers, ord(match[2]) - ord("A") + 1) if match[2] else numbers
