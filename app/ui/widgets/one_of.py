"""A row of buttons of which one holds: what chips and tabs have in common."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.ui.language import Caption, read
from app.ui.widgets.plain_button import PlainButton

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several filters or views; ``count`` None shows no number."""

    key: str
    text: Caption
    count: int | None = None


class OneButton(PlainButton):
    """One choice of a row; a subclass paints it."""

    def __init__(self, choice: Choice) -> None:
        super().__init__()
        self.choice = choice
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_choice(choice)

    @property
    def count(self) -> str:
        """The number beside the words, as it is shown."""
        return "" if self.choice.count is None else f"{self.choice.count:,}"

    def set_choice(self, choice: Choice) -> None:
        self.choice = choice
        self.setAccessibleName(" ".join(filter(None, (read(choice.text), self.count))))
        self.updateGeometry()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.set_choice(self.choice)


class OneOf(QWidget):
    """Left and right move the choice, Tab leaves the row. The buttons stand in ``places``."""

    chosen = Signal(str)
    """The key of the choice a person made; not sent for ``choose`` or ``set_choices``."""

    def __init__(self, make: Callable[[Choice], OneButton], spacing: int) -> None:
        super().__init__()
        self._make = make
        self.buttons: list[OneButton] = []
        self.places = QHBoxLayout()
        self.places.setContentsMargins(0, 0, 0, 0)
        self.places.setSpacing(spacing)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Show these; the chosen key stays chosen if it is still there, else the first."""
        before = self.current()
        if [choice.key for choice in choices] != [button.choice.key for button in self.buttons]:
            self._rebuild(choices)
        for button, choice in zip(self.buttons, choices, strict=True):
            button.set_choice(choice)
        keys = [choice.key for choice in choices]
        if keys:
            self.choose(before if before in keys else keys[0])

    def _rebuild(self, choices: Sequence[Choice]) -> None:
        for button in self.buttons:
            self.places.removeWidget(button)
            button.deleteLater()
        self.buttons = [self._make(choice) for choice in choices]
        for button in self.buttons:
            self.places.addWidget(button)
            button.clicked.connect(lambda _=False, key=button.choice.key: self._take(key))

    def set_count(self, key: str, count: int | None) -> None:
        for button in self.buttons:
            if button.choice.key == key:
                button.set_choice(Choice(key, button.choice.text, count))

    def current(self) -> str:
        """The chosen key, or nothing where there are no choices."""
        return next((button.choice.key for button in self.buttons if button.isChecked()), "")

    def choose(self, key: str) -> None:
        for button in self.buttons:
            chosen = button.choice.key == key
            button.setChecked(chosen)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus)

    def _take(self, key: str) -> None:
        self.choose(key)
        self.chosen.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()), 0)
        keys = [button.choice.key for button in self.buttons]
        if not step or not keys:
            super().keyPressEvent(event)
            return
        place = (keys.index(self.current()) + step) % len(keys)
        self._take(keys[place])
        self.buttons[place].setFocus(Qt.FocusReason.TabFocusReason)
