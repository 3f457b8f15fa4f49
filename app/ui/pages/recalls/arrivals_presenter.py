"""Decides about notices that came by themselves: which wait, opening one, putting one aside."""

from functools import partial
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QObject, Signal, Slot

from app.core.changes import Topic
from app.core.errors import AppError
from app.core.permissions import Duty
from app.queries.news import ArrivalRow, arrival_text, arrivals
from app.queries.reader import Reader
from app.services.arriving import ArrivingService, BroughtIn, PutAside
from app.ui.background import Background
from app.ui.presenter import Presenter
from app.ui.seat import Seat


class ArrivalsPresenter(Presenter):
    """Shows them to who runs recalls, and to nobody else."""

    topics = frozenset({Topic.RECALLS})
    arrivals_changed = Signal(list)
    """``ArrivalRow``, the oldest first."""
    taken = Signal(object, str)
    """The ``ArrivalRow`` and its text, to be registered."""
    brought = Signal(str, int)
    """A file of several notices came in: they wait like those that come by themselves."""
    put_away = Signal(object)
    refused = Signal(AppError)

    def __init__(
        self,
        reader: Reader,
        arriving: ArrivingService,
        seat: Seat,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(background, parent)
        self._reader, self._arriving, self._seat = reader, arriving, seat
        seat.actor_changed.connect(self._person_changed)

    @property
    def may_settle(self) -> bool:
        return self._seat.is_taken and self._seat.actor.may(Duty.RUN_RECALL)

    @Slot()
    def reload(self) -> None:
        if not self.may_settle:
            self.arrivals_changed.emit([])
            return
        self._load(partial(self._reader.fetch, arrivals), self.arrivals_changed.emit, "arrivals")

    @Slot()
    def _person_changed(self) -> None:
        if self._is_visible:
            self.reload()

    def open(self, row: ArrivalRow) -> None:
        """Lay it on the desk; it waits until a case is made of it."""
        self._load(lambda: self._reader.fetch(arrival_text, row.id), lambda text: self.taken.emit(row, text), "text")

    def bring_in(self, path: Path) -> None:
        """A file that a person drops or chooses: it is kept as it came; a single notice is laid on the desk."""
        actor = self._seat.actor

        def done(brought: BroughtIn) -> None:
            if len(brought.rows) == 1:
                self.taken.emit(brought.rows[0], brought.text)
            else:
                self.brought.emit(path.name, len(brought.rows))

        self._act(partial(self._arriving.bring_in_file, actor=actor, path=path), done)

    def put_aside(self, row: ArrivalRow, reason: str) -> None:
        """It concerns nobody here, and ``reason`` says why."""
        actor, op_id = self._seat.actor, uuid4().hex

        def done(_outcome: PutAside) -> None:
            self.put_away.emit(row)

        def refused(error: AppError) -> None:
            self.refused.emit(error)
            self.reload()

        put = partial(self._arriving.put_aside, actor=actor, op_id=op_id, news_id=row.id, reason=reason)
        self._act(put, done, refused)
