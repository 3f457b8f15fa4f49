"""Batches found by lot, name, REF, device identifier, supplier or receipt, with their quantities and layers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.errors import RuleError
from app.core.lots import lot_key
from app.core.statuses.locks import LockLayer
from app.core.statuses.stock import HELD_STATES, Inspection, StockState
from app.models.catalogue import DeviceIdentifier, Product, Supplier
from app.models.stock import Balance, Batch
from app.queries.completeness import completeness, has_gaps
from app.queries.days import latest_today
from app.queries.free_stock import NO_STOCK, FreeStock, stock_of_batches
from app.queries.layers import LayerRow, distinct_layers, keys_of, layers_of
from app.queries.lot_keys import is_locked, is_lot, mentions_lot
from app.queries.scanned import product_of_di
from app.udi.reading import Reading

NEAR_EXPIRY_DAYS = 90


class BatchFilter(Enum):
    """Which batches a list shows; used-up ones stay findable under ALL for ever."""

    ALL = "all"
    IN_HAND = "in_hand"
    LOCKED = "locked"
    PENDING = "pending"
    NEAR_EXPIRY = "near_expiry"
    EXPIRED = "expired"
    NO_PRODUCTION = "no_production"
    GAPS = "gaps"


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One inbound batch; ``quantities`` sum to ``received`` in base units, ``stock`` is what may be promised.

    ``score`` 0–100 is how complete its master is, ``gaps`` how many items it lacks.
    """

    id: int
    product_id: int
    product: Bilingual
    spec: str
    ref: str
    lot_no: str
    lot_key: str
    receipt_no: str
    supplier: Bilingual
    expiry_on: date | None
    days_left: int | None
    inspection: Inspection
    received_at: datetime
    layers: tuple[LockLayer, ...]
    quantities: Mapping[StockState, int]
    stock: FreeStock = NO_STOCK
    score: int = 100
    gaps: int = 0

    @property
    def received(self) -> int:
        return sum(self.quantities.values())

    @property
    def in_hand(self) -> int:
        return sum(self.quantities.get(state, 0) for state in HELD_STATES)

    @property
    def free(self) -> int:
        return self.stock.free


def find_batches(
    session: Session, words: str = "", show: BatchFilter = BatchFilter.ALL, *, limit: int = 200
) -> list[BatchRow]:
    """Every word must be found somewhere in the batch; the newest receipts first. Twelve statements at most."""
    today = latest_today(session)
    query = _batches().where(*(_mentions(word) for word in words.split()), *_shown(session, show, today))
    rows = _rows(session, query.order_by(Batch.received_at.desc(), Batch.id.desc()).limit(limit), today)
    told = completeness(session, [row.id for row in rows])
    return [replace(row, score=told[row.id].score, gaps=len(told[row.id].gaps)) for row in rows]


def batches_of_lot(session: Session, product_id: int, lot: str | None) -> list[BatchRow]:
    """All receipts of one lot (without a lot: of the product), the earliest first."""
    return _of_lot(session, _batches().where(Batch.product_id == product_id), lot)


class NoScanError(RuleError):
    """Neither product nor lot could be read from ``raw``."""

    code = "no_scan"


class UnknownProductError(RuleError):
    """The device identifier ``di`` is not registered."""

    code = "unknown_product"


def batches_scanned(session: Session, reading: Reading) -> list[BatchRow]:
    """The batches a code names: of its lot; of its product where it has none; of any product where it has only a lot.

    Raises NoScanError or UnknownProductError.
    """
    if reading.di is None:
        if reading.lot is None:
            raise NoScanError(raw=reading.raw[:60])
        return _of_lot(session, _batches(), reading.lot)
    product = product_of_di(session, reading.di)
    if product is None:
        raise UnknownProductError(di=reading.di)
    return batches_of_lot(session, product.id, reading.lot)


def count_batches(session: Session) -> dict[BatchFilter, int]:
    """How many batches each filter would show, for the chips above the list."""
    today = latest_today(session)
    return {
        show: session.execute(
            select(func.count()).select_from(_batches().where(*_shown(session, show, today)).subquery())
        ).scalar_one()
        for show in BatchFilter
    }


