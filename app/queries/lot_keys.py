"""Batches by any spelling of their lot: the present one, and every one that a person corrected."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import BindParameter, ColumnElement, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from app.models.locks import LockLift, LotLock
from app.models.stock import Batch
from app.models.supplements import BatchSupplement

_Same = aliased(Batch)


def is_lot(key: "str | BindParameter[str]") -> ColumnElement[bool]:
    """``Batch`` is or was written with this key."""
    now = select(_Same.id).where(_Same.lot_key == key)
    before = select(BatchSupplement.batch_id).where(BatchSupplement.old_key == key)
    return Batch.id.in_(union_all(now, before))


def is_any_lot(keys: Collection[str]) -> ColumnElement[bool]:
    """``Batch`` is or was written with one of these keys."""
    now = select(_Same.id).where(_Same.lot_key.in_(keys))
    before = select(BatchSupplement.batch_id).where(BatchSupplement.old_key.in_(keys))
    return Batch.id.in_(union_all(now, before))


def mentions_lot(key: str) -> ColumnElement[bool]:
    """``Batch`` has a spelling that contains this key."""
    now = select(_Same.id).where(_Same.lot_key.contains(key, autoescape=True))
    before = select(BatchSupplement.batch_id).where(BatchSupplement.old_key.contains(key, autoescape=True))
    return Batch.id.in_(union_all(now, before))


def begins_lot(key: str) -> ColumnElement[bool]:
    """``Batch`` has a spelling that begins with this key."""
    now = select(_Same.id).where(_Same.lot_key.startswith(key, autoescape=True))
    before = select(BatchSupplement.batch_id).where(BatchSupplement.old_key.startswith(key, autoescape=True))
    return Batch.id.in_(union_all(now, before))


def locks_lot() -> ColumnElement[bool]:
    """``LotLock`` holds ``Batch`` (of its product): by the whole product or by any spelling of its lot."""
    before = select(BatchSupplement.id).where(
        BatchSupplement.batch_id == Batch.id, BatchSupplement.old_key == LotLock.lot_key
    )
    return or_(LotLock.lot_key.is_(None), LotLock.lot_key == Batch.lot_key, before.exists())


def is_standing() -> ColumnElement[bool]:
    """Nobody has lifted ``LotLock``."""
    return ~select(LockLift.id).where(LockLift.lock_id == LotLock.id).exists()


def is_locked() -> ColumnElement[bool]:
    """A standing lock holds ``Batch``."""
    return select(LotLock.id).where(LotLock.product_id == Batch.product_id, locks_lot(), is_standing()).exists()


def locks_on(batch_id: int) -> ColumnElement[bool]:
    """``LotLock`` holds this batch, or held it before it was lifted."""
    return select(Batch.id).where(Batch.id == batch_id, Batch.product_id == LotLock.product_id, locks_lot()).exists()


def earlier_keys(session: Session, keys: Collection[str]) -> dict[int, frozenset[str]]:
    """Which batches were once written with one of these keys."""
    if not keys:
        return {}
    found: dict[int, set[str]] = defaultdict(set)
    query = select(BatchSupplement.batch_id, BatchSupplement.old_key).where(BatchSupplement.old_key.in_(keys))
    for batch_id, key in session.execute(query):
        found[batch_id].add(key or "")
    return {batch_id: frozenset(old) for batch_id, old in found.items()}


def earlier_lots(session: Session) -> dict[int, tuple[str, ...]]:
    """Every earlier spelling there is, by batch: corrections of lots are few."""
    found: dict[int, tuple[str, ...]] = {}
    query = select(BatchSupplement.batch_id, BatchSupplement.old_value).where(BatchSupplement.old_key.is_not(None))
    for batch_id, lot in session.execute(query.order_by(BatchSupplement.id)):
        found[batch_id] = (*found.get(batch_id, ()), lot)
    return found
