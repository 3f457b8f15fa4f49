"""The rows behind any figure of a case's impact: so many units of one batch, at one place, in one state."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from app.core.actor import Bilingual
from app.core.statuses.stock import StockState
from app.models.catalogue import Product, Supplier
from app.models.kits import KitContent
from app.models.places import Location, Region, Site
from app.models.stock import Balance, Batch
from app.queries.impact import PENDING, affected


@dataclass(frozen=True, slots=True)
class DrillRow:
    """One row behind a figure: so many units of one batch, at one place, in one state.

    Units built into a kit are at the kit's place; ``kit_no`` names it and ``fate`` is its state, else ``state`` again.
    """

    batch_id: int
    lot_no: str
    product: Bilingual
    ref: str
    receipt_no: str
    supplier_id: int
    supplier: Bilingual
    location_id: int
    place: Bilingual
    site_id: int
    site: Bilingual
    region_id: int
    region: Bilingual
    state: StockState
    quantity: int
    fate: StockState
    kit_no: str = ""

    @property
    def is_pending(self) -> bool:
        """Somebody still has to put it aside, or say what became of it."""
        return self.fate in PENDING


def drill(
    session: Session,
    case_id: int,
    *,
    state: StockState | None = None,
    location_id: int | None = None,
    site_id: int | None = None,
    region_id: int | None = None,
    supplier_id: int | None = None,
    batch_id: int | None = None,
) -> list[DrillRow]:
    """The rows behind one figure, by place, lot and state; their quantities sum to it."""
    wanted = (
        (Balance.state, state),
        (Balance.location_id, location_id),
        (Site.id, site_id),
        (Region.id, region_id),
        (Supplier.id, supplier_id),
        (Batch.id, batch_id),
    )
    conditions = [column == value for column, value in wanted if value is not None]
    elsewhere = [column == value for column, value in wanted[1:] if value is not None]
    mine = Balance.batch_id.in_(affected(case_id))
    loose = _rows(mine, Balance.quantity != 0, Balance.state != StockState.BUILT_INTO_KIT, *conditions)
    rows = [_row(*found) for found in session.execute(loose)]
    if state in (None, StockState.BUILT_INTO_KIT):
        rows += [_in_kit(*found) for found in session.execute(_kit_rows(case_id, *elsewhere))]
    return rows


def _rows(*conditions: ColumnElement[bool]) -> Select[Balance, Batch, Product, Supplier, Location, Site, Region]:
    return (
        select(Balance, Batch, Product, Supplier, Location, Site, Region)
        .join(Batch, Batch.id == Balance.batch_id)
        .join(Product, Product.id == Batch.product_id)
        .join(Supplier, Supplier.id == Batch.supplier_id)
        .join(Location, Location.id == Balance.location_id)
        .join(Site, Site.id == Location.site_id)
        .join(Region, Region.id == Site.region_id)
        .where(*conditions)
        .order_by(Site.id, Location.kind.desc(), Location.id, Batch.lot_key, Batch.id, Balance.state)
    )


def _kit_rows(
    case_id: int, *conditions: ColumnElement[bool]
) -> Select[str, int, Balance, Batch, Product, Supplier, Location, Site, Region]:
    """What stands in each kit of a case: the component's batch, the kit's number, place and state."""
    kit = aliased(Batch)
    units = (
        select(KitContent.kit_batch_id, KitContent.batch_id, func.sum(KitContent.quantity).label("units"))
        .where(KitContent.batch_id.in_(affected(case_id)))
        .group_by(KitContent.kit_batch_id, KitContent.batch_id)
        .subquery()
    )
    return (
        select(kit.lot_no, units.c.units * Balance.quantity, Balance, Batch, Product, Supplier, Location, Site, Region)
        .join(units, units.c.kit_batch_id == Balance.batch_id)
        .join(kit, kit.id == Balance.batch_id)
        .join(Batch, Batch.id == units.c.batch_id)
        .join(Product, Product.id == Batch.product_id)
        .join(Supplier, Supplier.id == Batch.supplier_id)
        .join(Location, Location.id == Balance.location_id)
        .join(Site, Site.id == Location.site_id)
        .join(Region, Region.id == Site.region_id)
        .where(Balance.quantity != 0, *conditions)
        .order_by(Site.id, Location.kind.desc(), Location.id, kit.id, Batch.lot_key, Batch.id)
    )


def _in_kit(kit_no: str, units: int, balance: Balance, *of_component: Any) -> DrillRow:
    row = _row(balance, *of_component)
    return replace(row, state=StockState.BUILT_INTO_KIT, fate=balance.state, quantity=int(units), kit_no=kit_no)


def _row(
    balance: Balance,
    batch: Batch,
    product: Product,
    supplier: Supplier,
    location: Location,
    site: Site,
    region: Region,
) -> DrillRow:
    return DrillRow(
        batch.id,
        batch.lot_no,
        Bilingual(product.name_zh, product.name_en),
        product.ref,
        batch.receipt_no,
        supplier.id,
        Bilingual(supplier.name_zh, supplier.name_en),
        location.id,
        Bilingual(location.name_zh, location.name_en),
        site.id,
        Bilingual(site.name_zh, site.name_en),
        region.id,
        Bilingual(region.name_zh, region.name_en),
        balance.state,
        balance.quantity,
        balance.state,
    )
