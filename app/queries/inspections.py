"""Batches that wait for inspection, and what the inspector sees of one."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.core.actor import Bilingual
from app.core.checklists import Checklist, checklist
from app.core.errors import AppError, NotFoundError, RuleError
from app.core.lots import lot_key
from app.core.statuses.stock import (
    ExpiryPrecision,
    Inspection,
    MovementKind,
    ProductClass,
    StockState,
)
from app.core.storage_ranges import has_arrived_cold
from app.models.catalogue import Certificate, DeviceIdentifier, Manufacturer, Product, Supplier
from app.models.persons import Person
from app.models.places import Location
from app.models.stock import Balance, Batch, Delivery, InspectionCheck, Movement
from app.queries.attachments import AttachmentRow, attachments
from app.queries.batches import NoScanError, UnknownProductError
from app.queries.lot_keys import is_lot
from app.udi.reader import read

_RECEIPT_CODE = "RD:RECEIPT:"
_INSPECTABLE = (StockState.IN_STOCK, StockState.QUARANTINED)


@dataclass(frozen=True, slots=True)
class PendingRow:
    """One batch of the queue; ``received_by_me`` batches are another inspector's."""

    id: int
    product: Bilingual
    spec: str
    ref: str
    lot_no: str
    is_lot_unknown: bool
    expiry_on: date | None
    quantity: int
    unit: Bilingual
    receipt_no: str
    received_at: datetime
    received_by: Bilingual
    receiver_id: int
    supplier: Bilingual
    place: Bilingual
    location_id: int
    state: StockState


@dataclass(frozen=True, slots=True)
class InspectionCard:
    """Everything an inspector compares with the box, and the checklist of this kind of product."""

    row: PendingRow
    product_class: ProductClass
    is_implant: bool
    dis: tuple[str, ...]
    maker: Bilingual
    certificate_no: str
    certificate_valid_until: date | None
    licence_no: str
    licence_valid_until: date
    production_on: date | None
    expiry_precision: ExpiryPrecision | None
    serials: int
    storage: str
    order_no: str
    note_no: str
    waybill: str
    temperature_tenths: int | None
    inspection: Inspection
    checklist: Checklist
    attachments: tuple[AttachmentRow, ...] = ()

    @property
    def has_arrived_cold(self) -> bool | None:
        """Whether cold-chain goods came within their range; None: not cold, or nobody measured."""
        return has_arrived_cold(self.storage, self.temperature_tenths)


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """How one item was answered; ``passed`` None: it does not apply."""

    item: str
    passed: bool | None
    note: str


def pending_batches(session: Session, location_id: int | None = None) -> list[PendingRow]:
    """Batches with goods on hand that nobody has inspected, the longest waiting first; of one place or of all."""
    return _rows(session, location_id, None)


def inspection_card(session: Session, batch_id: int) -> InspectionCard:
    """Raises NotFoundError where the batch is unknown or nothing of it is on hand."""
    rows = _rows(session, None, batch_id)
    if not rows:
        raise NotFoundError
    batch, product, certificate, maker, supplier = session.execute(
        select(Batch, Product, Certificate, Manufacturer, Supplier)
        .join(Product, Product.id == Batch.product_id)
        .join(Certificate, Certificate.id == Product.certificate_id)
        .join(Manufacturer, Manufacturer.id == Certificate.manufacturer_id)
        .join(Supplier, Supplier.id == Batch.supplier_id)
        .where(Batch.id == batch_id)
    ).one()
    delivery = session.scalar(select(Delivery).where(Delivery.receipt_no == batch.receipt_no))
    return InspectionCard(
        row=rows[0],
        product_class=product.product_class,
        is_implant=product.is_implant,
        dis=_identifiers(session, product.id),
        maker=Bilingual(maker.name_zh, maker.name_en),
        certificate_no=certificate.number,
        certificate_valid_until=certificate.valid_until,
        licence_no=supplier.licence_no,
        licence_valid_until=supplier.licence_valid_until,
        production_on=batch.production_on,
        expiry_precision=batch.expiry_precision,
        serials=_serials(session, batch_id),
        storage=product.storage,
        order_no=delivery.order_no if delivery else "",
        note_no=delivery.note_no if delivery else "",
        waybill=delivery.waybill if delivery else "",
        temperature_tenths=delivery.temperature_tenths if delivery else None,
        inspection=batch.inspection,
        checklist=_checklist(product),
        attachments=attachments(session, batch_id),
    )


def _checklist(product: Product) -> Checklist:
    return checklist(
        product.product_class,
        is_implant=product.is_implant,
        has_serial=product.needs_serial,
        storage=product.storage,
    )


def _identifiers(session: Session, product_id: int) -> tuple[str, ...]:
    query = select(DeviceIdentifier.di).where(DeviceIdentifier.product_id == product_id).order_by(DeviceIdentifier.id)
    return tuple(session.scalars(query))


def _serials(session: Session, batch_id: int) -> int:
    """How many units of the batch came with a serial number of their own."""
    query = select(func.count(Movement.id)).where(
        Movement.batch_id == batch_id, Movement.kind == MovementKind.RECEIPT, Movement.serial_unit_id.is_not(None)
    )
    return session.scalar(query) or 0


