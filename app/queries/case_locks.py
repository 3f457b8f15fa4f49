"""The locks that a recall case has put on lots."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.statuses.locks import LockLayer
from app.models.locks import LockLift, LotLock


def standing_locks(session: Session, case_id: int) -> int:
    """How many lots the case holds in recall quarantine now."""
    lifted = select(LockLift.id).where(LockLift.lock_id == LotLock.id).exists()
    query = select(func.count(LotLock.id)).where(
        LotLock.case_id == case_id, LotLock.layer == LockLayer.RECALL_QUARANTINE.value, ~lifted
    )
    return session.scalar(query) or 0
