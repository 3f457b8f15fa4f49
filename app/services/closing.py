"""A case comes to its end: reconciled, reviewed, closed by another person; or not affected, withdrawn, reopened.

Closing lifts nothing: locks stay until two persons lift them (``app.services.lifting``).
"""

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.errors import RuleError
from app.core.permissions import Duty
from app.core.statuses.recall import SIGNED_ACTS, CaseAct, CaseState
from app.core.statuses.verdict import Verdict
from app.models.database import Database
from app.models.recalls import RecallCase, ScopeLine
from app.models.refusals import OwnStepError, SecondReadingError
from app.queries.case_closing import ClosingItem, closing_checklist, read_by_hand
from app.queries.case_reading import read_once
from app.services.auditing import seal
from app.services.diary import CASE_CHANGES, Act, Done, enter, open_case
from app.services.registering import demand_reason
from app.services.repeating import once
from app.services.signed_facts import closing_facts, ending_facts
from app.services.signing_in import SigningInService, demand_signed

CLOSING = SIGNED_ACTS[CaseAct.CLOSED]
ENDINGS = {CaseState.NOT_AFFECTED: CaseAct.NOT_AFFECTED, CaseState.WITHDRAWN: CaseAct.WITHDRAWN}
LONGEST_REVIEW = 4000
ENDED = frozenset({CaseState.CLOSED, CaseState.NOT_AFFECTED, CaseState.WITHDRAWN})
WITHDRAWABLE = frozenset({CaseState.REGISTERED, CaseState.ASSESSING, CaseState.ACTIVE, CaseState.RECONCILING})
WRITABLE = frozenset({CaseState.ACTIVE, CaseState.RECONCILING, CaseState.REOPENED})


class ChecklistOpenError(RuleError):
    """``items`` of the closing checklist are still open."""

    code = "recall.checklist_open"


class ReviewWordsError(RuleError):
    """Root cause and lessons are part of the review."""

    code = "recall.review_words"


class AffectedLeftError(RuleError):
    """``count`` batches are affected or doubtful: the case cannot end as not affected."""

    code = "recall.affected_left"


class OwnReadingError(RuleError):
    """Who corrected the notice's clauses or decided a batch by hand does not end the case on that reading."""

    code = "recall.own_reading"


