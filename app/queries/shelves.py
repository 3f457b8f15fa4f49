"""Shelves of a store, what lies on them, and where a batch has lain."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
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
from app.queries.shelf_shares import Share, acts_of, shares, shares_of, shelves_said


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
    """What of a released batch lies on one shelf; ``shelf`` is empty where nobody has laid it anywhere yet.

    ``stock`` is what the store has of the batch on all shelves.
    """

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
    stock: int = 0

    @property
    def id(self) -> tuple[int, str]:
        return self.batch_id, self.shelf


@dataclass(frozen=True, slots=True)
class ShelfHistoryRow:
    """One time somebody laid the batch somewhere."""

    place: Bilingual
    shelf: str
    by: Bilingual
    at: datetime
    quantity: int | None = None
    """So many units lay there from then on; None: all."""


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
    spread = shares_of(session, store_id, batch_ids)
    codes = {batch: sorted({one.shelf for one in found if one.shelf}) for batch, found in spread.items()}
    return {batch: " / ".join(found) for batch, found in codes.items() if found}


def lot_shelves(session: Session, store_id: int, product_id: int, lot_key: str | None) -> tuple[str, ...]:
    """The shelves on which a lot with stock lies in the store, in the order of their codes."""
    query = select(Batch.id).where(Batch.product_id == product_id)
    if lot_key:
        query = query.where(Batch.lot_key == lot_key)
    spread = shares_of(session, store_id, list(session.scalars(query)))
    return tuple(sorted({one.shelf for found in spread.values() for one in found if one.shelf}))


def lying_in(session: Session, store_id: int) -> list[LyingRow]:
    """Released goods in stock: first what has no shelf yet, then by shelf; earliest expiry first. Four statements."""
    found = session.execute(
        select(Batch, Product, Balance.quantity)
        .join(Balance, Balance.batch_id == Batch.id)
        .join(Product, Product.id == Batch.product_id)
        .where(Balance.location_id == store_id, Balance.state == StockState.IN_STOCK, Balance.quantity > 0)
        .where(Batch.inspection == Inspection.RELEASED)
        .order_by(Batch.expiry_on.is_(None), Batch.expiry_on, Batch.id)
    ).all()
    layers = layers_of(session, keys_of([batch for batch, *_ in found]), today_at(session, store_id))
    acts = acts_of(session, store_id)
    rows = [
        _lying(batch, product, stock, share, distinct_layers(layers[batch.id]))
        for batch, product, stock in found
        for share in shares(acts.get(batch.id, ()), stock)
    ]
    return sorted(rows, key=lambda row: row.shelf)


def _lying(batch: Batch, product: Product, stock: int, share: Share, layers: tuple[LockLayer, ...]) -> LyingRow:
    return LyingRow(
        batch.id,
        product.id,
        Bilingual(product.name_zh, product.name_en),
        product.ref,
        Bilingual(product.base_unit_zh, product.base_unit_en),
        batch.lot_no,
        batch.expiry_on,
        share.quantity,
        share.shelf,
        share.laid.by if share.laid else None,
        share.laid.at if share.laid else None,
        layers,
        stock,
    )


def shelves_of_batch(session: Session, batch_id: int) -> dict[int, str]:
    """Where the batch lies, by store: the shelf, or each shelf with its units."""
    stores = session.scalars(select(PutAway.location_id).where(PutAway.batch_id == batch_id).distinct()).all()
    spread = {store: shares_of(session, store, [batch_id]).get(batch_id, []) for store in stores}
    return {store: shelves_said(found) for store, found in spread.items() if shelves_said(found)}


def shelf_history(session: Session, batch_id: int) -> list[ShelfHistoryRow]:
    """Where the batch has lain, the newest first, in every store."""
    query = (
        select(PutAway, ShelfPlace.code, Location, Person)
        .join(ShelfPlace, ShelfPlace.id == PutAway.shelf_id)
        .join(Location, Location.id == PutAway.location_id)
        .join(Person, Person.id == PutAway.person_id)
        .where(PutAway.batch_id == batch_id)
        .order_by(PutAway.id.desc())
    )
    return [
        ShelfHistoryRow(
            Bilingual(place.name_zh, place.name_en),
            code,
            Bilingual(person.name_zh, person.name_en),
            row.at,
            row.quantity,
        )
        for row, code, place, person in session.execute(query)
    ]
