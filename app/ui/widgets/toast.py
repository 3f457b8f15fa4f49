"""A quiet sentence at the foot of the window that goes by itself."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui import theme
from app.ui.language import Caption, read, say
from app.ui.widgets import painting
from app.ui.widgets.labels import IconMark, Label, LinkButton

SHOWN_MS, WITH_ACTION_MS = 4000, 8000
_ICONS = {"ok": "check-circle", "stop": "x-circle", "attention": "warning", "accent": "info", "plain": "info"}


class Toast(QWidget):
    """One at a time, over the lower edge of its parent; the newest replaces the one before.

    It never takes the focus. Its action, usually Undo, can be pressed by mouse or by Ctrl+Z while it shows.
    """

    acted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = parent
        self._speaks_once = False
        self._act: Callable[[], None] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 8, 4)
        row.setSpacing(10)
        self._icon = IconMark("info", "accent")
        self._text = Label()
        self._action = LinkButton("", size=theme.BODY, bold=True)
        self._action.setShortcut("Ctrl+Z")
        self._action.clicked.connect(self._take)
        row.addWidget(self._icon)
        row.addWidget(self._text)
        row.addWidget(self._action)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def say(
        self,
        text: Caption,
        tone: str = "ok",
        *,
        undo: Callable[[], None] | None = None,
        action: Caption = "",
    ) -> None:
        """Show a sentence; with ``undo`` also a button, named ``action`` or Undo."""
        self._act, self._speaks_once = undo, isinstance(text, str)
        self._icon.set_icon(_ICONS.get(tone, "info"), tone)
        self._text.set_text(text)
        self._action.setVisible(undo is not None)
        self._action.setEnabled(undo is not None)
        self._action.set_text(action or (lambda: say("widgets.undo")))
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, read(text)))
        self._timer.start(WITH_ACTION_MS if undo else SHOWN_MS)

    def words(self) -> str:
        """The sentence shown, or nothing."""
        return self._text.text() if self.isVisible() else ""

    def _take(self) -> None:
        self.hide()
        if self._act is not None:
            self._act()
        self.acted.emit()

    def _place(self) -> None:
        self.move((self._host.width() - self.width()) // 2, self._host.height() - self.height() - 24)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """A sentence said in the other language goes; one with an undo stays until its time."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._speaks_once and self._act is None:
            self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        painting.rounded(painter, rect, 8, theme.colour("raised"), theme.colour("field"))
        painter.end()