class ClosingService:
    """RUN_RECALL up to the review, CLOSE_RECALL for the end: not who registered, launched or asked for it."""

    def __init__(self, database: Database, signing: SigningInService) -> None:
        self._database = database
        self._signing = signing

    @once
    def reply(
        self, *, actor: Actor, op_id: str, case_id: int, note: str, document_no: str = "", version: int | None = None
    ) -> Done:
        """The sender of the notice has been answered; ``note`` says to whom and how."""
        return self._write(actor, case_id, version, Act(op_id, CaseAct.REPLIED, actor, note, document_no=document_no))

    @once
    def write_review(
        self, *, actor: Actor, op_id: str, case_id: int, root_cause: str, lessons: str, version: int | None = None
    ) -> Done:
        """Root cause and lessons, as often as they are improved. Raises ReviewWordsError."""
        actor.demand(Duty.RUN_RECALL)
        if not root_cause.strip() or not lessons.strip():
            raise ReviewWordsError
        with self._database.writing(actor.id) as session:
            case = open_case(session, case_id, version, WRITABLE)
            case.root_cause = root_cause.strip()[:LONGEST_REVIEW]
            case.lessons = lessons.strip()[:LONGEST_REVIEW]
            enter(session, self._database, case_id, Act(op_id, CaseAct.REVIEWED, actor))
        return Done(CASE_CHANGES)

    @once
    def reconcile(self, *, actor: Actor, op_id: str, case_id: int, version: int | None = None) -> Done:
        """All departments are done: from here on the units are balanced. Raises ChecklistOpenError."""
        actor.demand(Duty.RUN_RECALL)
        with self._database.writing(actor.id) as session:
            case = open_case(session, case_id, version, frozenset({CaseState.ACTIVE, CaseState.REOPENED}))
            _demand_done(session, case_id, ClosingItem.TASKS)
            case.move_to(CaseState.RECONCILING)
            enter(session, self._database, case_id, Act(op_id, CaseAct.RECONCILING, actor))
        return Done(CASE_CHANGES)

    @once
    def ask_review(self, *, actor: Actor, op_id: str, case_id: int, version: int | None = None) -> Done:
        """Hand the case to another person for closing. Raises ChecklistOpenError with what is missing."""
        actor.demand(Duty.RUN_RECALL)
        with self._database.writing(actor.id) as session:
            case = open_case(session, case_id, version, frozenset({CaseState.RECONCILING}))
            _demand_done(session, case_id)
            case.move_to(CaseState.CLOSING_REVIEW)
            case.review_by, case.review_at = actor.id, self._database.clock()
            enter(session, self._database, case_id, Act(op_id, CaseAct.REVIEW_ASKED, actor))
        return Done(CASE_CHANGES)

    @once
    def send_back(self, *, actor: Actor, op_id: str, case_id: int, reason: str, version: int | None = None) -> Done:
        """The reviewer is not content: back to reconciling, with the reason."""
        actor.demand(Duty.CLOSE_RECALL)
        with self._database.writing(actor.id) as session:
            case = open_case(session, case_id, version, frozenset({CaseState.CLOSING_REVIEW}))
            case.move_to(CaseState.RECONCILING)
            act = Act(op_id, CaseAct.SENT_BACK, actor, demand_reason(reason))
            enter(session, self._database, case_id, act)
        return Done(CASE_CHANGES)

    @once
    def close(self, *, actor: Actor, op_id: str, case_id: int, note: str = "", version: int | None = None) -> Done:
        """Close the case and seal the record; ``actor`` has signed the ``op_id``, see ``close_in_place``.

        Raises OwnStepError, ChecklistOpenError naming each open item, UnsignedError.
        """
        actor.demand(Duty.CLOSE_RECALL)
        with self._database.writing(actor.id) as session:
            case = open_case(session, case_id, version, frozenset({CaseState.CLOSING_REVIEW}))
            if actor.id in (case.registered_by, case.review_by, case.launched_by):
                raise OwnStepError
            _demand_done(session, case_id)
            demand_signed(session, op_id=op_id, person_id=actor.id, meaning=CLOSING)
            case.move_to(CaseState.CLOSED)
            case.closed_by, case.closed_at = actor.id, self._database.clock()
            enter(session, self._database, case_id, Act(op_id, CaseAct.CLOSED, actor, note))
        seal(self._database, actor.id)
        return Done(CASE_CHANGES)

    def close_in_place(
        self,
        *,
        actor: Actor,
        op_id: str,
        case_id: int,
        login: str,
        password: str,
        note: str = "",
        version: int | None = None,
    ) -> Actor:
        """Who closes signs with a fresh password: another person while ``actor`` stays signed in, or ``actor``."""
        with self._database.reading() as session:
            facts = closing_facts(session, case_id)
        with self._signing.present(login, password):
            second = self._signing.sign_as(
                first=actor, login=login, password=password, op_id=op_id, meaning=CLOSING, reason=note, facts=facts
            )
            self.close(actor=second, op_id=op_id, case_id=case_id, note=note, version=version)
        return second

    @once
    def close_not_affected(
        self, *, actor: Actor, op_id: str, case_id: int, reason: str, version: int | None = None
    ) -> Done:
        """End a case that touches nothing in the hospital. The proof: every batch compared, each with its reason.

        ``actor`` has signed the ``op_id``, see ``end_in_place``, and has read nothing in the case by hand. Raises
        AffectedLeftError while a batch is affected or doubtful, SecondReadingError, OwnReadingError, ReasonNeededError,
        UnsignedError.
        """
        if not actor.may(Duty.CLOSE_RECALL):
            actor.demand(Duty.RUN_RECALL)
        with self._database.writing(actor.id) as session:
            case = open_case(session, case_id, version, frozenset({CaseState.ASSESSING}))
            _demand_none_affected(session, case)
            unread = read_once(session, case)
            if unread:
                raise SecondReadingError(numbers=unread)
            if actor.id in read_by_hand(session, case_id):
                raise OwnReadingError
            act = Act(op_id, CaseAct.NOT_AFFECTED, actor, demand_reason(reason), quantity=case.assessed_count)
            self._end(session, case, CaseState.NOT_AFFECTED, act)
            enter(session, self._database, case_id, act)
        seal(self._database, actor.id)
        return Done(CASE_CHANGES)

    @once
    def withdraw(self, *, actor: Actor, op_id: str, case_id: int, reason: str, version: int | None = None) -> Done:
        """The notice was revoked or registered by mistake. Locks and holds stay until two persons lift them.

        ``actor`` has signed the ``op_id``, see ``end_in_place``. Raises ReasonNeededError, UnsignedError.
        """
        actor.demand(Duty.RUN_RECALL)
        with self._database.writing(actor.id) as session:
            case = open_case(session, case_id, version, WITHDRAWABLE)
            act = Act(op_id, CaseAct.WITHDRAWN, actor, demand_reason(reason))
            self._end(session, case, CaseState.WITHDRAWN, act)
            enter(session, self._database, case_id, act)
        seal(self._database, actor.id)
        return Done(CASE_CHANGES)

    def end_in_place(
        self,
        *,
        actor: Actor,
        op_id: str,
        case_id: int,
        ending: CaseState,
        password: str,
        reason: str,
        login: str = "",
        version: int | None = None,
    ) -> Done:
        """End the case as NOT_AFFECTED or WITHDRAWN: ``login``, or who acts, signs it with a fresh password.

        Raises what ``close_not_affected``, ``withdraw`` and ``SigningInService.sign`` raise.
        """
        actor.demand(Duty.RUN_RECALL)
        with self._database.reading() as session:
            facts = ending_facts(session, case_id)
        meaning, why = SIGNED_ACTS[ENDINGS[ending]], demand_reason(reason)
        by = login or actor.login
        with self._signing.present(by, password):
            signer = self._signing.sign_as(
                first=actor, login=by, password=password, op_id=op_id, meaning=meaning, reason=why, facts=facts
            )
            if ending is CaseState.WITHDRAWN:
                return self.withdraw(actor=signer, op_id=op_id, case_id=case_id, reason=reason, version=version)
            return self.close_not_affected(actor=signer, op_id=op_id, case_id=case_id, reason=reason, version=version)

    @once
    def reopen(self, *, actor: Actor, op_id: str, case_id: int, reason: str, version: int | None = None) -> Done:
        """Take an ended case up again: a launched one as reopened, another one back to its assessment."""
        actor.demand(Duty.RUN_RECALL)
        with self._database.writing(actor.id) as session:
            case = open_case(session, case_id, version, ENDED)
            case.move_to(CaseState.REOPENED)
            session.flush()  # the wall keeps an ended case as it is: first it is open again, then it changes
            case.closed_by = case.closed_at = case.review_by = case.review_at = None
            if case.launched_at is None:
                case.move_to(CaseState.ASSESSING)
                case.assessed_at = case.approved_by = case.approved_at = None
            enter(session, self._database, case_id, Act(op_id, CaseAct.REOPENED, actor, demand_reason(reason)))
        return Done(CASE_CHANGES)

    def _write(self, actor: Actor, case_id: int, version: int | None, act: Act) -> Done:
        actor.demand(Duty.RUN_RECALL)
        demand_reason(act.note)
        with self._database.writing(actor.id) as session:
            open_case(session, case_id, version)
            enter(session, self._database, case_id, act)
        return Done(CASE_CHANGES)

    def _end(self, session: Session, case: RecallCase, state: CaseState, act: Act) -> None:
        demand_signed(session, op_id=act.op_id, person_id=act.actor.id, meaning=SIGNED_ACTS[act.act])
        case.move_to(state)
        case.closed_by, case.closed_at = act.actor.id, self._database.clock()


def _demand_done(session: Session, case_id: int, *items: ClosingItem) -> None:
    """Raises ChecklistOpenError for these items, without any for all."""
    session.flush()
    missing = [
        row.missing
        for row in closing_checklist(session, case_id).open_rows
        if row.missing is not None and (not items or row.item in items)
    ]
    if missing:
        raise ChecklistOpenError(items=missing)


def _demand_none_affected(session: Session, case: RecallCase) -> None:
    undecided = (ScopeLine.verdict == Verdict.NEED_INFO) & ScopeLine.decided_by.is_(None)
    statement = select(func.count()).where(
        ScopeLine.case_id == case.id, or_(ScopeLine.verdict == Verdict.AFFECTED, undecided)
    )
    count = session.scalar(statement) or 0
    if count or case.assessed_at is None:
        raise AffectedLeftError(count=count)
