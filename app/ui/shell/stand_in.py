"""While no agent runs, a workstation with a person signed in does its work, in that person's name."""

from PySide6.QtCore import QObject, QTimer, Slot

from app.core.errors import AppError
from app.services.agent.attending import Attended, Attending
from app.services.agent.leasing import LOOK
from app.ui.background import Background
from app.ui.seat import Seat


class StandIn(QObject):
    """Looks every few seconds on a reader's thread, one look at a time; whoever leaves gives the lease back.

    A mail server that does not answer holds up nobody at the screen.
    """

    def __init__(self, attending: Attending, seat: Seat, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._attending, self._seat, self._background = attending, seat, background
        self._is_looking = False
        self._timer = QTimer(self, interval=int(LOOK.total_seconds() * 1000))
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        self._timer.start()

    def close(self) -> None:
        """The window closes: the next one need not wait."""
        self._timer.stop()
        self._attending.leave()

    @Slot()
    def look(self) -> None:
        """Nothing while nobody is signed in: then the lease ends by itself."""
        if self._is_looking or not self._seat.is_taken:
            return
        self._is_looking, person_id = True, self._seat.actor.id
        self._background.read(self, lambda: self._attending.look(person_id), self._looked, self._failed)

    def _looked(self, attended: Attended) -> None:
        self._is_looking = False
        self._background.announce(attended.changes)

    def _failed(self, _error: AppError) -> None:
        self._is_looking = False
