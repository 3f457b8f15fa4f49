"""Orders to suppliers, with what was received against them; their state is read from the ledger, never typed."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.statuses.requisition import OrderState
from app.core.statuses.stock import DeliveryState, Inspection, MovementKind
from app.models.catalogue import Product, Supplier
from app.models.persons import Person
from app.models.requisitions import PurchaseOrder, PurchaseOrderLine
from app.models.stock import Batch, Delivery, Movement
from app.models.supplements import PartRejection


@dataclass(frozen=True, slots=True)
class OrderLineRow:
    """Base units ordered and received, without what was rejected; ``inbound`` is what has not come yet."""

    id: int
    product_id: int
    product: Bilingual
    ref: str
    unit: Bilingual
    quantity: int
    received: int

    @property
    def inbound(self) -> int:
        return max(0, self.quantity - self.received)


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order; ``is_late`` where something is missing after the expected day."""

    id: int
    number: str
    supplier_id: int
    supplier: Bilingual
    expected_on: date | None
    state: OrderState
    note: str
    by: Bilingual
    at: datetime
    lines: tuple[OrderLineRow, ...]

    @property
    def inbound(self) -> int:
        return sum(line.inbound for line in self.lines) if self.state is not OrderState.CANCELLED else 0

    @property
    def quantity(self) -> int:
        return sum(line.quantity for line in self.lines)

    def is_late(self, today: date) -> bool:
        return self.inbound > 0 and self.expected_on is not None and self.expected_on < today


@dataclass(frozen=True, slots=True)
class SupplierChoice:
    """A supplier one may order from; whether the licence stands is asked when the order is sent."""

    id: int
    name: Bilingual


def active_suppliers(session: Session) -> list[SupplierChoice]:
    """By name."""
    rows = session.scalars(select(Supplier).where(Supplier.is_active).order_by(Supplier.name_zh, Supplier.id))
    return [SupplierChoice(row.id, Bilingual(row.name_zh, row.name_en)) for row in rows]


def orders(session: Session, limit: int = 200) -> list[OrderRow]:
    """All orders, the newest first."""
    return _rows(session, limit=limit)


def open_orders(session: Session, supplier_id: int | None = None) -> list[OrderRow]:
    """Orders of which something has not come, of one supplier or of all."""
    conditions: list[ColumnElement[bool]] = [PurchaseOrder.cancelled_at.is_(None)]
    if supplier_id is not None:
        conditions.append(PurchaseOrder.supplier_id == supplier_id)
    return [row for row in _rows(session, *conditions, limit=500) if row.inbound]


def order_of(session: Session, number: str) -> OrderRow | None:
    """The order that a delivery names."""
    return next(iter(_rows(session, PurchaseOrder.number == number.strip(), limit=1)), None)


def orders_for(session: Session, *conditions: ColumnElement[bool]) -> list[OrderRow]:
    """All orders that fulfil these conditions on ``PurchaseOrder``, the newest first."""
    return _rows(session, *conditions)


def _rows(session: Session, *conditions: ColumnElement[bool], limit: int | None = None) -> list[OrderRow]:
    found = session.execute(
        select(PurchaseOrder, Supplier, Person)
        .join(Supplier, Supplier.id == PurchaseOrder.supplier_id)
        .join(Person, Person.id == PurchaseOrder.ordered_by)
        .where(*conditions)
        .order_by(PurchaseOrder.id.desc())
        .limit(limit)
    ).all()
    received = _received(session, [order.number for order, _, _ in found])
    lines = _lines(session, [order.id for order, _, _ in found])
    rows: list[OrderRow] = []
    for order, supplier, person in found:
        own = tuple(_line(line, product, received[order.number]) for line, product in lines[order.id])
        rows.append(
            OrderRow(
                order.id,
                order.number,
                supplier.id,
                Bilingual(supplier.name_zh, supplier.name_en),
                order.expected_on,
                _state(order, own),
                " ".join(part for part in (order.note, order.cancel_reason) if part),
                Bilingual(person.name_zh, person.name_en),
                order.ordered_at,
                own,
            )
        )
    return rows


def _state(order: PurchaseOrder, lines: tuple[OrderLineRow, ...]) -> OrderState:
    if order.cancelled_at is not None:
        return OrderState.CANCELLED
    if not any(line.inbound for line in lines):
        return OrderState.COMPLETE
    return OrderState.PARTLY if any(line.received for line in lines) else OrderState.ORDERED


def _line(line: PurchaseOrderLine, product: Product, received: dict[int, int]) -> OrderLineRow:
    return OrderLineRow(
        line.id,
        product.id,
        Bilingual(product.name_zh, product.name_en),
        product.ref,
        Bilingual(product.base_unit_zh, product.base_unit_en),
        line.quantity,
        received.get(product.id, 0),
    )


def _lines(session: Session, order_ids: Collection[int]) -> dict[int, list[tuple[PurchaseOrderLine, Product]]]:
    rows = session.execute(
        select(PurchaseOrderLine, Product)
        .join(Product, Product.id == PurchaseOrderLine.product_id)
        .where(PurchaseOrderLine.order_id.in_(order_ids))
        .order_by(PurchaseOrderLine.line_no)
    )
    found: dict[int, list[tuple[PurchaseOrderLine, Product]]] = defaultdict(list)
    for line, product in rows:
        found[line.order_id].append((line, product))
    return found


def _received(session: Session, numbers: Collection[str]) -> dict[str, dict[int, int]]:
    """Base units received per order number and product: without receipts that were reversed, and without what the
    inspection rejected, which the supplier still owes.
    """
    reversed_ids = select(Movement.reverses_id).where(Movement.reverses_id.is_not(None))
    rows = session.execute(
        select(Delivery.order_no, Batch.id, Batch.product_id, PartRejection.quantity, func.sum(Movement.quantity))
        .join(Batch, Batch.receipt_no == Delivery.receipt_no)
        .join(Movement, Movement.batch_id == Batch.id)
        .outerjoin(PartRejection, PartRejection.batch_id == Batch.id)
        .where(
            Delivery.order_no.in_(numbers),
            Delivery.state == DeliveryState.POSTED.value,
            Batch.inspection != Inspection.REJECTED,
            Movement.kind == MovementKind.RECEIPT,
            Movement.id.not_in(reversed_ids),
        )
        .group_by(Delivery.order_no, Batch.id, Batch.product_id, PartRejection.quantity)
    )
    found: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for number, _, product_id, rejected, quantity in rows:
        found[number][product_id] += max(0, int(quantity) - (rejected or 0))
    return found
