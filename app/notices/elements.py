"""GS1 elements printed inside a notice, "(01)...(17)...(10)...", read with their places.

Notices print them with blanks, over several lines, with dates of eight digits; the lot ends at the next bracket.
"""

import re

from app.notices.clauses import Clause, ClauseForm, ClauseKey

_ELEMENT = re.compile(r"\(\s*(\d{2,3})\s*\)\s*([^\s();,\u4e00-\u9fff]+)")
_KEYS = {
    "01": ClauseKey.DI,
    "02": ClauseKey.DI,
    "10": ClauseKey.LOT,
    "21": ClauseKey.SERIAL,
    "17": ClauseKey.EXPIRY,
    "15": ClauseKey.EXPIRY,
    "11": ClauseKey.PRODUCTION,
}


def element_clauses(text: str, flat: str, start: int, end: int) -> list[Clause]:
    """One clause per element; lot, serial and dates are scoped to the identifier in front of them."""
    clauses: list[Clause] = []
    scope: tuple[str, ...] = ()
    for match in _ELEMENT.finditer(flat, start, end):
        key = _KEYS.get(match[1])
        if key is None:
            continue
        place = match.start(2), match.start(2) + len(match[2].rstrip(".:"))
        value = text[slice(*place)]
        if not value:
            continue
        own = () if key is ClauseKey.DI else scope
        if key is ClauseKey.DI:
            scope = (value,)
        clauses.append(Clause(key, ClauseForm.LIST, value, *place, values=(value,), scope=own))
    return clauses
