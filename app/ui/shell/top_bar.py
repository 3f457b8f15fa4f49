"""The bar at the top: where this workstation stands, how scanner and database are, who works here."""

from PySide6.QtCore import QPoint, QRectF, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from app.ui import icons, theme
from app.ui.language import say, spoken
from app.ui.shell.bar_parts import HEIGHT, BarButton, LanguageSwitch, PersonButton, StateMark
from app.ui.widgets.labels import IconMark, Label, Rule


class TopBar(QWidget):
    """Shows and asks; changes nothing by itself."""

    bell_pressed = Signal()
    language_chosen = Signal(str)
    theme_switched = Signal(bool)
    """True for dark."""
    sound_switched = Signal(bool)
    lock_pressed = Signal()
    sign_out_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self._sound_is_on = True
        self._menu: QMenu | None = None
        self.place = Label("", "text", theme.BODY, bold=True)
        self.scanner = StateMark("scan", spoken("widgets.shell.scanner"))
        self.database = StateMark("database", spoken("widgets.shell.database"))
        self.bell = BarButton("bell", spoken("widgets.shell.bell"))
        self.tongue = LanguageSwitch()
        self.person = PersonButton()
        self.lock = BarButton("lock", spoken("widgets.shell.lock"))
        self._lay_out()
        self.bell.clicked.connect(self.bell_pressed)
        self.tongue.chosen.connect(self.language_chosen)
        self.lock.clicked.connect(self.lock_pressed)
        self.person.clicked.connect(self.open_menu)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 9, 1)
        row.setSpacing(0)
        row.addWidget(IconMark("pin", "muted", 18))
        row.addSpacing(6)
        row.addWidget(self.place)
        row.addStretch(1)
        for widget, gap in ((self.scanner, 18), (self.database, 14)):
            row.addWidget(widget)
            row.addSpacing(gap)
            row.addWidget(_upright())
            row.addSpacing(14 if widget is self.scanner else 6)
        for widget in (self.bell, self.tongue):
            row.addWidget(widget)
            row.addSpacing(6 if widget is self.bell else 2)
        row.addWidget(_upright())
        row.addSpacing(8)
        row.addWidget(self.person)
        row.addSpacing(12)
        row.addWidget(self.lock)

    def set_place(self, place: str) -> None:
        self.place.set_text(place)
        self.place.setAccessibleDescription(say("widgets.shell.place"))

    def set_sound(self, on: bool) -> None:
        """Say whether sounds are on, for the menu's wording."""
        self._sound_is_on = on

    def open_menu(self) -> None:
        """Show the person's menu under their name."""
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = menu = QMenu(self)
        dark = theme.current().is_dark
        to = "widgets.shell.to_light" if dark else "widgets.shell.to_dark"
        self._add(menu, "sun" if dark else "moon", to).triggered.connect(lambda: self.theme_switched.emit(not dark))
        on = self._sound_is_on
        name = "widgets.shell.sound_off" if on else "widgets.shell.sound_on"
        self._add(menu, "sound-off" if on else "sound", name).triggered.connect(
            lambda: self.sound_switched.emit(not on)
        )
        menu.addSeparator()
        self._add(menu, "lock", "widgets.shell.lock").triggered.connect(self.lock_pressed)
        self._add(menu, "sign-out", "widgets.shell.sign_out").triggered.connect(self.sign_out_pressed)
        menu.popup(self.person.mapToGlobal(QPoint(0, self.person.height() + 2)))

    def _add(self, menu: QMenu, icon: str, key: str) -> QAction:
        return menu.addAction(icons.icon(icon, "muted"), say(key))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), theme.colour("line"))
        painter.end()


def _upright() -> Rule:
    rule = Rule(vertical=True)
    rule.setFixedHeight(24)
    return rule
