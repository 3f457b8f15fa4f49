"""A ring that fills up."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.ui import theme
from app.ui.widgets import painting

STROKE = 9.0


class DonutRing(QWidget):
    """A share from 0 to 1 with a figure and a word inside; flat ends, clockwise from the top."""

    def __init__(
        self, share: float = 0.0, figure: str = "", word: str = "", fill: str = "accent", size: int = 92
    ) -> None:
        super().__init__()
        self._share, self._figure, self._word, self._fill = share, figure, word, fill
        self.setFixedSize(size, size)
        self.set_share(share, figure, word, fill)

    def set_share(self, share: float, figure: str, word: str = "", fill: str = "") -> None:
        self._share, self._figure, self._word = max(0.0, min(1.0, share)), figure, word
        self._fill = fill or self._fill
        self.setAccessibleName(f"{figure} {word}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(self.rect()).adjusted(STROKE / 2 + 1, STROKE / 2 + 1, -STROKE / 2 - 1, -STROKE / 2 - 1)
        painter.setPen(QPen(theme.colour("soft"), STROKE))
        painter.drawEllipse(ring)
        painter.setPen(QPen(theme.colour(self._fill), STROKE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawArc(ring, 90 * 16, -round(self._share * 360 * 16))
        middle = self.height() / 2
        letters = theme.font(11.5, bold=True)
        rect = QRectF(0, middle - (22 if self._word else 12), self.width(), 24)
        painting.draw_text(painter, rect, self._figure, letters, theme.colour("text"), painting.CENTRE)
        rect = QRectF(0, middle, self.width(), 20)
        painting.draw_text(painter, rect, self._word, theme.font(theme.SMALL), theme.colour("muted"), painting.CENTRE)
        painter.end()
