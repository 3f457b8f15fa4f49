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


class FieldRow(QWidget):
    """Label at the left, value beside it; with ``above`` the label stands over the value."""

    def __init__(self, fact: Fact, *, above: bool = False, label_width: int = 84) -> None:
        super().__init__()
        self._fact: Fact | None = None
        self._name = muted("", wrap=not above)
        self._icon = IconMark("", "text", 16)
        self._label = Label()
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value = QHBoxLayout()
        value.setSpacing(6)
        value.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        value.addWidget(self._label, 1)
        box = QVBoxLayout(self) if above else QHBoxLayout(self)
        box.setContentsMargins(0, 0 if above else 1, 0, 0 if above else 1)
        box.setSpacing(1 if above else 0)
        if not above:
            self._name.setFixedWidth(label_width)
        box.addWidget(self._name, 0, Qt.AlignmentFlag(0) if above else Qt.AlignmentFlag.AlignTop)
        box.addLayout(value, 0 if above else 1)
        self._wraps = not above
        self.set_fact(fact)

    def set_fact(self, fact: Fact) -> None:
        """Show another fact in the same row."""
        before, self._fact = self._fact, fact
        self._name.set_text(fact.label)
        self._icon.set_icon(fact.icon, fact.ink)
        self._icon.setVisible(bool(fact.icon))
        if before is None or (before.is_mono, before.is_bold) != (fact.is_mono, fact.is_bold):
            size = 10.0 if fact.is_mono else theme.BODY
            self._label.setFont(theme.font(size, bold=fact.is_bold, mono=fact.is_mono))
            self._label.setWordWrap(self._wraps and not fact.is_mono)
        self._label.set_ink(fact.ink)
        self._label.set_text(fact.value)


class FactsBar(Surface):
    """A card 56 px high: facts side by side, parted by lines."""

    def __init__(self, facts: Sequence[Fact] = ()) -> None:
        super().__init__()
        self.setFixedHeight(56)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 6, 16, 6)
        self._row.setSpacing(0)
        self._shown: list[FieldRow] = []
        self.set_facts(facts)

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Rows that stand are only told their new values."""
        if len(facts) == len(self._shown):
            for row, fact in zip(self._shown, facts, strict=True):
                row.set_fact(fact)
            return
        clear(self._row)
        self._shown = [FieldRow(fact, above=True) for fact in facts]
        for place, field in enumerate(self._shown):
            if place:
                rule = Rule(vertical=True)
                rule.setFixedHeight(30)
                self._row.addWidget(rule)
                self._row.addSpacing(15)
            self._row.addWidget(field)
            self._row.addSpacing(32)
        self._row.addStretch(1)
