"""What the database is, and whether it is as it should be."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.checking import Soundness
from app.ui.language import say, spoken
from app.ui.pages.settings.presenter import SettingsPresenter
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card
from app.ui.widgets.labels import Label, muted

SHOWN = 12


class DatabaseTab(QWidget):
    """One button: shape, wall, audit chains and balances are checked; findings are named."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__()
        self._found: Soundness | None = None
        self.check = KeycapButton(spoken("settings.check"), kind="primary", icon="shield")
        self.verdict = Label("", "text", 13.0, bold=True, wrap=True)
        self.detail = Label("", "muted", wrap=True)
        card = Card(spoken("settings.database"), spoken("settings.database_note"))
        for widget in (muted(spoken("settings.check_note"), wrap=True), self.verdict, self.detail, self.check):
            card.add(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        self.check.clicked.connect(presenter.check_database)
        presenter.checked.connect(self.show_found)

    def show_found(self, found: Soundness) -> None:
        self._found = found
        self.verdict.set_ink("ok" if found.is_sound else "stop")
        self.verdict.set_text(say("settings.is_sound" if found.is_sound else "settings.is_unsound"))
        lines = [
            say(
                "settings.revision", found=found.found, newest=found.newest, entries=found.entries, persons=found.chains
            )
        ]
        lines += [say("settings.wall_differs", name=name) for name in found.wall[:SHOWN]]
        lines += [f"{item.table} {item.row} {item.field}: {item.kind}" for item in found.mismatches[:SHOWN]]
        self.detail.set_text("\n".join(lines))

    def retranslate(self) -> None:
        if self._found is not None:
            self.show_found(self._found)
