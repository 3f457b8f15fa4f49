"""The nearly-always case of an issue in one question: the lot lies in the store and nothing stands on it.

Whatever is out of the ordinary (a lock on the lot, an expired or pending batch, a kit, a corrected spelling, a serial
number, too few) is no answer here: ``app.services.picking`` then looks closely, and says what it is.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain

from sqlalchemy import Integer, String, and_, bindparam, func, or_, select

from app.core.statuses.stock import Inspection, StockState
from app.models.direct import Direct, Question
from app.models.everything import METADATA

FIRST_ZONE = "Etc/GMT-14"
"""Where a day begins first: what has not expired there has expired at no site."""
_tables = METADATA.tables
_batch, _balance, _product = _tables["batch"], _tables["balance"], _tables["product"]
_lock, _content, _corrected = _tables["lot_lock"], _tables["kit_content"], _tables["batch_supplement"]
_same = _tables["batch"].alias("same")
_lots = bindparam("lots", expanding=True, type_=String)
_products = bindparam("products", expanding=True, type_=Integer)
_asked = (
    select(_same.c.product_id, func.max(_same.c.expiry_on).label("latest"))
    .where(_same.c.product_id.in_(_products), _same.c.lot_key.in_(_lots))
    .group_by(_same.c.product_id)
    .cte("asked")
    .prefix_with("MATERIALIZED", dialect="postgresql")
)
_ever_locked = (
    select(_lock.c.id)
    .where(
        _lock.c.product_id == _batch.c.product_id, or_(_lock.c.lot_key.is_(None), _lock.c.lot_key == _batch.c.lot_key)
    )
    .exists()
)
_respelled = (
    select(_corrected.c.id)
    .where(
        _corrected.c.old_key.is_not(None), or_(_corrected.c.batch_id == _batch.c.id, _corrected.c.old_key.in_(_lots))
    )
    .exists()
)
_clear = and_(
    _batch.c.inspection == Inspection.RELEASED,
    or_(_batch.c.expiry_on.is_(None), _batch.c.expiry_on >= func.site_today(FIRST_ZONE)),
    ~_ever_locked,
    ~_respelled,
    ~select(_content.c.id).where(_content.c.kit_batch_id == _batch.c.id).exists(),
    ~_product.c.needs_serial,
)
_READY = Direct(
    select(
        _batch.c.product_id,
        _batch.c.id,
        _batch.c.lot_no,
        _batch.c.lot_key,
        _batch.c.expiry_on,
        _balance.c.quantity,
        _clear.label("is_clear"),
    )
    .select_from(_asked)
    .join(_batch, _batch.c.product_id == _asked.c.product_id)
    .join(_balance, _balance.c.batch_id == _batch.c.id)
    .join(_product, _product.c.id == _batch.c.product_id)
    .where(
        _balance.c.location_id == bindparam("place"),
        _balance.c.state == StockState.IN_STOCK,
        _balance.c.quantity > 0,
        or_(_batch.c.lot_key.in_(_lots), _batch.c.expiry_on < _asked.c.latest),
    )
    .order_by(_batch.c.received_at, _batch.c.id)
)
"""The lots' receipts on the shelves of the store, and every other batch of their products that expires before them."""


@dataclass(frozen=True, slots=True)
class Ready:
    """One receipt on a shelf of the store."""

    batch_id: int
    lot_no: str
    lot_key: str
    expiry_on: date | None
    quantity: int
    is_clear: bool


class ReadyStock:
    """What lies ready for the lots of one document."""

    def __init__(self, asked: Iterable[Question]) -> None:
        """``asked``: what ``asking_ready_stock`` made, and was answered."""
        self._by_product: dict[int, list[Ready]] = defaultdict(list)
        for product_id, *row in chain.from_iterable(question.rows for question in asked):
            self._by_product[product_id].append(Ready(*row))

    def of_lot(self, product_id: int, lot_key: str) -> tuple[list[Ready], list[Ready]] | None:
        """The lot's receipts as they came, and what expires before the first of them, the earliest first.

        None where anything asks for a closer look.
        """
        rows = self._by_product.get(product_id, ())
        own = [row for row in rows if row.lot_key == lot_key]
        if not own:
            return None
        goes_on = own[0].expiry_on or date.min
        earlier = [(row.expiry_on, row) for row in rows if row.expiry_on is not None and row.expiry_on < goes_on]
        before = [row for _, row in sorted(earlier, key=lambda pair: pair[0])]
        return (own, before) if all(row.is_clear for row in chain(own, before)) else None


def asking_ready_stock(place_id: int, lots: Collection[tuple[int, str]]) -> Question:
    """The question for ``ReadyStock``; ``lots`` are pairs of product and lot key, one at least."""
    asked = {"products": sorted({one for one, _ in lots}), "lots": sorted({key for _, key in lots})}
    return _READY.asking(place=place_id, **asked)
