"""What a requisition still waits for, from what was issued to it and not taken back since."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.statuses.requisition import RequisitionState, ReservationEnd
from app.models.places import Location
from app.models.requisitions import Requisition, RequisitionIssue, RequisitionLine
from app.models.stock import Movement
from app.services.reserving import end_reservations, reserve


def lines_of(session: Session, requisition_id: int) -> list[RequisitionLine]:
    """In their order."""
    query = select(RequisitionLine).where(RequisitionLine.requisition_id == requisition_id)
    return list(session.scalars(query.order_by(RequisitionLine.line_no)))


def issued_by_line(session: Session, line_ids: Sequence[int]) -> dict[int, int]:
    """Base units issued per line, without those that were reversed."""
    reversed_ids = select(Movement.reverses_id).where(Movement.reverses_id.is_not(None))
    rows = session.execute(
        select(RequisitionIssue.line_id, func.sum(Movement.quantity))
        .join(Movement, Movement.id == RequisitionIssue.movement_id)
        .where(RequisitionIssue.line_id.in_(line_ids), Movement.id.not_in(reversed_ids))
        .group_by(RequisitionIssue.line_id)
    )
    return {line_id: int(quantity) for line_id, quantity in rows}


def served_by(session: Session, movement_id: int) -> Requisition | None:
    """The requisition that an issue served, held until the transaction ends: two corrections of it wait in line."""
    query = (
        select(Requisition)
        .join(RequisitionLine, RequisitionLine.requisition_id == Requisition.id)
        .join(RequisitionIssue, RequisitionIssue.line_id == RequisitionLine.id)
        .where(RequisitionIssue.movement_id == movement_id)
        .with_for_update(of=Requisition)
    )
    return session.scalar(query)


def settle(
    session: Session, row: Requisition, lines: Sequence[RequisitionLine], store: Location, now: datetime
) -> None:
    """State from what was issued; what was kept ends, and is kept anew for what is still missing."""
    issued = issued_by_line(session, [line.id for line in lines])
    missing = [(line, line.quantity - issued.get(line.id, 0)) for line in lines]
    row.move_to(_state(issued, missing))
    end_reservations(session, [line.id for line in lines], ReservationEnd.ISSUED, now)
    reserve(session, [(line, rest) for line, rest in missing if rest > 0], store, now)


def reopen(session: Session, row: Requisition, now: datetime) -> None:
    """An issue was taken back: the store owes again what it brought, unless the ward no longer wants it."""
    if row.state not in (RequisitionState.ISSUED, RequisitionState.PARTLY):
        return
    settle(session, row, lines_of(session, row.id), session.get_one(Location, row.store_id), now)


def _state(issued: dict[int, int], missing: Sequence[tuple[RequisitionLine, int]]) -> RequisitionState:
    if not any(rest > 0 for _, rest in missing):
        return RequisitionState.ISSUED
    return RequisitionState.PARTLY if any(issued.values()) else RequisitionState.APPROVED
