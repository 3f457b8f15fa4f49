"""A file is brought in once, kept as it came, and becomes a case, part of a case, or is put aside."""

import hashlib
import io

import pytest
import xlsxwriter
from sqlalchemy import select

from app.core.permissions import NotEntitledError
from app.core.statuses.recall import CaseAct, CaseKind, CaseState
from app.core.statuses.verdict import Verdict
from app.core.words import describe
from app.interchange.notice_files import FileNotTextError
from app.models.agents import News
from app.models.recalls import CaseEntry, RecallCase
from app.notices.front_matter import front_matter
from app.notices.reader import read_notice
from app.queries.case_head import case_head
from app.queries.case_scope import clause_rows, scope_rows
from app.queries.known_notices import Sameness, known_notices, notice_key
from app.queries.news import arrivals, original_bytes, original_of
from app.queries.reader import Reader
from app.services.arriving import ArrivingService, FileAsideError, FileKnownError, FileUnreadableError
from app.services.completing import CompletingService, NothingReadError
from app.services.diary import CaseStateError
from app.services.registering import NotExpandableError, NoticeKnownError
from tests.services.recall_stage import NOTICE, op, recall_stage

POINTING = "Recall number: FSN-2026-014\nREF: CVC-7F-20\nGTIN: 06999999012016\nSpecific lots, see attachment.\n"


@pytest.fixture
def stage(database):
    return recall_stage(database)


@pytest.fixture
def service(stage):
    return ArrivingService(stage.database)


def workbook(*rows) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return out.getvalue()


LIST = workbook(("REF", "Lot Number", "Remark"), ("CVC-7F-20", "A100", ""), ("CVC-7F-20", "A200", "sold"))


def verdicts(stage, case_id):
    with stage.database.reading() as session:
        return {row.lot_no: row.verdict for row in scope_rows(session, case_id) if row.product_id == 1}


def test_the_original_is_kept_with_its_hash_and_leads_to_the_case(stage, service):
    coordinator, content = stage.actor("coordinator"), NOTICE.encode("utf-16")
    brought = service.bring_in(actor=coordinator, name="信.txt", content=content)
    assert brought.text == NOTICE
    again = service.bring_in(actor=coordinator, name="copy of 信.txt", content=content)
    assert [row.id for row in again.rows] == [row.id for row in brought.rows], "found again, not kept twice"

    (row,) = brought.rows
    case_id = stage.registered(news_id=row.id)
    reader = Reader(stage.database)
    (original,) = reader.fetch(original_of, case_id)
    assert (original.file_name, original.digest) == ("信.txt", hashlib.sha256(content).hexdigest())
    assert reader.fetch(original_bytes, original.id) == content
    with pytest.raises(FileKnownError) as known:
        service.bring_in(actor=coordinator, name="信.txt", content=content)
    assert known.value.values["number"] in describe(known.value, "zh")


def test_only_who_runs_recalls_brings_files_in_and_nothing_bad_is_kept(stage, service, tmp_path):
    with pytest.raises(NotEntitledError):
        service.bring_in(actor=stage.actor("keeper"), name="a.txt", content=b"Lot: A1")
    with pytest.raises(FileNotTextError):
        service.bring_in(actor=stage.actor("coordinator"), name="a.png", content=b"\x89PNG\r\n\x1a\n\0")
    with pytest.raises(FileUnreadableError):
        service.bring_in_file(actor=stage.actor("coordinator"), path=tmp_path / "missing.txt")
    (tmp_path / "a.txt").write_bytes(b"Lot: A1")
    assert service.bring_in_file(actor=stage.actor("coordinator"), path=tmp_path / "a.txt").text == "Lot: A1"
    with stage.database.reading() as session:
        assert session.query(News).count() == 1


def test_a_file_of_several_events_waits_as_several_notices(stage, service, tmp_path):
    record = '{"recall_number": "Z-%d-2025", "event_id": "%d", "product_description": "P", "code_info": "Lot A%d"}'
    content = f"[{record % (1, 1, 1)}, {record % (2, 2, 2)}]".encode()
    brought = service.bring_in(actor=stage.actor("coordinator"), name="a.json", content=content)
    assert len(brought.rows) == 2
    reader = Reader(stage.database)
    assert [row.id for row in reader.fetch(arrivals)] == [row.id for row in brought.rows]
    second = brought.rows[1].id
    assert reader.fetch(original_bytes, second) == content
    assert service.save_original(second, tmp_path).read_bytes() == content


def test_a_file_that_was_put_aside_says_why(stage, service):
    coordinator = stage.actor("coordinator")
    (row,) = service.bring_in(actor=coordinator, name="a.txt", content=b"Lot: A1").rows
    service.put_aside(actor=coordinator, op_id=op(), news_id=row.id, reason="product never bought")
    with pytest.raises(FileAsideError) as aside:
        service.bring_in(actor=coordinator, name="a.txt", content=b"Lot: A1")
    assert "product never bought" in describe(aside.value, "en")


