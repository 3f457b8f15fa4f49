"""Decides what the impact tab shows: the figures of a case, and the rows behind any one of them; knows no widget."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Signal, Slot

from app.core.changes import Topic
from app.core.clock import Clock
from app.core.statuses.recall import TaskState
from app.core.statuses.stock import StockState
from app.queries.case_head import CaseHead, case_head
from app.queries.impact import Impact, Lock, ShareRow, impact, locks_of
from app.queries.impact_rows import DrillRow, drill
from app.queries.kits import HoldingKit, kits_of_case
from app.queries.reader import Reader
from app.queries.reservations import ReservationRow, cancelled_by_case
from app.queries.tasks import TaskBoard, task_board
from app.ui.background import Background
from app.ui.pages.recalls.case_tab import CaseTabPresenter

Split = Literal["site", "region", "supplier", "lock"]
DrillBy = Literal["state", "pending", "place", "site", "region", "supplier", "lock"]
ALWAYS = (
    StockState.IN_STOCK,
    StockState.PAR,
    StockState.QUARANTINED,
    StockState.EXPENSED,
    StockState.USED,
    StockState.RETURNED,
    StockState.DESTROYED,
    StockState.UNACCOUNTED,
)
"""States that have a tile even at zero: an absence is an answer too."""


@dataclass(frozen=True, slots=True)
class ImpactSight:
    """Everything on the tab at one moment."""

    head: CaseHead
    impact: Impact
    board: TaskBoard
    kits: tuple[HoldingKit, ...] = ()
    cancelled: tuple[ReservationRow, ...] = ()

    @property
    def states(self) -> tuple[StockState, ...]:
        """The tiles, in the order of the goods' way; rare states only where something is in them."""
        return tuple(state for state in StockState if state in ALWAYS or self.impact.by_state.get(state))

    @property
    def places_total(self) -> int:
        return sum(place.total for place in self.impact.places)

    @property
    def adds_up(self) -> bool:
        """Whether the bars and the tiles say the same."""
        return self.places_total == self.impact.received

    def shares(self, split: Split) -> tuple[ShareRow, ...]:
        told = self.impact
        return {"site": told.sites, "region": told.regions, "supplier": told.suppliers, "lock": told.locks}[split]

    def late_places(self) -> frozenset[int]:
        """Places whose task is overdue."""
        return frozenset(task.location_id for task in self.board.tasks if task.is_overdue)

    def task_states(self) -> tuple[tuple[TaskState, bool], ...]:
        """State and lateness of each task: done first, overdue last."""
        order = sorted(self.board.tasks, key=lambda task: (task.is_overdue, task.is_open, task.state is TaskState.SENT))
        return tuple((task.state, task.is_overdue) for task in order)


@dataclass(frozen=True, slots=True)
class Drilled:
    """The rows behind one figure; ``share`` names the bar, None where ``state`` (or the pending sum) was opened."""

    by: DrillBy
    share: ShareRow | None
    state: StockState | None
    rows: tuple[DrillRow, ...]

    @property
    def total(self) -> int:
        return sum(row.quantity for row in self.rows)


class ImpactPresenter(CaseTabPresenter):
    """Every figure is a query's; an opened figure is read again whenever the ledger moves."""

    topics = frozenset({Topic.RECALLS, Topic.TASKS, Topic.STOCK})
    sight_changed = Signal(object)
    """``ImpactSight``."""
    drilled = Signal(object)
    """``Drilled``, or None when the figure was closed again."""

    def __init__(self, reader: Reader, clock: Clock, background: Background, parent: QObject | None = None) -> None:
        super().__init__(background, parent)
        self._reader, self._clock = reader, clock
        self._sight: ImpactSight | None = None
        self._opened: tuple[DrillBy, str] | None = None
        self.split: Split = "site"

    @property
    def sight(self) -> ImpactSight | None:
        return self._sight

    def forget(self) -> None:
        self._sight = None
        self.close_drill()

    def load_case(self, case_id: int) -> None:
        now = self._clock()

        def ask() -> ImpactSight:
            head = self._reader.fetch(case_head, case_id, now)
            return ImpactSight(
                head,
                self._reader.fetch(impact, case_id),
                self._reader.fetch(task_board, case_id, now),
                tuple(self._reader.fetch(kits_of_case, case_id)),
                tuple(self._reader.fetch(cancelled_by_case, case_id)),
            )

        self._load(ask, self._show, "sight")

    def _show(self, sight: ImpactSight) -> None:
        if sight.head.id != self.case_id:
            return
        self._sight = sight
        self.sight_changed.emit(sight)
        if self._opened is not None:
            self._load_drill(*self._opened)

    def choose_split(self, split: Split) -> None:
        """Bars at the right by site, region or supplier."""
        self.split = split
        if self._sight is not None:
            self.sight_changed.emit(self._sight)

    # behind a figure ------------------------------------------------------------
    def open_figure(self, by: DrillBy, key: str = "") -> None:
        """Show the rows behind a tile (``state`` and its value) or a bar (its id)."""
        self._opened = (by, key)
        self._load_drill(by, key)

    @Slot()
    def close_drill(self) -> None:
        if self._opened is not None:
            self._opened = None
            self.drilled.emit(None)

    def _load_drill(self, by: DrillBy, key: str) -> None:
        case_id = self.case_id
        if case_id is None or self._sight is None:
            return
        share = self._share(by, key)
        state = StockState(key) if by == "state" and key else None

        def show(rows: list[DrillRow]) -> None:
            if self._opened == (by, key):
                self.drilled.emit(Drilled(by, share, state, tuple(rows)))

        self._load(self._question(case_id, by, key), show, "drill")

    def _question(self, case_id: int, by: DrillBy, key: str) -> Callable[[], list[DrillRow]]:
        if by == "pending":
            return lambda: [row for row in self._reader.fetch(drill, case_id) if row.is_pending]
        if by == "state":
            return lambda: self._reader.fetch(drill, case_id, state=StockState(key) if key else None)
        number = int(key)
        questions: dict[DrillBy, Callable[[], list[DrillRow]]] = {
            "place": lambda: self._reader.fetch(drill, case_id, location_id=number),
            "site": lambda: self._reader.fetch(drill, case_id, site_id=number),
            "region": lambda: self._reader.fetch(drill, case_id, region_id=number),
            "supplier": lambda: self._reader.fetch(drill, case_id, supplier_id=number),
            "lock": lambda: self._locked(case_id, Lock(number)),
        }
        return questions[by]

    def _locked(self, case_id: int, lock: Lock) -> list[DrillRow]:
        locks = self._reader.fetch(locks_of, case_id)
        return [row for row in self._reader.fetch(drill, case_id) if locks.get(row.batch_id, Lock.NONE) is lock]

    def _share(self, by: DrillBy, key: str) -> ShareRow | None:
        sight = self._sight
        if sight is None or by == "state" or by == "pending":
            return None
        shares = sight.impact.places if by == "place" else sight.shares(by)
        return next((share for share in shares if share.id == int(key)), None)
