"""Counting: each scan adds a package, quantities and goods without a readable code by hand; the books stay hidden."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.statuses.store_work import CountState
from app.queries.stock_counts import CountedProduct, FoundRow
from app.ui import formats, theme
from app.ui.language import language, say, spoken
from app.ui.pages.stores.count_columns import found_columns, found_look
from app.ui.pages.stores.counts_presenter import CountsPresenter, OpenSheet
from app.ui.pages.stores.parts import PANE_WIDTH
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card, SidePane
from app.ui.widgets.fields import ComboField, Option, TextField
from app.ui.widgets.labels import Label, Rule, muted
from app.ui.widgets.quantity_field import QuantityField
from app.ui.widgets.table import DataTable


class BlindView(QWidget):
    """Enter in the total takes it over, Del takes the last entry back, F7 prints the sheet, F9 finishes."""

    def __init__(self, presenter: CountsPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._row: FoundRow | None = None
        self._products: Sequence[CountedProduct] = ()
        self.table = DataTable(
            found_columns(),
            two_lines=True,
            in_card=True,
            look=found_look,
            name=spoken("stores.count.found"),
            empty=spoken("stores.count.found_empty"),
        )
        self.card = Card(spoken("stores.count.found"), flush=True, head_height=36)
        self.pane = SidePane(PANE_WIDTH)
        self.again = Label("", "attention", theme.BODY, wrap=True)
        self.name = Label("", "text", theme.BODY, bold=True, wrap=True)
        self.total = QuantityField(spoken("stores.count.total"), hint=spoken("stores.count.total_hint"))
        self.take_out = KeycapButton(spoken("stores.count.take_out"), icon="undo", key="Del")
        self.product = ComboField(spoken("stores.count.by_hand"), icon="barcode", placeholder=spoken("widgets.choose"))
        self.lot = TextField(spoken("stores.column.lot"), mono=True)
        self.hand_total = QuantityField(spoken("stores.quantity"))
        self.add = KeycapButton(spoken("stores.count.add"), icon="plus", key="F6")
        self.print = KeycapButton(spoken("stores.count.print_sheet"), icon="printer", key="F7")
        self.cancel = KeycapButton(spoken("stores.count.cancel"), icon="x")
        self.finish = KeycapButton(spoken("stores.count.finish"), kind="primary", icon="check", key="F9")
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.card.add(self.table, 1)
        row.addWidget(self.card, 1)
        row.addWidget(self.pane)
        for widget in (self.again, self.name, self.total, self.take_out, Rule()):
            self.pane.add(widget)
        self.pane.add(muted(spoken("stores.count.hand_note"), wrap=True))
        for widget in (self.product, self.lot, self.hand_total, self.add, Rule(), self.print, self.cancel):
            self.pane.add(widget)
        self.pane.body.addStretch(1)
        self.pane.add_foot(self.finish)

    def _connect(self) -> None:
        self.table.chosen.connect(self._show_row)
        self.total.entered.connect(self._take_total)
        self.take_out.clicked.connect(self._take_out)
        self.product.chosen.connect(self._choose_product)
        self.hand_total.entered.connect(self._add)
        self.add.clicked.connect(self._add)
        self.print.clicked.connect(self._presenter.print_sheet)
        self.cancel.clicked.connect(self._presenter.cancel)
        self.finish.clicked.connect(self._presenter.finish)

    def show_sheet(self, opened: OpenSheet) -> None:
        """What was found so far; in a recount, which lots are asked for."""
        sheet = opened.sheet
        is_again = sheet.head.state is CountState.RECOUNTING
        self.again.setVisible(is_again)
        self.again.set_text(spoken("stores.count.again", lots=list(sheet.again)) if is_again else "")
        self.cancel.setVisible(not is_again)
        units = formats.number(sum(row.total for row in sheet.found))
        self.card.set_title(
            spoken("stores.count.found"), spoken("stores.count.found_note", lots=len(sheet.found), units=units)
        )
        self.table.set_rows(sheet.found)
        if sheet.found and self.table.chosen_row() is None:
            self.table.choose(sheet.found[0].id)
        self._products = opened.products
        self._offer_products()
        self._show_row(self.table.chosen_row())

    def _offer_products(self) -> None:
        options = [Option(str(row.id), f"{row.name.said_in(language())} · {row.ref}") for row in self._products]
        self.product.set_options([*options, Option("0", say("stores.count.unknown_product"))])

    def _choose_product(self, key: str) -> None:
        """The quantity may be typed in packages of the product that is chosen."""
        chosen = next((row for row in self._products if str(row.id) == key), None)
        self.hand_total.set_levels(chosen.levels if chosen else ())

    def _show_row(self, row: FoundRow | None) -> None:
        self._row = row
        for widget in (self.total, self.take_out):
            widget.setEnabled(row is not None)
        self.total.set_error("")
        if row is None:
            self.name.set_text(spoken("stores.count.choose"))
            self.total.set_levels(())
            self.total.set_value("")
            return
        name = row.product.said_in(language()) if row.product else say("stores.count.unknown_product")
        self.name.set_text(f"{name} · {row.lot_no or formats.DASH}")
        self.total.set_levels(row.levels)
        self.total.set_number(row.total)
        self.total.setEnabled(not row.needs_serial)

    def _take_total(self, *_: object) -> None:
        row, total = self._row, self.total.number()
        if row is not None and total is not None:
            raw = row.lot_key if row.product_id is None else ""
            self._presenter.type_total(row.product_id, row.lot_no if row.lot_key else "", total, raw)

    def _take_out(self) -> None:
        if self._row is not None:
            self._presenter.take_out(self._row)

    def _add(self, *_: object) -> None:
        if not self.product.value():
            self.product.set_error(spoken("stores.count.product_missing"))
            self.product.setFocus()
            return
        total = self.hand_total.number()
        if total is None:
            self.hand_total.setFocus()
            return
        product_id = int(self.product.value()) or None
        self._presenter.type_total(product_id, self.lot.value(), total, "" if product_id else self.lot.value())
        self.lot.set_value("")
        self.hand_total.set_value("")

    def retranslate(self) -> None:
        self._offer_products()
        self._show_row(self._row)
        self.table.set_rows(self.table.rows)
