"""A second person signs here, in place, without ending the first one's session."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.ui import theme
from app.ui.language import Caption, say, spoken
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Surface
from app.ui.widgets.fields import AreaField, ComboField, Option, SecretField, TextField
from app.ui.widgets.labels import Label, muted


class SignaturePane(Surface):
    """Who, own password, what the signature means, why. It checks only that nothing is left out.

    Enter in the password field signs. The password leaves the field as soon as it was sent.
    """

    signed = Signal(str, str, str)
    """Login, password, reason."""
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._has_people = False
        self._needs_reason = True
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        self._title = Label(spoken("widgets.sign.title"), "text", theme.HEAD, bold=True)
        self._meaning = Label("", "text", theme.BODY, wrap=True)
        self.person = ComboField(spoken("widgets.sign.person"), icon="user", placeholder=spoken("widgets.choose"))
        self.login = TextField(spoken("widgets.sign.login"), icon="user")
        self.password = SecretField(spoken("widgets.sign.password"))
        self.reason = AreaField(spoken("widgets.sign.reason"), rows=2)
        for widget in (
            self._title,
            self._meaning,
            self.person,
            self.login,
            self.password,
            self.reason,
            muted(spoken("widgets.sign.note"), wrap=True),
        ):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.sign_button = KeycapButton(spoken("widgets.sign.button"), kind="primary", icon="signature")
        self.cancel_button = KeycapButton(spoken("widgets.cancel"))
        row.addWidget(self.sign_button)
        row.addWidget(self.cancel_button)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self.sign_button.clicked.connect(self._sign)
        self.cancel_button.clicked.connect(self._cancel)
        self.password.entered.connect(self._sign)

    def ask(
        self,
        meaning: Caption,
        people: Sequence[Option] = (),
        *,
        needs_reason: bool = True,
        button: Caption = "",
        is_own: bool = False,
    ) -> None:
        """Ask for a signature that means ``meaning``, from one of ``people``, or from anyone who types a login.

        ``is_own``: who sits here signs their own act.
        """
        self._has_people, self._needs_reason = bool(people), needs_reason
        self._meaning.set_text(meaning)
        self.person.set_options(people)
        self._title.set_text(spoken("widgets.sign.own_title" if is_own else "widgets.sign.title"))
        if len(people) == 1:
            self.person.set_value(people[0].key)
        self.person.setVisible(self._has_people)
        self.login.setVisible(not self._has_people)
        self.reason.setVisible(needs_reason)
        for field in (self.login, self.password, self.reason):
            field.set_value("")
        self._clear_errors()
        self.sign_button.set_text(button or spoken("widgets.sign.button"))
        self.show()
        if is_own:
            self.password.setFocus()
        else:
            (self.person if self._has_people else self.login).setFocus()

    def refuse(self, error: Caption) -> None:
        """Say at the password why the signature was not taken; everything but the password stays."""
        self.password.set_error(error)
        self.password.setFocus()

    def _clear_errors(self) -> None:
        for field in (self.person, self.login, self.password, self.reason):
            field.set_error("")

    def _sign(self) -> None:
        self._clear_errors()
        login = self.person.value() if self._has_people else self.login.value()
        password, reason = self.password.value(), self.reason.value()
        who = self.person if self._has_people else self.login
        if not login:
            who.set_error(lambda: say("widgets.sign.person_missing"))
        if not password:
            self.password.set_error(lambda: say("widgets.sign.password_missing"))
        if self._needs_reason and not reason:
            self.reason.set_error(lambda: say("widgets.sign.reason_missing"))
        wrong = [field for field in (who, self.password, self.reason) if field.error()]
        if wrong:
            wrong[0].setFocus()
            return
        self.password.set_value("")
        self.signed.emit(login, password, reason)

    def _cancel(self) -> None:
        self.password.set_value("")
        self.hide()
        self.cancelled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._cancel()
            return
        super().keyPressEvent(event)
