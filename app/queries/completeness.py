"""How complete the masters of batches are: one statement asks every item of many batches at once (R01)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, Row, Select, SQLColumnExpression, and_, false, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from app.core.actor import Bilingual
from app.core.batch_master import MasterItem, MasterTrait, master_rules, score
from app.core.certificates import fits_class, read_certificate
from app.core.statuses.requisition import AttachmentKind
from app.core.statuses.stock import Inspection, MovementKind, ProductClass, StockState
from app.models.catalogue import Certificate, DeviceIdentifier, Manufacturer, Product, Supplier
from app.models.kits import HOUSE_CODE
from app.models.stock import Balance, Batch, Delivery, Movement
from app.models.supplements import Attachment
from app.queries.days import latest_today
from app.queries.patients import MARKS

CHUNK = 5000
_TRAITS: dict[MasterTrait, SQLColumnExpression[bool]] = {
    MasterTrait.NEEDS_LOT: Product.needs_lot,
    MasterTrait.NEEDS_SERIAL: Product.needs_serial,
    MasterTrait.NEEDS_EXPIRY: Product.needs_expiry,
    MasterTrait.NEEDS_PRODUCTION: Product.needs_production,
    MasterTrait.IS_IMPLANT: Product.is_implant,
    MasterTrait.IS_CONTRACT_MADE: Product.is_contract_made,
    MasterTrait.IS_BUILT_HERE: Supplier.code == HOUSE_CODE,
}


@dataclass(frozen=True, slots=True)
class Completeness:
    """``score`` 0–100; ``asked`` are the items of this batch's product, ``gaps`` those that are missing."""

    batch_id: int
    score: int
    asked: tuple[MasterItem, ...]
    gaps: tuple[MasterItem, ...]


@dataclass(frozen=True, slots=True)
class GapRow:
    """One missing item of one batch, as the list of gaps says it."""

    batch_id: int
    lot_no: str
    receipt_no: str
    product: Bilingual
    ref: str
    supplier: Bilingual
    score: int
    item: MasterItem


def completeness(session: Session, batch_ids: Collection[int] | None = None) -> dict[int, Completeness]:
    """By batch id, of these batches or of all."""
    today, missing = latest_today(session), _missing(session)
    asked = _asked(today)
    query = _joined(
        Batch.id, *(column.label(f"is_{key}") for key, column in missing.items()), *_labels(asked)
    ).order_by(Batch.id)
    if batch_ids is None:
        return {row.id: _told(row) for row in session.execute(query)}
    ids, found = sorted(batch_ids), dict[int, Completeness]()
    for start in range(0, len(ids), CHUNK):
        rows = session.execute(query.where(Batch.id.in_(ids[start : start + CHUNK])))
        found |= {row.id: _told(row) for row in rows}
    return found


def has_gaps(session: Session, today: date) -> ColumnElement[bool]:
    """The condition on ``Batch``, for filters and counts."""
    missing, asked = _missing(session), _asked(today)
    gaps = or_(false(), *(and_(asked[item.key], missing[item.key]) for item in master_rules().items))
    return Batch.id.in_(_joined(Batch.id).where(gaps))


def gap_rows(session: Session, words: Sequence[ColumnElement[bool]] = ()) -> list[GapRow]:
    """Every gap of every batch (that fulfils the conditions), the newest receipts first."""
    query = (
        select(Batch, Product, Supplier)
        .join(Product, Product.id == Batch.product_id)
        .join(Supplier, Supplier.id == Batch.supplier_id)
        .where(has_gaps(session, latest_today(session)), *words)
        .order_by(Batch.received_at.desc(), Batch.id.desc())
    )
    found = session.execute(query).all()
    told = completeness(session, [batch.id for batch, _, _ in found])
    return [
        GapRow(
            batch.id,
            batch.lot_no,
            batch.receipt_no,
            Bilingual(product.name_zh, product.name_en),
            product.ref,
            Bilingual(supplier.name_zh, supplier.name_en),
            told[batch.id].score,
            item,
        )
        for batch, product, supplier in found
        for item in told[batch.id].gaps
    ]


def count_with_gaps(session: Session) -> int:
    """How many batches lack something."""
    lacking = select(func.count(Batch.id)).where(has_gaps(session, latest_today(session)))
    return session.execute(lacking).scalar_one()


def _told(row: Row[Any]) -> Completeness:
    told = row._mapping  # pyright: ignore[reportPrivateUsage] (SQLAlchemy's documented door)
    asked = [item for item in master_rules().items if told[f"asks_{item.key}"]]
    gaps = [item for item in asked if told[f"is_{item.key}"]]
    return Completeness(row.id, score(asked, gaps), tuple(asked), tuple(gaps))


def _labels(asked: Mapping[str, ColumnElement[bool]]) -> list[ColumnElement[bool]]:
    return [column.label(f"asks_{key}") for key, column in asked.items()]


def _joined(*columns: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(*columns)
        .join(Product, Product.id == Batch.product_id)
        .join(Certificate, Certificate.id == Product.certificate_id)
        .join(Manufacturer, Manufacturer.id == Certificate.manufacturer_id)
        .join(Supplier, Supplier.id == Batch.supplier_id)
    )


