"""The pane beside the list: where the units of one case are, and what has to happen next."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.statuses.stock import StockState
from app.queries.recalls import BEFORE_LAUNCH
from app.ui import formats, theme
from app.ui.language import language, say, spoken
from app.ui.pages.recalls.columns import state_chip
from app.ui.pages.recalls.presenter import CaseDetail
from app.ui.widgets import painting
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import SidePane
from app.ui.widgets.cells import BadgeLook, ChipLook
from app.ui.widgets.charts.segment_line import Segment, SegmentLine
from app.ui.widgets.chips import Badge, Chip
from app.ui.widgets.labels import IconMark, Label, Rule, muted
from app.ui.words import FILLS, badge, word

WIDTH = 292
MOST_NEXT = 4


@dataclass(frozen=True, slots=True)
class NextThing:
    """One line under "next": icon, tone, sentence, note."""

    icon: str
    tone: str
    text: str
    note: str = ""


def badge_widget(look: BadgeLook) -> Badge:
    """A look of the table as a widget."""
    return Badge(look.text, look.tone, look.fill)


def chip_widget(look: ChipLook) -> Chip:
    """A look of the table as a widget."""
    return Chip(look.text, look.tone, look.icon, look.fill)


def next_things(detail: CaseDetail) -> list[NextThing]:
    """What stands between the case and its end, the loudest first."""
    row, told = detail.row, detail.impact
    late = [task for task in detail.board.tasks if task.is_overdue]
    things: list[NextThing] = []
    if late:
        names = "、" if language() == "zh" else ", "
        places = names.join(task.place.said_in(language()) for task in late[:3])
        things.append(NextThing("arrow-up", "stop", say("recalls.next.late", count=len(late)), places))
    if row.doubtful and row.state in BEFORE_LAUNCH:
        note = say("recalls.next.doubt_note")
        things.append(NextThing("warning", "attention", say("recalls.next.doubt", count=row.doubtful), note))
    if row.is_waiting and row.batches and not row.doubtful:
        things.append(NextThing("signature", "attention", say("recalls.next.approve")))
    if row.unacknowledged:
        things.append(NextThing("bell", "attention", say("recalls.next.unread", count=row.unacknowledged)))
    missing = told.by_state.get(StockState.UNACCOUNTED, 0)
    if missing:
        things.append(NextThing("swap", "accent", say("recalls.next.gap", count=missing)))
    if row.tasks and told.pending:
        things.append(NextThing("box", "accent", say("recalls.next.pending", count=told.pending)))
    return things[:MOST_NEXT]


class DetailPane(SidePane):
    """Shows one ``CaseDetail``, or a word on what comes here."""

    open_pressed = Signal()

    def __init__(self) -> None:
        super().__init__(WIDTH)
        self._detail: CaseDetail | None = None
        self.open_button = KeycapButton(spoken("recalls.list.open"), icon="arrow-right", cap="Enter")
        self.open_button.clicked.connect(self.open_pressed)
        self.add_foot(self.open_button)
        self.show_detail(None)

    def show_detail(self, detail: CaseDetail | None) -> None:
        self._detail = detail
        self.clear()
        self.open_button.setVisible(detail is not None)
        if detail is None:
            self.add(muted(spoken("recalls.list.choose"), wrap=True))
            self.body.addStretch(1)
            return
        self._add_head(detail)
        self._add_states(detail)
        self._add_next(detail)
        self.body.addStretch(1)

    def _add_head(self, detail: CaseDetail) -> None:
        row = detail.row
        number = Label(row.number, "muted", theme.SMALL, mono=True)
        self.add(_row(badge_widget(badge(row.recall_class)), chip_widget(state_chip(row)), None, number))
        self.add(Label(row.title, "text", theme.HEAD, bold=True, wrap=True))
        sites = len(detail.impact.sites)
        self.add(muted(say("recalls.list.size", maker=row.manufacturer, batches=row.batches, sites=sites), wrap=True))

    def _add_states(self, detail: CaseDetail) -> None:
        shown = [(state, detail.impact.by_state.get(state, 0)) for state in FILLS]
        shown = [(state, units) for state, units in shown if units]
        if not shown:
            return
        self.body.addSpacing(4)
        self.add(SegmentLine([Segment(units, FILLS[state], word(state)) for state, units in shown], height=10))
        for state, units in shown:
            is_gap = state is StockState.UNACCOUNTED
            value = Label(formats.number(units), "stop" if is_gap else "text", bold=True)
            self.add(_row(_Swatch(FILLS[state]), Label(word(state)), None, value))
        self.add(Rule())
        total = Label(formats.number(detail.impact.received), bold=True)
        self.add(_row(Label(spoken("recalls.list.received"), bold=True), None, total))

    def _add_next(self, detail: CaseDetail) -> None:
        things = next_things(detail)
        if not things:
            return
        self.body.addSpacing(10)
        self.add(Label(spoken("recalls.list.next"), bold=True))
        for thing in things:
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(Label(thing.text, wrap=True))
            if thing.note:
                words.addWidget(muted(thing.note, wrap=True))
            holder = QWidget()
            line = QHBoxLayout(holder)
            line.setContentsMargins(0, 4, 0, 2)
            line.setSpacing(10)
            line.addWidget(IconMark(thing.icon, thing.tone), 0, Qt.AlignmentFlag.AlignTop)
            line.addLayout(words, 1)
            self.add(holder)

    def retranslate(self) -> None:
        self.show_detail(self._detail)


class _Swatch(QWidget):
    """The little square that ties a word to its part of the bar."""

    def __init__(self, fill: str) -> None:
        super().__init__()
        self._fill = fill
        self.setFixedSize(8, 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.rounded(painter, QRectF(self.rect()), 2, theme.colour(self._fill))
        painter.end()


def _row(*parts: QWidget | None) -> QWidget:
    """Widgets in a line; None is what stretches."""
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    for part in parts:
        if part is None:
            line.addStretch(1)
        else:
            line.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
    return holder
