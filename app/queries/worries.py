"""What should worry somebody: expiry, certificates, gaps; each with how many and where to look."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.statuses.stock import StockState
from app.models.catalogue import Certificate, Supplier
from app.models.stock import Balance, Batch
from app.queries.completeness import has_gaps

SOON = timedelta(days=30)
PAPERS_SOON = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class AlarmRow:
    """Something to watch: ``key`` of ``[workbench.alarm]``, how many, and where to look."""

    key: str
    count: int
    tone: str
    door: str
    target: Any
    first_on: date | None = None


def alarms(session: Session, *, today: date) -> list[AlarmRow]:
    """What will go wrong if nobody looks; only what there is."""
    free = (StockState.IN_STOCK, StockState.PAR)
    stock = select(Balance.batch_id).where(Balance.state.in_(free), Balance.quantity > 0)
    expired = _batches(session, stock, Batch.expiry_on < today)
    near = _batches(session, stock, Batch.expiry_on.between(today, today + SOON))
    gaps = _batches(session, stock, has_gaps(session, today))
    made = _batches(session, stock, Batch.production_on.is_(None) & ~Batch.is_lot_unknown)
    licences = session.execute(
        select(func.count(Supplier.id), func.min(Supplier.licence_valid_until)).where(
            Supplier.is_active, Supplier.licence_valid_until < today + PAPERS_SOON
        )
    ).one()
    papers = session.execute(
        select(func.count(Certificate.id), func.min(Certificate.valid_until)).where(
            Certificate.valid_until < today + PAPERS_SOON
        )
    ).one()
    rows = [
        AlarmRow("expired", expired[0], "stop", "batches", "state:expired", expired[1]),
        AlarmRow("near_expiry", near[0], "attention", "batches", "state:near_expiry", near[1]),
        AlarmRow("licence", licences[0], "attention", "batches", None, licences[1]),
        AlarmRow("certificate", papers[0], "attention", "batches", None, papers[1]),
        AlarmRow("gaps", gaps[0], "attention", "batches", "state:gaps", None),
        AlarmRow("no_production", made[0], "plain", "batches", "state:no_production", None),
    ]
    return [row for row in rows if row.count]


def _batches(session: Session, stock: Any, condition: Any) -> tuple[int, date | None]:
    found = session.execute(
        select(func.count(Batch.id), func.min(Batch.expiry_on)).where(Batch.id.in_(stock), condition)
    ).one()
    return found[0], found[1]
