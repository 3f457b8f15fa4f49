"""A table as a spreadsheet file: one sheet, the head in bold and kept in sight, text as text and never a formula."""

import io
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from xlsxwriter import Workbook

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_MADE = datetime(1980, 1, 1, tzinfo=UTC)
"""The same table is the same bytes."""
LONGEST_SHEET_NAME = 31
_WIDEST, _NARROWEST = 60, 8
_AS_IT_IS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def xlsx_bytes(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Whole numbers are numbers; everything else is text. ``name`` is the sheet's."""
    table: list[Sequence[object]] = [head, *rows]
    out = io.BytesIO()
    with Workbook(out, _AS_IT_IS) as book:
        book.set_properties({"created": _MADE})
        sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", _plain(name))[:LONGEST_SHEET_NAME] or "1")
        plain = book.add_format({"valign": "top", "text_wrap": True})
        bold = book.add_format({"valign": "top", "text_wrap": True, "bold": True})
        sheet.freeze_panes(1, 0)
        for column in range(len(head)):
            sheet.set_column(column, column, _width(table, column))
        for number, row in enumerate(table):
            for column, value in enumerate(row):
                style = plain if number else bold
                if isinstance(value, int) and not isinstance(value, bool):
                    sheet.write_number(number, column, value, style)
                else:
                    sheet.write_string(number, column, "" if value is None else _plain(str(value)), style)
    return out.getvalue()


def _plain(words: str) -> str:
    """Without the characters that XML cannot hold."""
    return _UNWRITABLE.sub("\ufffd", words)


def _width(table: Sequence[Sequence[object]], column: int) -> int:
    """In digits; a Chinese letter is two of them."""
    longest = max(
        sum(1 if letter.isascii() else 2 for letter in str(row[column])) for row in table if column < len(row)
    )
    return min(_WIDEST, max(_NARROWEST, longest + 2))
