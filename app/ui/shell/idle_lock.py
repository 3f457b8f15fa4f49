"""Locks the desk when nobody has touched it for a while; a ward's computer sooner than an office's."""

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

from app.core.actor import Actor
from app.core.clock import Clock
from app.core.permissions import Role
from app.core.statuses.stock import LocationKind

WARD, OFFICE = timedelta(minutes=5), timedelta(minutes=15)
LOOK_EVERY_MS = 5_000
TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)
"""What counts as a hand at the computer; a scan is told by ``touch``."""


WARD_ROLES = frozenset({Role.DEPT_LIAISON, Role.DEPT_HEAD})
"""Who has these and no other works on a ward, whichever PC they sit at."""


def is_ward(actor: Actor | None, place: LocationKind | None) -> bool:
    """The stricter of what is known: a PC that stands on a ward, or a person who has only a ward's roles."""
    return place is LocationKind.DEPARTMENT or (actor is not None and bool(actor.roles) and actor.roles <= WARD_ROLES)


class IdleLock(QObject):
    """``start`` when somebody sits down, ``stop`` when they leave; ``idle`` comes once, then it rests.

    Keys and the mouse are seen in the whole program. The clock is the program's own, so that a test may turn it.
    """

    idle = Signal()

    def __init__(self, now: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now, self._last, self._limit = now, now(), OFFICE
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    @property
    def limit(self) -> timedelta:
        return self._limit

    @property
    def last_touch(self) -> datetime:
        return self._last

    def start(self, *, is_ward: bool) -> None:
        """Count from now."""
        self._limit = WARD if is_ward else OFFICE
        self.touch()
        app = QCoreApplication.instance()
        if app is not None and not self._timer.isActive():
            app.installEventFilter(self)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def touch(self) -> None:
        """Somebody is here."""
        self._last = self._now()

    def look(self) -> None:
        """Whether it has been too long."""
        if self._now() - self._last >= self._limit:
            self.stop()
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in TOUCHES:
            self.touch()
        return False
