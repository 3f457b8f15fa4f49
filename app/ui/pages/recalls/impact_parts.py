"""The cards beside the bars: the clock, what is accounted for, sites, and the patients as a number."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.core.statuses.recall import FINISHED_TASKS, TaskState
from app.core.statuses.stock import StockState
from app.queries.impact import Quantities, ShareRow
from app.queries.recalls import CaseClock, CaseRow
from app.ui import formats, theme
from app.ui.language import language, say, spoken
from app.ui.pages.recalls.impact_presenter import ImpactSight
from app.ui.widgets.card import Card, Surface
from app.ui.widgets.charts.donut_ring import DonutRing
from app.ui.widgets.charts.progress_segments import ProgressSegments
from app.ui.widgets.charts.segment_line import Segment
from app.ui.widgets.charts.stacked_bars import BarRow, StackedBars
from app.ui.widgets.chips import Choice, FilterChips
from app.ui.widgets.labels import IconMark, Label, muted
from app.ui.widgets.progress import ProgressLine
from app.ui.words import FILLS, word

DONE_FILL, OPEN_FILL, LATE_FILL, SENT_FILL = "fill_green", "fill_blue", "fill_red", "fill_gold"
SPLITS = ("site", "region", "supplier", "lock")


def state_name(state: StockState) -> str:
    """The short word of a tile."""
    return say(f"recalls.impact.state.{state.value}")


def segments(by_state: Quantities) -> tuple[Segment, ...]:
    """A bar's parts in the order of the tiles."""
    return tuple(
        Segment(by_state[state], FILLS[state], state_name(state)) for state in StockState if by_state.get(state)
    )


def bar_of(share: ShareRow, late: frozenset[int] | None = None) -> BarRow:
    """One bar; given the ``late`` places, its pending figure stands at the right, red where the place is overdue."""
    tongue = language()
    if late is None:
        return BarRow(str(share.id), share.name.said_in(tongue), segments(share.by_state))
    ink = "stop" if share.id in late and share.pending else "attention" if share.pending else "muted"
    name, note = share.name.said_in(tongue), share.note.said_in(tongue)
    return BarRow(str(share.id), name, segments(share.by_state), note, share.pending, ink)


class PlaceBars(StackedBars):
    """Bars inside a scroll area: the row under the cursor stays in sight."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__()
        self._area = area

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        self._follow()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._follow()

    def _follow(self) -> None:
        keys = [row.key for row in self._rows]
        if self.current_key() in keys:
            row = self.height() / len(keys)
            self._area.ensureVisible(0, round(row * (keys.index(self.current_key()) + 0.5)), 0, round(row))


class ClockCard(Surface):
    """The ring and what is left in words."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(16)
        self.ring = DonutRing(size=80)
        self.demand = muted()
        self.left = Label("", "text", theme.TITLE, bold=True)
        self.due = Label("", "text", theme.SMALL)
        self.note = muted()
        column = QVBoxLayout()
        column.setSpacing(1)
        column.addStretch(1)
        for label in (self.demand, self.left, self.due, self.note):
            column.addWidget(label)
        column.addStretch(1)
        row.addWidget(self.ring)
        row.addLayout(column, 1)

    def show_clock(self, case: CaseRow) -> None:
        clock = case.clock
        self.demand.set_text(say("recalls.impact.demand", recall_class=case.recall_class, treatment=case.treatment))
        fill = "fill_red" if clock.is_overdue else "fill_green" if clock.ended_at else "accent"
        self.ring.set_share(clock.used, f"{round(100 * clock.used)} %", say("recalls.impact.elapsed"), fill)
        self.left.set_text(_clock_words(clock))
        self.left.set_ink("stop" if clock.is_overdue else "ok" if clock.ended_at else "text")
        self.due.set_text(_due_words(clock.due_at))
        self.note.set_text(say("recalls.impact.since", at=clock.started_at))