def pending_of_scan(session: Session, raw: str) -> list[int]:
    """Ids of the waiting batches that a scanned box belongs to, or those of a receipt (``RD:RECEIPT:…``).

    A box whose lot the scan does not say for certain belongs to every waiting batch of its product.
    """
    query = select(Batch.id).where(Batch.inspection == Inspection.PENDING).order_by(Batch.received_at, Batch.id)
    if raw.startswith(_RECEIPT_CODE):
        return list(session.scalars(query.where(Batch.receipt_no == raw.removeprefix(_RECEIPT_CODE).strip())))
    reading = read(raw)
    if reading.di is None:
        return []
    query = query.join(DeviceIdentifier, DeviceIdentifier.product_id == Batch.product_id)
    query = query.where(DeviceIdentifier.di == reading.di)
    if reading.lot:
        query = query.where(is_lot(lot_key(reading.lot)))
    return list(session.scalars(query))


class NothingPendingError(RuleError):
    """Batches of ``lot`` of ``product`` are here, and none waits: the last was ``outcome`` by ``by`` at ``at``."""

    code = "inspecting.nothing_pending"


class NotReceivedError(RuleError):
    """No batch of ``lot`` of ``product`` was ever received; an open delivery has to be posted first."""

    code = "inspecting.not_received"


def why_not_pending(session: Session, raw: str) -> AppError:
    """Why a scanned box has no batch that waits: it says nothing, is not known, was never received, or is inspected."""
    if raw.startswith(_RECEIPT_CODE):
        return NotFoundError()
    reading = read(raw)
    if reading.di is None:
        return NoScanError(raw=raw[:40])
    product = session.scalar(
        select(Product)
        .join(DeviceIdentifier, DeviceIdentifier.product_id == Product.id)
        .where(DeviceIdentifier.di == reading.di)
    )
    if product is None:
        return UnknownProductError(di=reading.di)
    name, lot = Bilingual(product.name_zh, product.name_en), reading.lot or "—"
    of_lot = [is_lot(lot_key(reading.lot))] if reading.lot else []
    found = session.execute(
        select(Movement, Person)
        .join(Batch, Batch.id == Movement.batch_id)
        .join(Person, Person.id == Movement.actor_id)
        .where(Batch.product_id == product.id, Movement.kind == MovementKind.INSPECTION, *of_lot)
        .order_by(Movement.id.desc())
    ).first()
    if found is None or found[0].outcome is None:
        return NotReceivedError(lot=lot, product=name)
    by = Bilingual(found[1].name_zh, found[1].name_en)
    return NothingPendingError(lot=lot, product=name, outcome=found[0].outcome, by=by, at=found[0].acted_at)


def check_answers(session: Session, batch_id: int) -> list[CheckAnswer]:
    """The checklist as it was answered, in the order of the list."""
    rows = session.scalars(
        select(InspectionCheck).where(InspectionCheck.batch_id == batch_id).order_by(InspectionCheck.id)
    )
    return [CheckAnswer(row.item, row.passed, row.note) for row in rows]


def _rows(session: Session, location_id: int | None, batch_id: int | None) -> list[PendingRow]:
    """One row per batch: where most of it lies, a store before a quarantine area."""
    receipt = aliased(Movement)
    first = (
        select(func.min(Movement.id))
        .where(Movement.batch_id == Batch.id, Movement.kind == MovementKind.RECEIPT)
        .scalar_subquery()
    )
    query = (
        select(Batch, Product, Supplier, Balance, Location, Person)
        .join(Product, Product.id == Batch.product_id)
        .join(Supplier, Supplier.id == Batch.supplier_id)
        .join(Balance, Balance.batch_id == Batch.id)
        .join(Location, Location.id == Balance.location_id)
        .join(receipt, receipt.id == first)
        .join(Person, Person.id == receipt.actor_id)
        .where(Balance.quantity > 0, Balance.state.in_(_INSPECTABLE))
        .order_by(Batch.received_at, Batch.id, Balance.state, Balance.quantity.desc())
    )
    query = (
        query.where(Batch.inspection == Inspection.PENDING) if batch_id is None else query.where(Batch.id == batch_id)
    )
    if location_id is not None:
        query = query.where(Balance.location_id == location_id)
    found: dict[int, PendingRow] = {}
    for batch, product, supplier, balance, place, person in session.execute(query):
        found.setdefault(batch.id, _row(batch, product, supplier, balance, place, person))
    return list(found.values())


def _row(
    batch: Batch, product: Product, supplier: Supplier, balance: Balance, place: Location, person: Person
) -> PendingRow:
    return PendingRow(
        id=batch.id,
        product=Bilingual(product.name_zh, product.name_en),
        spec=product.spec,
        ref=product.ref,
        lot_no=batch.lot_no,
        is_lot_unknown=batch.is_lot_unknown,
        expiry_on=batch.expiry_on,
        quantity=balance.quantity,
        unit=Bilingual(product.base_unit_zh, product.base_unit_en),
        receipt_no=batch.receipt_no,
        received_at=batch.received_at,
        received_by=Bilingual(person.name_zh, person.name_en),
        receiver_id=person.id,
        supplier=Bilingual(supplier.name_zh, supplier.name_en),
        place=Bilingual(place.name_zh, place.name_en),
        location_id=place.id,
        state=balance.state,
    )
