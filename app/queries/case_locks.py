"""The locks that a recall case has put on lots."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.statuses.locks import LockLayer
from app.models.locks import LotLock
from app.queries.lot_keys import is_standing


def standing_locks(session: Session, case_id: int) -> int:
    """How many lots the case holds in recall quarantine now."""
    query = select(func.count(LotLock.id)).where(
        LotLock.case_id == case_id, LotLock.layer == LockLayer.RECALL_QUARANTINE.value, is_standing()
    )
    return session.scalar(query) or 0
