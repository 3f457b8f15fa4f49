"""What a scan means at a locked screen: a badge fills in the name, a box is checked, anything else is said."""

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.core.errors import AppError
from app.queries.badges import login_of_badge
from app.queries.reader import Reader
from app.ui.background import Background
from app.ui.language import spoken
from app.ui.shell.alarm import Alarm
from app.ui.shell.sign_in import SignInView

SHOWN = 24


class BoxCheck(Protocol):
    """Answers whether a scanned box may be used, over the locked screen."""

    @property
    def sign_in_asked(self) -> Any:
        """The signal that somebody wants to record what they saw."""
        ...

    @property
    def holds(self) -> bool:
        """Whether a stop stands that only a deliberate key ends."""
        ...

    def is_box(self, raw: str) -> bool:
        """Whether the code names a product."""
        ...

    def is_half(self, raw: str) -> bool:
        """Whether it could be the half of a label that names none."""
        ...

    def take_scan(self, raw: str) -> None:
        """Show the verdict."""
        ...


MakeBoxCheck = Callable[[QWidget, Callable[[], str]], BoxCheck]
"""Builds the check over a widget; the second asks for the words of where this workstation stands."""


class LockScans(QObject):
    """A badge proves nothing: the password is always typed."""

    def __init__(self, view: SignInView, alarm: Alarm, check: BoxCheck, reader: Reader, background: Background) -> None:
        super().__init__(view)
        self._view, self._alarm, self.check = view, alarm, check
        self._reader, self._background = reader, background
        view.badge_scanned.connect(self.take)
        check.sign_in_asked.connect(view.login.setFocus)

    def take(self, raw: str) -> None:
        """While a stop stands a scan is for nobody; while the alarm rings only a badge is."""
        if self.check.holds and not self._alarm.is_ringing:
            return
        is_box = self.check.is_box(raw)
        if is_box and not self._alarm.is_ringing:
            self.check.take_scan(raw)
            return

        def found(login: str | None) -> None:
            if login is not None:
                self._name(login)
            elif not self._alarm.is_ringing:
                self._check_half(raw)

        def failed(_error: AppError) -> None:
            """The strip says that the database does not answer."""
            if not self._alarm.is_ringing and self.check.is_half(raw):
                self.check.take_scan(raw)

        self._background.read(self, lambda: self._reader.fetch(login_of_badge, raw), found, failed)

    def _name(self, login: str) -> None:
        if self._alarm.is_ringing:
            self._alarm.window.take_badge(login)
            return
        self._view.take_badge(login)

    def _check_half(self, raw: str) -> None:
        """Nobody's badge: half a label is a question of its own, anything else is said."""
        if self.check.is_half(raw):
            self.check.take_scan(raw)
            return
        self._view.refuse("login", spoken("live.lock.badge_unknown", code=raw.strip()[:SHOWN]))
