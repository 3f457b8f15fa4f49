"""The notice as it came, its clauses marked and numbered; under it the list of clauses and open doubts."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.actor import Bilingual
from app.queries.case_head import CaseHead
from app.queries.case_scope import ClauseRow
from app.queries.news import OriginalRow
from app.ui import formats
from app.ui.language import language, say, spoken
from app.ui.pages.recalls.marks import label_of, marks_of, said_of, tone_of
from app.ui.pages.recalls.scope_forms import ClauseEntry, ReasonForm
from app.ui.widgets.card import Card
from app.ui.widgets.cell_delegate import RowLook
from app.ui.widgets.cells import BadgeLook, Cell
from app.ui.widgets.file_drop import FileDrop
from app.ui.widgets.labels import Label, LinkButton, Rule, muted
from app.ui.widgets.notice_view import NoticeView
from app.ui.widgets.rows_model import Column
from app.ui.widgets.table import DataTable

WIDTH = 430
ROW, MOST_ROWS, ROWS_BESIDE_FORM = 32, 7, 2
LONGEST_TIP = 200


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """A clause, or a doubt about the whole notice that nobody has settled."""

    clause: ClauseRow | None = None
    doubt: str = ""
    words: Bilingual | None = None

    @property
    def key(self) -> str:
        return str(self.clause.id) if self.clause else self.doubt

    @property
    def number(self) -> int:
        return self.clause.ordinal if self.clause else 0


class ClauseTable(DataTable[ClauseLine]):
    """Space confirms a clause, Delete takes it out."""

    confirm_pressed = Signal()
    remove_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.confirm_pressed.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_pressed.emit()
        else:
            super().keyPressEvent(event)


class ClauseCard(Card):
    """Choosing a clause shows it in the text, and the other way round."""

    clause_chosen = Signal(int)
    """Its number, 0 for none."""
    confirmed = Signal(int)
    removed = Signal(int, str)
    settled = Signal(str, str)
    typed = Signal(object)
    corrected = Signal(int, object)
    file_wanted = Signal()
    original_wanted = Signal(int)
    """A file of the case, to be looked at as it came."""
    file_dropped = Signal(object)
    """The path of the list that belongs to the notice."""

    def __init__(self) -> None:
        super().__init__(spoken("recalls.scope.notice"), flush=True)
        self._head: CaseHead | None = None
        self._clauses: tuple[ClauseRow, ...] = ()
        self._may_edit = False
        self._asked: ClauseLine | None = None
        self.notice = NoticeView(spoken("recalls.scope.notice"))
        self.table = ClauseTable(
            _columns(), in_card=True, look=_look, key=lambda line: line.key, sortable=False,
            name=spoken("recalls.scope.clauses"), empty=spoken("recalls.new.no_clause"),
        )  # fmt: skip
        self.table.horizontalHeader().hide()
        self.counted = muted()
        self.add_link = LinkButton(spoken("recalls.scope.add_link"))
        self.confirm_link = LinkButton(spoken("recalls.scope.confirm_link"))
        self.correct_link = LinkButton(spoken("recalls.scope.correct_link"))
        self.remove_link = LinkButton(spoken("recalls.scope.remove_link"))
        self.file_link = LinkButton(spoken("recalls.scope.file_link"))
        self.original_link = LinkButton(spoken("recalls.scope.original_link"))
        self.original_link.hide()
        self.add_to_head(self.original_link)
        self._originals: tuple[OriginalRow, ...] = ()
        self.reason, self.entry = ReasonForm(), ClauseEntry()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        text = QVBoxLayout()
        text.setContentsMargins(16, 12, 8, 6)
        text.addWidget(self.notice)
        self.body.addLayout(text, 1)
        self.body.addWidget(Rule())
        head = QWidget()
        head.setFixedHeight(38)
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(6)
        row.addWidget(Label(spoken("recalls.scope.clauses"), bold=True))
        row.addSpacing(4)
        row.addWidget(self.counted)
        row.addStretch(1)
        for link in (self.confirm_link, self.correct_link, self.remove_link, self.file_link, self.add_link):
            row.addWidget(link)
        self.body.addWidget(head)
        self.body.addWidget(self.table)
        self.body.addWidget(self.reason)
        self.body.addWidget(self.entry)

    def _connect(self) -> None:
        self.notice.pressed.connect(self._press_mark)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._open)
        self.table.confirm_pressed.connect(self._confirm)
        self.table.remove_pressed.connect(self._ask_to_remove)
        self.confirm_link.clicked.connect(self._confirm)
        self.remove_link.clicked.connect(self._ask_to_remove)
        self.add_link.clicked.connect(self.ask_to_add)
        self.reason.given.connect(self._send_reason)
        self.entry.typed.connect(self.typed)
        self.entry.corrected.connect(self.corrected)
        self.correct_link.clicked.connect(self._ask_to_correct)
        self.file_link.clicked.connect(self.file_wanted)
        self.original_link.clicked.connect(lambda _=False: self.original_wanted.emit(self._original().id))
        FileDrop(self, self.file_dropped.emit)
        for form in (self.reason, self.entry):
            form.cancelled.connect(self.table.setFocus)
            form.shown.connect(self._fit)

    # showing ----------------------------------------------------------------------
    def show_head(self, head: CaseHead, *, may_edit: bool) -> None:
        """The text of the notice and what is open about it."""
        is_new = self._head is None or self._head.notice_text != head.notice_text
        self._head, self._may_edit = head, may_edit
        if is_new:
            self.notice.set_notice(head.notice_text, marks_of(self._clauses))
            self.notice.emphasise(0)
        self._fill()

    def show_clauses(self, clauses: tuple[ClauseRow, ...]) -> None:
        is_new = [one.id for one in clauses] != [one.id for one in self._clauses]
        self._clauses = clauses
        if is_new and self._head is not None:
            self.notice.set_notice(self._head.notice_text, marks_of(clauses))
        self._fill()

    def show_originals(self, rows: tuple[OriginalRow, ...]) -> None:
        """The link opens the file of the chosen clause, else the one that the case was made of."""
        self._originals = rows
        self.original_link.setVisible(bool(rows))
        self._name_original()

    def _original(self) -> OriginalRow:
        line = self.table.chosen_row()
        source = line.clause.source if line is not None and line.clause is not None else ""
        return next((row for row in self._originals if row.file_name == source), self._originals[0])

    def _name_original(self) -> None:
        if self._originals:
            row = self._original()
            told = {"name": row.file_name, "at": formats.moment(row.arrived_at), "digest": row.digest}
            self.original_link.setToolTip(say("recalls.scope.original_tip", **told))

    def _fill(self) -> None:
        doubts = self._head.doubts if self._head and self._may_edit else ()
        lines = [ClauseLine(clause=clause) for clause in self._clauses]
        lines += [ClauseLine(doubt=code, words=words) for code, words in doubts]
        self.table.set_rows(lines)
        self._fit()
        self.retranslate()

    def _fit(self, _shown: bool = False) -> None:
        """The list gives way to an open form."""
        most = ROWS_BESIDE_FORM if self.entry.isVisible() or self.reason.isVisible() else MOST_ROWS
        self.table.setFixedHeight(min(most, max(1, len(self.table.rows))) * ROW + 6)

    def retranslate(self) -> None:
        confirmed = sum(clause.confirmed_by is not None for clause in self._clauses)
        self.counted.set_text(say("recalls.scope.confirmed", count=confirmed, all=len(self._clauses)))
        line = self.table.chosen_row()
        clause = line.clause if line else None
        self.confirm_link.setVisible(self._may_edit and clause is not None and clause.confirmed_by is None)
        self.correct_link.setVisible(self._may_edit and clause is not None)
        self.file_link.setVisible(self._may_edit and clause is None)
        self.setAcceptDrops(self._may_edit)
        self.remove_link.setVisible(self._may_edit and line is not None)
        self.remove_link.set_text(
            say("recalls.scope.settle_link" if line and line.doubt else "recalls.scope.remove_link")
        )
        self.add_link.setVisible(self._may_edit)
        self.entry.retranslate()
        self._name_original()
        if self._head is not None:
            received = formats.moment(self._head.received_at)
            self.set_title(spoken("recalls.scope.notice"), say("recalls.scope.received", at=received))

    # acting -----------------------------------------------------------------------
    def _press_mark(self, number: int) -> None:
        clause = next((one for one in self._clauses if one.ordinal == number), None)
        if clause is not None:
            self.table.choose(str(clause.id))
            self.table.setFocus()

    def _choose(self, line: ClauseLine | None) -> None:
        number = line.number if line else 0
        self.notice.emphasise(number)
        self.clause_chosen.emit(number)
        self.retranslate()

    def _open(self, line: ClauseLine) -> None:
        if not self._may_edit:
            return
        if line.doubt:
            self._ask_to_remove()
        else:
            self._confirm()

    def _confirm(self) -> None:
        line = self.table.chosen_row()
        if self._may_edit and line is not None and line.clause is not None and line.clause.confirmed_by is None:
            self.confirmed.emit(line.clause.id)

    def _ask_to_remove(self) -> None:
        """Take the clause out, or say why the doubt is none any more; both need a reason."""
        line = self.table.chosen_row()
        if not self._may_edit or line is None:
            return
        self._asked = line
        self.entry.close_form()
        if line.clause is not None:
            heading = say("recalls.scope.remove", number=line.number, values=said_of(line.clause))
            self.reason.ask(heading, spoken("recalls.scope.remove_note"), spoken("recalls.scope.remove_link"))
        else:
            heading = line.words.said_in(language()) if line.words else ""
            self.reason.ask(heading, spoken("recalls.scope.settle_note"), spoken("recalls.scope.settle_link"))

    def _ask_to_correct(self) -> None:
        """The form with what was read; what is sent stands in its place."""
        line = self.table.chosen_row()
        if self._may_edit and line is not None and line.clause is not None:
            self.reason.close_form()
            self.entry.ask(line.clause)

    def ask_to_add(self) -> None:
        """Open the form for a clause that the text does not have."""
        if self._may_edit:
            self.reason.close_form()
            self.entry.ask()

    def _send_reason(self, reason: str) -> None:
        line = self._asked
        if line is not None and line.clause is not None:
            self.removed.emit(line.clause.id, reason)
        elif line is not None:
            self.settled.emit(line.doubt, reason)

    def close_forms(self) -> None:
        """What was typed is kept now."""
        for form in (self.reason, self.entry):
            form.close_form()


def _look(line: ClauseLine) -> RowLook:
    is_open = line.doubt or (line.clause is not None and line.clause.confirmed_by is None)
    return RowLook(tint="attention" if line.doubt else "", edge="attention" if is_open else "")


def _number_cell(line: ClauseLine) -> Cell:
    if line.clause is None:
        return Cell(icon="warning", icon_ink="attention")
    return Cell(badge=BadgeLook(str(line.number), tone_of(line.clause), "soft"))


def _label_cell(line: ClauseLine) -> Cell:
    words = label_of(line.clause) if line.clause else say("recalls.scope.doubt")
    return Cell(words, is_small=True, ink="muted")


def _said_cell(line: ClauseLine) -> Cell:
    if line.clause is None:
        return Cell(line.words.said_in(language()) if line.words else "", is_small=True)
    icon = "clip" if line.clause.source else ""
    return Cell(said_of(line.clause), is_mono=True, icon=icon, icon_ink="muted")


def _state_cell(line: ClauseLine) -> Cell:
    if line.clause is None:
        return Cell()
    is_confirmed = line.clause.confirmed_by is not None
    icon = "shield" if line.clause.second_by is not None else "check-circle" if is_confirmed else "circle"
    return Cell(icon=icon, icon_ink="ok" if is_confirmed else "muted")


def _tip(line: ClauseLine) -> str:
    clause = line.clause
    if clause is None or clause.confirmed_by is None:
        return say("recalls.scope.not_confirmed")
    told = say("recalls.scope.confirmed_by", who=clause.confirmed_by)
    if clause.second_by is not None:
        told += "\n" + say("recalls.scope.read_again_by", who=clause.second_by)
    return told


def _source_tip(line: ClauseLine) -> str:
    """Where it was read, and in which words."""
    if line.clause is None or not line.clause.source:
        return ""
    return say("recalls.scope.from_file", name=line.clause.source, quote=line.clause.quote[:LONGEST_TIP])


def _columns() -> list[Column[ClauseLine]]:
    """Number · what it speaks of · values · confirmed."""
    return [
        Column("", lambda line: line.number, cell=_number_cell, width=48),
        Column("", lambda line: line.number, cell=_label_cell, width=100),
        Column("", lambda line: line.number, cell=_said_cell, stretch=1, tip=_source_tip),
        Column("", lambda line: line.number, cell=_state_cell, width=36, tip=_tip),
    ]
