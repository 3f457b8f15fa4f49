"""A new requisition: the usual list or a search at the left, what is asked for at the right."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import AppError
from app.core.words import describe
from app.queries.requisitions import AskableProduct
from app.ui.language import language, spoken
from app.ui.pages.requisitions.columns import cart_columns, product_columns
from app.ui.pages.requisitions.presenter import CartLine, RequisitionsPresenter
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card
from app.ui.widgets.fields import AreaField, NumberField, TextInput
from app.ui.widgets.table import DataTable

TYPING_PAUSE_MS = 250
CART_WIDTH = 380


class AskView(QWidget):
    """Enter on a product takes its usual quantity; a scan of an empty box does the same; F9 sends."""

    left = Signal()

    def __init__(self, presenter: RequisitionsPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.words = TextInput(spoken("requisitions.search"), icon="search")
        self.products = DataTable(
            product_columns(),
            in_card=True,
            two_lines=True,
            name=spoken("requisitions.usual"),
            empty=spoken("requisitions.usual_empty"),
        )
        left = Card(spoken("requisitions.usual"), flush=True)
        box = QWidget()
        inside = QVBoxLayout(box)
        inside.setContentsMargins(12, 8, 12, 4)
        inside.addWidget(self.words)
        left.add(box)
        left.add(self.products, 1)
        row.addWidget(left, 1)
        row.addWidget(self._cart_card())
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.words.textEdited.connect(self._typed)
        self.words.returnPressed.connect(self._enter)
        self.products.opened.connect(self._put)
        self.cart.chosen.connect(self._choose)
        self.quantity.entered.connect(self._count)
        self.send.clicked.connect(self._send)
        self.back.clicked.connect(self.left)
        presenter.products_changed.connect(self.products.set_rows)
        presenter.cart_changed.connect(self.show_cart)

    def _cart_card(self) -> Card:
        card = Card(spoken("requisitions.cart"))
        card.setFixedWidth(CART_WIDTH)
        self.cart = DataTable(
            cart_columns(),
            in_card=True,
            two_lines=True,
            key=lambda line: line.product.id,
            name=spoken("requisitions.cart"),
            empty=spoken("requisitions.cart_empty"),
            sortable=False,
        )
        self.quantity = NumberField(spoken("requisitions.quantity"), least=0, hint=spoken("requisitions.quantity_hint"))
        self.note = AreaField(spoken("requisitions.note"), rows=2)
        self.send = KeycapButton(spoken("requisitions.send"), kind="primary", icon="send", key="F9")
        self.back = KeycapButton(spoken("requisitions.back"), cap="Esc")
        card.add(self.cart, 1)
        for widget in (self.quantity, self.note, self.send, self.back):
            card.add(widget)
        return card

    def _typed(self, _words: str) -> None:
        self._pause.start()

    def _search(self) -> None:
        self._pause.stop()
        self._presenter.search(self.words.text().strip())

    def _enter(self) -> None:
        self._search()
        self.products.setFocus()

    def _put(self, product: AskableProduct) -> None:
        self._presenter.put(product)

    def show_cart(self, lines: list[CartLine]) -> None:
        self.cart.set_rows(lines)
        self.send.setEnabled(bool(lines))
        self._choose(self.cart.chosen_row())

    def _choose(self, line: CartLine | None) -> None:
        self.quantity.setVisible(line is not None)
        if line is not None:
            self.quantity.set_number(line.quantity)

    def _count(self, *_typed: object) -> None:
        line, number = self.cart.chosen_row(), self.quantity.number()
        if line is not None and number is not None:
            self._presenter.put(line.product, number)

    def _send(self) -> None:
        self._count()
        self._presenter.ask(self.note.value())
        self.note.set_value("")

    def refuse(self, error: AppError) -> None:
        """Say it at the note; what was chosen stays."""
        self.note.set_error(lambda: describe(error, language()))