def _asked(today: date) -> dict[str, ColumnElement[bool]]:
    """When an item is asked of a batch: the class, the flags, the date of the rule, the days of grace."""
    received_on = func.date(Batch.received_at, type_=Date)
    asked: dict[str, ColumnElement[bool]] = {}
    for item in master_rules().items:
        conditions: list[ColumnElement[bool]] = [Product.product_class.in_(item.classes)]
        conditions += [_TRAITS[trait].is_(True) for trait in item.traits]
        conditions += [_TRAITS[trait].is_(False) for trait in item.not_traits]
        if item.since is not None:
            conditions.append(received_on >= item.since)
        if item.grace_days:
            conditions.append(received_on < today - timedelta(days=item.grace_days))
        asked[item.key] = and_(*conditions)
    return asked


def _missing(session: Session) -> dict[str, ColumnElement[bool]]:
    """What "missing" means, item by item, on ``Batch`` joined to its product, certificate, registrant and supplier."""
    received_on = func.date(Batch.received_at, type_=Date)
    return {**_missing_in_batch(), **_missing_of_supplier(received_on), **_missing_papers(session, received_on)}


def _missing_in_batch() -> dict[str, ColumnElement[bool]]:
    uses = _used_on_nobody()
    return {
        "name": _is_blank(Product.name_zh),
        "spec": _is_blank(Product.spec),
        "ref": _is_blank(Product.ref),
        "lot": Batch.is_lot_unknown.is_(True),
        "serial": _moved(Movement.kind == MovementKind.RECEIPT, Movement.serial_unit_id.is_(None)),
        "device": ~select(DeviceIdentifier.id).where(DeviceIdentifier.product_id == Batch.product_id).exists(),
        "production": Batch.production_on.is_(None),
        "expiry": Batch.expiry_on.is_(None),
        "inspected": Batch.inspection == Inspection.PENDING,
        "receipt": ~_moved(Movement.source_id.is_(None)),
        "documents": _moved(_is_blank(Movement.document_no)),
        "accounted": select(Balance.batch_id)
        .where(Balance.batch_id == Batch.id, Balance.state == StockState.UNACCOUNTED, Balance.quantity != 0)
        .exists(),
        "patient": uses,
        "patient_implant": uses,
    }


def _missing_of_supplier(received_on: ColumnElement[date]) -> dict[str, ColumnElement[bool]]:
    return {
        "supplier_name": _is_blank(Supplier.name_zh),
        "supplier_address": _is_blank(Supplier.address),
        "supplier_phone": _is_blank(Supplier.phone),
        "licence_no": _is_blank(Supplier.licence_no),
        "licence_valid": or_(
            Supplier.licence_valid_until < received_on,
            func.coalesce(Supplier.licence_valid_from, received_on) > received_on,
        ),
        "licence_scope": _outside_scope(),
    }


def _missing_papers(session: Session, received_on: ColumnElement[date]) -> dict[str, ColumnElement[bool]]:
    made_on = func.coalesce(Batch.production_on, received_on)
    unnoted = select(Delivery.id).where(Delivery.receipt_no == Batch.receipt_no, _is_blank(Delivery.note_no))
    return {
        "registrant": _is_blank(Manufacturer.name_zh),
        "contract_maker": _is_blank(Product.contract_maker),
        "certificate_no": Batch.product_id.in_(_with_malformed_certificate(session)),
        "certificate_until": Certificate.valid_until.is_(None),
        "certificate_stood": or_(
            func.coalesce(Certificate.valid_until, made_on) < made_on,
            func.coalesce(Certificate.valid_from, made_on) > made_on,
        ),
        "original": ~_attached(master_rules().item("original").attachments),
        "note_no": unnoted.exists(),
    }


def _attached(kinds: Collection[AttachmentKind]) -> ColumnElement[bool]:
    return select(Attachment.id).where(Attachment.batch_id == Batch.id, Attachment.kind.in_(kinds)).exists()


def _outside_scope() -> ColumnElement[bool]:
    """The classes that a licence covers stand between commas, so that II is not found in III."""
    whole = literal(",") + Supplier.licence_scope + ","
    return or_(*(and_(Product.product_class == each, ~whole.contains(f",{each.value},")) for each in ProductClass))


def _is_blank(column: Any) -> ColumnElement[bool]:
    return func.trim(column) == ""


def _moved(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(Movement.id).where(Movement.batch_id == Batch.id, *conditions).exists()


def _used_on_nobody() -> ColumnElement[bool]:
    """A use that stands and names no visit."""
    reversal = aliased(Movement)
    return _moved(
        Movement.kind == MovementKind.USE,
        ~select(MARKS.c.movement_id).where(MARKS.c.movement_id == Movement.id).exists(),
        ~select(reversal.id).where(reversal.reverses_id == Movement.id).exists(),
    )


def _with_malformed_certificate(session: Session) -> list[int]:
    """Products whose certificate number has no known form, or one of another class; the catalogue is small."""
    rows = session.execute(
        select(Product.id, Product.product_class, Certificate.number).join(
            Certificate, Certificate.id == Product.certificate_id
        )
    )
    malformed: list[int] = []
    for product_id, product_class, number in rows:
        told = read_certificate(number)
        if told is None or not fits_class(told, product_class):
            malformed.append(product_id)
    return malformed
