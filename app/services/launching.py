"""From a scope to a locked hospital: hold at once, approve by another person, launch in one transaction.

Lock first, paper after: what prints can fail, what is locked stays locked.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.changes import Changes
from app.core.errors import RuleError
from app.core.permissions import Duty
from app.core.statuses.locks import LockLayer
from app.core.statuses.recall import SIGNED_ACTS, UNLOCKED_KINDS, CaseAct, CaseKind, CaseState
from app.core.statuses.verdict import Verdict
from app.models.database import Database
from app.models.locks import LockLift, LotLock
from app.models.recalls import RecallCase, ScopeLine
from app.models.refusals import NotApprovedError, OwnStepError, SecondReadingError
from app.models.stock import Batch, Movement
from app.queries.case_reading import all_rows, read_once, standing, standing_reading
from app.services.agent.mailing import compose
from app.services.assessing import assess_case, keep_new
from app.services.auditing import seal
from app.services.diary import CASE_CHANGES, LOCK_CHANGES, Act, Done, enter, open_case
from app.services.registering import BEFORE_LAUNCH
from app.services.repeating import once
from app.services.scoping import Judged, Since, compare
from app.services.signed_facts import approval_facts
from app.services.signing_in import SigningInService, demand_signed
from app.services.snapshots import freeze_scope
from app.services.tasking import send_tasks

APPROVAL = SIGNED_ACTS[CaseAct.APPROVED]
HOLDABLE = BEFORE_LAUNCH | {CaseState.ACTIVE, CaseState.RECONCILING, CaseState.REOPENED}
LATE = timedelta(hours=1)
"""How long a receipt may take to commit; batches received since then are looked at again."""

LotPair = tuple[int, str | None]


class NotAssessedError(RuleError):
    """The scope has not been assessed since the notice was last corrected."""

    code = "recall.not_assessed"


class UnconfirmedError(RuleError):
    """Clauses ``numbers`` have not been confirmed by a person."""

    code = "recall.unconfirmed"


class DoubtOpenError(RuleError):
    """Lots ``lots`` are neither decided nor held."""

    code = "recall.doubt_open"


class NothingAffectedError(RuleError):
    """No batch is affected: there is nothing to lock."""

    code = "recall.nothing_affected"


class ScopeChangedError(RuleError):
    """Batches of the lots ``lots`` came in after the assessment."""

    code = "recall.scope_changed"


class DrillError(RuleError):
    """A drill touches no stock."""

    code = "recall.drill"


@dataclass(frozen=True, slots=True)
class Held:
    """How many lots were put on hold just now; those held before are not counted again."""

    lots: int
    changes: Changes


@dataclass(frozen=True, slots=True)
class Launched:
    """The case is active: lots locked, tasks sent, the scope frozen under ``snapshot_hash``, in ``seconds``."""

    case_id: int
    number: str
    locks: int
    task_ids: tuple[int, ...]
    snapshot_hash: str
    seal_number: int = 0
    seconds: float = 0.0
    changes: Changes = field(default=LOCK_CHANGES)


class LaunchingService:
    """Hold (HOLD), approve (APPROVE_RECALL, not who registered), launch (RUN_RECALL)."""

    def __init__(self, database: Database, signing: SigningInService) -> None:
        self._database = database
        self._signing = signing

    @once
    def hold(self, *, actor: Actor, op_id: str, case_id: int, reason: str = "") -> Held:
        """Precautionary hold on every affected and doubtful lot, by one person; assesses first where nobody has.

        Raises DrillError, UnboundedError, CaseStateError, NothingAffectedError.
        """
        actor.demand(Duty.HOLD)
        with self._database.writing(actor.id, goes_first=True) as session:
            case = open_case(session, case_id, states=HOLDABLE)
            if case.kind is CaseKind.DRILL:
                raise DrillError(number=case.number)
            if case.assessed_at is None:
                assess_case(session, self._database, case, Act(f"{op_id}:assess", CaseAct.ASSESSED, actor))
            session.flush()
            pairs = _pairs(_lines(session, case_id, Verdict.AFFECTED, Verdict.NEED_INFO))
            if not pairs:
                raise NothingAffectedError(number=case.number)
            new = unlocked(session, LockLayer.ON_HOLD, None, pairs)
            self._lock(session, case, actor, LockLayer.ON_HOLD, new, reason)
            act = Act(op_id, CaseAct.HELD, actor, reason, quantity=len(new))
            enter(session, self._database, case_id, act)
            return Held(len(new), LOCK_CHANGES)

    @once
    def approve(self, *, actor: Actor, op_id: str, case_id: int, version: int | None = None) -> Done:
        """Another person agrees to the scope as it stands; any later change of it ends the approval.

        ``actor`` has signed the ``op_id``; see ``approve_in_place``. Raises OwnStepError, NotAssessedError,
        UnconfirmedError, SecondReadingError, NothingAffectedError, CaseStateError, UnsignedError.
        """
        actor.demand(Duty.APPROVE_RECALL)
        with self._database.writing(actor.id) as session:
            case = open_case(session, case_id, version, frozenset({CaseState.ASSESSING}))
            if case.registered_by == actor.id:
                raise OwnStepError
            _demand_ready(session, case)
            demand_signed(session, op_id=op_id, person_id=actor.id, meaning=APPROVAL)
            case.approved_by, case.approved_at = actor.id, self._database.clock()
            enter(session, self._database, case_id, Act(op_id, CaseAct.APPROVED, actor))
        return Done(CASE_CHANGES)

    def approve_in_place(
        self, *, actor: Actor, op_id: str, case_id: int, login: str, password: str, version: int | None = None
    ) -> Actor:
        """Who approves signs with a fresh password: another person while ``actor`` stays signed in, or ``actor``.

        Raises what ``approve`` and ``SigningInService.sign`` raise.
        """
        with self._database.reading() as session:
            facts = approval_facts(session, case_id)
        with self._signing.present(login, password):
            second = self._signing.sign_as(
                first=actor, login=login, password=password, op_id=op_id, meaning=APPROVAL, facts=facts
            )
            self.approve(actor=second, op_id=op_id, case_id=case_id, version=version)
        return second

    @once
    def launch(self, *, actor: Actor, op_id: str, case_id: int, version: int | None = None) -> Launched:
        """Lock every affected lot everywhere and send the tasks, all or nothing.

        Papers are made afterwards (``PaperService.print_launch``): if they fail, the locks stand. Raises
        NotApprovedError, NotAssessedError, DoubtOpenError, ScopeChangedError, NothingAffectedError; a case that is
        active already: CaseStateError or ConflictError.
        """
        actor.demand(Duty.RUN_RECALL)
        started = time.monotonic()
        with self._database.writing(actor.id, goes_first=True) as session:
            case = open_case(session, case_id, version, frozenset({CaseState.ASSESSING}))
            locks, task_ids = self._launch(session, case, actor, op_id)
            outcome = Launched(case_id, case.number, locks, task_ids, case.snapshot_hash)
        seconds = time.monotonic() - started
        return replace(outcome, seal_number=seal(self._database, actor.id).n, seconds=seconds)

    def _launch(self, session: Session, case: RecallCase, actor: Actor, op_id: str) -> tuple[int, tuple[int, ...]]:
        if case.approved_by is None:
            raise NotApprovedError
        pairs = self._demand_current(session, case)
        if case.kind in UNLOCKED_KINDS:
            pairs = []
        now = self._database.clock()
        case.move_to(CaseState.ACTIVE)
        case.launched_by, case.launched_at = actor.id, now
        session.flush()
        self._lock(session, case, actor, LockLayer.RECALL_QUARANTINE, pairs, "")
        affected = [line.batch_id for line, _ in _lines(session, case.id, Verdict.AFFECTED)]
        case.launched_after = session.scalar(select(func.coalesce(func.max(Movement.id), 0)))
        task_ids = send_tasks(session, case, affected, now)
        freeze_scope(session, case)
        enter(session, self._database, case.id, Act(op_id, CaseAct.LAUNCHED, actor, quantity=len(task_ids)))
        if case.kind is not CaseKind.DRILL:
            compose(session, now, "launched", {"what": case.number, "tasks": len(task_ids)})
        return len(pairs), tuple(task_ids)

    def _demand_current(self, session: Session, case: RecallCase) -> list[LotPair]:
        """The lots to lock, after a last look at what came in since the assessment."""
        assessed_at = _demand_ready(session, case)
        if case.kind is not CaseKind.DRILL:
            _demand_no_doubt(session, case.id)
        reading, ordinals = standing_reading(session, case)
        since = Since(case.assessed_until, assessed_at - LATE)
        scope = compare(session, case, reading, since)
        lines = _lines(session, case.id, *Verdict)
        known = {line.batch_id for line, _ in lines}
        pairs = _pairs([(line, batch) for line, batch in lines if line.verdict is Verdict.AFFECTED])
        fresh = [judged for judged in scope.lines if judged.batch_id not in known]
        _demand_nothing_new(fresh, set(pairs) | scope.coming, scope.whole_products)
        keep_new(session, case, fresh, ordinals)
        lots = (pair for pair in {*pairs, *scope.coming} if pair[0] not in scope.whole_products)
        whole: list[LotPair] = [(product_id, None) for product_id in scope.whole_products]
        return sorted([*lots, *whole], key=lambda pair: (pair[0], pair[1] or ""))

    def _lock(
        self,
        session: Session,
        case: RecallCase,
        actor: Actor,
        layer: LockLayer,
        pairs: Iterable[LotPair],
        reason: str,
    ) -> None:
        """In the order of the products: two launches cannot wait for one another's gates."""
        now = self._database.clock()
        for product_id, lot in pairs:
            session.add(
                LotLock(
                    product_id=product_id,
                    lot_key=lot,
                    layer=layer.value,
                    case_id=case.id,
                    reason=(reason.strip() or f"{case.number} {case.title}")[:400],
                    locked_by=actor.id,
                    locked_at=now,
                )
            )
        session.flush()


