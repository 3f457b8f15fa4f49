"""The first tab: one scan, one answer; the last answers stay below."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.statuses.ward import WardAnswer
from app.ui import formats, theme
from app.ui.language import language, spoken
from app.ui.pages.ward.presenter import Answer
from app.ui.pages.ward.sign import reason_text
from app.ui.widgets.card import Card, Surface
from app.ui.widgets.cells import Cell, ChipLook
from app.ui.widgets.fields import TextField
from app.ui.widgets.labels import IconMark, Label
from app.ui.widgets.rows_model import Column
from app.ui.widgets.table import DataTable
from app.ui.words import word

TARGET = 56
KEPT = 20
_CHIPS = {
    WardAnswer.OK: ("ok", "check-circle"),
    WardAnswer.DO_NOT_USE: ("stop", "ban"),
    WardAnswer.ASK: ("attention", "question"),
}


@dataclass(frozen=True, slots=True)
class PastScan:
    """An answer that was shown; ``id`` counts up."""

    id: int
    at: datetime
    answer: Answer


class CheckTab(QWidget):
    """Shows the invitation to scan; ``typed`` is a code somebody typed in instead."""

    typed = Signal(str)
    reopened = Signal(object)
    """``Answer`` of an earlier scan that a person opened again."""

    def __init__(self) -> None:
        super().__init__()
        self._past: list[PastScan] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._invitation())
        self.last = DataTable(
            past_columns(),
            in_card=True,
            name=spoken("ward.check.last"),
            empty=spoken("ward.check.none"),
            row_height=TARGET,
            sortable=False,
        )
        self.last.horizontalHeader().hide()
        card = Card(spoken("ward.check.last"), flush=True)
        card.add(self.last, 1)
        column.addWidget(card, 1)
        self.last.opened.connect(self._reopen)

    def _invitation(self) -> QWidget:
        surface = Surface()
        row = QHBoxLayout(surface)
        row.setContentsMargins(32, 24, 32, 24)
        row.setSpacing(28)
        row.addWidget(IconMark("scan", "accent", 96), 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addStretch(1)
        words.addWidget(Label(spoken("ward.check.prompt"), "text", 28.0, bold=True))
        words.addWidget(Label(spoken("ward.check.note"), "muted", theme.HEAD))
        words.addSpacing(10)
        self.code = TextField(spoken("ward.check.typed"), mono=True, icon="keyboard", height=TARGET)
        self.code.entered.connect(self._send)
        words.addWidget(self.code)
        words.addStretch(1)
        row.addLayout(words, 1)
        return surface

    def _send(self, code: str) -> None:
        if code:
            self.code.set_value("")
            self.typed.emit(code)

    def _reopen(self, past: PastScan) -> None:
        self.reopened.emit(past.answer)

    def remember(self, answer: Answer) -> None:
        """Put an answer on top of the list."""
        number = self._past[0].id + 1 if self._past else 1
        self._past = [PastScan(number, answer.verdict.as_of, answer), *self._past][:KEPT]
        self.last.set_rows(self._past)


def past_columns() -> list[Column[PastScan]]:
    """When, what was answered, which box, why."""
    return [
        Column("", lambda past: past.at, text=lambda at: formats.moment(at)[11:], width=72, is_mono=True),
        Column("", lambda past: past.answer.verdict.answer.value, cell=_answer_cell, width=220),
        Column("", lambda past: past.answer.verdict.lot, width=170, is_mono=True),
        Column("", lambda past: past.answer.name.zh, cell=_name_cell, stretch=2),
        Column("", lambda past: past.id, cell=_reason_cell, stretch=3),
    ]


def _answer_cell(past: PastScan) -> Cell:
    tone, icon = _CHIPS[past.answer.verdict.answer]
    return Cell(chip=ChipLook(word(past.answer.verdict.answer), tone, icon))


def _name_cell(past: PastScan) -> Cell:
    return Cell(text=past.answer.name.said_in(language()) or formats.DASH)


def _reason_cell(past: PastScan) -> Cell:
    return Cell(text=reason_text(past.answer.verdict, language()), ink="muted")
