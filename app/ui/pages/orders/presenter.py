"""Decides for orders: the list, the one shown, a new one that grows line by line. No widget."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, Signal, Slot

from app.core.changes import Topic
from app.core.permissions import Duty
from app.core.statuses.stock import LocationKind
from app.queries.days import latest_today
from app.queries.locations import locations
from app.queries.orders import OrderRow, SupplierChoice, active_suppliers, orders
from app.queries.reader import Reader
from app.queries.requisitions import AskableProduct, askable
from app.queries.scanned import product_of_di
from app.services.ordering import OrderingService
from app.udi.reader import read
from app.ui.background import Background
from app.ui.presenter import Presenter
from app.ui.seat import Seat


@dataclass(frozen=True, slots=True)
class OrderList:
    """All orders, the suppliers to order from, and the day that decides what is late."""

    rows: tuple[OrderRow, ...]
    suppliers: tuple[SupplierChoice, ...]
    today: date


@dataclass(frozen=True, slots=True)
class BasketLine:
    """A product about to be ordered, in base units."""

    product: AskableProduct
    quantity: int


class OrdersPresenter(Presenter):
    """The buyer's page."""

    topics = frozenset({Topic.DELIVERIES, Topic.STOCK, Topic.CATALOGUE})
    list_changed = Signal(object)
    shown_changed = Signal(object)
    products_changed = Signal(list)
    basket_changed = Signal(list)
    ordered = Signal(object)
    cancelled = Signal(object)
    not_found = Signal(str)

    def __init__(
        self,
        reader: Reader,
        ordering: OrderingService,
        seat: Seat,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(background, parent)
        self._reader, self._ordering, self._seat = reader, ordering, seat
        self._list: OrderList | None = None
        self._shown_id: int | None = None
        self._basket: tuple[BasketLine, ...] = ()
        self._is_new = False
        seat.actor_changed.connect(self._person_changed)

    @Slot()
    def _person_changed(self) -> None:
        self._basket, self._is_new, self._shown_id = (), False, None

    @property
    def is_new(self) -> bool:
        """Whether a new order is being put together."""
        return self._is_new

    @property
    def shown(self) -> OrderRow | None:
        """The order in the pane."""
        rows = self._list.rows if self._list else ()
        return next((row for row in rows if row.id == self._shown_id), None)

    def may_order(self) -> bool:
        """Whether the person here buys."""
        return self._seat.is_taken and self._seat.actor.may(Duty.ORDER)

    @Slot()
    def reload(self) -> None:
        def fetch() -> OrderList:
            return OrderList(
                tuple(self._reader.fetch(orders)),
                tuple(self._reader.fetch(active_suppliers)),
                self._reader.fetch(latest_today),
            )

        self._load(fetch, self._show, "list")

    def _show(self, found: OrderList) -> None:
        self._list = found
        if self.shown is None and not self._is_new:
            self._shown_id = found.rows[0].id if found.rows else None
        self.list_changed.emit(found)
        self._tell()

    def _tell(self) -> None:
        self.shown_changed.emit(self.shown)
        self.basket_changed.emit(list(self._basket))

    def choose(self, order_id: int) -> None:
        """Show one order."""
        self._shown_id, self._is_new = order_id, False
        self._tell()

    def start(self) -> None:
        """A new order."""
        self._is_new, self._shown_id = True, None
        self._tell()

    def stop(self) -> None:
        """Back to the list; what was chosen stays for later."""
        self._is_new = False
        self._shown_id = self._list.rows[0].id if self._list and self._list.rows else None
        self._tell()

    def search(self, words: str) -> None:
        """Products by name, REF or specification."""
        self._load(lambda: self._found(words), self.products_changed.emit, "products")

    def _found(self, words: str) -> list[AskableProduct]:
        stores = sorted(store.id for store in self._reader.fetch(locations, LocationKind.STORE))
        return self._reader.fetch(askable, 0, stores[0], words) if stores and words else []

    def take_scan(self, raw: str) -> None:
        """A box that is to be bought again joins the new order."""
        di = read(raw).di

        def look() -> tuple[AskableProduct | None, int]:
            product = self._reader.fetch(product_of_di, di) if di else None
            if product is None:
                return None, 0
            found = self._found(product.ref)
            return next((one for one in found if one.id == product.id), None), product.units

        def show(found: tuple[AskableProduct | None, int]) -> None:
            product, units = found
            if product is None or not self.may_order():
                self.not_found.emit(raw)
                return
            if not self._is_new:
                self.start()
            before = sum(line.quantity for line in self._basket if line.product.id == product.id)
            self.put(product, before + units)

        self._load(look, show, "scan")

    def put(self, product: AskableProduct, quantity: int) -> None:
        """Into the order; zero takes it out."""
        others = tuple(line for line in self._basket if line.product.id != product.id)
        self._basket = (*others, BasketLine(product, quantity)) if quantity > 0 else others
        self.basket_changed.emit(list(self._basket))

    def order(self, supplier_id: int, expected_on: date | None, note: str) -> None:
        """Send the order."""
        actor = self._seat.actor
        lines = [(line.product.id, line.quantity) for line in self._basket]

        def done(outcome: object) -> None:
            self._basket, self._is_new = (), False
            self.ordered.emit(outcome)
            self.reload()

        self._act(
            lambda: self._ordering.order(
                actor=actor, supplier_id=supplier_id, lines=lines, expected_on=expected_on, note=note
            ),
            done,
        )

    def cancel(self, reason: str) -> None:
        """What has not come is no longer expected."""
        actor, row = self._seat.actor, self.shown
        if row is not None:
            self._act(lambda: self._ordering.cancel(actor=actor, order_id=row.id, reason=reason), self.cancelled.emit)
