"""What every page's presenter shares: loading, acting, staying fresh while somebody looks."""

from abc import abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from app.core.changes import Changes
from app.core.errors import AppError
from app.ui.background import Background

T = TypeVar("T")


class Presenter(QObject):
    """Subclasses name their ``topics`` and say how to ``reload``.

    A page calls ``set_visible`` from its show and hide events. The first ``set_visible(True)`` makes the first load;
    changes that arrive while the page is hidden are remembered and loaded when it is shown again.
    """

    topics: ClassVar[Changes] = frozenset()
    failed = Signal(AppError)
    """An error in words for people; the page puts it at its field or in a toast."""
    changed = Signal(object)
    """``Changes`` of any finished write that touches this presenter's topics, visible or not."""
    busy_changed = Signal(bool)
    """True when the first of several answers is awaited, False when the last has come."""

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._newest: dict[str, int] = {}
        self._awaited = 0
        self._is_visible = False
        self._is_stale = True
        background.changed.connect(self._on_changed)

    @Slot()
    @abstractmethod
    def reload(self) -> None:
        """Fetch again what the page shows."""

    @Slot(bool)
    def set_visible(self, visible: bool) -> None:
        self._is_visible = visible
        if visible and self._is_stale:
            self._refresh()

    def _refresh(self) -> None:
        self._is_stale = False
        self.reload()

    def _load(self, work: Callable[[], T], show: Callable[[T], None], lane: str = "") -> None:
        """Fetch something to show; of each ``lane`` only the newest request is ever shown, or its failure."""
        self._newest[lane] = this_load = self._newest.get(lane, 0) + 1
        self._await(1)

        def is_newest() -> bool:
            self._await(-1)
            return this_load == self._newest[lane]

        def done(answer: T) -> None:
            if is_newest():
                show(answer)

        def failed(error: AppError) -> None:
            if is_newest():
                self.failed.emit(error)

        self._background.read(self, work, done, failed)

    def _act(
        self,
        action: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[AppError], None] | None = None,
    ) -> None:
        """Ask a service to write; ``done`` gets its outcome after every page has heard of the changes."""
        self._await(1)

        def finished(outcome: T) -> None:
            self._await(-1)
            if done is not None:
                done(outcome)

        def refused(error: AppError) -> None:
            self._await(-1)
            (failed or self.failed.emit)(error)

        self._background.write(self, action, finished, refused)

    def _await(self, step: int) -> None:
        was_busy = self._awaited > 0
        self._awaited += step
        if was_busy != (self._awaited > 0):
            self.busy_changed.emit(self._awaited > 0)

    @Slot(object)
    def _on_changed(self, changes: Any) -> None:
        if not changes & self.topics:
            return
        self._is_stale = True
        self.changed.emit(changes)
        if self._is_visible:
            self._refresh()
