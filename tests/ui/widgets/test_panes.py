"""Signature, palette, notice, toast and strip in a person's hands."""

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QWidget

from app.ui import theme
from app.ui.language import spoken, switch_language
from app.ui.widgets.fields import Option
from app.ui.widgets.notice_view import Mark, NoticeView
from app.ui.widgets.scan_strip import ScanPart, ScanStrip, ScanVerdict
from app.ui.widgets.search_palette import Found, SearchPalette
from app.ui.widgets.signature_pane import SignaturePane
from app.ui.widgets.toast import Toast

PEOPLE = (Option("chen", "Chen Li"), Option("he", "He Jing"))
TEXT = "型号 CVC-7F-20 批号 2509A17 至 2510B04 <b>😀</b> 2510B03 除外"
FOUND = (Found("batches", "2509A17", "480", "batch", "barcode", target=1), Found("recalls", "RC-2026-0017", target=2))


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 600)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def pane(qtbot):
    pane = SignaturePane()
    pane.signatures, pane.left = [], []
    pane.signed.connect(lambda *parts: pane.signatures.append(parts))
    pane.cancelled.connect(lambda: pane.left.append(True))
    qtbot.addWidget(pane)
    pane.show()
    return pane


def test_a_second_person_signs_with_enter(pane, qtbot):
    pane.ask("approve", PEOPLE)
    pane.person.set_value("he")
    pane.reason.set_value("checked twice")
    qtbot.keyClicks(pane.password.entry, " pass word ")
    qtbot.keyClick(pane.password.entry, Qt.Key.Key_Return)
    assert pane.signatures == [("he", " pass word ", "checked twice")]
    assert pane.password.value() == ""


def test_what_is_left_out_is_said_at_its_field(pane, qtbot):
    pane.ask("approve", PEOPLE)
    qtbot.mouseClick(pane.sign_button, Qt.MouseButton.LeftButton)
    assert pane.signatures == []
    assert pane.person.error()
    assert pane.password.error()
    assert pane.reason.error()


def test_without_a_list_the_staff_number_is_typed(pane, qtbot):
    pane.ask("approve", needs_reason=False)
    qtbot.keyClicks(pane.login.entry, "N20417")
    qtbot.keyClicks(pane.password.entry, "secret")
    qtbot.mouseClick(pane.sign_button, Qt.MouseButton.LeftButton)
    assert pane.signatures == [("N20417", "secret", "")]


def test_a_refusal_keeps_everything_but_the_password(pane, qtbot):
    pane.ask("approve", PEOPLE[:1])
    pane.reason.set_value("checked")
    qtbot.keyClicks(pane.password.entry, "wrong")
    pane.sign_button.click()
    pane.refuse("The password is wrong.")
    assert pane.password.error() == "The password is wrong."
    assert (pane.person.value(), pane.reason.value(), pane.password.value()) == ("chen", "checked", "")


def test_escape_and_cancel_forget_the_password(pane, qtbot):
    pane.ask("approve", PEOPLE)
    pane.password.set_value("secret")
    qtbot.keyClick(pane, Qt.Key.Key_Escape)
    assert (pane.left, pane.password.value(), pane.isVisible()) == ([True], "", False)
    qtbot.keyClick(pane, Qt.Key.Key_A)


@pytest.fixture
def palette(window):
    palette = SearchPalette(window)
    palette.words, palette.taken = [], []
    palette.typed.connect(palette.words.append)
    palette.picked.connect(palette.taken.append)
    return palette


def test_typing_asks_after_a_pause_and_enter_opens_what_is_chosen(palette, qtbot):
    palette.open()
    assert palette.words == [""]
    qtbot.keyClicks(palette.entry, "2509")
    qtbot.waitUntil(lambda: palette.words == ["", "2509"])
    palette.show_results(FOUND)
    qtbot.keyClick(palette.entry, Qt.Key.Key_Down)
    qtbot.keyClick(palette.entry, Qt.Key.Key_Return)
    assert palette.taken == [FOUND[1]]
    assert not palette.isVisible()


