"""The time machine's own row over the card: which moment is shown, the way there and back, and the files."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.queries.as_of import CaseStart
from app.queries.batch_card import BatchCard
from app.ui import formats
from app.ui.language import Caption, say, spoken
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Surface, clear
from app.ui.widgets.fields import TextField
from app.ui.widgets.labels import IconMark, Label, LinkButton

MOST_CASES = 2
FIELD_WIDTH = 190


class AsOfBar(Surface):
    """Opens with the moment now; says aloud, in the tone of a warning, when what is shown is not now."""

    seen = Signal(bool)
    """The bar came or went."""
    asked = Signal(str)
    """What was typed."""
    shortcut = Signal(str)
    """``yesterday``, ``month`` or the number of a case."""
    returned = Signal()
    exported = Signal(str)
    """``.csv`` or ``.json``."""

    def __init__(self) -> None:
        super().__init__("surface", "line")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 6, 8, 6)
        column.setSpacing(6)
        self.mark = IconMark("history", "attention", 18)
        self.words = Label("", "text", bold=True, wrap=True)
        self.field = TextField("", mono=True, placeholder=spoken("as_of.hint"))
        self._shown: datetime | None = None
        self.field.setFixedWidth(FIELD_WIDTH)
        self.show_button = KeycapButton(spoken("as_of.show"))
        self.now = KeycapButton(spoken("as_of.now"), icon="undo")
        self.csv = KeycapButton(spoken("as_of.csv"), icon="download")
        self.json = KeycapButton(spoken("as_of.json"), icon="download")
        column.addLayout(self._said_row())
        column.addLayout(self._asking_row())
        self._connect()
        self.hide()

    def _said_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.mark)
        row.addWidget(self.words, 1)
        return row

    def _asking_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.field)
        row.addWidget(self.show_button)
        self.shortcuts = QHBoxLayout()
        self.shortcuts.setSpacing(4)
        row.addLayout(self.shortcuts)
        row.addStretch(1)
        for button in (self.now, self.csv, self.json):
            row.addWidget(button)
        return row

    def _connect(self) -> None:
        self.field.entered.connect(self.asked)
        self.show_button.clicked.connect(lambda: self.asked.emit(self.field.value()))
        self.now.clicked.connect(self.returned)
        self.csv.clicked.connect(lambda: self.exported.emit(".csv"))
        self.json.clicked.connect(lambda: self.exported.emit(".json"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.seen.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.seen.emit(not self.isHidden())  # it may only be the page that went

    def open(self) -> None:
        self.show()
        self.field.entry.setFocus()

    def refuse(self, words: Caption) -> None:
        """Say over the field why the moment cannot be shown; what was typed stays."""
        self.field.entry.set_wrong(True)
        self.mark.set_icon("warning", "stop")
        self.words.set_text(words)
        for widget in (self.mark, self.words):
            widget.show()

    def show_card(self, card: BatchCard) -> None:
        """The banner of a past card; shortcuts to the starts of its cases."""
        then = card.as_of
        self.field.entry.set_wrong(False)
        self.mark.set_icon("history", "attention")
        self.field.entry.setAccessibleName(say("as_of.field"))
        for widget in (self.mark, self.words, self.now):
            widget.setVisible(then is not None)
        self.set_look("attention_bg" if then is not None else "surface", "" if then is not None else "line")
        self._offer(card.cases)
        if then is None:
            return
        self.show()
        at = formats.moment(then)
        if then != self._shown:
            self._shown = then
            self.field.set_value(at)
        self.words.set_text(say("as_of.banner" if card.trace.lines else "as_of.nothing", at=at))

    def _offer(self, cases: Sequence[CaseStart]) -> None:
        clear(self.shortcuts)
        for case in cases[:MOST_CASES]:
            self._add_shortcut(say("as_of.case", case=case.number), case.number)
        self._add_shortcut(spoken("as_of.yesterday"), "yesterday")
        self._add_shortcut(spoken("as_of.month"), "month")

    def _add_shortcut(self, words: Caption, key: str) -> None:
        link = LinkButton(words)
        link.clicked.connect(self._press(key))
        self.shortcuts.addWidget(link)

    def _press(self, key: str) -> Callable[[], None]:
        return lambda: self.shortcut.emit(key)
