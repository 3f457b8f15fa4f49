"""A recall notice comes in: it is kept as it came, read into clauses, and each clause is confirmed by a person."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.changes import Changes
from app.core.errors import NotFoundError, RuleError
from app.core.permissions import Duty
from app.core.statuses.agent import NewsState
from app.core.statuses.recall import CaseAct, CaseKind, CaseState, RecallClass, Treatment
from app.models.catalogue import DeviceIdentifier, Product
from app.models.database import Database
from app.models.recalls import RecallCase, RecallClause
from app.notices.clauses import PRODUCT_KEYS, Clause, ClauseForm, ClauseKey
from app.notices.reader import read_notice
from app.queries.case_reading import all_rows, open_doubts, standing, to_row
from app.queries.known_notices import notice_key, same_text
from app.services.arriving import waiting_arrival
from app.services.diary import CASE_CHANGES, Act, Done, enter, open_case
from app.services.numbering import next_case_number
from app.services.repeating import once

BEFORE_LAUNCH = frozenset({CaseState.REGISTERED, CaseState.ASSESSING})
LONGEST_TITLE = 200
_LIMITED = frozenset({ClauseForm.RANGE, ClauseForm.CUTOFF})
_BARE = frozenset({ClauseForm.ALL, ClauseForm.REFERENCE})


class NoticeEmptyError(RuleError):
    """A case needs the text of its notice and a title."""

    code = "recall.notice_empty"


class NoticeKnownError(RuleError):
    """The very text is that of the case ``number`` already, registered at ``at``."""

    code = "recall.notice_known"


class NotExpandableError(RuleError):
    """A case that was withdrawn, or a drill, is not expanded; ``number`` is its."""

    code = "recall.not_expandable"


class ReceivedLaterError(RuleError):
    """The notice cannot have been received after now."""

    code = "recall.received_later"


class ClauseEmptyError(RuleError):
    """A clause needs values, limits, or a form that stands alone."""

    code = "recall.clause_empty"


class NoDoubtError(RuleError):
    """The doubt is not open (any more)."""

    code = "recall.no_doubt"


class ReasonNeededError(RuleError):
    """The act needs a reason in words."""

    code = "recall.reason_needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What the coordinator types about a notice; ``text`` is kept for ever exactly as pasted."""

    text: str
    title: str
    manufacturer: str
    received_at: datetime
    hazard: str = ""
    kind: CaseKind = CaseKind.VOLUNTARY
    recall_class: RecallClass = RecallClass.UNCLASSIFIED
    treatment: Treatment = Treatment.RETRIEVE
    news_id: int | None = None
    """The notice that came as a file, of which this case is made."""
    notice_no: str = ""
    """The number that the notice gives itself."""
    expands: int | None = None
    """The case of the notice to which this one adds; both run, the first stays as it is."""


@dataclass(frozen=True, slots=True)
class Registered:
    """The new case; ``clauses`` were read, ``doubts`` are codes of ``[notices.doubt]``."""

    case_id: int
    number: str
    clauses: int
    doubts: tuple[str, ...]
    changes: Changes


def demand_reason(reason: str) -> str:
    """The reason without blanks around; raises ReasonNeededError where nothing is left."""
    if not reason.strip():
        raise ReasonNeededError
    return reason.strip()


