"""The differences of a stock-take: each with its reason, single lots counted again, and the approval."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.statuses.store_work import CountState
from app.queries.stock_counts import CountLineRow
from app.ui import formats, theme
from app.ui.language import language, say, spoken
from app.ui.pages.stores.count_columns import line_columns, line_look
from app.ui.pages.stores.counts_presenter import CountsPresenter, OpenSheet
from app.ui.pages.stores.parts import ReasonField, SignedPane
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card, clear
from app.ui.widgets.chips import Choice, FilterChips
from app.ui.widgets.facts import Fact, FieldRow
from app.ui.widgets.fields import AreaField
from app.ui.widgets.labels import Label, Rule
from app.ui.widgets.table import DataTable


class ReviewView(QWidget):
    """F6 keeps the reason, F8 counts the lot again, F7 prints, F9 asks for the approval."""

    refused = Signal(object)

    def __init__(self, presenter: CountsPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._opened: OpenSheet | None = None
        self._line: CountLineRow | None = None
        self.chips = FilterChips(_choices(0, 0), height=28, name=spoken("stores.count.differences"))
        self.table = DataTable(
            line_columns(),
            two_lines=True,
            in_card=True,
            look=line_look,
            name=spoken("stores.count.differences"),
            empty=spoken("stores.count.agreed"),
        )
        self.pane = SignedPane()
        self._fill_pane()
        self._arrange()
        self._connect()

    def _fill_pane(self) -> None:
        form = self.pane.form
        self.facts = QVBoxLayout()
        self.facts.setSpacing(2)
        form.body.addLayout(self.facts)
        self.name = Label("", "text", theme.BODY, bold=True, wrap=True)
        self.effect = Label("", "muted", theme.BODY, wrap=True)
        self.reason = ReasonField()
        self.note = AreaField(spoken("stores.note"), rows=2)
        self.keep = KeycapButton(spoken("stores.count.keep_reason"), icon="check", key="F6")
        self.recount = KeycapButton(spoken("stores.count.recount"), icon="refresh", key="F8")
        self.print = KeycapButton(spoken("stores.count.print_report"), icon="printer", key="F7")
        self.cancel = KeycapButton(spoken("stores.count.cancel"), icon="x")
        self.approve = KeycapButton(spoken("stores.count.approve"), kind="primary", icon="signature", key="F9")
        for widget in (Rule(), self.name, self.effect, self.reason, self.note, self.keep, self.recount, Rule()):
            form.add(widget)
        for widget in (self.print, self.cancel):
            form.add(widget)
        form.body.addStretch(1)
        form.add_foot(self.approve)

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        card = Card(spoken("stores.count.differences"), flush=True, head_height=40)
        card.add_to_head(self.chips)
        card.add(self.table, 1)
        row.addWidget(card, 1)
        row.addWidget(self.pane)

    def _connect(self) -> None:
        self.table.chosen.connect(self._show_line)
        self.chips.chosen.connect(self._show_rows)
        self.keep.clicked.connect(self._keep)
        self.recount.clicked.connect(self._recount)
        self.print.clicked.connect(self._presenter.print_sheet)
        self.cancel.clicked.connect(self._presenter.cancel)
        self.approve.clicked.connect(self._approve)
        self._presenter.sign_failed.connect(self._refuse)

    def show_sheet(self, opened: OpenSheet) -> None:
        """Differences first; a posted sheet can only be read and printed."""
        other = self._opened is None or self._opened.sheet.head.id != opened.sheet.head.id
        self._opened = opened
        lines, head = opened.sheet.lines, opened.sheet.head
        differing = sum(1 for line in lines if line.difference or line.has_moved)
        self.chips.set_choices(_choices(differing, len(lines)))
        if other:
            self.chips.choose("differing" if differing else "every")
            self.pane.finish()
        can_act = head.state is CountState.REVIEW
        for widget in (self.keep, self.recount, self.cancel, self.approve, self.reason, self.note):
            widget.setVisible(can_act)
        if not can_act:
            self.pane.finish()
        self._show_facts(opened)
        self._show_rows()

    def _show_facts(self, opened: OpenSheet) -> None:
        clear(self.facts)
        head, tongue, lines = opened.sheet.head, language(), opened.sheet.lines
        gained = sum(line.difference for line in lines if line.difference > 0 and line.batch_id is not None)
        lost = -sum(line.difference for line in lines if line.difference < 0)
        facts = [
            Fact(say("stores.column.place"), head.place.said_in(tongue)),
            Fact(say("stores.column.started"), f"{formats.moment(head.started_at)} {head.started_by.said_in(tongue)}"),
            Fact(say("stores.count.over"), formats.number(gained), is_bold=gained > 0),
            Fact(say("stores.count.short"), formats.number(lost), is_bold=lost > 0),
            Fact(say("stores.count.open_reasons"), formats.number(head.unexplained), is_bold=head.unexplained > 0),
        ]
        if head.approved_by is not None:
            approved = f"{formats.moment(head.posted_at)} {head.approved_by.said_in(tongue)}"
            facts.append(Fact(say("stores.count.approved"), approved))
        for fact in facts:
            self.facts.addWidget(FieldRow(fact))

    def _show_rows(self, *_: object) -> None:
        lines = self._opened.sheet.lines if self._opened else ()
        only = self.chips.current() == "differing"
        self.table.set_rows([line for line in lines if not only or line.difference or line.has_moved])
        if self.table.chosen_row() is None and self.table.rows:
            self.table.selectRow(0)
        self._show_line(self.table.chosen_row())

    def _show_line(self, line: CountLineRow | None) -> None:
        before, self._line = self._line, line
        can_act = self._opened is not None and self._opened.sheet.head.state is CountState.REVIEW
        self.recount.setEnabled(can_act and line is not None)
        for widget in (self.reason, self.note, self.keep):
            widget.setEnabled(can_act and line is not None and line.difference != 0)
        if line is None:
            self.name.set_text("")
            self.effect.set_text("")
            return
        name = line.product.said_in(language()) if line.product else say("stores.count.unknown_product")
        self.name.set_text(f"{name} · {line.serial_no or line.lot_no}")
        self.effect.set_text(_effect(line))
        if before is None or before.id != line.id or before.reason_key != line.reason_key:
            self.reason.offer(line.deviation)
            self.reason.set_value(line.reason_key.rpartition(":")[2])
            self.reason.set_error("")
            self.note.set_value(line.note)

    # acting -------------------------------------------------------------------
    def _keep(self) -> None:
        if self._line is None or not self.keep.isEnabled():
            return
        if not self.reason.value():
            self.reason.set_error(spoken("stores.reason_missing"))
            self.reason.setFocus()
            return
        self._presenter.give_reason(self._line.id, self.reason.value(), self.note.value())

    def _recount(self) -> None:
        if self._line is not None:
            self._presenter.recount([self._line.id])

    def _approve(self) -> None:
        if self._opened is not None:
            meaning = spoken("stores.meaning.approve", number=self._opened.sheet.head.number)
            self.pane.ask(meaning, self._opened.signers, self._presenter.approve)

    def _refuse(self, error: object) -> None:
        self.pane.refuse(error)  # pyright: ignore[reportArgumentType]

    def retranslate(self) -> None:
        if self._opened is not None:
            self.reason.speak_again()
            self.show_sheet(self._opened)


def _effect(line: CountLineRow) -> str:
    """What posting will do to the line."""
    if line.batch_id is None:
        return say("stores.count.effect_unknown")
    if not line.difference:
        return say("stores.count.effect_none")
    if line.difference < 0:
        return say("stores.count.effect_loss_locked" if line.layers else "stores.count.effect_loss")
    return say("stores.count.effect_gain_locked" if line.layers else "stores.count.effect_gain")


def _choices(differing: int, every: int) -> list[Choice]:
    return [
        Choice("differing", spoken("stores.count.only_differing"), differing or None),
        Choice("every", spoken("stores.count.every_line"), every or None),
    ]
