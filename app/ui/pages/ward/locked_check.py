"""The ward check while nobody is signed in: a scan, a sign, nothing recorded."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.core.clock import Clock
from app.core.errors import AppError
from app.core.statuses.ward import WardAnswer, WardReason
from app.queries.alarms import LockedVerdict, locked_verdict
from app.queries.reader import Reader
from app.udi.composing import LabelHalves
from app.udi.reader import read
from app.ui.background import Background
from app.ui.pages.ward import locked_sign
from app.ui.sounds import Sound, Sounds
from app.ui.widgets.verdict_screen import VerdictScreen

_SOUNDS: dict[WardAnswer, Sound] = {WardAnswer.OK: "taken", WardAnswer.DO_NOT_USE: "stop", WardAnswer.ASK: "look"}
_NOT_CHECKED = LockedVerdict(WardAnswer.ASK, (WardReason.NOT_CHECKED,))


class LockedCheck(QObject):
    """Covers ``over`` with the verdict. ``place`` is the words for where this workstation stands."""

    sign_in_asked = Signal()
    """Somebody wants to record what they saw: they sign in first."""

    def __init__(
        self,
        reader: Reader,
        background: Background,
        sounds: Sounds,
        now: Clock,
        over: QWidget,
        place: Callable[[], str],
    ) -> None:
        super().__init__(over)
        self._reader, self._background, self._sounds = reader, background, sounds
        self._now, self._place = now, place
        self._halves = LabelHalves()
        self._scans = 0
        self.screen_sign = VerdictScreen(over)
        self.screen_sign.acted.connect(self._act)
        self.screen_sign.timed_out.connect(self.screen_sign.hide)

    @property
    def holds(self) -> bool:
        """Whether a stop stands: a scan is then for nobody."""
        return self.screen_sign.holds

    def is_box(self, raw: str) -> bool:
        """Whether the code names a product."""
        reading = read(raw)
        return reading.di is not None or bool(reading.candidates)

    def is_half(self, raw: str) -> bool:
        """Whether the code could be the half of a label that names no product; so could a badge of digits."""
        return read(raw).is_secondary

    def take_scan(self, raw: str) -> None:
        """The newest scan is answered; without an answer of the database the answer is no yes."""
        reading = self._halves.whole(read(raw))
        self._scans += 1
        this_scan, began = self._scans, time.perf_counter()
        today = self._now().astimezone().date()  # this computer stands at the site

        def show(verdict: LockedVerdict) -> None:
            if this_scan == self._scans:
                self._show(verdict, time.perf_counter() - began)

        def failed(_error: AppError) -> None:
            show(_NOT_CHECKED)

        self._background.read(self, lambda: self._reader.fetch(locked_verdict, reading, today), show, failed)

    def _show(self, verdict: LockedVerdict, seconds: float) -> None:
        self._sounds.play(_SOUNDS[verdict.answer])
        sign = locked_sign.locked_sign(verdict, place=self._place(), now=self._now(), seconds=seconds)
        self.screen_sign.show_sign(sign)

    def _act(self, name: str) -> None:
        self.screen_sign.hide()
        if name == locked_sign.SIGN_IN:
            self.sign_in_asked.emit()
