"""Transfers on their way: the list, the chosen document, counting it in, settling or taking it back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.count_reasons import Deviation
from app.core.statuses.store_work import TransferState
from app.queries.locations import LocationRow
from app.queries.transfers import TransferRow
from app.services.transfer_papers import PrintedSlip
from app.services.transferring import Ended, Received
from app.udi.reading import Reading
from app.ui import formats, theme
from app.ui.language import language, say, spoken
from app.ui.pages.stores.arrival_columns import arrival_columns, arrival_look, document_columns
from app.ui.pages.stores.arrivals_presenter import ArrivalLine, ArrivalsPresenter, Documents, OpenDocument
from app.ui.pages.stores.parts import ReasonField, SignedPane, Teller, place_options
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card, clear
from app.ui.widgets.facts import Fact, FieldRow
from app.ui.widgets.fields import AreaField, ComboField
from app.ui.widgets.labels import Label, Rule
from app.ui.widgets.quantity_field import QuantityField
from app.ui.widgets.table import DataTable


class DocumentsView(QWidget):
    """One list, incoming or outgoing. F8 counts everything as arrived, F9 books what was counted."""

    said = Signal(str, str)

    def __init__(self, presenter: ArrivalsPresenter, teller: Teller, *, is_incoming: bool) -> None:
        super().__init__()
        self._presenter, self._teller, self._is_incoming = presenter, teller, is_incoming
        self._stores: Sequence[LocationRow] = ()
        self._line: ArrivalLine | None = None
        self.store = ComboField(spoken("stores.store"), icon="box")
        side = "incoming" if is_incoming else "outgoing"
        self.documents = DataTable(
            document_columns(is_incoming=is_incoming),
            in_card=True,
            name=spoken(f"stores.arrive.{side}"),
            empty=spoken(f"stores.arrive.no_{side}"),
        )
        self.lines = DataTable(
            arrival_columns(),
            two_lines=True,
            in_card=True,
            look=arrival_look,
            name=spoken("stores.arrive.lines"),
            empty=spoken("stores.arrive.choose"),
            sortable=False,
        )
        self.lines_card = Card(spoken("stores.arrive.lines"), flush=True, head_height=36)
        self.pane = SignedPane()
        self._fill_pane()
        self._arrange(side)
        self._connect()
        self.show_document(None)

    def _fill_pane(self) -> None:
        form = self.pane.form
        self.facts = QVBoxLayout()
        self.facts.setSpacing(2)
        form.body.addLayout(self.facts)
        self.name = Label("", "text", theme.BODY, bold=True, wrap=True)
        self.good = QuantityField(spoken("stores.arrive.good"))
        self.damaged = QuantityField(spoken("stores.arrive.damaged"), hint=spoken("stores.arrive.damaged_hint"))
        self.all_here = KeycapButton(spoken("stores.arrive.all"), icon="check", key="F8")
        self.reason = ReasonField()
        self.note = AreaField(spoken("stores.note"), rows=2)
        self.settle = KeycapButton(spoken("stores.arrive.settle"), icon="signature")
        self.back = KeycapButton(spoken("stores.arrive.take_back"), icon="undo")
        self.book = KeycapButton(spoken("stores.arrive.book"), kind="primary", icon="receive", key="F9")
        self.slip = KeycapButton(spoken("stores.arrive.slip"), icon="printer", key="F7")
        self.rule = Rule()
        for widget in (self.name, self.good, self.damaged, self.all_here, self.rule, self.reason, self.note):
            form.add(widget)
        for button in (self.settle, self.back, self.slip):
            form.add(button)
        form.body.addStretch(1)
        form.add_foot(self.book)

    def _arrange(self, side: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.store.setFixedWidth(240)
        column.addWidget(self.store, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.setSpacing(12)
        left = QVBoxLayout()
        left.setSpacing(12)
        card = Card(spoken(f"stores.arrive.{side}"), spoken(f"stores.arrive.{side}_note"), flush=True, head_height=36)
        card.add(self.documents, 1)
        self.lines_card.add(self.lines, 1)
        left.addWidget(card, 4)
        left.addWidget(self.lines_card, 5)
        row.addLayout(left, 1)
        row.addWidget(self.pane)
        column.addLayout(row, 1)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.stores_changed.connect(self._show_stores)
        presenter.documents_changed.connect(self._show_documents)
        presenter.document_changed.connect(self.show_document)
        self.store.chosen.connect(self._choose_store)
        self.documents.chosen.connect(self._choose)
        self.lines.chosen.connect(self._show_line)
        for field in (self.good, self.damaged):
            field.entered.connect(self._take_counts)
        self.all_here.clicked.connect(presenter.count_all)
        self.book.clicked.connect(presenter.receive)
        self.settle.clicked.connect(self._settle)
        self.back.clicked.connect(self._take_back)
        self.slip.clicked.connect(presenter.print_slip)
        self._connect_answers()

    def _connect_answers(self) -> None:
        presenter = self._presenter
        presenter.counted.connect(self._say_counted)
        presenter.half_read.connect(self._say_half)
        presenter.refused.connect(self._teller.refuse)
        presenter.failed.connect(self._teller.refuse)
        presenter.received.connect(self._say_received)
        presenter.settled.connect(self._say_settled)
        presenter.taken_back.connect(self._say_taken_back)
        presenter.sign_failed.connect(self.pane.refuse)
        presenter.printed.connect(self._say_printed)

    # scans ----------------------------------------------------------------------
    def invite(self) -> None:
        self._teller.invite(spoken(f"stores.arrive.{self._prompt()}"))

    def _prompt(self) -> str:
        if not self._is_incoming:
            return "outgoing_prompt"
        document = self._presenter.document
        return "prompt" if document is not None and document.can_receive else "choose_prompt"

    def take_scan(self, raw: str) -> None:
        document = self._presenter.document
        if document is None or not document.can_receive or not self._is_incoming:
            words, state = spoken(f"stores.arrive.{self._prompt()}"), spoken("stores.not_taken")
            self._teller.taken(words, raw.lstrip("]")[:14], state, tone="attention")
            return
        self._presenter.take_scan(raw)

    def _say_half(self, _reading: Reading) -> None:
        self._teller.half()

    def _say_counted(self, line: ArrivalLine, _reading: Reading) -> None:
        row = line.row
        values = {"product": row.product, "lot": row.lot_no, "counted": line.good, "missing": row.missing}
        tone = "attention" if row.layers else "ok"
        key = "counted_locked" if row.layers else "counted"
        self._teller.taken(spoken(f"stores.arrive.{key}", **values), row.lot_no, str(line.good), tone=tone)
        self.lines.choose(line.id)

    # showing ---------------------------------------------------------------------
    def _show_stores(self, stores: Sequence[LocationRow]) -> None:
        self._stores = stores
        self.store.set_options(place_options(stores))
        if self._presenter.store_id is not None:
            self.store.set_value(str(self._presenter.store_id))

    def _choose_store(self, key: str) -> None:
        self._presenter.choose_store(int(key))

    def _show_documents(self, documents: Documents) -> None:
        self.documents.set_rows(documents.incoming if self._is_incoming else documents.outgoing)
        shown = self._presenter.document
        if shown is not None:
            self.documents.choose(shown.head.id)

    def _choose(self, row: TransferRow | None) -> None:
        if row is not None and self.isVisible():
            self._presenter.choose(row.id)

    def show_document(self, document: OpenDocument | None) -> None:
        """Facts, lines and what may be done; nothing chosen shows where to begin."""
        if document is None or not document.head.is_open:
            self.pane.finish()
        self.lines.set_rows(document.lines if document else ())
        self.lines_card.set_title(
            spoken("stores.arrive.lines"), document.head.number if document else spoken("stores.arrive.choose")
        )
        if document and self.lines.chosen_row() is None and document.lines:
            self.lines.selectRow(0)
        self._show_facts(document)
        self._show_acts(document)
        self._show_line(self.lines.chosen_row())
        if self.isVisible() and document is not None and not document.counted:
            self.invite()

    def _show_acts(self, document: OpenDocument | None) -> None:
        """Only what may be done now is there to press."""
        can_receive = document is not None and document.can_receive and self._is_incoming
        can_settle = document is not None and document.can_settle and document.head.state is TransferState.SHORT
        can_take_back = document is not None and document.can_take_back and not self._is_incoming
        for widget in (self.name, self.good, self.damaged, self.all_here, self.book):
            widget.setVisible(can_receive)
        for widget in (self.settle, self.reason):
            widget.setVisible(can_settle)
        self.back.setVisible(can_take_back)
        self.slip.setVisible(document is not None)
        self.note.setVisible(can_settle or can_take_back)
        self.rule.setVisible(can_receive and can_settle)
        if can_settle and not self.reason.value():
            self.reason.offer(Deviation.TRANSIT)

    def _show_facts(self, document: OpenDocument | None) -> None:
        clear(self.facts)
        if document is None:
            self.facts.addWidget(Label(spoken("stores.arrive.choose"), "muted", theme.BODY, wrap=True))
            return
        head, tongue = document.head, language()
        facts = [
            (say("stores.column.number"), head.number),
            (say("stores.column.from"), head.source.said_in(tongue)),
            (say("stores.column.to"), head.target.said_in(tongue)),
            (say("stores.column.sent"), f"{formats.moment(head.sent_at)} {head.sent_by.said_in(tongue)}"),
            (say("stores.arrive.deviation"), head.reason),
            (say("stores.arrive.end_reason"), head.finish_reason),
        ]
        if head.finished_by is not None:
            last = f"{formats.moment(head.finished_at)} {head.finished_by.said_in(tongue)}"
            facts.append((say("stores.arrive.last"), last))
        if head.second is not None:
            facts.append((say("stores.arrive.second"), head.second.said_in(tongue)))
        for label, value in facts:
            if value:
                self.facts.addWidget(FieldRow(Fact(label, value)))

    def _show_line(self, line: ArrivalLine | None) -> None:
        self._line = line
        if line is None:
            self.name.set_text("")
            return
        self.name.set_text(f"{line.row.product.said_in(language())} · {line.row.lot_no}")
        for field, value in ((self.good, line.good), (self.damaged, line.damaged)):
            field.set_levels(line.row.levels)
            field.set_error("")
            field.set_number(value)
            field.setEnabled(line.row.missing > 0)

    # acting ------------------------------------------------------------------------
    def _take_counts(self, *_: object) -> None:
        good, damaged = self.good.number(), self.damaged.number()
        if self._line is None or good is None or damaged is None:
            return
        if good + damaged > self._line.row.missing:
            self.good.set_error(spoken("stores.arrive.too_many", missing=self._line.row.missing))
            return
        self._presenter.set_counts(self._line.id, good, damaged)

    def _settle(self) -> None:
        document, reason, note = self._presenter.document, self.reason.value(), self.note.value()
        self.reason.set_error("")
        if not reason:
            self.reason.set_error(spoken("stores.reason_missing"))
            self.reason.setFocus()
        elif document is not None:
            meaning = spoken("stores.meaning.settle", number=document.head.number, missing=document.head.missing)

            def sign(login: str, password: str) -> None:
                self._presenter.settle(reason, note, login, password)

            self.pane.ask(meaning, document.signers, sign)

    def _take_back(self) -> None:
        document, note = self._presenter.document, self.note.value()
        self.note.set_error("")
        if not note:
            self.note.set_error(spoken("stores.arrive.why_back"))
            self.note.setFocus()
        elif document is not None and document.needs_second:
            meaning = spoken("stores.meaning.take_back", number=document.head.number)

            def sign(login: str, password: str) -> None:
                self._presenter.take_back(note, login, password)

            self.pane.ask(meaning, document.signers, sign)
        elif document is not None:
            self._presenter.take_back(note)

    def _tell(self, words: str, tone: str) -> None:
        self._teller.taken(words, tone=tone)
        self.said.emit(words, tone)
        self.pane.finish()
        self.note.set_value("")

    def _say_received(self, received: Received) -> None:
        key = "done_short" if received.missing else ("done_aside" if received.quarantined else "done")
        words = say(
            f"stores.arrive.{key}",
            document=received.number,
            good=received.good,
            aside=received.quarantined,
            missing=received.missing,
        )
        self._tell(words, "ok" if key == "done" else "attention")

    def _say_settled(self, ended: Ended) -> None:
        self._tell(say("stores.arrive.settled", document=ended.number, quantity=ended.quantity), "attention")

    def _say_printed(self, slip: PrintedSlip) -> None:
        self._teller.taken(spoken("stores.printed", path=str(slip.path)), slip.number)
        self.said.emit(say("stores.printed", path=str(slip.path)), "ok")

    def _say_taken_back(self, ended: Ended) -> None:
        key = "back_aside" if ended.quarantined else "back"
        words = say(f"stores.arrive.{key}", document=ended.number, quantity=ended.quantity, aside=ended.quarantined)
        self._tell(words, "attention" if ended.quarantined else "ok")

    def retranslate(self) -> None:
        self._show_stores(self._stores)
        self.reason.speak_again()
        self.documents.set_rows(self.documents.rows)
        self.show_document(self._presenter.document)
