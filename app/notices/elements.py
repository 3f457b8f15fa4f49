"""UDIs printed inside a notice, with brackets or without, read with the places of their parts.

Notices print brackets with blanks, over several lines, with dates of eight digits; the lot ends at the next
bracket. What stands without brackets is read as a scan would be.
"""

import re

from app.notices.clauses import IDENTITY_KEYS, Clause, ClauseForm, ClauseKey
from app.udi.reader import read
from app.udi.reading import Agency, Reading, ReadState

_ELEMENT = re.compile(r"\(\s*(\d{2,3})\s*\)\s*([^\s();,\u4e00-\u9fff]+)")
_UNBRACKETED = re.compile(r"01\d{14}(?:1[0-7]|21)[0-9A-Za-z.\-/]{3,}")
_KEYS = {
    "01": ClauseKey.DI,
    "02": ClauseKey.DI,
    "10": ClauseKey.LOT,
    "21": ClauseKey.SERIAL,
    "17": ClauseKey.EXPIRY,
    "15": ClauseKey.EXPIRY,
    "11": ClauseKey.PRODUCTION,
}
_Part = tuple[str, int, int]


def bracketed(text: str, flat: str, start: int, end: int) -> list[Clause]:
    """One clause per element; lot, serial and dates are scoped to the identifier in front of them."""
    parts: list[_Part] = []
    for match in _ELEMENT.finditer(flat, start, end):
        value = match[2].rstrip(".:")
        if value:
            parts.append((match[1], match.start(2), match.start(2) + len(value)))
    return _clauses(text, parts)


def unbracketed(text: str, start: int, end: int) -> list[Clause]:
    """The parts of a UDI printed in one piece; none if it is none.

    Where a lost separator allows several readings, what all share is certain and the rest is possible: one clause
    of form MASKED with the values of every reading.
    """
    raw = text[start:end]
    if not _UNBRACKETED.fullmatch(raw):
        return []
    reading = read(raw)
    if reading.agency is not Agency.GS1 or reading.state is ReadState.REFUSED:
        return []
    certain = _clauses(text, _parts(reading, text, start))
    if reading.state is not ReadState.AMBIGUOUS:
        return certain
    scope = certain[0].values if certain and certain[0].key is ClauseKey.DI else ()
    return [*certain, *_possible(reading, text, (start, end), scope)]


def _parts(reading: Reading, text: str, start: int) -> list[_Part]:
    parts = [(one.ai, start + one.position, start + one.position + len(one.value)) for one in reading.elements]
    return [part for part in parts if text[part[1] : part[2]]]


def _possible(reading: Reading, text: str, place: tuple[int, int], scope: tuple[str, ...]) -> list[Clause]:
    values: dict[ClauseKey, dict[str, None]] = {}
    known = {one.ai for one in reading.elements}
    for candidate in reading.candidates:
        for clause in _clauses(text, _parts(candidate, text, place[0])):
            if clause.key in IDENTITY_KEYS and not known & {"10", "21"}:
                values.setdefault(clause.key, {})[clause.values[0]] = None
    start, end = place
    return [
        Clause(key, ClauseForm.MASKED, text[start:end], start, end, values=tuple(found), scope=scope)
        for key, found in values.items()
    ]


def _clauses(text: str, parts: list[_Part]) -> list[Clause]:
    clauses: list[Clause] = []
    scope: tuple[str, ...] = ()
    for identifier, start, end in parts:
        key = _KEYS.get(identifier)
        if key is None:
            continue
        value = text[start:end]
        if key is ClauseKey.DI:
            scope = (value,)
        own = () if key is ClauseKey.DI else scope
        clauses.append(Clause(key, ClauseForm.LIST, value, start, end, values=(value,), scope=own))
    return clauses
