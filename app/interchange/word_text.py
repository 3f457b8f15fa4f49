"""A word-processor document as text: a line for each paragraph, table cells between tabs.

What was struck out under change tracking is left out; a cell merged downwards says the same of each of its rows.
"""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = frozenset({_FALLBACK, f"{_W}del", f"{_W}moveFrom"})
_SAID = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}softHyphen": ""}
DEEPEST = 12


class DocumentUnreadableError(Exception):
    """The document is damaged, or carries declarations that no word processor writes."""


def document_text(content: bytes) -> str:
    """The body of ``word/document.xml``. Raises DocumentUnreadableError."""
    try:
        root: Any = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise DocumentUnreadableError from error
    body = root.find(f"{_W}body")
    return "\n".join(_blocks(body if body is not None else root, 0)).strip("\n")


def _blocks(parent: Element, depth: int) -> Iterator[str]:
    """Paragraphs and tables in their order, also those inside content controls and text boxes."""
    for child in parent:
        if child.tag == f"{_W}p":
            yield _paragraph(child)
            for box in child.iter(f"{_W}txbxContent"):
                if depth < DEEPEST:
                    yield from _blocks(box, depth + 1)
        elif child.tag == f"{_W}tbl":
            yield from _rows(child, depth)
        elif child.tag not in _LEFT_OUT and depth < DEEPEST:
            yield from _blocks(child, depth + 1)


def _rows(table: Element, depth: int) -> Iterator[str]:
    above: list[str] = []
    for row in _own_rows(table):
        cells: list[str] = []
        for cell in row.findall(f"{_W}tc"):
            span = _span(cell)
            place = len(cells)
            is_below = _is_continued(cell) and place < len(above)
            cells.append(above[place] if is_below else " ".join(filter(None, _blocks(cell, depth + 1))))
            cells += [""] * (span - 1)
        above = cells
        yield "\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in cells).rstrip("\t")


def _own_rows(parent: Element) -> Iterator[Element]:
    """Rows of this table, also those inside content controls; not those of a table in one of its cells."""
    for child in parent:
        if child.tag == f"{_W}tr":
            yield child
        elif child.tag not in _LEFT_OUT:
            yield from _own_rows(child)


def _span(cell: Element) -> int:
    mark = cell.find(f"{_W}tcPr/{_W}gridSpan")
    words = mark.get(f"{_W}val", "1") if mark is not None else "1"
    return min(max(int(words), 1), 64) if words.isdigit() else 1


def _is_continued(cell: Element) -> bool:
    mark = cell.find(f"{_W}tcPr/{_W}vMerge")
    return mark is not None and mark.get(f"{_W}val", "continue") != "restart"


def _paragraph(paragraph: Element) -> str:
    return "".join(_runs(paragraph))


def _runs(parent: Element) -> Iterator[str]:
    for child in parent:
        if child.tag in _LEFT_OUT or child.tag == f"{_W}txbxContent":
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _SAID:
            yield _SAID[child.tag]
        else:
            yield from _runs(child)
