"""Short forms beside what they are about: a verdict, a reason, a clause entered by hand."""

from abc import abstractmethod

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import AppError
from app.core.statuses.verdict import Verdict
from app.core.words import describe
from app.notices.clauses import ClauseForm, ClauseKey
from app.queries.case_scope import ClauseRow, ScopeRow
from app.ui.language import Caption, language, say, spoken
from app.ui.pages.recalls.marks import verdict_words
from app.ui.pages.recalls.scope_presenter import LIMITED, TypedClause
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.chips import Choice, FilterChips
from app.ui.widgets.fields import AreaField, ComboField, Option, SecretField, TextField
from app.ui.widgets.labels import Label, Rule, muted
from app.ui.words import word

KEYS = (
    ClauseKey.LOT,
    ClauseKey.REF,
    ClauseKey.DI,
    ClauseKey.SERIAL,
    ClauseKey.CERTIFICATE,
    ClauseKey.PRODUCTION,
    ClauseKey.EXPIRY,
)
FORMS = (
    ClauseForm.LIST,
    ClauseForm.RANGE,
    ClauseForm.CUTOFF,
    ClauseForm.PREFIX,
    ClauseForm.EXCEPT,
    ClauseForm.ALL,
)


class ScopeForm(QWidget):
    """A form at the foot of a card. Ctrl+Enter sends it, Esc closes it."""

    cancelled = Signal()
    shown = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(Rule())
        self.body = QVBoxLayout()
        self.body.setContentsMargins(15, 10, 15, 12)
        self.body.setSpacing(8)
        outer.addLayout(self.body)
        self.heading = Label("", "text", bold=True, wrap=True)
        self.body.addWidget(self.heading)
        self.reason = AreaField(spoken("recalls.scope.reason"), rows=2)
        self.send_button = KeycapButton(spoken("recalls.scope.sign"), kind="primary", icon="signature")
        self.cancel_button = KeycapButton(spoken("widgets.cancel"))
        self.send_button.clicked.connect(self.send)
        self.cancel_button.clicked.connect(self._cancel)
        self.hide()

    def add_end(self) -> None:
        """Reason and buttons; called by the form after its own fields."""
        self.body.addWidget(self.reason)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.send_button)
        row.addWidget(self.cancel_button)
        row.addStretch(1)
        self.body.addLayout(row)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.shown.emit(False)

    @abstractmethod
    def send(self) -> None:
        """Tell what was typed, or show at the field what is missing."""

    def refuse(self, error: AppError) -> None:
        """The refusal stands in the form; the input stays."""
        self.reason.set_error(lambda: describe(error, language()))
        self.reason.setFocus()

    def close_form(self) -> None:
        self.hide()
        self.reason.set_value("")
        self.reason.set_error("")

    def has_reason(self) -> bool:
        """Whether a reason is typed; says so at the field where it is not."""
        if self.reason.value():
            return True
        self.reason.set_error(lambda: say("recalls.scope.reason_missing"))
        self.reason.setFocus()
        return False

    def _cancel(self) -> None:
        self.close_form()
        self.cancelled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._cancel()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & CONTROL:
            self.send()
        else:
            super().keyPressEvent(event)


CONTROL = Qt.KeyboardModifier.ControlModifier


class DecisionForm(ScopeForm):
    """A person decides one batch: affected or not, and why. "Not affected" takes their password: it is signed."""

    decided = Signal(int, object, str, str)
    """Batch, ``Verdict``, reason, password."""

    def __init__(self) -> None:
        super().__init__()
        self._row: ScopeRow | None = None
        self.choice = FilterChips(height=32)
        choices = QHBoxLayout()
        choices.addWidget(self.choice)
        choices.addStretch(1)
        self.body.addLayout(choices)
        self.alike = Label("", "attention", wrap=True)
        self.body.addWidget(self.alike)
        self.password = SecretField(spoken("recalls.scope.own_password"))
        self.add_end()
        self.body.insertWidget(self.body.indexOf(self.reason) + 1, self.password)
        self.choice.chosen.connect(self._weigh)
        self.password.entered.connect(self.send)

    @property
    def row(self) -> ScopeRow | None:
        """The batch that is being decided."""
        return self._row

    def ask(self, row: ScopeRow) -> None:
        self._row = row
        self.retranslate()
        self.choice.choose(Verdict.AFFECTED.value)
        for field in (self.reason, self.password):
            field.set_value("")
            field.set_error("")
        self._weigh()
        self.show()
        self.choice.setFocus()
        self.reason.setFocus()

    def _weigh(self, _chosen: str = "") -> None:
        self.password.setVisible(self.choice.current() == Verdict.NOT_AFFECTED.value)

    def retranslate(self) -> None:
        if self._row is None:
            return
        verdicts = (Verdict.AFFECTED, Verdict.NOT_AFFECTED) if self._row.is_decidable else (Verdict.AFFECTED,)
        self.heading.set_text(say("recalls.scope.decide", lot=self._row.lot_no))
        self.choice.set_choices([Choice(verdict.value, verdict_words(verdict)) for verdict in verdicts])
        comma = "、" if language() == "zh" else ", "
        alike = comma.join(one.said_in(language()) for one in self._row.alike)
        self.alike.set_text(say("recalls.scope.looks_like", lots=alike) if alike else "")
        self.alike.setVisible(bool(alike))

    def send(self) -> None:
        if self._row is None or not self.has_reason():
            return
        verdict, password = Verdict(self.choice.current()), self.password.value()
        if verdict is Verdict.NOT_AFFECTED and not password:
            self.password.set_error(lambda: say("recalls.scope.password_missing"))
            self.password.setFocus()
            return
        self.password.set_value("")
        self.decided.emit(self._row.batch_id, verdict, self.reason.value(), password)

    def refuse(self, error: AppError) -> None:
        """A wrong password stands at the password."""
        if not self.password.isVisible():
            super().refuse(error)
            return
        self.password.set_error(lambda: describe(error, language()))
        self.password.setFocus()


