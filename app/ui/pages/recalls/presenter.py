"""Decides what the list of recalls shows: filter, words, site, the case under the cursor; knows no widget."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.core.actor import Bilingual
from app.core.changes import Topic
from app.core.clock import Clock
from app.core.errors import AppError, NotFoundError
from app.core.permissions import Duty
from app.queries.impact import Impact, impact
from app.queries.locations import LocationRow, locations
from app.queries.reader import Reader
from app.queries.recalls import CaseFilter, CaseRow, case_by_number, case_counts, case_rows
from app.queries.tasks import TaskBoard, task_board
from app.ui.background import Background
from app.ui.presenter import Presenter
from app.ui.seat import Seat

CASE_CODE = "RD:CASE:"


@dataclass(frozen=True, slots=True)
class CaseList:
    """The cases that fit, how many each chip would show, and the moment of both."""

    rows: tuple[CaseRow, ...]
    counts: dict[CaseFilter, int]
    now: datetime


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """What the pane at the right says of the case under the cursor."""

    row: CaseRow
    impact: Impact
    board: TaskBoard
    now: datetime


@dataclass(frozen=True, slots=True)
class SiteChoice:
    """A site to filter by."""

    id: int
    name: Bilingual


class RecallsPresenter(Presenter):
    """Remembers filter, words and site while the page lives; a click on a chip and a typed word reload."""

    topics = frozenset({Topic.RECALLS, Topic.TASKS, Topic.STOCK, Topic.LOCKS})
    list_changed = Signal(object)
    detail_changed = Signal(object)
    """``CaseDetail``, or None when no case is under the cursor."""
    sites_changed = Signal(list)
    case_found = Signal(int)
    """The id behind a number that was scanned or asked for."""
    case_missing = Signal(str)

    def __init__(
        self, reader: Reader, clock: Clock, seat: Seat, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(background, parent)
        self._reader, self._clock, self._seat = reader, clock, seat
        self._words = ""
        self._show = CaseFilter.ALL
        self._site_id: int | None = None
        self._chosen: CaseRow | None = None

    @property
    def show(self) -> CaseFilter:
        return self._show

    @property
    def may_register(self) -> bool:
        """Whether the person signed in runs recalls."""
        return self._seat.is_taken and self._seat.actor.may(Duty.RUN_RECALL)

    @Slot()
    def reload(self) -> None:
        if not self._seat.is_taken:
            return
        actor, now = self._seat.actor, self._clock()
        words, show, site_id = self._words, self._show, self._site_id

        def ask() -> CaseList:
            rows = self._reader.fetch(case_rows, now, words=words, show=show, actor=actor, site_id=site_id)
            return CaseList(tuple(rows), self._reader.fetch(case_counts, now, actor), now)

        self._load(ask, self.list_changed.emit, "list")
        self._load(partial(self._reader.fetch, locations), self._tell_sites, "sites")

    def choose_filter(self, show: CaseFilter) -> None:
        self._show = show
        self.reload()

    def search(self, words: str) -> None:
        self._words = words.strip()
        self.reload()

    def choose_site(self, site_id: int | None) -> None:
        self._site_id = site_id
        self.reload()

    def choose_case(self, row: CaseRow | None) -> None:
        """The cursor stands on this case; after each load the list says so again."""
        self._chosen = row
        self._load_detail()

    def find_case(self, number: str) -> None:
        """Look up the case behind a number, or behind the code on one of its papers."""
        wanted = number.removeprefix(CASE_CODE).strip()
        self._background.read(
            self,
            lambda: self._reader.fetch(case_by_number, wanted),
            self.case_found.emit,
            partial(self._not_found, wanted),
        )

    def _not_found(self, wanted: str, error: AppError) -> None:
        if isinstance(error, NotFoundError):
            self.case_missing.emit(wanted)
        else:
            self.failed.emit(error)

    def _load_detail(self) -> None:
        row, now = self._chosen, self._clock()
        if row is None:
            self.detail_changed.emit(None)
            return

        def ask() -> CaseDetail:
            figures = self._reader.fetch(impact, row.id)
            return CaseDetail(row, figures, self._reader.fetch(task_board, row.id, now), now)

        self._load(ask, self.detail_changed.emit, "detail")

    def _tell_sites(self, rows: list[LocationRow]) -> None:
        found = {row.site_id: row.site for row in rows}
        self.sites_changed.emit([SiteChoice(key, name) for key, name in found.items()])
