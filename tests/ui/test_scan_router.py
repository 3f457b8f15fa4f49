"""Scans and typing arrive by the same keyboard: the rhythm parts them, and no letter is ever lost."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.ui.scan_router import ScanRouter, ScanTiming

CODE = "(01)06999990012015"
GS = "\x1d"
NONE = Qt.KeyboardModifier.NoModifier


class Bench:
    """A window with a field and a button, a router with a clock of its own, and hands that type."""

    def __init__(self, qtbot, timing: ScanTiming | None = None) -> None:
        self.now = 1000.0
        self.scans: list[str] = []
        self.captures = []
        self.entered: list[str] = []
        self.window = QWidget()
        self.field, self.other, self.button = QLineEdit(), QLineEdit(), QPushButton("x")
        column = QVBoxLayout(self.window)
        for widget in (self.field, self.other, self.button):
            column.addWidget(widget)
        self.window.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.field.returnPressed.connect(lambda: self.entered.append(self.field.text()))
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.window.setFocus()
        self.router = ScanRouter(timing=timing, clock=lambda: self.now)
        self.router.scanned.connect(self.scans.append)
        self.router.captured.connect(self.captures.append)
        self.router.start(QApplication.instance())

    def key(self, key, text="", modifiers=NONE, gap=5.0) -> None:
        self.now += gap
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(self.window.windowHandle(), QKeyEvent(kind, key, modifiers, text))

    def type(self, text: str, gap: float = 5.0) -> None:
        for letter in text:
            modifiers = Qt.KeyboardModifier.ShiftModifier if letter.isupper() else NONE
            self.key(ord(letter.upper()), letter, modifiers, gap)
            self.rest(0)

    def enter(self, gap: float = 5.0) -> None:
        self.key(Qt.Key.Key_Return, "\r", gap=gap)

    def rest(self, milliseconds: float = 200.0) -> None:
        """Time passes without a key; the silence timer would ring."""
        self.now += milliseconds
        self.router.settle()

    def compose(self, text: str, gap: float = 5.0) -> None:
        self.now += gap
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(QApplication.focusWidget(), event)

    def close(self) -> None:
        self.router.stop(QApplication.instance())


@pytest.fixture
def bench(qtbot):
    bench = Bench(qtbot)
    yield bench
    bench.close()


def test_a_burst_that_ends_with_enter_is_a_scan_without_any_field(bench):
    bench.type(CODE)
    bench.enter()
    assert bench.scans == [CODE]


def test_a_burst_that_ends_in_silence_is_a_scan(bench):
    bench.type(CODE)
    assert bench.scans == []
    bench.rest()
    assert bench.scans == [CODE]


def test_a_burst_that_ends_with_tab_is_a_scan_and_moves_no_focus(bench):
    bench.field.setFocus()
    bench.type(CODE)
    bench.key(Qt.Key.Key_Tab, "\t")
    assert bench.scans == [CODE]
    assert bench.field.hasFocus()


def test_a_scan_into_a_focused_field_leaves_the_field_as_it_was(bench):
    bench.field.setText("before")
    bench.field.setFocus()
    bench.type(CODE)
    bench.enter()
    assert (bench.scans, bench.field.text(), bench.entered) == ([CODE], "before", [])


def test_a_person_types_into_a_field_as_ever(bench):
    bench.field.setFocus()
    for letter in "ward 7":
        bench.type(letter, gap=140)
        bench.rest(90)
    bench.enter(gap=140)
    assert (bench.scans, bench.field.text(), bench.entered) == ([], "ward 7", ["ward 7"])


@pytest.mark.parametrize("gap", [40, 55, 79])
def test_a_quick_typist_is_not_a_scanner(bench, gap):
    bench.field.setFocus()
    bench.type("quick fingers", gap=gap)
    bench.enter(gap=gap)
    assert (bench.scans, bench.entered) == ([], ["quick fingers"])


def test_a_short_burst_is_given_back(bench):
    bench.field.setFocus()
    bench.type("12345")
    bench.enter()
    assert (bench.scans, bench.entered) == ([], ["12345"])


def test_letters_typed_before_a_scan_stay_in_the_field(bench):
    bench.field.setFocus()
    bench.type("ab", gap=150)
    bench.rest()
    bench.type(CODE)
    bench.enter()
    assert (bench.scans, bench.field.text()) == ([CODE], "ab")


def test_backspace_between_letters_keeps_its_place(bench):
    bench.field.setFocus()
    bench.type("ab", gap=20)
    bench.key(Qt.Key.Key_Backspace, "\b", gap=20)
    bench.type("c", gap=20)
    bench.rest()
    assert bench.field.text() == "ac"


def test_held_letters_reach_the_field_that_had_the_focus_then(bench):
    bench.field.setFocus()
    bench.type("ab", gap=20)
    bench.rest()
    bench.other.setFocus()
    bench.type("c", gap=200)
    bench.rest()
    assert (bench.field.text(), bench.other.text()) == ("ab", "c")


def test_capital_letters_keep_their_case(bench):
    bench.type("+A999CVC7f20/$$3")
    bench.enter()
    assert bench.scans == ["+A999CVC7f20/$$3"]


def test_a_separator_arrives_as_ctrl_bracket_even_if_a_shortcut_wants_it(bench, qtbot):
    fired = []
    QShortcut("Ctrl+]", bench.window, lambda: fired.append(True))
    handle = bench.window.windowHandle()
    bench.type("10TF0611C")
    bench.now += 5
    QTest.keyClick(handle, Qt.Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier)
    bench.type("17281231")
    bench.enter()
    assert (bench.scans, fired) == ([f"10TF0611C{GS}17281231"], [])


def test_shortcuts_of_one_letter_do_not_fire_inside_a_burst(bench):
    fired = []
    QShortcut("B", bench.window, lambda: fired.append(True))
    handle = bench.window.windowHandle()
    bench.type("2510")
    bench.now += 5
    QTest.keyClick(handle, Qt.Key.Key_B)
    bench.type("03")
    bench.enter()
    assert (bench.scans, fired) == ([f"2510{bench.scans[0][4]}03"], [])


@pytest.mark.parametrize("digits", ["029", "29", "0029"])
def test_a_separator_arrives_as_alt_and_digits(bench, digits):
    alt = Qt.KeyboardModifier.AltModifier
    window = bench.window.windowHandle()
    bench.type("10TF0611C")
    send = QCoreApplication.sendEvent
    send(window, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Alt, alt))
    for digit in digits:
        bench.key(ord(digit), "", alt | Qt.KeyboardModifier.KeypadModifier, gap=2)
    bench.now += 2
    send(window, QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_Alt, NONE))
    bench.key(0, GS, gap=1)  # some systems pass the character as well
    bench.type("17281231")
    bench.enter()
    assert bench.scans == [f"10TF0611C{GS}17281231"]


def test_a_separator_arrives_as_the_character_itself(bench):
    bench.type("10TF0611C")
    bench.key(0, GS)
    bench.type("17281231")
    bench.enter()
    assert bench.scans == [f"10TF0611C{GS}17281231"]


def test_the_envelope_of_iso_15434_arrives_whole(bench):
    bench.type("[)>")
    bench.key(Qt.Key.Key_AsciiCircum, "\x1e", Qt.KeyboardModifier.ControlModifier)
    bench.type("06")
    bench.key(Qt.Key.Key_BracketRight, GS, Qt.KeyboardModifier.ControlModifier)
    bench.type("1T2509A17")
    bench.key(Qt.Key.Key_D, "\x04", Qt.KeyboardModifier.ControlModifier)
    bench.enter()
    assert bench.scans == [f"[)>\x1e06{GS}1T2509A17\x04"]


def test_blanks_at_the_ends_are_kept(bench):
    bench.type(" +A123BJC5D6E71G ")
    bench.enter()
    assert bench.scans == [" +A123BJC5D6E71G "]


def test_a_line_feed_after_the_return_is_part_of_the_suffix(bench):
    bench.field.setFocus()
    bench.type(CODE)
    bench.enter()
    bench.enter(gap=2)
    assert (bench.scans, bench.entered) == ([CODE], [])


def test_enter_by_a_person_soon_after_a_scan_still_counts(bench):
    bench.field.setFocus()
    bench.type(CODE)
    bench.enter()
    bench.enter(gap=400)
    assert bench.entered == [""]


def test_two_scans_without_suffix_are_two(bench):
    bench.type("2509A17")
    bench.type("2509A18"[:1], gap=120)
    bench.type("2509A18"[1:])
    bench.rest()
    assert bench.scans == ["2509A17", "2509A18"]


def test_passwords_are_nobodys_business(bench):
    bench.field.setEchoMode(QLineEdit.EchoMode.Password)
    bench.field.setFocus()
    bench.type("longpassword")
    bench.enter()
    assert (bench.scans, bench.entered) == ([], ["longpassword"])


def test_a_display_of_raw_keys_gets_them_all(bench):
    bench.field.setProperty("raw_keys", True)
    bench.field.setFocus()
    bench.type(CODE)
    assert (bench.scans, bench.field.text()) == ([], CODE)


def test_space_still_presses_a_button(bench):
    pressed = []
    bench.button.clicked.connect(lambda: pressed.append(True))
    bench.button.setFocus()
    bench.type(" ", gap=300)
    bench.rest()
    assert pressed == [True]


def test_a_key_held_down_is_not_a_scanner(bench):
    bench.field.setFocus()
    for _ in range(20):
        bench.now += 30
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, NONE, "a", True)
        QCoreApplication.sendEvent(bench.window.windowHandle(), event)
    bench.rest()
    assert (bench.scans, bench.field.text()) == ([], "a" * 20)


def test_a_scan_through_an_input_method_is_passed_on_as_it_came(bench):
    bench.field.setFocus()
    bench.compose("（")
    for letter in "０１）06999990":
        bench.compose(letter)
    bench.rest()
    assert (bench.scans, bench.field.text()) == (["（０１）06999990"], "")
    assert bench.captures[0].is_composed


def test_chinese_from_an_input_method_goes_to_its_field(bench):
    bench.field.setFocus()
    bench.compose("中心静脉导管包")
    assert (bench.scans, bench.field.text()) == ([], "中心静脉导管包")


def test_latin_letters_typed_through_an_input_method_go_to_their_field(bench):
    bench.field.setFocus()
    bench.compose("icu", gap=300)
    bench.rest()
    bench.type("7", gap=300)
    bench.rest()
    assert (bench.scans, bench.field.text()) == ([], "icu7")


def test_a_prefix_makes_any_rhythm_a_scan(qtbot):
    bench = Bench(qtbot, ScanTiming(prefix="~"))
    bench.type("~A1", gap=300)
    bench.enter(gap=300)
    bench.close()
    assert bench.scans == ["A1"]


def test_limits_can_be_set(bench):
    bench.router.set_timing(ScanTiming(least_chars=3, mean_gap_ms=100, max_gap_ms=200))
    bench.type("A17", gap=90)
    bench.enter(gap=90)
    assert bench.scans == ["A17"]


def test_the_bench_learns_the_rhythm(bench):
    bench.type("2509A17", gap=8)
    bench.enter()
    capture = bench.captures[0]
    assert (capture.text, capture.mean_gap_ms, capture.longest_gap_ms) == ("2509A17", 8.0, 8.0)
    assert capture.ended_by == "\r"


def test_endless_input_is_given_back(qtbot):
    bench = Bench(qtbot, ScanTiming(most_chars=50))
    bench.field.setFocus()
    bench.type("x" * 60)
    bench.rest()
    bench.close()
    assert "".join(bench.scans) + bench.field.text() == "x" * 60


def test_events_to_widgets_are_not_counted_twice(bench):
    bench.window.setFocus()
    bench.type(CODE)
    bench.enter()
    bench.type(CODE)
    bench.enter()
    assert bench.scans == [CODE, CODE]


def test_a_stopped_router_lets_everything_pass(bench):
    bench.router.stop(QApplication.instance())
    bench.field.setFocus()
    bench.type(CODE)
    assert (bench.scans, bench.field.text()) == ([], CODE)


keystrokes = st.lists(
    st.tuples(st.sampled_from("abzAB019-/ "), st.sampled_from([1.0, 8.0, 34.0, 36.0, 79.0, 81.0, 300.0])), max_size=25
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(keystrokes)
def test_no_letter_is_ever_lost_or_changes_its_order(bench, strokes):
    bench.rest()
    bench.scans.clear()
    bench.field.clear()
    bench.field.setFocus()
    arrived: list[str] = []
    for letter, gap in strokes:
        before = bench.field.text(), len(bench.scans)
        bench.rest(gap)
        bench.type(letter, gap=0)
        arrived += _news(bench, before)
    before = bench.field.text(), len(bench.scans)
    bench.rest()
    arrived += _news(bench, before)
    assert "".join(arrived) == "".join(letter for letter, _gap in strokes)


def _news(bench, before):
    text, scans = before
    return [bench.field.text()[len(text) :], *bench.scans[scans:]]
