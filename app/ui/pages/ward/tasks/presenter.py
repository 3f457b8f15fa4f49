"""Decides for the tasks of a ward: which one is shown, what comes next, what a scan counts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict
from uuid import uuid4

from PySide6.QtCore import QObject, Signal, Slot

from app.core.actor import Actor
from app.core.changes import Topic
from app.core.clock import Clock
from app.core.lots import lot_key
from app.core.statuses.recall import TaskState
from app.queries.batches import NoScanError, UnknownProductError
from app.queries.reader import Reader
from app.queries.scanned import ProductRow, product_of_di
from app.queries.tasks import TaskLineRow, TaskRow, task_lines, tasks_of_place
from app.services.answering import Answered, AnsweringService
from app.udi.reader import read
from app.ui.background import Background
from app.ui.presenter import Presenter
from app.ui.seat import Seat

TASK_CODE = "RD:TASK:"
COUNTING = frozenset({TaskState.SENT, TaskState.ACKNOWLEDGED, TaskState.LOCATING})


class _By(TypedDict):
    actor: Actor
    op_id: str
    task_id: int
    version: int


@dataclass(frozen=True, slots=True)
class ShownTask:
    """The task in the pane with its lots; ``now`` is for its clock."""

    task: TaskRow
    lines: tuple[TaskLineRow, ...]

    @property
    def is_counting(self) -> bool:
        return self.task.state in COUNTING

    @property
    def may_type(self) -> bool:
        """Counts are typed once the task is acknowledged."""
        return self.is_counting and self.task.state is not TaskState.SENT

    @property
    def next_step(self) -> str:
        """The key of ``[ward.task]`` of the one primary action."""
        if self.task.state is TaskState.SENT:
            return "acknowledge"
        if self.is_counting:
            return "save"
        return "seal" if self.task.state is TaskState.FOUND else "finish"


class WardTasksPresenter(Presenter):
    """Open tasks of the ward, earliest deadline first."""

    topics = frozenset({Topic.TASKS, Topic.RECALLS, Topic.STOCK})
    tasks_changed = Signal(list)
    task_shown = Signal(object)
    """``ShownTask``, or None."""
    counted_by_scan = Signal(int, int)
    """Batch id and units to add."""
    not_in_task = Signal(str)
    scan_refused = Signal(object)
    """AppError: the code says no lot of a product that is known here."""
    """A scanned lot that is not in the task shown."""
    done = Signal(str, object)
    """What was done (key of ``[ward.task.said]``) and the ``Answered``."""

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
        self._chosen: int | None = None
        self._shown: ShownTask | None = None

    @property
    def now(self) -> datetime:
        """The clock's word, for deadlines."""
        return self._clock()

    def _place(self) -> int | None:
        if self._seat.place_id is not None:
            return self._seat.place_id
        return self._seat.actor.location_id if self._seat.is_taken else None

    @Slot()
    def reload(self) -> None:
        place = self._place()
        if place is None:
            self._show_tasks([])
            return
        self._load(lambda: self._reader.fetch(tasks_of_place, place, self._clock()), self._show_tasks, "tasks")

    def _show_tasks(self, tasks: list[TaskRow]) -> None:
        self.tasks_changed.emit(tasks)
        chosen = next((task for task in tasks if task.id == self._chosen), tasks[0] if tasks else None)
        self._show(chosen)

    def choose(self, task: TaskRow) -> None:
        """Show another task."""
        if self._shown is None or task != self._shown.task:
            self._show(task)

    def choose_id(self, task_id: int) -> None:
        """Show this task when the list has come."""
        self._chosen = task_id
        self.reload()

    def _show(self, task: TaskRow | None) -> None:
        if task is None:
            self._chosen = self._shown = None
            self.task_shown.emit(None)
            return
        self._chosen = task.id

        def show(lines: list[TaskLineRow]) -> None:
            self._shown = ShownTask(task, tuple(lines))
            self.task_shown.emit(self._shown)

        self._load(lambda: self._reader.fetch(task_lines, task.id), show, "lines")

    def take_scan(self, raw: str) -> None:
        """The sheet of a task chooses it; a box of one of its lots counts one."""
        if raw.startswith(TASK_CODE):
            self._choose_number(raw.removeprefix(TASK_CODE).strip())
            return
        reading = read(raw)
        di, lot = reading.di, reading.lot
        if di is None or not lot:
            self.scan_refused.emit(NoScanError(raw=raw[:40]))
            return
        self._load(lambda: self._reader.fetch(product_of_di, di), lambda found: self._count(found, di, lot), "scan")

    def _count(self, product: ProductRow | None, di: str, lot: str) -> None:
        """The same lot number may be another product's: only the product of the task counts."""
        if product is None:
            self.scan_refused.emit(UnknownProductError(di=di))
            return
        lines = self._shown.lines if self._shown else ()
        same = (line for line in lines if line.product_id == product.id and lot_key(line.lot_no) == lot_key(lot))
        line = next(same, None)
        if line is None:
            self.not_in_task.emit(lot)
        else:
            self.counted_by_scan.emit(line.batch_id, product.units)

    def _choose_number(self, number: str) -> None:
        place = self._place()
        if place is None:
            return

        def choose(tasks: list[TaskRow]) -> None:
            found = next((task for task in tasks if task.number == number), None)
            if found is None:
                self.not_in_task.emit(number)
            else:
                self._show(found)

        self._load(lambda: self._reader.fetch(tasks_of_place, place, self._clock()), choose, "number")

    # acts ---------------------------------------------------------------------
    def acknowledge(self) -> None:
        self._do("acknowledged", lambda task, op_id: self._answering.acknowledge(**self._by(task, op_id)))

    def count(self, found: Mapping[int, int], reasons: Mapping[int, str]) -> None:
        """Save what was found per batch id, with the reasons where it differs."""

        def save(task: TaskRow, op_id: str) -> Answered:
            return self._answering.count(**self._by(task, op_id), found=found, reasons=reasons)

        self._do("counted", save)

    def none_found(self) -> None:
        self._do("counted", lambda task, op_id: self._answering.none_found(**self._by(task, op_id)))

    def seal(self) -> None:
        """Put aside on the ward what was found."""
        self._do("sealed", lambda task, op_id: self._answering.quarantine_here(**self._by(task, op_id)))

    def finish(self) -> None:
        self._do("finished", lambda task, op_id: self._answering.finish(**self._by(task, op_id)))

    def _by(self, task: TaskRow, op_id: str) -> "_By":
        return _By(actor=self._seat.actor, op_id=op_id, task_id=task.id, version=task.version)

    def _do(self, said: str, act: Callable[[TaskRow, str], Answered]) -> None:
        if self._shown is None:
            return
        task, op_id = self._shown.task, uuid4().hex
        self._act(lambda: act(task, op_id), lambda answered: self.done.emit(said, answered))
