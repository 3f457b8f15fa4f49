"""Signing in: by badge, or by staff number and password."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui import icons, theme
from app.ui.language import Caption, say, spoken
from app.ui.shell.bar_parts import LanguageSwitch
from app.ui.shell.outage_strip import OutageStrip
from app.ui.shell.sign_in_panel import SignInPanel
from app.ui.widgets import painting
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.fields import ComboField, Option, SecretField, TextField
from app.ui.widgets.labels import IconMark, Rule, muted, title

FORM = 380
FieldName = Literal["login", "password", "place"]


class ScanHint(QWidget):
    """Says what a scan does here: an icon, one line in bold and a small one."""

    def __init__(self, icon: str, words: str, note: str, tone: str = "accent") -> None:
        super().__init__()
        self.setFixedHeight(64)
        self._icon, self._words, self._note, self._tone = icon, words, note, tone
        self._speak()

    def _speak(self) -> None:
        self.setAccessibleName(f"{say(self._words)}. {say(self._note)}")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._speak()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = theme.colour(self._tone)
        painting.rounded(painter, QRectF(self.rect()), 8, theme.tone_tint(self._tone), theme.colour("line"))
        icons.paint(painter, self._icon, ink, QRectF(18, 17, 30, 30), 1.5)
        first, second = QRectF(64, 11, FORM - 72, 22), QRectF(64, 33, FORM - 72, 20)
        words = say(self._words)
        letters = theme.font(11.5, bold=True)
        if painting.width_of(words, letters) > first.width():
            letters = theme.font(bold=True)
        painting.draw_text(painter, first, words, letters, ink)
        painting.draw_text(painter, second, say(self._note), theme.font(theme.SMALL), theme.colour("muted"))
        painter.end()


class SignInView(QWidget):
    """Checks only that nothing is left out; ``refuse`` puts the service's answer at its field.

    With ``people`` the staff number becomes a list to choose from, as on a computer that two persons share.
    """

    submitted = Signal(str, str, str)
    """Login, password, key of the place."""
    badge_scanned = Signal(str)
    language_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._has_people = False
        self.tongue = LanguageSwitch()
        self.outage = OutageStrip("lock")
        self.person = ComboField(
            spoken("widgets.sign_in.person"), icon="user", height=40, placeholder=spoken("widgets.choose")
        )
        self.login = TextField(spoken("widgets.sign_in.login"), height=40)
        self.password = SecretField(spoken("widgets.sign_in.password"), height=40)
        self.place = ComboField(
            spoken("widgets.sign_in.place"), icon="pin", height=40, placeholder=spoken("widgets.choose")
        )
        self.button = KeycapButton(spoken("widgets.sign_in.button"), kind="primary", cap="Enter", height=44, size=11.5)
        self.button.setFixedWidth(FORM)
        self._foot_icon, self._foot = IconMark("database", "ok", 16), muted()
        self.person.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(SignInPanel(), 620)
        row.addLayout(self._right(), 746)
        self.button.clicked.connect(self._submit)
        for field in (self.login, self.password):
            field.entered.connect(self._submit)
        self.tongue.chosen.connect(self.language_chosen)
        self.setMinimumSize(1024, 640)
        self.setWindowTitle(say("widgets.shell.brand"))

    def _right(self) -> QVBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.outage)
        right.addLayout(self._column(), 1)
        return right

    def _column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(32, 22, 28, 24)
        top = QHBoxLayout()
        top.addStretch(1)
        top.addWidget(self.tongue)
        column.addLayout(top)
        column.addStretch(5)
        column.addLayout(self._form())
        column.addStretch(6)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._foot_icon)
        foot.addWidget(self._foot)
        foot.addStretch(1)
        column.addLayout(foot)
        return column

    def _form(self) -> QHBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addWidget(title(spoken("widgets.sign_in.title")))
        column.addSpacing(4)
        column.addWidget(ScanHint("box", "live.lock.title", "live.lock.note", "ok"))
        column.addWidget(ScanHint("scan", "widgets.sign_in.badge", "live.lock.badge"))
        column.addLayout(_or_line())
        for field in (self.person, self.login, self.password, self.place):
            field.setFixedWidth(FORM)
            column.addWidget(field)
        column.addSpacing(10)
        column.addWidget(self.button)
        column.addWidget(muted(spoken("widgets.sign_in.forgotten")))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(column)
        row.addStretch(1)
        return row

    def set_people(self, people: Sequence[Option]) -> None:
        """Offer these persons instead of typing a staff number; none goes back to typing."""
        self._has_people = bool(people)
        self.person.set_options(people)
        self.person.setVisible(self._has_people)
        self.login.setVisible(not self._has_people)

    def set_places(self, places: Sequence[Option], chosen: str = "") -> None:
        self.place.set_options(places)
        self.place.set_value(chosen or (places[0].key if len(places) == 1 else ""))
        self.place.setVisible(bool(places))

    def set_foot(self, text: str, tone: str = "ok") -> None:
        """The state of the database, the version, the hospital."""
        self._foot.set_text(text)
        self._foot_icon.set_icon("database", tone)

    def set_busy(self, busy: bool) -> None:
        self.button.setEnabled(not busy)
        self.button.set_text(spoken("widgets.sign_in.busy" if busy else "widgets.sign_in.button"))

    def refuse(self, field: FieldName, error: Caption) -> None:
        """Say at a field why nobody was let in; what was typed stays."""
        self.set_busy(False)
        wrong = {"login": self._who(), "password": self.password, "place": self.place}[field]
        wrong.set_error(error)
        wrong.setFocus()

    def wait_for_somebody(self) -> None:
        """A new person comes: the password is empty, and a scan is not typed into it."""
        self.password.set_value("")
        for field in (self.login, self.password, self.place):
            field.set_error("")
        self.login.setFocus()
        self.login.entry.selectAll()

    def take_badge(self, login: str) -> None:
        """Whose badge it was stands as who signs in; the password is still to be typed."""
        who = self._who()
        who.set_value(login)
        who.set_error("")
        self.password.set_value("")
        self.password.set_error("")
        self.password.setFocus()

    def take_scan(self, raw: str) -> bool:
        self.badge_scanned.emit(raw)
        return True

    def _who(self) -> TextField | ComboField:
        return self.person if self._has_people else self.login

    def _submit(self) -> None:
        who = self._who()
        missing = "widgets.sign_in.person_missing" if self._has_people else "widgets.sign_in.login_missing"
        checks = (
            (who, who.value(), missing),
            (self.password, self.password.value(), "widgets.sign_in.password_missing"),
            (self.place, self.place.value() or not self.place.combo.count(), "widgets.sign_in.place_missing"),
        )
        wrong = [(field, key) for field, value, key in checks if not value]
        for field, _value, _key in checks:
            field.set_error("")
        for field, key in wrong:
            field.set_error(spoken(key))
        if wrong:
            wrong[0][0].setFocus()
            return
        self.submitted.emit(who.value(), self.password.value(), self.place.value())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setWindowTitle(say("widgets.shell.brand"))
            self.update()


def _or_line() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addWidget(Rule(), 1)
    row.addWidget(muted(spoken("widgets.sign_in.or")), 0, Qt.AlignmentFlag.AlignCenter)
    row.addWidget(Rule(), 1)
    return row
