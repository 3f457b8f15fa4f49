"""The pane at the right: the open document, what it still needs, and the second signature over it."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.disposals import Choice, disposal_list
from app.core.errors import AppError
from app.core.statuses.leaving import DepartureKind, DepartureState
from app.core.words import describe
from app.queries.departures import DepartureCard, DepartureLineRow
from app.ui import formats, theme, words
from app.ui.language import language, say, spoken
from app.ui.pages.leaving.presenter import LeavingPresenter
from app.ui.signers import Signed
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.fields import ComboField, Option, TextField
from app.ui.widgets.labels import Label, Rule, muted
from app.ui.widgets.quantity_field import QuantityField
from app.ui.widgets.signed_pane import SignedPane

MOMENT = "%Y-%m-%d %H:%M"


class DeskPane(SignedPane):
    """F9 does what comes next, F8 prints. What was typed stays until the goods have left."""

    batch_wanted = Signal(int)

    def __init__(self, presenter: LeavingPresenter) -> None:
        super().__init__(324)
        self._presenter = presenter
        self._line: DepartureLineRow | None = None
        self._shown_id: int | None = None
        self.number = Label("", "text", theme.HEAD, bold=True, mono=True)
        self.state = Chip("")
        self.about = muted("", wrap=True)
        self.line_name = Label("", "text", theme.BODY, bold=True, wrap=True)
        self.quantity = QuantityField(spoken("leaving.quantity"), least=1)
        self.remove = KeycapButton(spoken("leaving.remove"), icon="minus-circle")
        self.carrier = TextField(spoken("leaving.carrier"), icon="truck")
        self.waybill = TextField(spoken("leaving.waybill"), mono=True)
        self.method = ComboField(spoken("leaving.method"), icon="dispose", placeholder=spoken("widgets.choose"))
        self.place = ComboField(spoken("leaving.disposal_place"), icon="pin", placeholder=spoken("widgets.choose"))
        self.received_at = TextField(spoken("leaving.received_at"), mono=True)
        self.received_note = TextField(spoken("leaving.received_note"))
        self.act = KeycapButton("", kind="primary", icon="signature", key="F9")
        self.settle = KeycapButton(spoken("leaving.settle"), icon="signature")
        self.print = KeycapButton(spoken("leaving.print"), icon="printer", key="F8")
        self.cancel = KeycapButton(spoken("leaving.cancel"), icon="ban")
        self.note = muted("", wrap=True)
        self.message = Label("", "stop", wrap=True)
        self._arrange()
        self._connect()
        self.show_choices()
        self.show_card(None)

    def _arrange(self) -> None:
        form = self.form
        for widget in (self.number, self.state, self.about):
            form.add(widget)
        self.line_rule = Rule()
        for widget in (self.line_rule, self.line_name, self.quantity, self.remove):
            form.add(widget)
        self.rule = Rule()
        form.add(self.rule)
        for widget in (
            self.carrier,
            self.waybill,
            self.method,
            self.place,
            self.received_at,
            self.received_note,
            self.act,
            self.settle,
            self.note,
            self.message,
        ):
            form.add(widget)
        form.body.addStretch(1)
        for button in (self.print, self.cancel):
            form.add_foot(button)

    def _connect(self) -> None:
        presenter = self._presenter
        self.act.clicked.connect(self.do_next)
        self.waybill.entered.connect(self.do_next)
        self.received_note.entered.connect(self.do_next)
        self.settle.clicked.connect(self._ask_to_settle)
        self.print.clicked.connect(presenter.print_form)
        self.cancel.clicked.connect(presenter.cancel)
        self.quantity.entered.connect(self._take_quantity)
        self.remove.clicked.connect(self._remove)
        presenter.sign_refused.connect(self.refuse_act)
        presenter.left.connect(self._start_again)

    # shown ------------------------------------------------------------------------
    def show_choices(self) -> None:
        """Methods and places of the list in force, in the language of the screen."""
        known = disposal_list()
        self.method.set_options(_options(known.methods))
        self.place.set_options(_options(known.places))

    def show_card(self, card: DepartureCard | None) -> None:
        """What the document is, and only the fields of its next step."""
        row = card.row if card else None
        if row is None or row.id != self._shown_id:
            self._shown_id = row.id if row else None
            self.message.set_text("")
            if self.is_asking:
                self.finish()
            self.received_at.set_value(self._presenter.now.astimezone().strftime(MOMENT))
        self.number.set_text(row.number if row else say("leaving.no_document"))
        self.state.setVisible(row is not None)
        if row is not None:
            look = words.chip(row.state)
            self.state.set_look(look.text, look.tone, look.icon)
        self.about.set_text(self._about(card))
        self._show_fields(card)
        self.show_line(None)

    def _about(self, card: DepartureCard | None) -> str:
        if card is None:
            return say("leaving.no_document_note")
        row = card.row
        units = say("leaving.sum", lines=len(card.lines), units=formats.number(row.units))
        to = row.supplier.said_in(language()) if row.supplier else words.word(row.kind)
        back = [
            say(
                "leaving.taken_back",
                units=one.quantity,
                document=one.document_no,
                reason=one.reason,
                by=one.by.said_in(language()),
                at=formats.moment(one.at),
            )
            for one in row.taken_back
        ]
        signed = [
            say(
                "signatures.line" if one.holds else "signatures.line_broken",
                person=one.person.said_in(language()),
                meaning=one.meaning.said_in(language()),
                at=formats.moment(one.at),
            )
            for one in card.signed
        ]
        more = [*signed, *back, row.settled_reason, row.received_note, row.reason]
        return "\n".join([f"{to} · {units}", *(part for part in more if part)])

    def _show_fields(self, card: DepartureCard | None) -> None:
        row = card.row if card else None
        state = row.state if row else None
        is_return = row is not None and row.kind is DepartureKind.RETURN
        drafts, waits = state is DepartureState.DRAFT, state is DepartureState.HANDED_OVER
        _show(drafts and is_return, self.carrier, self.waybill)
        _show(drafts and not is_return, self.method, self.place)
        _show(waits, self.received_at, self.received_note, self.settle)
        _show(drafts or waits, self.act, self.rule, self.note)
        _show(drafts, self.cancel)
        _show(row is not None, self.print)
        if row is not None:
            key = "confirm" if waits else ("hand_over" if is_return else "destroy")
            self.act.set_text(spoken(f"leaving.{key}"))
            self.note.set_text(spoken(f"leaving.{key}_note"))
            self.act.setEnabled(waits or bool(card and card.lines))

    def show_line(self, line: DepartureLineRow | None) -> None:
        """The chosen line of a draft, whose quantity may be changed."""
        self._line = line if line is not None and line.line_id is not None and self._presenter.is_draft else None
        _show(self._line is not None, self.line_rule, self.line_name, self.quantity, self.remove)
        if self._line is not None:
            self.line_name.set_text(f"{self._line.lot_no} · {self._line.product.said_in(language())}")
            self.quantity.set_levels(() if self._line.serial_no else self._line.levels)
            self.quantity.set_number(self._line.quantity)
            self.quantity.set_error("")
            self.quantity.setEnabled(not self._line.serial_no)

    # acts ---------------------------------------------------------------------------
    def do_next(self) -> None:
        """Hand over, destroy, or note the receipt."""
        card = self._presenter.card
        if card is None or not self.act.isVisibleTo(self) or not self.act.isEnabled():
            return
        if card.row.state is DepartureState.HANDED_OVER:
            self._confirm()
        elif card.row.kind is DepartureKind.RETURN:
            if self._filled((self.carrier, "carrier_missing"), (self.waybill, "waybill_missing")):
                self._ask("hand_over", self._hand_over)
        elif self._filled((self.method, "method_missing"), (self.place, "place_missing")):
            self._ask("destroy", self._destroy)

    def _filled(self, *fields: tuple[TextField | ComboField, str]) -> bool:
        empty = [(field, key) for field, key in fields if not field.value()]
        for field, key in empty:
            field.set_error(spoken(f"leaving.{key}"))
        if empty:
            empty[0][0].setFocus()
        return not empty

    def _ask(self, key: str, then: Callable[[Signed], None]) -> None:
        sight = self._presenter.sight
        people = sight.witnesses if sight is not None else ()
        self.ask(spoken(f"leaving.meaning.{key}"), people, then, needs_reason=True)

    def _hand_over(self, signed: Signed) -> None:
        self._presenter.hand_over(self.carrier.value(), self.waybill.value(), signed)

    def _destroy(self, signed: Signed) -> None:
        self._presenter.destroy(self.method.value(), self.place.value(), signed)

    def _ask_to_settle(self) -> None:
        self._ask("settle", self._presenter.settle)

    def _confirm(self) -> None:
        try:
            received = datetime.strptime(self.received_at.value(), MOMENT).astimezone()
        except ValueError:
            self.received_at.set_error(spoken("leaving.moment_wrong"))
            self.received_at.setFocus()
            return
        self._presenter.confirm(received, self.received_note.value())

    def _take_quantity(self, *_: object) -> None:
        number = self.quantity.number()
        if self._line is not None and self._line.line_id is not None and number is not None:
            self._presenter.set_quantity(self._line.line_id, number)

    def _remove(self) -> None:
        if self._line is not None and self._line.line_id is not None:
            self._presenter.set_quantity(self._line.line_id, 0)

    def refuse_act(self, error: AppError) -> None:
        """Say why it was not taken, where the eyes are; the input stays."""
        if self.is_asking:
            self.refuse(error)
        else:
            self.message.set_text(lambda: describe(error, language()))

    def _start_again(self) -> None:
        self.finish()
        for field in (self.carrier, self.waybill, self.received_note):
            field.set_value("")


def _show(visible: bool, *widgets: QWidget) -> None:
    for widget in widgets:
        widget.setVisible(visible)


def _options(choices: tuple[Choice, ...]) -> list[Option]:
    return [Option(choice.key, choice.name.said_in(language())) for choice in choices]
