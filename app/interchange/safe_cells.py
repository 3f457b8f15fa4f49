"""Cells of a table file that no spreadsheet takes for a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

_FORMULA = re.compile(r"^[\s\u3000]*[=+\-@%|\uff1d\uff0b\uff0d\uff20\t\r]")
_NUMBER = re.compile(r"^[+-]?\d+(\.\d+)?$")
_MARK = "'"


def safe_cell(value: object) -> str:
    """The value as text; what would start a formula, even after blanks or in full width, gets a mark in front.

    Pure numbers stay as they are, so that they can be summed.
    """
    words = "" if value is None else str(value)
    if _NUMBER.match(words) or not _FORMULA.match(words):
        return words
    return _MARK + words


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with the mark by which spreadsheets know it; lines end as RFC 4180 says."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe_cell(name) for name in head])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
