"""How old a password may become and which may not come back; what always holds is said above."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.passwords import MOST_DAYS, MOST_HISTORY, PasswordPolicy
from app.ui.language import spoken
from app.ui.pages.settings.rules_presenter import RulesPresenter
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card
from app.ui.widgets.fields import NumberField
from app.ui.widgets.labels import Label


class PasswordCard(QWidget):
    """Everybody reads; the fields work for a security administrator. Typed input is kept."""

    def __init__(self, presenter: RulesPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._is_typed = False
        self.days = NumberField(spoken("settings.password_days"), most=MOST_DAYS)
        self.history = NumberField(spoken("settings.password_history"), most=MOST_HISTORY)
        self.note = Label("", "muted", wrap=True)
        self.save = KeycapButton(spoken("settings.save_rules"), kind="primary", icon="save")
        card = Card(spoken("settings.password_rules"))
        note = Label(spoken("settings.password_rules_note"), "muted", wrap=True)
        for widget in (note, self.days, self.history, self.note, self.save):
            card.add(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        for field in (self.days, self.history):
            field.edited.connect(self._typed)
        self.save.clicked.connect(self._save)
        presenter.policy_changed.connect(self._show)
        presenter.saved.connect(self._saved)

    def _show(self, policy: PasswordPolicy) -> None:
        may = self._presenter.may_set_passwords
        for control in (self.days, self.history, self.save):
            control.setEnabled(may)
        self.note.set_text("" if may else spoken("settings.only_security_rules"))
        if not self._is_typed:
            self.days.set_number(policy.days)
            self.history.set_number(policy.history)

    def _typed(self) -> None:
        self._is_typed = True

    def _saved(self) -> None:
        self._is_typed = False

    def _save(self) -> None:
        days, history = self.days.number(), self.history.number()
        if days is not None and history is not None:
            self._presenter.set_policy(PasswordPolicy(days, history))
