"""The seven groups of a batch's master in one line: how complete it is, and a lamp for each group."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from app.core.batch_master import MasterGroup
from app.queries.batch_masters import BatchMaster
from app.ui import theme
from app.ui.language import say, spoken
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Surface
from app.ui.widgets.labels import IconMark, Label, LinkButton
from app.ui.words import Look, word

WHOLE, LACKS, NOT_ASKED = Look("check-circle", "ok"), Look("warning", "attention"), Look("minus-circle", "muted")
HEIGHT = 40


class MasterStrip(Surface):
    """Each group is a link that opens the pane of the master at that group."""

    pressed = Signal(str)
    """The value of a ``MasterGroup``, or nothing for the whole."""

    def __init__(self) -> None:
        super().__init__()
        self._master: BatchMaster | None = None
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 6, 0)
        row.setSpacing(4)
        self.score = Label("", "text", theme.BODY, bold=True)
        row.addWidget(self.score)
        row.addSpacing(10)
        self.marks: dict[MasterGroup, IconMark] = {}
        self.links: dict[MasterGroup, LinkButton] = {}
        for group in MasterGroup:
            self.marks[group] = IconMark(NOT_ASKED.icon, NOT_ASKED.tone, 16)
            self.links[group] = LinkButton(lambda group=group: word(group), flush=True)
            self.links[group].clicked.connect(lambda _=False, group=group: self.pressed.emit(group.value))
            row.addWidget(self.marks[group])
            row.addWidget(self.links[group])
            row.addSpacing(4)
        row.addStretch(1)
        self.files = KeycapButton(spoken("batch_files.button"), kind="quiet", icon="clip", key="F5", height=30)
        row.addWidget(self.files)
        self.open = KeycapButton(spoken("batch_master.open"), kind="quiet", icon="clipboard", key="F6", height=30)
        self.open.clicked.connect(lambda: self.pressed.emit(""))
        row.addWidget(self.open)

    def show_files(self, files: Sequence[object]) -> None:
        """How many files the batch has."""
        count = len(files)
        self.files.set_text(lambda: say("batch_files.count", count=count) if count else say("batch_files.button"))

    def show_master(self, master: BatchMaster) -> None:
        self._master = master
        gaps = sum(line.is_missing for line in master.lines)
        self.score.set_text(lambda: say("batch_master.score", score=master.score))
        self.score.set_ink("text" if not gaps else "attention")
        for group in MasterGroup:
            lines = master.group(group)
            missing = sum(line.is_missing for line in lines)
            look = LACKS if missing else WHOLE if lines else NOT_ASKED
            self.marks[group].set_icon(look.icon, look.tone)
            self.links[group].set_text(lambda group=group, missing=missing: _said(group, missing))
            if missing:
                self.links[group].setAccessibleName(say("batch_master.lacks_aloud", group=word(group), count=missing))


def _said(group: MasterGroup, missing: int) -> str:
    return say("batch_master.lacks", group=word(group), count=missing) if missing else word(group)
