"""Locks of a case come off, by two persons: holds on lots that turned out not to be meant, recall locks at its end."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.changes import Changes
from app.core.errors import RuleError
from app.core.permissions import Duty
from app.core.statuses.locks import LockLayer
from app.core.statuses.recall import TAKEN_AWAY, CaseAct
from app.core.statuses.verdict import Verdict
from app.models.database import Database
from app.models.locks import LockLift, LotLock
from app.models.recalls import RecallCase, ScopeLine
from app.models.refusals import OwnLockError
from app.models.stock import Batch
from app.services.closing import ENDED
from app.services.diary import LOCK_CHANGES, Act, enter, open_case
from app.services.registering import demand_reason
from app.services.repeating import once


class StillNeededError(RuleError):
    """The recall locks of case ``number`` are still needed: its goods must leave the hospital."""

    code = "recall.still_needed"


class NothingToLiftError(RuleError):
    """No lock of this kind stands that may come off."""

    code = "recall.nothing_to_lift"


@dataclass(frozen=True, slots=True)
class Lifted:
    """How many locks came off."""

    locks: int
    changes: Changes = field(default=LOCK_CHANGES)


class LiftingService:
    """The coordinator (RUN_RECALL) and a second person (WITNESS) who has signed the same ``op_id``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @once
    def lift_holds(self, *, actor: Actor, op_id: str, case_id: int, second: Actor, reason: str) -> Lifted:
        """End the case's holds on lots of which no batch is affected or doubtful any more; all once it has ended.

        Raises NothingToLiftError, OwnLockError, OwnSecondError, UnsignedError, ReasonNeededError.
        """
        with self._database.writing(actor.id) as session:
            case = self._open(session, actor, case_id, second)
            kept: set[tuple[int, str]] = set() if case.state in ENDED else _meant(session, case_id)
            locks = [
                lock
                for lock in _standing(session, case_id, LockLayer.ON_HOLD)
                if (lock.product_id, lock.lot_key) not in kept
            ]
            return self._lift(session, case, actor, op_id, second, demand_reason(reason), locks)

    @once
    def lift_recall(self, *, actor: Actor, op_id: str, case_id: int, second: Actor, reason: str) -> Lifted:
        """End the recall locks of a case that has ended, or whose treatment leaves the goods in the hospital.

        Raises StillNeededError, NothingToLiftError, OwnLockError, OwnSecondError, UnsignedError, ReasonNeededError.
        """
        with self._database.writing(actor.id) as session:
            case = self._open(session, actor, case_id, second)
            if case.state not in ENDED and case.treatment in TAKEN_AWAY:
                raise StillNeededError(number=case.number)
            locks = _standing(session, case_id, LockLayer.RECALL_QUARANTINE)
            return self._lift(session, case, actor, op_id, second, demand_reason(reason), locks)

    def _open(self, session: Session, actor: Actor, case_id: int, second: Actor) -> RecallCase:
        actor.demand(Duty.RUN_RECALL)
        second.demand(Duty.WITNESS)
        return open_case(session, case_id)

    def _lift(
        self,
        session: Session,
        case: RecallCase,
        actor: Actor,
        op_id: str,
        second: Actor,
        reason: str,
        locks: Sequence[LotLock],
    ) -> Lifted:
        if not locks:
            raise NothingToLiftError
        if second.id != actor.id and any(lock.locked_by == second.id for lock in locks):
            raise OwnLockError
        now = self._database.clock()
        session.add_all(
            LockLift(
                lock_id=lock.id,
                op_id=op_id,
                reason=reason[:400],
                lifted_by=actor.id,
                second_person_id=second.id,
                lifted_at=now,
            )
            for lock in locks
        )
        act = Act(op_id, CaseAct.LIFTED, actor, reason, quantity=len(locks), second_person_id=second.id)
        enter(session, self._database, case.id, act)
        return Lifted(len(locks))


def _standing(session: Session, case_id: int, layer: LockLayer) -> list[LotLock]:
    lifted = select(LockLift.lock_id)
    statement = select(LotLock).where(
        LotLock.case_id == case_id, LotLock.layer == layer.value, LotLock.id.not_in(lifted)
    )
    return list(session.scalars(statement.order_by(LotLock.id)))


def _meant(session: Session, case_id: int) -> set[tuple[int, str]]:
    statement = (
        select(Batch.product_id, Batch.lot_key)
        .join(ScopeLine, ScopeLine.batch_id == Batch.id)
        .where(ScopeLine.case_id == case_id, ScopeLine.verdict != Verdict.NOT_AFFECTED)
    )
    return {(product_id, lot) for product_id, lot in session.execute(statement)}
