"""Work off the GUI thread; answers always arrive back on it.

Reads run side by side, writes one after another in a lane of their own. A worker thread holds only the work and a
ticket number: the asking object and its callbacks stay on the GUI thread, so no worker can be the last to let go of a
QObject and free it on the wrong thread.
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
YOUNG, MIDDLE, OLD = 700, 10, 10
"""Python's own thresholds for the three generations."""


@dataclass(frozen=True, slots=True)
class _Asked:
    owner: QObject
    done: Callable[[Any], None]
    failed: Callable[[AppError], None]
    is_write: bool


class Background(QObject):
    """Two lanes of work. All public methods are for the GUI thread."""

    changed = Signal(object)
    """``Changes`` of a finished write of this window, or of another workstation; before the asker's own answer."""
    _answered = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._readers = QThreadPool(self)
        self._writer = QThreadPool(self)
        self._writer.setMaxThreadCount(1)
        self._tickets = count()
        self._asked: dict[int, _Asked] = {}
        self._answered.connect(self._deliver)

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

    def listen(self, descriptor: int, drain: Callable[[], Changes]) -> QSocketNotifier:
        """Announce what ``drain`` reads each time the descriptor has something; a drain must never block."""
        notifier = QSocketNotifier(descriptor, QSocketNotifier.Type.Read, self)
        notifier.activated.connect(lambda: self.announce(drain()))
        return notifier

    def poll(self, every_ms: int, look: Callable[[], Changes]) -> QTimer:
        """Announce what ``look`` finds, at intervals; for databases that cannot call. ``look`` runs as a read."""
        timer = QTimer(self, interval=every_ms)
        timer.timeout.connect(lambda: self.read(self, look, self.announce, self._looked_in_vain))
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
        self._asked[ticket] = asked
        lane.start(partial(self._run, ticket, work))

    def _run(self, ticket: int, work: Callable[[], Any]) -> None:
        answer, error = None, None
        try:
            answer = work()
        except AppError as raised:
            error = raised
        except Exception as raised:
            log.exception("Background work failed")
            error = UnexpectedError(reason=str(raised))
        self._answered.emit(ticket, answer, error)

    @Slot(int, object, object)
    def _deliver(self, ticket: int, answer: Any, error: AppError | None) -> None:
        asked = self._asked.pop(ticket)
        if asked.is_write and error is None:
            self.announce(changes_of(answer))
        if not isValid(asked.owner):
            return
        if error is not None:
            asked.failed(error)
        else:
            asked.done(answer)

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
        """Switch the automatic collection off and take over."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        gc.enable()

    @Slot()
    def collect(self) -> int:
        """Collect the generations that are due; returns how many objects went."""
        young, middle, old = gc.get_count()
        if old > OLD:
            return gc.collect(2)
        if middle > MIDDLE:
            return gc.collect(1)
        return gc.collect(0) if young > YOUNG else 0
