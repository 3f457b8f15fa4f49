"""Real keys and clicks on the inspection page."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.core.statuses.stock import Inspection
from app.models.stock import Batch
from app.ui import language
from tests.services.receiving_bay import CARTON, FAR, PASSWORD, label


def key(page, pressed, widget=None):
    QApplication.processEvents()
    QTest.keyClick(widget or page.window(), pressed)
    QApplication.processEvents()


def state(bay, lot):
    from sqlalchemy import select

    with bay.database.reading() as session:
        return session.scalars(select(Batch.inspection).where(Batch.lot_no == lot)).one()


def focused(page):
    return next((row.item.key for row in page.desk.checklist.rows if row.hasFocus()), "")


def test_a_scan_leads_into_the_checklist_and_keys_answer_it(page):
    assert page.take_scan(label(CARTON, "26A0419", FAR))
    assert "26A0419" in page.strip.message()
    QApplication.processEvents()
    assert focused(page) == "supplier"
    key(page, Qt.Key.Key_1, page.focusWidget())
    assert focused(page) == "certificate"
    key(page, Qt.Key.Key_2, page.focusWidget())
    key(page, Qt.Key.Key_0, page.focusWidget())
    answers = [answer.passed for answer in page._desk.answers]
    assert answers == [True, False, None]
    key(page, Qt.Key.Key_Up, page.focusWidget())
    assert focused(page) == "conformity"


def test_the_rest_passes_by_key_and_enter_in_the_password_releases(page, bay, qtbot):
    key(page, Qt.Key.Key_F2)
    assert page.focusWidget() is page.desk.password.entry
    page.desk.password.set_value("wrong")
    key(page, Qt.Key.Key_Return, page.desk.password.entry)
    assert page.desk.password.error()
    page.desk.password.set_value(PASSWORD)
    with qtbot.waitSignal(page.said):
        key(page, Qt.Key.Key_F9)
    assert state(bay, "26A0418") is Inspection.RELEASED
    assert page.strip.verdicts()[0].code.startswith("YS-")
    assert page.desk.password.value() == ""


def test_a_release_without_a_password_asks_for_it(page):
    key(page, Qt.Key.Key_F9)
    assert page.desk.password.error()


def test_an_open_checklist_is_named_over_the_signature(page, bay):
    page.desk.password.set_value(PASSWORD)
    page.desk.release_button.click()
    assert page.desk.trouble.isVisible()
    assert state(bay, "26A0418") is Inspection.PENDING


def test_a_rejection_asks_for_its_reason_first(page, bay):
    key(page, Qt.Key.Key_F8)
    assert page.desk.reason.error()
    page.desk.reason.set_value("x" * 401)
    page.desk.password.set_value(PASSWORD)
    page.desk.reject_button.click()
    assert page.desk.reason.error()
    page.desk.reason.set_value("外包装破损")
    page.desk.reject_button.click()
    assert page.desk.password.error()
    page.desk.password.set_value(PASSWORD)
    page.desk.reject_button.click()
    assert state(bay, "26A0418") is Inspection.REJECTED


def test_a_mouse_answers_too(page):
    page.desk.checklist.rows[0].buttons["fail"].click()
    assert page._desk.answer("supplier").passed is False


def test_the_receiver_finds_the_signature_closed(page, bay, presenter):
    presenter.seat.take(bay.actor("keeper"))
    QApplication.processEvents()
    assert not page.desk.release_button.isEnabled()
    assert page.desk.trouble.isVisible()


def test_enter_goes_into_the_checklist_and_escape_back(page):
    page.table.choose(page.table.rows[1].id)
    key(page, Qt.Key.Key_Return, page.table)
    assert focused(page) == "supplier"
    key(page, Qt.Key.Key_Escape, page.focusWidget())
    assert page.focusWidget() is page.table
    assert page._desk.card.row.lot_no == "26A0419"


def test_the_whole_house_is_one_click_away(page):
    page.scope.chosen.emit("all")
    assert len(page.table.rows) == 3


def test_another_page_can_lead_to_a_batch(page):
    second = page.table.rows[1].id
    page.show_target(second)
    assert page._desk.card.row.id == second
    page.show_target("nothing")


def test_a_box_that_does_not_wait_is_said_and_cases_go_on(page):
    page.take_scan(label(CARTON, "NEVER", FAR))
    assert page.strip.message()
    assert not page.take_scan("RD:CASE:RC-2026-0017")


def test_a_language_switch_speaks_everything_anew(page):
    before = page.desk.checklist.rows[0].label.text(), page.strip.message()
    page.desk.reason.set_value("typed")
    language.switch_language("en")
    QApplication.processEvents()
    assert page.desk.checklist.rows[0].label.text() != before[0]
    assert page.strip.message() != before[1]
    assert page.desk.reason.value() == "typed"


def test_an_empty_house_says_what_comes_here(page, presenter):
    for _ in range(3):
        presenter.show_all(True)
        presenter.reject("x", PASSWORD)
    QApplication.processEvents()
    assert page.desk.empty.isVisible()
    assert not page.desk.release_button.isVisible()


@pytest.mark.parametrize("shown", ["queue"])
def test_the_table_keeps_qt_happy(page, qtmodeltester, shown):
    qtmodeltester.check(page.table.model())