def _demand_ready(session: Session, case: RecallCase) -> datetime:
    if case.assessed_at is None:
        raise NotAssessedError
    open_numbers = [row.ordinal for row in standing(all_rows(session, case.id)) if row.confirmed_by is None]
    if open_numbers:
        raise UnconfirmedError(numbers=open_numbers)
    if not _lines(session, case.id, Verdict.AFFECTED):
        raise NothingAffectedError(number=case.number)
    unread = read_once(session, case)
    if unread:
        raise SecondReadingError(numbers=unread)
    return case.assessed_at


def _demand_no_doubt(session: Session, case_id: int) -> None:
    locked = set(
        session.execute(
            text("SELECT batch_id FROM batch_layer WHERE layer IN ('on_hold', 'recall_quarantine')")
        ).scalars()
    )
    lots = [batch.lot_no for line, batch in _lines(session, case_id, Verdict.NEED_INFO) if line.batch_id not in locked]
    if lots:
        raise DoubtOpenError(lots=sorted(set(lots)))


def _demand_nothing_new(fresh: list[Judged], locked: set[tuple[int, str]], whole: frozenset[int]) -> None:
    """New batches of lots that are locked anyway join the case; others send it back to the assessment."""
    lots = {
        judged.lot_no
        for judged in fresh
        if judged.verdict is not Verdict.NOT_AFFECTED
        and (judged.verdict is Verdict.NEED_INFO or (judged.product_id, judged.lot_key) not in locked)
        and judged.product_id not in whole
    }
    if lots:
        raise ScopeChangedError(lots=sorted(lots))


def _lines(session: Session, case_id: int, *verdicts: Verdict) -> list[tuple[ScopeLine, Batch]]:
    statement = (
        select(ScopeLine, Batch)
        .join(Batch, Batch.id == ScopeLine.batch_id)
        .where(ScopeLine.case_id == case_id, ScopeLine.verdict.in_(verdicts))
        .order_by(Batch.product_id, Batch.lot_key, Batch.id)
    )
    return list(session.execute(statement))


def _pairs(lines: Iterable[tuple[ScopeLine, Batch]]) -> list[tuple[int, str]]:
    return sorted({(batch.product_id, batch.lot_key) for _, batch in lines})


def unlocked(
    session: Session, layer: LockLayer, case_id: int | None, pairs: list[tuple[int, str]]
) -> list[tuple[int, str]]:
    """Those on which no lock of this layer stands."""
    lifted = select(LockLift.lock_id)
    statement = select(LotLock.product_id, LotLock.lot_key).where(
        LotLock.layer == layer.value, LotLock.id.not_in(lifted), LotLock.product_id.in_({pair[0] for pair in pairs})
    )
    standing_locks = set(session.execute(statement))
    return [pair for pair in pairs if pair not in standing_locks and (pair[0], None) not in standing_locks]