def test_a_click_opens_what_was_found(palette, qtbot):
    palette.open()
    palette.show_results(FOUND)
    palette.grab()
    table = palette._table
    where = table.visualRect(table.model().index(0, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert palette.taken == [FOUND[0]]


def test_escape_or_a_click_beside_it_closes_the_palette(palette, window, qtbot):
    palette.open()
    qtbot.keyClick(palette.entry, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    palette.open("x")
    window.resize(900, 500)
    qtbot.mouseClick(window, Qt.MouseButton.LeftButton, pos=window.rect().bottomLeft())
    assert not palette.isVisible()


def test_nothing_found_is_said_and_enter_does_nothing(palette, qtbot):
    palette.open()
    palette.entry.setText("zzz")
    palette.show_results(())
    assert palette._nothing.isVisible()
    qtbot.keyClick(palette.entry, Qt.Key.Key_Return)
    assert palette.taken == []


def marks_of(*passages):
    return [Mark(TEXT.index(words), TEXT.index(words) + len(words), tone, n) for words, tone, n in passages]


@pytest.fixture
def notice(qtbot):
    notice = NoticeView(spoken("widgets.undo"))
    qtbot.addWidget(notice)
    notice.resize(300, 120)
    notice.show()
    return notice


def test_the_text_of_a_notice_is_never_markup(notice):
    notice.set_notice(TEXT)
    assert notice.toPlainText() == TEXT


def test_marked_passages_carry_their_numbers(notice):
    notice.set_notice(TEXT, marks_of(("CVC-7F-20", "stop", 1), ("2509A17", "stop", 2), ("2510B03 除外", "ok", 5)))
    assert notice.toPlainText().replace(" 1 ", " ", 1).startswith("型号 CVC-7F-20 批号 2509A17 2")
    assert list(notice.shown_ranges()) == [1, 2, 5]


def test_of_overlapping_marks_the_earlier_is_shown(notice):
    notice.set_notice(TEXT, marks_of(("2509A17 至 2510B04", "stop", 3), ("2510B04", "ok", 4)))
    assert list(notice.shown_ranges()) == [3]
    notice.set_notice(TEXT, [Mark(5, 5, "stop", 1)])
    assert notice.shown_ranges() == {}


def test_a_mark_is_pressed_by_mouse_or_keyboard(notice, qtbot):
    pressed = []
    notice.pressed.connect(pressed.append)
    notice.set_notice(TEXT, marks_of(("CVC-7F-20", "stop", 1), ("2509A17", "attention", 2)))
    notice.setFocus()
    qtbot.keyClick(notice, Qt.Key.Key_Tab)
    qtbot.keyClick(notice, Qt.Key.Key_Return)
    assert pressed == [1]
    notice.anchorClicked.emit(QUrl("https://elsewhere.invalid"))
    assert pressed == [1]


def test_the_current_mark_stands_out_and_survives_a_change_of_theme(notice, qapp):
    notice.set_notice(TEXT * 9, marks_of(("CVC-7F-20", "stop", 1), ("2509A17", "attention", 2)))
    notice.emphasise(2)
    before = notice.shown_ranges()
    theme.apply(qapp, dark=True)
    assert notice.shown_ranges() == before
    notice.emphasise(0)


def test_a_toast_offers_to_undo_and_goes(window, qtbot):
    toast = Toast(window)
    undone = []
    toast.say("Posted 5 lines", undo=lambda: undone.append(True))
    assert toast.words() == "Posted 5 lines"
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: undone == [True])
    assert not toast.isVisible()
    toast.say("Saved", "accent")
    assert not toast._action.isVisible()
    window.resize(800, 500)
    toast.grab()
    toast._timer.start(1)
    qtbot.waitUntil(lambda: not toast.isVisible())
    assert toast.words() == ""


def test_undo_is_gone_with_its_toast(window, qtbot):
    toast = Toast(window)
    undone = []
    toast.say("Posted", undo=lambda: undone.append(True))
    toast.say("Saved")
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == []


def test_the_strip_answers_and_keeps_three_scans(qtbot):
    strip = ScanStrip()
    qtbot.addWidget(strip)
    strip.resize(1138, 64)
    strip.answer("Ready")
    strip.grab()
    parts = [ScanPart("(01)", "06999990022083"), ScanPart("(10)", "TF-0611C")]
    strip.answer("Expiry is missing", "attention", "warning", parts, "GS1-128")
    for number in range(4):
        strip.remember(ScanVerdict(f"lot{number}", "taken", "ok", "check-circle"))
    assert [verdict.code for verdict in strip.verdicts()] == ["lot3", "lot2", "lot1"]
    assert strip.message() == strip.accessibleName() == "Expiry is missing"
    assert strip.grab().toImage().pixelColor(600, 58) == theme.colour("attention_bg")
    strip.set_last(())
    assert strip.verdicts() == ()


def test_panes_speak_the_other_language(pane, palette, notice, qtbot):
    switch_language("en")
    qtbot.waitUntil(lambda: pane.sign_button.accessibleName() == "Sign")
    qtbot.waitUntil(lambda: notice.accessibleName() == "Undo")
    qtbot.waitUntil(lambda: palette.entry.placeholderText().startswith("A batch"))
