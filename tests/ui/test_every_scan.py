"""A scan on any page is answered on the screen, with or without a field in use, and never ends in the field."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.ui.scan_router import monotonic_ms
from app.ui.widgets.verdict_screen import VerdictScreen
from tests.services.receiving_bay import FAR, label
from tests.ui import eyes
from tests.ui.desks import Stage
from tests.ui.fingers import Fingers
from tests.ui.full_house import EVERYONE
from tests.ui.full_house_desk import targets

SCANS = {
    "a known lot": label(lot="FREE1", expiry=FAR, di="06999999013037"),
    "a recalled lot": label(lot="A100", expiry=FAR),
    "an unknown code": label(di="09999999999994", lot="ZZ77", expiry=FAR),
    "half a barcode": "0106999999012016",
    "a broken code": "0106999999012017" + "17991331" + "10\x1d\x1d",
    "rubbish": "https://example.org/?q=1",
    "a control code": "RD:CTL:NEXT",
    "an unknown control code": "RD:CTL:NOBODY",
    "a case": "RD:CASE:RC-1999-0001",
    "a task": "RD:TASK:999999",
    "a batch": "RD:BATCH:999999",
}


def on_screen(stage: Stage) -> list[str]:
    """What is written below the bar at the top, which always repeats the scan."""
    window = stage.desk.window
    sign = next((one for one in window.findChildren(VerdictScreen) if one.isVisible()), None)
    shown: list[QWidget] = [sign or window.current_page(), window.toast_strip]
    words = [text.words for widget in shown if widget.isVisible() for text in eyes.drawn(widget)]
    return [window.current_key(), *words]


@pytest.mark.parametrize(
    "key",
    [
        "workbench",
        "receiving",
        "inspection",
        "issuing",
        "requisitions",
        "orders",
        "stores",
        "ward",
        "kits",
        "leaving",
        "batches",
        "recalls",
        "settings",
    ],
)
def test_every_scan_is_answered_on_the_screen(key, template, stage):
    stage.enter(EVERYONE)
    fingers = Fingers(stage)
    silent: list[str] = []
    for target in targets(key, template.house):
        for name, raw in list(SCANS.items())[: None if target in (None, "check") else 4]:
            fingers.open(key, target)
            stage.desk.window.toast_strip.hide()
            stage.desk.window.setFocus()
            before = on_screen(stage)
            fingers._do(f"scan of {name}", lambda raw=raw: stage.desk.take_scan(raw))
            if on_screen(stage) == before:
                silent.append(f"{key}/{target}: {name}")
    assert not fingers.faults, "\n".join(["", *fingers.faults.values()])
    assert not silent, "\n".join(["nothing on the screen after the scan:", *silent])


def fields(page: QWidget) -> list[QLineEdit | QPlainTextEdit]:
    """Fields in which a person may be typing; a password is nobody's scan."""
    return [
        widget
        for widget in eyes.seen(page)
        if isinstance(widget, QLineEdit | QPlainTextEdit)
        and widget.isEnabled()
        and not widget.isReadOnly()
        and not (isinstance(widget, QLineEdit) and widget.echoMode() is QLineEdit.EchoMode.Password)
    ]


def text_of(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def scan_by_keyboard(stage: Stage, raw: str) -> None:
    """As a scanner types it: into the window, all at once by the system's stamps, with Enter at the end."""
    began = int(monotonic_ms())
    for number, letter in enumerate([*raw, "\r"]):
        key = Qt.Key.Key_Return if letter == "\r" else Qt.Key(ord(letter.upper()))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
            event.setTimestamp(began + number)
            QCoreApplication.sendEvent(stage.desk.window.windowHandle(), event)
    stage.settle()


@pytest.mark.parametrize(
    "key",
    [
        "workbench",
        "receiving",
        "inspection",
        "issuing",
        "requisitions",
        "orders",
        "stores",
        "ward",
        "kits",
        "leaving",
        "batches",
        "recalls",
        "settings",
    ],
)
def test_a_scan_while_somebody_types_never_ends_in_the_field(key, template, stage, qtbot):
    raw = label(lot="FREE1", expiry=FAR, di="06999999013037").replace("\x1d", "")
    stage.enter(EVERYONE)
    stage.desk.window.activateWindow()
    fingers = Fingers(stage)
    spoilt, heard = [], []
    stage.desk._parts.scans.scanned.connect(heard.append)
    for target in targets(key, template.house):
        fingers.open(key, target)
        for number in range(len(fields(stage.desk.window.current_page()))):
            fingers.open(key, target)
            found = fields(stage.desk.window.current_page())
            if number >= len(found):
                break
            field, name = found[number], eyes.called(found[number])
            field.setFocus()
            heard.clear()
            scan_by_keyboard(stage, raw)
            if heard != [raw]:
                spoilt.append(f"{key}/{target} {name}: not heard as a scan but as {heard}")
            spoilt += [
                f"{key}/{target} {name}: {text_of(one)!r}"
                for one in fields(stage.desk.window)
                if raw[:8] in text_of(one)
            ]
    assert not spoilt, "\n".join(["", *spoilt])
