"""Persons and their roles: the list, and a pane to add or change one."""

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import AppError
from app.core.permissions import Role, posting_roles
from app.core.scopes import WHOLE_HOSPITAL, Scope
from app.core.words import describe
from app.queries.locations import LocationRow
from app.queries.persons import PersonRow
from app.services.staffing import NewPerson
from app.udi.reader import read
from app.ui.language import language, say, spoken
from app.ui.pages.settings.presenter import SettingsPresenter
from app.ui.pages.settings.scope_boxes import ScopeBoxes
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card, SidePane, Surface
from app.ui.widgets.cells import Cell, ChipLook
from app.ui.widgets.fields import ComboField, Option, SecretField, TextField
from app.ui.widgets.labels import Label, muted, title
from app.ui.widgets.rows_model import Column
from app.ui.widgets.table import DataTable
from app.ui.words import word

PANE = 320


def _columns() -> list[Column[PersonRow]]:
    return [
        Column(
            spoken("settings.person"),
            lambda row: row.login,
            cell=lambda row: Cell(row.name.said_in(language()), row.login, is_second_mono=True),
            stretch=2,
        ),
        Column(
            spoken("settings.roles"),
            lambda row: tuple(role.value for role in row.roles),
            cell=lambda row: Cell(
                "、".join(map(word, row.roles)) if language() == "zh" else ", ".join(map(word, row.roles)),
                _scope_words(row),
            ),
            stretch=3,
        ),
        Column(
            spoken("settings.usual_place"),
            lambda row: row.location_id or 0,
            cell=lambda row: Cell(row.place.said_in(language()) if row.place else "–"),
            stretch=2,
        ),
        Column(
            spoken("settings.person_state"),
            lambda row: row.is_active,
            cell=lambda row: Cell(
                chip=ChipLook(say("settings.active"), "ok", "check-circle")
                if row.is_active
                else ChipLook(say("settings.inactive"), "spent", "ban")
            ),
            width=110,
        ),
    ]


def is_badge(code: str) -> bool:
    """Whether a scan could be a badge: it names no product and no record of this program."""
    reading = read(code)
    return bool(code) and reading.di is None and not reading.candidates and not code.upper().startswith("RD:")


def _scope_words(row: PersonRow) -> str:
    """Where the roles hold, empty for the whole hospital."""
    keys = {("site", key) for _, scope in row.scopes for key in scope.sites}
    keys |= {("place", key) for _, scope in row.scopes for key in scope.places}
    return say("settings.scope_places", count=len(keys)) if keys else ""


