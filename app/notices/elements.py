"""UDIs printed inside a notice, with brackets or without, read with the places of their parts.

Notices print brackets with blanks, over several lines, with dates of eight digits; the lot ends at the next
bracket. What stands without brackets is read as a scan would be.
"""

import re

from app.notices.clauses import Clause, ClauseForm, ClauseKey
from app.udi.reader import read
from app.udi.reading import Agency, ReadState

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
    """The parts of a UDI printed in one piece; none if it is none, or if it can be read in several ways."""
    raw = text[start:end]
    if not _UNBRACKETED.fullmatch(raw):
        return []
    reading = read(raw)
    if reading.agency is not Agency.GS1 or reading.state in (ReadState.REFUSED, ReadState.AMBIGUOUS):
        return []
    parts = [(one.ai, start + one.position, start + one.position + len(one.value)) for one in reading.elements]
    return _clauses(text, [part for part in parts if text[part[1] : part[2]]])


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
