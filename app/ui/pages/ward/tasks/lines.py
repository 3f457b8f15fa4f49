"""One lot of a task: what the books expect, and the fields for what was found."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.words import Language
from app.queries.tasks import TaskLineRow
from app.ui import formats, theme
from app.ui.language import say, spoken
from app.ui.widgets.card import Surface
from app.ui.widgets.fields import TextField
from app.ui.widgets.labels import Label, muted

TARGET = 56


class LineEditor(Surface):
    """Lot in large letters, expected, found, and the reason that is asked for where they differ."""

    def __init__(self, line: TaskLineRow, language: Language, *, is_open: bool) -> None:
        super().__init__("head", "line", 8)
        self.line, self._is_open = line, is_open
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(20)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(line.lot_no, "text", theme.TITLE, bold=True, mono=True))
        words.addWidget(Label(line.product.said_in(language), "text", theme.BODY, elide=True))
        words.addWidget(muted(f"{line.ref} · {formats.day(line.expiry_on)}"))
        if line.instruction is not None:
            words.addWidget(Label(line.instruction.said_in(language), "stop", theme.SMALL, wrap=True))
        row.addLayout(words, 3)
        row.addWidget(_figure(say("ward.task.expected"), line.expected))
        if line.quarantined:
            row.addWidget(_figure(say("ward.task.quarantined"), line.quarantined))
        self.found = TextField(spoken("ward.task.found"), mono=True, height=TARGET)
        self.found.setFixedWidth(140)
        self.why = TextField(spoken("ward.task.why"), height=TARGET)
        self.why.setMinimumWidth(200)
        if line.found is not None:
            self.found.set_value(str(line.found))
        self.why.set_value(line.reason)
        row.addWidget(self.found, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.why, 2, Qt.AlignmentFlag.AlignTop)
        keeps_its_room = self.why.sizePolicy()
        keeps_its_room.setRetainSizeWhenHidden(True)
        self.why.setSizePolicy(keeps_its_room)
        self.found.setEnabled(is_open)
        self.why.setEnabled(is_open)
        self.found.entry.textChanged.connect(self._show_why)
        self._show_why()

    def typed(self) -> tuple[str, str]:
        """What stands in the fields."""
        return self.found.value(), self.why.value()

    def restore(self, typed: tuple[str, str] | None) -> None:
        """Put back what was typed before a reload."""
        if typed is not None:
            self.found.set_value(typed[0])
            self.why.set_value(typed[1])

    def add(self, units: int) -> bool:
        """One more box was scanned; False where nothing may be counted now."""
        if self._is_open:
            typed = self.found.value()
            self.found.set_value(str((int(typed) if typed.isdecimal() else 0) + units))
            self.found.setFocus()
        return self._is_open

    def reason(self) -> str:
        return self.why.value()

    def counted(self) -> int | None:
        """What was found, or None after saying what is missing."""
        typed = self.found.value()
        if not typed.isdecimal():
            self.found.set_error(spoken("ward.task.number_wrong"))
            self.found.setFocus()
            return None
        if int(typed) != self.line.expected and not self.reason():
            self._show_why()
            self.why.set_error(spoken("ward.task.why_missing"))
            self.why.setFocus()
            return None
        return int(typed)

    def _show_why(self, *_: object) -> None:
        typed = self.found.value()
        self.why.setVisible(typed.isdecimal() and int(typed) != self.line.expected)


def _figure(caption: str, value: int) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    column.addWidget(muted(caption))
    column.addWidget(Label(formats.number(value), "text", theme.FIGURE, bold=True))
    column.addStretch(1)
    return box
