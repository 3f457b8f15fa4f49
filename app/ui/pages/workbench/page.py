"""The workbench page: doors, queue, today, alarms, running recalls."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.queries.today import RunningCase
from app.queries.workbench import Bench, QueueRow
from app.ui import formats
from app.ui.language import language, say, spoken
from app.ui.page import Page
from app.ui.pages.workbench.columns import due_ink, queue_columns
from app.ui.pages.workbench.parts import AlarmLine, FigureTile, JobDoor, alarm_sentence, reminder_sentence
from app.ui.pages.workbench.presenter import WorkbenchPresenter
from app.ui.widgets.card import Card, PageHead, clear
from app.ui.widgets.cells import BarLook, Cell
from app.ui.widgets.labels import Label
from app.ui.widgets.rows_model import Column
from app.ui.widgets.table import DataTable
from app.ui.words import badge

EVERY_MINUTE_MS = 60_000
RIGHT_WIDTH, LEAST_ALARMS = 340, 96


class WorkbenchPage(Page):
    """Enter opens what the cursor stands on; Ctrl+N and Ctrl+2 are the first two doors."""

    def __init__(self, presenter: WorkbenchPresenter) -> None:
        super().__init__(presenter)
        self._presenter = presenter
        self._bench: Bench | None = None
        self._waiting: list[QueueRow] = []
        self.head = PageHead(spoken("workbench.title"))
        self.doors = QHBoxLayout()
        self.doors.setSpacing(12)
        self.queue = DataTable(
            queue_columns(self._now),
            two_lines=True,
            in_card=True,
            name=spoken("workbench.my_queue"),
            empty=spoken("workbench.nothing"),
        )
        self.queue.horizontalHeader().hide()
        self.cases = DataTable(_case_columns(self._now), in_card=True, name=spoken("workbench.running"))
        self.cases.horizontalHeader().hide()
        self.today = QVBoxLayout()
        self.alarms = QVBoxLayout()
        self._said: dict[str, tuple[object, str]] = {}
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self.column.addWidget(self.head)
        self.column.addLayout(self.doors)
        row = QHBoxLayout()
        row.setSpacing(12)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(12)
        self.queue_card = Card(spoken("workbench.my_queue"), flush=True)
        self.queue_card.add(self.queue, 1)
        self.cases_card = Card(spoken("workbench.running"), flush=True)
        self.cases_card.add(self.cases, 1)
        self.cases_card.setFixedHeight(164)
        left.addWidget(self.queue_card, 1)
        left.addWidget(self.cases_card)
        self.today_card = Card(spoken("workbench.today"))
        self.clock = Label("", "muted", 10.0, mono=True)
        self.today_card.add_to_head(self.clock)
        self.today_card.body.addLayout(self.today)
        alarm_card = Card(spoken("workbench.alarms"))
        alarm_card.add(self._scrolling_alarms(), 1)
        right.addWidget(self.today_card)
        right.addWidget(alarm_card, 1)
        for card in (self.today_card, alarm_card):
            card.setFixedWidth(RIGHT_WIDTH)
        row.addLayout(left, 1)
        row.addLayout(right)
        self.column.addLayout(row, 1)

    def _scrolling_alarms(self) -> QScrollArea:
        """A bad day has more alarms than a small screen has room."""
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self.alarms)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        area.setWidget(held)
        held.setAutoFillBackground(False)  # setWidget has just switched it on
        area.setMinimumHeight(LEAST_ALARMS)
        return area

    def _connect(self) -> None:
        self.queue.opened.connect(self._open_row)
        self.cases.opened.connect(self._open_case)
        self._presenter.bench_changed.connect(self.show_bench)
        self._presenter.waiting_changed.connect(self._show_waiting)
        timer = QTimer(self, interval=EVERY_MINUTE_MS)
        timer.timeout.connect(self._tick)
        timer.start()
        for number, keys in enumerate(("Ctrl+N", "Ctrl+2")):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda place=number: self._open_job(place))

    def _open_row(self, row: QueueRow) -> None:
        self.asked_to_open.emit(row.door, row.target)

    def _open_case(self, case: RunningCase) -> None:
        self.asked_to_open.emit("recalls", case.id)

    def _now(self) -> datetime:
        return self._bench.now if self._bench else datetime.now(UTC)

    def _tick(self) -> None:
        if self.isVisible():
            self._presenter.reload()

    def _open_job(self, place: int) -> None:
        jobs = self._presenter.jobs
        if place < len(jobs):
            self.asked_to_open.emit(jobs[place].door, jobs[place].target or None)

    def show_bench(self, bench: Bench) -> None:
        self._bench = bench
        late = sum(row.due_at is not None and row.due_at < bench.now for row in bench.queue)
        note = say("workbench.late", late=late, all=len(bench.queue)) if bench.queue else say("workbench.quiet")
        self.head.set_title(spoken("workbench.title"), note)
        self.queue_card.set_title(spoken("workbench.my_queue"), say("workbench.count", count=len(bench.queue)))
        self.clock.set_text(formats.moment(bench.now))
        self.queue.set_rows([*bench.queue, *self._waiting])
        self.cases.set_rows(list(bench.cases))
        self.cases_card.setVisible(bool(bench.cases))
        self._fill_doors()
        self._fill_today(bench)
        self._fill_alarms(bench)

    def _show_waiting(self, rows: list[QueueRow]) -> None:
        """After the own queue: what waits for somebody else, who that is, and since when."""
        self._waiting = rows
        if self._bench is not None:
            self.queue.set_rows([*self._bench.queue, *rows])

    def retranslate(self) -> None:
        if self._bench is not None:
            self.show_bench(self._bench)

    def _stands(self, part: str, rows: object) -> bool:
        """Whether a part of the page says this already: it is not built anew then, which would shake what is beside."""
        said = (rows, language())
        before, self._said[part] = self._said.get(part), said
        return said == before

    def _fill_doors(self) -> None:
        if self._stands("doors", tuple(self._presenter.jobs)):
            return
        clear(self.doors)
        for job in self._presenter.jobs:
            door = JobDoor(job)
            door.clicked.connect(lambda _checked=False, job=job: self.asked_to_open.emit(job.door, job.target or None))
            self.doors.addWidget(door, 1)

    def _fill_today(self, bench: Bench) -> None:
        clear(self.today)
        told = bench.today
        tiles = (
            FigureTile(told.notices, say("workbench.notices", count=told.notices), say("workbench.notices_note")),
            FigureTile(
                told.locked_lots,
                say("workbench.locked", count=told.locked_lots),
                say("workbench.locked_note", units=told.locked_units),
            ),
            FigureTile(
                told.stopped,
                say("workbench.stopped"),
                say("workbench.stopped_note"),
                "stop" if told.stopped else "text",
            ),
            FigureTile(told.counted, say("workbench.counted"), say("workbench.counted_note", expected=told.expected)),
        )
        for pair in (tiles[:2], tiles[2:]):
            row, holder = QHBoxLayout(), QWidget()
            holder.setLayout(row)
            row.setContentsMargins(0, 4, 0, 4)
            for tile in pair:
                row.addWidget(tile, 1)
            self.today.addWidget(holder)

    def _fill_alarms(self, bench: Bench) -> None:
        """Reminders first: a clock runs in each of them."""
        lines = [(reminder_sentence(row, bench.now), row.door, row.target) for row in bench.reminders]
        lines += [(alarm_sentence(row), row.door, row.target) for row in bench.alarms]
        if self._stands("alarms", lines):
            return
        clear(self.alarms)
        for said, door, target in lines:
            line = AlarmLine(said)
            line.clicked.connect(partial(self.asked_to_open.emit, door, target))
            self.alarms.addWidget(line)
        if not lines:
            self.alarms.addWidget(Label(spoken("workbench.no_alarm"), "muted", wrap=True))


def _case_columns(now: Callable[[], datetime]) -> list[Column[RunningCase]]:
    def clock(case: RunningCase) -> Cell:
        at = now()
        if case.due_at is None:
            return Cell("–", ink="muted")
        return Cell(formats.time_left(case.due_at, at, language()), ink=due_ink(case.due_at, at))

    return [
        Column(
            "", lambda case: case.recall_class.value, cell=lambda case: Cell(badge=badge(case.recall_class)), width=78
        ),
        Column("", lambda case: case.title, stretch=3),
        Column(
            "",
            lambda case: case.accounted,
            cell=lambda case: Cell(
                bar=BarLook(
                    case.accounted / case.received if case.received else 1.0,
                    "fill_green" if case.accounted == case.received else "fill_blue",
                    formats.percent(case.accounted, case.received),
                )
            ),
            stretch=4,
        ),
        Column("", lambda case: case.due_at, cell=clock, align="right", width=150),
    ]