class RegisteringService:
    """Registers notices and keeps their clauses. Duty: RUN_RECALL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @once
    def register(self, *, actor: Actor, op_id: str, notice: Notice) -> Registered:
        """Keep the notice under a new case number and read its clauses.

        Raises NotEntitledError, NoticeEmptyError, ReceivedLaterError, ArrivalSettledError, NoticeKnownError,
        NotExpandableError; the same ``op_id`` twice: ExistsError.
        """
        actor.demand(Duty.RUN_RECALL)
        now = self._database.clock()
        if not notice.text.strip() or not notice.title.strip():
            raise NoticeEmptyError
        if notice.received_at > now:
            raise ReceivedLaterError
        reading = read_notice(notice.text)
        with self._database.writing(actor.id) as session:
            if notice.news_id is not None:
                waiting_arrival(session, notice.news_id)
            _demand_unknown(session, notice)
            parent = _expandable(session, notice.expands) if notice.expands is not None else None
            case = self._case(actor, notice, next_case_number(session, now), now)
            session.add(case)
            session.flush()
            rows = [to_row(case.id, number, clause, None) for number, clause in enumerate(reading.clauses, start=1)]
            session.add_all(rows)
            source = self._settle(session, actor, notice.news_id, case) if notice.news_id is not None else ""
            enter(session, self._database, case.id, Act(op_id, CaseAct.REGISTERED, actor, source))
            if parent is not None:
                told = Act(f"{op_id}:expands", CaseAct.EXPANDED, actor, case.title, document_no=case.number)
                enter(session, self._database, parent.id, told)
            return Registered(case.id, case.number, len(rows), reading.doubts, CASE_CHANGES)

    def _settle(self, session: Session, actor: Actor, news_id: int, case: RecallCase) -> str:
        """The name of the file that it came in, for the diary."""
        news = waiting_arrival(session, news_id)
        news.state, news.case_id = NewsState.TAKEN, case.id
        news.settled_by, news.settled_at = actor.id, case.registered_at
        return news.file_name

    def _case(self, actor: Actor, notice: Notice, number: str, now: datetime) -> RecallCase:
        return RecallCase(
            number=number,
            kind=notice.kind,
            recall_class=notice.recall_class,
            treatment=notice.treatment,
            title=notice.title.strip()[:LONGEST_TITLE],
            manufacturer=notice.manufacturer.strip()[:LONGEST_TITLE],
            hazard=notice.hazard.strip(),
            notice_text=notice.text,
            notice_hash=hashlib.sha256(notice.text.encode()).hexdigest(),
            notice_key=notice_key(notice.text),
            notice_no=notice.notice_no.strip()[:LONGEST_TITLE],
            parent_id=notice.expands,
            notice_received_at=notice.received_at,
            state=CaseState.REGISTERED,
            registered_by=actor.id,
            registered_at=now,
            snapshot="",
            snapshot_hash="",
            assessed_count=0,
            assessed_until=0,
            root_cause="",
            lessons="",
        )

    @once
    def confirm_clauses(
        self,
        *,
        actor: Actor,
        op_id: str,
        case_id: int,
        clause_ids: frozenset[int] | None = None,
        version: int | None = None,
    ) -> Done:
        """Confirm that clauses say what the notice says; None confirms all that stand. Needs no new assessment."""
        actor.demand(Duty.RUN_RECALL)
        with self._database.writing(actor.id) as session:
            case = open_case(session, case_id, version, BEFORE_LAUNCH)
            for row in standing(all_rows(session, case.id)):
                if row.confirmed_by is None and (clause_ids is None or row.id in clause_ids):
                    row.confirmed_by = actor.id
            enter(session, self._database, case.id, Act(op_id, CaseAct.CLAUSES_CONFIRMED, actor))
        return Done(CASE_CHANGES)

    @once
    def correct_clause(
        self, *, actor: Actor, op_id: str, clause_id: int, clause: Clause, reason: str, version: int | None = None
    ) -> Done:
        """Put a new version in the place of a clause; the old one stays on file. The scope must be assessed anew.

        Quote and place are kept from the version before. Raises ClauseEmptyError, ReasonNeededError, CaseStateError.
        """
        with self._database.writing(actor.id) as session:
            row, case = self._standing_row(session, actor, clause_id, version)
            _check(clause)
            row.removed_by = actor.id
            kept = replace(clause, quote=row.quote, start=row.start, end=row.end)
            session.add(to_row(case.id, row.ordinal, kept, actor.id))
            self._enter(session, case, Act(op_id, CaseAct.CLAUSE_CORRECTED, actor, _named(row, reason)))
        return Done(CASE_CHANGES)

    @once
    def remove_clause(
        self, *, actor: Actor, op_id: str, clause_id: int, reason: str, version: int | None = None
    ) -> Done:
        """Take a clause out that the program misread. Its codes stay loose codes of the text."""
        with self._database.writing(actor.id) as session:
            row, case = self._standing_row(session, actor, clause_id, version)
            row.removed_by = actor.id
            self._enter(session, case, Act(op_id, CaseAct.CLAUSE_REMOVED, actor, _named(row, reason)))
        return Done(CASE_CHANGES)

    @once
    def add_clause(
        self, *, actor: Actor, op_id: str, case_id: int, clause: Clause, reason: str, version: int | None = None
    ) -> Done:
        """Enter a clause by hand, from an attachment or a telephone call; ``reason`` names the source."""
        actor.demand(Duty.RUN_RECALL)
        with self._database.writing(actor.id) as session:
            case = open_case(session, case_id, version, BEFORE_LAUNCH)
            self._add(session, case, Act(op_id, CaseAct.CLAUSE_ADDED, actor, demand_reason(reason)), clause)
        return Done(CASE_CHANGES)

    @once
    def add_product(
        self, *, actor: Actor, op_id: str, case_id: int, product_id: int, reason: str, version: int | None = None
    ) -> Done:
        """Say which product of the catalogue the notice means, where it names none: by its DIs, else by its REF.

        This settles what the notice left open about products ("see attachment"): those clauses are taken out.
        """
        actor.demand(Duty.RUN_RECALL)
        with self._database.writing(actor.id) as session:
            case = open_case(session, case_id, version, BEFORE_LAUNCH)
            for row in standing(all_rows(session, case.id)):
                if row.form == ClauseForm.REFERENCE.value and ClauseKey(row.key) in PRODUCT_KEYS:
                    row.removed_by = actor.id
            clause = _product_clause(session, product_id)
            self._add(session, case, Act(op_id, CaseAct.CLAUSE_ADDED, actor, demand_reason(reason)), clause)
        return Done(CASE_CHANGES)

    @once
    def settle_doubt(
        self, *, actor: Actor, op_id: str, case_id: int, doubt: str, reason: str, version: int | None = None
    ) -> Done:
        """Say why a doubt about the whole notice is none any more: the attachment came, the maker answered.

        ``doubt`` is a code of ``[notices.doubt]``. Raises NoDoubtError, ReasonNeededError.
        """
        actor.demand(Duty.RUN_RECALL)
        with self._database.writing(actor.id) as session:
            case = open_case(session, case_id, version, BEFORE_LAUNCH)
            if doubt not in open_doubts(session, case, all_rows(session, case.id)):
                raise NoDoubtError
            act = Act(op_id, CaseAct.DOUBT_SETTLED, actor, demand_reason(reason), document_no=doubt)
            self._enter(session, case, act)
        return Done(CASE_CHANGES)

    def _standing_row(
        self, session: Session, actor: Actor, clause_id: int, version: int | None
    ) -> tuple[RecallClause, RecallCase]:
        actor.demand(Duty.RUN_RECALL)
        row = session.get(RecallClause, clause_id)
        if row is None or row.removed_by is not None:
            raise NotFoundError
        return row, open_case(session, row.case_id, version, BEFORE_LAUNCH)

    def _add(self, session: Session, case: RecallCase, act: Act, clause: Clause) -> None:
        _check(clause)
        last = session.scalar(select(func.max(RecallClause.ordinal)).where(RecallClause.case_id == case.id)) or 0
        session.add(to_row(case.id, last + 1, replace(clause, quote="", start=0, end=0), act.actor.id))
        self._enter(session, case, act)

    def _enter(self, session: Session, case: RecallCase, act: Act) -> None:
        """Whatever changes the meaning of the notice ends the assessment and the approval that were based on it."""
        case.assessed_at = None
        case.approved_by = case.approved_at = None
        enter(session, self._database, case.id, act)


def _demand_unknown(session: Session, notice: Notice) -> None:
    """The same notice often comes by letter, by mail and by telephone; a drill may use a real one."""
    known = None if notice.kind is CaseKind.DRILL else same_text(session, notice.text)
    if known is not None:
        raise NoticeKnownError(number=known.number, at=known.registered_at)


def _expandable(session: Session, case_id: int) -> RecallCase:
    case = session.get(RecallCase, case_id)
    if case is None:
        raise NotFoundError
    if case.state is CaseState.WITHDRAWN or case.kind is CaseKind.DRILL:
        raise NotExpandableError(number=case.number)
    return case


def _named(row: RecallClause, reason: str) -> str:
    return f"#{row.ordinal} {demand_reason(reason)}"


def _check(clause: Clause) -> None:
    if clause.form in _LIMITED:
        is_empty = not (clause.first or clause.last)
    else:
        is_empty = clause.form not in _BARE and not any(value.strip() for value in clause.values)
    if is_empty:
        raise ClauseEmptyError


def _product_clause(session: Session, product_id: int) -> Clause:
    product = session.get(Product, product_id)
    if product is None:
        raise NotFoundError
    identifiers = session.scalars(
        select(DeviceIdentifier.di).where(DeviceIdentifier.product_id == product_id).order_by(DeviceIdentifier.id)
    ).all()
    key, values = (ClauseKey.DI, tuple(identifiers)) if identifiers else (ClauseKey.REF, (product.ref,))
    return Clause(key, ClauseForm.LIST, "", 0, 0, values=values)
