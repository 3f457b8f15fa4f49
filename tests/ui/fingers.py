"""Somebody who presses everything: each button, row, choice and key of a page, and keeps what went wrong."""

import logging
import re
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTableView,
    QWidget,
)
from shiboken6 import isValid

from app.ui.language import language
from app.ui.widgets.verdict_screen import VerdictScreen
from tests.ui import eyes
from tests.ui.desks import Stage

PLAIN, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
ROWS_OF_KEYS = (
    ("function keys", [getattr(Qt.Key, f"Key_F{number}") for number in range(2, 13)], PLAIN),
    ("editing keys", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_Escape], PLAIN),
    ("moving keys", [Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Tab, Qt.Key.Key_PageDown, Qt.Key.Key_End], PLAIN),
    ("figures and signs", [getattr(Qt.Key, f"Key_{sign}") for sign in "0123789YNJQ"], PLAIN),
    ("Ctrl", [getattr(Qt.Key, f"Key_{sign}") for sign in (*"NFSEDP1234567", "Return")], CONTROL),
)
NASTY = "'; DROP TABLE batch; -- {typed} %s <b>x</b> \u202e\U0001f600 -1"
MOST_PRESSES, MOST_ROWS, MOST_ROUNDS = 160, 2, 4


@dataclass
class Press:
    """Something one can do on the screen now; ``name`` tells it from all others of the page."""

    name: str
    act: Callable[[], object]


@dataclass
class Fingers:
    """Works one page of a stage; ``faults`` are sentences, each once."""

    stage: Stage
    faults: dict[str, str] = field(default_factory=dict)
    presses: int = 0
    where: str = ""
    _looked: set[tuple[str, ...]] = field(default_factory=set)

    # the page -------------------------------------------------------------------
    @property
    def window(self):
        return self.stage.desk.window

    def settle(self) -> None:
        """Until every answer is shown, and what was thrown away is gone: no event loop runs here to do that."""
        self.stage.settle()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        for _ in range(2):  # what a scrolling pane holds is laid out one round after the pane
            QCoreApplication.processEvents()

    def work_through(self, key: str, target: object, *, typed: str = "") -> None:
        """Press everything that can be reached from a page, until nothing new appears; ``typed`` fills each field."""
        done: set[str] = set()
        for _ in range(MOST_ROUNDS):
            self.open(key, target)
            if not self._press_round(key, done, typed) or typed:
                break
        if not typed:
            self.open(key, target)
            self._press_keys(key)

    def open(self, key: str, target: object) -> None:
        self.where = f"{key}/{target}"
        self._close_overlays()
        with self._noticing("opening"):
            self.window.open_page(key, target)
            self.settle()
        self.look("opened")

    def _press_round(self, key: str, done: set[str], typed: str) -> bool:
        """One walk until all that is visible has been pressed; whether anything was new."""
        anything = False
        for _ in range(MOST_PRESSES):
            press = next((one for one in self._possible(key) if one.name not in done), None)
            if press is None:
                break
            done.add(press.name)
            anything = True
            if typed:
                self.type_into_all(typed)
            self._do(press.name, press.act)
            self._stay_on(key)
        return anything

    def _press_keys(self, key: str) -> None:
        """Each row of keys without waiting between them, as somebody does who hopes that one of them helps."""
        for name, keys, modifiers in ROWS_OF_KEYS:

            def hammer(keys=keys, modifiers=modifiers) -> None:
                for one in keys:
                    QTest.keyClick(self._focus(), one, modifiers)

            self._do(name, hammer)
            self._stay_on(key)

    def _focus(self) -> QWidget:
        return self.window.focusWidget() or self.window

    def _stay_on(self, key: str) -> None:
        if self.window.current_key() != key:
            self.look(f"on {self.window.current_key()}")
            with self._noticing("going back"):
                self.window.open_page(key)
                self.settle()

    # what can be pressed ----------------------------------------------------------
    def _possible(self, key: str) -> Iterator[Press]:
        page = self.window.current_page()
        root = next((sign for sign in self.window.findChildren(VerdictScreen) if sign.isVisible()), page)
        for widget in eyes.seen(root):
            if isinstance(widget, QAbstractButton) and widget.isEnabled() and not _is_inner(widget):
                yield Press(_named(widget), lambda w=widget: QTest.mouseClick(w, Qt.MouseButton.LeftButton))
            elif isinstance(widget, QTableView) and widget.isEnabled():
                yield from _rows(widget)
            elif isinstance(widget, QComboBox) and widget.isEnabled():
                yield from _choices(widget)
            elif type(widget).__name__ in ("StackedBars", "TraceFlow", "PaperView", "NoticeView", "MarkedEditor"):
                yield from _points(widget)

    # doing and noticing -----------------------------------------------------------
    def _do(self, name: str, act: Callable[[], object]) -> None:
        self.presses += 1
        with self._noticing(name):
            act()
            self.settle()
        self._close_popups(name)
        if self.window is None:
            raise AssertionError(f"{self.where}: {name} closed the window")
        self.look(name)

    @contextmanager
    def _noticing(self, name: str) -> Iterator[None]:
        """Keep exceptions of slots and lines of the log, with the press that made them."""
        told: list[str] = []
        before = sys.excepthook
        sys.excepthook = lambda kind, error, trace: told.append(_short(kind, error, trace))
        ear = _Ear(told)
        logging.getLogger().addHandler(ear)
        try:
            yield
        finally:
            sys.excepthook = before
            logging.getLogger().removeHandler(ear)
        for words in told:
            self.blame(name, words)

    def look(self, name: str) -> None:
        """Check what stands on the screen, once for each different screen."""
        page = self.window.current_page()
        widgets = [
            widget
            for widget in eyes.seen(self.window)
            if isinstance(widget, QAbstractButton | QLineEdit) or hasattr(widget, "set_text")
        ]
        shape = (language(), *(_plain(eyes.called(widget)) for widget in widgets))
        if shape in self._looked:
            return
        self._looked.add(shape)
        for words in (
            *eyes.wrong_words(eyes.drawn(self.window), language(), eyes.entered(page)),
            *eyes.unnamed(page),
            *eyes.cut_off(page),
            *self._too_big(page),
        ):
            self.blame(name, words)

    def _too_big(self, page: QWidget) -> Iterator[str]:
        least, room = page.minimumSizeHint(), page.size()
        if least.width() > room.width() or least.height() > room.height():
            yield f"page needs {least.width()}×{least.height()}, has {room.width()}×{room.height()}"
        for window in QApplication.topLevelWidgets():
            if window.isVisible() and window is not self.window:
                yield f"another window: {window}"

    def blame(self, name: str, words: str) -> None:
        fault = re.sub(r"\d{3,}", "#", words)
        self.faults.setdefault(fault, f"[{self.where} {language()}] {name}: {words}")

    # cleaning up --------------------------------------------------------------------
    def _close_popups(self, name: str) -> None:
        for _ in range(3):
            popup = QApplication.activePopupWidget()
            if popup is None:
                return
            if not isinstance(popup, QMenu) and not isinstance(popup.parentWidget(), QComboBox):
                self.blame(name, f"a popup: {popup}")
            popup.close()
            self.settle()

    def _close_overlays(self) -> None:
        for sign in self.window.findChildren(VerdictScreen):
            sign.hide()
        self.window.palette_pane.hide()
        self.window.help.hide()

    def type_into_all(self, words: str) -> None:
        page = self.window.current_page()
        for widget in eyes.seen(page):
            if isinstance(widget, QLineEdit) and not widget.isReadOnly() and widget.isEnabled() and not widget.text():
                widget.setFocus()
                with self._noticing(f"typing into {eyes.called(widget)}"):
                    widget.insert(words)
            elif isinstance(widget, QPlainTextEdit) and not widget.isReadOnly() and not widget.toPlainText():
                with self._noticing(f"typing into {eyes.called(widget)}"):
                    widget.insertPlainText(words)


