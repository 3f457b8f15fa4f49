"""What may still be promised: in stock, reserved, free, and what is on its way; per batch or per product."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from app.core.lots import lot_key
from app.core.statuses.stock import StockState
from app.models.requisitions import PurchaseOrder, PurchaseOrderLine, Reservation
from app.models.stock import Balance, Batch
from app.queries.days import latest_today
from app.queries.layers import LayerRow, keys_of, layers_of
from app.queries.lot_keys import is_lot
from app.queries.orders import orders_for


@dataclass(frozen=True, slots=True)
class FreeStock:
    """Base units. ``in_stock`` may be issued now; ``locked`` stands in stock under a layer and is in no other figure.

    ``reserved`` is kept for requisitions, never more than is there; ``ordered`` has not come, ``in_transit`` is on
    its way between stores under no lock.
    """

    in_stock: int = 0
    locked: int = 0
    reserved: int = 0
    ordered: int = 0
    in_transit: int = 0

    @property
    def free(self) -> int:
        return self.in_stock - self.reserved

    @property
    def inbound(self) -> int:
        return self.ordered + self.in_transit


NO_STOCK = FreeStock()


@dataclass(slots=True)
class _Sums:
    """Counted up, row by row."""

    in_stock: int = 0
    locked: int = 0
    reserved: int = 0
    in_transit: int = 0

    def told(self, ordered: int) -> FreeStock:
        return FreeStock(self.in_stock, self.locked, self.reserved, ordered, self.in_transit)


def stock_of_products(
    session: Session, product_ids: Collection[int], store_id: int | None = None
) -> dict[int, FreeStock]:
    """One figure for each of these products, at one store or at all; orders name no store and count for all."""
    sums = _sums(session, Batch.product_id, Batch.product_id.in_(product_ids), store_id)
    ordered = ordered_of(session, product_ids)
    return {product_id: sums[product_id].told(ordered.get(product_id, 0)) for product_id in product_ids}


def stock_of_batches(
    session: Session, batch_ids: Collection[int], layers: Mapping[int, Sequence[LayerRow]] | None = None
) -> dict[int, FreeStock]:
    """One figure for each of these batches, in all stores; an order is for a product, so nothing is ordered.

    Give the ``layers`` of the batches where they are known already.
    """
    sums = _sums(session, Batch.id, Batch.id.in_(batch_ids), None, layers)
    return {batch_id: sums[batch_id].told(0) for batch_id in batch_ids}


@dataclass(frozen=True, slots=True)
class IssueStock:
    """What a store has of a ``product`` as a whole, and of one ``lot`` of it."""

    product: FreeStock = NO_STOCK
    lot: FreeStock = NO_STOCK


NO_ISSUE_STOCK = IssueStock()


def stock_at_issue(session: Session, product_id: int, lot: str | None, store_id: int) -> IssueStock:
    """The figures beside a line of an issue; without a lot both are of the product."""
    whole = stock_of_products(session, [product_id], store_id)[product_id]
    if lot is None:
        return IssueStock(whole, whole)
    wanted = and_(Batch.product_id == product_id, is_lot(lot_key(lot)))
    return IssueStock(whole, _sums(session, Batch.product_id, wanted, store_id)[product_id].told(0))


def ordered_of(session: Session, product_ids: Collection[int]) -> dict[int, int]:
    """What is on order of these products and has not come."""
    naming = select(PurchaseOrderLine.order_id).where(PurchaseOrderLine.product_id.in_(product_ids))
    found: dict[int, int] = defaultdict(int)
    for row in orders_for(session, PurchaseOrder.id.in_(naming), PurchaseOrder.cancelled_at.is_(None)):
        for line in row.lines:
            found[line.product_id] += line.inbound
    return dict(found)


def _sums(
    session: Session,
    key: Any,
    wanted: ColumnElement[bool],
    store_id: int | None,
    known: Mapping[int, Sequence[LayerRow]] | None = None,
) -> dict[int, _Sums]:
    states = (StockState.IN_STOCK, StockState.IN_TRANSIT)
    query = (
        select(key, Batch, Balance.location_id, Balance.state, Balance.quantity)
        .join(Balance, Balance.batch_id == Batch.id)
        .where(wanted, Balance.state.in_(states), Balance.quantity > 0)
    )
    if store_id is not None:
        query = query.where(Balance.location_id == store_id)
    rows = session.execute(query).all()
    layers = known if known is not None else _layers(session, [batch for _, batch, *_ in rows])
    kept = _kept(session, wanted)
    found: dict[int, _Sums] = defaultdict(_Sums)
    for owner, batch, place, state, quantity in rows:
        sums = found[owner]
        if layers[batch.id]:
            sums.locked += quantity if state is StockState.IN_STOCK else 0
        elif state is StockState.IN_TRANSIT:
            sums.in_transit += quantity
        else:
            sums.in_stock += quantity
            sums.reserved += min(quantity, kept.get((batch.id, place), 0))
    return found


def _layers(session: Session, batches: Sequence[Batch]) -> Mapping[int, Sequence[LayerRow]]:
    each = list({batch.id: batch for batch in batches}.values())
    return layers_of(session, keys_of(each), latest_today(session)) if each else {}


def _kept(session: Session, wanted: ColumnElement[bool]) -> dict[tuple[int, int], int]:
    rows = session.execute(
        select(Reservation.batch_id, Reservation.location_id, func.sum(Reservation.quantity))
        .join(Batch, Batch.id == Reservation.batch_id)
        .where(wanted, Reservation.ended_at.is_(None))
        .group_by(Reservation.batch_id, Reservation.location_id)
    )
    return {(batch_id, place): int(quantity) for batch_id, place, quantity in rows}
