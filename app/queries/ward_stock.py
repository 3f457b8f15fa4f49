"""What a place has, the earliest expiry first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.statuses.locks import LockLayer
from app.core.statuses.stock import HELD_STATES, StockState
from app.models.catalogue import Product
from app.models.stock import Balance, Batch
from app.queries.days import today_at
from app.queries.layers import distinct_layers, keys_of, layers_of

SHOWN_STATES = HELD_STATES | {StockState.EXPENSED}


@dataclass(frozen=True, slots=True)
class StockRow:
    """One batch at one place in one state; ``quantity`` in base units."""

    batch_id: int
    product_id: int
    product: Bilingual
    spec: str
    ref: str
    unit: Bilingual
    lot_no: str
    expiry_on: date | None
    days_left: int | None
    state: StockState
    quantity: int
    layers: tuple[LockLayer, ...]

    @property
    def is_free(self) -> bool:
        return not self.layers and self.state is not StockState.QUARANTINED


def stock_at(session: Session, location_id: int, states: frozenset[StockState] = SHOWN_STATES) -> list[StockRow]:
    """Everything a place has in these states, earliest expiry first, without an expiry last. Four statements."""
    today = today_at(session, location_id)
    found: Sequence[tuple[Balance, Batch, Product]] = [
        (balance, batch, product)
        for balance, batch, product in session.execute(
            select(Balance, Batch, Product)
            .join(Batch, Batch.id == Balance.batch_id)
            .join(Product, Product.id == Batch.product_id)
            .where(Balance.location_id == location_id, Balance.state.in_(states), Balance.quantity > 0)
            .order_by(Batch.expiry_on.is_(None), Batch.expiry_on, Product.code, Batch.id)
        )
    ]
    layers = layers_of(session, keys_of([batch for _, batch, _ in found]), today)
    return [
        StockRow(
            batch.id,
            product.id,
            Bilingual(product.name_zh, product.name_en),
            product.spec,
            product.ref,
            Bilingual(product.base_unit_zh, product.base_unit_en),
            batch.lot_no,
            batch.expiry_on,
            (batch.expiry_on - today).days if batch.expiry_on else None,
            balance.state,
            balance.quantity,
            distinct_layers(layers[batch.id]),
        )
        for balance, batch, product in found
    ]
