"""The full-page verdict: no accident ends a stop."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.widgets.facts import Fact
from app.ui.widgets.verdict_screen import VerdictScreen
from app.ui.widgets.verdict_sign import Sign, Step, actions_from

STOP = Sign(
    "stop",
    "禁止使用",
    "DO NOT USE",
    "This lot is under recall.",
    note="0.12 s",
    place="ICU",
    person="Bai Lu",
    facts_caption="This box",
    facts_title="Catheter kit",
    facts=(Fact("Lot", "2509A17", is_mono=True, is_bold=True, ink="stop"), Fact("REF", "CVC-7F-20")),
    steps_caption="Now",
    steps=(Step("Stop", "Keep it"), Step("Put it into the red box")),
    hint="Use CVC-7F-20S instead",
    contact="Call 8120",
    contact_note="RC-2026-0017",
    actions=actions_from([("count", "Done, count the rest", "F8")]),
)
OK = Sign(
    "ok",
    "OK TO USE",
    "可以使用",
    "No recall.",
    steps=(Step("Expiry", "in date", icon="check-circle"),),
    actions=actions_from([("return", "Return", "F7"), ("use", "Use", "F6")]),
    holds=False,
    seconds=1,
)


def press(window, key, modifiers=Qt.KeyboardModifier.NoModifier):
    """A key as the window system brings it: to the window, which finds who has the focus."""
    QTest.keyClick(window.windowHandle(), key, modifiers)


@pytest.fixture
def window(qtbot):
    window = QWidget()
    window.page = QLineEdit()
    QVBoxLayout(window).addWidget(window.page)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def screen(window):
    return VerdictScreen(window.page)


@pytest.fixture
def acted(screen):
    names = []
    screen.acted.connect(names.append)
    return names


def test_a_stop_ignores_all_that_a_scanner_types(screen, acted, window, qtbot):
    screen.show_sign(STOP)
    for _round in range(3):
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_0):
            press(window, key)
        press(window, Qt.Key.Key_Tab)  # to the next action, where Enter and Space must not press either
    assert acted == []
    assert (screen.holds, window.page.text()) == (True, "")


def test_no_shortcut_below_answers_while_a_sign_shows(screen, acted, window):
    below = []
    QShortcut("F8", window, lambda: below.append("F8"))
    QShortcut("Ctrl+K", window, lambda: below.append("Ctrl+K"))
    screen.show_sign(STOP)
    press(window, Qt.Key.Key_F8)
    press(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert (acted, below) == (["count"], [])
    screen.hide()
    press(window, Qt.Key.Key_F8)
    assert below == ["F8"]


def test_nothing_below_can_take_the_focus_and_it_goes_back_in_the_end(screen, window):
    window.page.setFocus()
    screen.show_sign(STOP)
    assert screen.hasFocus()
    window.page.setFocus()
    assert screen.hasFocus()
    screen.hide()
    assert window.page.hasFocus()


def test_tab_goes_round_among_the_actions(screen, acted, window, qtbot):
    screen.show_sign(OK)
    qtbot.waitUntil(screen._buttons[0].isVisible)
    for place in (0, 1, 0):
        press(window, Qt.Key.Key_Tab)
        assert screen._buttons[place].hasFocus()
    press(window, Qt.Key.Key_Backtab)
    assert screen._buttons[1].hasFocus()


def test_only_the_deliberate_key_or_the_mouse_leads_on(screen, acted, window, qtbot):
    screen.show_sign(STOP)
    press(window, Qt.Key.Key_F8)
    qtbot.mouseClick(screen._buttons[0], Qt.MouseButton.LeftButton)
    assert acted == ["count", "count"]


def test_it_covers_the_whole_window_and_follows_its_size(screen, window, qtbot):
    screen.show_sign(STOP)
    assert screen.geometry() == window.rect()
    window.resize(1280, 720)
    qtbot.waitUntil(lambda: screen.geometry() == QRect(0, 0, 1280, 720))


@pytest.mark.parametrize("tone", ["stop", "ok", "attention"])
def test_the_ground_is_the_sign_and_the_words_are_spoken(screen, tone):
    from dataclasses import replace

    screen.show_sign(replace(STOP, tone=tone))
    image = screen.grab().toImage()
    assert image.pixelColor(10, 340) == theme.colour(f"sign_{tone}")
    assert screen.accessibleName() == "禁止使用. DO NOT USE. This lot is under recall."


def test_a_good_verdict_leaves_by_itself(screen, qtbot):
    screen.show_sign(OK)
    assert not screen.holds
    screen._left_ms = 100
    with qtbot.waitSignal(screen.timed_out):
        pass
    assert not screen._tick.isActive()


def test_an_action_stops_the_clock(screen, acted, window, qtbot):
    screen.show_sign(OK)
    press(window, Qt.Key.Key_F6)
    assert acted == ["use"]
    assert not screen._tick.isActive()


def test_a_hidden_stop_holds_nothing(screen):
    screen.show_sign(STOP)
    screen.hide()
    assert not screen.holds


def test_a_second_sign_replaces_the_first(screen, acted, window, qtbot):
    screen.show_sign(STOP)
    screen.show_sign(OK)
    press(window, Qt.Key.Key_F7)
    assert acted == ["return"]
