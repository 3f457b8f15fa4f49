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
    assert not sheet.findall(".//m:f", NS)
    return name, [[value_of(cell) for cell in row.findall("m:c", NS)] for row in sheet.iterfind(".//m:row", NS)]


def value_of(cell) -> object:
    number = cell.find("m:v", NS)
    return int(number.text) if number is not None else cell.find("m:is/m:t", NS).text or ""


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
