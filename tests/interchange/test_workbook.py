"""A spreadsheet file says cell by cell what the table said, and nothing in it is a formula."""

import io
import zipfile
from xml.etree import ElementTree

from app.interchange.workbook import xlsx_bytes

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def read_sheet(content: bytes) -> tuple[str, list[list[object]]]:
    """By the format's own rules: parts found through their relations, each cell by its address."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert book.testzip() is None
        types = book.read("[Content_Types].xml").decode()
        assert all(
            f'PartName="/{name}"' in types for name in book.namelist() if name.startswith("xl/w") and "rels" not in name
        )
        name = ElementTree.fromstring(book.read("xl/workbook.xml")).find(".//m:sheet", NS).get("name")
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        shared = [
            "".join(item.itertext())
            for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml")).iterfind("m:si", NS)
        ]
    assert not sheet.findall(".//m:f", NS)
    rows = sheet.iterfind(".//m:row", NS)
    return name, [[value_of(cell, shared) for cell in row.findall("m:c", NS)] for row in rows]


def value_of(cell, shared) -> object:
    """A cell is a number, or text by its number among the shared texts, or empty."""
    value = cell.find("m:v", NS)
    if value is None:
        return ""
    return shared[int(value.text)] if cell.get("t") == "s" else int(value.text)


def test_every_cell_comes_back_as_it_was():
    head = ["步骤", "a & b", *(f"c{number}" for number in range(30))]
    row = ["=1+1", '<"quoted">', 12, None, "two\nlines", " 空 ", "bad\x00one", True, *range(24)]
    content = xlsx_bytes("职责/matrix: with a very long name indeed", head, [row])
    name, rows = read_sheet(content)
    assert (len(name) <= 31, "/" in name) == (True, False)
    assert rows[0] == head
    assert rows[1] == ["=1+1", '<"quoted">', 12, "", "two\nlines", " 空 ", "bad\ufffdone", "True", *range(24)]
    assert xlsx_bytes("x", head, [row]) == xlsx_bytes("x", head, [row])
    assert read_sheet(xlsx_bytes("", ["only"], []))[1] == [["only"]]
