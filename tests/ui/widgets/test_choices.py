"""Rows of choices, tabs, steps and buttons by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.language import spoken, switch_language
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.cells import LampLook
from app.ui.widgets.chips import Badge, Chip, Choice, FilterChips, LampRow
from app.ui.widgets.labels import IconMark, Keycap, Label, LinkButton
from app.ui.widgets.tabs import Stepper, TabsBar

CHOICES = (Choice("all", "All", 31), Choice("open", spoken("widgets.undo"), 6), Choice("drill", "Drills"))


@pytest.fixture
def show(qtbot):
    def shown(widget):
        qtbot.addWidget(widget)
        widget.show()
        widget.activateWindow()
        return widget

    return shown


@pytest.mark.parametrize("kind", [FilterChips, TabsBar])
def test_arrows_move_the_choice_and_go_round(show, qtbot, kind):
    row = show(kind(CHOICES))
    told = []
    row.chosen.connect(told.append)
    assert row.current() == "all"
    qtbot.waitUntil(row.buttons[0].isVisible)
    qtbot.waitUntil(row.isActiveWindow)
    row.buttons[0].setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(next(button for button in row.buttons if button.hasFocus()), key)
    assert told == ["open", "drill", "all", "drill"]
    qtbot.keyClick(row.buttons[0], Qt.Key.Key_Up)
    assert len(told) == 4


@pytest.mark.parametrize("kind", [FilterChips, TabsBar])
def test_only_the_chosen_one_is_a_tab_stop(show, kind):
    row = show(kind(CHOICES))
    row.choose("open")
    stops = [b.choice.key for b in row.buttons if b.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == ["open"]


@pytest.mark.parametrize("kind", [FilterChips, TabsBar])
def test_a_click_chooses_and_choosing_by_program_is_silent(show, qtbot, kind):
    row = show(kind(CHOICES))
    told = []
    row.chosen.connect(told.append)
    row.choose("drill")
    qtbot.mouseClick(row.buttons[1], Qt.MouseButton.LeftButton)
    assert told == ["open"]


def test_new_filters_keep_the_choice_or_fall_back_to_the_first(show):
    row = show(FilterChips(CHOICES))
    row.choose("open")
    row.set_choices((Choice("all", "All", 32), Choice("open", "Open", 5)))
    assert row.current() == "open"
    row.set_choices((Choice("all", "All"), Choice("mine", "Mine")))
    assert row.current() == "all"
    row.set_choices(())
    assert row.current() == ""


def test_choices_speak_their_counts_in_the_language(show, qtbot):
    row, tabs = show(FilterChips(CHOICES)), show(TabsBar(CHOICES))
    switch_language("en")
    qtbot.waitUntil(lambda: row.buttons[1].accessibleName() == "Undo 6")
    assert tabs.buttons[1].accessibleName() == "Undo 6"
    tabs.set_count("open", None)
    assert tabs.buttons[1].accessibleName() == "Undo"
    tabs.set_choices(CHOICES[:2])
    assert tabs.current() == "all"
    row.grab()
    tabs.grab()


def test_the_stepper_names_where_it_stands(show, qtbot):
    stepper = show(Stepper((spoken("widgets.undo"), spoken("widgets.cancel"), "closed"), 1))
    assert stepper.accessibleName() == "当前步骤：取消"
    wide = stepper.sizeHint().width()
    stepper.name_all(False)
    assert stepper.sizeHint().width() < wide
    switch_language("en")
    qtbot.waitUntil(lambda: stepper.accessibleName() == "Current step: Cancel")
    stepper.set_steps(("a", "b"), 2)
    stepper.grab()


def test_a_button_is_pressed_by_enter_space_mouse_and_its_key(show, qtbot):
    window = show(QWidget())
    button = KeycapButton("Post", kind="primary", icon="check", key="F9")
    QVBoxLayout(window).addWidget(button)
    pressed = []
    button.clicked.connect(lambda: pressed.append(1))
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.waitUntil(button.isVisible)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        qtbot.keyClick(button, key)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert len(pressed) == 4
    button.setEnabled(False)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert len(pressed) == 4


@pytest.mark.parametrize("kind", ["primary", "plain", "stop", "quiet"])
def test_buttons_are_big_enough_and_change_their_words(show, kind):
    button = show(KeycapButton(kind=kind, icon="printer", name="Print"))
    assert button.accessibleName() == "Print"
    assert button.sizeHint().width() >= 32 <= button.height()
    button.set_text("Print all")
    button.set_icon("check")
    assert (button.words(), button.accessibleName()) == ("Print all", "Print")
    button.setFocus()
    button.resize(300, 32)
    button.grab()
    button.setEnabled(False)
    button.grab()


def test_a_link_is_pressed_by_enter(show, qtbot):
    link = show(LinkButton(spoken("widgets.undo"), chevron=True))
    pressed = []
    link.clicked.connect(lambda: pressed.append(1))
    qtbot.keyClick(link, Qt.Key.Key_Enter)
    qtbot.keyClick(link, Qt.Key.Key_A)
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert len(pressed) == 2
    switch_language("en")
    qtbot.waitUntil(lambda: link.accessibleName() == "Undo")


def test_marks_of_state_have_names(show, qtbot):
    chip, badge = show(Chip(spoken("widgets.undo"), "ok", "check")), show(Badge(spoken("widgets.cancel")))
    lamps = show(LampRow((LampLook("批", name="lot"), LampLook("效", "stop", "solid"))))
    assert (chip.accessibleName(), badge.accessibleName(), lamps.accessibleName()) == ("撤销", "取消", "lot 效")
    switch_language("en")
    qtbot.waitUntil(lambda: (chip.accessibleName(), badge.accessibleName()) == ("Undo", "Cancel"))
    chip.set_look("Held", "hold", fill="solid")
    badge.set_look("III", "text", "outline")
    assert (chip.look().text, badge.look().fill) == ("Held", "outline")
    for widget in (chip, badge, lamps, show(Keycap("F8")), show(IconMark("check"))):
        widget.grab()


def test_a_long_label_is_shortened_at_its_end_only(show):
    label = show(Label("very long name of a product " * 5, elide=True))
    label.resize(120, 20)
    label.grab()
    assert label.text().startswith("very long")
    mark = show(IconMark("check"))
    mark.set_icon("x", "stop")
