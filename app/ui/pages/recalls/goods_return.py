"""Goods leave: what lies in quarantine, the shipment with carrier and waybill, and the supplier's receipt."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import AppError
from app.core.words import describe
from app.queries.case_goods import SealedRow, ShipmentRow
from app.ui import formats, theme
from app.ui.language import language, say, spoken
from app.ui.pages.recalls.goods_presenter import GoodsPresenter, key_of
from app.ui.pages.recalls.goods_sight import GoodsSight
from app.ui.pages.recalls.meanings import meaning
from app.ui.signers import Signed
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card
from app.ui.widgets.cells import Cell, ChipLook
from app.ui.widgets.fields import TextField
from app.ui.widgets.labels import Label, Rule, muted
from app.ui.widgets.rows_model import Column
from app.ui.widgets.signed_pane import SignedPane
from app.ui.widgets.table import DataTable
from app.ui.widgets.tick_table import TickTable, tick

MOMENT = "%Y-%m-%d %H:%M"


def sealed_columns(is_ticked: Callable[[SealedRow], bool]) -> list[Column[SealedRow]]:
    """Tick · lot · where · supplier · units."""
    return [
        Column("", lambda row: is_ticked(row), cell=lambda row: tick(is_ticked(row)), width=40),
        Column(
            spoken("recalls.goods.lot"),
            lambda row: row.lot_no,
            cell=lambda row: Cell(row.lot_no, f"{row.product.said_in(language())} {row.ref}", is_mono=True),
            stretch=4,
        ),
        Column(
            spoken("recalls.goods.lies_in"),
            lambda row: row.location_id,
            cell=lambda row: Cell(row.place.said_in(language()), _lies(row)),
            stretch=3,
        ),
        Column(
            spoken("recalls.goods.supplier"),
            lambda row: row.supplier_id,
            cell=lambda row: Cell(row.supplier.said_in(language())),
            stretch=3,
        ),
        Column(
            spoken("recalls.goods.units"),
            lambda row: row.quantity,
            cell=lambda row: Cell(formats.number(row.quantity), is_bold=True),
            align="right",
            width=80,
        ),
    ]


def _lies(row: SealedRow) -> str:
    return row.site.said_in(language()) if row.is_area else say("recalls.goods.still_on_ward")


def shipment_columns() -> list[Column[ShipmentRow]]:
    """Number · carrier and waybill · units · handed over · received."""
    return [
        Column(
            spoken("recalls.goods.shipment"),
            lambda row: row.number,
            cell=lambda row: Cell(row.number, row.supplier.said_in(language()), is_mono=True),
            stretch=3,
        ),
        Column(
            spoken("recalls.goods.carrier"),
            lambda row: row.waybill,
            cell=lambda row: Cell(row.carrier, row.waybill, is_second_mono=True),
            stretch=2,
        ),
        Column(spoken("recalls.goods.units"), lambda row: row.quantity, formats.number, align="right", width=64),
        Column(
            spoken("recalls.goods.handed"),
            lambda row: row.handed_at,
            cell=lambda row: Cell(
                formats.moment(row.handed_at), f"{row.handed_by.said_in(language())} + {row.second.said_in(language())}"
            ),
            width=150,
        ),
        Column(spoken("recalls.goods.received"), lambda row: row.received_at, cell=_received, width=142),
    ]


def _received(row: ShipmentRow) -> Cell:
    if row.is_taken_back:
        last = row.taken_back[-1]
        return Cell(chip=ChipLook(say("recalls.goods.taken_back", document=last.document_no), "spent", "undo"))
    if row.received_at is None:
        return Cell(chip=ChipLook(say("recalls.goods.not_received"), "attention", "hourglass"))
    return Cell(formats.moment(row.received_at), row.received_note, icon="check-circle", icon_ink="ok")


class ReturnView(QWidget):
    """Space takes goods along; Ctrl+Enter asks the second person; Enter on a shipment confirms its receipt."""

    def __init__(self, presenter: GoodsPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._shipment: ShipmentRow | None = None
        self.sealed = TickTable(
            sealed_columns(lambda row: key_of(row) in presenter.ticked),
            key=key_of,
            name=spoken("recalls.goods.sealed"),
            empty=spoken("recalls.goods.nothing_sealed"),
        )
        self.shipments = DataTable(
            shipment_columns(),
            two_lines=True,
            in_card=True,
            name=spoken("recalls.goods.shipments"),
            empty=spoken("recalls.goods.no_shipments"),
        )
        self.pane = SignedPane()
        self.sum = Label("", "text", theme.HEAD, bold=True, wrap=True)
        self.carrier = TextField(spoken("recalls.goods.carrier_name"), icon="truck")
        self.waybill = TextField(spoken("recalls.goods.waybill"), mono=True)
        self.ship = KeycapButton(spoken("recalls.goods.ship"), kind="primary", icon="signature", key="Ctrl+Return")
        self.dispose = KeycapButton(spoken("recalls.goods.destroy"), icon="dispose")
        self.receipt_head = Label("", "text", theme.BODY, bold=True, wrap=True)
        self.received_at = TextField(spoken("recalls.goods.received_at"), mono=True)
        self.received_note = TextField(spoken("recalls.goods.received_note"))
        self.confirm = KeycapButton(spoken("recalls.goods.confirm"), icon="check-circle")
        self.kit_note = Label(spoken("recalls.goods.kit_note"), "attention", theme.SMALL, wrap=True)
        self.message = Label("", "stop", wrap=True)
        self._arrange()
        self._connect()
        self._show_receipt(None)

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        left = QVBoxLayout()
        left.setSpacing(10)
        for key, table, share in (("sealed", self.sealed, 3), ("shipments", self.shipments, 2)):
            card = Card(spoken(f"recalls.goods.{key}"), spoken(f"recalls.goods.{key}_note"), flush=True, head_height=36)
            card.add(table, 1)
            left.addWidget(card, share)
        row.addLayout(left, 1)
        row.addWidget(self.pane)
        form = self.pane.form
        for widget in (
            self.sum,
            self.kit_note,
            self.carrier,
            self.waybill,
            self.ship,
            self.dispose,
            muted(spoken("recalls.goods.two"), wrap=True),
        ):
            form.add(widget)
        form.add(Rule())
        for widget in (self.receipt_head, self.received_at, self.received_note, self.confirm, self.message):
            form.add(widget)
        form.body.addStretch(1)

    def _connect(self) -> None:
        presenter = self._presenter
        self.sealed.toggled.connect(presenter.toggle)
        presenter.ticks_changed.connect(self._show_ticks)
        self.ship.clicked.connect(self._ask_to_ship)
        self.waybill.entered.connect(self._ask_to_ship)
        self.dispose.clicked.connect(self._ask_to_destroy)
        self.shipments.chosen.connect(self._show_receipt)
        self.shipments.opened.connect(self._enter_receipt)
        self.confirm.clicked.connect(self._confirm)
        self.received_note.entered.connect(self._confirm)

    # shown ------------------------------------------------------------------------
    def show_sight(self, sight: GoodsSight) -> None:
        self.sealed.set_rows(sight.sealed)
        self.shipments.set_rows(sight.shipments)
        self._show_sum()
        self._show_receipt(self.shipments.chosen_row())

    def _show_ticks(self) -> None:
        if self._presenter.sight is not None:
            self.sealed.set_rows(self._presenter.sight.sealed)
        self._show_sum()

    def _show_sum(self) -> None:
        chosen, sight = self._presenter.chosen, self._presenter.sight
        units = sum(row.quantity for row in chosen)
        names = dict.fromkeys(row.supplier.said_in(language()) for row in chosen)
        comma = "、" if language() == "zh" else ", "
        words = say("recalls.goods.chosen", lots=len(chosen), units=units, supplier=comma.join(names))
        self.sum.set_text(words if chosen else say("recalls.goods.none_chosen"))
        can_move = sight is not None and sight.can_move and bool(chosen)
        has_kit = any(row.is_kit for row in chosen)
        self.kit_note.setVisible(has_kit)
        self.ship.setEnabled(can_move and not has_kit)
        self.dispose.setEnabled(can_move)

    def _show_receipt(self, row: ShipmentRow | None) -> None:
        is_open = row is not None and row.waits
        is_other = row is None or self._shipment is None or row.id != self._shipment.id
        self._shipment = row if is_open else None
        for widget in (self.receipt_head, self.received_at, self.received_note, self.confirm):
            widget.setVisible(is_open)
        self.message.set_text("")
        if row is not None and is_open and is_other:
            self.receipt_head.set_text(say("recalls.goods.receipt_of", number=row.number))
            self.received_at.set_value(self._presenter.now.astimezone().strftime(MOMENT))
            self.received_note.set_value("")

    # acts ---------------------------------------------------------------------------
    def _ask_to_ship(self) -> None:
        fields = ((self.carrier, "carrier_missing"), (self.waybill, "waybill_missing"))
        empty = [field for field, key in fields if not _filled(field, key)]
        if empty:
            empty[0].setFocus()
        elif self.ship.isEnabled():
            self._ask("hand_over", self._ship, needs_reason=False)

    def _ask_to_destroy(self) -> None:
        self._ask("destroy", self._presenter.destroy, needs_reason=True)

    def _ask(self, key: str, then: Callable[[Signed], None], *, needs_reason: bool) -> None:
        sight = self._presenter.sight
        people = sight.witnesses if sight is not None else ()
        self.pane.ask(meaning(key), people, then, needs_reason=needs_reason)

    def _ship(self, signed: Signed) -> None:
        self._presenter.ship(self.carrier.value(), self.waybill.value(), signed)

    def finish(self) -> None:
        """The goods have left: the form is empty for the next shipment."""
        self.pane.finish()
        for field in (self.carrier, self.waybill):
            field.set_value("")

    def refuse(self, error: AppError) -> None:
        if self.pane.is_asking:
            self.pane.refuse(error)
        else:
            self.message.set_text(lambda: describe(error, language()))

    def _enter_receipt(self, row: ShipmentRow) -> None:
        if row.waits:
            self.received_at.setFocus()

    def _confirm(self) -> None:
        if self._shipment is None:
            return
        try:
            received = datetime.strptime(self.received_at.value(), MOMENT).astimezone()
        except ValueError:
            self.received_at.set_error(spoken("recalls.goods.moment_wrong"))
            self.received_at.setFocus()
            return
        self._presenter.confirm(self._shipment.id, received, self.received_note.value())


def _filled(field: TextField, key: str) -> bool:
    if field.value():
        return True
    field.set_error(spoken(f"recalls.goods.{key}"))
    return False
