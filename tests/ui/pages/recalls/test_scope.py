"""Notice and scope: confirming, removing, adding clauses; deciding; scanning a box."""

import pytest
from sqlalchemy import select

from app.core.statuses.supplement import SupplementField
from app.core.statuses.verdict import Verdict
from app.models.stock import Batch
from app.notices.clauses import ClauseForm, ClauseKey
from app.queries.case_head import case_head
from app.services.supplementing import SupplementingService
from app.ui import language
from app.ui.pages.recalls.scope_presenter import TypedClause
from app.ui.pages.recalls.scope_tab import ScopeTab, short_hash
from app.ui.widgets.labels import Label, LinkButton
from tests.services.recall_stage import NOTICE, op
from tests.ui.pages.recalls.office import PASSWORD, heard

DOUBTFUL = NOTICE.replace("Lot: A100, A200", "Lot: A100, some lots, see attachment")


@pytest.fixture
def sheets(office):
    sheets = heard(office.scope.sheet_changed)
    office.scope.set_visible(True)
    return sheets


def head(office):
    return office.reader.fetch(case_head, office.scope.case_id, office.stage.database.clock())


def test_every_batch_stands_under_one_verdict(office, sheets):
    office.scope.show_case(office.stage.assessed())
    sheet = sheets[-1]
    assert {row.lot_no for row in sheet.of(Verdict.AFFECTED)} == {"A100", "A200"}
    assert sheet.units(Verdict.AFFECTED) == 140
    assert sum(len(sheet.of(verdict)) for verdict in Verdict) == len(sheet.rows)


def test_a_clause_is_confirmed_by_name(office, sheets):
    office.scope.show_case(office.stage.assessed())
    clause = sheets[-1].clauses[0]
    office.scope.confirm(clause.id)
    assert sheets[-1].clauses[0].confirmed_by is not None
    assert sheets[-1].clauses[1].confirmed_by is None


def test_removing_a_clause_ends_the_assessment(office, sheets):
    office.scope.show_case(office.stage.assessed())
    count = len(sheets[-1].clauses)
    done = heard(office.scope.done)
    office.scope.remove(sheets[-1].clauses[-1].id, "misread")
    assert done == ["removed"]
    assert len(sheets[-1].clauses) == count - 1
    assert head(office).assessed_at is None


def test_a_clause_by_hand_needs_values(office, sheets):
    office.scope.show_case(office.stage.assessed())
    refused = heard(office.scope.refused)
    office.scope.add(TypedClause(ClauseKey.LOT, ClauseForm.LIST, " ， ", reason="attachment"))
    assert (refused[-1][0], refused[-1][1].code) == ("clause", "recall.clause_empty")
    office.scope.add(TypedClause(ClauseKey.LOT, ClauseForm.LIST, "B900，B901", reason="attachment"))
    assert sheets[-1].clauses[-1].values == ("B900", "B901")


def test_a_typed_range_keeps_an_open_end():
    clause = TypedClause(ClauseKey.PRODUCTION, ClauseForm.RANGE, first="2025-09-01").clause()
    assert (clause.first, clause.last, clause.values) == ("2025-09-01", None, ())


def test_a_doubtful_batch_is_decided_with_a_reason(office, sheets):
    office.scope.show_case(office.stage.assessed(DOUBTFUL))
    row = sheets[-1].of(Verdict.NEED_INFO)[0]
    refused = heard(office.scope.refused)
    office.password("coordinator")
    office.scope.decide(row.batch_id, Verdict.NOT_AFFECTED, "the maker answered by mail", "guessed")
    assert (refused[-1][0], refused[-1][1].code) == ("decision", "wrong_password")
    office.scope.decide(row.batch_id, Verdict.NOT_AFFECTED, "the maker answered by mail", PASSWORD)
    decided = next(one for one in sheets[-1].rows if one.batch_id == row.batch_id)
    assert decided.verdict is Verdict.NOT_AFFECTED
    assert decided.decided_reason == "the maker answered by mail"