class _Ear(logging.Handler):
    def __init__(self, told: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._told = told

    def emit(self, record: logging.LogRecord) -> None:
        why = str(record.exc_info[1]) if record.exc_info else ""
        where = _short(*record.exc_info) if record.exc_info else ""
        self._told.append(f"logged {record.getMessage()} {why} {where}")


def _short(kind, error, trace) -> str:
    frames = traceback.extract_tb(trace)[-3:]
    way = " > ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in frames)
    return f"{kind.__name__}: {error} ({way})"


def _plain(words: str) -> str:
    return re.sub(r"\d+", "#", words)


def _named(widget: QWidget) -> str:
    return f"{type(widget).__name__} {_plain(eyes.called(widget))}"


def _is_inner(widget: QWidget) -> bool:
    """Qt's own parts, such as the corner of a table."""
    return widget.objectName().startswith("qt_") or type(widget) is QAbstractButton


def _rows(table: QAbstractItemView) -> Iterator[Press]:
    model = table.model()
    name = table.accessibleName()

    def go(row: int) -> None:
        if isValid(table) and row < model.rowCount():
            table.setFocus()
            table.setCurrentIndex(model.index(row, 0))
            QTest.keyClick(table, Qt.Key.Key_Return)

    for row in range(min(model.rowCount(), MOST_ROWS)):
        yield Press(f"row {row} of {name}", lambda row=row: go(row))


def _choices(combo: QComboBox) -> Iterator[Press]:
    def choose(number: int) -> None:
        combo.setFocus()
        combo.setCurrentIndex(number)
        combo.activated.emit(number)

    for number in range(min(combo.count(), MOST_ROWS)):
        yield Press(f"choice {number} of {combo.accessibleName()}", lambda number=number: choose(number))


def _points(widget: QWidget) -> Iterator[Press]:
    for share in (0.1, 0.5, 0.9):
        place = widget.rect().center()
        place.setX(round(widget.width() * share))
        yield Press(
            f"{type(widget).__name__} at {share}",
            lambda place=place: QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place),
        )
    yield Press(f"Enter on {type(widget).__name__}", lambda: QTest.keyClick(widget, Qt.Key.Key_Return))
