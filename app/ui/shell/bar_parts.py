"""The small parts of the top bar."""

from PySide6.QtCore import QEvent, QRectF, QSize, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import icons, theme
from app.ui.language import Caption, language, read, say
from app.ui.shell.doors import DeviceState, Person
from app.ui.widgets import painting
from app.ui.widgets.plain_button import PlainButton

HEIGHT, CODE_MOST = 48, 330.0
_TONGUES = (("zh", "中"), ("en", "EN"))


class StateMark(QWidget):
    """An icon in the tone of the state, and two small lines."""

    def __init__(self, icon: str, name: Caption) -> None:
        super().__init__()
        self._icon, self._name = icon, name
        self._state = DeviceState("")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def set_state(self, state: DeviceState) -> None:
        self._state = state
        self.setVisible(bool(state.title))
        self.setAccessibleName(f"{read(self._name)}: {state.title} {state.note} {state.note_end}")
        self.setToolTip(self.accessibleName())
        self.updateGeometry()
        self.update()

    def _note_font(self) -> QFont:
        return theme.font(theme.SMALL, mono=self._state.is_mono)

    def sizeHint(self) -> QSize:
        note = min(CODE_MOST, painting.width_of(self._state.note, self._note_font()))
        end = painting.width_of(self._state.note_end, self._note_font())
        note += end + 14 if end else 0
        title = painting.width_of(self._state.title, theme.font(theme.SMALL))
        return QSize(round(25 + max(note, title)) + 2, HEIGHT - 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        icons.paint(painter, self._icon, theme.colour(self._state.tone), QRectF(0, self.height() / 2 - 8, 16, 16))
        room = self.width() - 25.0
        title = QRectF(25, 4, room, 19)
        painting.draw_text(painter, title, self._state.title, theme.font(theme.SMALL), theme.colour("text"))
        letters, ink = self._note_font(), theme.colour("muted")
        end = painting.width_of(self._state.note_end, letters)
        note = QRectF(25, 20, room - (end + 14 if end else 0), 19)
        painting.draw_text(painter, note, self._state.note, letters, ink)
        painting.draw_text(painter, QRectF(25, 20, room, 19), self._state.note_end, letters, ink, painting.RIGHT)
        painter.end()


class BarButton(PlainButton):
    """A 32 px target in the bar: an icon, and a count where something waits."""

    def __init__(self, icon: str, name: Caption) -> None:
        super().__init__()
        self._icon, self._name = icon, name
        self._count = 0
        self.setFixedSize(36, 36)
        self._speak()

    def set_count(self, count: int) -> None:
        self._count = count
        self._speak()
        self.update()

    def _speak(self) -> None:
        name = say("widgets.shell.bell_count", count=self._count) if self._count else read(self._name)
        self.setAccessibleName(name)
        self.setToolTip(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self.underMouse():
            painting.rounded(painter, rect.adjusted(2, 2, -2, -2), 6, theme.colour("soft"))
        icons.paint(painter, self._icon, theme.colour("muted"), QRectF(9, 10, 18, 18))
        if self._count:
            words = str(self._count) if self._count < 100 else "99+"
            painting.draw_count(painter, rect.right() + 1, 10, words, "stop", solid=True)
        if self.hasFocus():
            painting.focus_ring(painter, rect)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._speak()


class LanguageSwitch(PlainButton):
    """中 / EN: a press changes to the other language."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(68, 36)
        self.setAccessibleName(say("widgets.shell.language"))
        self.clicked.connect(lambda: self.chosen.emit("en" if language() == "zh" else "zh"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        icons.paint(painter, "globe", theme.colour("muted"), QRectF(2, 10, 16, 16))
        x = 25.0
        for place, (code, word) in enumerate(_TONGUES):
            on = code == language()
            letters = theme.font(theme.SMALL, bold=on)
            width = painting.width_of(word, letters)
            ink = theme.colour("text" if on else "muted")
            painting.draw_text(painter, QRectF(x, 0, width + 2, self.height()), word, letters, ink, elide=False)
            x += width + 4
            if not place:
                slash = QRectF(x, 0, 8, self.height())
                painting.draw_text(painter, slash, "/", theme.font(theme.SMALL), theme.colour("control"))
                x += 8
        if self.hasFocus():
            painting.focus_ring(painter, QRectF(self.rect()))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(say("widgets.shell.language"))
            self.update()


class PersonButton(PlainButton):
    """The first letter of the name in a round, name and role beside it."""

    def __init__(self) -> None:
        super().__init__()
        self._person = Person("", "")
        self.setFixedHeight(40)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_person(self, person: Person) -> None:
        self._person = person
        self.setAccessibleName(f"{person.name} {person.role}, {say('widgets.shell.person')}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        name = painting.width_of(self._person.name, theme.font(bold=True))
        role = painting.width_of(self._person.role, theme.font(theme.SMALL))
        return QSize(round(46 + max(name, role)), 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        disc = QRectF(4, 6, 28, 28)
        painting.rounded(painter, disc, 14, theme.colour("accent_bg"))
        first, accent = self._person.name[:1], theme.colour("accent")
        painting.draw_text(painter, disc, first, theme.font(bold=True), accent, painting.CENTRE)
        room = self.width() - 42.0
        painting.draw_text(
            painter, QRectF(42, 2, room, 20), self._person.name, theme.font(bold=True), theme.colour("text")
        )
        role = QRectF(42, 20, room, 18)
        painting.draw_text(painter, role, self._person.role, theme.font(theme.SMALL), theme.colour("muted"))
        if self.hasFocus():
            painting.focus_ring(painter, QRectF(self.rect()))
        painter.end()
