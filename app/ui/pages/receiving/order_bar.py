"""The order under the lines of its delivery: a chip a product with ordered, received and still missing."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.ui.language import language, say, spoken
from app.ui.pages.receiving.ordered import OrderedLine
from app.ui.widgets.card import clear
from app.ui.widgets.chips import Chip
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import Label

MOST_HEIGHT = 92
"""Three rows of chips; a longer order scrolls."""
MARGIN = 8


class OrderBar(QScrollArea):
    """Hidden where the delivery names no order of ours."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[str, tuple[OrderedLine, ...]] = ("", ())
        self.chips: list[Chip] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setViewportMargins(16, MARGIN, 16, MARGIN)
        inside = QWidget()
        self._flow = FlowLayout(inside, gap=6)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.setAccessibleName(say("receiving.order.title", number=""))
        self.hide()

    def show_order(self, number: str, lines: Sequence[OrderedLine]) -> None:
        """Nothing is built anew where nothing differs: each scan shows its delivery twice."""
        shown = (number, tuple(lines))
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._flow)
        self._flow.addWidget(Label(spoken("receiving.order.title", number=number), "muted"))
        self.chips = [_chip(line) for line in lines]
        for chip in self.chips:
            self._flow.addWidget(chip)
        self.setVisible(bool(lines))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wanted = self._flow.heightForWidth(self.viewport().width()) + 2 * MARGIN
        self.setFixedHeight(min(MOST_HEIGHT, wanted))


def _chip(line: OrderedLine) -> Chip:
    tone, icon, key = "plain", "", "missing"
    if line.over:
        tone, icon, key = "attention", "warning", "over"
    elif not line.missing:
        tone, icon, key = "ok", "check-circle", "complete"

    def words() -> str:
        units = line.over or line.missing
        received = line.received + line.here
        return say(f"receiving.order.{key}", ref=line.ref, ordered=line.ordered, received=received, units=units)

    chip = Chip(words, tone, icon)
    chip.setToolTip(line.product.said_in(language()))
    return chip
