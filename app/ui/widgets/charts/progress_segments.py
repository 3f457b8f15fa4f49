"""Many small pieces, one for each task, each in the colour of its state."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import theme
from app.ui.widgets import painting

CROWDED = 40
"""From so many pieces on, the gaps between them shrink."""


class ProgressSegments(QWidget):
    """One piece a task, each in the fill of its state."""

    def __init__(self, fills: Sequence[str] = (), height: int = 8) -> None:
        super().__init__()
        self._fills = tuple(fills)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_fills(self, fills: Sequence[str], spoken: str = "") -> None:
        self._fills = tuple(fills)
        self.setAccessibleName(spoken)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._fills:
            painting.rounded(painter, QRectF(self.rect()), 2, theme.colour("soft"))
        gap = 3.0 if len(self._fills) < CROWDED else 1.0
        width = (self.width() - gap * (len(self._fills) - 1)) / max(1, len(self._fills))
        for place, fill in enumerate(self._fills):
            rect = QRectF(place * (width + gap), 0, width, self.height())
            painting.rounded(painter, rect, 2, theme.colour(fill))
        painter.end()
