"""Keeps this workstation in touch with the others: listens, tells what was done here, and comes back after a cut."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal, Slot

from app.core.changes import Changes, Topic
from app.core.clock import Clock
from app.core.errors import AppError
from app.services import listening
from app.services.listening import Wire, pauses
from app.ui.background import Background

LOOK_MS = 500
TELL_MS = 500
"""This workstation tells of its postings at most twice a second."""
ASK_AGAIN_MS = 200
"""Somebody else has just told of theirs: so long until we ask whether ours was among them."""


@dataclass(frozen=True, slots=True)
class Outage:
    """The database has not answered ``since`` then; ``tries`` to come back have failed so far.

    ``because`` is what the last try was told.
    """

    since: datetime
    tries: int = 0
    because: AppError | None = None


class Newsroom(QObject):
    """Everything runs by itself from ``start`` to ``close``. After a cut everything on the screen is asked anew."""

    cut = Signal(object)
    """``Outage``; again after each try that failed."""
    restored = Signal(object)
    """The ``Outage`` that is over."""

    def __init__(
        self, wire: Wire, background: Background, now: Clock, chance: random.Random, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._wire, self._background, self._now, self._chance = wire, background, now, chance
        self._outage: Outage | None = None
        self._notifier: QSocketNotifier | None = None
        self._is_opening = self._is_telling = self._is_looking = self._is_closed = False
        self._pauses: Iterator[float] = pauses(chance)
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self.try_now)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._look_now)
        self._beat = QTimer(self, interval=int(1000 * listening.BEAT))
        self._beat.timeout.connect(self._beat_now)
        self._untold: Changes = frozenset()
        self._since = 0
        self._tell = QTimer(self, singleShot=True)
        self._tell.timeout.connect(self._tell_now)
        background.wrote.connect(self._tell_soon)
        background.out_of_reach.connect(self._doubt)

    @property
    def outage(self) -> Outage | None:
        """What lasts now."""
        return self._outage

    def start(self) -> None:
        """Begin to listen; this moment's rows are what the pages read for themselves."""
        self.try_now()

    def close(self) -> None:
        """Listen and tell no longer."""
        self._is_closed = True
        for timer in (self._again, self._look, self._tell, self._beat):
            timer.stop()
        self._hang_up()

    # listening ------------------------------------------------------------------
    @Slot()
    def try_now(self) -> None:
        """Connect; also before the pause after a failed try is over."""
        listens = self._notifier is not None or self._look.isActive()
        if self._is_opening or self._is_closed or listens:
            return
        self._is_opening = True
        self._again.stop()
        self._background.read(self, self._wire.open, self._opened, self._not_opened)

    def _opened(self, descriptor: int | None) -> None:
        self._is_opening = False
        if self._is_closed:
            self._wire.close()
            return
        if descriptor is None:
            self._look.start()
        else:
            self._notifier = self._background.listen(descriptor, self._hear)
            self._beat.start()
        self._pauses = pauses(self._chance)
        over, self._outage = self._outage, None
        if over is not None:
            self.restored.emit(over)
            self._background.announce(frozenset(Topic))
        if self._untold:
            self._tell_now()

    def _not_opened(self, error: AppError) -> None:
        self._is_opening = False
        self._lose(error)

    def _hear(self) -> Changes:
        try:
            return self._wire.hear()
        except AppError:
            if self._notifier is not None:
                self._notifier.setEnabled(False)
            QTimer.singleShot(0, self._lose)  # a notifier must not be taken away while it speaks
            return frozenset()

    @Slot()
    def _beat_now(self) -> None:
        """Nobody says that a line is dead: we ask."""
        try:
            self._wire.beat()
        except AppError:
            self._lose()

    @Slot()
    def _look_now(self) -> None:
        if self._is_looking:
            return
        self._is_looking = True
        self._background.read(self, self._wire.look, self._looked, self._not_looked)

    def _looked(self, changes: Changes) -> None:
        self._is_looking = False
        self._background.gather(changes)

    def _not_looked(self, _error: AppError) -> None:
        self._is_looking = False
        self._lose()

    # cut and back ---------------------------------------------------------------
    def _lose(self, because: AppError | None = None) -> None:
        if self._is_closed:
            return
        self._hang_up()
        if self._outage is None:
            self._outage = Outage(self._now(), because=because)
        else:
            self._outage = Outage(self._outage.since, self._outage.tries + 1, because)
        self._again.start(int(1000 * next(self._pauses)))
        self.cut.emit(self._outage)

    @Slot()
    def _doubt(self) -> None:
        """Some work did not reach the database, though we have heard nothing of it: ask anew."""
        if self._outage is None and not self._is_opening:
            self._hang_up()
            self.try_now()

    def _hang_up(self) -> None:
        self._look.stop()
        self._beat.stop()
        notifier, self._notifier = self._notifier, None
        if notifier is not None:
            notifier.setEnabled(False)
        if not self._is_opening:
            self._wire.close()

    # telling --------------------------------------------------------------------
    @Slot(object)
    def _tell_soon(self, changes: Changes) -> None:
        self._untold |= changes
        self._since = 0  # what others told before this moment was told too early
        if not self._tell.isActive() and not self._is_telling:
            self._tell_now()

    @Slot()
    def _tell_now(self) -> None:
        changes, since = self._untold, self._since
        if not changes or self._is_telling or self._outage is not None or self._is_closed:
            return
        self._is_telling, self._untold, self._since = True, frozenset(), 0

        def told(number: int) -> None:
            self._is_telling = False
            if number:
                self._since = 0 if self._untold else number
                self._untold |= changes
            if not self._is_closed:
                self._tell.start(ASK_AGAIN_MS if number else TELL_MS)

        def not_told(_error: AppError) -> None:
            self._is_telling = False
            self._untold |= changes

        self._background.read(self, lambda: self._wire.tell(changes, since), told, not_told)
