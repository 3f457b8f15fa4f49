"""One bar made of several parts."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import theme
from app.ui.formats import number
from app.ui.widgets import painting

NUMBER_FROM = 24.0
"""A part carries its number only if it is wider than this."""
LEAST = 1.5
"""So wide at least is a part that is not zero, so that it never disappears."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar: how much, in which fill token, and its name for reading aloud."""

    value: int
    fill: str
    name: str = ""


def draw_segments(
    painter: QPainter, rect: QRectF, segments: Sequence[Segment], *, numbers: bool = False, radius: float = 3.0
) -> None:
    """Fill ``rect`` with the parts in proportion, one pixel apart; only the outer ends are round."""
    shown = [segment for segment in segments if segment.value > 0]
    whole = sum(segment.value for segment in shown)
    room = rect.width() - (len(shown) - 1)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    start, passed = float(round(rect.x())), 0
    for place, segment in enumerate(shown):
        passed += segment.value
        end = float(round(rect.x() + room * passed / whole + place))
        part = QRectF(start, round(rect.y()), max(LEAST, end - start), rect.height())
        last = place == len(shown) - 1
        path = painting.side_rounded(part, min(radius, part.width() / 2), left=place == 0, right=last)
        painter.fillPath(path, theme.colour(segment.fill))
        if numbers:
            _draw_number(painter, part, segment)
        start = part.right() + 1


def _draw_number(painter: QPainter, part: QRectF, segment: Segment) -> None:
    letters, words = theme.font(theme.SMALL, bold=True), number(segment.value)
    if part.width() <= NUMBER_FROM or painting.width_of(words, letters) > part.width() - 4:
        return
    ink = painting.ink_on(theme.colour(segment.fill))
    painting.draw_text(painter, part, words, letters, ink, painting.CENTRE, elide=False)


def spoken(segments: Sequence[Segment]) -> str:
    """The bar in words."""
    return ", ".join(f"{segment.name} {number(segment.value)}" for segment in segments if segment.value)


class SegmentLine(QWidget):
    """A bar over the whole width; shows only."""

    def __init__(self, segments: Sequence[Segment] = (), height: int = 10) -> None:
        super().__init__()
        self._segments: tuple[Segment, ...] = ()
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_segments(segments)

    def set_segments(self, segments: Sequence[Segment]) -> None:
        self._segments = tuple(segments)
        self.setAccessibleName(spoken(segments))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        draw_segments(painter, rect, self._segments, radius=rect.height() / 2)
        painter.end()
