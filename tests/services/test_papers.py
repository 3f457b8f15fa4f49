"""Papers come after the lock, carry their facts, and stay on file."""

import hashlib
from collections import Counter

import pypdfium2
import pytest

from app.core.errors import AppError, NotFoundError
from app.core.statuses.documents import DocumentKind
from app.core.statuses.stock import StockState
from app.queries.case_documents import case_documents, document_file
from app.queries.case_goods import sealed_goods
from app.queries.signed import signed_on_document
from app.services import papers
from app.services.collecting import Portion
from app.services.picking import Wanted
from tests.services.recall_stage import op, recall_stage


@pytest.fixture
def stage(sqlite_database):
    return recall_stage(sqlite_database)


def rows(stage, case_id):
    with stage.database.reading() as session:
        return case_documents(session, case_id)


def words(stage, document_id):
    with stage.database.reading() as session:
        content = document_file(session, document_id).content
    pdf = pypdfium2.PdfDocument(content)
    text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    return text


def test_a_launch_gives_each_department_its_notice_and_sheet_with_its_own_quantities(stage):
    case_id = stage.launched()
    printed = stage.papers.print_launch(actor=stage.actor("coordinator"), case_id=case_id)
    assert not printed.failures
    made = rows(stage, case_id)
    assert Counter(row.kind for row in made) == {
        DocumentKind.NOTICE: 4,
        DocumentKind.TASK_SHEET: 4,
        DocumentKind.QUARANTINE_LABELS: 1,
        DocumentKind.QUARANTINE_LIST: 1,
    }
    notice = next(row for row in made if row.kind is DocumentKind.NOTICE and row.place.en == "ICU")
    said = words(stage, notice.id)
    assert "A100" in said
    assert "A200" not in said
    assert "RC-" in said
    with stage.database.reading() as session:
        content = document_file(session, notice.id).content
    assert hashlib.sha256(content).hexdigest() == notice.content_hash
    assert notice.seal


def test_a_paper_that_fails_keeps_no_other_back_and_no_lock(stage, monkeypatch):
    case_id = stage.launched()

    def fail(_sheet):
        raise AppError

    monkeypatch.setattr(papers, "render_task_sheet", fail)
    printed = stage.papers.print_launch(actor=stage.actor("coordinator"), case_id=case_id)
    assert (len(printed.document_ids), len(printed.failures)) == (6, 4)


def test_a_return_form_names_carrier_waybill_and_both_persons(stage):
    case_id = stage.launched()
    keeper = stage.actor("keeper")
    stage.collecting.collect(
        actor=keeper,
        op_id=op(),
        case_id=case_id,
        place_id=stage.hospital.places["store"],
        wanted=Wanted(stage.hospital.products["CVC"], "A100", 50),
    )
    with stage.database.reading() as session:
        (sealed,) = sealed_goods(session, case_id)
    op_id = op()
    stage.hospital.sign("keeper2", op_id, "hand_over")
    shipped = stage.returning.ship(
        actor=keeper,
        op_id=op_id,
        case_id=case_id,
        portions=[Portion(sealed.batch_id, sealed.location_id, StockState.QUARANTINED, 50)],
        carrier="SF Express",
        waybill="SF123456",
        second=stage.actor("keeper2"),
    )
    (document_id,) = stage.papers.print_return(actor=keeper, shipment_id=shipped.shipment_id).document_ids
    said = words(stage, document_id).replace(" ", "")
    with stage.database.reading() as session:
        (kept,) = signed_on_document(session, shipped.number)
    for word in (shipped.number, "SF123456", "A100", "测试keeper2", "50", kept.meaning.zh, kept.digest[:16]):
        assert word in said


def test_the_case_report_balances(stage):
    case_id = stage.launched()
    (document_id,) = stage.papers.print_case_report(actor=stage.actor("boss"), case_id=case_id).document_ids
    said = words(stage, document_id)
    assert "140" in said
    assert "do not balance" not in said


def test_the_quarantine_list_shows_what_lies_there_now(stage):
    case_id = stage.launched()
    keeper = stage.actor("keeper")
    stage.collecting.collect(
        actor=keeper,
        op_id=op(),
        case_id=case_id,
        place_id=stage.hospital.places["icu"],
        wanted=Wanted(stage.hospital.products["CVC"], "A100", 17),
    )
    (document_id,) = stage.papers.print_quarantine_list(actor=keeper, case_id=case_id).document_ids
    said = words(stage, document_id)
    assert "A100" in said
    assert "17" in said
    assert [row.id for row in rows(stage, case_id)] == [document_id]


def test_papers_of_what_does_not_exist_are_not_found(stage):
    keeper = stage.actor("keeper")
    with pytest.raises(NotFoundError):
        stage.papers.print_case_report(actor=keeper, case_id=99)
    with pytest.raises(NotFoundError):
        stage.papers.print_return(actor=keeper, shipment_id=99)
    with pytest.raises(NotFoundError), stage.database.reading() as session:
        document_file(session, 99)
