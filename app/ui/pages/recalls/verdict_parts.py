"""The head of a verdict: icon, word, batches and units on the tint of its tone."""

from typing import Literal

from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.core.statuses.verdict import Verdict
from app.ui import formats, icons, theme
from app.ui.language import say
from app.ui.pages.recalls.marks import verdict_words
from app.ui.widgets import painting
from app.ui.words import look

HEAD_HEIGHT, TILE_HEIGHT = 57, 76
ORDER = (Verdict.AFFECTED, Verdict.NEED_INFO, Verdict.NOT_AFFECTED)
Shape = Literal["tile", "column"]


class VerdictHead(QWidget):
    """A tile by itself, or the head of a column of batches. None for a figure that is not known yet."""

    def __init__(self, verdict: Verdict, shape: Shape = "column") -> None:
        super().__init__()
        self._verdict, self._shape = verdict, shape
        self._batches: int | None = None
        self._units: int | None = None
        self.setFixedHeight(TILE_HEIGHT if shape == "tile" else HEAD_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._speak()

    def set_counts(self, batches: int | None, units: int | None) -> None:
        """``units`` None leaves the figure at the right out."""
        self._batches, self._units = batches, units
        self._speak()

    def _words(self) -> str:
        return say("recalls.scope.batches", count=self._batches) if self._batches is not None else formats.DASH

    def _speak(self) -> None:
        units = formats.number(self._units) if self._units is not None else ""
        self.setAccessibleName(f"{verdict_words(self._verdict)} {self._words()} {units}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect, tone = QRectF(self.rect()), look(self._verdict).tone
        if self._shape == "tile":
            painting.rounded(painter, rect, 8, theme.tone_tint(tone))
            self._paint_tile(painter, rect, tone)
        else:
            painter.setClipRect(rect)
            painting.rounded(painter, rect.adjusted(0, 0, 0, 12), 7, theme.tone_tint(tone))
            self._paint_head(painter, rect, tone)
        painter.end()

    def _paint_tile(self, painter: QPainter, rect: QRectF, tone: str) -> None:
        """The word, the batches, and under them the units in small letters."""
        ink, small = theme.colour(tone), theme.font(theme.SMALL)
        icons.paint(painter, look(self._verdict).icon, ink, QRectF(11, 9, 16, 16), 2.0)
        name = QRectF(33, 6, rect.width() - 40, 22)
        painting.draw_text(painter, name, verdict_words(self._verdict), theme.font(bold=True), ink)
        figure = formats.number(self._batches)
        big = theme.font(theme.HEAD, bold=True)
        painting.draw_text(painter, QRectF(12, 28, rect.width() - 24, 24), figure, big, ink)
        if self._batches is None:
            return
        left = 12 + painting.width_of(figure, big) + 5
        noun = QRectF(left, 31, rect.width() - left - 6, 20)
        painting.draw_text(painter, noun, say("recalls.touch.batches", count=self._batches), small, ink)
        if self._units is not None:
            note = QRectF(12, 52, rect.width() - 20, 18)
            painting.draw_text(painter, note, say("recalls.touch.units", units=self._units), small, ink)

    def _paint_head(self, painter: QPainter, rect: QRectF, tone: str) -> None:
        """The figure stands large at the right; where it would cut the word, small under it."""
        ink = theme.colour(tone)
        icons.paint(painter, look(self._verdict).icon, ink, QRectF(15, rect.center().y() - 10, 20, 20), 1.75)
        left, right = 44.0, rect.width() - 15
        figure = formats.number(self._units) if self._units is not None else ""
        big, small = theme.font(theme.HEAD, bold=True), theme.font(theme.SMALL)
        room = max(painting.width_of(figure, big), 30.0) if figure else 0.0
        name = verdict_words(self._verdict)
        is_tight = left + painting.width_of(name, big) + room + 6 > right
        unit = say("recalls.scope.units", count=self._units)
        if is_tight:
            room, figure, unit = 0.0, "", say("recalls.touch.units", units=self._units)
        painting.draw_text(painter, QRectF(left, 8, right - left - room, 24), name, big, ink)
        painting.draw_text(painter, QRectF(left, 31, right - left, 18), self._words(), small, ink)
        if self._units is None:
            return
        painting.draw_text(painter, QRectF(right - room, 8, room, 24), figure, big, ink, painting.RIGHT)
        painting.draw_text(painter, QRectF(left, 31, right - left, 18), unit, small, ink, painting.RIGHT)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._speak()
