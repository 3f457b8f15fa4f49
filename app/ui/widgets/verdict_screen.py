"""The full-page answer to one scan: a sign, big words in both languages, the reason, what to do now.

A stop needs a deliberate key: Enter, Space and whatever else a scanner types are swallowed while it stands.
"""

from collections.abc import Callable
from functools import partial
from weakref import WeakMethod

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.ui import icons, theme
from app.ui.widgets import painting
from app.ui.widgets.card import Surface, clear
from app.ui.widgets.facts import Fact
from app.ui.widgets.labels import IconMark, Label, Rule
from app.ui.widgets.verdict_sign import BAND, PANEL, Hero, Sign, SignButton, Step, Tone

FULL = 5
"""So many facts or steps fill the panel; fewer stand at its top."""


def _tell(keeps: WeakMethod[Callable[..., None]], old: QWidget | None, now: QWidget | None) -> None:
    """A screen that is just going is not told: Qt would look for a slot that is no longer there."""
    keep = keeps()
    if keep is not None and isValid(getattr(keep, "__self__", None)):
        keep(old, now)


class VerdictScreen(QWidget):
    """Covers the whole window of ``over``. ``show_sign`` fills and shows it; the page hides it after ``acted``.

    While it shows, it keeps the focus and every key: no shortcut of the page or the window under it answers.
    """

    acted = Signal(str)
    """The name of the action a person took by its key or the mouse."""
    timed_out = Signal()
    """The seconds of a sign that leaves by itself are over."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._sign: Sign | None = None
        self._buttons: list[SignButton] = []
        self._left_ms = 0
        self._tick = QTimer(self, interval=200)
        self._tick.timeout.connect(self._count_down)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, BAND, 24, 0)
        column.setSpacing(0)
        self._hero = Hero()
        self._panel = Surface("surface", "", 10)
        self._panel.setFixedHeight(PANEL)
        self._panel_row = QHBoxLayout(self._panel)
        self._panel_row.setContentsMargins(28, 20, 28, 20)
        self._panel_row.setSpacing(21)
        self._foot = QHBoxLayout()
        self._foot.setContentsMargins(4, 20, 0, 20)
        self._foot.setSpacing(12)
        column.addWidget(self._hero, 1)
        column.addWidget(self._panel)
        column.addLayout(self._foot)
        self._came_from: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(partial(_tell, WeakMethod(self._keep_focus)))
        self.hide()

    @property
    def holds(self) -> bool:
        """Whether a stop stands that only a deliberate key may end; scans are then not for anyone."""
        return self.isVisible() and self._sign is not None and self._sign.holds

    def show_sign(self, sign: Sign) -> None:
        self._sign = self._hero.sign = sign
        self.setAccessibleName(f"{sign.words}. {sign.other_words}. {sign.reason}")
        clear(self._panel_row)
        clear(self._foot)
        self._panel_row.addWidget(_facts_side(sign), 0)
        rule = Rule(vertical=True)
        self._panel_row.addWidget(rule)
        self._panel_row.addWidget(_steps_side(sign), 1)
        self._fill_foot(sign)
        self._left_ms = sign.seconds * 1000
        self._tick.stop()
        if sign.seconds:
            self._tick.start()
        self._cover()
        if not self.isVisible():
            self._came_from = QApplication.focusWidget()
        self.show()
        self.raise_()
        self.setFocus()
        self.update()

    def _cover(self) -> None:
        window = self._over.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        window.installEventFilter(self)  # also where it has been the parent from the start: a full screen comes late
        self.setGeometry(window.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._over.window():
            self.setGeometry(self._over.window().rect())
        return False

    def _fill_foot(self, sign: Sign) -> None:
        if sign.contact and sign.holds:
            self._foot.addWidget(IconMark("phone", "ink_light", 18))
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch(1)
        words.addWidget(Label(sign.contact, "ink_light", 11.5, bold=True))
        if sign.contact_note:
            words.addWidget(Label(sign.contact_note, "ink_light", theme.BODY))
        words.addStretch(1)
        self._foot.addLayout(words)
        self._foot.addStretch(1)
        self._buttons = [SignButton(action, f"sign_{sign.tone}") for action in sign.actions]
        for button in self._buttons:
            self._foot.addWidget(button)
            button.clicked.connect(lambda _=False, name=button.action_name: self._take(name))

    def _take(self, name: str) -> None:
        self._tick.stop()
        self.acted.emit(name)

    def _count_down(self) -> None:
        self._left_ms -= self._tick.interval()
        self.update()
        if self._left_ms <= 0:
            self._tick.stop()
            self.timed_out.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the action whose key this is; whatever else a scanner types ends here."""
        event.accept()
        pressed = QKeySequence(event.keyCombination())
        for button in self._buttons:
            if QKeySequence(button.key) == pressed and not event.isAutoRepeat():
                button.click()
                return

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 Qt's name
        """Tab goes round among the actions and never to the page below."""
        places = [place for place, button in enumerate(self._buttons) if button.hasFocus()]
        if self._buttons:
            step = 1 if forward else -1
            place = (places[0] + step) % len(self._buttons) if places else 0
            self._buttons[place].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _keep_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Something below asked for the focus, such as a page whose answer has just come: take it back."""
        if now is None or not self.isVisible() or now.window() is not self.window():
            return
        if now is not self and not self.isAncestorOf(now):
            self._came_from = now
            self.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        came_from, self._came_from = self._came_from, None
        self._tick.stop()
        if came_from is not None and isValid(came_from) and came_from.isVisible():
            came_from.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._sign is None:
            return
        painter = QPainter(self)
        ground = theme.colour(f"sign_{self._sign.tone}")
        painter.fillRect(self.rect(), ground)
        painter.fillRect(QRectF(0, 0, self.width(), BAND), QColor(0, 0, 0, 38))
        white, quiet = theme.colour("ink_light"), theme.font()
        icons.paint(painter, "pin", white, QRectF(24, BAND / 2 - 9, 18, 18))
        place = QRectF(48, 0, self.width() / 2, BAND)
        painting.draw_text(painter, place, self._sign.place, theme.font(bold=True), white)
        person = QRectF(self.width() / 2, 0, self.width() / 2 - 24, BAND)
        painting.draw_text(painter, person, self._sign.person, quiet, white, painting.RIGHT)
        if self._sign.seconds:
            share = self._left_ms / (self._sign.seconds * 1000)
            trough = QRectF(28, self.height() - 24, 300, 4)
            painting.rounded(painter, trough, 2, QColor(255, 255, 255, 70))
            painting.rounded(painter, QRectF(28, self.height() - 24, 300 * share, 4), 2, white)
        painter.end()


def _facts_side(sign: Sign) -> QWidget:
    side = QWidget()
    side.setFixedWidth(444)
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(Label(sign.facts_caption, "muted", theme.BODY, bold=True))
    column.addWidget(Label(sign.facts_title, "text", theme.TITLE, bold=True, elide=True))
    column.addSpacing(6)
    for fact in sign.facts:
        column.addWidget(_fact_line(fact), 1)
    column.addStretch(1 if len(sign.facts) < FULL else 0)
    return side


def _fact_line(fact: Fact) -> QWidget:
    line = QWidget()
    line.setMaximumHeight(44)
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    label = Label(fact.label, "muted", theme.BODY)
    label.setFixedWidth(100)
    row.addWidget(label)
    size = 16.0 if fact.is_bold and fact.is_mono else theme.HEAD
    value = Label(fact.value, fact.ink, size, bold=fact.is_bold, mono=fact.is_mono, elide=True)
    if fact.is_bold and fact.ink != "text":
        marked = Surface(f"{fact.ink}_bg", "", 4)
        inner = QHBoxLayout(marked)
        inner.setContentsMargins(10, 2, 10, 2)
        inner.addWidget(value)
        row.addSpacing(-2)
        row.addWidget(marked)
    else:
        row.addWidget(value)
    row.addStretch(1)
    return line


def _steps_side(sign: Sign) -> QWidget:
    side = QWidget()
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    column.addWidget(Label(sign.steps_caption, "muted", theme.BODY, bold=True))
    for number, step in enumerate(sign.steps, 1):
        column.addWidget(_step_line(number, step, sign.tone), 1)
    column.addStretch(1 if len(sign.steps) < FULL else 0)
    if sign.hint:
        column.addWidget(_hint_line(sign.hint))
    return side


def _step_line(number: int, step: Step, tone: Tone) -> QWidget:
    line = QWidget()
    line.setMaximumHeight(52 if step.icon else 68)
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(16)
    if step.icon:
        row.addWidget(IconMark(step.icon, step.ink, 24))
        name = Label(step.title, "text", theme.HEAD, bold=True)
        name.setMinimumWidth(150)
        row.addWidget(name)
        row.addWidget(Label(step.note, "muted", theme.HEAD, elide=True), 1)
        return line
    row.addWidget(_NumberMark(number, f"sign_{tone}"))
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addStretch(1)
    words.addWidget(Label(step.title, "text", 15, bold=True, elide=True))
    if step.note:
        words.addWidget(Label(step.note, "muted", theme.BODY, elide=True))
    words.addStretch(1)
    row.addLayout(words, 1)
    return line


def _hint_line(hint: str) -> QWidget:
    box = Surface("attention_bg", "", 6)
    box.setFixedHeight(42)
    row = QHBoxLayout(box)
    row.setContentsMargins(16, 0, 16, 0)
    row.setSpacing(12)
    row.addWidget(IconMark("swap", "attention", 18))
    row.addWidget(Label(hint, "attention", 11.5, bold=True, elide=True), 1)
    return box


class _NumberMark(QWidget):
    """A step's number in a filled round."""

    def __init__(self, number: int, ground: str) -> None:
        super().__init__()
        self._number, self._ground = number, ground
        self.setFixedSize(40, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.rounded(painter, QRectF(self.rect()), 20, theme.colour(self._ground))
        letters, white = theme.font(15, bold=True), theme.colour("ink_light")
        painting.draw_text(painter, QRectF(self.rect()), str(self._number), letters, white, painting.CENTRE)
        painter.end()
