"""Decides what the tab of workstations shows and changes; knows no widget."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.core.changes import Topic
from app.core.permissions import Duty
from app.queries.locations import locations
from app.queries.reader import Reader
from app.queries.workstations import StationSight, stations
from app.services.stationing import StationingService
from app.ui.background import Background
from app.ui.presenter import Presenter
from app.ui.seat import Seat


class StationsPresenter(Presenter):
    """Everybody may read the list; who sets up the installation adds and ends, and sees who listens."""

    topics = frozenset({Topic.SETTINGS})
    sight_changed = Signal(object)
    """``StationSight``."""
    places_changed = Signal(list)
    added = Signal(str)
    moved = Signal(str)
    ended = Signal(str)
    """The name of the workstation."""
    refused = Signal(object)

    def __init__(
        self,
        reader: Reader,
        stationing: StationingService,
        seat: Seat,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(background, parent)
        self._reader, self._stationing, self._seat = reader, stationing, seat

    @property
    def may_change(self) -> bool:
        """Whether the person signed in sets up the installation."""
        return self._seat.is_taken and self._seat.actor.may(Duty.SET_UP)

    @Slot()
    def reload(self) -> None:
        asks_server = self.may_change

        def look() -> StationSight:
            return self._reader.fetch(stations, asks_server=asks_server)

        self._load(look, self.sight_changed.emit, "stations")
        self._load(partial(self._reader.fetch, locations), self.places_changed.emit, "places")

    def add(self, name: str, location_id: int | None) -> None:
        work = partial(self._stationing.add, actor=self._seat.actor, name=name, location_id=location_id)
        self._act(work, lambda done: self.added.emit(done.name), self.refused.emit)

    def move(self, workstation_id: int, location_id: int | None) -> None:
        work = partial(
            self._stationing.move, actor=self._seat.actor, workstation_id=workstation_id, location_id=location_id
        )
        self._act(work, lambda done: self.moved.emit(done.name), self.refused.emit)

    def end(self, workstation_id: int) -> None:
        work = partial(self._stationing.end, actor=self._seat.actor, workstation_id=workstation_id)
        self._act(work, lambda done: self.ended.emit(done.name), self.refused.emit)