class PersonsTab(QWidget):
    """Everybody may read the list; the pane works for a security administrator and says so to the others."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._places: list[LocationRow] = []
        self._rows: list[PersonRow] = []
        self._chosen: PersonRow | None = None
        self.table = DataTable(_columns(), two_lines=True, in_card=True, name=spoken("settings.tab.persons"))
        self.login = TextField(spoken("settings.login"))
        self.name_zh = TextField(spoken("settings.name_zh"))
        self.name_en = TextField(spoken("settings.name_en"))
        self.badge = TextField(
            spoken("settings.badges.field"), placeholder=spoken("settings.badges.hint"), mono=True, icon="scan"
        )
        self.password = SecretField(spoken("settings.first_password"))
        self.place = ComboField(spoken("settings.usual_place"))
        self.roles = {role: QCheckBox() for role in Role}
        self.scope = ScopeBoxes()
        self.own = SecretField(spoken("settings.own_signature"))
        self.message = Label("", "stop", wrap=True)
        self.save = KeycapButton(spoken("settings.save_person"), kind="primary", icon="save")
        self.fresh = KeycapButton(spoken("settings.new_person"), icon="plus")
        self.activity = KeycapButton(spoken("settings.deactivate"), icon="ban")
        self._arrange()
        self._connect()
        self._choose(None)

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        card = Card(spoken("settings.tab.persons"), spoken("settings.persons_note"), flush=True)
        card.add(self.table, 1)
        card.add_to_head(self.fresh)
        row.addWidget(card, 1)
        pane = SidePane(PANE)
        self.heading = title(spoken("settings.new_person"))
        pane.add(self.heading)
        for field in (self.login, self.name_zh, self.name_en, self.badge, self.password, self.place):
            pane.add(field)
        pane.add(muted(spoken("settings.roles")))
        for box in self.roles.values():
            pane.add(box)
        pane.add(self.scope)
        pane.add_foot(self.activity)
        pane.add_foot(self.save)
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(pane, 1)
        side.addWidget(self._signature())
        row.addLayout(side)

    def _signature(self) -> Surface:
        """A grant is signed: the own password, and what came of it."""
        signed = Surface()
        signed.setFixedWidth(PANE)
        column = QVBoxLayout(signed)
        column.setContentsMargins(16, 10, 16, 12)
        column.addWidget(self.own)
        column.addWidget(self.message)
        return signed

    def _connect(self) -> None:
        self.table.chosen.connect(self._choose)
        self.fresh.clicked.connect(lambda: self._choose(None))
        self.save.clicked.connect(self._save)
        self.activity.clicked.connect(self._toggle_activity)
        self._presenter.persons_changed.connect(self._show_persons)
        self._presenter.places_changed.connect(self._show_places)
        self._presenter.person_saved.connect(self._saved)
        self._presenter.person_refused.connect(self._refused)

    def retranslate(self) -> None:
        for role, box in self.roles.items():
            box.setText(word(role))
            box.setAccessibleName(word(role))
        self._show_places(self._places)
        self._head(self._chosen)

    def _show_persons(self, rows: list[PersonRow]) -> None:
        self._rows = rows
        self.table.set_rows(rows)
        if self._chosen is not None:
            self._chosen = next((row for row in rows if row.id == self._chosen.id), self._chosen)

    def _show_places(self, rows: list[LocationRow]) -> None:
        self._places = rows
        self.place.set_options([Option(str(row.id), row.name.said_in(language())) for row in rows])
        self.scope.set_places(rows)

    def _choose(self, row: PersonRow | None) -> None:
        self._chosen = row
        may = self._presenter.may_grant
        self._head(row)
        for field, value in (
            (self.login, row.login if row else ""),
            (self.name_zh, row.name.zh if row else ""),
            (self.name_en, row.name.en if row else ""),
        ):
            field.set_value(value)
            field.setEnabled(may and row is None)
        self.badge.set_value(row.badge if row else "")
        self.badge.setEnabled(may)
        self.password.set_value("")
        self.place.set_value(str(row.location_id or "") if row else "")
        self.place.setEnabled(may and row is None)
        self.password.setEnabled(may)
        for role, box in self.roles.items():
            box.setChecked(row is not None and role in row.roles)
            box.setEnabled(may)
        scopes = [scope for _, scope in row.scopes] if row else []
        self.scope.show_scope(scopes[0] if scopes else WHOLE_HOSPITAL, may=may)
        self.own.set_value("")
        self.own.setEnabled(may)
        self.save.setEnabled(may)
        self.fresh.setEnabled(may)
        self.activity.setEnabled(may and row is not None)
        self.message.set_text("" if may else spoken("settings.only_security"))
        self.message.set_ink("muted")

    def _head(self, row: PersonRow | None) -> None:
        self.heading.set_text(row.name.said_in(language()) if row else say("settings.new_person"))
        self.activity.set_text(say("settings.deactivate" if row is None or row.is_active else "settings.activate"))

    def take_badge(self, raw: str) -> bool:
        """A scan is a badge to give to who is open, or it opens whose it is; a code of goods is for the window."""
        code = raw.strip()
        if not self._presenter.may_grant or not is_badge(code):
            return False
        row = next((row for row in self._rows if row.badge == code), None)
        if row is not None:
            self._choose(row)
            self.message.set_text(spoken("settings.badges.whose", code=code, person=row.name.said_in(language())))
            return True
        self.badge.set_value(code)
        self.message.set_ink("muted")
        self.message.set_text(spoken("settings.badges.scanned", code=code))
        return True

    def _checked_roles(self) -> frozenset[Role]:
        return frozenset(role for role, box in self.roles.items() if box.isChecked())

    def _checked_scopes(self) -> dict[Role, Scope]:
        """The ticked places limit the roles that act for a place."""
        scope = self.scope.scope()
        return {role: scope for role in self._checked_roles() & posting_roles()} if scope.is_limited else {}

    def _save(self) -> None:
        self.own.set_error("")
        chosen = self._chosen
        if chosen is not None and self._is_only_badge(chosen):
            self._presenter.set_badge(chosen.id, self.badge.value())
            return
        if not self.own.value():
            self.own.set_error(spoken("widgets.sign.password_missing"))
            self.own.setFocus()
            return
        own, scopes = self.own.value(), self._checked_scopes()
        self.own.set_value("")
        if self._chosen is not None:
            self._presenter.set_roles(self._chosen.id, self._checked_roles(), scopes, own)
            if self.badge.value().strip() != self._chosen.badge:
                self._presenter.set_badge(self._chosen.id, self.badge.value())
            if self.password.value():
                self._presenter.reset_password(self._chosen.id, self.password.value())
            return
        place = self.place.value()
        self._presenter.add_person(
            NewPerson(
                login=self.login.value(),
                name_zh=self.name_zh.value(),
                name_en=self.name_en.value(),
                password=self.password.value(),
                roles=self._checked_roles(),
                location_id=int(place) if place else None,
                scopes=tuple(scopes.items()),
                badge=self.badge.value(),
            ),
            own,
        )

    def _is_only_badge(self, row: PersonRow) -> bool:
        """No grant and no password: nothing to sign."""
        same = self._checked_roles() == frozenset(row.roles) and self._checked_scopes() == dict(row.scopes)
        return same and not self.password.value() and self.badge.value().strip() != row.badge

    def _toggle_activity(self) -> None:
        if self._chosen is not None:
            self._presenter.set_active(self._chosen.id, not self._chosen.is_active)

    def _saved(self) -> None:
        self.message.set_text(spoken("settings.person_saved"))
        self.message.set_ink("ok")

    def _refused(self, error: AppError) -> None:
        self.message.set_text(lambda: describe(error, language()))
        self.message.set_ink("stop")
