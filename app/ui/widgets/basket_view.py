"""Something is found at the left and put into a basket at the right, with a quantity, before it is sent."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.packages import Level
from app.ui.language import Caption
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card
from app.ui.widgets.quantity_field import QuantityField
from app.ui.widgets.rows_model import Column
from app.ui.widgets.search_input import SearchInput
from app.ui.widgets.table import DataTable


class Findable(Protocol):
    """What may be put into a basket."""

    @property
    def id(self) -> Hashable: ...

    @property
    def levels(self) -> Sequence[Level]: ...


Thing = TypeVar("Thing", bound=Findable, covariant=True)


class Basketed(Protocol[Thing]):
    """One line of a basket."""

    @property
    def product(self) -> Thing: ...

    @property
    def quantity(self) -> int: ...


Found = TypeVar("Found", bound=Findable)
Line = TypeVar("Line", bound=Basketed[Findable])


@dataclass(frozen=True, slots=True)
class BasketWords:
    """The captions: ``card`` stands over the basket, ``basket`` is its name for those who do not see it."""

    search: Caption
    found: Caption
    found_empty: Caption
    card: Caption
    basket: Caption
    basket_empty: Caption
    quantity: Caption
    send: Caption
    back: Caption
    quantity_hint: Caption = ""


class BasketView(QWidget, Generic[Found, Line]):
    """Typing searches after a pause, Enter at once; the quantity field changes the chosen line; F9 sends.

    A subclass puts fields above the basket with ``add_above``, under the quantity with ``add_below``, connects
    ``products.opened`` and ``send.clicked``, and tells ``products.set_rows`` and ``show_basket`` what there is.
    """

    left = Signal()
    searched = Signal(str)
    counted = Signal(object, int)
    """A thing of the basket, and how many of it are wanted now."""

    def __init__(
        self, words: BasketWords, found: Sequence[Column[Found]], lines: Sequence[Column[Line]], *, width: int
    ) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.words = SearchInput(words.search)
        self.products = DataTable(found, in_card=True, two_lines=True, name=words.found, empty=words.found_empty)
        self.basket = DataTable(
            lines,
            in_card=True,
            two_lines=True,
            key=lambda line: line.product.id,
            name=words.basket,
            empty=words.basket_empty,
            sortable=False,
        )
        self.quantity = QuantityField(words.quantity, least=0, hint=words.quantity_hint)
        self.send = KeycapButton(words.send, kind="primary", icon="send", key="F9")
        self.back = KeycapButton(words.back, cap="Esc")
        row.addWidget(self._finding(words), 1)
        row.addWidget(self._choosing(words, width))
        self._connect()

    def _finding(self, words: BasketWords) -> Card:
        card, box = Card(words.found, flush=True), QWidget()
        inside = QVBoxLayout(box)
        inside.setContentsMargins(12, 8, 12, 4)
        inside.addWidget(self.words)
        card.add(box)
        card.add(self.products, 1)
        return card

    def _choosing(self, words: BasketWords, width: int) -> Card:
        card = Card(words.card)
        card.setFixedWidth(width)
        self._above, self._below = QVBoxLayout(), QVBoxLayout()
        for fields in (self._above, self._below):
            fields.setSpacing(card.body.spacing())
        card.body.addLayout(self._above)
        card.add(self.basket, 1)
        card.add(self.quantity)
        card.body.addLayout(self._below)
        for button in (self.send, self.back):
            card.add(button)
        return card

    def _connect(self) -> None:
        self.words.searched.connect(self.searched)
        self.words.entered.connect(self.products.setFocus)
        self.basket.chosen.connect(self._choose)
        self.quantity.entered.connect(self.count)
        self.back.clicked.connect(self.left)

    def add_above(self, *widgets: QWidget) -> None:
        """Fields over the basket."""
        for widget in widgets:
            self._above.addWidget(widget)

    def add_below(self, *widgets: QWidget) -> None:
        """Fields between the quantity and the buttons."""
        for widget in widgets:
            self._below.addWidget(widget)

    def show_basket(self, lines: Sequence[Line]) -> None:
        """What is in it; an empty basket cannot be sent."""
        self.basket.set_rows(lines)
        self.send.setEnabled(bool(lines))
        self._choose(self.basket.chosen_row())

    def count(self, *_typed: object) -> None:
        """Take the typed quantity for the chosen line."""
        line, number = self.basket.chosen_row(), self.quantity.number()
        if line is not None and number is not None:
            self.counted.emit(line.product, number)

    def _choose(self, line: Line | None) -> None:
        self.quantity.setVisible(line is not None)
        if line is not None:
            self.quantity.set_levels(line.product.levels)
            self.quantity.set_number(line.quantity)
