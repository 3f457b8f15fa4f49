"""The alarm over everything: a sign that rings until somebody answers, and the form in which they do."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app.core.clock import Clock
from app.core.errors import AppError
from app.core.words import describe
from app.queries.alarms import AlarmRow
from app.ui import theme
from app.ui.language import language, say, spoken
from app.ui.shell import alarm_sign
from app.ui.shell.outage_strip import OutageStrip
from app.ui.sounds import Sounds
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Surface
from app.ui.widgets.fields import SecretField, TextField
from app.ui.widgets.labels import Label, muted
from app.ui.widgets.verdict_screen import VerdictScreen

RING_MS = 4000
LATER_MS = alarm_sign.LATER_MINUTES * 60 * 1000
PATIENCE_MS = 60_000
"""Whoever types their password is not rung at, but a form that was left rings again."""
FORM, FIELD = 500, 66


class AnswerForm(Surface):
    """Who answers, with their own password. Checks only that nothing is left out."""

    sent = Signal(str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__("surface", "line", 10)
        self.setFixedWidth(FORM)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 26, 32, 26)
        column.setSpacing(10)
        self._about = Label("", "stop", theme.HEAD, bold=True, wrap=True)
        self.login = TextField(spoken("widgets.sign_in.login"), height=40)
        self.password = SecretField(spoken("widgets.sign_in.password"), height=40)
        column.addWidget(Label(spoken("alarm.sign.title"), "text", theme.TITLE, bold=True))
        column.addWidget(self._about)
        column.addWidget(muted(spoken("alarm.sign.note"), wrap=True))
        for field in (self.login, self.password):
            field.setMinimumHeight(FIELD)
            column.addWidget(field)
            field.entered.connect(self._send)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.button = KeycapButton(spoken("alarm.sign.button"), kind="primary", cap="Enter", height=44, size=11.5)
        self.back = KeycapButton(spoken("alarm.sign.back"), key="Esc", height=44)
        self.button.clicked.connect(self._send)
        self.back.clicked.connect(self.left)
        row.addWidget(self.button)
        row.addWidget(self.back)
        row.addStretch(1)
        column.addSpacing(6)
        column.addLayout(row)

    def ask(self, about: str) -> None:
        """Empty, with the name's field ready; the badge may be scanned instead of typing."""
        self._about.set_text(about)
        self.login.set_value("")
        self.clear()
        self.login.setFocus()

    def clear(self) -> None:
        """The password never stays."""
        self.password.set_value("")
        for field in (self.login, self.password):
            field.set_error("")

    def set_login(self, login: str) -> None:
        self.login.set_value(login)
        self.password.setFocus()

    def refuse(self, error: AppError) -> None:
        self.password.set_value("")
        self.password.set_error(lambda: describe(error, language()))
        self.password.setFocus()

    def set_busy(self, busy: bool) -> None:
        self.button.setEnabled(not busy)

    def _send(self) -> None:
        for field, key in ((self.login, "login_missing"), (self.password, "password_missing")):
            field.set_error("" if field.value() else spoken(f"widgets.sign_in.{key}"))
            if not field.value():
                field.setFocus()
                return
        self.sent.emit(self.login.value(), self.password.value())


