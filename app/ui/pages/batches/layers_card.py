"""The pane of the lock layers: each on a line of its own, standing or not, with who and when."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.statuses.locks import LockLayer
from app.core.statuses.stock import Inspection
from app.queries.batch_card import BatchCard
from app.queries.layers import LayerRow
from app.queries.tracing import HopKind
from app.ui import formats, theme
from app.ui.language import language, say, spoken
from app.ui.widgets.card import Card, clear
from app.ui.widgets.labels import IconMark, Label, LinkButton, Rule, muted
from app.ui.words import Look, look, word

_SHOWN = (LockLayer.RECALL_QUARANTINE, LockLayer.ON_HOLD, LockLayer.EXPIRED)


class LayersCard(Card):
    """Four lines always: recall, hold, expiry, inspection; then whether the books are even."""

    lift_pressed = Signal()

    def __init__(self) -> None:
        super().__init__(spoken("batches.layers_title"))
        self.lift = LinkButton(spoken("batches.layers.lift"), chevron=True)
        self.lift.clicked.connect(self.lift_pressed)
        self.add_to_head(self.lift)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.body.addLayout(self._lines)
        self.body.addStretch(1)

    def show_card(self, card: BatchCard, *, may_lift: bool) -> None:
        clear(self._lines)
        for kind in _SHOWN:
            self._add_layer(card, kind)
        self._add_inspection(card)
        self.lift.setVisible(may_lift and card.layer(LockLayer.ON_HOLD) is not None)
        self._lines.addWidget(Rule())
        even = card.is_balanced and card.trace.is_even
        key = "batches.layers.chain" if even else "batches.layers.off"
        words = say(key, count=len(card.trace.lines))
        self._add(Look("shield" if even else "warning", "ok" if even else "stop"), words, "", is_quiet=True)

    def _add_layer(self, card: BatchCard, kind: LockLayer) -> None:
        layer = card.layer(kind)
        if layer is None:
            left = say("batches.layers.none")
            if kind is LockLayer.EXPIRED and card.days_left is not None:
                left = say("batches.layers.expires_in", days=card.days_left)
            self._add(Look(look(kind).icon, "muted"), word(kind), left)
            return
        self._add(look(kind), word(kind), _said(layer), is_bold=True)
        if layer.reason:
            self._lines.addWidget(_indented(muted(layer.reason, elide=True)))

    def _add_inspection(self, card: BatchCard) -> None:
        name = word(HopKind.INSPECTION)
        hop = next((hop for hop in card.trace.hops if hop.kind is HopKind.INSPECTION), None)
        if card.inspection is Inspection.RELEASED and hop is not None:
            by = hop.by.said_in(language()) if hop.by else ""
            self._add(look(card.inspection), name, say("batches.layers.inspection_released", at=_day(hop.at), by=by))
            return
        self._add(look(card.inspection), name, word(card.inspection), is_bold=True)

    def _add(self, mark: Look, name: str, right: str, *, is_bold: bool = False, is_quiet: bool = False) -> None:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconMark(mark.icon, mark.tone, 16))
        ink, size = ("muted", theme.SMALL) if is_quiet else ("text", theme.BODY)
        row.addWidget(Label(name, ink, size, bold=is_bold))
        row.addStretch(1)
        row.addWidget(muted(right, elide=False))
        self._lines.addWidget(line)


def _said(layer: LayerRow) -> str:
    if layer.last_good_day is not None:
        return formats.day(layer.last_good_day)
    by = layer.by.said_in(language()) if layer.by else ""
    return f"{formats.moment(layer.at)[5:]} {by}".strip()


def _day(at: datetime | None) -> str:
    return formats.moment(at)[5:10]


def _indented(widget: QWidget) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(24, 0, 0, 0)
    row.addWidget(widget)
    return box
