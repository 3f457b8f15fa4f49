"""Work off the GUI thread; answers always arrive back on it.

Reads run side by side, writes one after another in a lane of their own.

No worker may be the last to let go of a QObject: freed on its thread it holds a lock of Qt and waits for Python's,
while the GUI thread holds Python's and waits for Qt's (seen, with gdb). So the asking object, its callbacks, the work
and the answer all belong to the GUI thread's book; a worker borrows only the work, returns it before it reports, and a
Background lives until its threads are idle.
"""

import gc
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QSocketNotifier, QThreadPool, QTimer, Signal, Slot
from shiboken6 import isValid

from app.core.changes import Changes
from app.core.errors import AppError, UnexpectedError

log = logging.getLogger(__name__)
T = TypeVar("T")

COLLECT_EVERY_MS = 500
YOUNG, MIDDLE, OLD, FLOOD = 700, 10, 10, 60_000
"""Python's own thresholds for the three generations."""
GATHER_MS = 200
"""So long news from elsewhere are gathered before pages read again: a burst of them is one refresh."""
OUT_OF_REACH = "out_of_reach"


@dataclass(slots=True)
class _Task:
    """What a worker sees of a question."""

    work: Callable[[], Any]
    answer: Any = None
    error: AppError | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    owner: QObject
    done: Callable[[Any], None]
    failed: Callable[[AppError], None]
    is_write: bool


_at_work: set["Background"] = set()
"""Every Background with threads that still run; see the module's first words."""


class Background(QObject):
    """Two lanes of work. All public methods are for the GUI thread."""

    changed = Signal(object)
    """``Changes`` of a finished write of this window, or of another workstation; before the asker's own answer."""
    wrote = Signal(object)
    """``Changes`` of a finished write of this window only, for others to hear of."""
    out_of_reach = Signal()
    """Some work found the database gone."""
    _answered = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._readers = QThreadPool(self)
        self._writer = QThreadPool(self)
        self._writer.setMaxThreadCount(1)
        self._tickets = count()
        self._asked: dict[int, _Asked] = {}
        self._tasks: dict[int, _Task] = {}
        self._answered.connect(self._deliver)
        self._news: Changes = frozenset()
        self._gathering = QTimer(self, interval=GATHER_MS, singleShot=True)
        self._gathering.timeout.connect(self._spread)

    def read(
        self, owner: QObject, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[AppError], None]
    ) -> None:
        """Run ``work`` on any thread, then ``done`` or ``failed`` here, unless ``owner`` is gone by then."""
        self._start(self._readers, _Asked(owner, done, failed, is_write=False), work)

    def write(
        self, owner: QObject, action: Callable[[], T], done: Callable[[T], None], failed: Callable[[AppError], None]
    ) -> None:
        """Run a service call after those before it, then tell every page what it changed.

        ``action`` returns ``Changes``, or an outcome that has them in its attribute ``changes``.
        """
        self._start(self._writer, _Asked(owner, done, failed, is_write=True), action)

    def announce(self, changes: Changes) -> None:
        """Spread changes that came from elsewhere."""
        if changes:
            self.changed.emit(changes)

    def gather(self, changes: Changes) -> None:
        """Spread changes that came from elsewhere, together with those that come a moment later."""
        self._news |= changes
        if self._news and not self._gathering.isActive():
            self._gathering.start()

    @Slot()
    def _spread(self) -> None:
        news, self._news = self._news, frozenset()
        self.announce(news)

    def listen(self, descriptor: int, drain: Callable[[], Changes]) -> QSocketNotifier:
        """Gather what ``drain`` reads each time the descriptor has something; a drain must never block.

        Whoever lets go of the answer listens no longer.
        """
        notifier = QSocketNotifier(descriptor, QSocketNotifier.Type.Read)
        notifier.activated.connect(lambda: self.gather(drain()))
        return notifier

    def poll(
        self, every_ms: int, look: Callable[[], Changes], failed: Callable[[AppError], None] | None = None
    ) -> QTimer:
        """Gather what ``look`` finds, at intervals; for databases that cannot call. ``look`` runs as a read."""
        timer = QTimer(self, interval=every_ms)
        timer.timeout.connect(lambda: self.read(self, look, self.gather, failed or self._looked_in_vain))
        timer.start()
        return timer

    def is_busy(self) -> bool:
        """Whether any answer is still to come."""
        return bool(self._asked)

    def wait(self) -> None:
        """Block until nothing is running; for closing down and for tests."""
        self._readers.waitForDone()
        self._writer.waitForDone()

    def _start(self, lane: QThreadPool, asked: _Asked, work: Callable[[], Any]) -> None:
        ticket = next(self._tickets)
        self._asked[ticket], self._tasks[ticket] = asked, _Task(work)
        _at_work.add(self)
        lane.start(partial(self._run, ticket))

    def _run(self, ticket: int) -> None:
        """On a worker's thread: nothing borrowed is held any more when the answer is reported."""
        task = self._tasks[ticket]
        try:
            task.answer = task.work()
        except AppError as raised:
            task.error = raised
        except Exception as raised:
            log.exception("Background work failed")
            task.error = UnexpectedError(reason=str(raised))
        del task
        self._answered.emit(ticket)

    @Slot(int)
    def _deliver(self, ticket: int) -> None:
        asked, task = self._asked.pop(ticket), self._tasks.pop(ticket)
        self._rest()
        if asked.is_write and task.error is None:
            self.announce(changes_of(task.answer))
            self.wrote.emit(changes_of(task.answer))
        if task.error is not None and task.error.code == OUT_OF_REACH:
            self.out_of_reach.emit()
        if not isValid(asked.owner):
            return
        if task.error is not None:
            asked.failed(task.error)
        else:
            asked.done(task.answer)

    @Slot()
    def _rest(self) -> None:
        """Let go of this object once no thread of its own can be the last to do so."""
        if self._asked:
            return
        if self._readers.activeThreadCount() or self._writer.activeThreadCount():
            QTimer.singleShot(1, self._rest)
        else:
            _at_work.discard(self)

    def _looked_in_vain(self, error: AppError) -> None:
        log.info("Could not look for changes: %s", error)


def changes_of(outcome: Any) -> Changes:
    """The topics a write has touched, from its outcome."""
    return outcome if isinstance(outcome, frozenset) else outcome.changes  # pyright: ignore[reportUnknownVariableType]


class Collector(QObject):
    """Collects garbage on the GUI thread only: Python may otherwise free a QObject on a worker's thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=COLLECT_EVERY_MS)
        self._timer.timeout.connect(self.collect)

    def start(self) -> None:
        """Switch the automatic collection off and take over; what stands by now stays, and is not looked at again."""
        gc.disable()
        gc.collect()
        gc.freeze()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        gc.enable()

    @Slot()
    def collect(self) -> int:
        """Collect the generations that are due; returns how many objects went.

        What a long notice brings at once would take longer to look through than a window may stand still: it is set
        aside for good. It goes when nobody holds it any more, like everything that is in no cycle.
        """
        young, middle, old = gc.get_count()
        if young > FLOOD:
            gc.freeze()
            return 0
        if old > OLD:
            return gc.collect(2)
        if middle > MIDDLE:
            return gc.collect(1)
        return gc.collect(0) if young > YOUNG else 0
