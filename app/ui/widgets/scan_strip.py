"""The strip under a page's head that answers each scan."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import icons, theme
from app.ui.language import Caption, read
from app.ui.widgets import painting

HEIGHT, KEPT = 64, 3


@dataclass(frozen=True, slots=True)
class ScanPart:
    """A piece of the code as it was read: its mark, such as an application identifier, and its content."""

    mark: str
    content: str


@dataclass(frozen=True, slots=True)
class ScanVerdict:
    """An earlier scan and what came of it."""

    code: str
    verdict: str
    tone: str
    icon: str


class ScanStrip(QWidget):
    """The newest scan's answer in one sentence, what was read, and the last scans with their verdicts."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._tone, self._icon = "plain", "scan"
        self._message: Caption = ""
        self._note: Caption = ""
        self._parts: tuple[ScanPart, ...] = ()
        self._last: tuple[ScanVerdict, ...] = ()

    def answer(
        self,
        message: Caption,
        tone: str = "plain",
        icon: str = "scan",
        parts: Sequence[ScanPart] = (),
        note: Caption = "",
    ) -> None:
        """Say what the newest scan meant; screen readers are told at once."""
        self._message, self._tone, self._icon = message, tone, icon
        self._parts, self._note = tuple(parts), note
        self.setAccessibleName(self.message())
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.message()))
        self.update()

    def remember(self, verdict: ScanVerdict) -> None:
        """Put a finished scan in front of the earlier ones; the strip keeps three."""
        self._last = (verdict, *self._last)[:KEPT]
        self.update()

    def set_last(self, verdicts: Sequence[ScanVerdict]) -> None:
        """Replace the earlier scans, newest first."""
        self._last = tuple(verdicts)[:KEPT]
        self.update()

    def message(self) -> str:
        return read(self._message)

    def verdicts(self) -> tuple[ScanVerdict, ...]:
        return self._last

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(self.message())
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        plain = self._tone == "plain"
        ground = theme.colour("surface") if plain else theme.tone_tint(self._tone)
        painting.rounded(painter, rect, 8, ground, theme.colour("line" if plain else self._tone))
        if not plain:
            bar = painting.side_rounded(QRectF(0, 0, 10, rect.height()), 5, left=True, right=False)
            painter.setClipRect(QRectF(0, 0, 4, rect.height()))
            painter.fillPath(bar, theme.colour(self._tone))
            painter.setClipping(False)
        left = self._paint_last(painter, rect)
        icons.paint(painter, self._icon, theme.colour(self._tone), QRectF(20, rect.center().y() - 14, 28, 28))
        self._paint_message(painter, QRectF(64, 0, left - 76, rect.height()))
        painter.end()

    def _paint_message(self, painter: QPainter, rect: QRectF) -> None:
        has_line = bool(self._parts or self._note)
        ink = theme.colour("text" if self._tone == "plain" else self._tone)
        first = rect.adjusted(0, 7, 0, -31) if has_line else rect.adjusted(0, 3, 0, -3)
        sizes = (theme.HEAD, theme.BODY, theme.SMALL)
        painting.draw_whole(painter, first, self.message(), [theme.font(size, bold=True) for size in sizes], ink)
        if not has_line:
            return
        x, line = rect.x(), QRectF(rect.x(), rect.y() + 32, rect.width(), 21)
        for part in self._parts:
            for words, bold in ((part.mark, False), (part.content, True)):
                letters = theme.font(theme.SMALL, mono=True, bold=bold)
                room = QRectF(x, line.y(), max(0.0, rect.right() - x), line.height())
                painting.draw_text(painter, room, words, letters, theme.colour("text"))
                x += painting.width_of(words, letters)
            x += 6
        room = QRectF(x + 6, line.y(), max(0.0, rect.right() - x - 6), line.height())
        painting.draw_text(painter, room, read(self._note), theme.font(theme.SMALL), theme.colour("muted"))

    def _paint_last(self, painter: QPainter, rect: QRectF) -> float:
        """Draw the earlier scans from the right, the newest leftmost; returns where they begin."""
        right = rect.right() - 20
        for verdict in reversed(self._last):
            words = painting.width_of(verdict.code, theme.font(theme.SMALL, mono=True))
            width = max(84.0, 30 + max(words, painting.width_of(verdict.verdict, theme.font(theme.SMALL))) + 14)
            box = QRectF(right - width, 11, width, 42)
            edge = theme.colour("line") if self._tone == "plain" else None
            painting.rounded(painter, box, 6, theme.colour("surface"), edge)
            ink = theme.colour(verdict.tone)
            icons.paint(painter, verdict.icon, ink, QRectF(box.x() + 9, box.center().y() - 7, 14, 14))
            code = QRectF(box.x() + 30, box.y() + 3, width - 36, 19)
            painting.draw_text(
                painter, code, verdict.code, theme.font(theme.SMALL, mono=True), theme.colour("text"), elide=False
            )
            painting.draw_text(painter, code.translated(0, 17), verdict.verdict, theme.font(theme.SMALL), ink)
            right = box.x() - 8
        return right
