"""Facts about one thing: a label and its value, in a pane or in a row across the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.language import Caption
from app.ui.widgets.card import Surface, clear
from app.ui.widgets.labels import IconMark, Label, Rule, muted


@dataclass(frozen=True, slots=True)
class Fact:
    """A value with its label; an icon where the value is a state."""

    label: Caption
    value: Caption
    is_mono: bool = False
    icon: str = ""
    ink: str = "text"
    is_bold: bool = False


def _value(fact: Fact, *, wrap: bool = False) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    if fact.icon:
        row.addWidget(IconMark(fact.icon, fact.ink, 16), 0, Qt.AlignmentFlag.AlignVCenter)
    size = 10.0 if fact.is_mono else theme.BODY
    label = Label(fact.value, fact.ink, size, bold=fact.is_bold, mono=fact.is_mono, wrap=wrap and not fact.is_mono)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    row.addWidget(label, 1)
    return row


class FieldRow(QWidget):
    """Label at the left, value beside it; with ``above`` the label stands over the value."""

    def __init__(self, fact: Fact, *, above: bool = False, label_width: int = 84) -> None:
        super().__init__()
        name = muted(fact.label, wrap=not above)
        if above:
            column = QVBoxLayout(self)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(1)
            column.addWidget(name)
            column.addLayout(_value(fact))
            return
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 0, 1)
        row.setSpacing(0)
        name.setFixedWidth(label_width)
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(_value(fact, wrap=True), 1)


class FactsBar(Surface):
    """A card 56 px high: facts side by side, parted by lines."""

    def __init__(self, facts: Sequence[Fact] = ()) -> None:
        super().__init__()
        self.setFixedHeight(56)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 6, 16, 6)
        self._row.setSpacing(0)
        self.set_facts(facts)

    def set_facts(self, facts: Sequence[Fact]) -> None:
        clear(self._row)
        for place, fact in enumerate(facts):
            if place:
                rule = Rule(vertical=True)
                rule.setFixedHeight(30)
                self._row.addWidget(rule)
                self._row.addSpacing(15)
            self._row.addWidget(FieldRow(fact, above=True))
            self._row.addSpacing(32)
        self._row.addStretch(1)
