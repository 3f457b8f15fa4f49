"""A table as a spreadsheet file (ECMA-376, .xlsx): one sheet, the head in bold and kept in sight, text as text."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_STAMP = (1980, 1, 1, 0, 0, 0)
"""The same table is the same bytes."""
LONGEST_SHEET_NAME = 31
_WIDEST, _NARROWEST = 60, 8

_TYPES = (
    f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>'
)
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf fontId="1" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs>'
    "</styleSheet>"
)


def xlsx_bytes(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Whole numbers are numbers; everything else is text, never a formula. ``name`` is the sheet's."""
    table: list[list[object]] = [list(head), *(list(row) for row in rows)]
    sheet = re.sub(r"[\[\]:*?/\\]", " ", name)[:LONGEST_SHEET_NAME] or "1"
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_DOC}"><sheets>'
        f'<sheet name={quoteattr(_plain(sheet))} sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml")
        ),
        "xl/styles.xml": _STYLES,
        "xl/worksheets/sheet1.xml": _sheet(table),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for path, text in parts.items():
            book.writestr(zipfile.ZipInfo(path, _STAMP), text.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _relations(*targets: tuple[str, str, str]) -> str:
    lines = "".join(f'<Relationship Id="{key}" Type="{_DOC}/{kind}" Target="{path}"/>' for key, kind, path in targets)
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _sheet(table: list[list[object]]) -> str:
    lines = "".join(
        f'<row r="{number}">{"".join(_cell(column, number, cell) for column, cell in enumerate(row))}</row>'
        for number, row in enumerate(table, 1)
    )
    view = '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{_width(table, number - 1)}" customWidth="1"/>'
        for number in range(1, len(table[0]) + 1)
    )
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews>{view}</sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>{lines}</sheetData></worksheet>"
    )


def _cell(column: int, number: int, value: object) -> str:
    place = f"{_letters(column)}{number}"
    style = ' s="1"' if number == 1 else ""
    if isinstance(value, int) and not isinstance(value, bool):
        return f'<c r="{place}"{style}><v>{value}</v></c>'
    words = "" if value is None else _plain(str(value))
    return f'<c r="{place}"{style} t="inlineStr"><is><t xml:space="preserve">{escape(words)}</t></is></c>'


def _plain(words: str) -> str:
    """Without the characters that XML cannot hold."""
    return _UNWRITABLE.sub("\ufffd", words)


def _letters(column: int) -> str:
    first, last = divmod(column, 26)
    return (_letters(first - 1) if first else "") + chr(ord("A") + last)


def _width(table: list[list[object]], column: int) -> int:
    """In digits; a Chinese letter is two of them."""
    longest = max(
        sum(1 if letter.isascii() else 2 for letter in str(row[column])) for row in table if column < len(row)
    )
    return min(_WIDEST, max(_NARROWEST, longest + 2))
