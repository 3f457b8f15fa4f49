"""Who sits at this workstation and where it stands; presenters ask here instead of holding copies."""

from PySide6.QtCore import QObject, Signal

from app.core.actor import Actor
from app.core.errors import RuleError


class NobodyError(RuleError):
    """Nobody is signed in at this workstation."""

    code = "nobody"


class Seat(QObject):
    """``actor_changed`` and ``place_changed`` are emitted on the GUI thread after the new value stands."""

    actor_changed = Signal()
    place_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actor: Actor | None = None
        self._place_id: int | None = None

    @property
    def actor(self) -> Actor:
        """Raises NobodyError on the lock screen."""
        if self._actor is None:
            raise NobodyError
        return self._actor

    @property
    def is_taken(self) -> bool:
        return self._actor is not None

    @property
    def place_id(self) -> int | None:
        """The location where this workstation stands; None until it is set."""
        return self._place_id

    def take(self, actor: Actor) -> None:
        self._actor = actor
        self.actor_changed.emit()

    def leave(self) -> None:
        self._actor = None
        self.actor_changed.emit()

    def move_to(self, location_id: int | None) -> None:
        self._place_id = location_id
        self.place_changed.emit()
