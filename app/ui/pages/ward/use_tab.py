"""Use on a patient: the box by scan, the visit number by scan or keyboard; a second person where it must be."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import AppError
from app.core.statuses.ward import WardAnswer
from app.core.words import describe
from app.ui import formats, theme
from app.ui.language import language, say, spoken
from app.ui.pages.ward.presenter import Answer, UseForm
from app.ui.pages.ward.sign import reason_text
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card, clear
from app.ui.widgets.fields import TextField
from app.ui.widgets.labels import IconMark, Label, muted
from app.ui.widgets.quantity_field import QuantityField
from app.ui.widgets.signature_pane import SignaturePane

TARGET = 56


class UseTab(QWidget):
    """``sent`` carries ``Answer`` and ``UseForm``; ``signed`` adds login, password, reason of the second person."""

    sent = Signal(object, object)
    signed = Signal(object, object, str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self._answer: Answer | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        card = Card(spoken("ward.tab.use"), spoken("ward.use.prompt"))
        self.box = QVBoxLayout()
        self.box.setSpacing(2)
        card.body.addWidget(muted(spoken("ward.use.box")))
        card.body.addLayout(self.box)
        self.visit = TextField(
            spoken("ward.use.visit"), hint=spoken("ward.use.visit_hint"), mono=True, icon="user", height=TARGET
        )
        self.quantity = QuantityField(spoken("ward.use.quantity"), least=1, most=999, height=TARGET)
        self.at = TextField(spoken("ward.use.at"), hint=spoken("ward.use.at_hint"), mono=True, height=TARGET)
        self.post = KeycapButton(
            spoken("ward.use.post"), kind="primary", icon="user-check", key="F9", height=TARGET, size=theme.HEAD
        )
        fields = QHBoxLayout()
        fields.setSpacing(16)
        fields.addWidget(self.quantity, 1, Qt.AlignmentFlag.AlignTop)
        fields.addWidget(self.at, 2, Qt.AlignmentFlag.AlignTop)
        card.body.addSpacing(8)
        card.body.addWidget(self.visit)
        card.body.addLayout(fields)
        card.body.addSpacing(8)
        card.body.addWidget(self.post)
        card.body.addStretch(1)
        row.addWidget(card, 1)
        self.pane = SignaturePane()
        self.pane.setFixedWidth(360)
        self.pane.hide()
        row.addWidget(self.pane)
        self.post.clicked.connect(self._send)
        self.visit.entered.connect(self._send)
        self.pane.signed.connect(self._sign)
        self.pane.cancelled.connect(self.pane.hide)
        self.quantity.set_value("1")
        self._show_box()

    @property
    def box_answer(self) -> Answer | None:
        """The box that stands in the form."""
        return self._answer

    def choose_box(self, answer: Answer) -> None:
        """Take a box; the cursor goes to the visit number."""
        self._answer = answer
        self.quantity.set_levels(answer.levels)
        self.pane.hide()
        self._show_box()
        self.visit.setFocus()

    def take_visit(self, visit_no: str) -> None:
        self.visit.set_value(visit_no)
        self.visit.set_error("")

    def _show_box(self) -> None:
        clear(self.box)
        if self._answer is None or self._answer.wanted is None:
            words = say("ward.use.no_box") if self._answer is None else self._reason()
            self.box.addWidget(Label(words, "muted" if self._answer is None else "attention", theme.HEAD, wrap=True))
            if self._answer is not None:
                self.box.addWidget(Label(say("ward.use.unread_do"), "text", theme.BODY, wrap=True))
            return
        verdict = self._answer.verdict
        self.box.addWidget(Label(self._answer.name.said_in(language()), "text", theme.TITLE, bold=True, elide=True))
        facts = QHBoxLayout()
        facts.setSpacing(16)
        facts.addWidget(Label(verdict.lot or verdict.serial, "text", 16.0, bold=True, mono=True))
        facts.addWidget(Label(formats.day(verdict.expiry_on), "muted", theme.HEAD, mono=True))
        facts.addStretch(1)
        self.box.addLayout(facts)
        if verdict.findings:
            warning = QHBoxLayout()
            warning.addWidget(IconMark("warning", "stop", 18))
            warning.addWidget(Label(self._reason(), "stop", theme.BODY, bold=True, wrap=True), 1)
            self.box.addLayout(warning)
            key = "stop_do" if verdict.answer is WardAnswer.DO_NOT_USE else "ask_do"
            self.box.addWidget(Label(say(f"ward.use.{key}"), "text", theme.BODY, wrap=True))

    def _reason(self) -> str:
        return reason_text(self._answer.verdict, language()) if self._answer else ""

    def _form(self) -> UseForm | None:
        """What was entered, or None after showing what is missing."""
        count = self.quantity.number()
        if count is None:
            return None
        used_at = None
        if self.at.value():
            try:
                used_at = datetime.strptime(self.at.value(), "%Y-%m-%d %H:%M").astimezone()
            except ValueError:
                self.at.set_error(spoken("ward.use.at_wrong"))
                return None
        if not self.visit.value():
            self.visit.set_error(spoken("errors.visit_needed"))
            self.visit.setFocus()
            return None
        return UseForm(self.visit.value(), count, used_at)

    def _send(self, *_: object) -> None:
        if self._answer is None or self._answer.wanted is None:
            self._show_box()
            return
        form = self._form()
        if form is not None:
            self.sent.emit(self._answer, form)

    def ask_second(self) -> None:
        """The goods are locked or the books short: show who must sign, and why."""
        lot = self._answer.verdict.lot if self._answer else ""
        self.pane.ask(spoken("ward.use.happened", lot=lot or "—"), button=spoken("ward.use.sign"))

    def _sign(self, login: str, password: str, reason: str) -> None:
        form = self._form()
        if form is not None and self._answer is not None:
            self.signed.emit(self._answer, form, login, password, reason)

    def refuse(self, error: AppError) -> None:
        """Say at the fields why nothing was recorded; everything entered stays."""
        field = self.at if error.code == "use_ahead" else self.visit
        field.set_error(lambda: describe(error, language()))

    def refuse_signature(self, error: AppError) -> None:
        self.pane.refuse(lambda: describe(error, language()))

    def start_again(self) -> None:
        """Ready for the next box."""
        self._answer = None
        self.quantity.set_levels(())
        self.pane.hide()
        for field, value in ((self.visit, ""), (self.quantity, "1"), (self.at, "")):
            field.set_value(value)
            field.set_error("")
        self._show_box()

    def retranslate(self) -> None:
        self._show_box()
