"""What happened today, and which recalls are in action."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.statuses.recall import FINISHED_TASKS, OPEN_STATES, CaseState, RecallClass
from app.core.statuses.stock import HELD_STATES, LineState
from app.models.locks import LotLock
from app.models.recalls import DepartmentTask, RecallCase
from app.models.stock import Balance, Batch, Delivery, DeliveryLine
from app.queries.impact import case_units
from app.queries.lot_keys import is_locked, is_standing


@dataclass(frozen=True, slots=True)
class TodayFigures:
    """Since local midnight: notices, lines stopped at receipt; now: locked lots, their units, counted of expected."""

    notices: int
    locked_lots: int
    locked_units: int
    stopped: int
    counted: int
    expected: int


@dataclass(frozen=True, slots=True)
class RunningCase:
    """A recall in action: units received and accounted for, and the next open deadline."""

    id: int
    number: str
    title: str
    recall_class: RecallClass
    received: int
    accounted: int
    due_at: datetime | None


def running_cases(session: Session) -> list[RunningCase]:
    """Active and reconciling cases, the most urgent class first."""
    states = (CaseState.ACTIVE, CaseState.RECONCILING, CaseState.CLOSING_REVIEW)
    due = (
        select(DepartmentTask.case_id, func.min(DepartmentTask.done_by).label("due_at"))
        .where(DepartmentTask.state.not_in(FINISHED_TASKS))
        .group_by(DepartmentTask.case_id)
        .subquery()
    )
    query = (
        select(RecallCase, due.c.due_at)
        .outerjoin(due, due.c.case_id == RecallCase.id)
        .where(RecallCase.state.in_(states))
        .order_by(RecallCase.recall_class, RecallCase.id)
    )
    cases = session.execute(query).all()
    units = case_units(session, [found.id for found, _ in cases])
    return [
        RunningCase(found.id, found.number, found.title, found.recall_class, *units.get(found.id, (0, 0)), due_at)
        for found, due_at in cases
    ]


def today_figures(session: Session, *, midnight: datetime) -> TodayFigures:
    """``midnight`` is the local day's beginning in UTC."""
    standing = select(LotLock.product_id, LotLock.lot_key).where(is_standing())
    locks = {(product_id, lot) for product_id, lot in session.execute(standing)}
    units = session.scalar(
        select(func.coalesce(func.sum(Balance.quantity), 0))
        .join(Batch, Batch.id == Balance.batch_id)
        .where(Balance.state.in_(HELD_STATES), is_locked())
    )
    notices = session.scalar(select(func.count(RecallCase.id)).where(RecallCase.registered_at >= midnight))
    stops = (LineState.RECALL_STOP.value, LineState.REFUSED.value)
    stopped = session.scalar(
        select(func.count(DeliveryLine.id))
        .join(Delivery, Delivery.id == DeliveryLine.delivery_id)
        .where(DeliveryLine.state.in_(stops), Delivery.created_at >= midnight)
    )
    counted = session.execute(
        select(func.coalesce(func.sum(DepartmentTask.found), 0), func.coalesce(func.sum(DepartmentTask.expected), 0))
        .join(RecallCase, RecallCase.id == DepartmentTask.case_id)
        .where(RecallCase.state.in_(OPEN_STATES))
    ).one()
    return TodayFigures(notices or 0, len(locks), int(units or 0), stopped or 0, counted[0] or 0, counted[1] or 0)
