"""A workbook as text: a line for each row, cells between tabs, as a person would copy it out of the sheet.

What a spreadsheet did to a number is not hidden: of more than fifteen digits it keeps fifteen, so the rest is masked.
A merged cell says the same of each of its rows.
"""

import io
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol, cast

from python_calamine import CalamineError, CalamineWorkbook

from app.interchange.zip_parts import ZipParts

MOST_CELLS = 4_000_000
MOST_EMPTY_ROWS = 1_000
EXACT_DIGITS = 15
_PLACE = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_ROW = re.compile(rb'<(?:\w+:)?row [^>]*?\br="(\d{1,7})"')
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_BLANKS = re.compile(r"[\t\r\n\x0b\x0c]+")
_Place = tuple[int, int]


class SheetUnreadableError(Exception):
    """The workbook is damaged, or of a kind that is not read."""


class SheetTooLargeError(Exception):
    """A sheet spans more than ``MOST_CELLS`` cells."""


class _Sheet(Protocol):
    start: _Place | None
    merged_cell_ranges: list[tuple[_Place, _Place]] | None

    def to_python(self, skip_empty_area: bool = ...) -> list[list[Any]]: ...


def demand_sane_extent(parts: ZipParts) -> None:
    """One cell in the last corner of a sheet makes a reader lay out the whole of it. Raises SheetTooLargeError."""
    for name in parts.names:
        if not _SHEET.fullmatch(name):
            continue
        content = parts.read(name)
        rows = [int(row) for row in _ROW.findall(content)]
        columns, of_cells = set[bytes](), list[int]()
        for column, row in _PLACE.findall(content):
            columns.add(column)
            of_cells.append(int(row))
        first = min((*rows, *of_cells), default=0)
        height = max((*rows, *of_cells), default=0) - first + 1
        if height * max((_column(one) for one in columns), default=0) > MOST_CELLS:
            raise SheetTooLargeError


def workbook_text(content: bytes) -> str:
    """All sheets, one after another. Raises SheetUnreadableError."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            names = workbook.sheet_names
            sheets = [cast(_Sheet, workbook.get_sheet_by_name(name)) for name in names]
            texts = ["\n".join(_lines(sheet)) for sheet in sheets]
    except (CalamineError, ValueError, OSError) as error:
        raise SheetUnreadableError from error
    return "\n\n".join(text for text in texts if text.strip())


def _lines(sheet: _Sheet) -> Iterator[str]:
    rows = sheet.to_python(skip_empty_area=True)
    _fill_merged(sheet, rows)
    empty = 0
    for row in rows:
        cells = [cell_text(value) for value in row]
        empty = 0 if any(cells) else empty + 1
        if empty > MOST_EMPTY_ROWS:
            return
        yield "\t".join(cells).rstrip("\t")


def _fill_merged(sheet: _Sheet, rows: list[list[Any]]) -> None:
    """A cell merged over rows speaks of each of them; one merged over columns is said once."""
    top, left = sheet.start or (0, 0)
    for (first_row, column), (last_row, _) in sheet.merged_cell_ranges or ():
        here = [index - top for index in range(first_row, last_row + 1) if 0 <= index - top < len(rows)]
        for index in here[1:]:
            row, above = rows[index], rows[here[0]]
            if 0 <= column - left < min(len(row), len(above)):
                row[column - left] = above[column - left]


def cell_text(value: object) -> str:
    """One cell as it would be printed, on one line."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        is_day = value.time() == time.min
        return value.date().isoformat() if is_day else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date | time | timedelta):
        return value.isoformat() if isinstance(value, date | time) else str(value)
    return _BLANKS.sub(" ", str(value)).strip()


def _number(value: float) -> str:
    if value != value or abs(value) == float("inf") or int(value) != value:
        return repr(value)
    digits = str(int(value))
    lost = len(digits.lstrip("-")) - EXACT_DIGITS
    return digits if lost <= 0 else digits[:-lost] + "x" * lost


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
