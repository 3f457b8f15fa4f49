"""Decides what the timeline shows: everything that happened in a case, or one kind of it; knows no widget."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Signal

from app.core.changes import Topic
from app.queries.case_timeline import TimelineRow, case_timeline
from app.queries.reader import Reader
from app.ui.background import Background
from app.ui.pages.recalls.case_tab import CaseTabPresenter

DOCUMENT, MOVEMENT, SIGNATURE = "document", "movement", "signature"


class TimelineFilter(Enum):
    """The chips above the timeline."""

    ALL = "all"
    ACTS = "acts"
    DOCUMENTS = "documents"
    MOVEMENTS = "movements"
    SIGNATURES = "signatures"
    ALARMS = "alarms"


@dataclass(frozen=True, slots=True)
class Timeline:
    """The rows, the newest first; ``show`` says which of them."""

    rows: tuple[TimelineRow, ...]
    show: TimelineFilter

    @property
    def shown(self) -> tuple[TimelineRow, ...]:
        return tuple(row for row in self.rows if is_shown(row, self.show))

    def count(self, show: TimelineFilter) -> int:
        return sum(is_shown(row, show) for row in self.rows)


def is_shown(row: TimelineRow, show: TimelineFilter) -> bool:
    """Whether a chip lets a row through."""
    tests = {
        TimelineFilter.ALL: True,
        TimelineFilter.ACTS: row.kind not in (DOCUMENT, MOVEMENT, SIGNATURE),
        TimelineFilter.DOCUMENTS: row.kind == DOCUMENT,
        TimelineFilter.MOVEMENTS: row.kind == MOVEMENT,
        TimelineFilter.SIGNATURES: row.kind == SIGNATURE,
        TimelineFilter.ALARMS: row.is_alarm,
    }
    return tests[show]


class TimelinePresenter(CaseTabPresenter):
    """Reads everything at once: a case has hundreds of lines at most."""

    topics = frozenset({Topic.RECALLS, Topic.TASKS, Topic.STOCK, Topic.DOCUMENTS, Topic.LOCKS})
    timeline_changed = Signal(object)
    """``Timeline``."""

    def __init__(self, reader: Reader, background: Background, parent: QObject | None = None) -> None:
        super().__init__(background, parent)
        self._reader = reader
        self._timeline: Timeline | None = None
        self._show_only = TimelineFilter.ALL

    @property
    def timeline(self) -> Timeline | None:
        return self._timeline

    def forget(self) -> None:
        self._timeline, self._show_only = None, TimelineFilter.ALL

    def load_case(self, case_id: int) -> None:
        def show(rows: list[TimelineRow]) -> None:
            if case_id == self.case_id:
                self._tell(tuple(reversed(rows)))

        self._load(lambda: self._reader.fetch(case_timeline, case_id), show)

    def choose(self, show: TimelineFilter) -> None:
        """Show one kind of line, or all."""
        self._show_only = show
        if self._timeline is not None:
            self._tell(self._timeline.rows)

    def _tell(self, rows: tuple[TimelineRow, ...]) -> None:
        self._timeline = Timeline(rows, self._show_only)
        self.timeline_changed.emit(self._timeline)
