"""Units kept for requisitions: a plan, earliest expiry first, that never stands in the way of a lock or a movement."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.core.statuses.requisition import ReservationEnd
from app.models.places import Location
from app.models.requisitions import RequisitionLine, Reservation
from app.queries.reservations import reserved_by_batch
from app.services.issuing import free_batches


def reserve(session: Session, lines: Sequence[tuple[RequisitionLine, int]], store: Location, now: datetime) -> int:
    """Keep so many units for each line, as far as there are free ones; returns how many were kept."""
    kept = 0
    for line, missing in lines:
        found = free_batches(session, line.product_id, store)
        taken = reserved_by_batch(session, [batch.id for batch, _ in found], store.id)
        for batch, quantity in found:
            part = min(missing, quantity - taken.get(batch.id, 0))
            if part > 0:
                session.add(
                    Reservation(line_id=line.id, batch_id=batch.id, location_id=store.id, quantity=part, made_at=now)
                )
                missing, kept = missing - part, kept + part
        session.flush()
    return kept


def end_reservations(session: Session, line_ids: Sequence[int], why: ReservationEnd, now: datetime) -> None:
    """What still stands for these lines ends."""
    session.execute(
        update(Reservation)
        .where(Reservation.line_id.in_(line_ids), Reservation.ended_at.is_(None))
        .values(ended_at=now, ended_why=why)
    )


def standing(session: Session, line_id: int) -> list[Reservation]:
    """What is kept for a line now."""
    query = select(Reservation).where(Reservation.line_id == line_id, Reservation.ended_at.is_(None))
    return list(session.scalars(query.order_by(Reservation.id)))
