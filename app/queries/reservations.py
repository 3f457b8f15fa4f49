"""What is kept for requisitions, and what a lock took from them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from app.core.actor import Bilingual
from app.core.statuses.requisition import ReservationEnd
from app.models.catalogue import Product
from app.models.locks import LotLock
from app.models.persons import Person
from app.models.places import Location
from app.models.recalls import RecallCase
from app.models.requisitions import Requisition, RequisitionLine, Reservation
from app.models.stock import Batch

NOBODY = Bilingual("", "")


@dataclass(frozen=True, slots=True)
class ReservationRow:
    """Units of one batch kept, or once kept, for one line of a requisition.

    ``case_number``, ``lock_reason`` and ``locked_by`` are of the lock that ended it; empty where none did, and
    ``case_number`` also where a person held the lot without a recall.
    """

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
    asked_by: Bilingual = NOBODY
    case_number: str = ""
    lock_reason: str = ""
    locked_by: Bilingual = NOBODY


def reserved_by_batch(session: Session, batch_ids: Collection[int], store_id: int) -> dict[int, int]:
    """Standing reservations per batch at a store, never more than what lies there."""
    rows = session.execute(
        select(Reservation.batch_id, func.sum(Reservation.quantity))
        .where(Reservation.batch_id.in_(batch_ids), Reservation.location_id == store_id, Reservation.ended_at.is_(None))
        .group_by(Reservation.batch_id)
    )
    return {batch_id: int(quantity) for batch_id, quantity in rows}


def cancelled_by_locks(session: Session, lock_ids: Collection[int]) -> list[ReservationRow]:
    """The reservations that these locks ended."""
    return reservations(session, Reservation.lock_id.in_(lock_ids))


def cancelled_by_case(session: Session, case_id: int) -> list[ReservationRow]:
    """The reservations that the locks of a recall case ended."""
    locks = select(LotLock.id).where(LotLock.case_id == case_id)
    return reservations(session, Reservation.lock_id.in_(locks))


def reservations(session: Session, *conditions: ColumnElement[bool]) -> list[ReservationRow]:
    """In the order in which they were made."""
    asker, locker = aliased(Person), aliased(Person)
    rows = session.execute(
        select(Reservation, Requisition, Location, Product, Batch, asker, LotLock.reason, RecallCase.number, locker)
        .join(RequisitionLine, RequisitionLine.id == Reservation.line_id)
        .join(Requisition, Requisition.id == RequisitionLine.requisition_id)
        .join(Location, Location.id == Requisition.department_id)
        .join(asker, asker.id == Requisition.asked_by)
        .join(Batch, Batch.id == Reservation.batch_id)
        .join(Product, Product.id == Batch.product_id)
        .outerjoin(LotLock, LotLock.id == Reservation.lock_id)
        .outerjoin(RecallCase, RecallCase.id == LotLock.case_id)
        .outerjoin(locker, locker.id == LotLock.locked_by)
        .where(*conditions)
        .order_by(Reservation.id)
    )
    return [
        ReservationRow(
            asked.id,
            asked.number,
            row.line_id,
            Bilingual(ward.name_zh, ward.name_en),
            Bilingual(product.name_zh, product.name_en),
            batch.lot_no,
            batch.expiry_on,
            row.quantity,
            row.ended_at,
            row.ended_why,
            Bilingual(by.name_zh, by.name_en),
            case_number or "",
            reason or "",
            _name(locked_by),
        )
        for row, asked, ward, product, batch, by, reason, case_number, locked_by in rows
    ]


def _name(person: Person | None) -> Bilingual:
    return Bilingual(person.name_zh, person.name_en) if person is not None else NOBODY
