"""A notice comes in whatever file it likes; what cannot be read says so and opens nothing."""

import io
import os
import zipfile
from datetime import date
from pathlib import Path
from time import monotonic

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdfium2 import PdfDocument
from reportlab.pdfgen.canvas import Canvas

from app.core.errors import RuleError
from app.core.words import describe
from app.interchange.notice_files import (
    LARGEST,
    FileDamagedError,
    FileEmptyError,
    FileLockedError,
    FileNotTextError,
    FileScannedError,
    FileTooLargeError,
    read_notice_file,
)
from app.interchange.sheet_text import cell_text
from app.notices.clauses import ClauseKey
from app.notices.reader import read_notice
from app.reports.fonts import Face, load

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CONTENT_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
DATA = Path(os.environ.get("RECALLDESK_TEST_DATA", ""))


def text_of(name: str, content: bytes) -> str:
    (text,) = read_notice_file(name, content).texts
    return text


def packed(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


def document(body: str) -> bytes:
    return packed(word__document=f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>')


def said(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def sheet(fill) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        fill(book, book.add_worksheet())
    return out.getvalue()


def pdf(draw) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    draw(canvas)
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_in_the_encodings_that_are_sent(encoding):
    words = "召回通知\n批号：2509A17、2509A18"
    assert text_of("a.txt", words.encode(encoding)) == words


def test_the_content_says_what_a_file_is_not_its_name():
    book = sheet(lambda _book, page: page.write_row(0, 0, ["Lot", "A100"]))
    assert read_notice_file("letter.txt", book).media_type.endswith("spreadsheetml.sheet")
    assert text_of("letter.pdf", "批号：A1".encode()) == "批号：A1"


def test_a_sheet_is_read_as_a_person_would_copy_it():
    def fill(book, page):
        page.write_row(0, 0, ["REF", "Lot Number", "Expiration Date", "DI"])
        page.merge_range(1, 0, 2, 0, "BB50T")
        page.write(1, 1, "0001441871")
        page.write(2, 1, 1441872)
        page.write_datetime(1, 2, date(2027, 1, 31), book.add_format({"num_format": "yyyy-mm-dd"}))
        page.write(1, 3, 6901234567892)
        page.write(2, 3, 12345678901234567890)

    text = text_of("lots.xlsx", sheet(fill))
    assert text.splitlines() == [
        "REF\tLot Number\tExpiration Date\tDI",
        "BB50T\t0001441871\t2027-01-31\t6901234567892",
        "BB50T\t1441872\t\t123456789012345xxxxx",
    ]
    found = [(one.values, one.scope) for one in read_notice(text).clauses if one.key is ClauseKey.LOT]
    assert found == [(("0001441871",), ()), (("1441872",), ())]


def test_every_sheet_of_a_workbook_is_read():
    def fill(book, page):
        page.write(0, 0, "见下页")
        book.add_worksheet("清单").write_row(0, 0, ["批号", "A100"])

    assert text_of("a.xlsx", sheet(fill)) == "见下页\n\n批号\tA100"


def test_a_document_with_a_table_struck_out_words_and_cells_merged_downwards():
    start, below = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>', "<w:tcPr><w:vMerge/></w:tcPr>"
    rows = (
        f"<w:tr><w:tc>{said('REF')}</w:tc><w:tc>{said('Lot')}</w:tc></w:tr>"
        f"<w:tr><w:tc>{start}{said('BB50T')}</w:tc><w:tc>{said('A100')}</w:tc></w:tr>"
        f"<w:tr><w:tc>{below}{said('')}</w:tc><w:tc>{said('A200')}</w:tc></w:tr>"
    )
    struck = "<w:p><w:r><w:t>Lots A100</w:t></w:r><w:del><w:r><w:delText>, A900</w:delText></w:r></w:del></w:p>"
    content = document(f"{said('召回通知')}{struck}<w:tbl>{rows}</w:tbl>")
    assert text_of("a.docx", content).splitlines() == [
        "召回通知",
        "Lots A100",
        "REF\tLot",
        "BB50T\tA100",
        "BB50T\tA200",
    ]


def test_the_text_layer_of_a_pdf():
    def draw(canvas):
        load()
        canvas.setFont(Face.SANS.value, 12)
        canvas.drawString(72, 700, "批号：2509A17")
        canvas.showPage()
        canvas.drawString(72, 700, "Lot: A200")

    text = text_of("a.pdf", pdf(draw))
    assert "批号：2509A17" in text
    assert "Lot: A200" in text


def test_comma_separated_values_with_quotes_and_semicolons():
    assert text_of("a.csv", b'REF,Lot\n"BB50T, long","A1\nA2"\n') == "REF\tLot\nBB50T, long\tA1 A2"
    assert text_of("a.csv", "型号;批号\nSY-01;240101\n".encode("gb18030")) == "型号\t批号\nSY-01\t240101"
    assert text_of("a.csv", b"Lots: A1, A2\nand: B1\n") == "Lots: A1, A2\nand: B1\n"


def test_a_saved_page_without_its_scripts():
    markup = """<!DOCTYPE html><html><head><title>x</title><style>p{}</style></head><body><script>Lot: B1</script>
    <h1>Recall</h1><p>Lots:&nbsp;A100,   A200</p><table><tr><th>REF</th><th>Lot</th></tr><tr><td>X1</td><td>L1</td></tr>
    </table></body></html>"""
    assert text_of("a.html", markup.encode()).splitlines() == ["Recall", "Lots: A100, A200", "REF\tLot", "X1\tL1"]


def test_records_of_openfda_are_one_notice_for_each_event():
    record = (
        '{"recall_number": "Z-%d-2025", "event_id": "%s", "recalling_firm": "Invented Ltd", "product_description": "P",'
        '"code_info": "Lot: A%d", "classification": "Class I", "recall_initiation_date": "20250102"}'
    )
    one = f'{{"results": [{record % (1, "E1", 1)}, {record % (2, "E2", 2)}, {record % (3, "E1", 3)}]}}'
    first, second = read_notice_file("a.json", one.encode()).texts
    assert "Lot: A1" in first
    assert "Lot: A3" in first
    assert "Class: Class I" in first
    assert "2025-01-02" in first
    assert "Lot: A2" in second
    lines = (record % (1, "E1", 1) + "\n" + record % (2, "E2", 2)).encode()
    assert len(read_notice_file("a.jsonl", lines).texts) == 2
    assert text_of("b.json", b'{"lot": "A1"}') == '{"lot": "A1"}'


@pytest.mark.skipif(not (DATA / "notices/openfda_envelopes").is_dir(), reason="the shared data is not here")
def test_real_answers_of_openfda_are_read():
    for path in sorted((DATA / "notices/openfda_envelopes").glob("*.json")):
        texts = read_notice_file(path.name, path.read_bytes()).texts
        assert texts
        assert all("Recall number: " in text for text in texts)


def bomb() -> bytes:
    return packed(word__document="<w>" + " " * 120_000_000 + "</w>")


def corner() -> bytes:
    """One cell in the last corner of a sheet."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return packed(
        xl__workbook=f'<workbook xmlns="{main}"/>',
        xl__worksheets__sheet1=f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    )


def doctype() -> bytes:
    entity = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    body = f"<w:body>{said('&b;')}</w:body>"
    return packed(word__document=f'<?xml version="1.0"?>{entity}<w:document {W}>{body}</w:document>')


def many_parts() -> bytes:
    return packed(**{f"word__{number}": "x" for number in range(2_100)}, word__document="<w/>")


def pictures_only() -> bytes:
    return pdf(lambda canvas: canvas.rect(10, 10, 100, 100, fill=1))


def locked_pdf() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption

    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secret"))
    canvas.drawString(72, 700, "Lot A1")
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b" \n\t", FileEmptyError),
        (b"x" * (LARGEST + 1), FileTooLargeError),
        (b"\x89PNG\r\n\x1a\n\0\0", FileNotTextError),
        (packed(other__thing="<a/>"), FileNotTextError),
        (b"PK\x03\x04" + b"nothing of a zip", FileDamagedError),
        (document(said("Lot: A1"))[:-40], FileDamagedError),
        (b"%PDF-1.7\nno document", FileDamagedError),
        (pictures_only(), FileScannedError),
        (locked_pdf(), FileLockedError),
        (bomb(), FileTooLargeError),
        (corner(), FileTooLargeError),
        (doctype(), FileDamagedError),
        (many_parts(), FileTooLargeError),
        (document(""), FileEmptyError),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, FileNotTextError),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), FileLockedError),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), FileDamagedError),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_what_cannot_be_read_is_said_in_both_languages_at_once(content, refusal):
    started = monotonic()
    with pytest.raises(refusal) as refused:
        read_notice_file("信.dat", content)
    assert monotonic() - started < 5
    assert all("信.dat" in describe(refused.value, language) for language in ("zh", "en"))


HEADS = [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"{", b"[", b"<html>"]


@settings(max_examples=300, deadline=None)
@given(head=st.sampled_from(HEADS), tail=st.binary(max_size=400), name=st.sampled_from(["a.csv", "a.txt", "a.json"]))
def test_no_bytes_make_it_fall(head, tail, name):
    try:
        texts = read_notice_file(name, head + tail).texts
    except RuleError:
        return
    assert any(text.strip() for text in texts)


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, 10_000), value=st.integers(0, 255), which=st.sampled_from(["xlsx", "docx", "pdf"]))
def test_no_changed_byte_of_a_good_file_makes_it_fall(place, value, which):
    good = bytearray(GOOD[which])
    good[place % len(good)] = value
    try:
        read_notice_file("a.dat", bytes(good))
    except RuleError:
        return


GOOD = {
    "xlsx": sheet(lambda _book, page: page.write_row(0, 0, ["Lot", "A100"])),
    "docx": document(said("Lot: A100")),
    "pdf": pdf(lambda canvas: canvas.drawString(72, 700, "Lot: A100")),
}


def test_cells_are_said_as_they_would_be_printed():
    assert [cell_text(value) for value in (None, True, 3.0, 2.5, "a\nb", float("nan"))] == [
        "", "TRUE", "3", "2.5", "a b", "nan",
    ]  # fmt: skip


def test_the_reader_of_pdfs_is_the_one_that_shows_them():
    assert PdfDocument(GOOD["pdf"])[0].get_textpage().get_text_bounded().strip() == "Lot: A100"
