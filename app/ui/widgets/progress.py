"""A thin line that says how far something has come."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.formats import percent
from app.ui.widgets import painting
from app.ui.widgets.cells import BarLook


class ProgressLine(QWidget):
    """A round bar, 5 to 8 px high."""

    def __init__(self, share: float = 0.0, fill: str = "fill_blue", height: int = 8) -> None:
        super().__init__()
        self._look = BarLook(share, fill)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_share(share, fill)

    def set_share(self, share: float, fill: str = "") -> None:
        self._look = BarLook(share, fill or self._look.fill)
        self.setAccessibleName(percent(round(1000 * share), 1000))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.draw_bar(painter, QRectF(self.rect()), self._look)
        painter.end()
