"""A lot was corrected, or a stopped one let in, after a case was assessed: the case looks at it in one transaction.

What the notice now means is locked and searched for at once; what it no longer means stays where it is until a person
decides, and its lock until two persons lift it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.statuses.locks import LockLayer
from app.core.statuses.recall import OPEN_STATES, UNLOCKED_KINDS, CaseAct, CaseKind, CaseState
from app.core.statuses.verdict import Verdict
from app.models.database import Database
from app.models.locks import LockLift, LotLock
from app.models.recalls import RecallCase, ScopeChange, ScopeLine
from app.models.stock import Batch
from app.models.supplements import BatchSupplement
from app.queries.case_reading import standing_reading
from app.queries.scope_changes import MILDEST_FIRST, last_word
from app.services.answering import RUNNING
from app.services.assessing import machine_verdict, take_in
from app.services.diary import Act, enter
from app.services.launching import unlocked
from app.services.registering import BEFORE_LAUNCH
from app.services.scoping import Judged, judge_batch
from app.services.tasking import extend_tasks


@dataclass(frozen=True, slots=True)
class CaseChanged:
    """A case on which the correction had an effect: ``after`` is what its notice says of the lot as written now."""

    number: str
    before: Verdict
    after: Verdict


@dataclass(frozen=True, slots=True)
class _Correction:
    """What was corrected, by whom, under which operation."""

    batch: Batch
    supplement: BatchSupplement
    actor: Actor
    op_id: str


def assessed_cases(session: Session) -> list[RecallCase]:
    """The open cases that have a scope, held against other writers; taken before anything else is."""
    statement = (
        select(RecallCase)
        .where(RecallCase.state.in_(OPEN_STATES), RecallCase.assessed_at.is_not(None))
        .order_by(RecallCase.id)
    )
    return list(session.scalars(statement.with_for_update(key_share=True)))


def look_again(
    session: Session, database: Database, cases: Sequence[RecallCase], actor: Actor, supplement: BatchSupplement
) -> tuple[CaseChanged, ...]:
    """Each case judges the batch by its present spelling; returns the cases on which that had an effect."""
    batch = session.get_one(Batch, supplement.batch_id)
    correction = _Correction(batch, supplement, actor, supplement.op_id)
    changed = (_look(session, database, case, correction) for case in cases)
    return tuple(one for one in changed if one is not None)


def take_in_arrivals(
    session: Session,
    database: Database,
    cases: Sequence[RecallCase],
    actor: Actor,
    batch_ids: Sequence[int],
    op_id: str,
) -> tuple[str, ...]:
    """Batches let in by two persons although an open notice names them join its case; the numbers of those cases.

    Each stands in the scope from now on, is locked like the rest of it, and is on the tasks of a case that runs.
    """
    joined: list[str] = []
    for case in cases:
        if case.kind is CaseKind.DRILL:
            continue
        reading, ordinals = standing_reading(session, case)
        for batch_id in batch_ids:
            batch = session.get_one(Batch, batch_id)
            judged = judge_batch(session, case, reading, batch, with_earlier=False)
            if judged is None or judged.verdict is Verdict.NOT_AFFECTED:
                continue
            _take_in_arrival(session, database, case, _Arrived(batch, judged, ordinals, actor, op_id))
            joined.append(case.number)
    return tuple(dict.fromkeys(joined))


@dataclass(frozen=True, slots=True)
class _Arrived:
    batch: Batch
    judged: Judged
    ordinals: list[int]
    actor: Actor
    op_id: str


def _take_in_arrival(session: Session, database: Database, case: RecallCase, arrived: _Arrived) -> None:
    batch, judged, actor = arrived.batch, arrived.judged, arrived.actor
    take_in(session, case, None, judged, arrived.ordinals)
    session.flush()
    _lock(session, database, case, actor, batch, judged)
    if case.state in RUNNING:
        extend_tasks(session, case, [batch.id], database.clock())
    elif case.state in BEFORE_LAUNCH:
        case.approved_by = case.approved_at = None
    act = Act(
        f"{arrived.op_id}:{case.id}:{batch.id}",
        CaseAct.ARRIVED_LATER,
        actor,
        batch.lot_no,
        quantity=judged.quantity,
        document_no=batch.receipt_no,
    )
    enter(session, database, case.id, act)


def _look(session: Session, database: Database, case: RecallCase, correction: _Correction) -> CaseChanged | None:
    batch = correction.batch
    reading, ordinals = standing_reading(session, case)
    judged = judge_batch(session, case, reading, batch, with_earlier=False)
    line = session.scalar(select(ScopeLine).where(ScopeLine.case_id == case.id, ScopeLine.batch_id == batch.id))
    before = last_word(session, case.id, batch.id) or (machine_verdict(line) if line else Verdict.NOT_AFFECTED)
    after = judged.verdict if judged is not None else Verdict.NOT_AFFECTED
    if before is after:
        return None
    _note(session, database, case, correction, (before, after))
    if judged is not None and MILDEST_FIRST.index(after) > MILDEST_FIRST.index(before):
        worst = judge_batch(session, case, reading, batch, with_earlier=True) or judged
        take_in(session, case, line, worst, ordinals)
        session.flush()
        _lock(session, database, case, correction.actor, batch, judged)
        if case.state in RUNNING:
            extend_tasks(session, case, [batch.id], database.clock())
    if case.state in BEFORE_LAUNCH:
        case.approved_by = case.approved_at = None
    return CaseChanged(case.number, before, after)


def _note(
    session: Session,
    database: Database,
    case: RecallCase,
    correction: _Correction,
    verdicts: tuple[Verdict, Verdict],
) -> None:
    supplement, actor = correction.supplement, correction.actor
    session.add(
        ScopeChange(
            case_id=case.id,
            batch_id=correction.batch.id,
            supplement_id=supplement.id,
            before=verdicts[0],
            after=verdicts[1],
            reason=supplement.reason,
            person_id=actor.id,
            at=database.clock(),
        )
    )
    note = f"{supplement.old_value} → {supplement.new_value}: {supplement.reason}"
    act = Act(
        f"{correction.op_id}:{case.id}",
        CaseAct.SCOPE_CHANGED,
        actor,
        note,
        document_no=verdicts[1].value,
        second_person_id=supplement.second_person_id,
    )
    enter(session, database, case.id, act)


def _lock(session: Session, database: Database, case: RecallCase, actor: Actor, batch: Batch, judged: Judged) -> None:
    layer = _layer(session, case, judged.verdict)
    pair = (batch.product_id, batch.lot_key)
    if layer is None or not unlocked(session, layer, None, [pair]):
        return
    session.add(
        LotLock(
            product_id=pair[0],
            lot_key=pair[1],
            layer=layer.value,
            case_id=case.id,
            reason=f"{case.number} {case.title}"[:400],
            locked_by=actor.id,
            locked_at=database.clock(),
        )
    )
    session.flush()


def _layer(session: Session, case: RecallCase, verdict: Verdict) -> LockLayer | None:
    """As the rest of the case is locked: the recall's own once it runs, a hold where it was held, or in doubt."""
    if case.kind in UNLOCKED_KINDS:
        return None
    if case.launched_at is None:
        return LockLayer.ON_HOLD if _holds(session, case.id) else None
    is_sure = verdict is Verdict.AFFECTED and case.state is CaseState.ACTIVE
    return LockLayer.RECALL_QUARANTINE if is_sure else LockLayer.ON_HOLD


def _holds(session: Session, case_id: int) -> bool:
    lifted = select(LockLift.lock_id)
    statement = select(LotLock.id).where(LotLock.case_id == case_id, LotLock.id.not_in(lifted))
    return session.scalar(statement.limit(1)) is not None
