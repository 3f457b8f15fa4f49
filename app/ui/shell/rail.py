"""The rail at the left: the pages this person may open, with the work that waits in them."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from app.ui import icons, theme
from app.ui.formats import number
from app.ui.language import Caption, read, say, spoken
from app.ui.shell.doors import Door
from app.ui.widgets import painting
from app.ui.widgets.card import clear
from app.ui.widgets.labels import Rule
from app.ui.widgets.plain_button import PlainButton

WIDTH, ITEM, PITCH, BRAND = 188, 36, 38, 48


class Brand(QWidget):
    """The sign of the program and its name in both languages."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(BRAND)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tile = QRectF(16, 10, 28, 28)
        painting.rounded(painter, tile, 7, theme.colour("accent"))
        icons.paint(painter, "brand", theme.colour("on_accent"), tile.adjusted(4, 4, -4, -4), 2.0)
        name = QRectF(54, 6, self.width() - 56, 22)
        ink = theme.colour("text")
        painting.draw_text(painter, name, say("widgets.shell.brand"), theme.font(12, bold=True), ink)
        other = QRectF(54, 25, self.width() - 56, 18)
        letters = theme.font(theme.SMALL)
        painting.draw_text(painter, other, say("widgets.shell.brand_other"), letters, theme.colour("muted"))
        painter.end()


class DoorButton(PlainButton):
    """One page of the rail."""

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        self.setCheckable(True)
        self.setFixedHeight(ITEM)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_door(door)

    def set_door(self, door: Door) -> None:
        self.door = door
        count = f" {number(door.count)}" if door.count else ""
        self.setAccessibleName(read(door.title) + count)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, ITEM)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        pill = rect.adjusted(8, 0, -8, 0)
        on = self.isChecked()
        if on:
            painting.rounded(painter, pill, 6, theme.colour("accent_bg"))
        elif self.underMouse():
            painting.rounded(painter, pill, 6, theme.colour("soft"))
        ink = theme.colour("accent" if on else "text")
        icon_ink = ink if on else theme.colour("muted")
        icons.paint(painter, self.door.icon, icon_ink, QRectF(20, rect.center().y() - 9, 18, 18))
        right = rect.right() - 16
        if self.door.count:
            solid = self.door.tone == "stop"
            words = number(self.door.count)
            right -= painting.draw_count(painter, right, rect.center().y(), words, self.door.tone, solid=solid) + 6
        words = QRectF(48, 0, right - 48, rect.height())
        painting.draw_text(painter, words, read(self.door.title), theme.font(bold=on), ink)
        if self.hasFocus():
            painting.focus_ring(painter, pill)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.set_door(self.door)


class KeyHint(QAbstractButton):
    """A key and what it does; also a button."""

    def __init__(self, key: str, text: Caption) -> None:
        super().__init__()
        self._key, self._caption = key, text
        self.setFixedHeight(26)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(read(text))

    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 16, 26)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink, edge = theme.colour("muted"), theme.colour("control")
        width = painting.draw_keycap(painter, 16, self.height() / 2, self._key, ink, edge)
        rect = QRectF(16 + width + 8, 0, self.width() - width - 30, self.height())
        painting.draw_text(painter, rect, read(self._caption), theme.font(theme.SMALL), ink)
        painter.end()


class Rail(QWidget):
    """Up and Down move along the doors, Enter or Space opens one."""

    opened = Signal(str)
    search_asked = Signal()
    help_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(say("widgets.shell.rail"))
        self._buttons: dict[str, DoorButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 14)
        column.setSpacing(0)
        column.addWidget(Brand())
        column.addSpacing(12)
        self._doors = QVBoxLayout()
        self._doors.setSpacing(PITCH - ITEM)
        column.addLayout(self._doors)
        column.addStretch(1)
        column.addLayout(_inset_rule(10))
        for key, text, signal in (
            ("Ctrl K", spoken("widgets.shell.find"), self.search_asked),
            ("F1", spoken("widgets.shell.help"), self.help_asked),
        ):
            hint = KeyHint(key, text)
            hint.clicked.connect(signal)
            column.addWidget(hint)

    def set_doors(self, doors: Sequence[Door]) -> None:
        """Show only what the person may open; the open page stays marked."""
        current = self.current()
        clear(self._doors)
        self._buttons = {}
        group = doors[0].group if doors else 0
        for door in doors:
            if door.group != group:
                self._doors.addLayout(_inset_rule(7))
                group = door.group
            button = DoorButton(door)
            button.clicked.connect(lambda _=False, key=door.key: self._take(key))
            self._buttons[door.key] = button
            self._doors.addWidget(button)
        self.choose(current)

    def set_count(self, key: str, count: int, tone: str = "") -> None:
        """Say how much work waits behind a door; unknown keys are for doors this person has not."""
        button = self._buttons.get(key)
        if button is not None:
            door = button.door
            button.set_door(Door(door.key, door.icon, door.title, count, tone or door.tone, door.group))

    def keys(self) -> list[str]:
        return list(self._buttons)

    def current(self) -> str:
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def choose(self, key: str) -> None:
        """Mark a door as open without opening it."""
        for name, button in self._buttons.items():
            button.setChecked(name == key)

    def _take(self, key: str) -> None:
        self.choose(self.current() if key not in self._buttons else key)
        self.opened.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        buttons = list(self._buttons.values())
        focused = next((place for place, button in enumerate(buttons) if button.hasFocus()), None)
        if step and focused is not None:
            buttons[(focused + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        painter.fillRect(QRectF(self.width() - 1, 0, 1, self.height()), theme.colour("line"))
        painter.end()


def _inset_rule(space: int) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(16, space, 16, space)
    column.addWidget(Rule())
    return column
