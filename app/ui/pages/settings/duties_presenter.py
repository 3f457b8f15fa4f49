"""Decides what the matrix of responsibilities offers; knows no widget."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.services.duty_papers import DutyPaperService
from app.ui.background import Background
from app.ui.language import language
from app.ui.presenter import Presenter
from app.ui.seat import Seat


class DutiesPresenter(Presenter):
    """The matrix is in the program; only printing and exporting is work."""

    saved = Signal(str, str)
    """``printed`` or ``exported``, and the path."""

    def __init__(
        self, papers: DutyPaperService, folder: Path, seat: Seat, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(background, parent)
        self._papers, self._folder, self._seat = papers, folder, seat

    @Slot()
    def reload(self) -> None:
        """Nothing of it lies in the database."""

    def print_matrix(self) -> None:
        self._make("printed", self._papers.print_matrix)

    def export_matrix(self) -> None:
        self._make("exported", self._papers.export_matrix)

    def export_workbook(self) -> None:
        self._make("exported", partial(self._papers.export_matrix, form="xlsx"))

    def _make(self, key: str, make: Callable[..., Path]) -> None:
        work = partial(make, actor=self._seat.actor, folder=self._folder, language=language())
        self._load(work, lambda path: self.saved.emit(key, str(path)), "paper")
