"""Decides which electronic signatures are shown; knows no widget."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.core.changes import Topic
from app.queries.reader import Reader
from app.queries.signatures import signatures
from app.ui.background import Background
from app.ui.presenter import Presenter
from app.ui.seat import Seat


class SignaturesPresenter(Presenter):
    """Everybody may read who signed what; nobody changes it."""

    topics = frozenset({Topic.PERSONS, Topic.RECALLS, Topic.STOCK})
    rows_changed = Signal(list)

    def __init__(self, reader: Reader, seat: Seat, background: Background, parent: QObject | None = None) -> None:
        super().__init__(background, parent)
        self._reader, self._seat = reader, seat
        self._words = ""

    @Slot()
    def reload(self) -> None:
        if self._seat.is_taken:
            self._load(partial(self._reader.fetch, signatures, words=self._words), self.rows_changed.emit)

    def search(self, words: str) -> None:
        self._words = words
        self.reload()
