"""Brings the watch and the window of the alarm together, and tells of it beside the clock as well."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from app.core.clock import Clock
from app.queries.alarms import AlarmRow
from app.ui.shell.alarm_watch import AlarmWatch
from app.ui.shell.alarm_window import AlarmWindow, tray_words
from app.ui.shell.tray import Tray
from app.ui.sounds import Sounds

TellBeside = Callable[[str, str], None]
"""Shows a title and a sentence beside the clock."""


class Alarm(QObject):
    """Rings while a launched recall waits for this place: signed in or locked, in front or minimised."""

    answered = Signal(object, object)
    """The ``AlarmRow`` and the ``Actor`` who answered it at this workstation."""

    def __init__(
        self,
        watch: AlarmWatch,
        sounds: Sounds,
        now: Clock,
        tray: TellBeside | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.watch, self.window = watch, AlarmWindow(sounds, now)
        self.tray = Tray(self)
        self._tray = tray or self.tray.tell
        self._told: set[int] = set()
        self.tray.opened.connect(self.ask_again)
        watch.changed.connect(self._show)
        watch.answered.connect(self.answered)
        watch.refused.connect(self.window.refuse)
        watch.busy_changed.connect(self.window.form.set_busy)
        self.window.answer_pressed.connect(watch.answer)
        self.window.signed.connect(watch.answer_as)

    @property
    def is_ringing(self) -> bool:
        """Whether it stands on the screen; scans are then not for anybody."""
        return self.window.isVisible()

    @Slot(list)
    def _show(self, alarms: list[AlarmRow]) -> None:
        if self.watch.knows():
            self.window.show_alarms((), may_answer=False)
            return
        may_answer = bool(alarms) and self.watch.may_answer(alarms[0])
        self.window.show_alarms(alarms, may_answer=may_answer)
        fresh = [alarm for alarm in alarms if alarm.task_id not in self._told]
        self._told |= {alarm.task_id for alarm in fresh}
        if fresh:
            self._tray(*tray_words(fresh[0]))

    @Slot()
    def ask_again(self) -> None:
        """Another person sits here now: whether one key is enough may have changed."""
        if self.watch.alarms:
            self._show(list(self.watch.alarms))

    def close(self) -> None:
        """The program ends."""
        self.window.show_alarms((), may_answer=False)
        self.tray.close()
