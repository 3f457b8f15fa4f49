"""The slip of a receipt and the sheet of control barcodes, read back from their PDFs."""

import uuid

import pypdfium2
import pytest
from sqlalchemy import select

from app.core.errors import NotFoundError
from app.models.recalls import Document
from app.queries.inspections import CheckAnswer
from app.queries.receipts import receipt
from app.services.inspecting import InspectingService
from app.services.receipt_papers import ReceiptPaperService
from app.services.signing_in import SigningInService
from tests.builders import small_hospital
from tests.services.receiving_bay import CARTON, FAR, MASK, PASSWORD, Bay, label


@pytest.fixture
def bay(database):
    bay = Bay(database, small_hospital(database))
    bay.give_password()
    bay.scan(label(CARTON, "26A0418", FAR))
    bay.scan(label(MASK))
    bay.posted = bay.post()
    bay.papers = ReceiptPaperService(database)
    return bay


def words(content):
    pages = pypdfium2.PdfDocument(content)
    text = "".join(page.get_textpage().get_text_bounded() for page in pages)
    pages.close()
    return "".join(text.split())


def reject(bay):
    InspectingService(bay.database, SigningInService(bay.database)).reject(
        actor=bay.actor("inspector"),
        batch_id=bay.posted.batch_ids[0],
        answers=[CheckAnswer("package", False, ""), CheckAnswer("supplier", True, "")],
        reason="外包装破损",
        password=PASSWORD,
        op_id=uuid.uuid4().hex,
    )


def test_the_slip_says_what_the_law_wants_and_is_kept(bay):
    made = bay.papers.print_slip(actor=bay.actor(), receipt_no=bay.posted.receipt_no)
    text = words(made.content)
    for expected in (bay.posted.receipt_no, "26A0418", "国械注准", "CVC测试器械厂", "测试供应商", "TEST-0001", "PO-1"):
        assert expected in text, expected
    with bay.database.reading() as session:
        kept = session.scalars(select(Document)).one()
    assert (kept.id, kept.kind, kept.content) == (made.document_id, "receipt_slip", made.content)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "受托生产：无（注册人自行生产）"),
        ({"is_contract_made": True, "contract_maker": "测试受托精塑厂"}, "受托生产：测试受托精塑厂"),
        ({"is_contract_made": True, "contract_maker": ""}, "受托生产：____________"),
    ],
)
def test_the_slip_names_the_contract_manufacturer_or_none(bay, changes, said):
    if changes:
        bay.change_product(**changes)
    made = bay.papers.print_slip(actor=bay.actor(), receipt_no=bay.posted.receipt_no)
    assert said in words(made.content)


def test_after_the_inspection_the_slip_says_its_verdict_and_why(bay):
    reject(bay)
    told = bay.reader.fetch(receipt, bay.posted.receipt_no)
    assert (told.failed, told.checked) == ({"package"}, {"supplier"})
    assert [name.en for name in told.inspected_by] == ["Inspector"]
    made = bay.papers.print_slip(actor=bay.actor(), receipt_no=bay.posted.receipt_no)
    assert "外包装破损" in words(made.content)


def test_an_unknown_receipt_has_no_slip(bay):
    with pytest.raises(NotFoundError):
        bay.papers.print_slip(actor=bay.actor(), receipt_no="RK-0")


def test_the_control_sheet_lists_the_places_of_the_site(bay):
    content = bay.papers.control_sheet(actor=bay.actor(), location_id=bay.hospital.places["store"])
    text = words(content)
    assert "RD:CTL:CONFIRM" in text
    assert "RD:PLACE:store2" in text
