"""Which batches does the notice mean? Verdicts are kept with their reasons; a person decides the doubts."""

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor, Bilingual
from app.core.changes import Changes
from app.core.errors import NotFoundError, RuleError
from app.core.permissions import Duty
from app.core.statuses.recall import OPEN_STATES, SIGNED_ACTS, CaseAct, CaseState
from app.core.statuses.verdict import Verdict
from app.models.database import Database
from app.models.recalls import RecallCase, ScopeChange, ScopeLine
from app.models.stock import Batch
from app.notices.judging import Reason
from app.queries.case_judging import OTHER_MAKER
from app.queries.case_reading import standing_reading
from app.queries.scope_changes import decided_changes, scope_changes
from app.services.diary import CASE_CHANGES, GOODS_CHANGES, Act, Done, enter, open_case
from app.services.registering import BEFORE_LAUNCH, demand_reason
from app.services.repeating import once
from app.services.scoping import Judged, Scope, compare
from app.services.signed_facts import exclusion_facts
from app.services.signing_in import SigningInService, demand_signed

EXCLUSION = SIGNED_ACTS[CaseAct.LINE_EXCLUDED]


class SureLineError(RuleError):
    """The notice names the lot ``lot`` beyond doubt: correct the clause, not the verdict."""

    code = "recall.sure_line"


class NoChangeError(RuleError):
    """No correction of the lot ``lot`` waits for a decision in this case."""

    code = "recall.no_change"


class UndecidedError(RuleError):
    """A decision is for or against; "needs information" is none."""

    code = "recall.undecided"


@dataclass(frozen=True, slots=True)
class Assessed:
    """How many batches got which verdict, of how many ``compared``, in how many seconds."""

    affected: int
    need_info: int
    not_affected: int
    compared: int
    seconds: float
    changes: Changes


