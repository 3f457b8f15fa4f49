"""Buttons: 32 px high, with an icon and the cap of their key where they have them."""

from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcutEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from app.ui import icons, theme
from app.ui.language import Caption, read
from app.ui.widgets import painting

Kind = Literal["primary", "plain", "stop", "quiet"]
PADDING, ICON, GAP = 12, 18, 6


class KeycapButton(QPushButton):
    """``primary`` once a page at most, ``stop`` for what cannot be taken back, ``quiet`` without an edge.

    ``key`` is both the cap that is drawn and the shortcut that presses the button, wherever the focus is in its
    window, as long as it is visible and enabled. Enter presses it only while it has the focus.
    """

    def __init__(
        self,
        text: Caption = "",
        *,
        kind: Kind = "plain",
        icon: str = "",
        key: str = "",
        name: Caption = "",
        height: int = 32,
        size: float = theme.BODY,
        cap: Caption = "",
    ) -> None:
        super().__init__()
        self._caption, self._name, self._cap = text, name, cap
        self._kind: Kind = kind
        self._icon, self._key = icon, key
        self._letters = theme.font(size, bold=kind in ("primary", "stop"))
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if key:
            self.setShortcut(QKeySequence(key))
        self.set_text(text)

    def set_text(self, text: Caption) -> None:
        self._caption = text
        self._speak()
        self.updateGeometry()
        self.update()

    def set_icon(self, name: str) -> None:
        self._icon = name
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """What the button says now."""
        return read(self._caption)

    def _speak(self) -> None:
        self.setAccessibleName(read(self._name) or self.words())
        if not self.words():
            self.setToolTip(read(self._name))

    def _cap_text(self) -> str:
        return read(self._cap) or self._key.replace("Return", "Enter").replace("+", " ")

    def sizeHint(self) -> QSize:
        width = 2 * PADDING + painting.width_of(self.words(), self._letters)
        if self._icon:
            width += ICON + (GAP if self.words() else 0)
        if self._cap_text():
            width += painting.keycap_width(self._cap_text()) + 12
        if not self.words():
            width = max(32, width - 10)
        return QSize(round(width + 0.5), self.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QShortcutEvent) and event.type() == QEvent.Type.Shortcut and not event.isAmbiguous():
            self.click()  # Qt's own answer comes 100 ms later, after an animation
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def _colours(self) -> tuple[QColor | None, QColor, QColor | None]:
        if not self.isEnabled():
            return theme.colour("soft"), theme.colour("muted"), None
        lit = self.isDown() or self.underMouse()
        if self._kind == "primary":
            return theme.colour("accent_down" if lit else "accent"), theme.colour("on_accent"), None
        if self._kind == "stop":
            return theme.colour("stop"), theme.colour("on_solid"), None
        edge = None if self._kind == "quiet" else theme.colour("control")
        ground = "head" if lit else "surface"
        return (None if self._kind == "quiet" and not lit else theme.colour(ground)), theme.colour("text"), edge

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        ground, ink, edge = self._colours()
        painting.rounded(painter, rect, 6, ground, edge)
        cap = self._cap_text()
        right = rect.right() - PADDING - (11 if self._is_wide() else 0)
        if cap:
            right -= painting.keycap_width(cap) - 2
            cap_edge = QColor(ink)
            cap_edge.setAlphaF(0.55 if self._kind in ("primary", "stop") else 0.3)
            painting.draw_keycap(painter, right, rect.center().y(), cap, ink, cap_edge)
            right -= 10
        self._paint_words(painter, rect, ink, right)
        if self.hasFocus():
            self._paint_focus(painter, rect)
        painter.end()

    def _paint_words(self, painter: QPainter, rect: QRectF, ink: QColor, right: float) -> None:
        words = self.words()
        content = painting.width_of(words, self._letters) + ((ICON + (GAP if words else 0)) if self._icon else 0)
        centred = rect.x() + (rect.width() - content) / 2
        left = rect.x() + PADDING if self._cap_text() and not self._is_wide() else centred
        if self._icon:
            icons.paint(painter, self._icon, ink, QRectF(left, rect.center().y() - ICON / 2, ICON, ICON))
            left += ICON + GAP
        painting.draw_text(painter, QRectF(left, 0, right - left + 2, rect.height()), words, self._letters, ink)

    def _is_wide(self) -> bool:
        return self.width() > self.sizeHint().width() + 8

    def _paint_focus(self, painter: QPainter, rect: QRectF) -> None:
        if self._kind in ("primary", "stop"):
            painting.rounded(painter, rect.adjusted(3, 3, -3, -3), 4, None, theme.colour("on_accent"))
        else:
            painting.focus_ring(painter, rect)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._speak()
            self.updateGeometry()
            self.update()
