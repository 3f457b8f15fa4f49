"""MA codes of ZIIOT, the second Chinese issuer: ``MA.156.M0.…`` with dotted segments, bare, in a URL or in XML.

No official grammar is public. The segments follow published parsers and real labels: M or P production, L lot,
S serial, D sterilisation lot, E failure date, V valid until, Y insurance code, C check digit.
"""

import re
from datetime import date

from app.udi import dates
from app.udi.checks import is_digits, ma_check_digit
from app.udi.draft import Draft
from app.udi.reading import Agency

_IDENTIFIER = re.compile(r"MA\.[0-9]{3}\.[A-Z][0-9]\.[0-9]{6}\.[-0-9A-Za-z]{8,30}(?=\.|\Z)")
_LETTERS = "MPLSDEVYC"
_FOREIGN = re.compile(r"[^\x21-\x7e]")
_WRAPPED = re.compile(r"<UDI\b[^>]*>.*</UDI>\s*", re.DOTALL)
_FIELD = re.compile(r"<(DI|SN|MFG|LOT|EXP|VAL)>([^<]*)</\1>")
_TAGS = {"SN": "S", "MFG": "M", "LOT": "L", "EXP": "E", "VAL": "V"}

Segment = tuple[str, str, int]
"""A letter, its value, and where the value begins."""


def looks_like_ma(text: str) -> bool:
    """The issuer's two letters and a dot."""
    return text.startswith("MA.")


def looks_like_ma_xml(text: str) -> bool:
    """The XML form in which some systems hand the code on."""
    return text.startswith("<UDI")


def read_ma(text: str, this_year: int) -> Draft:
    """The identifier and its segments; without a sound identifier nothing is taken."""
    draft = Draft(Agency.MA)
    found = _IDENTIFIER.match(text)
    if found is None:
        draft.error("bad_structure", 0, "MA")
        return draft
    foreign = _FOREIGN.search(text)
    if foreign:
        draft.error("bad_character", foreign.start())
    _set_identifier(found[0], 0, draft)
    segments = _segments(text, found.end(), draft)
    _fill(segments, draft, this_year)
    _verify(text, found.end(), segments, draft)
    return draft


def _set_identifier(di: str, begin: int, draft: Draft) -> None:
    draft.di = di
    draft.add("MA", di, begin)
    if ma_check_digit(di[:-1]) != di[-1]:
        draft.doubt("unconfirmed_check", begin + len(di) - 1, "MA")


def _segments(text: str, begin: int, draft: Draft) -> list[Segment]:
    """Cut at a dot and a known letter. A dot and a digit or small letter may belong to the lot before it."""
    segments: list[Segment] = []
    for piece in text[begin:].split(".")[1:]:
        begin += 1
        if piece and piece[0] in _LETTERS:
            segments.append((piece[0], piece[1:], begin + 1))
        elif segments and segments[-1][0] in "LSD" and not piece[:1].isupper():
            letter, value, start = segments.pop()
            segments.append((letter, f"{value}.{piece}", start))
            draft.warn("dot_in_value", begin - 1, letter)
        else:
            draft.error("unknown_segment", begin)
        begin += len(piece)
    return segments


def _fill(segments: list[Segment], draft: Draft, this_year: int) -> None:
    """Valid-until is the last good day and wins over the failure date, which may be the first bad one."""
    days: dict[str, date] = {}
    seen: set[str] = set()
    for letter, value, start in segments:
        draft.add(letter, value, start)
        if letter in seen:
            draft.error("duplicate_element", start, letter)
        elif not value:
            draft.error("missing_value", start, letter)
        elif letter in "MPEV":
            on = _date(value, this_year)
            if on is None:
                draft.error("bad_date", start, letter)
            else:
                days[letter] = on
        elif letter == "L":
            draft.lot = value
        elif letter == "S":
            draft.serial = value
        seen.add(letter)
    _set_dates(days, draft)


def _set_dates(days: dict[str, date], draft: Draft) -> None:
    expiry = days.get("V") or days.get("E")
    if expiry:
        draft.set_expiry(expiry)
    made = days.get("M") or days.get("P")
    if made:
        draft.set_production(made)
    failure, valid = days.get("E"), days.get("V")
    if failure and valid and not 0 <= (failure - valid).days <= 1:
        draft.warn("dates_differ")


def _date(text: str, this_year: int) -> date | None:
    digits = text.replace("-", "") if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else text
    if not is_digits(digits):
        return None
    if len(digits) == 8:
        return dates.yyyymmdd(digits)
    return dates.yymmdd(digits, this_year) if len(digits) == 6 and digits[4:] != "00" else None


def _verify(text: str, begin: int, segments: list[Segment], draft: Draft) -> None:
    """The last segment may be the check digit of the others."""
    if segments and segments[-1][0] == "C":
        _, check, start = segments[-1]
        if ma_check_digit(text[begin : start - 2]) != check:
            draft.doubt("unconfirmed_check", start, "C")


def read_ma_xml(text: str, this_year: int) -> Draft:
    """The XML form; its fields are the segments under other names."""
    draft = Draft(Agency.MA)
    if _WRAPPED.fullmatch(text) is None:
        draft.error("bad_structure", 0, "MA")
        return draft
    fields = [(found[1], found[2], found.start(2)) for found in _FIELD.finditer(text)]
    identifiers = [(value, start) for name, value, start in fields if name == "DI"]
    if len(identifiers) != 1 or not _IDENTIFIER.fullmatch(identifiers[0][0]):
        draft.error("bad_structure", 0, "MA")
        return draft
    _set_identifier(*identifiers[0], draft)
    _fill([(_TAGS[name], value, start) for name, value, start in fields if name != "DI"], draft, this_year)
    return draft
