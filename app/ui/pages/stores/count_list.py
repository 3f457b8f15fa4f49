"""The list of stock-takes, and the pane in which a new one begins."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.queries.locations import LocationRow
from app.queries.scanned import ProductRow
from app.queries.stock_counts import CountedProduct, CountRow
from app.ui import theme
from app.ui.language import language, spoken
from app.ui.pages.stores.count_columns import count_columns
from app.ui.pages.stores.counts_presenter import Counts, CountsPresenter
from app.ui.pages.stores.parts import PANE_WIDTH, place_options
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card, SidePane
from app.ui.widgets.chips import Choice, FilterChips
from app.ui.widgets.fields import ComboField, Option
from app.ui.widgets.labels import Label, muted
from app.ui.widgets.table import DataTable


class CountList(QWidget):
    """Enter opens a sheet, F9 begins a new one; a scanned box chooses its product."""

    asked_for = Signal(int)

    def __init__(self, presenter: CountsPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._places: Sequence[LocationRow] = ()
        self._products: Sequence[CountedProduct] = ()
        self._chosen: dict[int, CountedProduct] = {}
        self.table = DataTable(
            count_columns(),
            in_card=True,
            name=spoken("stores.tab.counts"),
            empty=spoken("stores.count.empty"),
        )
        self.pane = SidePane(PANE_WIDTH)
        self.place = ComboField(spoken("stores.count.place"), icon="box")
        self.scope = FilterChips(
            [Choice(key, spoken(f"stores.count.{key}")) for key in ("all", "chosen")],
            name=spoken("stores.column.scope"),
        )
        self.product = ComboField(spoken("stores.count.product"), icon="barcode", placeholder=spoken("widgets.choose"))
        self.names = Label("", "text", theme.BODY, wrap=True)
        self.empty = KeycapButton(spoken("stores.count.clear"), icon="x")
        self.start = KeycapButton(spoken("stores.count.start"), kind="primary", icon="stocktake", key="F9")
        self._arrange()
        self._connect()
        self._show_scope()

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        card = Card(spoken("stores.tab.counts"), spoken("stores.count.list_note"), flush=True, head_height=36)
        card.add(self.table, 1)
        row.addWidget(card, 1)
        row.addWidget(self.pane)
        self.pane.add(Label(spoken("stores.count.new"), "text", theme.BODY, bold=True))
        kinds = QVBoxLayout()
        kinds.addWidget(self.scope, 0, Qt.AlignmentFlag.AlignLeft)
        self.pane.add(self.place)
        self.pane.body.addLayout(kinds)
        for widget in (self.product, self.names, self.empty, muted(spoken("stores.count.blind_note"), wrap=True)):
            self.pane.add(widget)
        self.pane.body.addStretch(1)
        self.pane.add_foot(self.start)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.counts_changed.connect(self._show_counts)
        presenter.products_changed.connect(self._show_products)
        presenter.product_scanned.connect(self._take_product)
        self.table.opened.connect(self._open)
        self.place.chosen.connect(self._choose_place)
        self.scope.chosen.connect(self._show_scope)
        self.product.chosen.connect(self._add_product)
        self.empty.clicked.connect(self._clear)
        self.start.clicked.connect(self._start)

    def _show_counts(self, counts: Counts) -> None:
        self.table.set_rows(counts.rows)
        self._places = counts.places
        before = self.place.value()
        self.place.set_options(place_options(counts.places))
        if not self.place.value() and counts.places:
            self.place.set_value(str(counts.places[0].id))
        self.start.setEnabled(bool(counts.places))
        if self.place.value() != before:
            self._choose_place(self.place.value())

    def _open(self, row: CountRow) -> None:
        self.asked_for.emit(row.id)

    def _choose_place(self, key: str) -> None:
        self._clear()
        if key:
            self._presenter.load_products(int(key))

    def _show_scope(self, *_: object) -> None:
        some = self.scope.current() == "chosen"
        for widget in (self.product, self.names, self.empty):
            widget.setVisible(some)
        self._show_names()

    def _show_products(self, products: Sequence[CountedProduct]) -> None:
        self._products = products
        options = [Option(str(row.id), f"{row.name.said_in(language())} · {row.ref}") for row in products]
        self.product.set_options(options)

    def _add_product(self, key: str) -> None:
        found = next((row for row in self._products if str(row.id) == key), None)
        if found is not None:
            self._chosen[found.id] = found
            self._show_names()

    def _take_product(self, product: ProductRow) -> None:
        """A scanned box: its product is one of those to be counted."""
        self.scope.choose("chosen")
        self._chosen[product.id] = CountedProduct(product.id, product.code, product.name, product.ref)
        self._show_scope()

    def _show_names(self) -> None:
        names = [f"· {row.name.said_in(language())} {row.ref}" for row in self._chosen.values()]
        self.names.set_text("\n".join(names) if names else spoken("stores.count.choose_products"))
        self.product.set_error("")

    def _clear(self) -> None:
        self._chosen.clear()
        self._show_names()

    def _start(self) -> None:
        some = self.scope.current() == "chosen"
        if some and not self._chosen:
            self.product.set_error(spoken("stores.count.products_missing"))
            self.product.setFocus()
        elif self.place.value():
            self._presenter.start(int(self.place.value()), list(self._chosen) if some else [])

    def retranslate(self) -> None:
        self.place.set_options(place_options(self._places))
        self._show_products(self._products)
        self._show_names()
        self.table.set_rows(self.table.rows)
