"""What is kept for requisitions, and what a lock took from them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.statuses.requisition import ReservationEnd
from app.models.catalogue import Product
from app.models.locks import LotLock
from app.models.places import Location
from app.models.requisitions import Requisition, RequisitionLine, Reservation
from app.models.stock import Balance, Batch


@dataclass(frozen=True, slots=True)
class ReservationRow:
    """Units of one batch kept, or once kept, for one line of a requisition."""

    requisition_id: int
    requisition_no: str
    line_id: int
    department: Bilingual
    product: Bilingual
    lot_no: str
    expiry_on: date | None
    quantity: int
    ended_at: datetime | None
    ended_why: ReservationEnd | None


def reserved_by_batch(session: Session, batch_ids: Collection[int], store_id: int) -> dict[int, int]:
    """Standing reservations per batch at a store, never more than what lies there."""
    rows = session.execute(
        select(Reservation.batch_id, func.sum(Reservation.quantity))
        .where(Reservation.batch_id.in_(batch_ids), Reservation.location_id == store_id, Reservation.ended_at.is_(None))
        .group_by(Reservation.batch_id)
    )
    return {batch_id: int(quantity) for batch_id, quantity in rows}


def reserved_units(session: Session, batch_id: int) -> int:
    """How many units of a batch are kept for requisitions, in all stores; not more than are in stock."""
    kept = session.scalar(
        select(func.coalesce(func.sum(Reservation.quantity), 0)).where(
            Reservation.batch_id == batch_id, Reservation.ended_at.is_(None)
        )
    )
    here = session.scalar(
        select(func.coalesce(func.sum(Balance.quantity), 0)).where(
            Balance.batch_id == batch_id, Balance.state == "in_stock"
        )
    )
    return min(int(kept or 0), int(here or 0))


def cancelled_by_locks(session: Session, lock_ids: Collection[int]) -> list[ReservationRow]:
    """The reservations that these locks ended."""
    return reservations(session, Reservation.lock_id.in_(lock_ids))


def cancelled_by_case(session: Session, case_id: int) -> list[ReservationRow]:
    """The reservations that the locks of a recall case ended."""
    locks = select(LotLock.id).where(LotLock.case_id == case_id)
    return reservations(session, Reservation.lock_id.in_(locks))


def reservations(session: Session, *conditions: ColumnElement[bool]) -> list[ReservationRow]:
    """In the order in which they were made."""
    rows = session.execute(
        select(Reservation, RequisitionLine.requisition_id, Requisition.number, Location, Product, Batch)
        .join(RequisitionLine, RequisitionLine.id == Reservation.line_id)
        .join(Requisition, Requisition.id == RequisitionLine.requisition_id)
        .join(Location, Location.id == Requisition.department_id)
        .join(Batch, Batch.id == Reservation.batch_id)
        .join(Product, Product.id == Batch.product_id)
        .where(*conditions)
        .order_by(Reservation.id)
    )
    return [
        ReservationRow(
            requisition_id,
            number,
            row.line_id,
            Bilingual(ward.name_zh, ward.name_en),
            Bilingual(product.name_zh, product.name_en),
            batch.lot_no,
            batch.expiry_on,
            row.quantity,
            row.ended_at,
            row.ended_why,
        )
        for row, requisition_id, number, ward, product, batch in rows
    ]