class AssessingService:
    """Compares the notice with every batch ever received. Duty: RUN_RECALL."""

    def __init__(self, database: Database, signing: SigningInService | None = None) -> None:
        self._database = database
        self._signing = signing or SigningInService(database)

    @once
    def assess(self, *, actor: Actor, op_id: str, case_id: int, version: int | None = None) -> Assessed:
        """Judge all batches anew and keep verdict and reasons of each.

        Ends an approval. Decisions of persons stay, unless the notice now says "affected" beyond doubt. Raises
        UnboundedError where the notice names nothing to compare with, CaseStateError after the launch.
        """
        actor.demand(Duty.RUN_RECALL)
        with self._database.writing(actor.id) as session:
            case = open_case(session, case_id, version, BEFORE_LAUNCH)
            return assess_case(session, self._database, case, Act(op_id, CaseAct.ASSESSED, actor))

    @once
    def decide(
        self,
        *,
        actor: Actor,
        op_id: str,
        case_id: int,
        batch_id: int,
        verdict: Verdict,
        reason: str,
        version: int | None = None,
    ) -> Done:
        """A person decides one line, with the reason. Ends an approval; a hold stays until two persons lift it.

        What the notice says beyond doubt may be made stricter, never milder (SureLineError). "Not affected" needs the
        person's own signature under the ``op_id``, see ``exclude_in_place``: raises UnsignedError.
        """
        actor.demand(Duty.RUN_RECALL)
        if verdict is Verdict.NEED_INFO:
            raise UndecidedError
        with self._database.writing(actor.id) as session:
            case = open_case(session, case_id, version, BEFORE_LAUNCH)
            line, lot = _line_and_lot(session, case_id, batch_id)
            if verdict is Verdict.NOT_AFFECTED:
                _demand_unsure(session, case_id, batch_id)
            why = demand_reason(reason)
            self._demand_signed(session, actor, op_id, verdict)
            line.verdict, line.decided_by, line.decided_reason = verdict, actor.id, why
            case.approved_by = case.approved_at = None
            note = f"{lot}: {why}"
            act = _act(op_id, CaseAct.LINE_DECIDED, actor, note, line)
            enter(session, self._database, case_id, act)
        return Done(CASE_CHANGES)

    @once
    def decide_change(
        self,
        *,
        actor: Actor,
        op_id: str,
        case_id: int,
        batch_id: int,
        verdict: Verdict,
        reason: str,
        version: int | None = None,
    ) -> Done:
        """A batch whose lot was corrected is no longer meant by the notice: a person decides whether it stays.

        "Not affected" takes it out of the case, under a signature; its locks stand until two persons lift them. Raises
        NoChangeError, UndecidedError, ReasonNeededError, CaseStateError, UnsignedError.
        """
        actor.demand(Duty.RUN_RECALL)
        if verdict is Verdict.NEED_INFO:
            raise UndecidedError
        why = demand_reason(reason)
        with self._database.writing(actor.id) as session:
            case = open_case(session, case_id, version, OPEN_STATES)
            lot = session.get_one(Batch, batch_id).lot_no
            if not any(row.is_open and row.batch_id == batch_id for row in scope_changes(session, case_id)):
                raise NoChangeError(lot=lot)
            line = session.scalars(
                select(ScopeLine).where(ScopeLine.case_id == case_id, ScopeLine.batch_id == batch_id)
            ).one()
            self._demand_signed(session, actor, op_id, verdict)
            change = ScopeChange(case_id=case_id, batch_id=batch_id, before=line.verdict, after=verdict, reason=why)
            change.person_id, change.at = actor.id, self._database.clock()
            session.add(change)
            line.verdict, line.decided_by, line.decided_reason = verdict, actor.id, why
            if case.state in BEFORE_LAUNCH:
                case.approved_by = case.approved_at = None
            note = f"{lot}: {why}"
            act = _act(op_id, CaseAct.CHANGE_DECIDED, actor, note, line)
            enter(session, self._database, case_id, act)
        return Done(GOODS_CHANGES)

    def exclude_in_place(
        self,
        *,
        actor: Actor,
        op_id: str,
        case_id: int,
        batch_id: int,
        password: str,
        reason: str,
        is_change: bool = False,
        version: int | None = None,
    ) -> Done:
        """The same as ``decide`` or ``decide_change`` for "not affected", signed with a fresh password by who says it.

        Raises what they and ``SigningInService.sign_own`` raise.
        """
        actor.demand(Duty.RUN_RECALL)
        why = demand_reason(reason)
        with self._database.reading() as session:
            if not is_change:
                _demand_unsure(session, case_id, batch_id)
            facts = exclusion_facts(session, case_id, batch_id)
        self._signing.sign_own(signer=actor, password=password, op_id=op_id, meaning=EXCLUSION, reason=why, facts=facts)
        asked: dict[str, Any] = {"case_id": case_id, "batch_id": batch_id, "reason": why, "version": version}
        if is_change:
            return self.decide_change(actor=actor, op_id=op_id, verdict=Verdict.NOT_AFFECTED, **asked)
        return self.decide(actor=actor, op_id=op_id, verdict=Verdict.NOT_AFFECTED, **asked)

    def _demand_signed(self, session: Session, actor: Actor, op_id: str, verdict: Verdict) -> None:
        if verdict is Verdict.NOT_AFFECTED:
            demand_signed(session, op_id=op_id, person_id=actor.id, meaning=EXCLUSION)


def _act(op_id: str, otherwise: CaseAct, actor: Actor, note: str, line: ScopeLine) -> Act:
    """The diary's line; that a batch is not meant stands there only under a signature."""
    kind = CaseAct.LINE_EXCLUDED if line.verdict is Verdict.NOT_AFFECTED else otherwise
    return Act(op_id, kind, actor, note, quantity=line.quantity, document_no=line.verdict.value)


def _line_and_lot(session: Session, case_id: int, batch_id: int) -> tuple[ScopeLine, str]:
    statement = select(ScopeLine).where(ScopeLine.case_id == case_id, ScopeLine.batch_id == batch_id)
    line = session.scalar(statement)
    if line is None:
        raise NotFoundError
    return line, session.get_one(Batch, batch_id).lot_no


def _demand_unsure(session: Session, case_id: int, batch_id: int) -> None:
    line, lot = _line_and_lot(session, case_id, batch_id)
    if machine_verdict(line) is Verdict.AFFECTED:
        raise SureLineError(lot=lot)


