"""The impact tab: received = the sum of its states, where every unit is, and the rows behind any figure."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import AppError
from app.core.statuses.stock import StockState
from app.core.words import describe
from app.queries.impact_rows import DrillRow
from app.ui import formats, theme
from app.ui.language import Caption, language, say, spoken
from app.ui.pages.recalls.case_tab import CaseTab
from app.ui.pages.recalls.impact_cancelled import CancelledCard
from app.ui.pages.recalls.impact_kits import KitsCard
from app.ui.pages.recalls.impact_parts import (
    AccountedCard,
    ClockCard,
    PatientCard,
    PlaceBars,
    SplitCard,
    bar_of,
    drill_title,
    state_name,
)
from app.ui.pages.recalls.impact_presenter import Drilled, ImpactPresenter, ImpactSight
from app.ui.widgets.card import Card
from app.ui.widgets.cells import Cell
from app.ui.widgets.kpi_strip import Kpi, KpiStrip
from app.ui.widgets.labels import IconMark, Label, LinkButton, muted
from app.ui.widgets.rows_model import Column
from app.ui.widgets.table import DataTable
from app.ui.words import FILLS, chip

EVERY_MINUTE_MS, RIGHT_WIDTH = 60_000, 348
TOTAL, PENDING_WIDTH, CHEVRON = 74, 65, 7


def drill_columns() -> list[Column[DrillRow]]:
    """Lot · product · place · state · units."""
    return [
        Column(spoken("recalls.impact.lot"), lambda row: row.lot_no, width=150, is_mono=True),
        Column(
            spoken("recalls.impact.product"),
            lambda row: row.ref,
            cell=lambda row: Cell(row.product.said_in(language()), _of_kit(row), is_second_mono=True),
            stretch=3,
        ),
        Column(
            spoken("recalls.impact.place"),
            lambda row: row.location_id,
            cell=lambda row: Cell(row.place.said_in(language()), row.site.said_in(language())),
            stretch=2,
        ),
        Column(
            spoken("recalls.impact.where"), lambda row: row.state.value, cell=lambda row: Cell(chip=chip(row.fate)),
            width=142,
        ),
        Column(
            spoken("recalls.impact.units"),
            lambda row: row.quantity,
            cell=lambda row: Cell(formats.number(row.quantity), is_bold=True),
            align="right",
            width=90,
        ),
    ]  # fmt: skip


class ImpactTab(CaseTab):
    """Enter on a tile or a bar opens the batches behind it, Esc closes them again."""

    def __init__(self, presenter: ImpactPresenter) -> None:
        super().__init__(presenter)
        self._presenter = presenter
        self._drill: Drilled | None = None
        self.kpis = KpiStrip()
        self.area = QScrollArea()
        self.bars = PlaceBars(self.area)
        self.rows = DataTable(
            drill_columns(),
            two_lines=True,
            in_card=True,
            key=lambda row: (row.batch_id, row.location_id, row.state),
            name=spoken("recalls.impact.behind"),
            empty=spoken("recalls.impact.nothing"),
        )
        self.clock, self.accounted, self.split, self.patients = ClockCard(), AccountedCard(), SplitCard(), PatientCard()
        self.kits, self.cancelled = KitsCard(), CancelledCard()
        self.left = QStackedWidget()
        self._arrange()
        self._connect()

    # layout ---------------------------------------------------------------------
    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.kpis)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.left.addWidget(self._bars_card())
        self.left.addWidget(self._drill_card())
        row.addWidget(self.left, 1)
        row.addWidget(self._right())
        column.addLayout(row, 1)

    def _bars_card(self) -> Card:
        card = Card(spoken("recalls.impact.every_unit"), head_height=38)
        for words, width in (
            (spoken("recalls.impact.total"), TOTAL),
            (spoken("recalls.impact.pending"), PENDING_WIDTH),
        ):
            card.add_to_head(_head_label(words, width))
        _bare(self.area)
        self.area.setWidget(self.bars)
        self.bars.setAutoFillBackground(False)  # setWidget has just switched it on
        card.body.setContentsMargins(16, 4, 4, 4)
        card.add(self.area, 1)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.foot, self.equal = muted(), IconMark("check-circle", "ok", 16)
        self.total, self.pending = Label("", bold=True), LinkButton("", size=theme.BODY, bold=True)
        self.total.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.total.setFixedWidth(TOTAL)
        row.addWidget(self.foot)
        row.addSpacing(6)
        row.addWidget(self.equal)
        row.addStretch(1)
        row.addWidget(self.total)
        holder = QHBoxLayout()
        holder.setContentsMargins(0, 0, CHEVRON, 0)
        holder.addStretch(1)
        holder.addWidget(self.pending)
        side = QWidget()
        side.setLayout(holder)
        side.setFixedWidth(PENDING_WIDTH + 12)
        row.addWidget(side)
        card.add_footer(foot, 44, tinted=True)
        return card

    def _drill_card(self) -> Card:
        self.drill_card = Card(" ", flush=True, head_height=38)
        self.back = LinkButton(spoken("recalls.impact.back"), flush=True)
        self.drill_card.add_to_head(self.back)
        self.drill_card.add(self.rows, 1)
        self.drill_foot = muted()
        self.drill_card.add_footer(self.drill_foot, 44, tinted=True)
        return self.drill_card

    def _right(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)  # cards that grow are scrolled to, not squeezed
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for card in (self.clock, self.accounted, self.kits, self.cancelled, self.split, self.patients):
            card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # whole, or scrolled to
            column.addWidget(card)
        column.addStretch(1)
        area = QScrollArea()
        _bare(area)
        area.setWidget(inside)
        inside.setAutoFillBackground(False)
        area.setFixedWidth(RIGHT_WIDTH)
        return area

    def _connect(self) -> None:
        self._presenter.sight_changed.connect(self.show_sight)
        self._presenter.drilled.connect(self.show_drill)
        self._presenter.failed.connect(self._fail)
        self.kpis.opened.connect(self._open_state)
        self.bars.opened.connect(self._open_place)
        self.split.opened.connect(self._presenter.open_figure)
        self.split.split_chosen.connect(self._presenter.choose_split)
        self.pending.clicked.connect(lambda: self._presenter.open_figure("pending"))
        self.back.clicked.connect(self._presenter.close_drill)
        self.kits.opened.connect(self._open_kit)
        self.cancelled.opened.connect(self._open_requisition)
        self.rows.opened.connect(self._open_batch)
        timer = QTimer(self, interval=EVERY_MINUTE_MS)
        timer.timeout.connect(self._tick)
        timer.start()

    def _open_state(self, state: str) -> None:
        self._presenter.open_figure("state", state)

    def _open_place(self, place: str) -> None:
        self._presenter.open_figure("place", place)

    def _open_batch(self, row: DrillRow) -> None:
        self.asked_to_open.emit("batches", row.batch_id)

    def _open_kit(self, batch_id: int) -> None:
        self.asked_to_open.emit("batches", batch_id)

    def _open_requisition(self, requisition_id: int) -> None:
        self.asked_to_open.emit("requisitions", requisition_id)

    def _tick(self) -> None:
        if self.isVisible():
            self._presenter.reload()

    # shown ----------------------------------------------------------------------
    def show_sight(self, sight: ImpactSight) -> None:
        found = sight.impact
        self.kpis.set_kpis(_kpis(sight))
        late = sight.late_places()
        self.bars.set_rows([bar_of(place, late) for place in found.places])
        self.foot.set_text(say("recalls.impact.foot" if sight.adds_up else "recalls.impact.foot_off",
                               places=len(found.places), received=found.received))  # fmt: skip
        self.foot.set_ink("muted" if sight.adds_up else "stop")
        self.equal.set_icon("check-circle" if sight.adds_up else "x-circle", "ok" if sight.adds_up else "stop")
        self.total.set_text(formats.number(sight.places_total))
        self.pending.set_text(formats.number(found.pending))
        self.pending.setEnabled(found.pending > 0)
        self.clock.show_clock(sight.head.row)
        self.accounted.show_sight(sight)
        self.kits.show_kits(sight.kits)
        self.cancelled.show_rows(sight.cancelled)
        self.split.show_shares(sight.shares(self._presenter.split))
        self.patients.show_sight(sight)

    def show_drill(self, drill: Drilled | None) -> None:
        was_open, self._drill = self._drill is not None, drill
        if drill is None:
            self.left.setCurrentIndex(0)
            if was_open:
                self.bars.setFocus()
            return
        self.drill_card.set_title(drill_title(drill.by, drill.share, drill.state), say("recalls.impact.behind"))
        self.rows.set_rows(drill.rows)
        self.drill_foot.set_text(say("recalls.impact.drill_sum", rows=len(drill.rows), total=drill.total))
        self.left.setCurrentIndex(1)
        if not was_open:
            self.rows.setFocus()
            self.rows.selectRow(0)

    def retranslate(self) -> None:
        if self._presenter.sight is not None:
            self.show_sight(self._presenter.sight)
        if self._drill is not None:
            self.show_drill(self._drill)

    def _fail(self, error: AppError) -> None:
        self.said.emit(describe(error, language()), "stop")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._drill is not None:
            self._presenter.close_drill()
            return
        super().keyPressEvent(event)


def _of_kit(row: DrillRow) -> str:
    return say("recalls.impact.in_kit", ref=row.ref, kit=row.kit_no) if row.kit_no else row.ref


def _kpis(sight: ImpactSight) -> list[Kpi]:
    found = sight.impact
    note = say("recalls.impact.received_note", batches=found.batches, sites=len(found.sites))
    tiles = [Kpi("", say("recalls.impact.received"), found.received, note)]
    for place, state in enumerate(sight.states):
        value = found.by_state.get(state, 0)
        ink = "stop" if value and state is StockState.UNACCOUNTED else "text" if value else "muted"
        share = formats.percent(value, found.received)
        tiles.append(Kpi(state.value, state_name(state), value, share, FILLS[state], "+" if place else "=", ink))
    return tiles


def _head_label(words: Caption, width: int, right: int = 0) -> Label:
    label = muted(words)
    label.setContentsMargins(0, 0, right, 0)
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    label.setFixedWidth(width)
    return label


def _bare(area: QScrollArea) -> None:
    """A scroll area that shows nothing of itself."""
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
