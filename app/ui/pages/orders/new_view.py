"""A new order: products by search or scan at the left, supplier, lines and day at the right."""

from app.core.errors import AppError
from app.core.words import describe
from app.queries.requisitions import AskableProduct
from app.ui.language import language, spoken
from app.ui.pages.orders.columns import basket_columns, product_columns
from app.ui.pages.orders.presenter import BasketLine, OrderList, OrdersPresenter
from app.ui.widgets.basket_view import BasketView, BasketWords
from app.ui.widgets.fields import ComboField, DateField, Option, TextField

BASKET_WIDTH = 420
_WORDS = BasketWords(
    search=spoken("orders.search"),
    found=spoken("orders.products"),
    found_empty=spoken("orders.products_empty"),
    card=spoken("orders.new"),
    basket=spoken("orders.lines"),
    basket_empty=spoken("orders.basket_empty"),
    quantity=spoken("orders.quantity"),
    send=spoken("orders.send"),
    back=spoken("orders.back"),
)


class NewOrderView(BasketView[AskableProduct, BasketLine]):
    """Enter on a product adds it; the quantity field changes the chosen line; F9 orders."""

    def __init__(self, presenter: OrdersPresenter) -> None:
        super().__init__(_WORDS, product_columns(), basket_columns(), width=BASKET_WIDTH)
        self._presenter = presenter
        self.supplier = ComboField(spoken("orders.supplier"), icon="truck", placeholder=spoken("widgets.choose"))
        self.expected = DateField(spoken("orders.expected"))
        self.note = TextField(spoken("orders.note"))
        self.add_above(self.supplier)
        self.add_below(self.expected, self.note)
        self.searched.connect(presenter.search)
        self.counted.connect(presenter.put)
        self.products.opened.connect(self._put)
        self.send.clicked.connect(self._send)
        presenter.products_changed.connect(self.products.set_rows)
        presenter.basket_changed.connect(self.show_basket)

    def show_list(self, found: OrderList) -> None:
        """The suppliers to choose from."""
        self.supplier.set_options([Option(str(one.id), one.name.said_in(language())) for one in found.suppliers])

    def _put(self, product: AskableProduct) -> None:
        self._presenter.put(product, 1)
        self.basket.choose(product.id)
        self.quantity.setFocus()

    def _send(self) -> None:
        self.count()
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
