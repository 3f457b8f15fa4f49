"""States in words: chips, badges, lamps, and the row of filters above a table."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import theme
from app.ui.language import Caption, read
from app.ui.widgets import painting
from app.ui.widgets.cells import BadgeLook, ChipLook, Fill, LampLook
from app.ui.widgets.one_of import Choice, OneButton, OneOf


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


class ChoiceButton(OneButton):
    """One choice of a row; the chosen one is ringed and bold."""

    def __init__(self, choice: Choice, height: int = 32) -> None:
        super().__init__(choice)
        self.setFixedHeight(height)

    def sizeHint(self) -> QSize:
        width = 24 + painting.width_of(read(self.choice.text), theme.font(theme.BODY, bold=True))
        if self.count:
            width += 8 + painting.width_of(self.count, theme.font(theme.SMALL))
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
        count = self.count
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


class FilterChips(OneOf):
    """The filters above a table."""

    def __init__(self, choices: Sequence[Choice] = (), *, height: int = 32, name: Caption = "") -> None:
        super().__init__(partial(ChoiceButton, height=height), spacing=8 if height >= 32 else 6)
        self.setLayout(self.places)
        self.setAccessibleName(read(name))
        self.set_choices(choices)
