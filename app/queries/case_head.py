"""The head of one recall case: everything above its tabs, and the step that brings it forward."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.errors import NotFoundError
from app.core.statuses.recall import CaseState, RecallClass
from app.core.statuses.verdict import Verdict
from app.models.persons import Person
from app.models.recalls import RecallCase, RecallClause, ScopeLine
from app.models.stock import Batch, Movement
from app.queries.case_reading import all_rows, open_doubts
from app.queries.case_scope import both, named
from app.queries.recalls import BEFORE_LAUNCH, CaseRow, rows_of


class NextStep(Enum):
    """The one thing that brings a case forward; the page's main button."""

    ASSESS = "assess"
    CONFIRM = "confirm"
    READ_AGAIN = "read_again"
    DECIDE = "decide"
    APPROVE = "approve"
    LAUNCH = "launch"
    NOT_AFFECTED = "not_affected"
    CHASE = "chase"
    RECONCILE = "reconcile"
    ASK_REVIEW = "ask_review"
    CLOSE = "close"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class LinkedCase:
    """The case that this one expands, or one that expands it."""

    id: int
    number: str


@dataclass(frozen=True, slots=True)
class CaseHead:
    """Everything above the tabs of one case, and the text of its notice."""

    row: CaseRow
    hazard: str
    notice_text: str
    notice_hash: str
    received_at: datetime
    registered_by: Bilingual
    approved_by: Bilingual | None
    launched_by: Bilingual | None
    launched_at: datetime | None
    review_by: Bilingual | None
    review_at: datetime | None
    closed_by: Bilingual | None
    assessed_at: datetime | None
    compared: int
    snapshot_hash: str
    root_cause: str
    lessons: str
    doubts: tuple[tuple[str, Bilingual], ...]
    clauses: int
    confirmed: int
    first_readers: frozenset[int]
    """Keys of those who confirmed or entered clauses that no second person has read yet; of class I only."""
    notice_no: str
    parent: LinkedCase | None
    children: tuple[LinkedCase, ...]
    next_step: NextStep | None
    joined: tuple[int, int] = (0, 0)
    """Batches and units that came into the scope after it was frozen."""

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def version(self) -> int:
        return self.row.version


def case_head(session: Session, case_id: int, now: datetime) -> CaseHead:
    """Raises NotFoundError."""
    found = session.get(RecallCase, case_id)
    if found is None:
        raise NotFoundError
    row = rows_of(session, [found], now)[0]
    clauses = session.execute(
        select(func.count(), func.count(RecallClause.confirmed_by)).where(
            RecallClause.case_id == case_id, RecallClause.removed_by.is_(None)
        )
    ).one()
    persons = {person.id: person for person in session.scalars(select(Person).where(Person.id.in_(_signers(found))))}
    readers = _first_readers(session, found)
    return CaseHead(
        row,
        found.hazard,
        found.notice_text,
        found.notice_hash,
        found.notice_received_at,
        Bilingual(persons[found.registered_by].name_zh, persons[found.registered_by].name_en),
        named(persons.get(found.approved_by or 0)),
        named(persons.get(found.launched_by or 0)),
        found.launched_at,
        named(persons.get(found.review_by or 0)),
        found.review_at,
        named(persons.get(found.closed_by or 0)),
        found.assessed_at,
        found.assessed_count,
        found.snapshot_hash,
        found.root_cause,
        found.lessons,
        _doubts(session, found),
        clauses[0],
        clauses[1],
        readers,
        found.notice_no,
        *_family(session, found),
        _next_step(row, clauses[0] == clauses[1], unheld_doubts(session, case_id), is_unread=bool(readers)),
        _joined(session, found),
    )


def _joined(session: Session, found: RecallCase) -> tuple[int, int]:
    """What was received after the launch; the snapshot stays as it was frozen."""
    if found.launched_after is None:
        return 0, 0
    count, units = session.execute(
        select(func.count(), func.coalesce(func.sum(ScopeLine.quantity), 0))
        .join(Batch, Batch.id == ScopeLine.batch_id)
        .where(
            ScopeLine.case_id == found.id,
            ScopeLine.verdict != Verdict.NOT_AFFECTED,
            ~select(Movement.id).where(Movement.batch_id == Batch.id, Movement.id <= found.launched_after).exists(),
        )
    ).one()
    return int(count), int(units)


def _first_readers(session: Session, found: RecallCase) -> frozenset[int]:
    if found.recall_class is not RecallClass.I:
        return frozenset()
    unread = select(RecallClause.confirmed_by, RecallClause.entered_by).where(
        RecallClause.case_id == found.id, RecallClause.removed_by.is_(None), RecallClause.second_by.is_(None)
    )
    return frozenset(key for pair in session.execute(unread.distinct()) for key in pair if key is not None)


def _family(session: Session, found: RecallCase) -> tuple[LinkedCase | None, tuple[LinkedCase, ...]]:
    parents = _linked(session, RecallCase.id == found.parent_id) if found.parent_id is not None else []
    return next(iter(parents), None), tuple(_linked(session, RecallCase.parent_id == found.id))


def _linked(session: Session, condition: ColumnElement[bool]) -> list[LinkedCase]:
    statement = select(RecallCase.id, RecallCase.number).where(condition).order_by(RecallCase.id)
    return [LinkedCase(key, number) for key, number in session.execute(statement)]


def _signers(found: RecallCase) -> list[int]:
    persons = (found.registered_by, found.approved_by, found.launched_by, found.review_by, found.closed_by)
    return [person for person in persons if person is not None]


def _doubts(session: Session, found: RecallCase) -> tuple[tuple[str, Bilingual], ...]:
    doubts = open_doubts(session, found, all_rows(session, found.id))
    return tuple((doubt, both(f"notices.doubt.{doubt}")) for doubt in doubts)


def unheld_doubts(session: Session, case_id: int) -> int:
    """Doubtful batches that are neither decided nor on hold: they keep a case from its launch."""
    held = text("batch_id NOT IN (SELECT batch_id FROM batch_layer WHERE layer IN ('on_hold', 'recall_quarantine'))")
    statement = select(func.count()).where(
        ScopeLine.case_id == case_id,
        ScopeLine.verdict == Verdict.NEED_INFO,
        ScopeLine.decided_by.is_(None),
        held,
    )
    return session.scalar(statement) or 0


def _next_step(row: CaseRow, all_confirmed: bool, doubts: int, *, is_unread: bool) -> NextStep | None:
    if row.state in BEFORE_LAUNCH:
        return _step_before_launch(row, all_confirmed, doubts, is_unread=is_unread)
    if row.state is CaseState.ACTIVE:
        return NextStep.RECONCILE if row.tasks_done == row.tasks else NextStep.CHASE
    following = {
        CaseState.RECONCILING: NextStep.ASK_REVIEW,
        CaseState.CLOSING_REVIEW: NextStep.CLOSE,
        CaseState.REOPENED: NextStep.RECONCILE,
    }
    return following.get(row.state)


def _step_before_launch(row: CaseRow, all_confirmed: bool, doubts: int, *, is_unread: bool) -> NextStep:
    steps = (
        (not row.is_assessed, NextStep.ASSESS),
        (not all_confirmed, NextStep.CONFIRM),
        (doubts > 0, NextStep.DECIDE),
        (is_unread, NextStep.READ_AGAIN),
        (row.batches == 0, NextStep.NOT_AFFECTED),
        (row.approved_at is None, NextStep.APPROVE),
    )
    return next((step for is_due, step in steps if is_due), NextStep.LAUNCH)
