"""The tasks tab: tasks at the left, the chosen one with its lots, counts and the next step at the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.queries.tasks import TaskRow
from app.services.answering import Answered
from app.ui import formats, theme
from app.ui.language import language, say, spoken
from app.ui.pages.ward.tasks.lines import LineEditor
from app.ui.pages.ward.tasks.presenter import ShownTask, WardTasksPresenter
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card, EmptyState, clear
from app.ui.widgets.cells import Cell
from app.ui.widgets.chips import Badge, Chip
from app.ui.widgets.labels import Label
from app.ui.widgets.rows_model import Column
from app.ui.widgets.table import DataTable
from app.ui.words import badge, chip

TARGET = 56
_ICONS = {"acknowledge": "check", "save": "save", "seal": "pause-circle", "finish": "check-circle"}


class TasksTab(QWidget):
    """F9 is always the next step; a scan of a box counts one of its lot."""

    said = Signal(str, str)
    count_changed = Signal(int)

    def __init__(self, presenter: WardTasksPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._shown: ShownTask | None = None
        self.editors: dict[int, LineEditor] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.list = DataTable(_columns(presenter), in_card=True, name=spoken("ward.tab.tasks"), row_height=72)
        self.list.horizontalHeader().hide()
        self.list_card = Card("", flush=True)
        self.list_card.add(self.list, 1)
        self.list_card.setFixedWidth(340)
        row.addWidget(self.list_card)
        self.empty = EmptyState("check-circle", spoken("ward.task.none"), spoken("ward.task.none_note"))
        row.addWidget(self.empty, 1)
        self.card = Card(spoken("ward.task.lots"))
        row.addWidget(self.card, 1)
        self._fill_card()
        self._connect()

    def _fill_card(self) -> None:
        self.chips = QHBoxLayout()
        self.chips.setSpacing(8)
        self.headline = Label("", "text", theme.TITLE, bold=True, elide=True)
        self.clock = Label("", "muted", theme.HEAD)
        self.card.body.addWidget(self.headline)
        self.card.body.addLayout(self.chips)
        inside = QWidget()
        self.lines = QVBoxLayout(inside)
        self.lines.setContentsMargins(0, 0, 8, 0)
        self.lines.setSpacing(10)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        scroll.setWidget(inside)
        inside.setAutoFillBackground(False)  # setWidget has just switched it on
        self.card.body.addWidget(scroll, 1)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        self.none = KeycapButton(spoken("ward.task.none_found"), icon="minus-circle", height=TARGET, size=theme.HEAD)
        self.next = KeycapButton("", kind="primary", key="F9", height=TARGET, size=theme.HEAD)
        foot.addStretch(1)
        foot.addWidget(self.none)
        foot.addWidget(self.next)
        self.card.body.addLayout(foot)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.tasks_changed.connect(self.show_tasks)
        presenter.task_shown.connect(self.show_task)
        presenter.counted_by_scan.connect(self._count_one)
        presenter.done.connect(self._say_done)
        self.list.chosen.connect(self._choose)
        self.next.clicked.connect(self._take_next)
        self.none.clicked.connect(presenter.none_found)

    def _choose(self, task: TaskRow | None) -> None:
        if task is not None:
            self._presenter.choose(task)

    def show_tasks(self, tasks: Sequence[TaskRow]) -> None:
        self.list.set_rows(tasks)
        self.list_card.setVisible(len(tasks) > 1)
        self.count_changed.emit(len(tasks))

    def show_task(self, shown: ShownTask | None) -> None:
        """A reload of the same task keeps what was typed and not yet saved."""
        before, self._shown = self._shown, shown
        typed = {key: editor.typed() for key, editor in self.editors.items()} if _is_same(before, shown) else {}
        self.empty.setVisible(shown is None)
        self.card.setVisible(shown is not None)
        clear(self.lines)
        self.editors = {}
        if shown is None:
            return
        tongue = language()
        self.headline.set_text(f"{shown.task.case_title}　{shown.task.case_number}")
        self._fill_chips(shown)
        for line in shown.lines:
            editor = LineEditor(line, tongue, is_open=shown.may_type)
            editor.restore(typed.get(line.batch_id))
            self.editors[line.batch_id] = editor
            self.lines.addWidget(editor)
        self.lines.addStretch(1)
        self.next.set_text(spoken(f"ward.task.{shown.next_step}"))
        self.next.set_icon(_ICONS[shown.next_step])
        self.none.setVisible(shown.is_counting)
        self.list.choose(shown.task.id)
        if self.editors and shown.may_type and not typed:
            next(iter(self.editors.values())).found.setFocus()

    def _fill_chips(self, shown: ShownTask) -> None:
        clear(self.chips)
        grade, state = badge(shown.task.recall_class), chip(shown.task.state)
        self.chips.addWidget(Badge(grade.text, grade.tone, grade.fill))
        self.chips.addWidget(Chip(state.text, state.tone, state.icon))
        if shown.task.due_at is not None:
            late = shown.task.due_at < self._presenter.now
            left = formats.time_left(shown.task.due_at, self._presenter.now, language())
            self.chips.addWidget(Chip(left, "stop" if late else "attention", "clock"))
        self.chips.addStretch(1)

    def _count_one(self, batch_id: int, units: int) -> None:
        editor = self.editors.get(batch_id)
        if editor is not None and not editor.add(units):
            line = editor.line
            words = say("ward.task.not_open", lot=line.lot_no, expected=formats.number(line.expected))
            self.said.emit(words, "attention")

    def _take_next(self) -> None:
        if self._shown is None:
            return
        step = self._shown.next_step
        if step == "save":
            self._save()
            return
        {"acknowledge": self._presenter.acknowledge, "seal": self._presenter.seal, "finish": self._presenter.finish}[
            step
        ]()

    def _save(self) -> None:
        found: dict[int, int] = {}
        reasons: dict[int, str] = {}
        for batch_id, editor in self.editors.items():
            counted = editor.counted()
            if counted is None:
                return
            found[batch_id] = counted
            if editor.reason():
                reasons[batch_id] = editor.reason()
        self._presenter.count(found, reasons)

    def _say_done(self, said: str, answered: Answered) -> None:
        words = say(f"ward.task.said.{said}", found=answered.found or 0, document=answered.document_no)
        self.said.emit(words, "ok")

    def retranslate(self) -> None:
        if self._shown is not None:
            self.show_task(self._shown)


def _is_same(before: ShownTask | None, after: ShownTask | None) -> bool:
    if before is None or after is None:
        return False
    return before.task.id == after.task.id and before.may_type and after.may_type


def _columns(presenter: WardTasksPresenter) -> list[Column[TaskRow]]:
    def clock(task: TaskRow) -> Cell:
        if task.due_at is None:
            return Cell(task.case_title, task.case_number)
        left = formats.time_left(task.due_at, presenter.now, language())
        return Cell(task.case_title, left, second_ink="stop" if task.is_overdue else "attention")

    return [
        Column("", lambda task: task.recall_class.value, cell=_grade, width=76),
        Column("", lambda task: task.due_at, cell=clock, stretch=1),
    ]


def _grade(task: TaskRow) -> Cell:
    return Cell(badge=badge(task.recall_class))
