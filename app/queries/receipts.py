"""A posted delivery as its slip shows it: the purchase check record (条例 art. 45)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.errors import NotFoundError
from app.core.statuses.stock import Inspection, MovementKind
from app.models.catalogue import Certificate, Manufacturer, Product, Supplier
from app.models.persons import Person
from app.models.places import Location
from app.models.stock import Batch, Delivery, InspectionCheck, Movement


@dataclass(frozen=True, slots=True)
class ReceiptBatch:
    """One batch of the receipt with the verdict of its inspection."""

    id: int
    product: Bilingual
    spec: str
    ref: str
    lot_no: str
    is_lot_unknown: bool
    production_on: date | None
    expiry_on: date | None
    quantity: int
    unit: Bilingual
    maker: Bilingual
    is_contract_made: bool
    contract_maker: str
    certificate_no: str
    inspection: Inspection
    remark: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """Who brought what when, who took it in, who inspected it; ``failed`` are the keys of failed checklist items."""

    number: str
    supplier: Bilingual
    supplier_address: str
    supplier_phone: str
    licence_no: str
    order_no: str
    note_no: str
    waybill: str
    temperature_tenths: int | None
    place: Bilingual
    site_id: int
    received_at: datetime
    received_by: Bilingual
    inspected_at: datetime | None
    inspected_by: tuple[Bilingual, ...]
    batches: tuple[ReceiptBatch, ...]
    checked: frozenset[str]
    failed: frozenset[str]


def receipt(session: Session, receipt_no: str) -> Receipt:
    """Raises NotFoundError where no delivery was posted under this number."""
    found = session.execute(
        select(Delivery, Supplier, Location)
        .join(Supplier, Supplier.id == Delivery.supplier_id)
        .join(Location, Location.id == Delivery.location_id)
        .where(Delivery.receipt_no == receipt_no)
    ).first()
    if found is None:
        raise NotFoundError
    delivery, supplier, place = found
    batches = _batches(session, receipt_no)
    ids = [batch.id for batch in batches]
    taken = _acts(session, ids, MovementKind.RECEIPT)
    looked = _acts(session, ids, MovementKind.INSPECTION)
    answers = session.execute(
        select(InspectionCheck.item, InspectionCheck.passed).where(InspectionCheck.batch_id.in_(ids))
    ).all()
    return Receipt(
        number=receipt_no,
        supplier=Bilingual(supplier.name_zh, supplier.name_en),
        supplier_address=supplier.address,
        supplier_phone=supplier.phone,
        licence_no=supplier.licence_no,
        order_no=delivery.order_no,
        note_no=delivery.note_no,
        waybill=delivery.waybill,
        temperature_tenths=delivery.temperature_tenths,
        place=Bilingual(place.name_zh, place.name_en),
        site_id=place.site_id,
        received_at=taken[0][0] if taken else delivery.created_at,
        received_by=taken[0][1] if taken else Bilingual("", ""),
        inspected_at=looked[-1][0] if looked else None,
        inspected_by=tuple(dict.fromkeys(by for _at, by in looked)),
        batches=tuple(batches),
        checked=frozenset(item for item, passed in answers if passed),
        failed=frozenset(item for item, passed in answers if passed is False),
    )


def _batches(session: Session, receipt_no: str) -> list[ReceiptBatch]:
    quantity = (
        select(func.sum(Movement.quantity))
        .where(Movement.batch_id == Batch.id, Movement.kind == MovementKind.RECEIPT)
        .scalar_subquery()
    )
    remark = (
        select(func.max(Movement.reason))
        .where(Movement.batch_id == Batch.id, Movement.kind == MovementKind.INSPECTION)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Batch, Product, Certificate.number, Manufacturer, quantity, remark)
        .join(Product, Product.id == Batch.product_id)
        .join(Certificate, Certificate.id == Product.certificate_id)
        .join(Manufacturer, Manufacturer.id == Certificate.manufacturer_id)
        .where(Batch.receipt_no == receipt_no)
        .order_by(Batch.id)
    )
    return [
        ReceiptBatch(
            batch.id,
            Bilingual(product.name_zh, product.name_en),
            product.spec,
            product.ref,
            batch.lot_no,
            batch.is_lot_unknown,
            batch.production_on,
            batch.expiry_on,
            int(units or 0),
            Bilingual(product.base_unit_zh, product.base_unit_en),
            Bilingual(maker.name_zh, maker.name_en),
            product.is_contract_made,
            product.contract_maker,
            number,
            batch.inspection,
            reason or "",
        )
        for batch, product, number, maker, units, reason in rows
    ]


def _acts(session: Session, batch_ids: list[int], kind: MovementKind) -> list[tuple[datetime, Bilingual]]:
    rows = session.execute(
        select(Movement.acted_at, Person.name_zh, Person.name_en)
        .join(Person, Person.id == Movement.actor_id)
        .where(Movement.batch_id.in_(batch_ids), Movement.kind == kind)
        .order_by(Movement.id)
    )
    return [(at, Bilingual(zh, en)) for at, zh, en in rows]
