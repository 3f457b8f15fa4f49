"""A notice comes in: its text with what the program reads in it, its fields, and whether it touches the house."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import AppError
from app.core.words import describe
from app.notices.clauses import Clause
from app.services.previewing import NoticeRead, Touch
from app.ui import formats
from app.ui.language import language, say, spoken
from app.ui.pages.recalls.known_card import KnownCard
from app.ui.pages.recalls.marked_editor import LONGEST_SHOWN, MarkedEditor
from app.ui.pages.recalls.marks import label_of, marks_of_reading, said_of, tone_of
from app.ui.pages.recalls.notice_fields import NoticeFields
from app.ui.pages.recalls.register_presenter import NoticeDraft, NoticeField, RegisterPresenter
from app.ui.pages.recalls.touch_card import TouchCard
from app.ui.presented_view import PresentedView
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card, PageHead
from app.ui.widgets.cells import BadgeLook, Cell
from app.ui.widgets.file_drop import FileDrop, choose_notice_file
from app.ui.widgets.labels import IconMark, Label
from app.ui.widgets.rows_model import Column
from app.ui.widgets.table import DataTable

RIGHT_WIDTH = 430
MOST_ROWS = 6
MOST_SHOWN = 600
"""Clauses in the list; all of them are read, compared and kept."""
ROW = 32
NumberedClause = tuple[int, Clause]


class RegisterView(PresentedView):
    """Paste, look, F9 registers; F8 registers and holds. Esc goes back to the list, and the draft stays."""

    left = Signal()
    file_given = Signal(object)
    """The path of a file that was dropped or chosen."""
    case_wanted = Signal(int)

    def __init__(self, presenter: RegisterPresenter) -> None:
        super().__init__(presenter)
        self._presenter = presenter
        self._reading: NoticeRead | None = None
        self.head = PageHead(
            spoken("recalls.new.title"),
            spoken("recalls.new.note"),
            crumb=spoken("recalls.list.title"),
            trail=spoken("recalls.new.trail"),
        )
        self.clear_button = KeycapButton(spoken("recalls.new.clear"), kind="quiet", icon="dispose")
        self.hold_button = KeycapButton(spoken("recalls.new.hold"), icon="pause-circle", key="F8")
        self.register_button = KeycapButton(spoken("recalls.new.register"), kind="primary", icon="check", key="F9")
        self.file_button = KeycapButton(spoken("recalls.new.file"), kind="quiet", icon="upload", key="Ctrl+O")
        for button in (self.clear_button, self.file_button, self.hold_button, self.register_button):
            self.head.add_action(button)
        self.editor = MarkedEditor(spoken("recalls.new.paste"), spoken("recalls.new.text"))
        self.clauses: DataTable[NumberedClause] = DataTable(
            _clause_columns(),
            in_card=True,
            name=spoken("recalls.scope.clauses"),
            empty=spoken("recalls.new.no_clause"),
            key=lambda row: row[0],
            sortable=False,
        )
        self.clauses.horizontalHeader().hide()
        self.doubts = Label("", "attention", wrap=True)
        self.touch, self.fields, self.known = TouchCard(), NoticeFields(), KnownCard()
        self._arrange()
        self._connect()
        self.retranslate()
        presenter.begin()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.head)
        self.text_card = Card(spoken("recalls.new.text"), spoken("recalls.new.text_note"), flush=True)
        inside = QVBoxLayout()
        inside.setContentsMargins(12, 10, 12, 6)
        inside.addWidget(self.editor)
        self.text_card.body.addLayout(inside, 1)
        self.clause_card = Card(spoken("recalls.scope.clauses"), flush=True)
        self.clause_card.add(self.clauses, 1)
        doubt = QHBoxLayout()
        doubt.setContentsMargins(16, 4, 12, 4)
        doubt.setSpacing(8)
        self._doubt_mark = IconMark("warning", "attention", 16)
        doubt.addWidget(self._doubt_mark, 0, Qt.AlignmentFlag.AlignTop)
        doubt.addWidget(self.doubts, 1)
        self.clause_card.body.addLayout(doubt)
        fields = Card(spoken("recalls.new.fields"), spoken("recalls.new.fields_note"))
        fields.add(self.fields)
        left, right, row = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        for layout in (left, right, row):
            layout.setSpacing(12)
        self._left = left
        left.addWidget(self.known)
        left.addWidget(self.text_card, 1)
        left.addWidget(self.clause_card)
        right.addWidget(self.touch, 1)
        right.addWidget(fields)
        for card in (self.touch, fields):
            card.setFixedWidth(RIGHT_WIDTH)
        row.addLayout(left, 1)
        row.addLayout(right)
        column.addLayout(row, 1)
        self.setFocusProxy(self.editor)
        self._size_clauses()

    def place_arrivals(self, card: QWidget) -> None:
        """Over the text: notices that came by themselves."""
        self._left.insertWidget(0, card)

    def _connect(self) -> None:
        presenter = self._presenter
        self.editor.textChanged.connect(self._typed)
        self.editor.pasted_long.connect(presenter.take_long)
        self.fields.edited.connect(presenter.edit)
        self.clauses.chosen.connect(self._emphasise)
        self.register_button.clicked.connect(self._register)
        self.hold_button.clicked.connect(self._register_and_hold)
        self.clear_button.clicked.connect(presenter.throw_away)
        self.file_button.clicked.connect(self._choose_file)
        FileDrop(self, self.file_given.emit).watch_also(self.editor.viewport())
        self.known.opened.connect(self.case_wanted)
        self.known.expands_chosen.connect(presenter.set_expands)
        presenter.known_changed.connect(self.known.show_known)
        self.head.crumb_pressed.connect(self.left)
        presenter.draft_changed.connect(self._show_draft)
        presenter.fields_changed.connect(self.fields.show_draft)
        presenter.read_changed.connect(self._show_reading)
        presenter.touch_changed.connect(self._show_touch)
        presenter.refused.connect(self._refuse)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    # draft ----------------------------------------------------------------------
    def _typed(self) -> None:
        if not self.editor.isReadOnly():
            self._presenter.set_text(self.editor.toPlainText())

    def _show_draft(self, draft: NoticeDraft) -> None:
        self.editor.show_text(draft.text)
        self.fields.clear_errors()
        self.fields.show_draft(draft)
        self.hold_button.setVisible(self._presenter.may_hold)
        self._name_source()

    def _name_source(self) -> None:
        """Which file the text came in, so that it is found again."""
        row, length = self._presenter.draft.arrival, len(self._presenter.draft.text)
        note = say("recalls.new.text_note")
        if length > LONGEST_SHOWN:
            note = say("recalls.new.text_long", shown=LONGEST_SHOWN, length=length)
        elif row is not None:
            note = say("recalls.arrivals.source", name=row.file_name, at=formats.moment(row.arrived_at))
        self.text_card.set_title(spoken("recalls.new.text"), note)

    # answers ----------------------------------------------------------------------
    def _show_reading(self, reading: NoticeRead | None) -> None:
        self._reading = reading
        clauses = reading.clauses if reading else ()
        self.editor.set_marks(marks_of_reading(clauses))
        self.clauses.set_rows(list(enumerate(clauses[:MOST_SHOWN], start=1)))
        self.touch.wait("empty" if reading is None else "comparing" if reading.is_bounded else "unbounded")
        self.retranslate()

    def _show_touch(self, touch: object) -> None:
        if isinstance(touch, Touch):
            self.touch.show_touch(touch)

    def _emphasise(self, row: NumberedClause | None) -> None:
        self.editor.emphasise(row[0] if row else 0)

    def _size_clauses(self) -> None:
        rows = min(MOST_ROWS, max(1, len(self._reading.clauses) if self._reading else 0))
        self.clauses.setFixedHeight(rows * ROW + 2)

    def retranslate(self) -> None:
        self.editor.retranslate()
        self.fields.retranslate()
        self.touch.retranslate()
        self.known.retranslate()
        self._name_source()
        reading = self._reading
        doubts = [say(f"notices.doubt.{doubt}") for doubt in reading.doubts] if reading else []
        self.doubts.set_text("；".join(doubts) if language() == "zh" else "; ".join(doubts))
        self.doubts.setVisible(bool(doubts))
        self._doubt_mark.setVisible(bool(doubts))
        count = len(reading.clauses) if reading else 0
        self.clause_card.set_title(
            spoken("recalls.scope.clauses"), say("recalls.new.found", count=count) if count else ""
        )
        self._size_clauses()

    # registering ------------------------------------------------------------------
    def _register(self) -> None:
        self.fields.clear_errors()
        self._presenter.register()

    def _register_and_hold(self) -> None:
        self.fields.clear_errors()
        self._presenter.register(hold=True)

    def _choose_file(self) -> None:
        path = choose_notice_file(self)
        if path is not None:
            self.file_given.emit(path)

    def _refuse(self, where: NoticeField | None, error: AppError) -> None:
        """The refusal stands at its field; the input stays."""
        which = where or NoticeField.TITLE
        self.fields.fields[which].set_error(lambda: describe(error, language()))
        (self.editor if not self._presenter.draft.text.strip() else self.fields.fields[which]).setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self.editor.repaint_marks()


def _number_cell(row: NumberedClause) -> Cell:
    return Cell(badge=BadgeLook(str(row[0]), tone_of(row[1]), "soft"))


def _clause_columns() -> list[Column[NumberedClause]]:
    """Number · what it speaks of · values."""
    return [
        Column("", lambda row: row[0], cell=_number_cell, width=50),
        Column("", lambda row: row[0], cell=lambda row: Cell(label_of(row[1]), is_small=True, ink="muted"), width=110),
        Column("", lambda row: row[0], cell=lambda row: Cell(said_of(row[1]), is_mono=True), stretch=1),
    ]
