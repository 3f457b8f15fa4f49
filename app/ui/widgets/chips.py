"""States in words: chips, badges, lamps, and the row of filters above a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.ui import theme
from app.ui.language import Caption, read
from app.ui.widgets import painting
from app.ui.widgets.cells import BadgeLook, ChipLook, Fill, LampLook
from app.ui.widgets.plain_button import PlainButton


class Chip(QWidget):
    """A state as icon, word and colour; shows only."""

    def __init__(self, text: Caption, tone: str = "plain", icon: str = "", fill: Fill = "soft") -> None:
        super().__init__()
        self._caption, self._tone, self._icon = text, tone, icon
        self._fill: Fill = fill
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._speak()

    def set_look(self, text: Caption, tone: str, icon: str = "", fill: Fill = "soft") -> None:
        self._caption, self._tone, self._icon, self._fill = text, tone, icon, fill
        self._speak()

    def look(self) -> ChipLook:
        return ChipLook(read(self._caption), self._tone, self._icon, self._fill)

    def _speak(self) -> None:
        self.setAccessibleName(read(self._caption))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(painting.chip_width(self.look()) + 0.5), 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.draw_chip(painter, 0, self.height() / 2, self.look(), self.width())
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._speak()


class Badge(QWidget):
    """A rank in one bold word: solid, soft or outlined, so that ranks differ without colour."""

    def __init__(self, text: Caption, tone: str = "stop", fill: Fill = "solid") -> None:
        super().__init__()
        self._caption, self._tone = text, tone
        self._fill: Fill = fill
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._speak()

    def set_look(self, text: Caption, tone: str, fill: Fill) -> None:
        self._caption, self._tone, self._fill = text, tone, fill
        self._speak()

    def look(self) -> BadgeLook:
        return BadgeLook(read(self._caption), self._tone, self._fill)

    def _speak(self) -> None:
        self.setAccessibleName(read(self._caption))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(painting.badge_width(self.look()) + 0.5), 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.draw_badge(painter, 0, self.height() / 2, self.look())
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._speak()


class LampRow(QWidget):
    """One letter a part: there, missing, not needed."""

    def __init__(self, lamps: Sequence[LampLook] = ()) -> None:
        super().__init__()
        self._lamps: tuple[LampLook, ...] = ()
        self.set_lamps(lamps)

    def set_lamps(self, lamps: Sequence[LampLook]) -> None:
        self._lamps = tuple(lamps)
        self.setAccessibleName(" ".join(lamp.name or lamp.letter for lamp in self._lamps))
        self.setToolTip(self.accessibleName())
        self.setFixedSize(max(1, round(len(self._lamps) * painting.LAMP_PITCH)), 22)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        x = 0.0
        for lamp in self._lamps:
            x += painting.draw_lamp(painter, x, self.height() / 2, lamp)
        painter.end()


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several filters or views; ``count`` None shows no number."""

    key: str
    text: Caption
    count: int | None = None


class ChoiceButton(PlainButton):
    """One choice of a row; the chosen one is ringed and bold."""

    def __init__(self, choice: Choice, height: int = 32) -> None:
        super().__init__()
        self.choice = choice
        self.setCheckable(True)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_choice(choice)

    def set_choice(self, choice: Choice) -> None:
        self.choice = choice
        count = "" if choice.count is None else f" {choice.count:,}"
        self.setAccessibleName(read(choice.text) + count)
        self.updateGeometry()
        self.update()

    def _count(self) -> str:
        return "" if self.choice.count is None else f"{self.choice.count:,}"

    def sizeHint(self) -> QSize:
        width = 24 + painting.width_of(read(self.choice.text), theme.font(theme.BODY, bold=True))
        if self._count():
            width += 8 + painting.width_of(self._count(), theme.font(theme.SMALL))
        return QSize(round(width), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        on = self.isChecked()
        rect = QRectF(self.rect())
        ground, edge = ("accent_bg", "accent") if on else ("surface", "line")
        painting.rounded(painter, rect, 6, theme.colour(ground), theme.colour(edge))
        ink = theme.colour("accent" if on else "text")
        letters = theme.font(theme.BODY, bold=on)
        words = read(self.choice.text)
        count = self._count()
        content = painting.width_of(words, letters)
        content += 8 + painting.width_of(count, theme.font(theme.SMALL)) if count else 0
        left = (rect.width() - content) / 2
        painting.draw_text(painter, rect.adjusted(left, 0, 0, 0), words, letters, ink, elide=False)
        left += painting.width_of(words, letters) + 8
        quiet = theme.colour("accent" if on else "muted")
        painting.draw_text(painter, rect.adjusted(left, 0, 0, 0), count, theme.font(theme.SMALL), quiet, elide=False)
        if self.hasFocus():
            painting.focus_ring(painter, rect)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.set_choice(self.choice)


class FilterChips(QWidget):
    """A row of choices of which one holds. Left and right move the choice, Tab leaves the row."""

    chosen = Signal(str)
    """The key of the choice a person made; not sent for ``choose`` or ``set_choices``."""

    def __init__(self, choices: Sequence[Choice] = (), *, height: int = 32, name: Caption = "") -> None:
        super().__init__()
        self._height = height
        self._buttons: list[ChoiceButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8 if height >= 32 else 6)
        self.setAccessibleName(read(name))
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Show these; the chosen key stays chosen if it is still there, else the first."""
        before = self.current()
        if [choice.key for choice in choices] != [button.choice.key for button in self._buttons]:
            self._rebuild(choices)
        for button, choice in zip(self._buttons, choices, strict=True):
            button.set_choice(choice)
        keys = [choice.key for choice in choices]
        if keys:
            self.choose(before if before in keys else keys[0])

    def _rebuild(self, choices: Sequence[Choice]) -> None:
        for button in self._buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = [ChoiceButton(choice, self._height) for choice in choices]
        for button in self._buttons:
            self._row.addWidget(button)
            button.clicked.connect(lambda _=False, key=button.choice.key: self._take(key))

    def current(self) -> str:
        """The chosen key, or nothing where there are no choices."""
        return next((button.choice.key for button in self._buttons if button.isChecked()), "")

    def choose(self, key: str) -> None:
        for button in self._buttons:
            chosen = button.choice.key == key
            button.setChecked(chosen)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus)

    def _take(self, key: str) -> None:
        self.choose(key)
        self.chosen.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step: Literal[-1, 0, 1] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)  # pyright: ignore[reportAssignmentType]
        keys = [button.choice.key for button in self._buttons]
        if not step or not keys:
            super().keyPressEvent(event)
            return
        place = (keys.index(self.current()) + step) % len(keys)
        self._take(keys[place])
        self._buttons[place].setFocus(Qt.FocusReason.TabFocusReason)
