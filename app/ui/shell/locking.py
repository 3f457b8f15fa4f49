"""What a locked screen keeps: the window of the person who sat here, for that person only, and when it locks itself."""

from PySide6.QtCore import QObject, Signal

from app.core.actor import Actor
from app.core.clock import Clock
from app.ui.language import spoken
from app.ui.shell.idle_lock import IdleLock
from app.ui.shell.main_window import MainWindow


class Locking(QObject):
    """Typed work waits behind the lock; somebody else finds a clean desk and never sees it."""

    asked = Signal()
    """Nobody has touched the computer for too long."""

    def __init__(self, now: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.idle = IdleLock(now, self)
        self.idle.idle.connect(self.asked)
        self._kept: tuple[int, MainWindow] | None = None

    def keep(self, person_id: int, window: MainWindow) -> None:
        """Out of sight until the same person comes back."""
        self.idle.stop()
        window.hide()
        self._kept = person_id, window

    def window_of(self, person_id: int) -> MainWindow | None:
        """The window as this person left it; another person's is thrown away unseen."""
        kept, self._kept = self._kept, None
        if kept is None or kept[0] == person_id:
            return kept[1] if kept else None
        kept[1].deleteLater()
        return None

    def close(self) -> None:
        """The program ends."""
        self.idle.stop()
        self.window_of(0)


def open_first(window: MainWindow, actor: Actor) -> None:
    """What was open before the lock, else the workbench; the own password where it must be changed first."""
    if actor.must_change:
        window.open_page("settings", "workstation")
        window.say(spoken("settings.must_change"), "attention")
    elif not window.current_key():
        window.open_page("workbench")
