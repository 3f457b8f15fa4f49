"""What is asked at the right of the card before something is done: a reason, a choice, a second person."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from app.queries.batch_card import PlaceRow
from app.ui import formats, theme
from app.ui.language import Caption, language, spoken
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card, clear
from app.ui.widgets.fields import AreaField
from app.ui.widgets.labels import Label, muted
from app.ui.words import word

WIDTH = 300


class ReasonForm(Card):
    """A title, a note, an optional choice of shelves, a reason; F9 sends, Esc goes back without losing the card."""

    sent = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.headline = Label("", "text", theme.HEAD, bold=True, wrap=True)
        self.about = muted("", wrap=True)
        self.choices = QVBoxLayout()
        self.choices.setSpacing(4)
        self._boxes: list[tuple[QCheckBox, PlaceRow]] = []
        self._needs_reason = True
        self.reason = AreaField(spoken("batches.form.reason"), rows=3)
        self.send = KeycapButton("", kind="primary", key="F9")
        self.back = KeycapButton(spoken("batches.form.close"), cap="Esc")
        for widget in (self.headline, self.about):
            self.body.addWidget(widget)
        self.body.addLayout(self.choices)
        self.body.addWidget(self.reason)
        self.body.addWidget(self.send)
        self.body.addWidget(self.back)
        self.body.addStretch(1)
        self.send.clicked.connect(self._send)
        self.back.clicked.connect(self.closed)

    def ask(
        self,
        headline: Caption,
        note: Caption,
        button: Caption,
        *,
        places: Sequence[PlaceRow] = (),
        needs_reason: bool = True,
    ) -> None:
        """Ask for this; what was typed before is forgotten."""
        self.headline.set_text(headline)
        self.about.set_text(note)
        self.send.set_text(button)
        self._needs_reason = needs_reason
        self.reason.set_value("")
        self.reason.set_error("")
        self._offer(places)
        self.show()
        self.reason.setFocus()

    def _offer(self, places: Sequence[PlaceRow]) -> None:
        clear(self.choices)
        self._boxes = []
        for place in places:
            words = f"{place.name.said_in(language())} · {word(place.state)} · {formats.number(place.quantity)}"
            box = QCheckBox(words)
            box.setChecked(True)
            box.setMinimumHeight(32)
            self.choices.addWidget(box)
            self._boxes.append((box, place))

    def chosen(self) -> list[PlaceRow]:
        """The shelves that stay ticked."""
        return [place for box, place in self._boxes if box.isChecked()]

    def refuse(self, words: Caption) -> None:
        """Say at the reason why it was not done."""
        self.reason.set_error(words)

    def _send(self) -> None:
        if self._needs_reason and not self.reason.value():
            self.reason.set_error(spoken("batches.form.reason_missing"))
            self.reason.setFocus()
            return
        if self._boxes and not self.chosen():
            self.reason.set_error(spoken("batches.form.nothing"))
            return
        self.sent.emit(self.reason.value())
