"""Decides what the tab of house rules shows and changes; knows no widget."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.core.changes import Topic
from app.core.permissions import Duty
from app.queries.house_rules import LimitRow, requisition_limit
from app.queries.reader import Reader
from app.services.passwords import PasswordPolicy, PasswordRulesService, password_policy
from app.services.regulating import RegulatingService
from app.ui.background import Background
from app.ui.presenter import Presenter
from app.ui.seat import Seat


class RulesPresenter(Presenter):
    """Everybody may read the rules; an executive changes them."""

    topics = frozenset({Topic.SETTINGS})
    limit_changed = Signal(object)
    """``LimitRow`` in force."""
    policy_changed = Signal(object)
    """``PasswordPolicy`` in force."""
    saved = Signal()
    refused = Signal(object)

    def __init__(
        self,
        reader: Reader,
        regulating: RegulatingService,
        passwords: PasswordRulesService,
        seat: Seat,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(background, parent)
        self._reader, self._regulating, self._seat = reader, regulating, seat
        self._passwords = passwords
        self._limit: LimitRow | None = None

    @property
    def may_change(self) -> bool:
        """Whether the person signed in makes the rules."""
        return self._seat.is_taken and self._seat.actor.may(Duty.SET_RULES)

    @Slot()
    def reload(self) -> None:
        self._load(partial(self._reader.fetch, requisition_limit), self._show)
        self._load(partial(self._reader.fetch, password_policy), self.policy_changed.emit, "passwords")

    @property
    def may_set_passwords(self) -> bool:
        """Whether the person signed in looks after the persons."""
        return self._seat.is_taken and self._seat.actor.may(Duty.GRANT_ROLES)

    def set_policy(self, policy: PasswordPolicy) -> None:
        self._act(
            partial(self._passwords.set_policy, actor=self._seat.actor, policy=policy),
            lambda _outcome: self.saved.emit(),
            self._refuse,
        )

    def set_limit(self, units: int) -> None:
        """Does nothing before the limit in force is known, or where it is the same."""
        if self._limit is None or units == self._limit.units:
            return
        self._act(
            partial(
                self._regulating.set_requisition_limit, actor=self._seat.actor, units=units, seen=self._limit.units
            ),
            lambda _outcome: self.saved.emit(),
            self._refuse,
        )

    def _show(self, row: LimitRow) -> None:
        self._limit = row
        self.limit_changed.emit(row)

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)
        self.reload()