class ReasonForm(ScopeForm):
    """Only a reason: to take a clause out, to settle a doubt."""

    given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.note = muted("", wrap=True)
        self.body.addWidget(self.note)
        self.add_end()

    def ask(self, heading: Caption, note: Caption, button: Caption) -> None:
        self.heading.set_text(heading)
        self.note.set_text(note)
        self.send_button.set_text(button)
        self.reason.set_value("")
        self.reason.set_error("")
        self.show()
        self.reason.setFocus()

    def send(self) -> None:
        if self.has_reason():
            self.given.emit(self.reason.value())


class ClauseEntry(ScopeForm):
    """A clause by hand, from an attachment or a telephone call, or in the place of one that was misread.

    A scanned box fills in its identifier or its lot.
    """

    typed = Signal(object)
    """``TypedClause``."""
    corrected = Signal(int, object)
    """The clause that was misread, and ``TypedClause``."""

    def __init__(self) -> None:
        super().__init__()
        self._corrects: ClauseRow | None = None
        self.key = ComboField(spoken("recalls.scope.key"))
        self.form = ComboField(spoken("recalls.scope.form"))
        self.values = TextField(
            spoken("recalls.scope.values"), mono=True, placeholder=spoken("recalls.scope.values_hint")
        )
        self.first = TextField(spoken("recalls.scope.first"), mono=True)
        self.last = TextField(spoken("recalls.scope.last"), mono=True)
        for pair in ((self.key, self.form), (self.first, self.last)):
            row = QHBoxLayout()
            row.setSpacing(10)
            for field in pair:
                row.addWidget(field, 1)
            self.body.addLayout(row)
        self.body.addWidget(self.values)
        self.add_end()
        self.form.chosen.connect(self._arrange)
        self.retranslate()

    def ask(self, clause: ClauseRow | None = None) -> None:
        """Empty, or with what was read in the clause that is to be corrected."""
        self._corrects = clause
        self.retranslate()
        form = clause.form if clause is not None and clause.form in FORMS else ClauseForm.LIST
        self.key.set_value((clause.key if clause is not None and clause.key in KEYS else ClauseKey.LOT).value)
        self.form.set_value(form.value)
        for field in (self.values, self.first, self.last, self.reason):
            field.set_value("")
            field.set_error("")
        if clause is not None:
            self.values.set_value(", ".join(clause.values))
            self.first.set_value(clause.first or "")
            self.last.set_value(clause.last or "")
        self._arrange(form.value)
        self.show()
        (self.first if form in LIMITED else self.values).setFocus()

    def fill(self, key: ClauseKey, value: str) -> None:
        """What a scan says."""
        self.key.set_value(key.value)
        self.form.set_value(ClauseForm.LIST.value)
        self._arrange(ClauseForm.LIST.value)
        self.values.set_value(value)

    def _arrange(self, form: str) -> None:
        is_limited = ClauseForm(form) in LIMITED
        for field in (self.first, self.last):
            field.setVisible(is_limited)
        self.values.setVisible(not is_limited and ClauseForm(form) is not ClauseForm.ALL)

    def retranslate(self) -> None:
        self.key.set_options([Option(key.value, word(key)) for key in KEYS])
        self.form.set_options([Option(form.value, word(form)) for form in FORMS])
        clause = self._corrects
        self.reason.label.set_text(say("recalls.scope.source" if clause is None else "recalls.scope.reason"))
        heading = say("recalls.scope.add") if clause is None else say("recalls.scope.correct", number=clause.ordinal)
        self.heading.set_text(heading)

    def send(self) -> None:
        if not self.has_reason():
            return
        typed = TypedClause(
            ClauseKey(self.key.value()),
            ClauseForm(self.form.value()),
            self.values.value(),
            self.first.value(),
            self.last.value(),
            self.reason.value(),
            self._corrects.scope if self._corrects is not None else (),
        )
        if self._corrects is not None:
            self.corrected.emit(self._corrects.id, typed)
        else:
            self.typed.emit(typed)
