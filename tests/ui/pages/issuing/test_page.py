"""A few real scans, clicks and keys on the issuing page."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from app.ui import language
from app.ui.pages.issuing.page import IssuingPage
from tests.stock_life import GOOD_UNTIL, gs1


class Ears:
    """Stands for the sounds."""

    def __init__(self):
        self.heard = []

    def play(self, sound):
        self.heard.append(sound)


@pytest.fixture
def ears():
    return Ears()


@pytest.fixture
def page(qtbot, presenter, ears):
    page = IssuingPage(presenter, ears)
    qtbot.addWidget(page)
    page.resize(1178, 720)
    page.show()
    return page


def test_a_scan_becomes_a_line_and_is_said_in_the_strip(page, ears):
    page.take_scan(gs1())

    assert page.strip.message() == "已加 CVC导管，批号 A1，1 件"
    assert page.table.chosen_row().wanted.lot == "A1"
    assert ears.heard == ["taken"]


def test_posting_asks_for_the_department_first(page, listen):
    said = listen(page.said)
    page.take_scan(gs1())
    page.post.click()
    assert page.department.error()
    page.department.combo.hidePopup()
    page.take_scan("RD:PLACE:icu")
    page.post.click()

    assert said[-1][1] == "ok"
    assert "FF-" in said[-1][0]
    assert page.table.rows == ()


def test_a_deviation_asks_a_reason_in_the_pane(page, life, listen, ears):
    said = listen(page.said)
    life.house.batch("CVC", "OLD", 2, expiry=date(2030, 1, 31))
    page.take_scan(gs1())
    page.take_scan("RD:PLACE:icu")
    page.post.click()
    assert page.pane.reason.error()
    page.pane.reason.set_value("临床指定")
    page.post.click()

    assert ears.heard[0] == "look"
    assert said[-1][1] == "ok"


def test_a_locked_lot_takes_the_whole_window_until_its_own_key(page, life, qtbot, ears, listen):
    asked = listen(page.asked_to_open)
    life.hold("A1")
    page.take_scan(gs1())
    qtbot.keyClick(page.screen_sign, Qt.Key.Key_Return)
    page.take_scan(gs1())

    assert page.screen_sign.holds
    assert ears.heard == ["stop"]
    page.screen_sign.acted.emit("open")
    assert asked == [("batches", "A1")]


def test_the_chosen_line_is_changed_and_removed_from_the_pane(page):
    page.take_scan(gs1())
    page.pane.quantity.set_value("4")
    page.pane.quantity.entered.emit("4")
    assert page.table.rows[0].quantity == 4
    page._step(1)
    assert page.table.rows[0].quantity == 5
    page.pane.remove.click()

    assert page.table.rows == ()
    assert not page.post.isEnabled()


def test_refusals_and_strange_places_are_said_in_the_strip(page, ears):
    page.take_scan("nonsense")
    assert "nonsense" in page.strip.message()
    page.take_scan("RD:PLACE:MOON")
    assert "MOON" in page.strip.message()

    assert ears.heard == ["look", "look"]


def test_a_language_switch_speaks_everything_again(page, qtbot):
    page.take_scan(gs1())
    language.switch_language("en")

    qtbot.waitUntil(lambda: page.strip.message() == "Scan a box to issue")


def test_a_quantity_is_typed_in_packages_and_more_than_there_is_is_said(page, life, presenter):
    life.house.batch("CVC", "A1", 60, expiry=GOOD_UNTIL)
    page.take_scan(gs1())
    page.pane.quantity.set_value("2箱 3")
    page.pane.quantity.entered.emit("")
    assert presenter.lines[0].quantity == 43
    page.pane.quantity.set_value("4箱")
    page.pane.quantity.entered.emit("")
    assert presenter.lines[0].quantity == 43
    assert "70" in page.pane.quantity.error()
    page.pane.quantity.set_value("4托")
    page.pane.quantity.entered.emit("")
    assert "1 箱 = 20 件" in page.pane.quantity.error()
