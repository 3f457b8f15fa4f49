"""A few real scans, clicks and keys on the ward page."""

import pytest
from PySide6.QtCore import Qt

from app.queries.reader import Reader
from app.services.answering import AnsweringService
from app.ui import language
from app.ui.pages.ward.page import TABS, WardPage
from app.ui.pages.ward.tasks.presenter import WardTasksPresenter
from tests.stock_life import gs1


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
def page(qtbot, presenter, life, seat, immediate, ears):
    tasks = WardTasksPresenter(
        Reader(life.database), AnsweringService(life.database), life.database.clock, seat, immediate
    )
    page = WardPage(presenter, tasks, ears)
    qtbot.addWidget(page)
    page.resize(1178, 720)
    page.show()
    return page


def test_a_scan_covers_the_window_with_its_answer_and_a_sound(page, ears):
    assert page.take_scan(gs1())

    assert page.screen_sign.isVisible()
    assert not page.screen_sign.holds
    assert ears.heard == ["taken"]
    assert page.check.last.rows[0].answer.verdict.lot == "A1"


def test_a_stop_swallows_enter_and_scans_until_its_own_key(page, life, qtbot, ears):
    life.hold("A1")
    page.take_scan(gs1())
    qtbot.keyClick(page.screen_sign, Qt.Key.Key_Return)
    page.take_scan(gs1("ZZ9"))

    assert page.screen_sign.holds
    assert ears.heard == ["stop"]
    page.screen_sign.acted.emit("aside")
    assert not page.screen_sign.isVisible()


def test_an_ok_sign_leads_to_the_use_with_the_box_in_hand(page, presenter, listen):
    said = listen(page.said)
    page.take_scan(gs1())
    page.screen_sign.acted.emit("use")

    assert page.tabs.current() == "use"
    page.take_scan("ZY20260312004471")
    page.use.post.click()

    assert said[-1][1] == "ok"
    assert "A1" in said[-1][0]
    assert page.use.visit.value() == ""


def test_a_use_without_a_visit_number_says_so_at_the_field(page):
    page.open_tab("use")
    page.take_scan(gs1())
    page.use.post.click()

    assert "就诊号" in page.use.visit.error()


@pytest.mark.parametrize(("count", "at"), [("0", ""), ("x", ""), ("1", "yesterday")])
def test_wrong_entries_are_said_at_their_fields(page, count, at):
    page.open_tab("use")
    page.take_scan(gs1())
    page.use.take_visit("ZY1")
    page.use.quantity.set_value(count)
    page.use.at.set_value(at)
    page.use.post.click()

    assert bool(page.use.at.error() if at else page.use.quantity.error())


def test_a_held_box_opens_the_signature_beside_the_form(page, life, listen):
    said = listen(page.said)
    life.hold("A1")
    page.open_tab("use")
    page.take_scan(gs1())
    page.use.take_visit("ZY1")
    page.use.post.click()

    assert page.use.pane.isVisible()
    assert said[-1][1] == "stop"


def test_boxes_scanned_on_the_return_tab_go_back_with_one_key(page, listen):
    said = listen(page.said)
    page.open_tab("return")
    page.take_scan(gs1())
    page.take_scan(gs1())
    page.back.post.click()

    assert "2" in said[-1][0]
    assert page.back.table.rows == ()


def test_a_use_and_a_return_are_counted_in_packages(page, listen):
    said = listen(page.said)
    page.open_tab("return")
    page.take_scan(gs1())
    page.back.quantity.set_value("1 箱")
    page.back.quantity.entered.emit("1 箱")
    assert [line.quantity for line in page.back.table.rows] == [20]
    page.back.quantity.set_value("2")
    page.back.quantity.entered.emit("2")
    page.back.post.click()
    assert "2" in said[-1][0]

    page.open_tab("use")
    page.take_scan(gs1())
    page.use.take_visit("ZY1")
    page.use.quantity.set_value("2 件")
    page.use.post.click()
    assert said[-1][1] == "ok"
    assert page.use.quantity.value() == "1"


def test_a_locked_return_says_that_it_went_to_quarantine(page, life, listen):
    said = listen(page.said)
    life.hold("A1")
    page.open_tab("return")
    page.take_scan(gs1())
    page.back.post.click()

    assert said[-1][1] == "attention"
    assert "隔离区" in said[-1][0]


def test_stock_opens_the_batch_card(page, listen):
    asked = listen(page.asked_to_open)
    page.open_tab("stock")
    page.stock.table.opened.emit(page.stock.table.rows[0])

    assert asked[0][0] == "batches"


def test_a_typed_code_is_as_good_as_a_scan(page):
    page.check.code.set_value(gs1())
    page.check.code.entered.emit(gs1())

    assert page.screen_sign.isVisible()


@pytest.mark.parametrize("key", TABS)
def test_targets_open_tabs_and_buttons_are_big_enough_for_gloves(page, key):
    page.show_target(key)

    assert page.tabs.current() == key
    assert page.tabs.height() >= 56
    for button in (page.use.post, page.back.post, page.tasks.next):
        assert button.height() >= 56


def test_no_task_says_what_will_come_here(page):
    page.open_tab("tasks")

    assert page.tasks.empty.isVisible()
    assert not page.tasks.card.isVisible()


def test_a_language_switch_reaches_every_tab_and_the_sign(page, qtbot):
    page.take_scan(gs1())
    language.switch_language("en")

    qtbot.waitUntil(lambda: page.screen_sign.accessibleName().startswith("OK TO USE"))
