"""What the card asks at its right about the master: the pane, the form for one field, the second person."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.errors import AppError
from app.core.statuses.supplement import SupplementField
from app.core.words import describe
from app.queries.batch_masters import BatchMaster
from app.services.supplementing import Supplemented
from app.ui import formats, theme
from app.ui.language import language, say, spoken
from app.ui.pages.batches.forms import WIDTH
from app.ui.pages.batches.master_pane import MasterPane
from app.ui.pages.batches.master_presenter import MasterPresenter
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card
from app.ui.widgets.fields import AreaField, DateField, TextField
from app.ui.widgets.labels import Label, muted
from app.ui.widgets.signature_pane import SignaturePane
from app.ui.words import word


class SupplementForm(Card):
    """One field: what stands, what the label or the paper says, why. F9 sends."""

    sent = Signal(object, object, str)
    """Field, value (text or date), reason."""
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self._field = SupplementField.PRODUCTION_ON
        self.headline = Label("", "text", theme.HEAD, bold=True, wrap=True)
        self.before = muted("", wrap=True)
        self.text = TextField(spoken("batch_master.form.value"), mono=True)
        self.day = DateField(spoken("batch_master.form.day"))
        self.reason = AreaField(spoken("batch_master.form.reason"), rows=3)
        self.send = KeycapButton(spoken("batch_master.form.save"), kind="primary", key="F9")
        self.back = KeycapButton(spoken("batches.form.close"), cap="Esc")
        for widget in (self.headline, self.before, self.text, self.day, self.reason, self.send, self.back):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.send.clicked.connect(self._send)
        self.text.entered.connect(self._go_on)
        self.day.entered.connect(self._go_on)
        self.back.clicked.connect(self.closed)

    def ask(self, field: SupplementField, before: str, *, needs_second: bool) -> None:
        """Ask for one field; what was typed before is forgotten."""
        self._field = field
        self.headline.set_text(lambda: say("batch_master.form.title", field=word(field)))
        key = "batch_master.form.before" if before else "batch_master.form.empty"
        note = spoken("batch_master.form.two") if needs_second else (lambda: "")
        self.before.set_text(lambda: " ".join((say(key, value=before), note())).strip())
        self.send.set_text(spoken("batch_master.form.next" if needs_second else "batch_master.form.save"))
        for control in (self.text, self.day, self.reason):
            control.set_value("")
            control.set_error("")
        self.text.setVisible(not field.is_date)
        self.day.setVisible(field.is_date)
        (self.day if field.is_date else self.text).setFocus()

    def _go_on(self) -> None:
        self.reason.setFocus()

    def refuse(self, error: AppError) -> None:
        """Say at the value why it was not taken; everything typed stays."""
        control = self.day if self._field.is_date else self.text
        control.set_error(lambda: describe(error, language()))
        control.setFocus()

    def _send(self) -> None:
        value: str | date | None = self.day.day() if self._field.is_date else self.text.value()
        control = self.day if self._field.is_date else self.text
        if not value:
            if not control.error():
                control.set_error(spoken("batch_master.form.value_missing"))
            control.setFocus()
        elif not self.reason.value():
            self.reason.set_error(spoken("batches.form.reason_missing"))
            self.reason.setFocus()
        else:
            self.sent.emit(self._field, value, self.reason.value())


class MasterSide(QWidget):
    """Steps: the pane, the form, the second signature; Esc goes one back."""

    closed = Signal()
    opened_door = Signal(str)
    said = Signal(str, str)

    def __init__(self, presenter: MasterPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._group = ""
        self._wanted: tuple[SupplementField, str | date, str] | None = None
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.pane, self.form, self.signing = MasterPane(presenter), SupplementForm(), SignaturePane()
        for widget in (self.pane, self.form, self.signing):
            column.addWidget(widget)
        self.hide()
        presenter.master_changed.connect(self._show)
        presenter.completed.connect(self._completed)
        presenter.sign_failed.connect(self._refuse)
        presenter.failed.connect(self._fail)
        presenter.exported.connect(self._say_exported)
        self.pane.asked.connect(self.ask)
        self.pane.closed.connect(self.closed)
        self.pane.door_pressed.connect(self.opened_door)
        self.form.sent.connect(self._send)
        self.form.closed.connect(self.step_back)
        self.signing.signed.connect(self._sign)
        self.signing.cancelled.connect(self._back_to_form)

    def open(self, group: str) -> None:
        """Show the pane, of one group or of all seven."""
        self._group = group
        self.show()
        self._step(self.pane)
        if self._presenter.master is not None:
            self.pane.show_master(self._presenter.master, group)
        self.pane.back.setFocus()

    def step_back(self) -> bool:
        """True where there was a step to go back to within."""
        if self.pane.isHidden():
            self._step(self.pane)
            self.pane.back.setFocus()
            return True
        return False

    def _step(self, shown: QWidget) -> None:
        for widget in (self.pane, self.form, self.signing):
            widget.setVisible(widget is shown)

    def _back_to_form(self) -> None:
        self._step(self.form)

    def _show(self, master: BatchMaster) -> None:
        if self.isVisible():
            self.pane.show_master(master, self._group)

    def ask(self, field: SupplementField) -> None:
        """Open the form for one field."""
        master = self._presenter.master
        before = master.value(field) if master else ""
        if field.is_date and before:
            before = formats.day(date.fromisoformat(before))
        self._step(self.form)
        self.form.ask(field, before, needs_second=self._presenter.needs_second(field))

    def _send(self, field: SupplementField, value: str | date, reason: str) -> None:
        self._wanted = (field, value, reason)
        if not self._presenter.needs_second(field):
            self._presenter.complete(field, value, reason)
            return
        shown = formats.day(value) if isinstance(value, date) else value
        self._step(self.signing)
        self.signing.ask(
            lambda: say("batch_master.form.meaning", field=word(field), value=shown, reason=reason), needs_reason=False
        )

    def _sign(self, login: str, password: str, _reason: str) -> None:
        if self._wanted is not None:
            self._presenter.complete_with_second(*self._wanted, login, password)

    def _completed(self, done: Supplemented) -> None:
        self.open(self._group)
        held = " · ".join(word(layer) for layer in done.layers)
        words = say("batch_master.said.held", layers=held) if held else say("batch_master.said.done")
        if done.cases:
            cases = " · ".join(f"{case.number} {word(case.before)} → {word(case.after)}" for case in done.cases)
            words = say("batch_master.said.judged_anew", said=words, cases=cases)
        self.said.emit(words, "hold" if held else "ok")

    def _fail(self, error: AppError) -> None:
        if self.isVisible() and not self.form.isHidden():
            self.form.refuse(error)
        else:
            self.said.emit(describe(error, language()), "stop")

    def _refuse(self, error: AppError) -> None:
        self.signing.refuse(lambda: describe(error, language()))

    def _say_exported(self, path: str, count: int) -> None:
        self.said.emit(say("batch_master.said.exported", count=count, path=path), "ok")

    def retranslate(self) -> None:
        """What was composed in the other language is said again."""
        if self._presenter.master is not None and self.isVisible():
            self.pane.show_master(self._presenter.master, self._group)
