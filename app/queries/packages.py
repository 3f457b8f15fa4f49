"""The packaging levels of products, from the base unit up."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Integer, bindparam, select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.packages import Level
from app.models.catalogue import PackagingLevel

_LEVELS = (
    select(PackagingLevel.product_id, PackagingLevel.name_zh, PackagingLevel.name_en, PackagingLevel.units)
    .where(PackagingLevel.product_id.in_(bindparam("products", expanding=True, type_=Integer)))
    .order_by(PackagingLevel.level)
)


def levels_of(session: Session, product_ids: Collection[int]) -> dict[int, tuple[Level, ...]]:
    """By product; one without levels is not in it."""
    found: dict[int, list[Level]] = defaultdict(list)
    for product_id, zh, en, units in session.execute(_LEVELS, {"products": sorted(product_ids)}):
        found[product_id].append(Level(Bilingual(zh, en), units))
    return {product_id: tuple(levels) for product_id, levels in found.items()}
