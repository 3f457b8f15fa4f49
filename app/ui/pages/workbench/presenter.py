"""Decides what the workbench shows to the person who sits here; knows no widget."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from app.core.changes import Topic
from app.core.clock import Clock
from app.core.permissions import Duty
from app.queries.reader import Reader
from app.queries.waiting import waiting
from app.queries.workbench import Bench, QueueRow, bench
from app.ui.background import Background
from app.ui.presenter import Presenter
from app.ui.seat import Seat


@dataclass(frozen=True, slots=True)
class Job:
    """One of the three big doors: ``key`` of ``[workbench.job]``."""

    key: str
    icon: str
    tone: str
    keycap: str
    door: str
    target: str = ""


_JOBS: tuple[tuple[Duty, Job], ...] = (
    (Duty.RUN_RECALL, Job("register", "plus", "accent", "Ctrl N", "recalls", "new")),
    (Duty.RUN_RECALL, Job("running", "recall", "stop", "Ctrl 2", "recalls")),
    (Duty.APPROVE_RECALL, Job("approve", "signature", "accent", "Ctrl 1", "recalls")),
    (Duty.RECEIVE, Job("receive", "receive", "accent", "Ctrl N", "receiving")),
    (Duty.ISSUE, Job("issue", "issue", "ok", "Ctrl 2", "issuing")),
    (Duty.INSPECT, Job("inspect", "inspect", "accent", "Ctrl N", "inspection")),
    (Duty.WARD, Job("check", "scan", "ok", "Ctrl N", "ward", "check")),
    (Duty.WARD, Job("tasks", "bell", "stop", "Ctrl 2", "ward", "tasks")),
    (Duty.WARD, Job("ask", "clipboard", "accent", "", "requisitions", "new")),
    (Duty.ORDER, Job("order", "truck", "accent", "Ctrl N", "orders", "new")),
    (Duty.MAINTAIN_CATALOGUE, Job("gaps", "clipboard", "ok", "Ctrl 2", "batches", "state:gaps")),
    (Duty.SET_UP, Job("settings", "settings", "accent", "Ctrl N", "settings", "database")),
    (Duty.GRANT_ROLES, Job("persons", "users", "accent", "Ctrl N", "settings", "persons")),
    (Duty.SEE_BATCHES, Job("find", "barcode", "ok", "", "batches")),
    (Duty.SEE_RECALLS, Job("recalls", "recall", "stop", "", "recalls")),
    (Duty.SEE_BATCHES, Job("own", "settings", "plain", "", "settings")),
)
DOORS_SHOWN = 3


class WorkbenchPresenter(Presenter):
    """Reloads with everything that moves; a timer of the page keeps the clocks honest."""

    topics = frozenset(Topic)
    bench_changed = Signal(object)
    waiting_changed = Signal(list)
    """``QueueRow``s of what waits for somebody else."""

    def __init__(
        self, reader: Reader, clock: Clock, seat: Seat, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(background, parent)
        self._reader, self._clock, self._seat = reader, clock, seat
        seat.actor_changed.connect(self._person_changed)

    @Slot()
    def reload(self) -> None:
        if not self._seat.is_taken:
            return
        actor = self._seat.actor
        place = self._seat.place_id or actor.location_id
        now = self._clock()

        def ask() -> Bench:
            return self._reader.fetch(
                bench, roles=actor.roles, reach=actor.reach, location_id=place, now=now, person_id=actor.id
            )

        def look() -> list[QueueRow]:
            return self._reader.fetch(waiting, roles=actor.roles, location_id=place)

        self._load(ask, self.bench_changed.emit)
        self._load(look, self.waiting_changed.emit, "waiting")

    @property
    def jobs(self) -> list[Job]:
        """The usual jobs of the person's roles, three at most, each page once."""
        if not self._seat.is_taken:
            return []
        chosen: list[Job] = []
        for duty, job in _JOBS:
            if self._seat.actor.may(duty) and all((job.door, job.target) != (one.door, one.target) for one in chosen):
                chosen.append(job)
        return chosen[:DOORS_SHOWN]

    @Slot()
    def _person_changed(self) -> None:
        self.reload()