class AlarmWindow(QWidget):
    """Stands over every other window while it rings. Neither Enter, nor a scan, nor closing it ends it."""

    answer_pressed = Signal(object)
    """``AlarmRow``: the person at the desk answers."""
    signed = Signal(object, str, str)
    """``AlarmRow``, login, password of who answers."""

    def __init__(self, sounds: Sounds, now: Clock) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        self._sounds, self._now = sounds, now
        self._alarms: tuple[AlarmRow, ...] = ()
        self._may_answer = False
        self.outage = OutageStrip("lock")
        self.form = AnswerForm()
        self._lay_out()
        self.screen_sign = VerdictScreen(self)
        self.screen_sign.acted.connect(self._act)
        self.form.sent.connect(self._sign)
        self.form.left.connect(self._show_sign)
        self._ring = QTimer(self, interval=RING_MS)
        self._ring.timeout.connect(self._ring_now)
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self._rise)
        self.setMinimumSize(1024, 640)
        self.resize(1366, 768)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.outage)
        column.addStretch(2)
        column.addWidget(self.form, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    @property
    def alarm(self) -> AlarmRow | None:
        """The one on the screen."""
        return self._alarms[0] if self._alarms else None

    @property
    def is_asking(self) -> bool:
        """Whether the form stands instead of the sign."""
        return self.isVisible() and not self.screen_sign.isVisible()

    def show_alarms(self, alarms: Sequence[AlarmRow], *, may_answer: bool) -> None:
        """Ring for the first of them; none: all is answered, here or elsewhere."""
        before, self._alarms, self._may_answer = self._alarms, tuple(alarms), may_answer
        if not self._alarms:
            self._rest()
            return
        fresh = {row.task_id for row in self._alarms} - {row.task_id for row in before}
        if fresh or not (self.isVisible() or self._again.isActive()):
            self._rise()
        elif self.screen_sign.isVisible() or (before and before[0].task_id != self._alarms[0].task_id):
            self._show_sign()

    def _rest(self) -> None:
        self._ring.stop()
        self._again.stop()
        self.form.clear()
        self.hide()

    @Slot()
    def _rise(self) -> None:
        if self.alarm is None:
            return
        self._again.stop()
        self.setWindowTitle(alarm_sign.big_words(self.alarm))
        self._come_to_front()
        if not self.is_asking or not self.form.password.value():
            self._show_sign()
        self._ring_now()

    def _come_to_front(self) -> None:
        self.showFullScreen()
        self.raise_()
        self.activateWindow()

    @Slot()
    def _ring_now(self) -> None:
        if self.isMinimized() or not self.isVisible():
            self._come_to_front()
        self.raise_()
        QApplication.alert(self)
        self._sounds.play("alarm", always=True)
        self._ring.start(RING_MS)

    @Slot()
    def _show_sign(self) -> None:
        alarm = self.alarm
        if alarm is None:
            return
        self.form.clear()
        others = len(self._alarms) - 1
        sign = alarm_sign.sign_of(alarm, others=others, may_answer=self._may_answer, now=self._now())
        self.screen_sign.show_sign(sign)
        if self.isVisible():
            self._ring.start(RING_MS)

    def _act(self, name: str) -> None:
        alarm = self.alarm
        if alarm is None:
            return
        if name == alarm_sign.LATER:
            self._ring.stop()
            self._again.start(LATER_MS)
            self.hide()
        elif self._may_answer:
            self.answer_pressed.emit(alarm)
        else:
            self.ask()

    def ask(self) -> None:
        """Let somebody answer who is not signed in at this desk."""
        if self.alarm is not None:
            self.screen_sign.hide()
            self.form.ask(alarm_sign.headline(self.alarm))
            self._ring.start(PATIENCE_MS)

    def _sign(self, login: str, password: str) -> None:
        if self.alarm is not None:
            self._ring.start(PATIENCE_MS)
            self.signed.emit(self.alarm, login, password)

    def refuse(self, error: AppError) -> None:
        """Say why the answer was not taken: at the password, or in its form where one key was enough."""
        if not self.is_asking:
            self.ask()
        self.form.refuse(error)

    def take_badge(self, login: str) -> None:
        """A badge was scanned: whoever it is wants to answer."""
        if not self.is_asking:
            self.ask()
        self.form.set_login(login)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.form.clear()

    def closeEvent(self, event: QEvent) -> None:
        """Alt+F4 is no answer."""
        event.ignore() if self._alarms and self.isVisible() else event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("sign_stop"))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.screen_sign.isVisible():
            self._show_sign()


def tray_words(alarm: AlarmRow) -> tuple[str, str]:
    """Title and sentence of the message beside the clock."""
    return alarm_sign.big_words(alarm), say("alarm.tray", headline=alarm_sign.headline(alarm))
