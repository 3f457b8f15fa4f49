"""Decides what the tab of the agent shows: who keeps the watch, what the jobs did, how e-mail is sent."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.core.changes import Topic
from app.core.clock import Clock
from app.core.permissions import Duty
from app.queries.agents import AgentSight, agent_sight
from app.queries.reader import Reader
from app.services.agent.mailing import MailSettings
from app.services.agent.setting_up import SettingUpMail
from app.services.agent.work import JOBS
from app.ui.background import Background
from app.ui.presenter import Presenter
from app.ui.seat import Seat

LOOK_MS = 5_000


class AgentPresenter(Presenter):
    """Looks every few seconds while it is shown: the agent tells nobody when it renews its lease."""

    topics = frozenset({Topic.SETTINGS})
    sight_changed = Signal(object)
    """``AgentSight``."""
    saved = Signal()
    refused = Signal(object)

    def __init__(
        self,
        reader: Reader,
        setting_up: SettingUpMail,
        now: Clock,
        seat: Seat,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(background, parent)
        self._reader, self._setting_up, self._now, self._seat = reader, setting_up, now, seat
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.reload)

    @property
    def may_change(self) -> bool:
        """Whether the person signed in sets up the installation."""
        return self._seat.is_taken and self._seat.actor.may(Duty.SET_UP)

    @Slot()
    def reload(self) -> None:
        def look() -> AgentSight:
            return self._reader.fetch(agent_sight, JOBS, self._now())

        self._load(look, self.sight_changed.emit, "sight")

    def watch(self, *, is_shown: bool) -> None:
        """Look again and again while the tab is on the screen."""
        self.set_visible(is_shown)
        if is_shown:
            self._timer.start()
        else:
            self._timer.stop()

    def set_mail(self, settings: MailSettings) -> None:
        actor = self._seat.actor
        self._act(
            lambda: self._setting_up.set_mail(actor=actor, settings=settings),
            lambda _set: self.saved.emit(),
            self.refused.emit,
        )
