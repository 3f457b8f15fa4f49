"""One batch: its way in and out in one picture, its ledger, its locks, and what may be done."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.statuses.locks import LockLayer
from app.queries.batch_card import BatchCard, HistoryRow
from app.queries.free_stock import FreeStock
from app.queries.layers import distinct_layers
from app.ui import formats, theme
from app.ui.language import language, say, spoken
from app.ui.pages.batches.as_of_bar import AsOfBar
from app.ui.pages.batches.columns import RECORDED_COLUMN, history_columns
from app.ui.pages.batches.layers_card import LayersCard
from app.ui.pages.batches.master_strip import MasterStrip
from app.ui.pages.batches.places_then import PlacesThenCard
from app.ui.pages.batches.trace_look import OTHERS, flow_of
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card, PageHead
from app.ui.widgets.charts.trace_flow import TraceFlow
from app.ui.widgets.chips import Chip
from app.ui.widgets.labels import IconMark, Label
from app.ui.widgets.table import DataTable
from app.ui.words import chip, word

LAYERS_WIDTH, PLACES_WIDTH, LOWER_HEIGHT, ONE_LINE, FLOW_LEAST = 300, 340, 240, 32, 188


KITS_NAMED = 3
"""More kits of a batch are counted, not named."""


class BatchCardView(QWidget):
    """A place or state pressed in the picture narrows the ledger to its lines; pressed again, shows all."""

    closed = Signal()
    line_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._card: BatchCard | None = None
        self._is_asking = False
        self._narrowed = ""
        self._may_lift = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.head = PageHead("", crumb=spoken("batches.title"), trail="", code="")
        self.head.title.setFont(theme.font(theme.TITLE, bold=True, mono=True))
        self.print = KeycapButton(spoken("batches.print"), icon="printer")
        self.hold = KeycapButton(spoken("batches.hold"), icon="pause-circle", key="F7")
        self.aside = KeycapButton(spoken("batches.aside"), kind="primary", icon="pause-circle", key="F8")
        self.ask_as_of = KeycapButton(spoken("as_of.button"), icon="history")
        self.visits = KeycapButton(spoken("visits.button"), icon="patient")
        for button in (self.ask_as_of, self.visits, self.print, self.hold, self.aside):
            self.head.add_action(button)
        self.stock = Label("", "text")
        self.head.crumb_end.addWidget(self.stock)
        column.addWidget(self.head)
        self.as_of = AsOfBar()
        column.addWidget(self.as_of)
        self.strip = MasterStrip()
        column.addWidget(self.strip)
        row = QHBoxLayout()
        row.setSpacing(12)
        column.addLayout(row, 1)
        self.main = QVBoxLayout()
        self.main.setSpacing(12)
        row.addLayout(self.main, 1)
        self.side = QVBoxLayout()
        row.addLayout(self.side)
        self._fill_main()
        self.head.crumb_pressed.connect(self.closed)

    def _fill_main(self) -> None:
        self.trace_card = Card(spoken("batches.trace_title"), rule=False)
        self.even = IconMark("check-circle", "ok", 16)
        self.trace_card.add_to_head(self.even)
        self.flow = TraceFlow()
        self.flow.setMinimumHeight(FLOW_LEAST)
        self.trace_card.add(self.flow, 1)
        self.main.addWidget(self.trace_card, 1)
        self.ledger = DataTable(
            history_columns(),
            in_card=True,
            key=_line_key,
            name=spoken("batches.ledger"),
            sortable=False,
        )
        self.ledger_card = Card(spoken("batches.ledger"), flush=True)
        self.correct = KeycapButton(spoken("batches.correct"), kind="quiet", icon="undo")
        self.ledger_card.add_to_head(self.correct)
        self.ledger_card.add(self.ledger, 1)
        self.layers = LayersCard()
        self.layers.setFixedWidth(LAYERS_WIDTH)
        lower = QHBoxLayout()
        lower.setSpacing(12)
        lower.addWidget(self.ledger_card, 1)
        lower.addWidget(self.layers)
        self.places = PlacesThenCard()
        self.places.setFixedWidth(PLACES_WIDTH)
        self.places.hide()
        lower.addWidget(self.places)
        self._make_way(False)
        self.main.addLayout(lower)
        self.correct.setVisible(False)
        self.flow.opened.connect(self._narrow)
        self.ledger.chosen.connect(self._choose_line)
        self.correct.clicked.connect(self._ask_correction)
        self.ask_as_of.clicked.connect(self.as_of.open)
        self.as_of.seen.connect(self._make_way)
        self.ledger.show_column(RECORDED_COLUMN, False)

    def _make_way(self, is_past_asked: bool) -> None:
        """The row of the time machine takes the place of today's master data and of one line below."""
        self.strip.setHidden(is_past_asked)
        for card in (self.ledger_card, self.layers, self.places):
            card.setFixedHeight(LOWER_HEIGHT - (ONE_LINE if is_past_asked else 0))

    def make_room(self, is_asking: bool) -> None:
        """While something is asked at the right, the layers give their place to the ledger."""
        self._is_asking = is_asking
        self.layers.setVisible(not is_asking and not self._is_past())

    def _is_past(self) -> bool:
        return self._card is not None and self._card.as_of is not None

    def show_card(self, card: BatchCard, *, may_lift: bool) -> None:
        if self._card is None or self._card.id != card.id:
            self._narrowed = ""
            self.as_of.hide()
        self._card, self._may_lift = card, may_lift
        tongue = language()
        self.head.set_title(card.lot_no)
        self.head.trail.set_text(
            f"{card.product.name.said_in(tongue)} · {card.product.ref} · {card.product.certificate_no}"
        )
        self.head.set_chips(_chips(card))
        self.trace_card.set_title(spoken("batches.trace_title"), _shelves(card))
        even = card.trace.is_even and card.is_balanced
        key = "batches.even" if even else "batches.uneven"
        self.trace_card.set_title(spoken("batches.trace_title"), f"{say(key, received=card.received)}{_kits(card)}")
        self.even.set_icon("check-circle" if even else "warning", "ok" if even else "stop")
        self.stock.setVisible(card.as_of is None)
        self.stock.set_text(lambda: stock_words(card.stock))
        self.flow.set_flow(flow_of(card))
        self._show_lines()
        self.layers.show_card(card, may_lift=may_lift)
        self._show_past(card)

    def _show_past(self, card: BatchCard) -> None:
        is_past = card.as_of is not None
        self.as_of.show_card(card)
        self.places.show_card(card)
        self.places.setVisible(is_past)
        self.layers.setVisible(not is_past and not self._is_asking)
        if is_past:
            self.correct.hide()
        self.print.setVisible(not is_past)
        self.ledger.show_column(RECORDED_COLUMN, is_past)

    def _show_lines(self) -> None:
        if self._card is None:
            return
        rows = [row for row in self._card.history if _touches(row, self._narrowed)]
        self.ledger.set_rows(rows)
        note = say("batches.ledger_note", shown=len(rows), count=len(self._card.history))
        self.ledger_card.set_title(spoken("batches.ledger"), note)

    def _narrow(self, key: str) -> None:
        self._narrowed = "" if key in (self._narrowed, OTHERS) else key
        self._show_lines()

    def _choose_line(self, row: HistoryRow | None) -> None:
        can = row is not None and row.line is not None and not row.line.is_reversed and not self._is_past()
        self.correct.setVisible(can)

    def _ask_correction(self) -> None:
        row = self.ledger.chosen_row()
        if row is not None:
            self.line_chosen.emit(row)

    def retranslate(self) -> None:
        if self._card is not None:
            self.show_card(self._card, may_lift=self._may_lift)


