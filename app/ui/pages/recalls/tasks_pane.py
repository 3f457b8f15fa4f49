"""The open task: its lots with expected and found, and the answers that may be given now."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.core.errors import AppError
from app.core.words import describe
from app.queries.tasks import TaskLineRow, TaskRow
from app.services.answering import PhoneNoteError
from app.ui import formats, theme
from app.ui.language import language, say, spoken
from app.ui.pages.recalls.tasks_cards import clock_of
from app.ui.pages.recalls.tasks_presenter import OpenTask, TaskAnswer
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import SidePane, Surface, clear
from app.ui.widgets.chips import Chip
from app.ui.widgets.facts import Fact, FieldRow
from app.ui.widgets.fields import AreaField, TextField
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import IconMark, Label, LinkButton, Rule, muted
from app.ui.words import chip

WIDTH = 360
ICONS = {
    TaskAnswer.ACKNOWLEDGE: "phone",
    TaskAnswer.COUNT: "save",
    TaskAnswer.NONE_FOUND: "minus-circle",
    TaskAnswer.QUARANTINE: "pause-circle",
    TaskAnswer.HAND_OVER: "truck",
    TaskAnswer.FINISH: "check-circle",
    TaskAnswer.EXEMPT: "ban",
}


class CountLine(Surface):
    """One lot: what the books expect, the field for what was found, and why where they differ."""

    entered = Signal()

    def __init__(self, line: TaskLineRow, *, can_count: bool) -> None:
        super().__init__("head", "line", 6)
        self.line = line
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        top = QHBoxLayout()
        top.setSpacing(10)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(Label(line.lot_no, bold=True, mono=True))
        names.addWidget(muted(f"{line.product.said_in(language())} {line.ref}", elide=True))
        top.addLayout(names, 1)
        top.addLayout(_figure(say("recalls.tasks.expect"), line.expected))
        self.found = TextField(spoken("recalls.tasks.found"), mono=True)
        self.found.setFixedWidth(76)
        self.found.setEnabled(can_count)
        self.found.set_value("" if line.found is None else str(line.found))
        top.addWidget(self.found)
        column.addLayout(top)
        if line.instruction is not None:
            column.addWidget(Label(line.instruction.said_in(language()), "stop", theme.SMALL, wrap=True))
        column.addWidget(muted(_where(line), wrap=True))
        self.why = TextField(spoken("recalls.tasks.why"))
        self.why.set_value(line.reason)
        self.why.setEnabled(can_count)
        column.addWidget(self.why)
        self.found.entry.textChanged.connect(self._show_why)
        self.found.entered.connect(self._enter)
        self.why.entered.connect(self._enter)
        self._show_why()

    def _enter(self, _value: str) -> None:
        self.entered.emit()

    def _show_why(self) -> None:
        found = self.typed()
        self.why.setVisible(found is not None and found != self.line.expected)

    def typed(self) -> int | None:
        """The number in the field, or None where there is none."""
        words = self.found.value()
        return int(words) if words.isdecimal() and words.isascii() else None

    def is_empty(self) -> bool:
        return not self.found.value()

    def check(self) -> bool:
        """Say at the field what is wrong; a difference needs its reason."""
        found = self.typed()
        if found is None:
            self.found.set_error(spoken("recalls.tasks.number_wrong"))
            self.found.setFocus()
            return False
        if found != self.line.expected and not self.why.value():
            self.why.set_error(spoken("recalls.tasks.why_missing"))
            self.why.setFocus()
            return False
        return True

    def add(self, units: int) -> None:
        """One more box was scanned."""
        self.found.set_value(str((self.typed() or 0) + units))
        self.found.setFocus()


def _figure(caption: str, value: int) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(3)
    column.addWidget(muted(caption))
    figure = Label(formats.number(value), "text", theme.HEAD, bold=True)
    figure.setFixedHeight(32)
    column.addWidget(figure)
    return column


def _where(line: TaskLineRow) -> str:
    return say("recalls.tasks.where", received=line.received, used=line.used, free=line.free, aside=line.quarantined)


class TaskPane(SidePane):
    """Ctrl+Enter gives the usual answer; Enter in a count goes to the next lot and saves after the last; Esc closes."""

    answered = Signal(object)
    """The ``TaskAnswer`` a person gives; the fields say the rest."""
    closed = Signal()

    def __init__(self) -> None:
        super().__init__(WIDTH)
        self.lines: dict[int, CountLine] = {}
        self._shown: OpenTask | None = None
        self.head = QVBoxLayout()
        self.head.setSpacing(4)
        self.body.addLayout(self.head)
        self.list = QVBoxLayout()
        self.list.setSpacing(8)
        self.body.addLayout(self.list)
        self.note = TextField(spoken("recalls.tasks.note"), icon="phone", hint=spoken("recalls.tasks.note_hint"))
        self.reason = AreaField(spoken("recalls.tasks.exempt_reason"), rows=2)
        self.message = Label("", "stop", wrap=True)
        self.buttons = FlowLayout(gap=8)
        self.exempt = KeycapButton(spoken("recalls.tasks.answer.exempt"), icon=ICONS[TaskAnswer.EXEMPT])
        self.exempt.clicked.connect(self._giver(TaskAnswer.EXEMPT))
        self.body.addWidget(self.note)
        self.body.addWidget(self.message)
        self.body.addLayout(self.buttons)
        self.body.addWidget(self.reason)
        self.body.addWidget(self.exempt)
        self.body.addStretch(1)
        self.primary = KeycapButton("", kind="primary", key="Ctrl+Return")
        self.primary.clicked.connect(self._give_next)
        self.add_foot(self.primary)
        self.hide()

    # shown ------------------------------------------------------------------------
    def show_task(self, shown: OpenTask | None) -> None:
        """Show this task; what was typed into the same task stays."""
        before = self._shown
        self._shown = shown
        if shown is None:
            self.hide()
            return
        is_same = before is not None and before.row.id == shown.row.id
        typed = self._typed() if is_same and before is not None and before.row.version == shown.row.version else {}
        self._fill_head(shown)
        self._fill_lines(shown, typed)
        self._fill_answers(shown)
        if not is_same:
            self.note.set_value("")
            self.reason.set_value("")
        self.message.set_text("")
        self.message.hide()
        was_hidden = self.isHidden()
        self.show()
        if was_hidden or not is_same:
            self._focus_first()

    def _fill_head(self, shown: OpenTask) -> None:
        row, tongue = shown.row, language()
        clear(self.head)
        title = QHBoxLayout()
        title.addWidget(Label(row.place.said_in(tongue), "text", theme.HEAD, bold=True))
        title.addWidget(muted(row.site.said_in(tongue)))
        title.addStretch(1)
        close = LinkButton(spoken("recalls.tasks.close"), flush=True)
        close.clicked.connect(self.closed)
        title.addWidget(close)
        self.head.addLayout(title)
        chips = QHBoxLayout()
        chips.setSpacing(8)
        state = chip(row.state)
        chips.addWidget(Chip(state.text, state.tone, state.icon))
        words, icon, ink = clock_of(row, shown.now)
        chips.addWidget(IconMark(icon, ink, 16))
        chips.addWidget(Label(words, ink, theme.SMALL))
        chips.addStretch(1)
        self.head.addLayout(chips)
        for fact in _facts(row):
            self.head.addWidget(FieldRow(fact, label_width=92))
        self.head.addWidget(Rule())

    def _fill_lines(self, shown: OpenTask, typed: Mapping[int, str]) -> None:
        clear(self.list)
        self.lines = {}
        for line in shown.lines:
            editor = CountLine(line, can_count=shown.can_count)
            if typed.get(line.batch_id):
                editor.found.set_value(typed[line.batch_id])
            editor.entered.connect(self._next_count)
            self.lines[line.batch_id] = editor
            self.list.addWidget(editor)

    def _typed(self) -> dict[int, str]:
        return {batch_id: line.found.value() for batch_id, line in self.lines.items()}

    def _fill_answers(self, shown: OpenTask) -> None:
        clear(self.buttons)
        usual = shown.next_answer
        self.primary.setVisible(usual is not None)
        if usual is not None:
            self.primary.set_text(spoken(f"recalls.tasks.answer.{usual.value}"))
            self.primary.set_icon(ICONS[usual])
        for answer in shown.answers[1:]:
            if answer is TaskAnswer.EXEMPT:
                continue
            button = KeycapButton(spoken(f"recalls.tasks.answer.{answer.value}"), icon=ICONS[answer])
            button.clicked.connect(self._giver(answer))
            self.buttons.addWidget(button)
        self.note.setVisible(shown.needs_note and bool(shown.answers))
        for widget in (self.reason, self.exempt):
            widget.setVisible(TaskAnswer.EXEMPT in shown.answers)

    def _focus_first(self) -> None:
        if self.note.isVisibleTo(self) and not self.note.value():
            self.note.setFocus()
        elif self._shown and self._shown.can_count and self.lines:
            next(iter(self.lines.values())).found.setFocus()
        else:
            self.primary.setFocus()

    # given --------------------------------------------------------------------------
    def _giver(self, answer: TaskAnswer) -> Callable[[], None]:
        return lambda: self._give(answer)

    def _give_next(self) -> None:
        if self._shown is not None and self._shown.next_answer is not None:
            self._give(self._shown.next_answer)

    def _give(self, answer: TaskAnswer) -> None:
        shown = self._shown
        if shown is None:
            return
        if answer is TaskAnswer.EXEMPT and not self.reason.value():
            self.reason.set_error(spoken("recalls.tasks.exempt_missing"))
            self.reason.setFocus()
            return
        free = (TaskAnswer.EXEMPT, TaskAnswer.HAND_OVER)
        if shown.needs_note and answer not in free and not self.note.value():
            self.note.set_error(spoken("recalls.tasks.note_missing"))
            self.note.setFocus()
            return
        self.answered.emit(answer)

    def _next_count(self) -> None:
        waiting = next((line for line in self.lines.values() if line.is_empty()), None)
        if waiting is not None:
            waiting.found.setFocus()
        else:
            self._give(TaskAnswer.COUNT)

    def counted(self) -> tuple[dict[int, int], dict[int, str]] | None:
        """Found and reasons per batch without the lots left empty; None after saying at a field what is wrong."""
        filled = [line for line in self.lines.values() if not line.is_empty()]
        if not filled:
            next(iter(self.lines.values())).check()
            return None
        if not all(line.check() for line in filled):
            return None
        found = {line.line.batch_id: line.typed() or 0 for line in filled}
        reasons = {line.line.batch_id: line.why.value() for line in filled if line.typed() != line.line.expected}
        return found, reasons

    def count_one(self, batch_id: int, units: int) -> None:
        if batch_id in self.lines:
            self.lines[batch_id].add(units)

    def refuse(self, error: AppError) -> None:
        """Say why an answer was not taken; the input stays."""
        if isinstance(error, PhoneNoteError):
            self.note.set_error(lambda: describe(error, language()))
            self.note.setFocus()
            return
        self.message.set_text(lambda: describe(error, language()))
        self.message.show()

    def retranslate(self) -> None:
        self.show_task(self._shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)


def _facts(row: TaskRow) -> list[Fact]:
    facts = [Fact(say("recalls.tasks.number"), row.number, is_mono=True)]
    if row.phone or row.liaison:
        person = row.liaison.said_in(language()) if row.liaison else ""
        facts.append(Fact(say("recalls.tasks.person"), " · ".join(filter(None, (person, row.phone)))))
    steps = (
        ("acknowledged", row.acknowledged_by, row.acknowledged_at),
        ("counted", row.counted_by, row.counted_at),
        ("finished", row.finished_by, row.finished_at),
    )
    for key, person, at in steps:
        if person is not None:
            facts.append(Fact(say(f"recalls.tasks.{key}"), f"{person.said_in(language())} · {formats.moment(at)}"))
    if row.note:
        facts.append(Fact(say("recalls.tasks.last_note"), row.note))
    return facts
