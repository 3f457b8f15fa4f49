"""ISBT 128 device codes of ICCBBA (ST-001, ST-011, ST-017): two-sign marks, values of fixed width, no separators."""

import re
from datetime import date
from typing import NamedTuple

from app.udi import dates
from app.udi.checks import is_digits
from app.udi.draft import Draft
from app.udi.reading import Agency


class Structure(NamedTuple):
    """A data structure: its mark, what it is, and what its value looks like."""

    mark: str
    meaning: str
    width: int
    pattern: re.Pattern[str]


def _structure(mark: str, meaning: str, width: int, pattern: str) -> Structure:
    return Structure(mark, meaning, width, re.compile(pattern))


_DATE = r"[0-9]{6}"
_DATE_TIME = r"[0-9]{6}(?:[01][0-9]|2[0-3])[0-5][0-9]"
# The second sign of a donation number is already data; so it comes last, and any letter or digit fits.
_DONATION = _structure("=", "donation", 15, r"[A-NP-Z1-9][0-9]{12}[0-9A-Z]{2}")
_STRUCTURES = (
    _structure("=/", "di", 16, r"[A-NP-Z1-9][0-9]{4}[A-Z0-9]{11}"),
    _structure("=,", "serial", 6, r"(?!000000)[A-Z0-9]{6}"),
    _structure("=>", "expiry", 6, _DATE),
    _structure("&>", "expiry", 10, _DATE_TIME),
    _structure("=}", "production", 6, _DATE),
    _structure("&}", "production", 10, _DATE_TIME),
    _structure("&,1", "lot", 18, r"[A-Z0-9]{18}"),
    _structure("=)", "di", 10, r"[A-Za-z0-9]{10}"),
    _structure("&)", "lot", 10, r"[A-Za-z0-9]{10}"),
    _structure("=+", "compound", 5, r"[0-9]{5}"),
)
_SOUNDS_LIKE_ONE = re.compile(r"=[/,>})+A-Za-z0-9]|&[,>})]")
_DONATION_MARK = re.compile(r"=[A-Za-z0-9]")
_CENTURIES = {"0": 2000, "1": 2100, "8": 1800, "9": 1900}


def looks_like_isbt(text: str) -> bool:
    """The two signs that begin a structure on a device."""
    return _SOUNDS_LIKE_ONE.match(text) is not None


def read_isbt(text: str) -> Draft:
    """The structures of a scan; behind a damaged one it goes on at the next mark."""
    draft = Draft(Agency.ICCBBA)
    position, announced, count = 0, None, 0
    while position < len(text):
        structure = _structure_at(text, position)
        if structure is None:
            draft.error("unknown_ai", position)
            position = _next_mark(text, position + 1)
            continue
        start = position + len(structure.mark)
        value = text[start : start + structure.width]
        if structure.pattern.fullmatch(value):
            draft.add(structure.mark, value, start)
            _set_field(structure, value, start, draft)
            position = start + structure.width
        else:
            draft.error("bad_structure", start, structure.mark)
            position = _next_mark(text, start)
        if structure.meaning == "compound" and is_digits(value):
            announced = int(value[:2])
        else:
            count += 1
    if announced is not None and announced != count:
        draft.error("bad_count", 0, "=+")
    return draft


def _structure_at(text: str, position: int) -> Structure | None:
    for structure in _STRUCTURES:
        if text.startswith(structure.mark, position):
            return structure
    return _DONATION if _DONATION_MARK.match(text, position) else None


def _next_mark(text: str, position: int) -> int:
    found = _SOUNDS_LIKE_ONE.search(text, position)
    return found.start() if found else len(text)


def _set_field(structure: Structure, value: str, start: int, draft: Draft) -> None:
    meaning = structure.meaning
    if meaning in ("di", "serial", "lot"):
        if getattr(draft, meaning) is None:
            setattr(draft, meaning, value)
        else:
            draft.error("duplicate_element", start, structure.mark)
    elif meaning in ("expiry", "production"):
        _set_date(structure, value, start, draft)


def _set_date(structure: Structure, value: str, start: int, draft: Draft) -> None:
    on = _date(value[:6])
    if on is None:
        draft.error("bad_date", start, structure.mark)
        return
    text = f"{on.isoformat()}T{value[6:8]}:{value[8:]}" if len(value) > 6 else None
    if structure.meaning == "expiry":
        draft.set_expiry(on, "hour" if text else "day", text)
    else:
        draft.set_production(on, text)


def _date(text: str) -> date | None:
    """cYYJJJ: the century's last digit, two of the year, the day of the year."""
    century = _CENTURIES.get(text[0])
    return None if century is None else dates.day_of_year(century + int(text[1:3]), int(text[3:]))
