"""The files that belong to something, in one line: how many, each as a link, and a button that adds one."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.language import Caption, read, spoken
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import clear
from app.ui.widgets.labels import Label, LinkButton

PATTERN = "*.png *.jpg *.jpeg *.pdf"


class AttachmentRow(QWidget):
    """A file chosen in the system's dialog is sent as a path; a link sends the id it stands for."""

    chosen = Signal(object)
    """The ``Path`` of a file to add."""
    opened = Signal(int)

    def __init__(self, title: Caption, *, key: str = "") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.title = Label(title, "text", theme.BODY, bold=True)
        self.count = Label("", "muted", theme.SMALL)
        self.add = KeycapButton(spoken("widgets.attach.add"), kind="quiet", icon="clip", key=key, height=30)
        head.addWidget(self.title)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.add)
        column.addLayout(head)
        self._links = QVBoxLayout()
        self._links.setSpacing(0)
        column.addLayout(self._links)
        self.add.clicked.connect(self._ask)

    def set_files(self, files: Sequence[tuple[int, str]]) -> None:
        """Id and words of each file."""
        clear(self._links)
        self.count.set_text(str(len(files)) if files else "")
        for key, words in files:
            link = LinkButton(words, flush=True)
            link.clicked.connect(lambda _=False, key=key: self.opened.emit(key))
            self._links.addWidget(link)

    def _ask(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, read(self.add.words()), "", PATTERN)
        if path:
            self.chosen.emit(Path(path))
