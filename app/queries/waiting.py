"""What a person's own work waits for: which step of somebody else comes next, whose, and since when."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.permissions import DUTIES, Duty, Role, duties
from app.core.responsibilities import TASKS, Step
from app.core.statuses.recall import CaseState, TaskState
from app.core.statuses.requisition import RequisitionState
from app.core.statuses.stock import Inspection
from app.models.catalogue import Product
from app.models.places import Location
from app.models.recalls import DepartmentTask, RecallCase
from app.models.requisitions import Requisition
from app.models.stock import Batch
from app.queries.workbench import QueueRow

MOST = 20


def waiting(session: Session, *, roles: frozenset[Role], location_id: int | None) -> list[QueueRow]:
    """The longest wait first; each row names the roles that must act (``who``) and the moment it began (``since``)."""
    held = duties(roles)
    rows = [row for duty, ask in _ASKED.items() if duty in held for row in ask(session, location_id)]
    return sorted((row for row in rows if row.values["since"]), key=lambda row: row.values["since"])


def next_hands(step: Step) -> list[Role]:
    """The roles that do a step."""
    return [role for role in Role if TASKS[step].duty in DUTIES[role]]


def _row(key: str, step: Step, door: str, target: object, since: datetime | None, **values: object) -> QueueRow:
    return QueueRow(f"waits_{key}", door, target, values={"who": next_hands(step), "since": since, **values})


def _inspections(session: Session, _place: int | None) -> list[QueueRow]:
    query = (
        select(Batch.id, Batch.lot_no, Batch.received_at, Product.name_zh, Product.name_en)
        .join(Product, Product.id == Batch.product_id)
        .where(Batch.inspection == Inspection.PENDING)
        .order_by(Batch.received_at)
        .limit(MOST)
    )
    return [
        _row("inspection", Step.INSPECT, "batches", row_id, at, lot=lot, product=Bilingual(zh, en))
        for row_id, lot, at, zh, en in session.execute(query)
    ]


def _cases(session: Session, _place: int | None) -> list[QueueRow]:
    approval = select(RecallCase).where(
        RecallCase.state == CaseState.ASSESSING, RecallCase.approved_by.is_(None), RecallCase.assessed_at.is_not(None)
    )
    closing = select(RecallCase).where(RecallCase.state == CaseState.CLOSING_REVIEW)
    rows = [
        _row("approval", Step.APPROVE, "recalls", case.id, case.assessed_at, number=case.number, title=case.title)
        for case in session.scalars(approval.limit(MOST))
    ]
    rows += [
        _row("closing", Step.CLOSE, "recalls", case.id, case.review_at, number=case.number, title=case.title)
        for case in session.scalars(closing.limit(MOST))
    ]
    unread = (
        select(RecallCase, Location)
        .join(DepartmentTask, DepartmentTask.case_id == RecallCase.id)
        .join(Location, Location.id == DepartmentTask.location_id)
        .where(DepartmentTask.state == TaskState.SENT)
        .order_by(RecallCase.id, Location.code)
        .limit(MOST)
    )
    return rows + [
        _row("answer", Step.ANSWER, "recalls", case.id, case.launched_at, number=case.number,
             place=Bilingual(place.name_zh, place.name_en))
        for case, place in session.execute(unread)
    ]  # fmt: skip


def _requisitions(session: Session, place: int | None) -> list[QueueRow]:
    steps = {RequisitionState.ASKED: Step.APPROVE_REQUEST, RequisitionState.APPROVED: Step.ISSUE}
    query = select(Requisition).where(Requisition.department_id == place, Requisition.state.in_(steps))
    return [
        _row("requisition", steps[row.state], "requisitions", row.id, row.decided_at or row.asked_at, number=row.number)
        for row in session.scalars(query.order_by(Requisition.id).limit(MOST))
    ]


_ASKED: dict[Duty, Callable[[Session, int | None], list[QueueRow]]] = {
    Duty.RECEIVE: _inspections,
    Duty.RUN_RECALL: _cases,
    Duty.WARD: _requisitions,
}
