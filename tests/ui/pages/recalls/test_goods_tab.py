"""The goods tab by keyboard and by scan."""

from datetime import timedelta

from PySide6.QtCore import QCoreApplication, Qt

from app.ui.language import switch_language
from app.ui.pages.recalls.goods_tab import GoodsTab
from tests.ui.desks import PASSWORD
from tests.ui.pages.recalls.goods_stage import *  # noqa: F403
from tests.ui.pages.recalls.goods_stage import BOX, WITNESS, collect_all, heard, row_at


def test_a_scan_shows_the_collecting_whatever_was_open(tab):
    tab.open_view("balance")
    assert tab.take_scan(BOX + "A200")
    assert tab.views.current() == "collect"
    assert "A200" in tab.collect.strip.message()
    assert tab.collect.strip.verdicts()[0].verdict == "已收"


def test_a_row_is_collected_with_the_keyboard(tab, presenter, qtbot):
    tab.collect.table.choose((row_at(presenter, "ICU").location_id, row_at(presenter, "ICU").batch_id))
    qtbot.keyClick(tab.collect.table, Qt.Key.Key_Return)
    qtbot.keyClicks(tab.collect.quantity.entry, "5")
    qtbot.keyClick(tab.collect.quantity.entry, Qt.Key.Key_Return)
    assert row_at(presenter, "ICU").collected == 5


def test_a_place_is_chosen_from_the_list(tab, presenter, stage):
    tab.collect.place.chosen.emit(str(stage.hospital.places["icu"]))
    assert presenter.place_id == stage.hospital.places["icu"]
    tab.collect.place.chosen.emit("any")
    assert presenter.place_id is None


def test_a_shipment_is_made_with_the_keyboard(tab, presenter, qtbot):
    collect_all(presenter)
    tab.open_view("return")
    qtbot.keyClick(tab.leave.ship, Qt.Key.Key_Return)
    assert tab.leave.carrier.error()
    qtbot.keyClicks(tab.leave.carrier.entry, "Test Express")
    qtbot.keyClicks(tab.leave.waybill.entry, "TE-7")
    qtbot.keyClick(tab.leave.waybill.entry, Qt.Key.Key_Return)
    pane = tab.leave.pane.signature
    pane.person.set_value("witness")
    qtbot.keyClicks(pane.password.entry, PASSWORD)
    qtbot.keyClick(pane.password.entry, Qt.Key.Key_Return)
    assert presenter.sight.shipments[0].waybill == "TE-7"
    assert not tab.leave.pane.is_asking
    assert tab.leave.carrier.value() == ""


def test_a_refused_signature_keeps_what_was_typed(tab, presenter, qtbot):
    collect_all(presenter)
    tab.open_view("return")
    tab.leave.carrier.set_value("Test Express")
    tab.leave.waybill.set_value("TE-8")
    tab.leave.ship.click()
    tab.leave.pane.signature.signed.emit("witness", "Wrong-Horse-9", "")
    assert tab.leave.pane.signature.password.error()
    tab.leave.pane.signature.cancelled.emit()
    assert tab.leave.waybill.value() == "TE-8"


def test_space_takes_goods_along_or_leaves_them(tab, presenter, qtbot):
    collect_all(presenter)
    tab.open_view("return")
    tab.leave.sealed.selectRow(0)
    before = len(presenter.chosen)
    qtbot.keyClick(tab.leave.sealed, Qt.Key.Key_Space)
    assert len(presenter.chosen) == before - 1
    qtbot.keyClick(tab.leave.sealed, Qt.Key.Key_Return)
    assert len(presenter.chosen) == before
    tab.leave.sealed.clicked.emit(tab.leave.sealed.model().index(0, 0))
    assert len(presenter.chosen) == before - 1


def test_the_receipt_is_confirmed_from_the_list_of_returns(tab, presenter, qtbot):
    collect_all(presenter)
    presenter.ship("Test Express", "TE-1", WITNESS)
    counts = heard(tab.count_changed)
    tab.open_view("return")
    tab.leave.shipments.selectRow(0)
    qtbot.keyClick(tab.leave.shipments, Qt.Key.Key_Return)
    tab.leave.received_at.set_value("soon")
    tab.leave.confirm.click()
    assert tab.leave.received_at.error()
    tab.leave.received_at.set_value((presenter.now + timedelta(minutes=1)).astimezone().strftime("%Y-%m-%d %H:%M"))
    qtbot.keyClick(tab.leave.received_note.entry, Qt.Key.Key_Return)
    assert counts[-1] == (0,)


def test_a_scanned_return_form_shows_its_return(tab, presenter):
    collect_all(presenter)
    presenter.ship("Test Express", "TE-1", WITNESS)
    assert tab.take_scan(f"RD:RETURN:{presenter.sight.shipments[0].number}")
    assert tab.views.current() == "return"
    assert tab.leave.shipments.chosen_row() == presenter.sight.shipments[0]
    assert not tab.take_scan("RD:RETURN:TC-000000-0000")


def test_a_refused_receipt_is_said_in_the_form(tab, presenter):
    collect_all(presenter)
    presenter.ship("Test Express", "TE-1", WITNESS)
    tab.open_view("return")
    tab.leave.shipments.selectRow(0)
    tab.leave.received_at.set_value("2020-01-01 00:00")
    tab.leave.confirm.click()
    assert tab.leave.message.text()


def test_goods_are_destroyed_from_the_same_list(tab, presenter):
    collect_all(presenter)
    tab.open_view("return")
    tab.leave.dispose.click()
    assert tab.leave.pane.signature.reason.isVisible()
    tab.leave.pane.signature.signed.emit("witness", PASSWORD, "burnt")
    assert presenter.sight.sealed == ()


def test_a_difference_is_explained_with_the_keyboard(tab, presenter, qtbot):
    tab.open_view("differences")
    view = tab.differences
    view.loose.selectRow(0)
    qtbot.keyClick(view.loose, Qt.Key.Key_Return)
    qtbot.keyClicks(view.quantity.entry, "9999")
    qtbot.keyClick(view.quantity.entry, Qt.Key.Key_Return)
    assert view.quantity.error()
    view.quantity.set_value("x")
    view.ask.click()
    assert view.quantity.error()
    view.quantity.set_value("1")
    view.ask.click()
    view.pane.signature.signed.emit("witness", "Wrong-Horse-9", "lost")
    assert view.pane.signature.password.error()
    view.pane.signature.signed.emit("witness", PASSWORD, "lost")
    assert presenter.sight.differences[0].quantity == 1
    assert view.quantity.value() == ""


def test_the_balance_adds_up_and_says_so_in_both_languages(tab, presenter):
    collect_all(presenter)
    tab.open_view("balance")
    assert "140" in tab.balance.words.text()
    switch_language("en")
    QCoreApplication.processEvents()
    assert "Received 140" in tab.balance.words.text()
    assert tab.collect.strip.message().startswith("Lot")


def test_who_only_looks_is_told_so(make, seat, stage, case_id, qtbot):
    seat.take(stage.actor("auditor"))
    presenter = make(case_id)
    tab = GoodsTab(presenter)
    qtbot.addWidget(tab)
    tab.show()
    presenter.reload()
    assert tab.note.text()
    assert not tab.collect.button.isEnabled()
    assert not tab.take_scan(BOX + "A200")
