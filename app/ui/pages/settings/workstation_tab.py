"""Language, theme, sound and place of this workstation, and the own password."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import AppError
from app.core.words import describe
from app.queries.locations import LocationRow
from app.ui.language import language, say, spoken
from app.ui.pages.settings.presenter import SettingsPresenter
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card
from app.ui.widgets.fields import ComboField, Option, SecretField
from app.ui.widgets.labels import Label


class WorkstationTab(QWidget):
    """Everything here holds for this computer only, but for the password."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._places: list[LocationRow] = []
        self.language = ComboField(spoken("settings.language"))
        self.theme = ComboField(spoken("settings.theme"))
        self.place = ComboField(spoken("settings.place"), hint=spoken("settings.place_hint"))
        self.sound = ComboField(spoken("settings.sound"))
        self.old = SecretField(spoken("settings.password_old"))
        self.new = SecretField(spoken("settings.password_new"))
        self.again = SecretField(spoken("settings.password_again"))
        self.change = KeycapButton(spoken("settings.password_change"), kind="primary", icon="key")
        self.message = Label("", "ok", wrap=True)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        here = Card(spoken("settings.here"), spoken("settings.here_note"))
        for field in (self.language, self.theme, self.place, self.sound):
            here.add(field)
        own = Card(spoken("settings.own_password"), spoken("settings.own_password_note"))
        for widget in (self.old, self.new, self.again, self.message, self.change):
            own.add(widget)
        for card in (here, own):
            column = QVBoxLayout()
            column.addWidget(card)
            column.addStretch(1)
            row.addLayout(column, 1)
        row.addStretch(1)

    def _connect(self) -> None:
        self.language.chosen.connect(self._presenter.choose_language)
        self.theme.chosen.connect(self._choose_theme)
        self.sound.chosen.connect(self._choose_sound)
        self.place.chosen.connect(self._choose_place)
        self.change.clicked.connect(self._change_password)
        self._presenter.places_changed.connect(self.show_places)
        self._presenter.password_changed.connect(self._password_changed)
        self._presenter.password_refused.connect(self._password_refused)

    def _choose_theme(self, key: str) -> None:
        self._presenter.choose_theme(key == "dark")

    def _choose_sound(self, key: str) -> None:
        self._presenter.choose_sound(key == "on")

    def _choose_place(self, key: str) -> None:
        self._presenter.choose_place(int(key))

    def _password_refused(self, error: AppError) -> None:
        self.old.set_error(lambda: describe(error, language()))

    def show_places(self, rows: list[LocationRow]) -> None:
        self._places = rows
        self.place.set_options(
            [Option(str(row.id), f"{row.name.said_in(language())} · {row.site.said_in(language())}") for row in rows]
        )
        self.place.set_value(str(self._presenter.place_id or ""))

    def retranslate(self) -> None:
        # A language is called by its own name, whatever the screen speaks.
        self.language.set_options([Option("zh", "中文"), Option("en", "English")])
        self.language.set_value(language())
        self.theme.set_options([Option(key, say(f"settings.theme_{key}")) for key in ("light", "dark")])
        self.theme.set_value("dark" if self._presenter.is_dark else "light")
        self.sound.set_options([Option(key, say(f"settings.sound_{key}")) for key in ("on", "off")])
        self.sound.set_value("on" if self._presenter.has_sound else "off")
        self.show_places(self._places)

    def say_error(self, error: AppError) -> None:
        self.message.set_text(lambda: describe(error, language()))
        self.message.set_ink("stop")

    def _change_password(self) -> None:
        if self.new.value() != self.again.value():
            self.again.set_error(spoken("settings.password_differs"))
            return
        self._presenter.change_password(self.old.value(), self.new.value())

    def _password_changed(self) -> None:
        for field in (self.old, self.new, self.again):
            field.set_value("")
        self.message.set_text(spoken("settings.password_changed"))
        self.message.set_ink("ok")
