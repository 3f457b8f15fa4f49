"""A new order: products by search or scan at the left, supplier, lines and day at the right."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import AppError
from app.core.words import describe
from app.queries.requisitions import AskableProduct
from app.ui.language import language, spoken
from app.ui.pages.orders.columns import basket_columns, product_columns
from app.ui.pages.orders.presenter import BasketLine, OrderList, OrdersPresenter
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card
from app.ui.widgets.fields import ComboField, DateField, NumberField, Option, TextField, TextInput
from app.ui.widgets.table import DataTable

TYPING_PAUSE_MS = 250
BASKET_WIDTH = 420


class NewOrderView(QWidget):
    """Enter on a product adds it; the quantity field changes the chosen line; F9 orders."""

    left = Signal()

    def __init__(self, presenter: OrdersPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.words = TextInput(spoken("orders.search"), icon="search")
        self.products = DataTable(
            product_columns(),
            in_card=True,
            two_lines=True,
            name=spoken("orders.products"),
            empty=spoken("orders.products_empty"),
        )
        left = Card(spoken("orders.products"), flush=True)
        box = QWidget()
        inside = QVBoxLayout(box)
        inside.setContentsMargins(12, 8, 12, 4)
        inside.addWidget(self.words)
        left.add(box)
        left.add(self.products, 1)
        row.addWidget(left, 1)
        row.addWidget(self._right())
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.words.textEdited.connect(self._typed)
        self.words.returnPressed.connect(self._enter)
        self.products.opened.connect(self._put)
        self.basket.chosen.connect(self._choose)
        self.quantity.entered.connect(self._count)
        self.send.clicked.connect(self._send)
        self.back.clicked.connect(self.left)
        presenter.products_changed.connect(self.products.set_rows)
        presenter.basket_changed.connect(self.show_basket)

    def _right(self) -> Card:
        card = Card(spoken("orders.new"))
        card.setFixedWidth(BASKET_WIDTH)
        self.supplier = ComboField(spoken("orders.supplier"), icon="truck", placeholder=spoken("widgets.choose"))
        self.basket = DataTable(
            basket_columns(),
            in_card=True,
            two_lines=True,
            key=lambda line: line.product.id,
            name=spoken("orders.lines"),
            empty=spoken("orders.basket_empty"),
            sortable=False,
        )
        self.quantity = NumberField(spoken("orders.quantity"), least=0)
        self.expected = DateField(spoken("orders.expected"))
        self.note = TextField(spoken("orders.note"))
        self.send = KeycapButton(spoken("orders.send"), kind="primary", icon="send", key="F9")
        self.back = KeycapButton(spoken("orders.back"), cap="Esc")
        card.add(self.supplier)
        card.add(self.basket, 1)
        for widget in (self.quantity, self.expected, self.note, self.send, self.back):
            card.add(widget)
        return card

    def show_list(self, found: OrderList) -> None:
        """The suppliers to choose from."""
        self.supplier.set_options([Option(str(one.id), one.name.said_in(language())) for one in found.suppliers])

    def _typed(self, _words: str) -> None:
        self._pause.start()

    def _search(self) -> None:
        self._pause.stop()
        self._presenter.search(self.words.text().strip())

    def _enter(self) -> None:
        self._search()
        self.products.setFocus()

    def _put(self, product: AskableProduct) -> None:
        self._presenter.put(product, 1)
        self.basket.choose(product.id)
        self.quantity.setFocus()

    def show_basket(self, lines: list[BasketLine]) -> None:
        self.basket.set_rows(lines)
        self.send.setEnabled(bool(lines))
        self._choose(self.basket.chosen_row())

    def _choose(self, line: BasketLine | None) -> None:
        self.quantity.setVisible(line is not None)
        if line is not None:
            self.quantity.set_number(line.quantity)

    def _count(self, *_typed: object) -> None:
        line, number = self.basket.chosen_row(), self.quantity.number()
        if line is not None and number is not None:
            self._presenter.put(line.product, number)

    def _send(self) -> None:
        self._count()
        if not self.supplier.value():
            self.supplier.set_error(spoken("orders.supplier_missing"))
            self.supplier.setFocus()
            return
        expected = self.expected.day()
        if not self.expected.error():
            self._presenter.order(int(self.supplier.value()), expected, self.note.value())

    def refuse(self, error: AppError) -> None:
        """Say it at the supplier; what was chosen stays."""
        self.supplier.set_error(lambda: describe(error, language()))
