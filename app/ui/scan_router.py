"""Catches what a keyboard-wedge scanner types, on any page, whether or not a field has the focus.

Keys are held back while they could be a scan, at most ``max_gap_ms`` each. What turns out to be a person's typing is
replayed to where it was going, in order, so that a field never loses a letter. Password fields and widgets with the
property ``raw_keys`` are never touched. The limits are a starting judgement, not measured on hardware: all can be set,
and framing by a prefix is safer than timing.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from app.ui.plugged_scanners import PluggedScanners
from app.ui.scan_burst import GS, Burst, Capture, ScanTiming

__all__ = ["Capture", "ScanRouter", "ScanTiming"]

ENDS = {Qt.Key.Key_Return: "\r", Qt.Key.Key_Enter: "\r", Qt.Key.Key_Tab: "\t"}
CONTROLS = "\x04\x1c\x1d\x1e\x1f"
"""Separators of ISO 15434 and GS1 that a scanner types as Ctrl combinations."""
_QUIET = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
Kind = Literal["text", "separator", "alt_digit", "end", "other"]


@dataclass(frozen=True, slots=True)
class _Held:
    """A key that waits for its fate, with all that is needed to send it on."""

    window: QObject
    event_type: QEvent.Type
    key: int
    modifiers: Qt.KeyboardModifier
    text: str
    native: tuple[int, int, int]


def monotonic_ms() -> float:
    """The clock of the router."""
    return time.monotonic() * 1000


class ScanRouter(QObject):
    """Set to work once with ``start``. Of the two signals ``captured`` comes first."""

    scanned = Signal(str)
    """What was scanned, as it came: separators as GS (0x1D), nothing trimmed, nothing normalised."""
    captured = Signal(object)
    """The same scan as a ``Capture``, with its timing, for the scanner bench."""

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        timing: ScanTiming | None = None,
        clock: Callable[[], float] | None = None,
    ) -> None:
        super().__init__(parent)
        self._clock = clock or monotonic_ms
        self._uses_stamps = clock is None
        self._burst = Burst(timing or ScanTiming())
        self._held: list[_Held | str] = []
        """Keys, and texts an input method passed, in the order they came."""
        self._alt_digits = ""
        self._target: QObject | None = None
        self._is_listening = self._is_replaying = False
        self._ended_at = float("-inf")
        self._arrived_at = 0.0
        self.plugged: PluggedScanners | None = None
        """Those on serial lines, whose scans come by the same signals; see ``attach``."""
        self._silence = QTimer(self, singleShot=True)
        self._silence.timeout.connect(self.settle)

    @property
    def timing(self) -> ScanTiming:
        return self._burst.timing

    def set_timing(self, timing: ScanTiming) -> None:
        """Use other limits from the next key on."""
        self._release()
        self._burst = Burst(timing)

    def attach(self, plugged: PluggedScanners) -> None:
        """What these hear is scanned too; they end with this router."""
        self.plugged = plugged
        plugged.heard.connect(self.hear)

    @Slot(object)
    def hear(self, capture: Capture) -> None:
        """A scan that came another way than by the keyboard."""
        self.captured.emit(capture)
        self.scanned.emit(capture.text)

    def start(self, app: QGuiApplication) -> None:
        """Listen at the window that gets the keys and at the object that gets composed text, wherever the focus goes.

        A filter on the application would see every event of every widget: 2,000 for one scan, a tenth of its time.
        """
        self._is_listening = True
        app.focusWindowChanged.connect(self._listen_at_window)
        app.focusObjectChanged.connect(self._listen_at_object)
        self._listen_at_window(app.focusWindow())
        self._listen_at_object(app.focusObject())

    def stop(self, app: QGuiApplication) -> None:
        """A router that does not listen takes no notice."""
        self._release()
        if self.plugged is not None:
            self.plugged.stop()
        if not self._is_listening:
            return
        self._is_listening = False
        app.focusWindowChanged.disconnect(self._listen_at_window)
        app.focusObjectChanged.disconnect(self._listen_at_object)
        for window in app.allWindows():
            window.removeEventFilter(self)
        self._listen_at_object(None)

    @Slot(QWindow)
    def _listen_at_window(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)  # a second time only moves the filter to the front

    @Slot(QObject)
    def _listen_at_object(self, target: QObject | None) -> None:
        if self._target is not None and isValid(self._target):
            self._target.removeEventFilter(self)
        self._target = None if isinstance(target, QWindow) else target
        if self._target is not None:
            self._target.installEventFilter(self)

    def settle(self) -> None:
        """Decide about what is held once nothing more has come for ``max_gap_ms``; the silence timer calls it."""
        if not self._held and not self._burst.text:
            return
        wait = self._burst.allowed_gap_ms - (self._clock() - self._arrived_at)
        if wait > 0:
            self._silence.start(max(1, int(wait)))
            return
        self._finish("silence")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._is_replaying:
            return False
        kind = event.type()
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            return watched is QApplication.focusWidget() and self._take_composed(event)
        if not isinstance(watched, QWindow) or not isinstance(event, QKeyEvent):
            return False
        if _leaves_alone(QApplication.focusWidget()):
            return False
        if kind == QEvent.Type.ShortcutOverride:
            return self._override(event)
        if kind == QEvent.Type.KeyPress:
            return self._take_press(watched, event)
        return kind == QEvent.Type.KeyRelease and self._take_release(watched, event)

    def _override(self, event: QKeyEvent) -> bool:
        """Keep shortcuts from eating a scan's characters: Ctrl+] always, the rest once a burst is under way."""
        sort = self._sort(event)
        if sort == "separator" or (sort in ("text", "end") and self._burst.is_under_way(self._stamp(event))):
            event.accept()
            return True
        return False

    def _sort(self, event: QKeyEvent) -> Kind:
        modifiers, text, key = event.modifiers(), event.text(), event.key()
        if key in ENDS and not modifiers & ~_QUIET:
            return "end"
        if modifiers & _ALT and not modifiers & _CTRL and Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            return "alt_digit"
        if text == GS or (modifiers & ~_QUIET == _CTRL and key == Qt.Key.Key_BracketRight):
            return "separator"
        if text and text in CONTROLS and self._burst.text:
            return "separator"
        plain = not modifiers & ~_QUIET or modifiers & ~_QUIET == _CTRL | _ALT
        return "text" if plain and text.isprintable() and text else "other"

    def _take_press(self, window: QWindow, event: QKeyEvent) -> bool:
        sort = self._sort(event)
        if event.isAutoRepeat() or sort == "other":
            return self._take_other(window, event)
        stamp = self._stamp(event)
        if sort == "end":
            return self._take_end(event, stamp)
        if not self._burst.could_go_on(stamp):
            self._finish("silence")
        self._hold(window, event)
        if sort == "alt_digit":
            self._alt_digits += chr(event.key())
            return True
        self._add(self._separator(event) if sort == "separator" else event.text(), stamp)
        return True

    def _take_other(self, window: QWindow, event: QKeyEvent) -> bool:
        """Modifier keys travel with the burst; anything else shows that a person is typing."""
        if event.key() in (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr):
            if self._held:
                self._hold(window, event)
                return True
            return False
        self._release()
        return False

    def _separator(self, event: QKeyEvent) -> str:
        """One GS, even where the system types it once more after Alt+029."""
        if event.text() and event.text() in CONTROLS:
            return "" if event.text() == GS and self._burst.text.endswith(GS) else event.text()
        return GS

    def _take_end(self, event: QKeyEvent, stamp: float) -> bool:
        if self._burst.could_go_on(stamp) and self._burst.is_scan():
            self._finish(ENDS[Qt.Key(event.key())])
            self._ended_at = stamp
            return True
        self._release()
        if stamp - self._ended_at < self.timing.max_gap_ms:
            self._ended_at = float("-inf")
            return True  # the LF of a CR LF suffix
        return False

    def _take_release(self, window: QWindow, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Alt and self._alt_digits:
            code, self._alt_digits = int(self._alt_digits), ""
            if code < 256 and not (chr(code) == GS and self._burst.text.endswith(GS)):
                self._add(chr(code), self._stamp(event))
        if any(isinstance(held, _Held) and held.key == event.key() for held in self._held):
            self._hold(window, event)
            return True
        return False

    def _take_composed(self, event: QInputMethodEvent) -> bool:
        """Text an input method passed on; only Latin, narrow or full-width, can come from a scanner."""
        words = event.commitString()
        if not words or event.preeditString() or _leaves_alone(QApplication.focusWidget()):
            return False
        if not all(_is_latin(letter) for letter in words):
            self._release()
            return False
        stamp = self._clock()
        if not self._burst.could_go_on(stamp):
            self._finish("silence")
        self._held.append(words)
        self._burst.is_composed = True
        self._add(words, stamp)
        return True

    def _stamp(self, event: QKeyEvent) -> float:
        """When the key was pressed: by the system, so that keys queued behind a busy screen keep their gaps."""
        return float(event.timestamp()) if self._uses_stamps and event.timestamp() else self._clock()

    def _add(self, text: str, stamp: float) -> None:
        self._burst.add(text, stamp)
        self._arrived_at = self._clock()
        self._silence.start(max(1, int(self._burst.allowed_gap_ms)))
        if self._burst.is_too_long:
            self._release()

    def _hold(self, window: QObject, event: QKeyEvent) -> None:
        native = (event.nativeScanCode(), event.nativeVirtualKey(), event.nativeModifiers())
        self._held.append(_Held(window, event.type(), event.key(), event.modifiers(), event.text(), native))
        self._arrived_at = self._clock()
        if not self._silence.isActive():
            self._silence.start(max(1, int(self._burst.allowed_gap_ms)))

    def _finish(self, ended_by: str) -> None:
        if not self._burst.is_scan():
            self._release()
            return
        capture = self._burst.capture(ended_by)
        self._drop()
        self.hear(capture)

    def _drop(self) -> None:
        self._silence.stop()
        self._held.clear()
        self._alt_digits = ""
        self._burst.clear()

    def _release(self) -> None:
        """Send everything that was held to where it was going."""
        held = tuple(self._held)
        self._drop()
        self._is_replaying = True
        try:
            for one in held:
                _commit(one) if isinstance(one, str) else _send(one)
        finally:
            self._is_replaying = False


def _send(held: _Held) -> None:
    event = QKeyEvent(held.event_type, held.key, held.modifiers, *held.native, held.text)
    QCoreApplication.sendEvent(held.window, event)


def _commit(words: str) -> None:
    widget = QApplication.focusWidget()
    if widget is not None:  # pyright: ignore[reportUnnecessaryComparison] nothing may have the focus
        event = QInputMethodEvent()
        event.setCommitString(words)
        QCoreApplication.sendEvent(widget, event)


def _leaves_alone(widget: QWidget | None) -> bool:
    """Fields whose keys are nobody's business: passwords (a password safe types fast), and raw key displays."""
    if widget is None:
        return False
    if isinstance(widget, QLineEdit) and widget.echoMode() != QLineEdit.EchoMode.Normal:
        return True
    return bool(widget.property("raw_keys"))


def _is_latin(letter: str) -> bool:
    return " " <= letter <= "~" or "\uff01" <= letter <= "\uff5e" or letter in CONTROLS
