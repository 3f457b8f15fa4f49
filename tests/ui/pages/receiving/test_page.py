"""Real keys and clicks on the receiving page."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.core.statuses.stock import LineState
from app.reports.codes import Control, control_code
from app.ui import language
from app.ui.pages.receiving.head import typed_tenths
from app.ui.words import word
from tests.services.receiving_bay import BOX, CARTON, FAR, PASSWORD, STENT, label


@pytest.fixture
def work(page, bay):
    page.show_target(bay.delivery_id)
    return page


def key(page, pressed, widget=None):
    QApplication.processEvents()
    QTest.keyClick(widget or page.window(), pressed)


def rows(page):
    return [(row.lot_no, row.state) for row in page.table.rows]


def test_a_delivery_begins_with_its_papers_by_keyboard(page, qtbot, bay):
    form = page.start.form
    form.supplier.combo.setCurrentIndex(0)
    form.order.setFocus()
    for field, words in ((form.order, "PO-1"), (form.note, "DN-1"), (form.waybill, "WB-1"), (form.temperature, "4.8")):
        assert page.focusWidget() is field.entry
        QTest.keyClicks(field.entry, words)
        key(page, Qt.Key.Key_Return, field.entry)
    card = page._presenter.card
    assert (card.order_no, card.temperature_tenths) == ("PO-1", 48)
    assert page.post_button.isVisible()


def test_a_head_without_supplier_is_refused_at_its_field(page):
    page.start.begin_button.click()
    assert page.start.form.supplier.error()
    page.start.form.supplier.combo.setCurrentIndex(0)
    page.start.form.temperature.set_value("warm")
    page.start.begin_button.click()
    assert page.start.form.temperature.error()
    page.start.form.temperature.set_value("480")
    page.start.begin_button.click()
    assert "4.8" in page.start.form.temperature.error()


@pytest.mark.parametrize(
    ("words", "tenths"),
    [("4.8", 48), ("４．８℃", 48), ("-18", -180), ("4,8", 48), ("-0.5", -5), ("warm", None), ("", None)],
)
def test_temperatures_as_people_type_them(words, tenths):
    assert typed_tenths(words) == tenths


def test_lines_grow_by_scan_without_a_focused_field(work):
    assert work.take_scan(label(CARTON, "26A0418", FAR))
    assert work.take_scan("hello")
    assert rows(work) == [("26A0418", LineState.READY), ("", LineState.REFUSED)]
    assert work.totals._figures[0][0].text() == "1"
    assert "F4" in work.strip.message()


def test_a_missing_expiry_is_typed_in_its_cell_with_enter(work):
    work.take_scan(label(lot="TF-0611C"))
    assert work.editor.isVisible()
    assert work.focusWidget() is work.editor
    QTest.keyClicks(work.editor, "2040-13")
    key(work, Qt.Key.Key_Return, work.editor)
    assert rows(work) == [("TF-0611C", LineState.INCOMPLETE)]
    work.editor.clear()
    QTest.keyClicks(work.editor, "2040-12")
    key(work, Qt.Key.Key_Return, work.editor)
    assert rows(work) == [("TF-0611C", LineState.READY)]
    assert work.table.rows[0].expiry_on == date(2040, 12, 31)
    assert not work.editor.isVisible()


def test_each_missing_part_is_asked_for_in_its_own_cell(work):
    work.take_scan(label(STENT, lot="DS5K22"))
    for words in ("2025-08-22", "2040-12-31", "7741-0093"):
        QTest.keyClicks(work.editor, words)
        key(work, Qt.Key.Key_Return, work.editor)
    assert rows(work) == [("DS5K22", LineState.READY)]


def test_a_count_of_zero_is_typed_again(work):
    work.take_scan(label(lot="L1", expiry=FAR, count=0))
    for words, state in (("x", LineState.INCOMPLETE), ("12", LineState.READY)):
        work.editor.clear()
        QTest.keyClicks(work.editor, words)
        key(work, Qt.Key.Key_Return, work.editor)
        assert work.table.rows[0].state is state
    assert work.table.rows[0].quantity == 12


def test_function_keys_multiply_take_back_and_post(work, qtbot):
    work.take_scan(label(CARTON, "26A0418", FAR))
    key(work, Qt.Key.Key_F2)
    assert work.table.rows[0].quantity == 200
    work.take_scan("hello")
    key(work, Qt.Key.Key_Delete)
    assert rows(work) == [("26A0418", LineState.READY)]
    with qtbot.waitSignal(work.said) as told:
        key(work, Qt.Key.Key_F9)
    assert "RK-" in told.args[0]
    assert work.start.isVisible()


def test_delete_in_the_empty_editor_takes_the_line_back(work):
    work.take_scan(label(lot="TF-0611C"))
    key(work, Qt.Key.Key_Delete, work.editor)
    assert rows(work) == []


def test_escape_keeps_the_delivery_and_enter_continues_it(work):
    work.take_scan(label(lot="26A0418", expiry=FAR))
    key(work, Qt.Key.Key_Escape)
    assert work.start.isVisible()
    drafts = work.start.drafts
    drafts.choose(drafts.rows[0].id)
    key(work, Qt.Key.Key_Return, drafts)
    assert rows(work) == [("26A0418", LineState.READY)]


def test_control_barcodes_do_without_a_keyboard(work):
    work.take_scan(label(CARTON, "26A0418", FAR))
    work.take_scan(control_code(Control.QUANTITY_TEN))
    assert work.table.rows[0].quantity == 200
    work.take_scan(label(lot="B"))
    work.take_scan(label(lot="C", expiry=FAR))
    work.take_scan(control_code(Control.NEXT))
    assert work.table.chosen_row().lot_no == "B"
    work.take_scan(control_code(Control.CANCEL))
    work.take_scan(control_code(Control.PRINT))
    assert [lot for lot, _state in rows(work)] == ["26A0418", "C"]
    work.take_scan(control_code(Control.CONFIRM))
    assert work.start.isVisible()


def test_codes_of_cases_go_on_to_the_window(work):
    assert not work.take_scan("RD:CASE:RC-2026-0017")


def test_an_ambiguous_scan_is_chosen_by_key(work):
    work.take_scan(f"01{BOX}10AB17401231")
    assert len(work.focus_pane.buttons) == 2
    work.focus_pane.buttons[0].click()
    assert rows(work) == [("AB", LineState.READY)]


def test_a_doubtful_reading_is_confirmed_by_key(work):
    work.take_scan(f"(01){BOX}(17)401231(10)A2(93)x(12)401399")
    key(work, Qt.Key.Key_F8)
    assert rows(work) == [("A2", LineState.READY)]


def test_a_line_is_corrected_from_its_label(work):
    work.take_scan(label(lot="26A0418", expiry=FAR))
    key(work, Qt.Key.Key_Return, work.table)
    fields = work.correction.fields
    assert fields.lot.value() == "26A0418"
    fields.lot.set_value("26A0419")
    fields.packages.set_value("5")
    work.correction.submit()
    row = work.table.rows[0]
    assert (row.lot_no, row.packages, row.expiry_on) == ("26A0419", 5, FAR)
    assert work.panes.currentWidget() is work.focus_pane


def test_a_correction_that_cannot_be_read_stays_in_the_form(work):
    work.take_scan(label(lot="26A0418", expiry=FAR))
    work._open_correction()
    work.correction.fields.expiry.set_value("nonsense")
    work.correction.submit()
    assert work.panes.currentWidget() is work.correction
    key(work, Qt.Key.Key_Escape)
    assert work.panes.currentWidget() is work.focus_pane


def test_a_recalled_lot_is_let_in_by_a_second_person(work, bay):
    bay.give_password()
    bay.recall("2509A17")
    work.take_scan(label(lot="2509A17", expiry=FAR))
    key(work, Qt.Key.Key_F7)
    pane = work.signature
    pane.person.set_value("inspector")
    pane.reason.set_value("供应商约定收回")
    pane.password.set_value("wrong")
    pane.sign_button.click()
    assert pane.password.error()
    pane.password.set_value(PASSWORD)
    pane.sign_button.click()
    assert rows(work) == [("2509A17", LineState.OVERRIDDEN)]


def test_a_signature_given_up_leads_back_to_the_line(work, bay):
    bay.recall("2509A17")
    work.take_scan(label(lot="2509A17", expiry=FAR))
    work._open_signature()
    work.signature.cancel_button.click()
    assert work.panes.currentWidget() is work.focus_pane


def test_an_unknown_product_is_registered_beside_its_line(work):
    work.take_scan(label("16901234567899", "L1", FAR))
    key(work, Qt.Key.Key_F7)
    form = work.register
    assert form.flags["lot"].isChecked()
    assert not form.flags["serial"].isChecked()
    form.submit()
    assert form.product_class.error()
    form.name.set_value("喉罩")
    form.product_class.set_value("II")
    form.certificate.set_value("苏械注准2023")
    form.maker.set_value("测试喉罩厂")
    form.units.set_number(24)
    assert not form.contract_maker.isVisible()
    form.flags["contract"].click()
    assert form.contract_maker.isVisible()
    form.contract_maker.set_value("测试受托厂")
    form.submit()
    assert form.certificate.error()
    form.certificate.set_value("苏械注准20232080001")
    form.submit()
    assert rows(work) == [("L1", LineState.READY)]
    assert work.table.rows[0].quantity == 24


def test_trouble_without_a_field_of_its_own_stands_over_the_button(work, bay):
    bay.hospital.product("LM", "06901234567892")
    work.take_scan(label("16901234567899", "L1", FAR))
    work._open_register()
    work.register._di = "06901234567892"
    work.register.name.set_value("喉罩")
    work.register.product_class.set_value("II")
    work.register.certificate.set_value("苏械注准20232080001")
    work.register.maker.set_value("测试喉罩厂")
    work.register.submit()
    assert work.register.trouble.isVisible()


def test_a_box_is_added_by_hand(work):
    key(work, Qt.Key.Key_F4)
    form = work.hand
    form.submit()
    assert form.words.error()
    QTest.keyClicks(form.words.entry, "CVC")
    key(work, Qt.Key.Key_Return, form.words.entry)
    assert work.focusWidget() is form.fields.lot.entry
    form.fields.lot.set_value("L9")
    QTest.keyClicks(form.fields.expiry.entry, "2040-12")
    form.package.set_value("20")
    form.fields.packages.set_value("0")
    form.submit()
    assert form.fields.packages.error()
    form.fields.packages.set_value("2")
    form.submit()
    row = work.table.rows[0]
    assert (row.lot_no, row.quantity, row.state) == ("L9", 40, LineState.READY)
    assert work.panes.currentWidget() is work.focus_pane


def test_what_the_service_refuses_by_hand_stays_in_the_form(work):
    key(work, Qt.Key.Key_F4)
    form = work.hand
    key(work, Qt.Key.Key_Return, form.words.entry)
    form.fields.lot.set_value("9" * 65)
    form.submit()
    assert form.trouble.isVisible()
    assert rows(work) == []


def test_the_papers_are_corrected_in_the_pane(work):
    key(work, Qt.Key.Key_F3)
    form = work.papers.form
    assert form.order.value() == "PO-1"
    form.order.set_value("P" * 33)
    work.papers.submit()
    assert form.order.error()
    form.order.set_value("PO-2")
    work.papers.submit()
    assert work._presenter.card.order_no == "PO-2"


def test_posting_with_open_lines_names_them(work):
    work.take_scan(label(lot="TF-0611C"))
    work.post_button.click()
    assert "1" in work.strip.message()


def test_a_language_switch_speaks_everything_anew(work):
    work.take_scan(label(lot="OLD", expiry=work._presenter.card.today - timedelta(days=1)))
    before = work.strip.message(), work.strip.verdicts()
    language.switch_language("en")
    QApplication.processEvents()
    assert (work.strip.message(), work.strip.verdicts()) != before
    assert "Line 1" in work.strip.message()
    work.step_back()
    language.switch_language("zh")
    QApplication.processEvents()
    assert "供应商" in work.strip.message()


def test_every_lamp_tells_its_element_and_its_state(work):
    work.take_scan(label(lot="TF-0611C"))
    spoken = work.table.model().index(0, 5).data()
    assert word(work.table.rows[0].element) in spoken


def test_a_long_lot_is_shown_whole(work):
    work.take_scan(label(lot="ABCDEFGHIJKLMNOPQRST", expiry=FAR))
    assert work.table.model().index(0, 2).data().replace(" ", "") == "ABCDEFGHIJKLMNOPQRST"
    assert "ABCDEFGHIJKLMNOPQRST" in work.table.model().index(0, 2).data(Qt.ItemDataRole.ToolTipRole)


def test_the_table_keeps_qt_happy(work, qtmodeltester):
    work.take_scan(label(lot="A", expiry=FAR))
    work.take_scan(label(lot="B"))
    qtmodeltester.check(work.table.model())


def test_the_slip_of_the_receipt_and_the_control_codes_are_saved_as_papers(work, qtbot, tmp_path):
    with qtbot.waitSignal(work.said):
        work.controls_button.click()
    work.take_scan(label(lot="26A0418", expiry=FAR))
    key(work, Qt.Key.Key_F9)
    assert "RK-" in work.start.slip_button.words()
    with qtbot.waitSignal(work.said) as told:
        work.start.slip_button.click()
    assert "RK-" in told.args[0]
    assert len(list((tmp_path / "papers").glob("*.pdf"))) == 2


def test_a_folder_that_cannot_be_written_is_said(work, tmp_path):
    (tmp_path / "papers").write_text("a file stands where the folder should be")
    work.controls_button.click()
    assert work.strip.message()
    work.take_scan(label(lot="26A0418", expiry=FAR))
    work.post_button.click()
    work.start.slip_button.click()
    assert "papers" in work.strip.message()
