"""AHM codes of Ali Health, the third Chinese issuer: best effort, because no grammar is public.

A reading is never complete: a person confirms each field.
"""

import re

from app.udi import dates
from app.udi.checks import is_digits
from app.udi.draft import Draft
from app.udi.reading import Agency

_MARKS = "(BA|BN|SN|MD|BD|ED|PL)"
_SEGMENT = re.compile(rf"\*?{_MARKS}([^*]*)")
# Only the first segment may follow without an asterisk: the expression stays linear on any text.
_WHOLE = re.compile(rf"MF[0-9]{{6,13}}(?:\*?{_MARKS}[^*]*(?:\*{_MARKS}[^*]*)*)?")
_DATES = ("MD", "BD", "ED")


def looks_like_ahm(text: str) -> bool:
    """``MF`` and digits, then only known segments; another maker's code could look the same."""
    return _WHOLE.fullmatch(text) is not None


def read_ahm(text: str, this_year: int) -> Draft:
    """The segments of a text for which ``looks_like_ahm`` holds."""
    draft = Draft(Agency.AHM)
    draft.doubt("unofficial_format", 0)
    identifier = re.match(r"MF[0-9]{6,13}", text)
    draft.di = identifier[0] if identifier else None
    end = identifier.end() if identifier else 0
    draft.add("MF", text[2:end], 2)
    for found in _SEGMENT.finditer(text, end):
        mark, value, start = found[1], found[2], found.start(2)
        draft.add(mark, value, start)
        if mark in _DATES:
            _set_date(mark, value, start, draft, this_year)
        elif mark in ("BA", "BN"):
            draft.lot = value or None
        elif mark == "SN":
            draft.serial = value or None
    return draft


def _set_date(mark: str, value: str, start: int, draft: Draft, this_year: int) -> None:
    """Six digits, or eight; expiry and best-before date both end the use, the earlier one counts."""
    on = None
    if is_digits(value) and len(value) in (6, 8):
        on = dates.yyyymmdd(value) if len(value) == 8 else dates.yymmdd(value, this_year)
    if on is None:
        draft.error("bad_date", start, mark)
    elif mark == "MD":
        draft.set_production(on)
    else:
        draft.set_expiry(on)
