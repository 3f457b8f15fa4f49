"""Figures in a row that add up: received = here + there + …, over one bar of the same shares."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from app.ui import formats, theme
from app.ui.language import Caption, read
from app.ui.widgets import painting
from app.ui.widgets.card import Surface, clear
from app.ui.widgets.charts.segment_line import Segment, SegmentLine
from app.ui.widgets.plain_button import PlainButton


@dataclass(frozen=True, slots=True)
class Kpi:
    """One figure. ``sign`` stands before it (=, +, −); ``fill`` marks its colour in the bar below."""

    key: str
    label: Caption
    value: int
    note: Caption = ""
    fill: str = ""
    sign: str = ""
    ink: str = "text"


class KpiTile(PlainButton):
    """A figure that opens what it counts."""

    def __init__(self, kpi: Kpi) -> None:
        super().__init__()
        self.kpi = kpi
        self.setFixedHeight(80)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{read(kpi.label)} {formats.number(kpi.value)} {read(kpi.note)}")

    def sizeHint(self) -> QSize:
        return QSize(110, 80)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        width = float(self.width())
        left = 0.0
        if self.kpi.sign:
            sign = QRectF(0, 30, 14, 30)
            painting.draw_text(painter, sign, self.kpi.sign, theme.font(theme.HEAD), theme.colour("muted"))
            left = 20.0
        label = QRectF(left, 4, width - left, 22)
        if self.kpi.fill:
            painting.rounded(painter, QRectF(left, 11, 8, 8), 2, theme.colour(self.kpi.fill))
            label.adjust(15, 0, 0, 0)
        painting.draw_text(painter, label, read(self.kpi.label), theme.font(theme.SMALL), theme.colour("muted"))
        figure = QRectF(left, 26, width - left, 36)
        letters = theme.font(theme.FIGURE, bold=True)
        painting.draw_text(painter, figure, formats.number(self.kpi.value), letters, theme.colour(self.kpi.ink))
        note = QRectF(left, 62, width - left, 18)
        painting.draw_text(painter, note, read(self.kpi.note), theme.font(theme.SMALL), theme.colour("muted"))
        if self.hasFocus():
            painting.focus_ring(painter, QRectF(self.rect()), 6)
        painter.end()


class KpiStrip(Surface):
    """Tiles side by side over a bar of their shares; the first figure is the sum and has no share."""

    opened = Signal(str)
    """The key of the tile a person pressed."""

    def __init__(self, kpis: Sequence[Kpi] = (), *, with_bar: bool = True) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        column.addLayout(self._row)
        self._bar = SegmentLine(height=8)
        self._bar.setVisible(with_bar)
        column.addWidget(self._bar)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_kpis(kpis)

    def set_kpis(self, kpis: Sequence[Kpi]) -> None:
        clear(self._row)
        for kpi in kpis:
            tile = KpiTile(kpi)
            tile.clicked.connect(lambda _=False, key=kpi.key: self.opened.emit(key))
            self._row.addWidget(tile, 1)
        self._bar.set_segments([Segment(kpi.value, kpi.fill, read(kpi.label)) for kpi in kpis if kpi.fill])
