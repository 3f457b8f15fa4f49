"""Decides about the alarm: which recalls wait for this place, who may answer, and what became of an answer."""

from collections.abc import Callable, Sequence
from uuid import uuid4

from PySide6.QtCore import QObject, Signal, Slot

from app.core.actor import Actor
from app.core.changes import Changes, Topic
from app.core.errors import AppError
from app.core.permissions import Duty
from app.queries.alarms import AlarmRow, alarms_at
from app.queries.reader import Reader
from app.services.answering import Answered, AnsweringService
from app.services.signing_in import SigningInService
from app.ui.background import Background
from app.ui.seat import Seat

ALARMING: Changes = frozenset({Topic.TASKS, Topic.RECALLS})


class AlarmWatch(QObject):
    """``place`` is where this workstation stands; without a place nothing is watched."""

    changed = Signal(list)
    """The ``AlarmRow`` that nobody has answered, the nearest deadline first; empty when all are answered."""
    answered = Signal(object, object)
    """The ``AlarmRow`` and the ``Actor`` who has just answered it here."""
    refused = Signal(AppError)
    busy_changed = Signal(bool)

    def __init__(
        self,
        reader: Reader,
        signing_in: SigningInService,
        answering: AnsweringService,
        seat: Seat,
        background: Background,
        place: Callable[[], int | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._reader, self._answering, self._signing_in = reader, answering, signing_in
        self._seat, self._background, self._place = seat, background, place
        self._alarms: tuple[AlarmRow, ...] = ()
        self._looks = 0
        background.changed.connect(self._hear)
        seat.place_changed.connect(self.look)

    @property
    def alarms(self) -> Sequence[AlarmRow]:
        """What stood at the last look."""
        return self._alarms

    @property
    def has_place(self) -> bool:
        """Whether this computer stands somewhere, so that recalls are watched for."""
        return self._place() is not None

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        if changes & ALARMING:
            self.look()

    def stop(self) -> None:
        """Watch nothing any more."""
        self._place = _nowhere
        self.look()

    @Slot()
    def look(self) -> None:
        """Ask what waits for this place; called at the start, so that a PC that was off hears of it too."""
        place = self._place()
        self._looks += 1
        this_look = self._looks
        if place is None:
            self._show([])
            return

        def show(rows: list[AlarmRow]) -> None:
            if this_look == self._looks:
                self._show([row for row in rows if not row.is_answered])

        self._background.read(self, lambda: self._reader.fetch(alarms_at, place), show, self._looked_in_vain)

    def _show(self, rows: list[AlarmRow]) -> None:
        self._alarms = tuple(rows)
        self.changed.emit(rows)

    def _looked_in_vain(self, _error: AppError) -> None:
        """The strip says that the database does not answer; what rang goes on ringing, and is asked anew after."""

    def knows(self) -> bool:
        """Whether who sits here runs the recalls: their board says it all, and it rings again when they leave."""
        return self._seat.is_taken and self._seat.actor.may(Duty.RUN_RECALL)

    def may_answer(self, alarm: AlarmRow) -> bool:
        """Whether the person at the desk belongs to the place, so that one key is enough."""
        return self._seat.is_taken and _may_answer(self._seat.actor, alarm)

    def answer(self, alarm: AlarmRow) -> None:
        """In the name of the person at the desk."""
        actor, op_id = self._seat.actor, uuid4().hex
        self._send(alarm, lambda: self._acknowledge(actor, alarm, op_id))

    def answer_as(self, alarm: AlarmRow, login: str, password: str) -> None:
        """In the name of who types their own password here; whoever is signed in stays so."""
        op_id = uuid4().hex
        answer = self._in_place if self._seat.is_taken else self._signed_in
        self._send(alarm, lambda: answer(alarm, op_id, login, password))

    def _acknowledge(self, actor: Actor, alarm: AlarmRow, op_id: str) -> "_Said":
        return _Said(actor, self._answering.acknowledge(actor=actor, op_id=op_id, task_id=alarm.task_id))

    def _signed_in(self, alarm: AlarmRow, op_id: str, login: str, password: str) -> "_Said":
        """Whoever answers at a locked desk stays; whoever may not answer is out again."""
        actor = self._signing_in.sign_in(login, password)
        try:
            return self._acknowledge(actor, alarm, op_id)
        except AppError:
            self._signing_in.sign_out()
            raise

    def _in_place(self, alarm: AlarmRow, op_id: str, login: str, password: str) -> "_Said":
        with self._signing_in.in_place(login, password) as (database, actor):
            answering = AnsweringService(database)
            return _Said(actor, answering.acknowledge(actor=actor, op_id=op_id, task_id=alarm.task_id))

    def _send(self, alarm: AlarmRow, act: Callable[[], "_Said"]) -> None:
        self.busy_changed.emit(True)

        def done(said: _Said) -> None:
            self.busy_changed.emit(False)
            self.answered.emit(alarm, said.actor)

        def refused(error: AppError) -> None:
            self.busy_changed.emit(False)
            self.refused.emit(error)
            self.look()  # somebody else may have answered a moment ago

        self._background.write(self, act, done, refused)


def _nowhere() -> None:
    return None


class _Said:
    """An answer with the person who gave it."""

    def __init__(self, actor: Actor, answered: Answered) -> None:
        self.actor, self.changes = actor, answered.changes


def _may_answer(actor: Actor, alarm: AlarmRow) -> bool:
    place = alarm.location_id
    return actor.belongs_to(place) and (actor.may(Duty.WARD, at=place) or actor.may(Duty.COLLECT_GOODS, at=place))
