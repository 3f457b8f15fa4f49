"""The recalls page under real keys and clicks: list, notice, case."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt

from app.core.statuses.recall import CaseState
from app.core.statuses.verdict import Verdict
from app.ui.language import say, switch_language
from app.ui.pages.recalls.page import CasePlace
from tests.services.recall_stage import NOTICE
from tests.ui.pages.recalls.office import PASSWORD, heard


@pytest.fixture
def page(office, qtbot):
    page = office.page()
    qtbot.addWidget(page)
    page.resize(1178, 720)
    page.show()
    qtbot.waitExposed(page)
    return page


def speak(qtbot, tongue):
    """Qt posts a switch of language to the windows; let it arrive."""
    switch_language(tongue)
    QCoreApplication.sendPostedEvents()
    QCoreApplication.processEvents()


def seen(page):
    return page.stack.currentWidget()


def test_enter_opens_the_case_and_escape_goes_back(page, office, qtbot):
    case_id = office.stage.assessed()
    office.list.reload()
    qtbot.keyClick(page.list.table, Qt.Key.Key_Return)
    assert seen(page) is page.case
    assert office.case.case_id == case_id
    qtbot.keyClick(page.case.opened_tabs["scope"].card.table, Qt.Key.Key_Escape)
    assert seen(page) is page.list


def test_f2_registers_and_a_draft_survives_leaving_and_a_switch_of_language(page, office, qtbot):
    qtbot.keyClick(page.list.table, Qt.Key.Key_F2)
    assert seen(page) is page.register
    qtbot.keyClicks(page.register.editor, "Lot: A100")
    qtbot.keyClick(page.register.editor, Qt.Key.Key_Escape)
    assert seen(page) is page.list
    speak(qtbot, "en")
    page.show_target("new")
    assert page.register.editor.toPlainText() == "Lot: A100"
    assert page.register.fields.title.label.text().startswith(say("recalls.new.title_field"))


def test_f9_registers_what_was_pasted_and_f8_holds(page, office, qtbot):
    page.open_register()
    page.register.editor.setPlainText(NOTICE)
    office.register.read_now()
    assert page.register.touch.lines.rows
    assert len(page.register.clauses.rows) == 3
    qtbot.keyClick(page.register.editor, Qt.Key.Key_F9)
    assert seen(page) is page.case
    assert page.case.banner.isVisible()
    qtbot.keyClick(page.case.opened_tabs["scope"].card.table, Qt.Key.Key_F8)
    assert office.case.file.loose == 0
    assert not page.case.bar.hold_button.isVisible()


def test_a_refusal_is_said_at_the_field(page, office, qtbot):
    page.open_register()
    page.register.editor.setPlainText("no title here, only a sentence that ends with a stop.")
    office.register.read_now()
    page.register.register_button.click()
    assert page.register.fields.title.error()
    assert page.register.editor.toPlainText()


def test_f9_takes_a_case_to_its_launch(page, office, qtbot):
    office.password("boss")
    page.show_target(office.stage.assessed())
    keys = page.case.opened_tabs["scope"].card.table
    qtbot.keyClick(keys, Qt.Key.Key_F9)
    for _signature in ("the second reading", "the approval"):
        qtbot.keyClick(keys, Qt.Key.Key_F9)
        assert page.case.signature.isVisible()
        page.case.signature.password.set_value(PASSWORD)
        qtbot.mouseClick(page.case.signature.sign_button, Qt.MouseButton.LeftButton)
        assert not page.case.signature.isVisible()
    qtbot.keyClick(keys, Qt.Key.Key_F9)
    assert office.case.file.head.row.state is CaseState.ACTIVE
    assert page.case.banner.words.text()


def test_a_wrong_password_stands_in_the_signature(page, office, qtbot):
    office.password("boss")
    page.show_target(office.stage.assessed())
    keys = page.case.opened_tabs["scope"].card.table
    qtbot.keyClick(keys, Qt.Key.Key_F9)
    qtbot.keyClick(keys, Qt.Key.Key_F9)
    page.case.signature.password.set_value("wrong")
    qtbot.mouseClick(page.case.signature.sign_button, Qt.MouseButton.LeftButton)
    assert page.case.signature.isVisible()
    assert page.case.signature.password.error()


def test_space_confirms_a_clause_and_delete_asks_for_a_reason(page, office, qtbot):
    page.show_target(office.stage.assessed())
    card = page.case.opened_tabs["scope"].card
    card.table.choose(card.table.rows[0].key)
    qtbot.keyClick(card.table, Qt.Key.Key_Space)
    assert card.table.rows[0].clause.confirmed_by is not None
    qtbot.keyClick(card.table, Qt.Key.Key_Delete)
    assert card.reason.isVisible()
    count = len(card.table.rows)
    qtbot.keyClicks(card.reason.reason.area, "misread")
    qtbot.keyClick(card.reason.reason.area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(card.table.rows) == count - 1
    assert not card.reason.isVisible()


def test_a_mark_in_the_text_chooses_its_clause(page, office):
    page.show_target(office.stage.assessed())
    tab = page.case.opened_tabs["scope"]
    tab.card.notice.pressed.emit(3)
    assert tab.card.table.chosen_row().number == 3
    assert {column.list.clause for column in tab.columns.values()} == {3}


def test_enter_on_a_doubtful_batch_decides_it(page, office, qtbot):
    page.show_target(office.stage.assessed(NOTICE.replace("A100, A200", "A100, some lots, see attachment")))
    tab = page.case.opened_tabs["scope"]
    doubtful = tab.columns[Verdict.NEED_INFO].list
    row = doubtful.rows[0]
    doubtful.choose(row.batch_id)
    qtbot.keyClick(doubtful, Qt.Key.Key_Return)
    assert tab.decision.isVisible()
    qtbot.keyClick(tab.decision.reason.area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert tab.decision.reason.error()
    qtbot.keyClicks(tab.decision.reason.area, "maker says so")
    qtbot.keyClick(tab.decision.reason.area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not tab.decision.isVisible()
    assert row.batch_id in {one.batch_id for one in tab.columns[Verdict.AFFECTED].list.rows}


def test_a_sure_batch_is_not_offered_for_a_decision(page, office, qtbot):
    page.show_target(office.stage.assessed())
    tab = page.case.opened_tabs["scope"]
    said = heard(page.said)
    affected = tab.columns[Verdict.AFFECTED].list
    affected.choose(affected.rows[0].batch_id)
    qtbot.keyClick(affected, Qt.Key.Key_Return)
    assert not tab.decision.isVisible()
    assert said[-1][1] == "attention"


def test_targets_open_what_they_name(page, office):
    case_id = office.stage.assessed()
    office.list.reload()
    number = page.list.table.rows[0].number
    page.show_target(number)
    assert office.case.case_id == case_id
    page.open_list()
    page.show_target(CasePlace(case_id, "scope"))
    assert seen(page) is page.case
    page.open_list()
    assert page.take_scan(f"RD:CASE:{number}")
    assert seen(page) is page.case
    assert not page.take_scan("not a code at all")


def test_an_unknown_number_is_said(page):
    said = heard(page.said)
    page.show_target("RC-1999-0001")
    assert "RC-1999-0001" in said[-1][0]


def test_who_may_not_register_is_told(page, office):
    office.sit("nurse")
    said = heard(page.said)
    page.show_target("new")
    assert seen(page) is page.list
    assert said


def test_every_part_speaks_english_too(page, office, qtbot):
    page.show_target(office.stage.launched())
    speak(qtbot, "en")
    tab = page.case.opened_tabs["scope"]
    assert "compared" in tab.compared.text()
    assert tab.hash.isVisible()
    page.open_list()
    office.list.reload()
    assert "shown" in page.list.foot.text()


def test_a_notice_that_names_nothing_leads_to_a_clause_by_hand(page, office, qtbot):
    page.open_register()
    page.register.editor.setPlainText("Voluntary recall of our products")
    office.register.read_now()
    qtbot.keyClick(page.register.editor, Qt.Key.Key_F9)
    card = page.case.opened_tabs["scope"].card
    qtbot.mouseClick(page.case.banner.link, Qt.MouseButton.LeftButton)
    assert card.entry.isVisible()
    card.entry.values.set_value("A100")
    qtbot.keyClicks(card.entry.reason.area, "telephone")
    qtbot.keyClick(card.entry.reason.area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [clause.number for clause in card.table.rows if clause.clause] == [1]
    qtbot.keyClick(card.table, Qt.Key.Key_F9)
    assert office.case.file.head.row.state is CaseState.ASSESSING


def test_before_the_assessment_no_column_says_that_nothing_is_affected(page, office):
    page.show_target(office.stage.registered())
    tab = page.case.opened_tabs["scope"]
    for verdict, column in tab.columns.items():
        assert say(f"recalls.scope.none.{verdict.value}") != column.empty.text()
        assert "0" not in column.head.accessibleName()


def test_f6_goes_round_the_clauses_and_the_columns(page, office, qtbot):
    page.show_target(office.stage.assessed())
    tab = page.case.opened_tabs["scope"]
    tab.card.table.setFocus()
    places = [column.list for column in tab.columns.values()]
    for place in (*places, tab.card.table):
        qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_F6)
        assert page.window().focusWidget() is place


def test_a_window_built_anew_shows_the_draft_that_was_left(office, qtbot):
    before = office.page()
    before.show()
    before.open_register()
    before.register.editor.setPlainText(NOTICE)
    office.register.read_now()
    before.hide()
    before.deleteLater()
    QCoreApplication.sendPostedEvents()
    QCoreApplication.processEvents()
    again = office.page()
    qtbot.addWidget(again)
    again.show()
    again.open_register()
    assert again.register.editor.toPlainText() == NOTICE
    assert again.register.clauses.rows
