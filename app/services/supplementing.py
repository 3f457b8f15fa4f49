"""A gap in a batch's master completed by a person, or its lot's spelling corrected by two: with reason and proof."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.changes import Changes, Topic
from app.core.errors import NotFoundError, RuleError
from app.core.licences import read_scope
from app.core.lots import lot_key
from app.core.permissions import Duty, NotEntitledError
from app.core.statuses.locks import LockLayer
from app.core.statuses.supplement import TWO_PERSONS, SupplementField, SupplementSubject
from app.models.database import Database
from app.models.refusals import ReasonMissingError, SecondMissingError
from app.models.stock import Batch
from app.models.supplements import BatchSupplement
from app.queries.batch_masters import owner_of, value_of
from app.queries.days import latest_today
from app.queries.layers import distinct_layers, keys_of, layers_of
from app.services.reassessing import CaseChanged, assessed_cases, look_again
from app.services.repeating import once

SUPPLEMENTED: Changes = frozenset({Topic.STOCK, Topic.CATALOGUE})
RESCOPED: Changes = SUPPLEMENTED | {Topic.RECALLS, Topic.LOCKS, Topic.TASKS}
LONGEST = {SupplementField.LOT_NO: 64, SupplementField.SUPPLIER_PHONE: 64, SupplementField.LICENCE_NO: 64}
BATCH_DUTIES = (Duty.RECEIVE, Duty.INSPECT, Duty.MAINTAIN_CATALOGUE)
"""Any of these may complete what the label of a batch says; the catalogue is the buyer's alone."""


class ValueNeededError(RuleError):
    """Nothing readable was given for ``field``."""

    code = "supplement.value_needed"


class ValueTooLongError(RuleError):
    """``field`` has more than ``most`` characters."""

    code = "supplement.too_long"


class SameValueError(RuleError):
    """``field`` says exactly this already."""

    code = "supplement.same"


class CameWithGoodsError(RuleError):
    """``field`` stands as it was received (``value``): it is corrected by reversing the receipt, not here."""

    code = "supplement.came_with_goods"


class SupplementDatesError(RuleError):
    """``production`` would lie after ``expiry``."""

    code = "supplement.dates_reversed"


class MadeLaterError(RuleError):
    """A production date after ``today``."""

    code = "supplement.made_later"


class ScopeUnknownError(RuleError):
    """A part of ``typed`` is no product class."""

    code = "supplement.scope_unknown"


class LotOnReceiptError(RuleError):
    """The ``receipt`` holds a batch of ``lot`` already."""

    code = "supplement.lot_on_receipt"


@dataclass(frozen=True, slots=True)
class Supplemented:
    """``layers`` hold the batch now: a corrected lot may be one that is recalled, an added expiry may have passed.

    ``cases`` are recalls whose scope the corrected lot changes.
    """

    supplement_id: int
    layers: tuple[LockLayer, ...]
    cases: tuple[CaseChanged, ...] = ()
    changes: Changes = SUPPLEMENTED


