"""An empty database: look around with sample data, or set up the own hospital."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import AppError
from app.core.permissions import Role
from app.core.words import describe
from app.services.installing import NewHospital
from app.services.staffing import NewPerson
from app.ui import theme
from app.ui.language import language, spoken
from app.ui.shell.bar_parts import LanguageSwitch
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card
from app.ui.widgets.fields import AreaField, SecretField, TextField
from app.ui.widgets.labels import Label, muted, title

CARD = 470


class FirstRunView(QWidget):
    """Asks once; whoever shows it does the work and calls ``refuse`` or goes on to the sign-in."""

    sample_wanted = Signal()
    hospital_described = Signal(object)
    """A ``NewHospital``."""
    language_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.tongue = LanguageSwitch()
        self.sample = KeycapButton(spoken("first_run.sample_button"), kind="primary", icon="play")
        self.site = TextField(spoken("first_run.site"))
        self.zone = TextField(spoken("first_run.zone"))
        self.store = TextField(spoken("first_run.store"))
        self.quarantine = TextField(spoken("first_run.quarantine"))
        self.wards = AreaField(spoken("first_run.wards"), rows=3)
        self.name = TextField(spoken("first_run.name"))
        self.login = TextField(spoken("first_run.login"))
        self.password = SecretField(spoken("first_run.password"))
        self.install = KeycapButton(spoken("first_run.install_button"), icon="check")
        self.message = Label("", "stop", wrap=True)
        self.zone.set_value("Asia/Shanghai")
        self._lay_out()
        self.sample.clicked.connect(self.sample_wanted)
        self.install.clicked.connect(self._describe)
        self.tongue.chosen.connect(self.language_chosen)
        self.setMinimumSize(1024, 640)
        self.resize(1366, 768)
        self.setWindowTitle("RecallDesk 召回台")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 22, 28, 24)
        top = QHBoxLayout()
        top.addStretch(1)
        top.addWidget(self.tongue)
        column.addLayout(top)
        column.addStretch(1)
        column.addWidget(title(spoken("first_run.title")), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(muted(spoken("first_run.note")), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addStretch(1)
        for card in (self._sample_card(), self._own_card()):
            card.setFixedWidth(CARD)
            row.addWidget(card, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.message, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def _sample_card(self) -> Card:
        card = Card(spoken("first_run.sample"))
        card.add(Label(spoken("first_run.sample_note"), wrap=True))
        card.add(muted(spoken("first_run.sample_password"), wrap=True))
        card.add(self.sample)
        return card

    def _own_card(self) -> Card:
        card = Card(spoken("first_run.own"), spoken("first_run.own_note"))
        for left, right in ((self.site, self.zone), (self.store, self.quarantine)):
            card.add(_beside(left, right))
        card.add(self.wards)
        card.add(_beside(self.name, self.login))
        card.add(self.password)
        card.add(self.install)
        return card

    def set_busy(self, busy: bool) -> None:
        for button in (self.sample, self.install):
            button.setEnabled(not busy)
        self.message.set_ink("muted")
        self.message.set_text(spoken("first_run.busy") if busy else "")

    def refuse(self, error: AppError) -> None:
        """Say what is wrong; everything typed stays."""
        self.set_busy(False)
        self.message.set_ink("stop")
        self.message.set_text(lambda: describe(error, language()))

    def _describe(self) -> None:
        wanted = (self.site, self.store, self.quarantine, self.name, self.login, self.password)
        empty = [field for field in wanted if not field.value()]
        for field in empty:
            field.set_error(spoken("first_run.missing"))
        if empty:
            empty[0].setFocus()
            return
        wards = tuple(line.strip() for line in self.wards.value().splitlines() if line.strip())
        person = NewPerson(
            self.login.value(),
            self.name.value(),
            self.name.value(),
            self.password.value(),
            frozenset({Role.SECURITY_ADMIN}),
        )
        self.hospital_described.emit(
            NewHospital(
                self.site.value(), self.zone.value(), self.store.value(), self.quarantine.value(), person, wards
            )
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("ground"))
        painter.end()


def _beside(left: QWidget, right: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    row.addWidget(left, 1)
    row.addWidget(right, 1)
    return holder
