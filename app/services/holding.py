"""A precautionary hold: one person sets it at once, two persons lift it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.changes import Changes, Topic
from app.core.errors import NotFoundError, RuleError
from app.core.lots import lot_key
from app.core.permissions import Duty
from app.core.statuses.locks import LockLayer
from app.models.database import Database
from app.models.direct import Direct, at_parting
from app.models.everything import METADATA
from app.models.locks import LockLift, LotLock
from app.models.recalls import RecallCase
from app.models.refusals import OwnLockError, ReasonMissingError
from app.queries.layers import LayerRow, standing_locks
from app.queries.reservations import ReservationRow, cancelled_by_locks
from app.services.repeating import once

_CHANGED: Changes = frozenset({Topic.LOCKS})
_LOCKS = METADATA.tables["lot_lock"]
_LOCK = Direct(insert(_LOCKS).returning(_LOCKS.c.id), [column.name for column in _LOCKS.c if column.name != "id"])


class AlreadyLiftedError(RuleError):
    """Somebody lifted this lock before."""

    code = "already_lifted"


class RecallLockError(RuleError):
    """A recall's lock ends with its case, not by hand; value ``case``."""

    code = "recall_lock"


@dataclass(frozen=True, slots=True)
class Lot:
    """What to hold: one lot of a product, or with ``lot`` None the whole product, received or not yet."""

    product_id: int
    lot: str | None


@dataclass(frozen=True, slots=True)
class Held:
    """``lock_ids`` of the new locks; ``already`` lots had a hold of the same case and got no second one;
    ``cancelled`` is what was kept of these lots for requisitions until now.
    """

    lock_ids: tuple[int, ...]
    already: tuple[Lot, ...]
    changes: Changes
    cancelled: tuple[ReservationRow, ...] = ()


class HoldingService:
    """Holds and their lifting; every other layer is left as it stands."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def hold(self, *, actor: Actor, lots: Sequence[Lot], reason: str, case_id: int | None = None) -> Held:
        """Lock lots everywhere from this moment. Doing it twice sets one lock. Raises ReasonMissingError."""
        actor.demand(Duty.HOLD)
        if not reason.strip():
            raise ReasonMissingError
        with self._database.writing(actor.id, goes_first=True) as session:
            # In the order of the products: two holds that cross never wait for each other in a circle.
            ordered = sorted(dict.fromkeys(lots), key=lambda lot: (lot.product_id, lot.lot or ""))
            locks = standing_locks(session, {lot.product_id for lot in ordered})
            fresh = [lot for lot in ordered if not _is_held(locks.rows, lot, case_id)]
            rows = [_LOCK.asking(**self._lock(lot, actor, reason, case_id)) for lot in fresh]
            at_parting(session, *rows)  # the gate of a product is held for no journey
        ids = tuple(row.rows[0][0] for row in rows)
        with self._database.reading() as session:
            cancelled = tuple(cancelled_by_locks(session, ids)) if ids else ()
        already = tuple(lot for lot in ordered if lot not in fresh)
        return Held(ids, already, _CHANGED if ids else frozenset(), cancelled)

    def _lock(self, lot: Lot, actor: Actor, reason: str, case_id: int | None) -> dict[str, Any]:
        return {
            "product_id": lot.product_id,
            "lot_key": lot_key(lot.lot) if lot.lot is not None else None,
            "layer": LockLayer.ON_HOLD.value,
            "case_id": case_id,
            "reason": reason.strip(),
            "locked_by": actor.id,
            "locked_at": self._database.clock(),
        }

    @once
    def lift(self, *, actor: Actor, op_id: str, second: Actor, lock_id: int, reason: str) -> Changes:
        """End one hold; ``second`` has signed ``op_id``. Other layers keep holding.

        Raises NotFoundError, RecallLockError, AlreadyLiftedError, OwnLockError, OwnSecondError, UnsignedError …
        """
        actor.demand(Duty.HOLD)
        second.demand(Duty.WITNESS)
        if not reason.strip():
            raise ReasonMissingError
        with self._database.writing(actor.id) as session:
            lock = _standing(session, lock_id)
            if lock.locked_by == second.id != actor.id:
                raise OwnLockError
            session.add(
                LockLift(
                    lock_id=lock.id,
                    op_id=op_id,
                    reason=reason.strip(),
                    lifted_by=actor.id,
                    second_person_id=second.id,
                    lifted_at=self._database.clock(),
                )
            )
        return _CHANGED


def _is_held(rows: Sequence[tuple[int, str | None, LayerRow]], lot: Lot, case_id: int | None) -> bool:
    key = lot_key(lot.lot) if lot.lot is not None else None
    return any(
        product == lot.product_id and held == key and row.layer is LockLayer.ON_HOLD and row.case_id == case_id
        for product, held, row in rows
    )


def _standing(session: Session, lock_id: int) -> LotLock:
    lock = session.get(LotLock, lock_id)
    if lock is None:
        raise NotFoundError
    if lock.layer != LockLayer.ON_HOLD.value:
        raise RecallLockError(case=session.get_one(RecallCase, lock.case_id).number)
    if session.scalar(select(LockLift.id).where(LockLift.lock_id == lock_id)) is not None:
        raise AlreadyLiftedError
    return lock