def _batches() -> Select[Batch, Product, Supplier]:
    return (
        select(Batch, Product, Supplier)
        .join(Product, Product.id == Batch.product_id)
        .join(Supplier, Supplier.id == Batch.supplier_id)
    )


def _of_lot(session: Session, query: Select[Batch, Product, Supplier], lot: str | None) -> list[BatchRow]:
    if lot is not None:
        query = query.where(is_lot(lot_key(lot)))
    return _rows(session, query.order_by(Batch.received_at, Batch.id), latest_today(session))


def _mentions(word: str) -> ColumnElement[bool]:
    key = lot_key(word)
    has_di = select(DeviceIdentifier.id).where(
        DeviceIdentifier.product_id == Batch.product_id, DeviceIdentifier.di.contains(word, autoescape=True)
    )
    texts = (
        Product.name_zh,
        Product.name_en,
        Product.code,
        Product.ref,
        Product.spec,
        Supplier.name_zh,
        Supplier.name_en,
        Batch.receipt_no,
    )
    found = [column.icontains(word, autoescape=True) for column in texts]
    if key:
        found.append(mentions_lot(key))
    return or_(*found, has_di.exists())


def _shown(session: Session, show: BatchFilter, today: date) -> list[ColumnElement[bool]]:
    if show is BatchFilter.GAPS:
        return [has_gaps(session, today)]
    in_hand = (
        select(Balance.batch_id)
        .where(Balance.batch_id == Batch.id, Balance.quantity > 0, Balance.state.in_(HELD_STATES))
        .exists()
    )
    soon = and_(Batch.expiry_on >= today, Batch.expiry_on <= today + timedelta(days=NEAR_EXPIRY_DAYS))
    conditions: dict[BatchFilter, list[ColumnElement[bool]]] = {
        BatchFilter.ALL: [],
        BatchFilter.IN_HAND: [in_hand],
        BatchFilter.LOCKED: [or_(is_locked(), Batch.inspection == Inspection.REJECTED)],
        BatchFilter.PENDING: [Batch.inspection == Inspection.PENDING],
        BatchFilter.NEAR_EXPIRY: [soon, in_hand],
        BatchFilter.EXPIRED: [Batch.expiry_on < today, in_hand],
        BatchFilter.NO_PRODUCTION: [Batch.production_on.is_(None), ~Batch.is_lot_unknown, in_hand],
    }
    return conditions[show]


def _rows(session: Session, query: Select[Batch, Product, Supplier], today: date) -> list[BatchRow]:
    found = session.execute(query).all()
    keys = keys_of([batch for batch, _, _ in found])
    quantities = quantities_by_state(session, [key.id for key in keys])
    layers = layers_of(session, keys, today)
    stock = stock_of_batches(session, [key.id for key in keys], layers)
    return [
        _row(batch, product, supplier, today, layers[batch.id], quantities[batch.id], stock[batch.id])
        for batch, product, supplier in found
    ]


def _row(
    batch: Batch,
    product: Product,
    supplier: Supplier,
    today: date,
    layers: Sequence[LayerRow],
    quantities: Mapping[StockState, int],
    stock: FreeStock,
) -> BatchRow:
    return BatchRow(
        batch.id,
        product.id,
        Bilingual(product.name_zh, product.name_en),
        product.spec,
        product.ref,
        batch.lot_no,
        batch.lot_key,
        batch.receipt_no,
        Bilingual(supplier.name_zh, supplier.name_en),
        batch.expiry_on,
        (batch.expiry_on - today).days if batch.expiry_on else None,
        batch.inspection,
        batch.received_at,
        distinct_layers(layers),
        quantities,
        stock,
    )


def quantities_by_state(session: Session, batch_ids: Sequence[int]) -> Mapping[int, dict[StockState, int]]:
    """What the balance says per batch and state, zeros left out; a batch without any has an empty dict."""
    rows = session.execute(
        select(Balance.batch_id, Balance.state, func.sum(Balance.quantity))
        .where(Balance.batch_id.in_(batch_ids))
        .group_by(Balance.batch_id, Balance.state)
    )
    quantities: dict[int, dict[StockState, int]] = defaultdict(dict)
    for batch_id, state, quantity in rows:
        if quantity:
            quantities[batch_id][state] = int(quantity)
    return quantities
