"""The hospital's own rules: today the limit above which a ward's head decides on a requisition."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.core.errors import AppError
from app.core.words import describe
from app.queries.house_rules import LimitRow
from app.services.regulating import MOST_UNITS
from app.ui import formats
from app.ui.language import language, say, spoken
from app.ui.pages.settings.password_card import PasswordCard
from app.ui.pages.settings.rules_presenter import RulesPresenter
from app.ui.presented_view import PresentedView
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card
from app.ui.widgets.fields import NumberField
from app.ui.widgets.labels import Label


class RulesTab(PresentedView):
    """Everybody reads; the field works for an executive and says so to the others. Typed input is kept."""

    def __init__(self, presenter: RulesPresenter) -> None:
        super().__init__(presenter)
        self._presenter, self._row = presenter, None
        self._row: LimitRow | None
        self._is_typed = False
        self.limit = NumberField(spoken("settings.limit"), most=MOST_UNITS, hint=spoken("settings.limit_hint"))
        self.since = Label("", "muted", wrap=True)
        self.message = Label("", "ok", wrap=True)
        self.save = KeycapButton(spoken("settings.save_rules"), kind="primary", icon="save")
        card = Card(spoken("settings.requisition_rules"), spoken("settings.requisition_rules_note"))
        for widget in (self.limit, self.since, self.message, self.save):
            card.add(widget)
        left = QVBoxLayout()
        left.addWidget(card)
        left.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(left, 1)
        row.addWidget(PasswordCard(presenter), 1)
        self._connect()

    def _connect(self) -> None:
        self.limit.edited.connect(self._typed)
        self.limit.entered.connect(self._save)
        self.save.clicked.connect(self._save)
        self._presenter.limit_changed.connect(self._show)
        self._presenter.saved.connect(self._saved)
        for signal in (self._presenter.refused, self._presenter.failed):
            signal.connect(self._refused)

    def retranslate(self) -> None:
        self._say_since()
        if not self._presenter.may_change:
            self.message.set_ink("muted")
            self.message.set_text(spoken("settings.only_executive"))

    def _show(self, row: LimitRow) -> None:
        self._row = row
        for control in (self.limit, self.save):
            control.setEnabled(self._presenter.may_change)
        if not self._is_typed:
            self.limit.set_number(row.units)
        self.retranslate()

    def _say_since(self) -> None:
        row = self._row
        if row is None or row.changed_at is None:
            self.since.set_text(spoken("settings.limit_usual"))
            return
        name = row.changed_by.said_in(language()) if row.changed_by else "–"
        self.since.set_text(say("settings.limit_since", person=name, at=formats.moment(row.changed_at)))

    def _typed(self) -> None:
        self._is_typed = True
        self.message.set_text("")

    def _save(self) -> None:
        units = self.limit.number()
        if units is not None:
            self._presenter.set_limit(units)

    def _saved(self) -> None:
        self._is_typed = False
        self.message.set_ink("ok")
        self.message.set_text(spoken("settings.rules_saved"))

    def _refused(self, error: AppError) -> None:
        self.message.set_ink("stop")
        self.message.set_text(lambda: describe(error, language()))
