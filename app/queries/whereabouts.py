"""The first minute's questions, each as one statement built once: where is it, who got it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.lots import lot_key
from app.core.statuses.stock import LocationKind, MovementKind, StockState
from app.models.catalogue import DeviceIdentifier, Product
from app.models.everything import METADATA
from app.models.stock import Batch
from app.queries.lot_keys import is_lot

_BALANCE, _PLACE = METADATA.tables["balance"].c, METADATA.tables["location"].c
_MOVED = METADATA.tables["movement"].c
_ASKED = bindparam("batches", expanding=True, type_=Integer)
_GIVEN, _BACK = MovementKind.ISSUE, MovementKind.WARD_RETURN
_WARD = case((_MOVED.kind == _GIVEN, _MOVED.target_id), else_=_MOVED.source_id).label("ward")
_NET = func.sum(case((_MOVED.kind == _GIVEN, _MOVED.quantity), else_=-_MOVED.quantity))

WHERE = (
    select(_BALANCE.batch_id, _PLACE.id, _PLACE.name_zh, _PLACE.name_en, _PLACE.kind, _BALANCE.state, _BALANCE.quantity)
    .join(METADATA.tables["location"], _PLACE.id == _BALANCE.location_id)
    .where(_BALANCE.batch_id.in_(_ASKED), _BALANCE.quantity != 0)
    .order_by(_PLACE.kind.desc(), _PLACE.code, _BALANCE.state, _BALANCE.batch_id)
)
_SUMS = (
    select(_WARD, _NET.label("quantity"), func.max(_MOVED.acted_at).label("last_at"))
    .where(_MOVED.batch_id.in_(_ASKED), _MOVED.kind.in_([_GIVEN, _BACK]))
    .group_by(_WARD)
    .subquery()
)
WHO = (
    select(_PLACE.id, _PLACE.name_zh, _PLACE.name_en, _SUMS.c.quantity, _SUMS.c.last_at)
    .join(_SUMS, _SUMS.c.ward == _PLACE.id)
    .order_by(_SUMS.c.quantity.desc(), _PLACE.code)
)


@dataclass(frozen=True, slots=True)
class Whereabout:
    """Units of a batch at one place in one state."""

    batch_id: int
    location_id: int
    place: Bilingual
    kind: LocationKind
    state: StockState
    quantity: int


@dataclass(frozen=True, slots=True)
class Recipient:
    """A ward and what it was given, less what it gave back; ``last_at`` is the latest of these acts."""

    location_id: int
    place: Bilingual
    quantity: int
    last_at: datetime


def where_is(session: Session, batch_ids: Sequence[int]) -> list[Whereabout]:
    """Every shelf with units of these batches, stores first; what was used or destroyed is a shelf too."""
    rows = session.execute(WHERE, {"batches": list(batch_ids)})
    return [Whereabout(row[0], row[1], Bilingual(row[2], row[3]), row[4], row[5], row[6]) for row in rows]


def who_got(session: Session, batch_ids: Sequence[int]) -> list[Recipient]:
    """The wards that were ever given units, the most first."""
    rows = session.execute(WHO, {"batches": list(batch_ids)})
    return [Recipient(row[0], Bilingual(row[1], row[2]), row[3], row[4]) for row in rows]


def batches_with_lot(session: Session, lot: str, product: str | None = None) -> list[int]:
    """Every receipt of the lot, in any spelling; of the product with this REF, code or DI, if one is given."""
    query = select(Batch.id).where(is_lot(lot_key(lot)))
    if product is not None:
        by_di = select(DeviceIdentifier.product_id).where(DeviceIdentifier.di == product)
        named = select(Product.id).where(or_(Product.ref == product, Product.code == product, Product.id.in_(by_di)))
        query = query.where(Batch.product_id.in_(named))
    return list(session.scalars(query.order_by(Batch.id)))
