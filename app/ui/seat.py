"""Who sits at this workstation and where it stands; presenters ask here instead of holding copies."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.core.actor import Actor
from app.core.errors import RuleError
from app.core.permissions import Duty
from app.queries.locations import LocationRow


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

    def own_first(self, duty: Duty, places: Sequence[LocationRow]) -> list[LocationRow]:
        """Where the person may do it comes first; nobody's place is left out."""
        return sorted(places, key=lambda place: not self._may(duty, place.id))

    def start_at(self, duty: Duty, places: Sequence[LocationRow]) -> int | None:
        """The PC's place if it is among them and the person may do it there, else the first one where they may."""
        own = [place.id for place in self.own_first(duty, places)]
        is_here = self._place_id in own and self._may(duty, self._place_id)
        return self._place_id if is_here else next(iter(own), None)

    def _may(self, duty: Duty, place: int | None) -> bool:
        """Whoever has no role with the duty is not narrowed: what they read is the whole house's."""
        return self._actor is None or not self._actor.may(duty) or self._actor.may(duty, at=place)
