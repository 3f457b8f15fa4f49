"""The sample's originals: real PDFs, one for nearly every class III batch."""

import pypdfium2

from app.queries.attachments import attachment_bytes
from app.queries.completeness import gap_rows
from app.services.sample_data import SampleDataService
from app.services.sample_originals import sample_pdf


def test_the_page_can_be_opened_and_names_the_receipt():
    document = pypdfium2.PdfDocument(sample_pdf("RK-260312-0001", "26A0418/批"))
    words = document[0].get_textpage().get_text_bounded()
    document.close()
    assert "RK-260312-0001" in words
    assert "26A0418--" in words


def test_most_class_three_batches_have_their_delivery_note(sqlite_database):
    SampleDataService(sqlite_database).fill()
    with sqlite_database.reading() as session:
        lacking = [row for row in gap_rows(session) if row.item.key == "original"]
        content = attachment_bytes(session, 1)
    assert 1 <= len(lacking) <= 20
    assert content.startswith(b"%PDF-")
