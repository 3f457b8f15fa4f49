"""Decides who may ask whose use of a batch it was, and shows the answer only as long as it is asked for. No widget."""

from PySide6.QtCore import QObject, Signal, Slot

from app.core.errors import AppError
from app.core.permissions import Duty
from app.services.looking import LookingService
from app.ui.background import Background
from app.ui.presenter import Presenter
from app.ui.seat import Seat


class VisitsPresenter(Presenter):
    """Numbers of patients are held nowhere but in the pane that was opened for them."""

    seen = Signal(object)
    """``PatientsSeen``: the look is on record."""
    refused = Signal(AppError)

    def __init__(
        self, looking: LookingService, seat: Seat, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(background, parent)
        self._looking, self._seat = looking, seat

    @property
    def may_look(self) -> bool:
        """Whether the person here may see patients' numbers at all."""
        return self._seat.is_taken and self._seat.actor.may(Duty.SEE_PATIENTS)

    @Slot()
    def reload(self) -> None:
        """Nothing is fetched without a reason."""

    def look(self, batch_id: int, reason: str) -> None:
        """Ask for the visits on which the batch was used."""
        actor = self._seat.actor
        self._act(
            lambda: self._looking.look(actor=actor, batch_id=batch_id, reason=reason),
            self.seen.emit,
            self.refused.emit,
        )