def test_what_the_notice_names_is_never_decided_away(office, sheets):
    office.scope.show_case(office.stage.assessed())
    refused = heard(office.scope.refused)
    row = sheets[-1].of(Verdict.AFFECTED)[0]
    office.scope.decide(row.batch_id, Verdict.NOT_AFFECTED, "we like it")
    assert (refused[-1][0], refused[-1][1].code) == ("decision", "recall.sure_line")


def test_a_doubt_about_the_notice_is_settled(office, sheets):
    office.scope.show_case(office.stage.assessed(DOUBTFUL))
    doubts = head(office).doubts
    office.scope.settle(doubts[0][0], "the attachment came")
    assert len(head(office).doubts) == len(doubts) - 1


def test_a_scanned_box_is_shown_in_its_column(office, sheets):
    office.scope.show_case(office.stage.assessed())
    found = heard(office.scope.scan_found)
    assert office.scope.look_up("]d201069999990120161799123110A100")
    row = next(row for row in sheets[-1].rows if row.lot_no == "A100" and row.verdict is Verdict.AFFECTED)
    assert found == [(row.batch_id, "A100")]


def test_a_scanned_box_of_no_batch_in_scope_is_named(office, sheets):
    office.scope.show_case(office.stage.assessed())
    missed = heard(office.scope.scan_missed)
    assert office.scope.look_up("]d201069999990120161799123110Z999")
    assert missed == [("06999999012016", "Z999")]
    assert not office.scope.look_up("RD:TASK:1")


def test_a_hash_is_shown_by_its_ends():
    assert short_hash("9f3c71ae" + "0" * 52 + "04d2") == "9f3c 71ae … 04d2"


def correct(stage, lot: str, fresh: str) -> int:
    with stage.database.reading() as session:
        batch_id = session.scalars(select(Batch.id).where(Batch.lot_no == lot, Batch.product_id == 1)).one()
    op_id = op()
    stage.hospital.sign("inspector", op_id, "supplement")
    SupplementingService(stage.database).complete(
        actor=stage.actor("keeper"), op_id=op_id, batch_id=batch_id, field=SupplementField.LOT_NO, value=fresh,
        reason="misread", second=stage.actor("inspector"),
    )  # fmt: skip
    return batch_id


def test_a_corrected_lot_that_no_longer_fits_is_listed_and_decided_after_the_launch(office, sheets, qtbot):
    tab = ScopeTab(office.scope)
    qtbot.addWidget(tab)
    case_id = office.stage.launched()
    batch_id = correct(office.stage, "A200", "A2000")
    tab.show_case(office.reader.fetch(case_head, case_id, office.stage.database.clock()))

    counts = heard(tab.count_changed)
    office.scope.reload()
    assert counts[-1] == 1
    assert not tab.changes.isHidden()
    tab.changes.findChild(LinkButton).click()
    assert tab.decision.row.batch_id == batch_id
    assert tab.decision.password.isHidden()
    tab.decision.choice.choose(Verdict.NOT_AFFECTED.value)
    tab.decision.reason.set_value("seen on the box")
    tab.decision.send()
    assert tab.decision.password.error, "a batch is declared not affected only under a signature"
    office.password("coordinator")
    tab.decision.password.set_value(PASSWORD)
    tab.decision.send()

    assert next(row for row in sheets[-1].rows if row.batch_id == batch_id).verdict is Verdict.NOT_AFFECTED
    assert counts[-1] == 0
    assert sheets[-1].open_change(batch_id) is None
    language.switch_language("en")
    tab.retranslate()
    said = [label.text() for label in tab.changes.findChildren(Label)]
    assert any("A200 is now A2000" in words and "seen on the box" in words for words in said)


def test_a_lot_that_now_fits_is_said_to_be_locked(office, sheets, qtbot):
    tab = ScopeTab(office.scope)
    qtbot.addWidget(tab)
    case_id = office.stage.launched(NOTICE.replace("A100, A200", "A100, A200, C300"))
    correct(office.stage, "B900", "C300")
    tab.show_case(office.reader.fetch(case_head, case_id, office.stage.database.clock()))

    language.switch_language("en")
    tab.retranslate()
    said = [label.text() for label in tab.changes.findChildren(Label)]
    assert any("B900 is now C300" in words and "Locked; the places" in words for words in said)
