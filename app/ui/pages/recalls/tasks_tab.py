"""The tasks tab: who has acknowledged, who is looking, who is done, who is late; and the open task beside it."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.core.actor import Bilingual
from app.core.errors import AppError
from app.core.words import describe
from app.queries.tasks import TaskRow
from app.ui import formats, theme
from app.ui.language import language, say, spoken
from app.ui.pages.recalls.case_tab import CaseTab, TabAction
from app.ui.pages.recalls.tasks_cards import (
    cards_by_site,
    cards_by_state,
    list_columns,
    site_columns,
    state_columns,
)
from app.ui.pages.recalls.tasks_pane import TaskPane
from app.ui.pages.recalls.tasks_presenter import OpenTask, TaskAnswer, TasksPresenter, TasksSight
from app.ui.widgets.board import Board
from app.ui.widgets.card import Card
from app.ui.widgets.cell_delegate import RowLook
from app.ui.widgets.chips import Choice, FilterChips
from app.ui.widgets.labels import Label, muted
from app.ui.widgets.table import DataTable

EVERY_MINUTE_MS, COLUMN_LEAST = 60_000, 208
VIEWS = ("board", "list", "site")
FIGURES = (("departments", "text"), ("done", "ok"), ("open", "accent"), ("overdue", "stop"), ("expected", "text"),
           ("counted", "text"))  # fmt: skip


class _Wide(QScrollArea):
    """A board that keeps its columns readable: it scrolls sideways where the room is short."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)

    def hold(self, board: Board, columns: int) -> None:
        board.setMinimumWidth(COLUMN_LEAST * columns)
        self.setWidget(board)
        board.setAutoFillBackground(False)  # setWidget has just switched it on


