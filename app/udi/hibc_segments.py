"""The parts of HIBC secondary data: lot, serial, dates, quantity (ANSI/HIBC 2.6 tables 2-4; IMDRF N48 appendix A)."""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from app.udi import dates
from app.udi.checks import is_digits
from app.udi.draft import Draft
from app.udi.reading import Precision

_LONGEST = 18
_OLD_FORM = re.compile(r"[0-9]{5}")
_LONG_DATE = re.compile(r"(1[46]D)(.*)", re.DOTALL)


class DateForm(NamedTuple):
    """How many digits a date has, and how to read them."""

    width: int
    read: Callable[[str, int], date | None]
    precision: Precision


def _month_year(text: str, this_year: int) -> date | None:
    return dates.month_end(dates.full_year(int(text[2:]), this_year), int(text[:2]))


def _american(text: str, this_year: int) -> date | None:
    return dates.day(dates.full_year(int(text[4:]), this_year), int(text[:2]), int(text[2:4]))


def _year_first(text: str, this_year: int) -> date | None:
    return dates.day(dates.full_year(int(text[:2]), this_year), int(text[2:4]), int(text[4:6]))


def _julian(text: str, this_year: int) -> date | None:
    return dates.yyjjj(text[:5], this_year)


_MONTH_YEAR = DateForm(4, _month_year, "month")
_OLD_DATE = DateForm(5, _julian, "day")
# The digit after $$ names the form; 0 and 1 name none, they are the first digit of the month.
_FORMS = {
    "2": DateForm(6, _american, "day"),
    "3": DateForm(6, _year_first, "day"),
    "4": DateForm(8, _year_first, "hour"),
    "5": DateForm(5, _julian, "day"),
    "6": DateForm(7, _julian, "hour"),
}
_QUANTITY_WIDTHS = {"8": 2, "9": 5}


def read_segment(segment: str, begin: int, draft: Draft, this_year: int) -> None:
    """One part between slashes; ``begin`` is where it stands."""
    if segment.startswith("+$"):
        draft.warn("stray_plus", begin)
        segment, begin = segment[1:], begin + 1
    long_date = _LONG_DATE.fullmatch(segment)
    if segment.startswith("$"):
        _read_dollar(segment, begin, draft, this_year)
    elif long_date:
        _read_long_date(long_date[1], long_date[2], begin + 3, draft)
    elif segment.startswith("S"):
        draft.add("S", segment[1:], begin + 1)
        _set_text(segment[1:], begin + 1, is_serial=True, draft=draft)
    elif segment.startswith("Q"):
        draft.add("Q", segment[1:], begin + 1)
        _set_quantity(segment[1:], begin + 1, draft)
    elif _OLD_FORM.match(segment):
        draft.add("", segment, begin)
        rest = _take_date(_OLD_DATE, segment, begin, draft, this_year)
        _set_text(rest, begin + len(segment) - len(rest), is_serial=False, draft=draft)
    else:
        draft.error("unknown_segment", begin)


def _read_dollar(segment: str, begin: int, draft: Draft, this_year: int) -> None:
    """``$``lot, ``$+``serial, and with a second ``$`` a quantity and a date before them."""
    is_dated = segment.startswith("$$")
    mark = "$$" if is_dated else "$"
    is_serial = segment.startswith("+", len(mark))
    mark += "+" if is_serial else ""
    rest = segment[len(mark) :]
    draft.add(mark, rest, begin + len(mark))
    end = begin + len(segment)
    if is_dated:
        rest = _take_quantity(rest, end - len(rest), draft)
        rest = _take_flagged_date(rest, end - len(rest), draft, this_year)
    if rest:
        _set_text(rest, end - len(rest), is_serial=is_serial, draft=draft)


def _take_quantity(text: str, begin: int, draft: Draft) -> str:
    """Strip ``8`` with two digits or ``9`` with five."""
    width = _QUANTITY_WIDTHS.get(text[:1])
    if width is None:
        return text
    _set_quantity(text[1 : width + 1], begin + 1, draft, width)
    return text[width + 1 :]


def _take_flagged_date(text: str, begin: int, draft: Draft, this_year: int) -> str:
    """Strip the date and the digit that names its form; answers the rest, nothing where the form is unknown."""
    if text[:1] in ("", "7"):
        return text[1:]
    if text[0] in "01":
        return _take_date(_MONTH_YEAR, text, begin, draft, this_year)
    form = _FORMS.get(text[0])
    if form is None:
        draft.error("bad_date", begin, "$$")
        return ""
    return _take_date(form, text[1:], begin + 1, draft, this_year)


def _take_date(form: DateForm, text: str, begin: int, draft: Draft, this_year: int) -> str:
    """Strip the date; a date that does not exist is reported, and what stands behind it is still read."""
    written = text[: form.width]
    if len(written) < form.width or not is_digits(written):
        draft.error("bad_date", begin, "$$")
        return ""
    on = form.read(written, this_year)
    hour = written[-2:] if form.precision == "hour" else None
    if on is None or (hour is not None and hour > "23"):
        draft.error("bad_date", begin, "$$")
    else:
        draft.set_expiry(on, form.precision, f"{on.isoformat()}T{hour}" if hour else None)
    return text[form.width :]


def _read_long_date(mark: str, written: str, begin: int, draft: Draft) -> None:
    """``14D`` expiry and ``16D`` production, eight digits (ASC MH10.8.2)."""
    draft.add(mark, written, begin)
    on = dates.yyyymmdd(written) if len(written) == 8 and is_digits(written) else None
    if on is None:
        draft.error("bad_date", begin, mark)
    elif mark == "14D":
        draft.set_expiry(on)
    else:
        draft.set_production(on)


def _set_quantity(digits: str, begin: int, draft: Draft, width: int | None = None) -> None:
    if is_digits(digits) and len(digits) <= 9 and width in (None, len(digits)):
        draft.quantity = int(digits)
    else:
        draft.error("bad_value", begin, "Q")


def _set_text(text: str, begin: int, *, is_serial: bool, draft: Draft) -> None:
    """A lot or serial; one that comes a second time with another value is not taken."""
    mark = "S" if is_serial else "$"
    held = draft.serial if is_serial else draft.lot
    if not text:
        draft.error("missing_value", begin, mark)
    elif len(text) > _LONGEST:
        draft.error("too_long", begin + _LONGEST, mark)
    elif held is not None and held != text:
        draft.error("duplicate_element", begin, mark)
    elif is_serial:
        draft.serial = text
    else:
        draft.lot = text
