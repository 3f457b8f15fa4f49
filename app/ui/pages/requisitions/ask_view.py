"""A new requisition: the usual list or a search at the left, what is asked for at the right."""

from app.core.errors import AppError
from app.core.words import describe
from app.queries.requisitions import AskableProduct
from app.ui.language import language, spoken
from app.ui.pages.requisitions.columns import cart_columns, product_columns
from app.ui.pages.requisitions.presenter import CartLine, RequisitionsPresenter
from app.ui.widgets.basket_view import BasketView, BasketWords
from app.ui.widgets.fields import AreaField

CART_WIDTH = 380
_WORDS = BasketWords(
    search=spoken("requisitions.search"),
    found=spoken("requisitions.usual"),
    found_empty=spoken("requisitions.usual_empty"),
    card=spoken("requisitions.cart"),
    basket=spoken("requisitions.cart"),
    basket_empty=spoken("requisitions.cart_empty"),
    quantity=spoken("requisitions.quantity"),
    send=spoken("requisitions.send"),
    back=spoken("requisitions.back"),
    quantity_hint=spoken("requisitions.quantity_hint"),
)


class AskView(BasketView[AskableProduct, CartLine]):
    """Enter on a product takes its usual quantity; a scan of an empty box does the same; F9 sends."""

    def __init__(self, presenter: RequisitionsPresenter) -> None:
        super().__init__(_WORDS, product_columns(), cart_columns(), width=CART_WIDTH)
        self._presenter = presenter
        self.note = AreaField(spoken("requisitions.note"), rows=2)
        self.add_below(self.note)
        self.searched.connect(presenter.search)
        self.counted.connect(presenter.put)
        self.products.opened.connect(self._put)
        self.send.clicked.connect(self._send)
        presenter.products_changed.connect(self.products.set_rows)
        presenter.cart_changed.connect(self.show_basket)

    def _put(self, product: AskableProduct) -> None:
        self._presenter.put(product)

    def _send(self) -> None:
        self.count()
        self._presenter.ask(self.note.value())
        self.note.set_value("")

    def refuse(self, error: AppError) -> None:
        """Say it at the note; what was chosen stays."""
        self.note.set_error(lambda: describe(error, language()))