class TasksTab(CaseTab):
    """F9 chases open tasks. A task sheet opens its task; a box counts in the open one."""

    def __init__(self, presenter: TasksPresenter) -> None:
        super().__init__(presenter)
        self._presenter = presenter
        self._came_from = ""
        self.board = Board(state_columns())
        self.sites = Board(())
        self._site_keys: tuple[str, ...] = ()
        self.list = DataTable(
            list_columns(self._now), two_lines=True, in_card=True, look=_row_look, name=spoken("recalls.tasks.name")
        )
        self.views = FilterChips([Choice(key, spoken(f"recalls.tasks.view.{key}")) for key in VIEWS], height=28)
        self.figures = {key: Label("", ink, theme.HEAD, bold=True) for key, ink in FIGURES}
        self._figure_names = {key: muted("") for key in self.figures}
        self.pane = TaskPane()
        self._arrange()
        self._connect()

    # layout -----------------------------------------------------------------------
    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._figures_line())
        row = QHBoxLayout()
        row.setSpacing(12)
        self.stack = QStackedWidget()
        self._wide, self._by_site = _Wide(), _Wide()
        self._wide.hold(self.board, len(state_columns()))
        card = Card("", flush=True)
        card.add(self.list, 1)
        for widget in (self._wide, card, self._by_site):
            self.stack.addWidget(widget)
        row.addWidget(self.stack, 1)
        row.addWidget(self.pane)
        column.addLayout(row, 1)

    def _figures_line(self) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for key, label in self.figures.items():
            row.addWidget(label)
            row.addWidget(self._figure_names[key])
            row.addSpacing(12)
        row.addStretch(1)
        row.addWidget(self.views)
        return line

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.sight_changed.connect(self.show_sight)
        presenter.task_changed.connect(self.show_task)
        presenter.counted_by_scan.connect(self.pane.count_one)
        presenter.not_in_task.connect(self._say_not_asked)
        presenter.done.connect(self._say_done)
        presenter.refused.connect(self._refused)
        presenter.failed.connect(self._fail)
        self.board.opened.connect(self._open)
        self.list.opened.connect(self._open_row)
        self.views.chosen.connect(self._view)
        self.pane.answered.connect(self._answer)
        self.pane.closed.connect(presenter.close_task)
        timer = QTimer(self, interval=EVERY_MINUTE_MS)
        timer.timeout.connect(self._tick)
        timer.start()

    def _now(self) -> datetime:
        return self._presenter.sight.now if self._presenter.sight else datetime.now(UTC)

    def _tick(self) -> None:
        """The clocks run; a task that somebody is typing into is left alone."""
        if self.isVisible() and self._presenter.open_row is None:
            self._presenter.reload()

    # shown ------------------------------------------------------------------------
    def show_sight(self, sight: TasksSight) -> None:
        board = sight.board
        values = {"departments": len(board.tasks), "done": board.done, "open": board.open, "overdue": board.overdue,
                  "expected": board.expected, "counted": board.counted}  # fmt: skip
        for key, label in self.figures.items():
            label.set_text(formats.number(values[key]))
            self._figure_names[key].set_text(spoken(f"recalls.tasks.figure.{key}", count=values[key]))
        self.board.set_cards(cards_by_state(board, sight.now))
        self._show_sites(sight)
        self.list.set_rows(board.tasks)
        self.count_changed.emit(board.open)
        self.action_changed.emit()

    def _show_sites(self, sight: TasksSight) -> None:
        columns = site_columns(sight.board)
        keys = (language(), *(column.key for column in columns))
        if keys != self._site_keys:
            self._site_keys = keys
            self.sites = Board(columns)
            self.sites.opened.connect(self._open)
            self._by_site.hold(self.sites, len(columns))
        self.sites.set_cards(cards_by_site(sight.board, sight.now))

    def show_task(self, opened: OpenTask | None) -> None:
        if opened is not None and self.pane.isHidden():
            self._came_from = self.views.current()
        self.pane.show_task(opened)
        if opened is None:
            (self.list if self._came_from == "list" else self.views).setFocus()

    def retranslate(self) -> None:
        if self._presenter.sight is not None:
            self.show_sight(self._presenter.sight)
        self.pane.retranslate()

    # acts -------------------------------------------------------------------------
    def action(self) -> TabAction | None:
        sight = self._presenter.sight
        if sight is None or not sight.can_chase:
            return None
        return TabAction(spoken("recalls.tasks.chase"), "send")

    def act(self) -> None:
        self._presenter.chase()

    def take_scan(self, raw: str) -> bool:
        return self._presenter.take_scan(raw)

    def _view(self, key: str) -> None:
        self.stack.setCurrentIndex(VIEWS.index(key))

    def _open(self, key: str) -> None:
        self._presenter.open_task(int(key))

    def _open_row(self, row: TaskRow) -> None:
        self._presenter.open_task(row.id)

    def _answer(self, answer: TaskAnswer) -> None:
        note, presenter = self.pane.note.value(), self._presenter
        if answer is TaskAnswer.COUNT:
            counted = self.pane.counted()
            if counted is not None:
                presenter.count(*counted, note)
        elif answer is TaskAnswer.EXEMPT:
            presenter.exempt(self.pane.reason.value())
        elif answer is TaskAnswer.HAND_OVER:
            self.asked_for_tab.emit("goods")
        else:
            acts = {
                TaskAnswer.ACKNOWLEDGE: presenter.acknowledge,
                TaskAnswer.NONE_FOUND: presenter.none_found,
                TaskAnswer.QUARANTINE: presenter.quarantine,
                TaskAnswer.FINISH: presenter.finish,
            }
            acts[answer](note)

    def _say_done(self, key: str, values: dict[str, Bilingual]) -> None:
        self.said.emit(say(f"recalls.tasks.said.{key}", **values), "ok")

    def _say_not_asked(self, lot: str) -> None:
        self.said.emit(say("recalls.tasks.not_asked", lot=lot), "attention")

    def _refused(self, answer: TaskAnswer | None, error: AppError) -> None:
        if answer is None:
            self._fail(error)
        else:
            self.pane.refuse(error)

    def _fail(self, error: AppError) -> None:
        self.said.emit(describe(error, language()), "stop")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._presenter.open_row is not None:
            self._presenter.close_task()
            return
        super().keyPressEvent(event)


def _row_look(row: TaskRow) -> RowLook:
    return RowLook(edge="stop" if row.is_overdue else "")
