"""A quiet strip while the database does not answer: since when, what still works, what does not."""

from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.core.errors import AppError
from app.core.words import describe
from app.ui import formats, theme
from app.ui.background import OUT_OF_REACH
from app.ui.language import language, say, spoken
from app.ui.shell.newsroom import Outage
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Surface
from app.ui.widgets.labels import IconMark, Label

OWN_CERTIFICATE = "connecting.own_certificate"
"""Whoever is signed in works on over their own line: only what this PC hears by itself is missing."""


class OutageStrip(Surface):
    """Hidden while all is well. ``where`` is the key of ``[live.cut]`` that says what works there."""

    retry_pressed = Signal()

    def __init__(self, where: str = "page") -> None:
        super().__init__("attention_bg", "", 0)
        self._outage: Outage | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 20, 8)
        row.setSpacing(12)
        row.addWidget(IconMark("network-off", "attention", 24), 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(1)
        self._head = Label(self._headline, "attention", theme.BODY, bold=True, wrap=True)
        self._where = where
        self._note = Label(self._noted, "text", theme.BODY, wrap=True)
        words.addWidget(self._head)
        words.addWidget(self._note)
        row.addLayout(words, 1)
        self._button = KeycapButton(spoken("live.cut.retry"), icon="refresh")
        self._button.clicked.connect(self.retry_pressed)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def show_outage(self, outage: Outage | None) -> None:
        """None: the database answers again."""
        self._outage = outage
        self._head.set_text(self._headline)
        self._note.set_text(self._noted)
        self.setAccessibleName(f"{self._headline()} {self._note.text()}")
        self.setVisible(outage is not None)

    @property
    def _reason(self) -> AppError | None:
        """What somebody can mend; that nobody answers says the headline by itself."""
        because = self._outage.because if self._outage else None
        return None if because is None or because.code == OUT_OF_REACH else because

    def _noted(self) -> str:
        reason = self._reason
        if reason is None:
            return say(f"live.cut.{self._where}")
        only_news = "_news" if reason.code == OWN_CERTIFICATE else ""
        return f"{describe(reason, language())} {say(f'live.cut.{self._where}{only_news}')}"

    def _headline(self) -> str:
        if self._outage is None:
            return ""
        if self._reason is not None:
            key = "live.cut.refused"
        else:
            key = "live.cut.trying" if self._outage.tries else "live.cut.head"
        return say(key, since=formats.moment(self._outage.since)[11:], tries=self._outage.tries)


def lasted(length: timedelta) -> str:
    """How long it was, in seconds below a minute."""
    if length < timedelta(minutes=1):
        return say("live.seconds", seconds=int(length.total_seconds()))
    return formats.span(length, language())