def assess_case(session: Session, database: Database, case: RecallCase, act: Act) -> Assessed:
    """The assessment inside a transaction that is open already."""
    started = time.monotonic()
    reading, ordinals = standing_reading(session, case)
    scope = compare(session, case, reading)
    _keep(session, case, scope, ordinals)
    if case.state is CaseState.REGISTERED:
        case.move_to(CaseState.ASSESSING)
    case.assessed_at, case.assessed_count, case.assessed_until = database.clock(), scope.compared, scope.until
    case.approved_by = case.approved_at = None
    counts = _counts(session, case, scope)
    enter(session, database, case.id, act)
    return Assessed(*counts, scope.compared, time.monotonic() - started, CASE_CHANGES)


def keep_new(session: Session, case: RecallCase, fresh: Iterable[Judged], ordinals: list[int]) -> None:
    """Lines of batches that came in after the assessment."""
    session.add_all(_new_line(case.id, judged, ordinals) for judged in fresh)


def take_in(session: Session, case: RecallCase, line: ScopeLine | None, judged: Judged, ordinals: list[int]) -> None:
    """One batch that the notice means after all."""
    if line is None:
        session.add(_new_line(case.id, judged, ordinals))
    else:
        _renew(line, judged, ordinals)


def machine_verdict(line: ScopeLine) -> Verdict:
    """What the notice itself says, whatever a person decided."""
    return Verdict(json.loads(line.because)["machine"])


def _counts(session: Session, case: RecallCase, scope: Scope) -> tuple[int, int, int]:
    session.flush()
    verdicts = session.scalars(select(ScopeLine.verdict).where(ScopeLine.case_id == case.id)).all()
    affected, doubtful = verdicts.count(Verdict.AFFECTED), verdicts.count(Verdict.NEED_INFO)
    return affected, doubtful, scope.compared - affected - doubtful


def _keep(session: Session, case: RecallCase, scope: Scope, ordinals: list[int]) -> None:
    before = {line.batch_id: line for line in session.scalars(select(ScopeLine).where(ScopeLine.case_id == case.id))}
    settled = decided_changes(session, case.id)
    for judged in scope.lines:
        line = before.pop(judged.batch_id, None)
        if line is None:
            session.add(_new_line(case.id, judged, ordinals))
        else:
            _renew(line, judged, ordinals, is_settled=judged.batch_id in settled)
    for line in before.values():  # no longer in sight: excluded by the notice as corrected
        line.because = json.dumps({"machine": Verdict.NOT_AFFECTED.value, "reasons": [], "alike": []})
        if line.decided_by is None:
            line.verdict = Verdict.NOT_AFFECTED


def _new_line(case_id: int, judged: Judged, ordinals: list[int]) -> ScopeLine:
    return ScopeLine(
        case_id=case_id,
        batch_id=judged.batch_id,
        verdict=judged.verdict,
        because=_because(judged, ordinals),
        quantity=judged.quantity,
        decided_by=None,
        decided_reason="",
    )


def _renew(line: ScopeLine, judged: Judged, ordinals: list[int], *, is_settled: bool = False) -> None:
    """``is_settled``: a person has decided that only a spelling which was corrected is meant."""
    line.because, line.quantity = _because(judged, ordinals), judged.quantity
    if line.decided_by is None or (judged.verdict is Verdict.AFFECTED and not is_settled):
        line.verdict, line.decided_by, line.decided_reason = judged.verdict, None, ""


def _because(judged: Judged, ordinals: list[int]) -> str:
    content: dict[str, Any] = {
        "machine": judged.verdict.value,
        "reasons": [_reason(reason, ordinals) for reason in judged.judgement.reasons],
        "alike": [{"lot": one.lot, "why": one.why} for one in judged.alike],
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def _reason(reason: Reason, ordinals: list[int]) -> dict[str, Any]:
    table = "recalls.reason" if reason.code == OTHER_MAKER else "notices.reason"
    clause = None if reason.clause_index is None else ordinals[reason.clause_index]
    values = {name: _plain(value) for name, value in reason.values.items()}
    return {"text": f"{table}.{reason.code}", "clause": clause, "values": values}


def _plain(value: Any) -> Any:
    """A value as JSON holds it; a name keeps both its languages."""
    if isinstance(value, Bilingual):
        return {"zh": value.zh, "en": value.en}
    return value.value if isinstance(value, Enum) else value
