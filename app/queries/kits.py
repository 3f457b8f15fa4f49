"""Kits: which stand where with what inside, and which kits hold a batch of components."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.errors import NotFoundError
from app.core.statuses.locks import LockLayer
from app.core.statuses.stock import StockState
from app.models.catalogue import Product
from app.models.kits import Kit, KitContent, KitRecipe
from app.models.persons import Person
from app.models.places import Location
from app.models.stock import Balance, Batch, SerialUnit
from app.queries.days import latest_today
from app.queries.impact import affected
from app.queries.layers import distinct_layers, keys_of, layers_of

KITS_SHOWN = 500


@dataclass(frozen=True, slots=True)
class KitRow:
    """One kit; ``state`` and ``place`` are None once it was opened. ``units`` of components stand in it."""

    batch_id: int
    number: str
    product_id: int
    product: Bilingual
    recipe_version: int
    expiry_on: date | None
    days_left: int | None
    state: StockState | None
    location_id: int | None
    place: Bilingual | None
    units: int
    built_by: Bilingual
    built_at: datetime
    layers: tuple[LockLayer, ...]

    @property
    def is_opened(self) -> bool:
        return self.state is None


@dataclass(frozen=True, slots=True)
class ContentRow:
    """So many units of one component batch in the kit, with that batch's own layers."""

    batch_id: int
    lot_no: str
    product: Bilingual
    ref: str
    unit: Bilingual
    expiry_on: date | None
    serial_no: str
    quantity: int
    layers: tuple[LockLayer, ...]


@dataclass(frozen=True, slots=True)
class KitCard:
    """The kit and what stands in it."""

    row: KitRow
    contents: tuple[ContentRow, ...]


@dataclass(frozen=True, slots=True)
class HoldingKit:
    """A kit that holds, or held, units of a component batch; ``fate`` is where the kit is now, None: opened."""

    batch_id: int
    kit_batch_id: int
    kit_number: str
    product: Bilingual
    quantity: int
    fate: StockState | None
    place: Bilingual | None


def kit_rows(session: Session, *, with_opened: bool = False) -> list[KitRow]:
    """Kits in the order of their expiry; those that left the shelves only ``with_opened``."""
    rows = _rows(session, _kits().order_by(Kit.id.desc()).limit(KITS_SHOWN))
    shown = rows if with_opened else [row for row in rows if _is_standing(row)]
    return sorted(shown, key=lambda row: (row.is_opened, row.expiry_on or date.max, row.batch_id))


def kit_card(session: Session, kit_batch_id: int) -> KitCard:
    """Raises NotFoundError."""
    rows = _rows(session, _kits().where(Kit.batch_id == kit_batch_id))
    if not rows:
        raise NotFoundError
    found = session.execute(
        select(KitContent, Batch, Product, SerialUnit.serial_no)
        .join(Batch, Batch.id == KitContent.batch_id)
        .join(Product, Product.id == Batch.product_id)
        .outerjoin(SerialUnit, SerialUnit.id == KitContent.serial_unit_id)
        .where(KitContent.kit_batch_id == kit_batch_id)
        .order_by(KitContent.id)
    ).all()
    layers = layers_of(session, keys_of([batch for _, batch, *_ in found]), latest_today(session))
    contents = tuple(
        ContentRow(
            batch.id,
            batch.lot_no,
            Bilingual(product.name_zh, product.name_en),
            product.ref,
            Bilingual(product.base_unit_zh, product.base_unit_en),
            batch.expiry_on,
            serial or "",
            part.quantity,
            distinct_layers(layers[batch.id]),
        )
        for part, batch, product, serial in found
    )
    return KitCard(rows[0], contents)


def kit_of_number(session: Session, number: str) -> int | None:
    """The batch id of the kit with this number."""
    query = select(Kit.batch_id).join(Batch, Batch.id == Kit.batch_id).where(Batch.lot_no == number.strip().upper())
    return session.scalar(query)


def kits_holding(session: Session, batch_ids: Select[int] | Sequence[int]) -> list[HoldingKit]:
    """The kits into which units of these component batches went, the earliest first."""
    found = session.execute(
        select(KitContent.batch_id, Batch, Product, func.sum(KitContent.quantity))
        .join(Batch, Batch.id == KitContent.kit_batch_id)
        .join(Product, Product.id == Batch.product_id)
        .where(KitContent.batch_id.in_(batch_ids))
        .group_by(KitContent.batch_id, Batch.id, Product.id)
        .order_by(Batch.id)
    ).all()
    whereabouts = _whereabouts(session, [kit.id for _, kit, *_ in found])
    return [
        HoldingKit(
            batch_id,
            kit.id,
            kit.lot_no,
            Bilingual(product.name_zh, product.name_en),
            int(quantity),
            *(whereabouts[kit.id][:2] if kit.id in whereabouts else (None, None)),
        )
        for batch_id, kit, product, quantity in found
    ]


def kits_of_case(session: Session, case_id: int) -> list[HoldingKit]:
    """The kits that hold, or held, affected goods of a recall."""
    return kits_holding(session, affected(case_id))


def _is_standing(row: KitRow) -> bool:
    gone = (StockState.USED, StockState.RETURNED, StockState.DESTROYED, StockState.UNACCOUNTED)
    return row.state is not None and row.state not in gone


def _kits() -> Select[Kit, Batch, Product, KitRecipe, Person]:
    return (
        select(Kit, Batch, Product, KitRecipe, Person)
        .join(Batch, Batch.id == Kit.batch_id)
        .join(Product, Product.id == Batch.product_id)
        .join(KitRecipe, KitRecipe.id == Kit.recipe_id)
        .join(Person, Person.id == Kit.built_by)
    )


def _rows(session: Session, query: Select[Kit, Batch, Product, KitRecipe, Person]) -> list[KitRow]:
    found = session.execute(query).all()
    ids = [batch.id for _, batch, *_ in found]
    today = latest_today(session)
    layers = layers_of(session, keys_of([batch for _, batch, *_ in found]), today)
    whereabouts = _whereabouts(session, ids)
    units = _units(session, ids)
    rows: list[KitRow] = []
    for kit, batch, product, recipe, person in found:
        state, place, location_id = whereabouts.get(batch.id, (None, None, None))
        rows.append(
            KitRow(
                batch.id,
                batch.lot_no,
                product.id,
                Bilingual(product.name_zh, product.name_en),
                recipe.version,
                batch.expiry_on,
                (batch.expiry_on - today).days if batch.expiry_on else None,
                state,
                location_id,
                place,
                units[batch.id],
                Bilingual(person.name_zh, person.name_en),
                kit.built_at,
                distinct_layers(layers[batch.id]),
            )
        )
    return rows


def _units(session: Session, kit_batch_ids: Sequence[int]) -> dict[int, int]:
    rows = session.execute(
        select(KitContent.kit_batch_id, func.sum(KitContent.quantity))
        .where(KitContent.kit_batch_id.in_(kit_batch_ids))
        .group_by(KitContent.kit_batch_id)
    )
    return defaultdict(int, {kit: int(units) for kit, units in rows})


def _whereabouts(session: Session, kit_batch_ids: Sequence[int]) -> dict[int, tuple[StockState, Bilingual, int]]:
    """Where each kit is; an opened one is nowhere."""
    rows = session.execute(
        select(Balance.batch_id, Balance.state, Location)
        .join(Location, Location.id == Balance.location_id)
        .where(Balance.batch_id.in_(kit_batch_ids), Balance.quantity > 0)
    )
    return {batch_id: (state, Bilingual(place.name_zh, place.name_en), place.id) for batch_id, state, place in rows}
