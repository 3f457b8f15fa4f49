"""Which inbound batches of a lot a movement takes from a shelf: the earliest received first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Integer, String, bindparam, select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.errors import RuleError
from app.core.lots import lot_key
from app.core.statuses.stock import StockState
from app.models.catalogue import Product
from app.models.places import Location
from app.models.stock import Balance, Batch
from app.queries.days import today_at
from app.queries.layers import LayerRow, keys_of, layers_of
from app.queries.lot_keys import is_lot
from app.queries.ready_stock import Ready
from app.queries.scanned import serial_unit
from app.services.posting import Shelf
from app.services.stops import stop_for


class NoSuchLotError(RuleError):
    """The hospital never received this ``lot`` of the ``product``."""

    code = "no_such_lot"


class LotNeededError(RuleError):
    """The product is tracked by lot and none was given."""

    code = "lot_needed"


class TooFewError(RuleError):
    """Values ``lot``, ``place``, ``wanted``, ``available``."""

    code = "too_few"


class NoSuchSerialError(RuleError):
    """The unit with this ``serial`` is not at the ``place``."""

    code = "no_such_serial"


class SerialNeededError(RuleError):
    """The product is tracked by serial number: one unit at a time, each scanned."""

    code = "serial_needed"


class LabelDiffersError(RuleError):
    """The expiry on the ``label`` is not the one on record (``books``) for this ``lot``."""

    code = "label_differs"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Goods as a scan names them; ``quantity`` in base units, ``lot`` None where the product has none."""

    product_id: int
    lot: str | None
    quantity: int = 1
    serial: str | None = None
    expiry_on: date | None = None


@dataclass(frozen=True, slots=True)
class Pick:
    """So many of one batch from one shelf."""

    batch_id: int
    quantity: int
    source: Shelf
    layers: tuple[LayerRow, ...]
    serial_unit_id: int | None = None
    expiry_on: date | None = None


@dataclass(frozen=True, slots=True)
class OnShelf:
    """One batch of the lot on one shelf."""

    batch: Batch
    state: StockState
    quantity: int
    layers: tuple[LayerRow, ...]


# Asked for each line of each document, so built once.
_OF_PRODUCT = select(Batch).where(Batch.product_id == bindparam("product")).order_by(Batch.received_at, Batch.id)
_OF_LOT = _OF_PRODUCT.where(is_lot(bindparam("lot", type_=String)))
_WITHOUT_LOT = _OF_PRODUCT.where(Batch.is_lot_unknown)
_LYING = select(Balance.batch_id, Balance.state, Balance.quantity).where(
    Balance.location_id == bindparam("place"),
    Balance.batch_id.in_(bindparam("batches", expanding=True, type_=Integer)),
    Balance.quantity > 0,
)


def batches_wanted(session: Session, wanted: Wanted) -> tuple[Product, list[Batch]]:
    """The receipts of the lot, earliest first. Raises NoSuchLotError, LotNeededError, LabelDiffersError."""
    product = session.get_one(Product, wanted.product_id)
    if wanted.lot is None and product.needs_lot:
        raise LotNeededError(product=Bilingual(product.name_zh, product.name_en))
    query = _OF_LOT if wanted.lot is not None else _WITHOUT_LOT
    batches = list(session.scalars(query, {"product": product.id, "lot": lot_key(wanted.lot or "")}))
    if not batches:
        raise NoSuchLotError(lot=wanted.lot or "—", product=Bilingual(product.name_zh, product.name_en))
    return product, _with_label(wanted, batches)


def _with_label(wanted: Wanted, batches: list[Batch]) -> list[Batch]:
    if wanted.expiry_on is None:
        return batches
    same = [batch for batch in batches if batch.expiry_on in (None, wanted.expiry_on)]
    if not same:
        books = min(batch.expiry_on for batch in batches if batch.expiry_on is not None)
        raise LabelDiffersError(lot=wanted.lot or "—", label=wanted.expiry_on, books=books)
    return same


