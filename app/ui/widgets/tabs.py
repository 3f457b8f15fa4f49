"""Tabs with an underline, and the steps of a long process."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.ui import icons, theme
from app.ui.language import Caption, read, say
from app.ui.widgets import painting
from app.ui.widgets.one_of import Choice, OneButton, OneOf


class TabButton(OneButton):
    """One tab; its count stands in a small red round."""

    @property
    def count(self) -> str:
        """Nothing for zero: a tab shows only what waits."""
        return f"{self.choice.count:,}" if self.choice.count else ""

    def sizeHint(self) -> QSize:
        width = painting.width_of(read(self.choice.text), theme.font(bold=True))
        return QSize(round(width) + 1 + (28 if self.count else 0), 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        on = self.isChecked()
        letters = theme.font(bold=on)
        words = read(self.choice.text)
        painting.draw_text(painter, rect, words, letters, theme.colour("accent" if on else "text"), elide=False)
        if self.count:
            painting.draw_count(painter, rect.right(), rect.center().y(), self.count, "stop", solid=False)
        if on:
            painting.rounded(painter, QRectF(0, rect.bottom() - 3, rect.width(), 3), 1.5, theme.colour("accent"))
        if self.hasFocus():
            painting.focus_ring(painter, rect.adjusted(-2, 6, 2, -5), 4)
        painter.end()


class TabsBar(OneOf):
    """Tabs over a line; ``Ctrl+1``… is the page's business."""

    def __init__(self, tabs: Sequence[Choice] = ()) -> None:
        super().__init__(TabButton, spacing=24)
        self.setFixedHeight(41)
        self._right: list[QWidget] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 1)
        self._row.setSpacing(24)
        self._row.addLayout(self.places)
        self._row.addStretch(1)
        self.set_choices(tabs)

    def add_right(self, widget: QWidget) -> None:
        """Place something, such as a stepper, at the right end."""
        self._row.addWidget(widget)
        self._right.append(widget)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 41)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Steps lose their names before tabs lose their letters."""
        super().resizeEvent(event)
        tabs = sum(button.sizeHint().width() + 24 for button in self.buttons)
        for widget in self._right:
            if isinstance(widget, Stepper):
                widget.name_all(tabs + widget.full_width() <= self.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), theme.colour("line"))
        painter.end()


StepState = Literal["done", "current", "ahead"]
DOT, JOIN, GAP = 16.0, 9.0, 5.0


class Stepper(QWidget):
    """Where a process stands. All steps are named where there is room, else only the current one."""

    def __init__(self, steps: Sequence[Caption] = (), current: int = 0) -> None:
        super().__init__()
        self._steps: tuple[Caption, ...] = ()
        self._current = 0
        self._names_all = True
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_steps(steps, current)

    def set_steps(self, steps: Sequence[Caption], current: int) -> None:
        """``current`` counts from 0; one past the last means all are done."""
        self._steps, self._current = tuple(steps), current
        self._speak()

    def name_all(self, all_of_them: bool) -> None:
        """Name every step, or only the current one where the row is too narrow."""
        if self._names_all != all_of_them:
            self._names_all = all_of_them
            self._speak()

    def full_width(self) -> int:
        """How wide it is with all its names."""
        return self._width(names_all=True)

    def _speak(self) -> None:
        if self._current < len(self._steps):
            self.setAccessibleName(say("widgets.step.current", step=read(self._steps[self._current])))
        self.setToolTip(" → ".join(read(step) for step in self._steps))
        self.updateGeometry()
        self.update()

    def _shown(self, place: int) -> str:
        return read(self._steps[place]) if self._names_all or place == self._current else ""

    def _letters(self, place: int) -> QFont:
        return theme.font(theme.SMALL, bold=place == self._current)

    def _width(self, *, names_all: bool) -> int:
        width = 0.0
        for place in range(len(self._steps)):
            words = read(self._steps[place]) if names_all or place == self._current else ""
            width += DOT + (GAP + painting.width_of(words, self._letters(place)) if words else 0) + JOIN + 8
        return round(max(0.0, width - JOIN - 8)) + 1

    def sizeHint(self) -> QSize:
        return QSize(self._width(names_all=self._names_all), 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        x, middle = 0.0, self.height() / 2
        for place in range(len(self._steps)):
            x = self._paint_step(painter, place, x, middle)
            if place + 1 < len(self._steps):
                painter.fillRect(QRectF(x + 4, round(middle), JOIN, 1), theme.colour("control"))
                x += JOIN + 8
        painter.end()

    def _paint_step(self, painter: QPainter, place: int, x: float, middle: float) -> float:
        spot = QRectF(x, middle - DOT / 2, DOT, DOT)
        ink = "ok" if place < self._current else "accent" if place == self._current else "muted"
        if place < self._current:
            painting.rounded(painter, spot.adjusted(1, 1, -1, -1), 7, theme.colour("ok"))
            icons.paint(painter, "check", theme.colour("on_solid"), spot.adjusted(3, 3, -3, -3), 3.0)
        elif place == self._current:
            painting.rounded(painter, spot.adjusted(0.5, 0.5, -0.5, -0.5), 7, None, theme.colour("accent"))
            painting.rounded(painter, spot.adjusted(5, 5, -5, -5), 3, theme.colour("accent"))
        else:
            painting.rounded(painter, spot.adjusted(1, 1, -1, -1), 7, None, theme.colour("control"))
        words = self._shown(place)
        if not words:
            return x + DOT
        letters = self._letters(place)
        rect = QRectF(x + DOT + GAP, 0, painting.width_of(words, letters) + 2, self.height())
        painting.draw_text(painter, rect, words, letters, theme.colour(ink), elide=False)
        return rect.right() - 2

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._speak()
