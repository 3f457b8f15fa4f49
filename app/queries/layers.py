"""The lock layers that stand on batches and lots: which, since when, by whom and why."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, Integer, Select, bindparam, select, true
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.statuses.locks import LockLayer
from app.core.statuses.recall import RecallClass
from app.core.statuses.stock import Inspection, MovementKind
from app.models.base import Name, Number
from app.models.catalogue import Product
from app.models.kits import KitContent
from app.models.locks import LockLift, LotLock
from app.models.persons import Person
from app.models.recalls import RecallCase
from app.models.stock import Batch, Movement
from app.queries.lot_keys import earlier_keys

_INSPECTED = {Inspection.PENDING: LockLayer.PENDING, Inspection.REJECTED: LockLayer.REJECTED}


@dataclass(frozen=True, slots=True)
class LayerRow:
    """One standing layer. ``by`` and ``at`` are None where nobody did it (expired, pending); ``lock_id`` names the
    lock of a hold or a recall, ``is_whole_product`` that it holds every lot; ``last_good_day`` only of an expiry.
    A kit has the layers of what stands in it: then ``component`` and ``component_lot`` say of what.
    """

    layer: LockLayer
    at: datetime | None = None
    by: Bilingual | None = None
    reason: str = ""
    lock_id: int | None = None
    is_whole_product: bool = False
    case_id: int | None = None
    case_number: str = ""
    hazard: str = ""
    recall_class: RecallClass | None = None
    last_good_day: date | None = None
    component: Bilingual | None = None
    component_lot: str = ""


@dataclass(frozen=True, slots=True)
class BatchKey:
    """What decides about the layers of a batch."""

    id: int
    product_id: int
    lot_key: str
    inspection: Inspection
    expiry_on: date | None


@dataclass(frozen=True, slots=True)
class Locks:
    """Standing locks of some products, looked up by lot."""

    rows: tuple[tuple[int, str | None, LayerRow], ...]

    def on_lot(
        self, product_id: int, lot_key: str | None, earlier: frozenset[str] = frozenset()
    ) -> tuple[LayerRow, ...]:
        """The locks that hold this lot; without a lot only those on the whole product. Recalls come first.

        ``earlier`` are keys of spellings that were corrected: a lock on one of them holds the batch too.
        """
        held = [
            row
            for product, key, row in self.rows
            if product == product_id and (key is None or (lot_key is not None and key == lot_key) or key in earlier)
        ]
        return tuple(sorted(held, key=lambda row: row.layer is not LockLayer.RECALL_QUARANTINE))

    def of_product(self, product_id: int) -> tuple[LayerRow, ...]:
        """The locks on any lot of a product."""
        return tuple(row for product, _, row in self.rows if product == product_id)


def _standing(
    then: ColumnElement[bool], before: ColumnElement[bool]
) -> Select[LotLock, Name, Name, Number, str, RecallClass]:
    lifted = select(LockLift.id).where(LockLift.lock_id == LotLock.id, before).exists()
    return (
        select(
            LotLock,
            Person.name_zh,
            Person.name_en,
            RecallCase.number,
            RecallCase.hazard,
            RecallCase.recall_class,
        )
        .join(Person, Person.id == LotLock.locked_by)
        .outerjoin(RecallCase, RecallCase.id == LotLock.case_id)
        .where(LotLock.product_id.in_(bindparam("products", expanding=True, type_=Integer)), then, ~lifted)
        .order_by(LotLock.id.desc())
    )


# Asked at each scan and each posting, so built once.
_STANDING = _standing(true(), true())
_STANDING_IN = (
    select(KitContent.kit_batch_id, Batch, Product.name_zh, Product.name_en)
    .join(Batch, Batch.id == KitContent.batch_id)
    .join(Product, Product.id == Batch.product_id)
    .where(KitContent.kit_batch_id.in_(bindparam("batches", expanding=True, type_=Integer)))
    .order_by(KitContent.id)
)


def standing_locks(session: Session, product_ids: Collection[int], as_of: datetime | None = None) -> Locks:
    """Holds and recalls that nobody lifted, of these products; ``as_of``: that stood at that moment."""
    statement = _STANDING if as_of is None else _standing(LotLock.locked_at <= as_of, LockLift.lifted_at <= as_of)
    found = session.execute(statement, {"products": sorted(product_ids)})
    return Locks(
        tuple(
            (lock.product_id, lock.lot_key, _lock_row(lock, Bilingual(zh, en), number, hazard, grade))
            for lock, zh, en, number, hazard, grade in found
        )
    )


def _lock_row(
    lock: LotLock, by: Bilingual, number: str | None, hazard: str | None, grade: RecallClass | None
) -> LayerRow:
    return LayerRow(
        LockLayer(lock.layer),
        lock.locked_at,
        by,
        lock.reason,
        lock.id,
        lock.lot_key is None,
        lock.case_id,
        number or "",
        hazard or "",
        grade,
    )


def layers_of(
    session: Session, batches: Sequence[BatchKey], today: date, as_of: datetime | None = None
) -> dict[int, tuple[LayerRow, ...]]:
    """All standing layers per batch id, the gravest first; of a kit also those of what stands in it.

    Few statements, however many batches. For a past moment give the keys and the day as they were then.
    """
    parts = _parts(session, [batch.id for batch in batches])
    own = _own_layers(session, [*batches, *(part.key for part in parts)], today, as_of)
    return {batch.id: _with_parts(own, batch.id, parts) for batch in batches}


@dataclass(frozen=True, slots=True)
class _Part:
    """A component batch that stands in a kit."""

    kit_batch_id: int
    key: BatchKey
    product: Bilingual
    lot_no: str


def _parts(session: Session, batch_ids: Sequence[int]) -> list[_Part]:
    rows = session.execute(_STANDING_IN, {"batches": list(batch_ids)})
    return [_Part(kit, keys_of([batch])[0], Bilingual(zh, en), batch.lot_no) for kit, batch, zh, en in rows]


def _with_parts(own: Mapping[int, tuple[LayerRow, ...]], batch_id: int, parts: Sequence[_Part]) -> tuple[LayerRow, ...]:
    mine = [part for part in parts if part.kit_batch_id == batch_id]
    if not mine:
        return own[batch_id]
    rows = [*own[batch_id]]
    seen = {(row.layer, row.last_good_day) for row in rows if row.layer is LockLayer.EXPIRED}
    for part in mine:
        for row in own[part.key.id]:
            if row.layer is LockLayer.EXPIRED and (row.layer, row.last_good_day) in seen:
                continue  # the kit expires with its component: said once
            rows.append(replace(row, component=part.product, component_lot=part.lot_no))
    order = (LockLayer.RECALL_QUARANTINE, LockLayer.ON_HOLD, LockLayer.REJECTED, LockLayer.PENDING, LockLayer.EXPIRED)
    return tuple(sorted(dict.fromkeys(rows), key=lambda row: order.index(row.layer)))


def _own_layers(
    session: Session, batches: Sequence[BatchKey], today: date, as_of: datetime | None
) -> dict[int, tuple[LayerRow, ...]]:
    locks = standing_locks(session, {batch.product_id for batch in batches}, as_of)
    earlier = earlier_keys(session, {key for _, key, _ in locks.rows if key})
    rejected = [batch.id for batch in batches if batch.inspection is Inspection.REJECTED]
    rejections = _rejections(session, rejected) if rejected else {}
    layers: dict[int, tuple[LayerRow, ...]] = {}
    for batch in batches:
        held = locks.on_lot(batch.product_id, batch.lot_key, earlier.get(batch.id, frozenset()))
        layers[batch.id] = _stack(batch, held, rejections.get(batch.id), today)
    return layers


def _stack(batch: BatchKey, held: Sequence[LayerRow], rejection: LayerRow | None, today: date) -> tuple[LayerRow, ...]:
    layers = list(held)
    if rejection is not None:
        layers.append(rejection)
    if batch.inspection is Inspection.PENDING:
        layers.append(LayerRow(LockLayer.PENDING))
    if batch.expiry_on is not None and batch.expiry_on < today:
        layers.append(LayerRow(LockLayer.EXPIRED, last_good_day=batch.expiry_on))
    return tuple(layers)


def _rejections(session: Session, batch_ids: Sequence[int]) -> dict[int, LayerRow]:
    rows = session.execute(
        select(Movement.batch_id, Movement.acted_at, Movement.reason, Person.name_zh, Person.name_en)
        .join(Person, Person.id == Movement.actor_id)
        .where(Movement.batch_id.in_(batch_ids), Movement.kind == MovementKind.INSPECTION)
        .order_by(Movement.id)
    )
    return {
        batch_id: LayerRow(LockLayer.REJECTED, at, Bilingual(zh, en), reason) for batch_id, at, reason, zh, en in rows
    }


def keys_of(batches: Sequence[Batch]) -> list[BatchKey]:
    """The keys of mapped batches."""
    return [BatchKey(row.id, row.product_id, row.lot_key, row.inspection, row.expiry_on) for row in batches]


def distinct_layers(rows: Sequence[LayerRow]) -> tuple[LockLayer, ...]:
    """Each standing layer once, in the order given."""
    return tuple(dict.fromkeys(row.layer for row in rows))
