"""F1: what the open page is for and which keys it knows; Esc takes it away again."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.language import Caption, spoken
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import clear
from app.ui.widgets.labels import Keycap, Label, muted

WIDTH = 300


class HelpPane(QWidget):
    """A title, a few paragraphs, and the keys."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 16, 16)
        column.setSpacing(10)
        head = QHBoxLayout()
        self._title = Label(spoken("widgets.shell.help_name"), "text", theme.HEAD, bold=True, wrap=True)
        close = KeycapButton(kind="quiet", icon="x", name=spoken("widgets.close"))
        close.clicked.connect(self.hide)
        head.addWidget(self._title, 1)
        head.addWidget(close)
        column.addLayout(head)
        self._body = QVBoxLayout()
        self._body.setSpacing(10)
        column.addLayout(self._body)
        column.addStretch(1)
        self.hide()

    def explain(self, title: Caption, paragraphs: Sequence[Caption], keys: Sequence[tuple[str, Caption]] = ()) -> None:
        """Fill the pane for one page."""
        self._title.set_text(title)
        clear(self._body)
        for paragraph in paragraphs:
            self._body.addWidget(Label(paragraph, "text", theme.BODY, wrap=True))
        for key, what in keys:
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(Keycap(key))
            row.addWidget(muted(what, wrap=True), 1)
            self._body.addLayout(row)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        painter.fillRect(QRectF(0, 0, 1, self.height()), theme.colour("line"))
        painter.end()
