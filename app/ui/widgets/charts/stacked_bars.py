"""Rows of stacked bars on one scale: where everything is, place by place."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import icons, theme
from app.ui.formats import number
from app.ui.widgets import painting
from app.ui.widgets.charts.segment_line import Segment, draw_segments, spoken

ROW, ROW_LEAST, BAR = 34, 30, 17.0


@dataclass(frozen=True, slots=True)
class BarRow:
    """One place: its name, a muted addition, its parts, and at the right a second figure in a tone."""

    key: str
    name: str
    segments: tuple[Segment, ...]
    addition: str = ""
    open_count: int | None = None
    open_ink: str = "attention"

    @property
    def total(self) -> int:
        return sum(segment.value for segment in self.segments)


class StackedBars(QWidget):
    """Up and Down move along the rows, Enter or a click opens one. Rows shrink from 34 to 30 px before they scroll.

    ``figures``: draw the total (and the second figure with a chevron) in columns at the right.
    """

    opened = Signal(str)

    def __init__(self, rows: Sequence[BarRow] = (), *, name_width: int = 168, figures: bool = True) -> None:
        super().__init__()
        self._rows: tuple[BarRow, ...] = ()
        self._name_width, self._figures = name_width, figures
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[BarRow]) -> None:
        self._rows = tuple(rows)
        self._current = min(self._current, max(0, len(rows) - 1))
        self._speak()
        self.updateGeometry()
        self.update()

    def current_key(self) -> str:
        """The row under the cursor."""
        return self._rows[self._current].key if self._rows else ""

    def _speak(self) -> None:
        if self._rows:
            row = self._rows[self._current]
            self.setAccessibleName(f"{row.name} {row.addition} {number(row.total)}: {spoken(row.segments)}")

    def sizeHint(self) -> QSize:
        return QSize(400, ROW * len(self._rows))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, ROW_LEAST * len(self._rows))

    def _has_open(self) -> bool:
        return any(row.open_count is not None for row in self._rows)

    def _height(self) -> float:
        return min(float(ROW), self.height() / max(1, len(self._rows)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        most = max((row.total for row in self._rows), default=0) or 1
        for place, row in enumerate(self._rows):
            self._paint_row(painter, row, QRectF(0, place * self._height(), self.width(), self._height()), most)
            if self.hasFocus() and place == self._current:
                rect = QRectF(0, place * self._height() + 1, self.width(), self._height() - 2)
                painting.focus_ring(painter, rect, 4)
        painter.end()

    def _paint_row(self, painter: QPainter, row: BarRow, rect: QRectF, most: int) -> None:
        painting.line(painter, QPointF(0, rect.bottom() - 1), QPointF(rect.right(), rect.bottom() - 1), "soft")
        name = QRectF(0, rect.y(), self._name_width - 8, rect.height())
        painting.draw_text(painter, name, row.name, theme.font(), theme.colour("text"))
        used = painting.width_of(row.name, theme.font()) + 7
        rest = name.adjusted(used, 0, 0, 0)
        if rest.width() > 0:
            painting.draw_text(painter, rest, row.addition, theme.font(theme.SMALL), theme.colour("muted"))
        figures = (142.0 if self._has_open() else 76.0) if self._figures else 0.0
        bars = rect.width() - self._name_width - figures
        top = rect.center().y() - BAR / 2
        bar = QRectF(self._name_width, top, bars * row.total / most, BAR)
        draw_segments(painter, bar, row.segments, numbers=True)
        if self._figures:
            self._paint_figures(painter, row, rect)

    def _paint_figures(self, painter: QPainter, row: BarRow, rect: QRectF) -> None:
        total = QRectF(rect.right() - (150 if self._has_open() else 66), rect.y(), 66, rect.height())
        letters = theme.font(bold=True)
        painting.draw_text(painter, total, number(row.total), letters, theme.colour("text"), painting.RIGHT)
        if row.open_count is None:
            return
        second = QRectF(rect.right() - 80, rect.y(), 62, rect.height())
        painting.draw_text(
            painter, second, number(row.open_count), theme.font(), theme.colour(row.open_ink), painting.RIGHT
        )
        chevron = QRectF(rect.right() - 14, rect.center().y() - 7, 14, 14)
        icons.paint(painter, "chevron-right", theme.colour("muted"), chevron)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and self._rows:
            self._current = min(len(self._rows) - 1, max(0, self._current + step))
            self._speak()
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._rows:
            self.opened.emit(self.current_key())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = int(event.position().y() // self._height())
        if place < len(self._rows):
            self._current = place
            self.update()
            self.opened.emit(self.current_key())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._speak()