def test_the_list_that_a_notice_points_to_joins_the_case_and_settles_what_it_left_open(stage, service):
    coordinator, case_id = stage.actor("coordinator"), stage.assessed(POINTING)
    assert set(verdicts(stage, case_id).values()) == {Verdict.NEED_INFO}
    completing = CompletingService(stage.database)
    (empty,) = service.bring_in(actor=coordinator, name="hello.txt", content="谢谢".encode()).rows
    with pytest.raises(NothingReadError):
        completing.complete(actor=coordinator, op_id=op(), case_id=case_id, news_id=empty.id)
    (table,) = service.bring_in(actor=coordinator, name="lots.xlsx", content=LIST).rows
    done = completing.complete(actor=coordinator, op_id=op(), case_id=case_id, news_id=table.id)
    assert (done.clauses > 0, done.doubts) == (True, ())

    with stage.database.reading() as session:
        rows = clause_rows(session, case_id)
        head = case_head(session, case_id, stage.database.clock())
        entry = session.scalars(select(CaseEntry).where(CaseEntry.act == CaseAct.FILE_ADDED)).one()
    assert head.doubts == ()
    assert (head.assessed_at, entry.note) == (None, "lots.xlsx")
    joined = [row for row in rows if row.source]
    assert {row.source for row in joined} == {"lots.xlsx"}
    assert all(row.confirmed_by is None for row in joined)
    stage.assessing.assess(actor=coordinator, op_id=op(), case_id=case_id)
    assert verdicts(stage, case_id) == {
        "A100": Verdict.AFFECTED,
        "A200": Verdict.AFFECTED,
        "B900": Verdict.NOT_AFFECTED,
    }


def test_a_list_with_hidden_numbers_leaves_the_doubt(stage, service):
    coordinator, case_id = stage.actor("coordinator"), stage.assessed(POINTING)
    content = workbook(("REF", "Lot Number"), ("CVC-7F-20", "A1xxx"))
    (table,) = service.bring_in(actor=coordinator, name="lots.xlsx", content=content).rows
    CompletingService(stage.database).complete(actor=coordinator, op_id=op(), case_id=case_id, news_id=table.id)
    stage.assessing.assess(actor=coordinator, op_id=op(), case_id=case_id)
    assert verdicts(stage, case_id)["A100"] is Verdict.NEED_INFO


def test_no_list_joins_a_case_that_runs(stage, service):
    coordinator, case_id = stage.actor("coordinator"), stage.launched()
    (table,) = service.bring_in(actor=coordinator, name="lots.xlsx", content=LIST).rows
    with pytest.raises(CaseStateError):
        CompletingService(stage.database).complete(actor=coordinator, op_id=op(), case_id=case_id, news_id=table.id)
    assert [row.id for row in Reader(stage.database).fetch(arrivals)] == [table.id]


def test_the_same_text_is_not_registered_twice_however_it_was_copied(stage):
    case_id = stage.registered()
    with pytest.raises(NoticeKnownError) as known:
        stage.registered("  " + NOTICE.upper().replace(" ", "\u3000") + "\u200b\n")
    assert known.value.values["number"].startswith("RC-")
    drill = stage.registered(kind=CaseKind.DRILL)
    assert drill != case_id
    stage.closing.withdraw(
        actor=stage.actor("coordinator"),
        op_id=stage.signed("coordinator", "withdraw_recall"),
        case_id=case_id,
        reason="registered for the wrong hospital",
    )
    assert stage.registered() not in (case_id, drill)


def test_an_update_adds_as_a_linked_case_and_the_first_runs_on(stage):
    first = stage.launched()
    update = NOTICE.replace("A100, A200", "A100, A200, B900")
    second = stage.registered(update, expands=first, title="Expanded recall")
    with stage.database.reading() as session:
        parent, child = (case_head(session, key, stage.database.clock()) for key in (first, second))
        states = [session.get_one(RecallCase, key).state for key in (first, second)]
        told = session.scalars(select(CaseEntry).where(CaseEntry.act == CaseAct.EXPANDED)).one()
    assert [one.number for one in parent.children] == [child.row.number]
    assert child.parent is not None
    assert (child.parent.id, told.case_id, told.document_no) == (first, first, child.row.number)
    assert states == [CaseState.ACTIVE, CaseState.REGISTERED]
    stage.assessing.assess(actor=stage.actor("coordinator"), op_id=op(), case_id=second)
    stage.registering.confirm_clauses(actor=stage.actor("coordinator"), op_id=op(), case_id=second)
    stage.read_again(second)
    op_id = stage.signed("boss", "approve_recall")
    stage.launching.approve(actor=stage.actor("boss"), op_id=op_id, case_id=second)
    launched = stage.launching.launch(actor=stage.actor("coordinator"), op_id=op(), case_id=second)
    assert launched.locks == 3
    drill = stage.registered(kind=CaseKind.DRILL)
    with pytest.raises(NotExpandableError):
        stage.registered(update + "more", expands=drill)


def found(stage, text):
    with stage.database.reading() as session:
        known = known_notices(session, text, front_matter(text), read_notice(text).clauses)
    return [(one.case_id, one.why) for one in known]


def test_what_is_known_is_said_by_text_then_number_then_product(stage):
    numbered = "Recall number: FSN-2026-014\n" + NOTICE
    case_id = stage.registered(numbered, notice_no="FSN-2026-014")
    assert found(stage, numbered + " ") == [(case_id, Sameness.TEXT)]
    assert found(stage, "Recall number: FSN-2026-014\nLot: Z1\nUpdated list") == [(case_id, Sameness.NUMBER)]
    assert found(stage, "Invented letter. GTIN 06999999012016 lot C1") == [(case_id, Sameness.PRODUCT)]
    assert found(stage, "Manufacturer: Somebody Else Ltd\nGTIN 06999999012016 lot C1") == []
    assert found(stage, "Lot: A100") == []
    stage.registered("Drill text GTIN: 06999999012016", kind=CaseKind.DRILL)
    assert found(stage, "Invented letter. GTIN 06999999012016 lot C1") == [(case_id, Sameness.PRODUCT)]


def test_the_key_of_a_text_is_blind_to_what_copying_does():
    assert notice_key("Lot: Ａ100，\u200b x") == notice_key("lot:a100,x")
    assert notice_key("Lot: A100") != notice_key("Lot: A1O0")
