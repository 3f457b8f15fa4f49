"""The batches page: the list, and over it the card of one batch."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget

from app.core.errors import AppError
from app.core.permissions import Duty
from app.core.statuses.locks import LockLayer
from app.core.words import describe
from app.queries.batch_card import BatchCard, HistoryRow
from app.queries.batches import BatchFilter
from app.services.correcting import Corrected
from app.services.holding import Held
from app.services.quarantining import Moved
from app.ui.language import language, say, spoken
from app.ui.page import Page
from app.ui.pages.batches.card_view import BatchCardView
from app.ui.pages.batches.files_presenter import FilesPresenter
from app.ui.pages.batches.files_side import FilesSide
from app.ui.pages.batches.forms import WIDTH, ReasonForm
from app.ui.pages.batches.list_view import BatchListView
from app.ui.pages.batches.master_pane import FILES_DOOR
from app.ui.pages.batches.master_presenter import MasterPresenter
from app.ui.pages.batches.master_side import MasterSide
from app.ui.pages.batches.presenter import BatchesPresenter
from app.ui.pages.batches.visits_presenter import VisitsPresenter
from app.ui.pages.batches.visits_side import VisitsSide
from app.ui.widgets.signature_pane import SignaturePane


class BatchesPage(Page):
    """Esc steps back: from the form to the card, from the card to the list.

    F5 files, F6 master, F7 holds, F8 puts aside.
    """

    def __init__(
        self, presenter: BatchesPresenter, master: MasterPresenter, files: FilesPresenter, visits: VisitsPresenter
    ) -> None:
        super().__init__(presenter)
        self._presenter, self._masters, self._files = presenter, master, files
        self._asked = ""
        self._line: HistoryRow | None = None
        self.list = BatchListView()
        self.card = BatchCardView()
        self.form = ReasonForm()
        self.pane = SignaturePane()
        self.pane.setFixedWidth(WIDTH)
        self.master, self.files = MasterSide(master), FilesSide(files)
        self._visits = visits
        self.visits = VisitsSide(visits)
        self._sides = (self.form, self.pane, self.master, self.files, self.visits)
        for side in self._sides:
            side.hide()
            self.card.side.addWidget(side)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.card)
        self.column.addWidget(self.stack)
        self._connect()
        self._connect_acts()
        self._connect_master()

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.rows_changed.connect(self.list.show_rows)
        presenter.counts_changed.connect(self.list.show_counts)
        presenter.card_changed.connect(self.show_card)
        presenter.words_changed.connect(self.list.set_words)
        presenter.filter_changed.connect(self.list.choose_filter)
        presenter.failed.connect(self._fail)
        presenter.sign_failed.connect(self._refuse_signature)
        presenter.found.connect(self._say_found)
        presenter.held.connect(self._say_held)
        presenter.lifted.connect(self._say_lifted)
        presenter.moved.connect(self._say_moved)
        presenter.corrected.connect(self._say_corrected)
        presenter.label_saved.connect(self._say_label)
        presenter.trace_saved.connect(self._say_trace)
        presenter.moment_refused.connect(self._refuse_moment)
        presenter.correction_asked.connect(self._ask_correction)
        self.list.searched.connect(presenter.search)
        self.list.filtered.connect(self._filter)
        self.list.opened.connect(presenter.open)
        self.card.closed.connect(presenter.close)
        escape = QShortcut(QKeySequence("Esc"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.step_back)
        find = QShortcut(QKeySequence("Ctrl+F"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.list.words.setFocus)

    def _connect_acts(self) -> None:
        self.card.print.clicked.connect(self._presenter.print_label)
        self.card.hold.clicked.connect(self.ask_hold)
        self.card.aside.clicked.connect(self.ask_aside)
        self.card.visits.clicked.connect(self.ask_visits)
        self.visits.closed.connect(self.close_form)
        self.card.layers.lift_pressed.connect(self.ask_lift)
        self.card.line_chosen.connect(self._presenter.ask_correction)
        bar = self.card.as_of
        bar.asked.connect(self._presenter.show_as_of)
        bar.shortcut.connect(self._presenter.show_shortcut)
        bar.returned.connect(self._presenter.show_now)
        bar.exported.connect(self._presenter.export)
        self.form.sent.connect(self._send)
        self.form.closed.connect(self.close_form)
        self.pane.signed.connect(self._sign)
        self.pane.cancelled.connect(self.close_form)

    def _connect_master(self) -> None:
        self._masters.master_changed.connect(self.card.strip.show_master)
        self.card.strip.pressed.connect(self.ask_master)
        self.master.closed.connect(self.close_form)
        self.master.opened_door.connect(self._open_door)
        self.master.said.connect(self.said)
        self.list.export.clicked.connect(self._masters.export)
        self._files.files_changed.connect(self.card.strip.show_files)
        self._files.attached.connect(self._masters.reload)
        self.card.strip.files.clicked.connect(self.ask_files)
        self.files.closed.connect(self.close_form)
        self.files.said.connect(self.said)

    def _open_door(self, key: str) -> None:
        if key == FILES_DOOR:
            self.ask_files()
        else:
            self.asked_to_open.emit(key, None)

    def ask_files(self) -> None:
        """The files of the batch shown."""
        if self._presenter.card is not None:
            self._open_form("files")
            self.files.open()

    def ask_visits(self) -> None:
        """Whose use of the batch shown it was."""
        if self._presenter.card is not None:
            self._open_form("visits")
            self.visits.open(self._presenter.card.id, self._lot())

    def ask_master(self, group: str) -> None:
        """The seven groups of the batch shown, or one of them."""
        if self._masters.master is not None:
            self._open_form("master")
            self.master.open(group)

    def _filter(self, key: str) -> None:
        self._presenter.show_only(BatchFilter(key))

    # what a scan and a target mean ---------------------------------------------
    def take_scan(self, raw: str) -> bool:
        self._presenter.take_scan(raw)
        return True

    def show_target(self, target: object) -> None:
        """A batch id, ``state:<filter>`` or words."""
        if target is not None:
            self._presenter.show_target(target)

    def show_card(self, card: BatchCard | None) -> None:
        for one in (self._masters, self._files):
            one.show(card.id if card is not None else None)
        if card is None:
            self.close_form()
            self.stack.setCurrentWidget(self.list)
            self.list.table.setFocus()
            return
        if card.as_of is not None:
            self.close_form()
        self.card.show_card(card, may_lift=self._presenter.may(Duty.HOLD))
        may_hold = self._presenter.may(Duty.HOLD) and card.layer(LockLayer.ON_HOLD) is None
        self.card.hold.setVisible(may_hold and card.as_of is None)
        may_move = self._presenter.may(Duty.COLLECT_GOODS) and bool(self._presenter.movable())
        self.card.aside.setVisible(may_move)
        was_used = card.trace.patients > 0 and card.as_of is None
        self.card.visits.setVisible(was_used and self._visits.may_look)
        self.stack.setCurrentWidget(self.card)

    def step_back(self) -> None:
        """Form, past, card, list."""
        if self._asked == "master" and self.master.step_back():
            return
        if self._asked:
            self.close_form()
        elif self._presenter.card is not None and self._presenter.card.as_of is not None:
            self._presenter.show_now()
        elif self.card.as_of.isVisible():
            self.card.as_of.hide()
        elif self.stack.currentWidget() is self.card:
            self._presenter.close()

    # forms ------------------------------------------------------------------------
    def close_form(self) -> None:
        self._asked = ""
        for side in self._sides:
            side.hide()
        self.card.make_room(is_asking=False)

    def _lot(self) -> str:
        return self._presenter.card.lot_no if self._presenter.card else ""

    def ask_hold(self) -> None:
        self._open_form("hold")
        self.form.ask(
            say("batches.form.hold", lot=self._lot()),
            spoken("batches.form.hold_note"),
            spoken("batches.form.hold_button"),
        )

    def ask_aside(self) -> None:
        self._open_form("aside")
        self.form.ask(
            spoken("batches.form.aside"),
            spoken("batches.form.aside_note"),
            spoken("batches.form.aside_button"),
            places=self._presenter.movable(),
            needs_reason=False,
        )

    def ask_lift(self) -> None:
        card = self._presenter.card
        layer = card.layer(LockLayer.ON_HOLD) if card else None
        if layer is not None:
            self._open_form("lift")
            self.form.hide()
            self.pane.ask(say("batches.form.lift", lot=self._lot(), reason=layer.reason))

    def _ask_correction(self, row: HistoryRow, needs_second: bool) -> None:
        self._line = row
        self._open_form("correct")
        if needs_second:
            self.form.hide()
            self.pane.ask(say("batches.form.correct_meaning", document=row.document_no))
            return
        self.form.ask(
            say("batches.form.correct", document=row.document_no),
            spoken("batches.form.correct_note"),
            spoken("batches.form.correct_button"),
        )

    def _open_form(self, asked: str) -> None:
        self.close_form()
        self._asked = asked
        self.card.make_room(is_asking=True)

    def _send(self, reason: str) -> None:
        if self._asked == "hold":
            self._presenter.hold(reason)
        elif self._asked == "aside":
            self._presenter.put_aside(self.form.chosen(), reason)
        elif self._line is not None and self._line.line is not None:
            self._presenter.correct(self._line.line.id, reason)

    def _sign(self, login: str, password: str, reason: str) -> None:
        if self._asked == "lift":
            self._presenter.lift(login, password, reason)
        elif self._line is not None and self._line.line is not None:
            self._presenter.correct_with_second(self._line.line.id, login, password, reason)

    # answers --------------------------------------------------------------------
    def _fail(self, error: AppError) -> None:
        if self.form.isVisible():
            self.form.refuse(lambda: describe(error, language()))
        else:
            self.said.emit(describe(error, language()), "stop")

    def _refuse_signature(self, error: AppError) -> None:
        self.pane.refuse(lambda: describe(error, language()))

    def _say_found(self, lot: str) -> None:
        self.said.emit(say("batches.scan.found", lot=lot), "ok")

    def _say_held(self, held: Held) -> None:
        self.close_form()
        key = "batches.said.held" if held.lock_ids else "batches.said.already"
        words = say(key, lot=self._lot())
        if held.cancelled:
            wards = " · ".join(f"{one.department.said_in(language())} {one.quantity}" for one in held.cancelled)
            words += " " + say("requisitions.taken_away", wards=wards)
        self.said.emit(words, "hold")

    def _say_lifted(self) -> None:
        self.close_form()
        self.said.emit(say("batches.said.lifted"), "ok")

    def _say_moved(self, moved: Moved) -> None:
        self.close_form()
        self.said.emit(say("batches.said.aside", document=moved.document_no, quantity=moved.quantity), "ok")

    def _say_corrected(self, corrected: Corrected) -> None:
        self.close_form()
        key = "batches.said.corrected_aside" if corrected.quarantined else "batches.said.corrected"
        words = say(key, document=corrected.document_no)
        if corrected.requisition:
            words = say("batches.said.owed_again", said=words, number=corrected.requisition)
        self.said.emit(words, "ok")

    def _say_label(self, path: str) -> None:
        self.said.emit(say("batches.said.printed", path=path), "ok")

    def _say_trace(self, path: str) -> None:
        self.said.emit(say("as_of.written", path=path), "ok")

    def _refuse_moment(self, error: AppError) -> None:
        self.card.as_of.refuse(lambda: describe(error, language()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        for one in (self._masters, self._files):
            one.set_visible(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        for one in (self._masters, self._files):
            one.set_visible(False)

    def retranslate(self) -> None:
        self.list.retranslate()
        self.card.retranslate()
        self.master.retranslate()
        self.files.retranslate()
        self.visits.retranslate()
