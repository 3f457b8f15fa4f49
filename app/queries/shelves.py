"""Shelves of a store, what lies on them, and where a batch has lain."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.statuses.locks import LockLayer
from app.core.statuses.stock import Inspection, StockState
from app.models.catalogue import Product
from app.models.persons import Person
from app.models.places import Location
from app.models.stock import Balance, Batch
from app.models.store_work import PutAway, ShelfPlace
from app.queries.days import today_at
from app.queries.layers import distinct_layers, keys_of, layers_of


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """One shelf in use; ``batches`` with stock lie on it, ``units`` in all."""

    id: int
    code: str
    note: str
    batches: int
    units: int


@dataclass(frozen=True, slots=True)
class LyingRow:
    """One released batch of the store; ``shelf`` is empty where nobody has laid it anywhere yet."""

    batch_id: int
    product_id: int
    product: Bilingual
    ref: str
    unit: Bilingual
    lot_no: str
    expiry_on: date | None
    quantity: int
    shelf: str
    by: Bilingual | None
    at: datetime | None
    layers: tuple[LockLayer, ...]

    @property
    def id(self) -> int:
        return self.batch_id


@dataclass(frozen=True, slots=True)
class ShelfHistoryRow:
    """One time somebody laid the batch somewhere."""

    place: Bilingual
    shelf: str
    by: Bilingual
    at: datetime


def shelves_of(session: Session, store_id: int) -> list[ShelfRow]:
    """The shelves in use, by code."""
    loads: dict[str, list[int]] = {}
    for row in lying_in(session, store_id):
        loads.setdefault(row.shelf, []).append(row.quantity)
    query = select(ShelfPlace).where(ShelfPlace.location_id == store_id, ShelfPlace.is_active).order_by(ShelfPlace.code)
    return [
        ShelfRow(shelf.id, shelf.code, shelf.note, len(loads.get(shelf.code, ())), sum(loads.get(shelf.code, ())))
        for shelf in session.scalars(query)
    ]


def shelf_codes(session: Session, store_id: int, batch_ids: Collection[int]) -> dict[int, str]:
    """Where each batch lies in the store, by batch; those that were never laid anywhere are missing."""
    newest = (
        select(func.max(PutAway.id))
        .where(PutAway.location_id == store_id, PutAway.batch_id.in_(batch_ids))
        .group_by(PutAway.batch_id)
    )
    query = (
        select(PutAway.batch_id, ShelfPlace.code)
        .join(ShelfPlace, ShelfPlace.id == PutAway.shelf_id)
        .where(PutAway.id.in_(newest))
    )
    return {batch_id: code for batch_id, code in session.execute(query)}


def lot_shelves(session: Session, store_id: int, product_id: int, lot_key: str | None) -> tuple[str, ...]:
    """The shelves on which a lot with stock lies in the store, in the order of their codes."""
    query = (
        select(Batch.id)
        .join(Balance, Balance.batch_id == Batch.id)
        .where(Batch.product_id == product_id, Balance.location_id == store_id, Balance.quantity > 0)
        .where(Balance.state == StockState.IN_STOCK)
    )
    if lot_key:
        query = query.where(Batch.lot_key == lot_key)
    return tuple(sorted(set(shelf_codes(session, store_id, list(session.scalars(query))).values())))


def lying_in(session: Session, store_id: int) -> list[LyingRow]:
    """Released goods in stock: first what has no shelf yet, then by shelf; earliest expiry first. Four statements."""
    query = _lying(store_id)
    found: list[tuple[Batch, Product, int, str | None, Person | None, datetime | None]] = [
        (batch, product, quantity, code, person, at)
        for batch, product, quantity, code, person, at in session.execute(query)
    ]
    layers = layers_of(session, keys_of([batch for batch, *_ in found]), today_at(session, store_id))
    return [
        LyingRow(
            batch.id,
            product.id,
            Bilingual(product.name_zh, product.name_en),
            product.ref,
            Bilingual(product.base_unit_zh, product.base_unit_en),
            batch.lot_no,
            batch.expiry_on,
            quantity,
            code or "",
            Bilingual(person.name_zh, person.name_en) if person else None,
            at,
            distinct_layers(layers[batch.id]),
        )
        for batch, product, quantity, code, person, at in found
    ]


def _lying(store_id: int) -> Select[Batch, Product, int, str, Person, datetime]:
    newest = (
        select(PutAway.batch_id, func.max(PutAway.id).label("id"))
        .where(PutAway.location_id == store_id)
        .group_by(PutAway.batch_id)
        .subquery()
    )
    return (
        select(Batch, Product, Balance.quantity, ShelfPlace.code, Person, PutAway.at)
        .join(Balance, Balance.batch_id == Batch.id)
        .join(Product, Product.id == Batch.product_id)
        .outerjoin(newest, newest.c.batch_id == Batch.id)
        .outerjoin(PutAway, PutAway.id == newest.c.id)
        .outerjoin(ShelfPlace, ShelfPlace.id == PutAway.shelf_id)
        .outerjoin(Person, Person.id == PutAway.person_id)
        .where(Balance.location_id == store_id, Balance.state == StockState.IN_STOCK, Balance.quantity > 0)
        .where(Batch.inspection == Inspection.RELEASED)
        .order_by(ShelfPlace.code.is_not(None), ShelfPlace.code, Batch.expiry_on.is_(None), Batch.expiry_on, Batch.id)
    )


def shelves_of_batch(session: Session, batch_id: int) -> dict[int, str]:
    """The shelf on which the batch was laid last, by store."""
    newest = select(func.max(PutAway.id)).where(PutAway.batch_id == batch_id).group_by(PutAway.location_id)
    query = (
        select(PutAway.location_id, ShelfPlace.code)
        .join(ShelfPlace, ShelfPlace.id == PutAway.shelf_id)
        .where(PutAway.id.in_(newest))
    )
    return {location_id: code for location_id, code in session.execute(query)}


def shelf_history(session: Session, batch_id: int) -> list[ShelfHistoryRow]:
    """Where the batch has lain, the newest first, in every store."""
    query = (
        select(PutAway.at, ShelfPlace.code, Location, Person)
        .join(ShelfPlace, ShelfPlace.id == PutAway.shelf_id)
        .join(Location, Location.id == PutAway.location_id)
        .join(Person, Person.id == PutAway.person_id)
        .where(PutAway.batch_id == batch_id)
        .order_by(PutAway.id.desc())
    )
    return [
        ShelfHistoryRow(Bilingual(place.name_zh, place.name_en), code, Bilingual(person.name_zh, person.name_en), at)
        for at, code, place, person in session.execute(query)
    ]
