"""The receiving page: everything by scan and by key, and by mouse for those who want it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.core.errors import AppError
from app.core.statuses.stock import DeliveryState, LineState
from app.core.words import describe
from app.queries.deliveries import DeliveryCard, LineRow
from app.reports.codes import Control, control_code
from app.services.receiving import PostedDelivery
from app.services.receiving_lines import Typed
from app.ui import theme
from app.ui.language import language, say, spoken
from app.ui.page import Page
from app.ui.pages.receiving import answers
from app.ui.pages.receiving.columns import line_columns, row_look
from app.ui.pages.receiving.editor import LineEditor
from app.ui.pages.receiving.focus_pane import PANE_WIDTH, FocusPane
from app.ui.pages.receiving.forms import CorrectionForm
from app.ui.pages.receiving.hand_form import HandForm
from app.ui.pages.receiving.head import head_facts
from app.ui.pages.receiving.head_pane import HeadPane
from app.ui.pages.receiving.order_bar import OrderBar
from app.ui.pages.receiving.parts import KeyHint, Totals
from app.ui.pages.receiving.presenter import ReceivingPresenter, StartView
from app.ui.pages.receiving.register_form import RegisterForm
from app.ui.pages.receiving.scan_answer import ScanAnswer
from app.ui.pages.receiving.start import StartPane
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card, PageHead
from app.ui.widgets.chips import Chip
from app.ui.widgets.facts import FactsBar
from app.ui.widgets.fields import Option
from app.ui.widgets.scan_strip import ScanStrip
from app.ui.widgets.signature_pane import SignaturePane
from app.ui.widgets.table import DataTable
from app.ui.words import look, word

_CONTROLS = {control_code(control): control for control in Control}


class ReceivingPage(Page):
    """F2 ×10, F3 papers, F4 by hand, F6 correct, F9 post, Delete takes back, Esc steps back and loses nothing."""

    def __init__(self, presenter: ReceivingPresenter) -> None:
        super().__init__(presenter)
        self._presenter = presenter
        self._answer: ScanAnswer | None = None
        self._recent: list[LineRow] = []
        self._is_showing = False
        self._start: StartView | None = None
        self.head = PageHead(spoken("receiving.title"))
        self.head.note.setFont(theme.font(10, mono=True))
        self.strip = ScanStrip()
        self.start = StartPane()
        self.facts = FactsBar()
        self.table = DataTable[LineRow](
            line_columns(),
            two_lines=True,
            look=row_look,
            name=spoken("receiving.lines"),
            empty=spoken("receiving.empty"),
            sortable=False,
            grows=True,
        )
        self.editor = LineEditor(self.table)
        self.totals, self.order_bar = Totals(), OrderBar()
        self.focus_pane = FocusPane()
        self.hand, self.correction, self.register = HandForm(), CorrectionForm(), RegisterForm()
        self.papers, self.signature = HeadPane(), SignaturePane()
        self.panes = QStackedWidget()
        self.work = QWidget()
        self._stack = QStackedWidget()
        self._arrange()
        self._connect_widgets()
        self._connect_presenter()
        self._connect_keys()

    # layout ------------------------------------------------------------------------
    def _arrange(self) -> None:
        self.post_button = KeycapButton(spoken("receiving.post"), kind="primary", icon="check", key="F9")
        self.papers_button = KeycapButton(spoken("receiving.papers"), icon="pencil", key="F3")
        self.controls_button = KeycapButton(spoken("receiving.controls"), icon="printer")
        self.controls_button.setVisible(self._presenter.can_print)
        self.head.add_action(self.controls_button)
        self.head.add_action(self.papers_button)
        self.head.add_action(self.post_button)
        for pane in (self.focus_pane, self.hand, self.correction, self.register, self.papers, self.signature):
            self.panes.addWidget(pane)
        self.panes.setFixedWidth(PANE_WIDTH)
        card = Card(flush=True)
        card.body.setContentsMargins(0, 0, 0, 0)
        card.add(self.table, 1)
        card.add(self.order_bar)
        card.add_footer(self._footer())
        row = QHBoxLayout(self.work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(card, 1)
        row.addWidget(self.panes)
        self._stack.addWidget(self.start)
        self._stack.addWidget(self.work)
        for widget in (self.head, self.facts, self.strip):
            self.column.addWidget(widget)
        self.column.addWidget(self._stack, 1)
        self._show_work(False)

    def _footer(self) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self.totals)
        row.addStretch(1)
        self.hints = {
            "ten": KeyHint("F2", spoken("receiving.key.ten")),
            "hand": KeyHint("F4", spoken("receiving.key.hand")),
            "back": KeyHint("Del", spoken("receiving.key.back")),
            "keep": KeyHint("Esc", spoken("receiving.key.keep")),
        }
        for hint in self.hints.values():
            row.addWidget(hint)
        return foot

    def _connect_widgets(self) -> None:
        presenter = self._presenter
        self.post_button.clicked.connect(presenter.post)
        self.papers_button.clicked.connect(self._open_papers)
        self.controls_button.clicked.connect(presenter.print_controls)
        self.start.slip_wanted.connect(presenter.print_slip)
        self.hints["ten"].clicked.connect(presenter.times_ten)
        self.hints["hand"].clicked.connect(self._open_hand)
        self.hints["back"].clicked.connect(presenter.take_back)
        self.hints["keep"].clicked.connect(self.step_back)
        self.table.chosen.connect(self._choose_line)
        self.table.opened.connect(self._open_line)
        self.editor.typed.connect(presenter.complete)
        self.editor.counted.connect(presenter.set_packages)
        self.editor.wrong.connect(self._say_wrong)
        self.editor.changed.connect(self._show_typing)
        self.editor.take_back_wanted.connect(presenter.take_back)
        self.start.form.submitted.connect(presenter.start)
        self.start.resumed.connect(presenter.resume)
        self.papers.form.submitted.connect(presenter.change_head)
        self._connect_panes()

    def _connect_panes(self) -> None:
        presenter = self._presenter
        pane = self.focus_pane
        pane.confirmed.connect(presenter.confirm)
        pane.chose.connect(presenter.choose)
        pane.override_wanted.connect(self._open_signature)
        pane.register_wanted.connect(self._open_register)
        pane.correct_wanted.connect(self._open_correction)
        self.hand.searched.connect(presenter.find_products)
        self.hand.filled.connect(presenter.add_by_hand)
        self.register.described.connect(presenter.register)
        self.correction.corrected.connect(self._correct)
        self.signature.signed.connect(presenter.override)
        self.signature.cancelled.connect(self._show_focus)
        for form in (self.hand, self.correction, self.register, self.papers):
            form.left.connect(self._show_focus)

    def _connect_presenter(self) -> None:
        presenter = self._presenter
        presenter.start_shown.connect(self.show_start)
        presenter.card_shown.connect(self.show_card)
        presenter.answered.connect(self.show_answer)
        presenter.products_found.connect(self.hand.show_products)
        presenter.registered.connect(self._show_focus)
        presenter.posted.connect(self._say_posted)
        presenter.paper_saved.connect(self._say_saved)
        presenter.refused.connect(self.refuse)
        presenter.failed.connect(self._show_failure)

    def _connect_keys(self) -> None:
        """Delete must not fire while a field has it; Esc and F4 have their hints in the footer."""
        enter = QShortcut(QKeySequence("F5"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        enter.activated.connect(self._next_open)

    # what the presenter shows --------------------------------------------------------
    def show_start(self, view: StartView) -> None:
        self._start = view
        self._show_work(False)
        self.start.show_start(view)
        self.head.set_title(spoken("receiving.title"))
        self.head.set_chips(())
        if view.held_scan:
            self.strip.answer(
                spoken("receiving.answer.held"), "attention", "warning", note=answers.visible(view.held_scan)
            )
        else:
            self.strip.answer(spoken("receiving.answer.begin"), "plain", "scan")
        if not self.start.form.supplier.value():
            self.start.form.supplier.setFocus()

    def show_card(self, card: DeliveryCard) -> None:
        is_new = not self.work.isVisibleTo(self)
        self._show_work(True)
        self.head.set_title(spoken("receiving.title"), card.number)
        self.facts.set_facts(head_facts(card))
        self.totals.show_card(card)
        self.order_bar.show_order(card.order_no, self._presenter.ordered)
        focus = self._presenter.focus
        self._is_showing = True
        self.table.set_rows(card.lines)
        if focus is not None:
            self.table.choose(focus.id)
        self._is_showing = False
        if is_new:
            state = look(DeliveryState.DRAFT)
            self.head.set_chips((Chip(lambda: word(DeliveryState.DRAFT), state.tone, state.icon),))
            self._recent = list(reversed(card.lines))[:3]
            self._show_recent()
            self.strip.answer(spoken("receiving.answer.scan"), "plain", "scan")
            self.panes.setCurrentWidget(self.focus_pane)
        self._show_line(focus)
        if not card.lines:
            self.table.setFocus()

    def show_answer(self, answer: ScanAnswer) -> None:
        self._answer = answer
        line = answer.line
        self._show_focus()
        self.strip.answer(*answers.message(answer), answers.parts(line), answers.note(answer))
        self._recent = [line, *self._recent][:3]
        self._show_recent()

    def _show_recent(self) -> None:
        self.strip.set_last([answers.verdict(line) for line in self._recent])

    def refuse(self, error: AppError, where: str) -> None:
        """Say it where it belongs; what was typed stays."""
        if where == "head":
            form = self.papers.form if self.work.isVisibleTo(self) else self.start.form
            form.refuse(error)
        elif where == "sign":
            self.signature.refuse(lambda: describe(error, language()))
        elif where == "register":
            self.register.refuse(error)
        elif where == "hand":
            self.hand.refuse(error)
        else:
            self._say_wrong(describe(error, language()))

    def _show_work(self, is_open: bool) -> None:
        self._stack.setCurrentWidget(self.work if is_open else self.start)
        self.facts.setVisible(is_open)
        self.post_button.setVisible(is_open)
        self.papers_button.setVisible(is_open)
        if not is_open:
            self.editor.ask(None)
            self.strip.set_last(())

    def _show_line(self, line: LineRow | None) -> None:
        card = self._presenter.card
        if card is not None:
            self.focus_pane.show_line(line, card, can_register=self._presenter.can_register)
        if self.panes.currentWidget() is self.focus_pane:
            self.editor.ask(line)
            if not self.editor.isVisible():
                self.table.setFocus()

    def _show_typing(self, words: str) -> None:
        self.focus_pane.show_typing(self.editor.element, words)

    def _show_failure(self, error: AppError) -> None:
        self.refuse(error, "line")

    def _say_wrong(self, words: str) -> None:
        self.strip.answer(words, "stop", "x-circle")

    def _say_posted(self, posted: PostedDelivery) -> None:
        count = len(posted.batch_ids)
        self.said.emit(say("receiving.posted", receipt=posted.receipt_no, batches=count), "ok")
        self.start.form.empty()
        if self._presenter.can_print:
            self.start.offer_slip(posted.receipt_no)

    def _say_saved(self, path: str) -> None:
        self.said.emit(say("receiving.saved", path=path), "ok")

    # what the person does --------------------------------------------------------------
    def take_scan(self, raw: str) -> bool:
        control = _CONTROLS.get(raw.strip())
        if control is not None and self._presenter.card is None:
            self.said.emit(say("receiving.answer.idle"), "attention")
        elif control is not None:
            self._obey(control)
        elif raw.startswith("RD:"):
            return False
        else:
            self._presenter.scan(raw)
        return True

    def _obey(self, control: Control) -> None:
        acts = {
            Control.CONFIRM: self.post_button.click,
            Control.CANCEL: self._presenter.take_back,
            Control.NEXT: self._next_open,
            Control.QUANTITY_TEN: self._presenter.times_ten,
            Control.CHANGE_PLACE: self.step_back,
        }
        act = acts.get(control)
        if act is not None:
            act()

    def show_target(self, target: object) -> None:
        """A delivery's id: go on with it."""
        if isinstance(target, int):
            self._presenter.resume(target)

    def step_back(self) -> None:
        """Out of a pane first, then out of the delivery, which stays in the database as it is."""
        if self.panes.currentWidget() is not self.focus_pane:
            self._show_focus()
        elif self.work.isVisibleTo(self):
            self._presenter.leave()
            self.said.emit(say("receiving.kept"), "plain")

    def _next_open(self) -> None:
        card = self._presenter.card
        waiting = [line for line in card.lines if line.state is LineState.INCOMPLETE] if card else []
        if waiting:
            self.table.choose(waiting[0].id)

    def _choose_line(self, line: LineRow | None) -> None:
        if line is None or self._is_showing:
            return
        self._presenter.choose_line(line.id)
        self._show_line(self._presenter.focus)

    def _open_line(self, line: LineRow) -> None:
        if line.product_id and not self.editor.isVisible():
            self._open_correction()

    def _show_focus(self) -> None:
        self.panes.setCurrentWidget(self.focus_pane)
        self._show_line(self._presenter.focus)

    def _open_pane(self, pane: QWidget) -> None:
        self.editor.ask(None)
        self.panes.setCurrentWidget(pane)

    def _open_hand(self) -> None:
        self._open_pane(self.hand)
        self.hand.begin()

    def _open_papers(self) -> None:
        if self._presenter.card is not None and self._start is not None:
            self.papers.form.set_suppliers(self._start.suppliers)
            self.papers.form.fill(self._presenter.card)
            self._open_pane(self.papers)
            self.papers.form.order.setFocus()

    def _open_correction(self) -> None:
        if self._presenter.focus is not None:
            self._open_pane(self.correction)
            self.correction.show_line(self._presenter.focus)

    def _open_register(self) -> None:
        if self._presenter.focus is not None:
            self._open_pane(self.register)
            self.register.begin(self._presenter.focus)

    def _open_signature(self) -> None:
        line = self._presenter.focus
        if line is None:
            return
        self._open_pane(self.signature)
        people = [Option(each.login, each.name.said_in(language())) for each in self._presenter.witnesses]
        self.signature.ask(say("receiving.sign", lot=line.lot_no or line.di, units=line.quantity), people)

    def _correct(self, typed: Typed, packages: int) -> None:
        focus = self._presenter.focus
        if typed.elements():
            self._presenter.complete(typed)
        if focus is not None and packages != focus.packages:
            self._presenter.set_packages(packages)
        self._show_focus()

    def retranslate(self) -> None:
        for hint in self.hints.values():
            hint.speak()
        self.register.retranslate()
        self._show_recent()
        if self._presenter.card is not None:
            self.show_card(self._presenter.card)
            if self._answer is not None:
                told = answers.parts(self._answer.line), answers.note(self._answer)
                self.strip.answer(*answers.message(self._answer), *told)
        elif self._start is not None:
            self.show_start(self._start)
