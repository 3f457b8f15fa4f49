"""A sentence over the tabs of a case: what was just done, or why it was refused and where to set it right."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from app.ui.language import Caption, spoken
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Surface
from app.ui.widgets.labels import IconMark, Label, LinkButton

ICONS = {"ok": "check-circle", "attention": "warning", "stop": "x-circle", "hold": "pause-circle"}


class Banner(Surface):
    """Stays until it is closed or replaced; Esc is the page's business."""

    pressed = Signal(str)
    """The target of the link."""

    def __init__(self) -> None:
        super().__init__("ok_bg", "")
        self._target = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 6, 6)
        row.setSpacing(10)
        self._mark = IconMark("check-circle", "ok", 18)
        self.words = Label("", "text", wrap=True)
        self.link = LinkButton("", bold=True)
        self._close = KeycapButton(kind="quiet", icon="x", name=spoken("widgets.close"), height=28)
        row.addWidget(self._mark)
        row.addWidget(self.words, 1)
        row.addWidget(self.link)
        row.addWidget(self._close)
        self._close.clicked.connect(self.hide)
        self.link.clicked.connect(lambda: self.pressed.emit(self._target))
        self.hide()

    def tell(self, text: Caption, tone: str, link: Caption = "", target: str = "") -> None:
        """``tone``: ok, attention, stop or hold."""
        self._target = target
        self.set_look(f"{tone}_bg", "")
        self._mark.set_icon(ICONS[tone], tone)
        self.words.set_text(text)
        self.link.set_text(link)
        self.link.setVisible(bool(target))
        self.show()