def shelves(session: Session, batches: Sequence[Batch], place: Location, states: Sequence[StockState]) -> list[OnShelf]:
    """What lies at the place, in the order of ``states``, then of receipt."""
    rows = session.execute(_LYING, {"place": place.id, "batches": [batch.id for batch in batches]})
    quantities = {(batch_id, state): quantity for batch_id, state, quantity in rows}
    layers = layers_of(session, keys_of(batches), today_at(session, place.id))
    return [
        OnShelf(batch, state, quantities[batch.id, state], layers[batch.id])
        for state in states
        for batch in batches
        if (batch.id, state) in quantities
    ]


def pick(
    session: Session, wanted: Wanted, place: Location, states: Sequence[StockState], *, free_only: bool = True
) -> list[Pick]:
    """The shelves to take from. With ``free_only`` locked batches are passed over, and are the error where only they
    would suffice (LotStoppedError); else they are taken too, free ones first.

    Raises TooFewError, NoSuchSerialError, SerialNeededError and what ``batches_wanted`` raises.
    """
    product, batches = batches_wanted(session, wanted)
    if wanted.serial is not None or product.needs_serial:
        return [_pick_serial(session, wanted, place, states, batches, free_only=free_only)]
    found = shelves(session, batches, place, states)
    free = [shelf for shelf in found if not shelf.layers]
    locked = [shelf for shelf in found if shelf.layers]
    return _fill(wanted, place, free if free_only else [*free, *locked], locked)


def pick_ready(ready: Sequence[Ready], wanted: Wanted, place_id: int) -> list[Pick] | None:
    """``pick`` where nothing stands on the lot; None where a closer look is due (too few, another expiry)."""
    picks: list[Pick] = []
    missing = wanted.quantity
    for one in ready:
        part = min(missing, one.quantity)
        if part:
            if wanted.expiry_on not in (None, one.expiry_on):
                return None
            picks.append(Pick(one.batch_id, part, Shelf(place_id, StockState.IN_STOCK), (), expiry_on=one.expiry_on))
            missing -= part
    return None if missing else picks


def _fill(wanted: Wanted, place: Location, shelves_free: Sequence[OnShelf], locked: Sequence[OnShelf]) -> list[Pick]:
    picks: list[Pick] = []
    missing = wanted.quantity
    for shelf in shelves_free:
        part = min(missing, shelf.quantity)
        if part:
            source = Shelf(place.id, shelf.state)
            picks.append(Pick(shelf.batch.id, part, source, shelf.layers, expiry_on=shelf.batch.expiry_on))
            missing -= part
    if not missing:
        return picks
    if locked and not any(shelf in shelves_free for shelf in locked):
        raise stop_for(wanted.lot or locked[0].batch.lot_no, locked[0].layers)
    available = wanted.quantity - missing
    where = Bilingual(place.name_zh, place.name_en)
    raise TooFewError(lot=wanted.lot or "—", place=where, wanted=wanted.quantity, available=available)


def _pick_serial(
    session: Session,
    wanted: Wanted,
    place: Location,
    states: Sequence[StockState],
    batches: Sequence[Batch],
    *,
    free_only: bool,
) -> Pick:
    if wanted.serial is None or wanted.quantity != 1:
        raise SerialNeededError
    unit = serial_unit(session, wanted.product_id, wanted.serial)
    batch = next((batch for batch in batches if unit is not None and batch.id == unit.batch_id), None)
    if unit is None or batch is None or unit.state is None or unit.location_id != place.id or unit.state not in states:
        raise NoSuchSerialError(serial=wanted.serial, place=Bilingual(place.name_zh, place.name_en))
    layers = layers_of(session, keys_of([batch]), today_at(session, place.id))[batch.id]
    if layers and free_only:
        raise stop_for(batch.lot_no, layers)
    return Pick(batch.id, 1, Shelf(place.id, unit.state), layers, unit.id, batch.expiry_on)
