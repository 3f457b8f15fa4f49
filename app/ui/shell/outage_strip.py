"""A quiet strip while the database does not answer: since when, what still works, what does not."""

from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.ui import formats, theme
from app.ui.language import language, say, spoken
from app.ui.shell.newsroom import Outage
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Surface
from app.ui.widgets.labels import IconMark, Label


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
        self._note = Label(spoken(f"live.cut.{where}"), "text", theme.BODY, wrap=True)
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
        self.setAccessibleName(f"{self._headline()} {self._note.text()}")
        self.setVisible(outage is not None)

    def _headline(self) -> str:
        if self._outage is None:
            return ""
        key = "live.cut.trying" if self._outage.tries else "live.cut.head"
        return say(key, since=formats.moment(self._outage.since)[11:], tries=self._outage.tries)


def lasted(length: timedelta) -> str:
    """How long it was, in seconds below a minute."""
    if length < timedelta(minutes=1):
        return say("live.seconds", seconds=int(length.total_seconds()))
    return formats.span(length, language())