def stock_words(stock: FreeStock) -> str:
    """Free is in stock less reserved; what is locked or on its way stands after it."""
    parts = [
        say(
            "batches.stock.free",
            free=formats.number(stock.free),
            in_stock=formats.number(stock.in_stock),
            reserved=formats.number(stock.reserved),
        )
    ]
    parts += [
        say(f"batches.stock.{key}", count=formats.number(count))
        for key, count in (("locked", stock.locked), ("ordered", stock.ordered), ("in_transit", stock.in_transit))
        if count
    ]
    return " · ".join(parts)


def _line_key(row: HistoryRow) -> object:
    return (row.at, row.what, row.line.id if row.line else 0)


def _touches(row: HistoryRow, narrowed: str) -> bool:
    if not narrowed:
        return True
    if row.line is None:
        return False
    if narrowed.startswith("place:"):
        return int(narrowed.removeprefix("place:")) in (row.line.source_id, row.line.target_id)
    states = (row.line.source_state, row.line.target_state)
    return any(state is not None and state.value == narrowed for state in states)


def _chips(card: BatchCard) -> list[Chip]:
    chips: list[Chip] = []
    for kind in distinct_layers(card.layers):
        shown = chip(kind, fill="solid" if kind is LockLayer.RECALL_QUARANTINE else "soft")
        layer = card.layer(kind)
        words = shown.text
        if layer is not None and layer.case_number:
            words = say("batches.recall_chip", case=layer.case_number)
        chips.append(Chip(words, shown.tone, shown.icon, shown.fill))
    if not card.layers or all(layer.layer not in (LockLayer.PENDING, LockLayer.REJECTED) for layer in card.layers):
        shown = chip(card.inspection)
        chips.append(Chip(shown.text, shown.tone, shown.icon))
    if card.layer(LockLayer.EXPIRED) is None:
        words = say("batches.expires", day=formats.day(card.expiry_on)) if card.expiry_on else say("batches.no_expiry")
        chips.append(Chip(words, "plain", "calendar"))
    return chips


def _kits(card: BatchCard) -> str:
    """The kits that hold units of the batch, and what became of them."""
    named = [
        f"{kit.kit_number} ×{kit.quantity} {word(kit.fate) if kit.fate else say('kits.opened')}"
        for kit in card.trace.kits
    ]
    if not named:
        return ""
    more = f" +{len(named) - KITS_NAMED}" if len(named) > KITS_NAMED else ""
    return " " + say("kits.in_trace", kits=", ".join(named[:KITS_NAMED]) + more)


def _shelves(card: BatchCard) -> str:
    """On which shelves of which stores the batch lies."""
    lying = [f"{place.name.said_in(language())} {place.shelf}" for place in card.places if place.shelf]
    return say("stores.shelf.lies", shelves=" · ".join(lying)) if lying else ""
