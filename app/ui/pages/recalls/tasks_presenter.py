"""Decides what the board of department tasks shows, which answers a task may take, and from whom; knows no widget."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import partial
from uuid import uuid4

from PySide6.QtCore import QObject, Signal, Slot

from app.core.actor import Actor
from app.core.changes import Topic
from app.core.clock import Clock
from app.core.errors import AppError
from app.core.lots import lot_key
from app.core.permissions import Duty
from app.core.statuses.recall import TaskState
from app.queries.case_head import CaseHead, case_head
from app.queries.reader import Reader
from app.queries.scanned import ProductRow, product_of_di
from app.queries.tasks import TaskBoard, TaskLineRow, TaskRow, task, task_board, task_by_number, task_lines
from app.services.answering import RUNNING, Answered, AnsweringService
from app.udi.reader import read
from app.udi.reading import Reading
from app.ui.background import Background
from app.ui.pages.recalls.case_tab import CaseTabPresenter
from app.ui.seat import Seat

TASK_CODE = "RD:TASK:"
COLUMNS: dict[str, tuple[TaskState, ...]] = {
    "sent": (TaskState.SENT,),
    "locating": (TaskState.ACKNOWLEDGED, TaskState.LOCATING, TaskState.FOUND, TaskState.NONE_FOUND),
    "quarantined": (TaskState.QUARANTINED,),
    "handed_over": (TaskState.HANDED_OVER,),
    "done": (TaskState.DONE, TaskState.EXEMPTED),
}
"""The columns of the board; goods that were found and not yet put aside are still being located."""


class TaskAnswer(Enum):
    """What can be said of a task."""

    ACKNOWLEDGE = "acknowledge"
    COUNT = "count"
    NONE_FOUND = "none_found"
    QUARANTINE = "quarantine"
    HAND_OVER = "hand_over"
    FINISH = "finish"
    EXEMPT = "exempt"


_ANSWERS: dict[TaskState, tuple[TaskAnswer, ...]] = {
    TaskState.SENT: (TaskAnswer.ACKNOWLEDGE, TaskAnswer.COUNT, TaskAnswer.NONE_FOUND, TaskAnswer.EXEMPT),
    TaskState.ACKNOWLEDGED: (TaskAnswer.COUNT, TaskAnswer.NONE_FOUND, TaskAnswer.EXEMPT),
    TaskState.LOCATING: (TaskAnswer.COUNT, TaskAnswer.NONE_FOUND, TaskAnswer.EXEMPT),
    TaskState.FOUND: (TaskAnswer.QUARANTINE, TaskAnswer.COUNT, TaskAnswer.HAND_OVER),
    TaskState.NONE_FOUND: (TaskAnswer.FINISH, TaskAnswer.COUNT),
    TaskState.QUARANTINED: (TaskAnswer.HAND_OVER, TaskAnswer.FINISH),
    TaskState.HANDED_OVER: (TaskAnswer.FINISH,),
}
"""The answers of each state, the usual one first."""


@dataclass(frozen=True, slots=True)
class TasksSight:
    """The board at one moment."""

    head: CaseHead
    board: TaskBoard
    now: datetime
    can_chase: bool


@dataclass(frozen=True, slots=True)
class OpenTask:
    """The task in the pane. ``needs_note``: who answers for another department writes whom they spoke to."""

    row: TaskRow
    lines: tuple[TaskLineRow, ...]
    answers: tuple[TaskAnswer, ...]
    needs_note: bool
    now: datetime

    @property
    def next_answer(self) -> TaskAnswer | None:
        return self.answers[0] if self.answers else None

    @property
    def can_count(self) -> bool:
        return TaskAnswer.COUNT in self.answers


class TasksPresenter(CaseTabPresenter):
    """One case's board; one of its tasks may be open beside it."""

    topics = frozenset({Topic.TASKS, Topic.RECALLS, Topic.STOCK})
    sight_changed = Signal(object)
    """``TasksSight``."""
    task_changed = Signal(object)
    """``OpenTask``, or None when it was closed."""
    counted_by_scan = Signal(int, int)
    """Batch id and units to add in the open task."""
    not_in_task = Signal(str)
    """A scanned lot that the open task does not ask for."""
    done = Signal(str, dict)
    """A key of ``[recalls.tasks.said]`` and its values."""
    refused = Signal(object, AppError)
    """The ``TaskAnswer`` (None: the chasing) that was not taken, and why."""

    def __init__(
        self,
        reader: Reader,
        answering: AnsweringService,
        clock: Clock,
        seat: Seat,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(background, parent)
        self._reader, self._answering, self._clock, self._seat = reader, answering, clock, seat
        self._sight: TasksSight | None = None
        self._task_id: int | None = None
        self._open: OpenTask | None = None

    @property
    def sight(self) -> TasksSight | None:
        return self._sight

    @property
    def open_row(self) -> OpenTask | None:
        return self._open

    def forget(self) -> None:
        self._sight = None
        self.close_task()

    def load_case(self, case_id: int) -> None:
        now = self._clock()
        may_run = self._seat.is_taken and self._seat.actor.may(Duty.RUN_RECALL)

        def ask() -> TasksSight:
            head = self._reader.fetch(case_head, case_id, now)
            board = self._reader.fetch(task_board, case_id, now)
            return TasksSight(head, board, now, may_run and head.row.state in RUNNING and board.open > 0)

        self._load(ask, self._show, "board")
        if self._task_id is not None:
            self._load_task(self._task_id)

    def _show(self, sight: TasksSight) -> None:
        if sight.head.id == self.case_id:
            self._sight = sight
            self.sight_changed.emit(sight)

    # one task -------------------------------------------------------------------
    def open_task(self, task_id: int) -> None:
        """Show a task beside the board."""
        self._task_id = task_id
        self._load_task(task_id)

    @Slot()
    def close_task(self) -> None:
        self._task_id = None
        if self._open is not None:
            self._open = None
            self.task_changed.emit(None)

    def _load_task(self, task_id: int) -> None:
        now, case_id = self._clock(), self.case_id
        if case_id is None or not self._seat.is_taken:
            return
        actor = self._seat.actor

        def ask() -> OpenTask:
            is_running = self._reader.fetch(case_head, case_id, now).row.state in RUNNING
            row = self._reader.fetch(task, task_id, now)
            lines = self._reader.fetch(task_lines, task_id)
            answers = answers_of(row, actor) if is_running else ()
            return OpenTask(row, tuple(lines), answers, not _is_own(actor, row), now)

        self._load(ask, self._show_task, "task")

    def _show_task(self, opened: OpenTask) -> None:
        if opened.row.id == self._task_id:
            self._open = opened
            self.task_changed.emit(opened)

    # scans ------------------------------------------------------------------------
    def take_scan(self, raw: str) -> bool:
        """A task sheet opens its task; a box counts in the open task. False where it is neither."""
        if raw.startswith(TASK_CODE):
            number, now = raw.removeprefix(TASK_CODE), self._clock()
            self._load(lambda: self._reader.fetch(task_by_number, number, now), self._show_scanned, "scan")
            return True
        if self._open is None or not self._open.can_count:
            return False
        reading = read(raw)
        if not reading.lot or not reading.di:
            return False
        di = reading.di

        def ask() -> ProductRow | None:
            return self._reader.fetch(product_of_di, di)

        self._load(ask, partial(self._count_box, reading), "scan")
        return True

    def _show_scanned(self, row: TaskRow) -> None:
        if row.case_id == self.case_id:
            self.open_task(row.id)
        else:
            self.not_in_task.emit(row.number)

    def _count_box(self, reading: Reading, product: ProductRow | None) -> None:
        key, lines = lot_key(reading.lot or ""), self._open.lines if self._open else ()
        same = [line for line in lines if product and line.ref == product.ref and lot_key(line.lot_no) == key]
        if product is None or not same:
            self.not_in_task.emit(reading.lot or "")
        else:
            self.counted_by_scan.emit(same[0].batch_id, product.units)

    # answers ------------------------------------------------------------------------
    def acknowledge(self, note: str) -> None:
        self._answer(TaskAnswer.ACKNOWLEDGE, partial(self._answering.acknowledge, note=note))

    def count(self, found: Mapping[int, int], reasons: Mapping[int, str], note: str) -> None:
        """What was found per batch id; batches left out stay to be counted."""
        self._answer(TaskAnswer.COUNT, partial(self._answering.count, found=found, reasons=reasons, note=note))

    def none_found(self, note: str) -> None:
        self._answer(TaskAnswer.NONE_FOUND, partial(self._answering.none_found, note=note))

    def quarantine(self, note: str) -> None:
        """Put aside where they are."""
        self._answer(TaskAnswer.QUARANTINE, partial(self._answering.quarantine_here, note=note))

    def finish(self, note: str) -> None:
        self._answer(TaskAnswer.FINISH, partial(self._answering.finish, note=note))

    def exempt(self, reason: str) -> None:
        """Free the department of its task."""
        self._answer(TaskAnswer.EXEMPT, partial(self._answering.exempt, reason=reason))

    def _answer(self, answer: TaskAnswer, act: Callable[..., Answered]) -> None:
        opened = self._open
        if opened is None or answer not in opened.answers:
            return
        given = partial(
            act, actor=self._seat.actor, op_id=uuid4().hex, task_id=opened.row.id, version=opened.row.version
        )

        def done(answered: Answered) -> None:
            self.done.emit(
                answer.value,
                {"place": opened.row.place, "state": answered.state, "document": answered.document_no or "—"},
            )

        self._act(given, done, partial(self.refused.emit, answer))

    def chase(self) -> None:
        """Remind every department whose task is open."""
        sight = self._sight
        if sight is None or not sight.can_chase:
            return
        act = partial(self._answering.chase, actor=self._seat.actor, op_id=uuid4().hex, case_id=sight.head.id)
        self._act(
            act, lambda _done: self.done.emit("chased", {"count": sight.board.open}), partial(self.refused.emit, None)
        )


def _is_own(actor: Actor, row: TaskRow) -> bool:
    return actor.location_id == row.location_id and (actor.may(Duty.WARD) or actor.may(Duty.COLLECT_GOODS))


def answers_of(row: TaskRow, actor: Actor) -> tuple[TaskAnswer, ...]:
    """What this person may say of the task now; nobody hands over but who collects goods."""
    may_answer = _is_own(actor, row) or actor.may(Duty.RUN_RECALL)
    allowed = {
        TaskAnswer.EXEMPT: actor.may(Duty.RUN_RECALL),
        TaskAnswer.HAND_OVER: actor.may(Duty.COLLECT_GOODS),
    }
    return tuple(answer for answer in _ANSWERS.get(row.state, ()) if allowed.get(answer, may_answer))
