"""The goods of a case on their way out: what lies in quarantine, what was shipped, what is missing and why."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.core.actor import Bilingual
from app.core.statuses.stock import MovementKind, StockState
from app.models.catalogue import Product, Supplier
from app.models.kits import Kit
from app.models.persons import Person
from app.models.places import Location, Site
from app.models.recalls import ReturnShipment
from app.models.stock import Balance, Batch, Movement
from app.queries.impact import in_case
from app.queries.taken_back import TakenBack, taken_back


@dataclass(frozen=True, slots=True)
class SealedRow:
    """Affected goods in quarantine, in a ward or in an area; what a return or a disposal is made of.

    A kit (``is_kit``) goes to no supplier: it is destroyed whole, or opened, which frees the goods that stand in it.
    """

    batch_id: int
    lot_no: str
    product: Bilingual
    ref: str
    unit: Bilingual
    needs_serial: bool
    expiry_on: date | None
    supplier_id: int
    supplier: Bilingual
    location_id: int
    place: Bilingual
    is_area: bool
    site_id: int
    site: Bilingual
    quantity: int
    is_kit: bool = False


@dataclass(frozen=True, slots=True)
class ShipmentRow:
    """One return to a supplier; ``received_at`` None: not confirmed yet."""

    id: int
    number: str
    supplier: Bilingual
    carrier: str
    waybill: str
    quantity: int
    handed_by: Bilingual
    second: Bilingual
    handed_at: datetime
    received_at: datetime | None
    received_note: str
    taken_back: tuple[TakenBack, ...] = ()

    @property
    def is_taken_back(self) -> bool:
        """Corrections have brought all of it back: no receipt is waited for."""
        return sum(one.quantity for one in self.taken_back) >= self.quantity

    @property
    def waits(self) -> bool:
        """The supplier's receipt is still to come."""
        return self.received_at is None and not self.is_taken_back


@dataclass(frozen=True, slots=True)
class ShipmentLineRow:
    """One batch of a return."""

    batch_id: int
    lot_no: str
    product: Bilingual
    ref: str
    unit: Bilingual
    expiry_on: date | None
    quantity: int


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """Units lost (positive) or found (negative) of an affected batch, with the reason two persons signed."""

    at: datetime
    lot_no: str
    place: Bilingual
    quantity: int
    reason: str
    by: Bilingual
    second: Bilingual | None
    document_no: str


def sealed_goods(session: Session, case_id: int) -> list[SealedRow]:
    """By site, place and lot."""
    statement = (
        select(Balance, Batch, Product, Supplier, Location, Site, Kit.id)
        .join(Batch, Batch.id == Balance.batch_id)
        .join(Product, Product.id == Batch.product_id)
        .join(Supplier, Supplier.id == Batch.supplier_id)
        .join(Location, Location.id == Balance.location_id)
        .join(Site, Site.id == Location.site_id)
        .outerjoin(Kit, Kit.batch_id == Batch.id)
        .where(Balance.batch_id.in_(in_case(case_id)), Balance.state == StockState.QUARANTINED, Balance.quantity > 0)
        .order_by(Site.id, Location.kind.desc(), Location.id, Batch.lot_key, Batch.id)
    )
    return [
        SealedRow(
            batch.id,
            batch.lot_no,
            Bilingual(product.name_zh, product.name_en),
            product.ref,
            Bilingual(product.base_unit_zh, product.base_unit_en),
            product.needs_serial,
            batch.expiry_on,
            supplier.id,
            Bilingual(supplier.name_zh, supplier.name_en),
            place.id,
            Bilingual(place.name_zh, place.name_en),
            place.shelf is StockState.QUARANTINED,
            site.id,
            Bilingual(site.name_zh, site.name_en),
            balance.quantity,
            bool(kit_id),
        )
        for balance, batch, product, supplier, place, site, kit_id in session.execute(statement)
    ]


def shipments(session: Session, case_id: int) -> list[ShipmentRow]:
    """The returns of a case, the newest first."""
    second = aliased(Person)
    total = (
        select(func.coalesce(func.sum(Movement.quantity), 0))
        .where(Movement.document_no == ReturnShipment.number, Movement.kind == MovementKind.RETURN_TO_SUPPLIER)
        .scalar_subquery()
    )
    statement = (
        select(ReturnShipment, Supplier, Person, second, total)
        .join(Supplier, Supplier.id == ReturnShipment.supplier_id)
        .join(Person, Person.id == ReturnShipment.handed_by)
        .join(second, second.id == ReturnShipment.second_person_id)
        .where(ReturnShipment.case_id == case_id)
        .order_by(ReturnShipment.id.desc())
    )
    found = session.execute(statement).all()
    back = taken_back(session, [row.number for row, *_ in found])
    return [
        ShipmentRow(
            row.id,
            row.number,
            Bilingual(supplier.name_zh, supplier.name_en),
            row.carrier,
            row.waybill,
            int(quantity),
            Bilingual(handed.name_zh, handed.name_en),
            Bilingual(other.name_zh, other.name_en),
            row.handed_at,
            row.received_at,
            row.received_note,
            back.get(row.number, ()),
        )
        for row, supplier, handed, other, quantity in found
    ]


def shipment_lines(session: Session, shipment_id: int) -> list[ShipmentLineRow]:
    """What one return holds, one row a batch."""
    statement = (
        select(Batch, Product, func.sum(Movement.quantity))
        .join(Movement, Movement.batch_id == Batch.id)
        .join(ReturnShipment, ReturnShipment.number == Movement.document_no)
        .join(Product, Product.id == Batch.product_id)
        .where(ReturnShipment.id == shipment_id, Movement.kind == MovementKind.RETURN_TO_SUPPLIER)
        .group_by(Batch.id, Product.id)
        .order_by(Batch.lot_key, Batch.id)
    )
    return [
        ShipmentLineRow(
            batch.id,
            batch.lot_no,
            Bilingual(product.name_zh, product.name_en),
            product.ref,
            Bilingual(product.base_unit_zh, product.base_unit_en),
            batch.expiry_on,
            int(quantity),
        )
        for batch, product, quantity in session.execute(statement)
    ]


def differences(session: Session, case_id: int) -> list[DifferenceRow]:
    """Every loss and gain of the affected batches, whenever it happened, the newest first."""
    second = aliased(Person)
    statement = (
        select(Movement, Batch.lot_no, Location, Person, second)
        .join(Batch, Batch.id == Movement.batch_id)
        .join(Location, Location.id == Movement.source_id)
        .join(Person, Person.id == Movement.actor_id)
        .outerjoin(second, second.id == Movement.second_person_id)
        .where(
            Movement.batch_id.in_(in_case(case_id)),
            Movement.kind.in_((MovementKind.STOCK_LOSS, MovementKind.STOCK_GAIN)),
        )
        .order_by(Movement.id.desc())
    )
    return [
        DifferenceRow(
            movement.recorded_at,
            lot,
            Bilingual(place.name_zh, place.name_en),
            movement.quantity if movement.kind is MovementKind.STOCK_LOSS else -movement.quantity,
            movement.reason,
            Bilingual(person.name_zh, person.name_en),
            Bilingual(other.name_zh, other.name_en) if other else None,
            movement.document_no,
        )
        for movement, lot, place, person, other in session.execute(statement)
    ]
