"""Text on a page: one label with a token for its ink, a link, a keycap, a thin rule."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from app.ui import icons, theme
from app.ui.language import Caption, read
from app.ui.widgets import painting
from app.ui.widgets.plain_button import PlainButton

LEAST_ELIDED = 40
"""So far a label that may be shortened gives way."""


class Label(QLabel):
    """Plain text (never markup) in a size of the scale and an ink token, re-read at a language switch."""

    def __init__(
        self,
        text: Caption = "",
        ink: str = "text",
        size: float = theme.BODY,
        *,
        bold: bool = False,
        mono: bool = False,
        wrap: bool = False,
        elide: bool = False,
    ) -> None:
        super().__init__()
        self._caption: Caption = ""
        self._elides, self._cut = elide, ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(size, bold=bold, mono=mono))
        self.setProperty("ink", ink)
        self.setWordWrap(wrap)
        self.set_text(text)

    def set_text(self, text: Caption) -> None:
        self._caption = text
        self.setText(read(text))

    def set_ink(self, ink: str) -> None:
        theme.set_ink(self, ink)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(min(LEAST_ELIDED, least.width()), least.height()) if self._elides else least

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._elides:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        words = QFontMetricsF(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(theme.colour(self.property("ink")))
        painter.setFont(self.font())
        painter.drawText(self.contentsRect(), int(self.alignment()), words)
        self._say_when_cut(self.text() if words != self.text() else "")

    def _say_when_cut(self, whole: str) -> None:
        """What is cut is said when the pointer rests on it, unless a page says something else there."""
        if whole != self._cut and self.toolTip() in ("", self._cut):
            self.setToolTip(whole)
        self._cut = whole

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and not isinstance(self._caption, str):
            self.setText(read(self._caption))


def title(text: Caption = "", size: float = theme.TITLE) -> Label:
    """A page's or card's heading."""
    return Label(text, "text", size, bold=True)


def muted(text: Caption = "", *, wrap: bool = False, elide: bool = False) -> Label:
    """Small secondary text."""
    return Label(text, "muted", theme.SMALL, wrap=wrap, elide=elide)


class Rule(QFrame):
    """A one-pixel line, across or (``vertical``) down."""

    def __init__(self, *, vertical: bool = False, ink: str = "line") -> None:
        super().__init__()
        self._ink = ink
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(self._ink))
        painter.end()


class IconMark(QWidget):
    """An icon that only shows; its meaning is always also in words beside it."""

    def __init__(self, name: str, ink: str = "muted", size: int = 18, stroke: float = 0.0) -> None:
        super().__init__()
        self._name, self._ink, self._stroke = name, ink, stroke
        self.setFixedSize(size, size)

    def set_icon(self, name: str, ink: str = "") -> None:
        self._name, self._ink = name, ink or self._ink
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._name:
            return
        painter = QPainter(self)
        icons.paint(painter, self._name, theme.colour(self._ink), QRectF(self.rect()), self._stroke)
        painter.end()


class Keycap(QWidget):
    """The picture of a key."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self.setAccessibleName(key)
        self.setFixedSize(QSize(round(painting.keycap_width(key)) + 1, 20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink, edge = theme.colour("muted"), theme.colour("control")
        painting.draw_keycap(painter, 0, self.height() / 2, self._key, ink, edge)
        painter.end()


class LinkButton(PlainButton):
    """A quiet action in accent text; a button for keyboard and screen reader."""

    def __init__(
        self,
        text: Caption,
        *,
        size: float = theme.SMALL,
        chevron: bool = False,
        bold: bool = False,
        flush: bool = False,
    ) -> None:
        super().__init__()
        self._caption, self._chevron = text, chevron
        self._left = 0 if flush else 4
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._letters = theme.font(size, bold=bold)
        self.set_text(text)

    def set_text(self, text: Caption) -> None:
        self._caption = text
        key = self.shortcut()
        self.setText(read(text))
        self.setShortcut(key)  # setText has just dropped it
        self.setAccessibleName(read(text))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        width = painting.width_of(self.text(), self._letters) + (18 if self._chevron else 0)
        return QSize(round(width + 0.5) + 4 + self._left, 32)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect()).adjusted(self._left, 0, -4, 0)
        ink = theme.colour("accent" if self.isEnabled() else "muted")
        if self.hasFocus():
            painting.focus_ring(painter, QRectF(self.rect()).adjusted(0, 4, 0, -4), 4)
        letters = self._letters
        painting.draw_text(painter, rect, self.text(), letters, ink)
        if self._chevron:
            icons.paint(painter, "chevron-right", ink, QRectF(rect.right() - 14, rect.center().y() - 7, 14, 14))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and not isinstance(self._caption, str):
            self.set_text(self._caption)
