"""Decides what the settings show and change; knows no widget."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from uuid import uuid4

from PySide6.QtCore import QObject, Signal, Slot

from app.core.changes import Topic
from app.core.permissions import Duty, Role
from app.core.scopes import Scope
from app.core.settings import WorkstationFile
from app.queries.locations import locations
from app.queries.persons import persons
from app.queries.reader import Reader
from app.services.badging import BadgingService
from app.services.checking import CheckingService
from app.services.granting import GrantingService
from app.services.staffing import NewPerson, StaffingService
from app.ui.background import Background
from app.ui.presenter import Presenter
from app.ui.seat import Seat


class SettingsPresenter(Presenter):
    """Workstation settings take effect at once; persons are changed only by a security administrator."""

    topics = frozenset({Topic.PERSONS, Topic.SETTINGS})
    places_changed = Signal(list)
    persons_changed = Signal(list)
    checked = Signal(object)
    """``Soundness`` of the database."""
    person_saved = Signal()
    password_changed = Signal()
    person_refused = Signal(object)
    password_refused = Signal(object)
    language_chosen = Signal(str)
    theme_chosen = Signal(bool)

    def __init__(
        self,
        reader: Reader,
        staffing: StaffingService,
        granting: GrantingService,
        badging: BadgingService,
        checking: CheckingService,
        workstation: WorkstationFile,
        seat: Seat,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(background, parent)
        self._reader, self._staffing, self._checking = reader, staffing, checking
        self._granting, self._badging = granting, badging
        self._workstation, self._seat = workstation, seat

    @property
    def may_grant(self) -> bool:
        """Whether the person signed in looks after the others."""
        return self._seat.is_taken and self._seat.actor.may(Duty.GRANT_ROLES)

    @property
    def place_id(self) -> int | None:
        return self._seat.place_id

    @property
    def is_dark(self) -> bool:
        return self._workstation.current.is_dark

    @property
    def has_sound(self) -> bool:
        return self._workstation.current.has_sound

    @Slot()
    def reload(self) -> None:
        self._load(partial(self._reader.fetch, locations), self.places_changed.emit, "places")
        self._load(partial(self._reader.fetch, persons), self.persons_changed.emit, "persons")

    def choose_language(self, language: str) -> None:
        self._workstation.change(language=language)
        self.language_chosen.emit(language)

    def choose_theme(self, is_dark: bool) -> None:
        self._workstation.change(is_dark=is_dark)
        self.theme_chosen.emit(is_dark)

    def choose_sound(self, has_sound: bool) -> None:
        self._workstation.change(has_sound=has_sound)

    def choose_place(self, location_id: int) -> None:
        self._workstation.change(place_id=location_id)
        self._seat.move_to(location_id)

    def check_database(self) -> None:
        """Shape, wall, chains and balances; some seconds on a large ledger."""
        self._load(self._checking.check, self.checked.emit, "check")

    def add_person(self, person: NewPerson, password: str) -> None:
        """``password`` is the administrator's own: a grant is signed."""
        signed = {"actor": self._seat.actor, "op_id": uuid4().hex, "password": password}
        self._act(
            partial(self._granting.add, **signed, person=person),
            lambda _changes: self.person_saved.emit(),
            self.person_refused.emit,
        )

    def set_roles(self, person_id: int, roles: frozenset[Role], scopes: Mapping[Role, Scope], password: str) -> None:
        """``password`` is the administrator's own: a grant is signed."""
        signed = {"actor": self._seat.actor, "op_id": uuid4().hex, "password": password}
        self._act(
            partial(self._granting.grant, **signed, person_id=person_id, roles=roles, scopes=scopes),
            lambda _changes: self.person_saved.emit(),
            self.person_refused.emit,
        )

    def set_badge(self, person_id: int, badge: str) -> None:
        self._act(
            partial(self._badging.set_badge, actor=self._seat.actor, person_id=person_id, badge=badge),
            lambda _changes: self.person_saved.emit(),
            self.person_refused.emit,
        )

    def set_active(self, person_id: int, is_active: bool) -> None:
        self._act(
            partial(self._staffing.set_active, actor=self._seat.actor, person_id=person_id, is_active=is_active),
            lambda _changes: self.person_saved.emit(),
            self.person_refused.emit,
        )

    def reset_password(self, person_id: int, password: str) -> None:
        self._act(
            partial(self._staffing.reset_password, actor=self._seat.actor, person_id=person_id, password=password),
            lambda _changes: self.person_saved.emit(),
            self.person_refused.emit,
        )

    def change_password(self, old: str, new: str) -> None:
        self._act(
            partial(self._staffing.change_password, actor=self._seat.actor, old=old, new=new),
            lambda _changes: self._own_password_changed(),
            self.password_refused.emit,
        )

    def _own_password_changed(self) -> None:
        actor = self._seat.actor
        if actor.must_change:
            self._seat.take(replace(actor, must_change=False))
        self.password_changed.emit()