def _clock_words(clock: CaseClock) -> str:
    if clock.due_at is None:
        return say("recalls.impact.no_deadline")
    if clock.ended_at is None:
        return formats.time_left(clock.due_at, clock.now, language())
    return say("recalls.impact.ended_late" if clock.is_overdue else "recalls.impact.ended_in_time")


def _due_words(due_at: datetime | None) -> str:
    return say("recalls.impact.due", at=due_at) if due_at else ""


class AccountedCard(Surface):
    """Share accounted for over the pieces of the department tasks."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 10)
        column.setSpacing(4)
        self.sum = muted()
        self.share = Label("", "text", theme.FIGURE, bold=True)
        self.line = ProgressLine()
        self.tasks = muted()
        self.pieces = ProgressSegments()
        column.addLayout(_ends(Label(spoken("recalls.impact.accounted"), bold=True), self.sum))
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self.share)
        middle.addWidget(self.line, 1)
        column.addLayout(middle)
        column.addLayout(_ends(muted(spoken("recalls.impact.tasks")), self.tasks))
        column.addWidget(self.pieces)

    def show_sight(self, sight: ImpactSight) -> None:
        found, board = sight.impact, sight.board
        self.sum.set_text(f"{found.accounted:,} / {found.received:,}")
        self.share.set_text(formats.percent(found.accounted, found.received))
        share = found.accounted / found.received if found.received else 1.0
        self.line.set_share(share, DONE_FILL if share == 1 else OPEN_FILL)
        words = say("recalls.impact.task_sum", done=board.done, open=board.open, overdue=board.overdue)
        self.tasks.set_text(words)
        self.pieces.set_fills([_piece(*state) for state in sight.task_states()], words)


def _piece(state: TaskState, is_late: bool) -> str:
    if is_late:
        return LATE_FILL
    if state in FINISHED_TASKS:
        return DONE_FILL
    return SENT_FILL if state is TaskState.SENT else OPEN_FILL


def _ends(left: QWidget, right: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(left)
    row.addStretch(1)
    row.addWidget(right)
    return row


class SplitCard(Card):
    """Bars by site, region or supplier; Enter opens one."""

    opened = Signal(str, str)
    """The split and the key of the bar."""
    split_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(spoken("recalls.impact.split"), rule=False)
        choices = [Choice(key, spoken(f"recalls.impact.by.{key}")) for key in SPLITS]
        self.splits = FilterChips(choices, height=26, name=spoken("recalls.impact.split"))
        self.add_to_head(self.splits)
        self.bars = StackedBars(name_width=96)
        self.body.setContentsMargins(16, 0, 16, 10)
        self.add(self.bars)
        self.splits.chosen.connect(self.split_chosen)
        self.bars.opened.connect(self._open)

    def _open(self, key: str) -> None:
        self.opened.emit(self.splits.current(), key)

    def show_shares(self, shares: tuple[ShareRow, ...]) -> None:
        self.bars.set_rows([bar_of(share) for share in shares])
        self.bars.setMinimumHeight(30 * len(shares))


class PatientCard(Surface):
    """How many units on how many patients, as numbers only."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 9, 16, 9)
        row.setSpacing(10)
        self.words = Label("", wrap=True)
        row.addWidget(IconMark("users", "muted", 18), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)

    def show_sight(self, sight: ImpactSight) -> None:
        used = sight.impact.by_state.get(StockState.USED, 0)
        key = "patients" if used else "no_patients"
        told = say(f"recalls.impact.{key}", used=used, patients=sight.impact.patients)
        ordered = sight.impact.ordered
        more = say("recalls.impact.ordered", count=ordered) if ordered else ""
        self.words.set_text(f"{told}\n{more}" if more else told)


def drill_title(by: str, share: ShareRow | None, state: StockState | None) -> str:
    """What the opened figure counts."""
    if share is not None:
        names = (share.name.said_in(language()), share.note.said_in(language()))
        return " · ".join(name for name in names if name)
    if by == "pending":
        return say("recalls.impact.pending")
    return word(state) if state is not None else say("recalls.impact.received")
