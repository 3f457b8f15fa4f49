"""Stands in for Background: everything happens at once, on the calling thread."""

from PySide6.QtCore import QObject, Signal

from app.core.errors import AppError
from app.ui.background import changes_of


class ImmediateBackground(QObject):
    """Same signals and methods as ``app.ui.background.Background``, without threads or an event loop."""

    changed = Signal(object)

    def read(self, owner, work, done, failed):
        try:
            answer = work()
        except AppError as error:
            failed(error)
        else:
            done(answer)

    def write(self, owner, action, done, failed):
        try:
            outcome = action()
        except AppError as error:
            failed(error)
            return
        self.announce(changes_of(outcome))
        done(outcome)

    def announce(self, changes):
        if changes:
            self.changed.emit(changes)

    def is_busy(self):
        return False

    def wait(self):
        """Nothing ever runs."""