class SupplementingService:
    """What the label or the papers say later; the wall keeps both values for ever and writes batches through."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @once
    def complete(
        self,
        *,
        actor: Actor,
        op_id: str,
        batch_id: int,
        field: SupplementField,
        value: str | date,
        reason: str,
        second: Actor | None = None,
    ) -> Supplemented:
        """``second`` has signed ``op_id``; needed for a lot and an expiry.

        Raises NotEntitledError, ReasonMissingError, SecondMissingError, UnsignedError and what else this module says.
        """
        demand_supplement(actor, field)
        if not reason.strip():
            raise ReasonMissingError
        _demand_second(field, second)
        fresh = _read(field, value)
        with self._database.writing(actor.id) as session:
            cases = assessed_cases(session) if field is SupplementField.LOT_NO else []
            batch = session.get(Batch, batch_id)
            if batch is None:
                raise NotFoundError
            old = value_of(session, batch, field)
            self._check(session, batch, field, old, fresh)
            row = _row(batch, field, old, fresh)
            row.op_id, row.reason, row.added_by = op_id, reason.strip()[:400], actor.id
            row.second_person_id, row.added_at = (second.id if second else None), self._database.clock()
            session.add(row)
            session.flush()
            _write_catalogue(session, batch, field, fresh)
            session.expire(batch)
            changed = look_again(session, self._database, cases, actor, row)
            layers = layers_of(session, keys_of([batch]), latest_today(session))[batch_id]
            return Supplemented(row.id, distinct_layers(layers), changed, RESCOPED if changed else SUPPLEMENTED)

    def _check(self, session: Session, batch: Batch, field: SupplementField, old: str, fresh: str) -> None:
        if fresh == old:
            raise SameValueError(field=field)
        if field is SupplementField.LOT_NO:
            _demand_free_lot(session, batch, fresh)
        elif field in (SupplementField.PRODUCTION_ON, SupplementField.EXPIRY_ON):
            _demand_addable(session, batch, field, old)
            _demand_order(session, batch, field, date.fromisoformat(fresh))


def _row(batch: Batch, field: SupplementField, old: str, fresh: str) -> BatchSupplement:
    is_lot = field is SupplementField.LOT_NO
    keys = (batch.lot_key, lot_key(fresh)) if is_lot else (None, None)
    return BatchSupplement(
        batch_id=batch.id, field=field, old_value=old, new_value=fresh, old_key=keys[0], new_key=keys[1]
    )


def _demand_second(field: SupplementField, second: Actor | None) -> None:
    if field in TWO_PERSONS and second is None:
        raise SecondMissingError
    if second is not None:
        second.demand(Duty.WITNESS)


def demand_supplement(actor: Actor, field: SupplementField) -> None:
    """Raises NotEntitledError."""
    if not may_supplement(actor, field):
        raise NotEntitledError(duty=Duty.MAINTAIN_CATALOGUE)


def may_supplement(actor: Actor, field: SupplementField) -> bool:
    """Whether this person completes such a field."""
    if field.subject is SupplementSubject.BATCH:
        return any(actor.may(duty) for duty in BATCH_DUTIES)
    return actor.may(Duty.MAINTAIN_CATALOGUE)


def _write_catalogue(session: Session, batch: Batch, field: SupplementField, fresh: str) -> None:
    """The batch itself is written by the wall; the catalogue here, audited like every change of it."""
    if field.subject is SupplementSubject.BATCH:
        return
    owner, name = owner_of(session, batch, field)
    setattr(owner, name, date.fromisoformat(fresh) if field.is_date else fresh)
    session.flush()


def _read(field: SupplementField, value: str | date) -> str:
    """A date as ISO text, a text without blanks around it. Raises ValueNeededError or ValueTooLongError."""
    if isinstance(value, date):
        return value.isoformat()
    plain = " ".join(value.split())
    if not plain or field.is_date or (field is SupplementField.LOT_NO and not lot_key(plain)):
        raise ValueNeededError(field=field)
    if field is SupplementField.LICENCE_SCOPE:
        return _scope(plain)
    most = LONGEST.get(field, 200)
    if len(plain) > most:
        raise ValueTooLongError(field=field, most=most)
    return plain


def _scope(typed: str) -> str:
    kept = read_scope(typed)
    if kept is None:
        raise ScopeUnknownError(typed=typed[:40])
    return kept


def _demand_free_lot(session: Session, batch: Batch, fresh: str) -> None:
    taken = session.scalar(
        select(Batch.id).where(
            Batch.product_id == batch.product_id,
            Batch.lot_key == lot_key(fresh),
            Batch.receipt_no == batch.receipt_no,
            Batch.id != batch.id,
        )
    )
    if taken is not None:
        raise LotOnReceiptError(lot=fresh, receipt=batch.receipt_no)


def _demand_addable(session: Session, batch: Batch, field: SupplementField, old: str) -> None:
    """A date that was added may be set right by another; one that came with the goods stays."""
    added = select(BatchSupplement.id).where(BatchSupplement.batch_id == batch.id, BatchSupplement.field == field)
    if old and session.scalar(added.limit(1)) is None:
        raise CameWithGoodsError(field=field, value=date.fromisoformat(old))


def _demand_order(session: Session, batch: Batch, field: SupplementField, fresh: date) -> None:
    is_made = field is SupplementField.PRODUCTION_ON
    made, expires = (fresh, batch.expiry_on) if is_made else (batch.production_on, fresh)
    if made is not None and expires is not None and made > expires:
        raise SupplementDatesError(production=made, expiry=expires)
    today = latest_today(session)
    if is_made and fresh > today:
        raise MadeLaterError(today=today)
