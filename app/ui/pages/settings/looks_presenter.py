"""Decides who reads the list of looks at patients' numbers; knows no widget."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.core.changes import Topic
from app.core.permissions import Duty
from app.queries.patient_looks import patient_looks
from app.queries.reader import Reader
from app.ui.background import Background
from app.ui.presenter import Presenter
from app.ui.seat import Seat


class LooksPresenter(Presenter):
    """Auditors alone: on PostgreSQL nobody else may ask for it."""

    topics = frozenset({Topic.PERSONS})
    rows_changed = Signal(list)

    def __init__(self, reader: Reader, seat: Seat, background: Background, parent: QObject | None = None) -> None:
        super().__init__(background, parent)
        self._reader, self._seat = reader, seat

    @property
    def may_read(self) -> bool:
        return self._seat.is_taken and self._seat.actor.may(Duty.AUDIT)

    @Slot()
    def reload(self) -> None:
        if self.may_read:
            self._load(partial(self._reader.fetch, patient_looks), self.rows_changed.emit)
        else:
            self.rows_changed.emit([])
