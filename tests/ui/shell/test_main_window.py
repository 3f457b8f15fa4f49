"""The frame in a person's hands: doors, scans, palette, help, way back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from app.ui import theme
from app.ui.language import spoken, switch_language
from app.ui.page import Page
from app.ui.shell.doors import DeviceState, Door, Person
from app.ui.shell.main_window import MainWindow
from app.ui.widgets.search_palette import Found
from app.ui.widgets.verdict_screen import VerdictScreen
from app.ui.widgets.verdict_sign import Sign

DOORS = (
    Door("work", "workbench", spoken("widgets.undo"), 6),
    Door("recalls", "recall", "Recalls", 3, "stop"),
    Door("audit", "audit", "Audit", group=1),
)


class Bench(Page):
    def __init__(self, answers=True):
        super().__init__()
        self.answers, self.scans, self.targets = answers, [], []
        self.field = QLineEdit()
        self.column.addWidget(self.field)

    def take_scan(self, raw):
        self.scans.append(raw)
        return self.answers

    def show_target(self, target):
        self.targets.append(target)


@pytest.fixture
def window(qtbot):
    window = MainWindow()
    qtbot.addWidget(window)
    window.built = []

    def build(key, answers):
        window.built.append(key)
        return Bench(answers)

    for key, answers in (("work", True), ("recalls", False), ("audit", False), ("inner", True)):
        window.register(key, lambda key=key, answers=answers: build(key, answers))
    window.set_doors(DOORS)
    window.set_place("Store 2")
    window.set_person(Person("Zhou Min", "Storekeeper"))
    window.set_scanner(DeviceState("Scanner ready", "(10)2509A17", note_end="DataMatrix", is_mono=True))
    window.set_database(DeviceState("SQLite", "fine"))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.open_page("work")
    return window


def heard(signal):
    told = []
    signal.connect(lambda *values: told.append(values[0] if values else True))
    return told


def test_pages_are_built_when_they_are_first_opened(window, qtbot):
    opened = heard(window.page_opened)
    assert window.built == ["work"]
    for _ in range(2):
        window.open_page("recalls")
    assert window.built == ["work", "recalls"]
    assert opened == ["recalls", "recalls"]
    assert window.rail.current() == "recalls"
    assert window.open_page("nowhere") is None


def test_a_door_is_opened_by_mouse_and_by_keyboard(window, qtbot):
    buttons = window.rail._buttons
    qtbot.waitUntil(buttons["work"].isVisible)
    qtbot.mouseClick(buttons["recalls"], Qt.MouseButton.LeftButton)
    assert window.current_key() == "recalls"
    buttons["recalls"].setFocus()
    qtbot.keyClick(buttons["recalls"], Qt.Key.Key_Down)
    assert buttons["audit"].hasFocus()
    qtbot.keyClick(buttons["audit"], Qt.Key.Key_Down)
    assert buttons["work"].hasFocus()
    qtbot.keyClick(buttons["work"], Qt.Key.Key_Up)
    qtbot.keyClick(buttons["audit"], Qt.Key.Key_Return)
    qtbot.keyClick(buttons["audit"], Qt.Key.Key_X)
    assert window.current_key() == "audit"


def test_doors_show_the_work_that_waits(window):
    window.rail.set_count("recalls", 12)
    window.rail.set_count("audit", 1, "attention")
    window.rail.set_count("unknown", 5)
    assert window.rail._buttons["recalls"].accessibleName() == "Recalls 12"
    assert window.rail._buttons["audit"].door.tone == "attention"
    window.set_doors(DOORS[:1])
    assert window.rail.keys() == ["work"]
    assert window.rail.current() == "work"


def test_a_page_leads_to_another_and_alt_left_back_without_losing_input(window, qtbot):
    work = window.current_page()
    work.field.setText("half a word")
    work.asked_to_open.emit("inner", 17)
    assert (window.current_key(), window.current_page().targets) == ("inner", [17])
    assert window.rail.current() == "work"
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.current_page() is work
    assert work.field.text() == "half a word"
    window.step_back()
    assert window.current_page() is work


def test_a_scan_goes_to_the_page_or_else_to_whoever_listens(window):
    lost = heard(window.scan_unanswered)
    window.take_scan("A")
    assert (window.current_page().scans, lost) == (["A"], [])
    window.open_page("recalls")
    window.take_scan("B")
    assert (window.current_page().scans, lost) == (["B"], ["B"])


def test_while_a_stop_stands_a_scan_goes_nowhere(window):
    lost, held = heard(window.scan_unanswered), heard(window.scan_held)
    screen = VerdictScreen(window.current_page())
    screen.show_sign(Sign("stop", "禁止使用", "DO NOT USE", "recall"))
    window.take_scan("A")
    assert (window.current_page().scans, lost, held) == ([], [], ["A"])
    assert window.toast_strip.words()
    screen.hide()
    window.take_scan("A")
    assert window.current_page().scans == ["A"]


def test_ctrl_k_finds_and_enter_opens(window, qtbot):
    asked, picked = heard(window.searched), heard(window.found_picked)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.palette_pane.isVisible()
    assert asked == [""]
    window.show_found([Found("recalls", "RC-2026-0017", target=7)])
    qtbot.keyClick(window.palette_pane.entry, Qt.Key.Key_Return)
    assert picked[0].target == 7


def test_f1_explains_the_page_and_escape_closes_it(window, qtbot):
    asked = heard(window.help_asked)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    window.help.explain("Workbench", ["First the most urgent."], [("F9", "post")])
    assert (asked, window.help.isVisible()) == (["work"], True)
    window.help.grab()
    window.open_page("audit")
    assert asked == ["work", "audit"]
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.help.isVisible()
    window.toggle_help()
    window.toggle_help()
    assert not window.help.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Escape)


def test_the_bar_asks_and_changes_nothing_itself(window, qtbot):
    bar = window.top_bar
    languages, locks, bells = heard(window.language_chosen), heard(window.lock_pressed), heard(window.bell_pressed)
    qtbot.mouseClick(bar.tongue, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(bar.lock, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(bar.bell, Qt.MouseButton.LeftButton)
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert (languages, len(locks), len(bells)) == (["en"], 2, 1)


def test_the_persons_menu_switches_colours_and_sounds(window, qtbot):
    darks, sounds, outs = heard(window.theme_switched), heard(window.sound_switched), heard(window.sign_out_pressed)
    for place in (0, 1, 4):
        window.top_bar.open_menu()
        menu = window.top_bar._menu
        menu.actions()[place].trigger()
        menu.close()
    window.top_bar.set_sound(False)
    window.top_bar.open_menu()
    window.top_bar._menu.actions()[1].trigger()
    window.top_bar._menu.close()
    assert (darks, sounds, outs) == ([True], [False, True], [True])
    assert isinstance(window.top_bar._menu, QMenu)


def test_what_the_bar_shows_is_spoken(window, qtbot):
    window.set_alerts(3)
    bar = window.top_bar
    assert bar.bell.accessibleName() == "提醒，3 条未读"
    assert "2509A17" in bar.scanner.accessibleName()
    assert "Zhou Min" in bar.person.accessibleName()
    switch_language("en")
    qtbot.waitUntil(lambda: bar.bell.accessibleName() == "Alerts, 3 unread")
    qtbot.waitUntil(lambda: window.rail._buttons["work"].accessibleName() == "Undo 6")
    qtbot.waitUntil(lambda: window.windowTitle() == "RecallDesk")
    window.set_alerts(200)


def test_a_page_says_something_in_a_toast(window):
    window.current_page().said.emit("Saved", "ok")
    assert window.toast_strip.words() == "Saved"
    undone = []
    window.say("Posted", undo=lambda: undone.append(True))
    window.toast_strip._action.click()
    assert undone == [True]


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1280, 720), (1024, 640)])
@pytest.mark.parametrize("dark", [False, True])
def test_the_frame_fits_and_is_painted_in_both_themes(window, qapp, width, height, dark):
    theme.apply(qapp, dark=dark)
    window.resize(width, height)
    QApplication.processEvents()
    assert (window.width(), window.height()) == (width, height)
    image = window.grab().toImage()
    assert image.pixelColor(20, height // 2 + 100) == theme.colour("surface")
    assert image.pixelColor(width - 10, height - 5) == theme.colour("ground")


def test_closing_is_told(window):
    closed = heard(window.closing)
    window.close()
    assert closed == [True]


def test_every_target_is_big_enough_named_and_reachable(window, qtbot):
    from PySide6.QtWidgets import QAbstractButton

    from app.ui.shell.rail import KeyHint

    qtbot.waitUntil(window.rail._buttons["audit"].isVisible)
    for button in window.findChildren(QAbstractButton):
        if not button.isVisible() or isinstance(button, KeyHint):
            continue
        assert button.accessibleName(), button
        assert button.height() >= 32, button
        assert button.focusPolicy() != Qt.FocusPolicy.NoFocus, button
