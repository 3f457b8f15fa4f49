"""The checklist as rows: look, press, next."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.core.checklists import CheckItem
from app.ui import icons, theme
from app.ui.language import language, say
from app.ui.pages.inspection.presenter import Desk
from app.ui.widgets import painting
from app.ui.widgets.card import clear
from app.ui.widgets.labels import Label

ANSWERS: tuple[tuple[str, bool | None, str, str], ...] = (
    ("pass", True, "check", "ok"),
    ("fail", False, "x", "stop"),
    ("none", None, "minus", "spent"),
)
_KEYS: dict[int, bool | None] = {
    Qt.Key.Key_1: True,
    Qt.Key.Key_Space: True,
    Qt.Key.Key_2: False,
    Qt.Key.Key_0: None,
}


class AnswerButton(QAbstractButton):
    """One of three answers: an icon, its meaning as tip and accessible name."""

    def __init__(self, key: str, icon: str, tone: str) -> None:
        super().__init__()
        self._key, self._icon, self._tone = key, icon, tone
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(36, 30)
        self.speak()

    def speak(self) -> None:
        words = say(f"inspection.answer.{self._key}")
        self.setAccessibleName(words)
        self.setToolTip(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        on = self.isChecked()
        rect = QRectF(self.rect())
        ground = theme.tone_tint(self._tone) if on else theme.colour("surface")
        painting.rounded(painter, rect, 6, ground, theme.colour(self._tone if on else "control"))
        ink = theme.colour(self._tone if on else "muted")
        icons.paint(painter, self._icon, ink, QRectF(rect.center().x() - 8, rect.center().y() - 8, 16, 16))
        painter.end()


class CheckRow(QWidget):
    """1 or Space passes, 2 fails, 0 does not apply, the arrows go on."""

    answered = Signal(object)
    left = Signal(int)
    """One row up (-1) or down (+1)."""

    def __init__(self, item: CheckItem, answer: object) -> None:
        super().__init__()
        self.item = item
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(34)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 1, 0, 1)
        row.setSpacing(6)
        self.label = Label(item.text.said_in(language()), "text", theme.BODY, wrap=True)
        row.addWidget(self.label, 1)
        self.buttons: dict[str, AnswerButton] = {}
        for key, value, icon, tone in ANSWERS:
            button = AnswerButton(key, icon, tone)
            button.setChecked(answer is not _UNANSWERED and answer is value)
            button.clicked.connect(partial(self._answer, value))
            self.buttons[key] = button
            row.addWidget(button)
        given = next((key for key, value, _icon, _tone in ANSWERS if answer is value), "")
        state = say(f"inspection.answer.{given}") if given and answer is not _UNANSWERED else say("inspection.open")
        self.setAccessibleName(f"{self.label.text()} {state}")

    def _answer(self, value: bool | None, _checked: bool = False) -> None:
        self.answered.emit(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _KEYS:
            self.answered.emit(_KEYS[key])
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.left.emit(-1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()
        QTimer.singleShot(0, self, self._reveal)  # a row that was just built has no place yet

    def _reveal(self) -> None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(self, 0, 40)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self.hasFocus():
            painting.rounded(painter, rect, 6, theme.colour("accent_bg"))
        painter.fillRect(QRectF(0, rect.bottom(), rect.width(), 1), theme.colour("soft"))
        painter.end()

    def sizeHint(self) -> QSize:
        return QSize(300, max(34, self.label.heightForWidth(max(80, self.width() - 140)) + 4))


_UNANSWERED = object()


class ChecklistView(QWidget):
    """Rebuilt when the batch changes; an answer moves the focus to the next open item."""

    answered = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.rows: list[CheckRow] = []

    def show_desk(self, desk: Desk) -> None:
        """Keeps the focus on the item it was on, or on the next one after an answer."""
        focused = next((row.item.key for row in self.rows if row.hasFocus()), "")
        clear(self._column)
        self.rows = []
        for item in desk.card.checklist.items:
            answer = desk.answer(item.key)
            row = CheckRow(item, answer.passed if answer is not None else _UNANSWERED)
            row.answered.connect(partial(self._take, item.key))
            row.left.connect(partial(self._step, len(self.rows)))
            self.rows.append(row)
            self._column.addWidget(row)
        if focused:
            self.focus_item(desk, focused)

    def focus_item(self, desk: Desk, key: str = "") -> None:
        """The item of this key while it is open, else the first open one, else the last."""
        wanted = [row for row in self.rows if row.item.key == key and desk.answer(key) is None]
        waiting = wanted or [row for row in self.rows if desk.answer(row.item.key) is None] or self.rows[-1:]
        if waiting:
            waiting[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, key: str, value: object) -> None:
        self.answered.emit(key, value)

    def _step(self, place: int, step: int) -> None:
        onward = place + step
        if 0 <= onward < len(self.rows):
            self.rows[onward].setFocus(Qt.FocusReason.TabFocusReason)

    def speak_again(self, words: Sequence[CheckItem]) -> None:
        """After a switch of language."""
        for row, item in zip(self.rows, words, strict=True):
            row.label.set_text(item.text.said_in(language()))
            for button in row.buttons.values():
                button.speak()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.speak_again([row.item for row in self.rows])
