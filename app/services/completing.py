"""The list that a notice only points to comes as a file of its own and joins the case; what it says becomes clauses."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.changes import Changes
from app.core.errors import RuleError
from app.core.permissions import Duty
from app.core.statuses.agent import NewsState
from app.core.statuses.recall import CaseAct
from app.models.agents import News
from app.models.database import Database
from app.models.recalls import RecallCase
from app.notices.clauses import ClauseForm, NoticeReading
from app.notices.reader import read_notice
from app.queries.case_reading import all_rows, standing, to_row
from app.services.arriving import waiting_arrival
from app.services.diary import CASE_CHANGES, Act, enter, open_case
from app.services.registering import BEFORE_LAUNCH
from app.services.repeating import once


class NothingReadError(RuleError):
    """The file ``name`` names nothing that a batch could be compared with."""

    code = "recall.nothing_read"


@dataclass(frozen=True, slots=True)
class Completed:
    """So many clauses came with the file and wait to be confirmed; ``doubts`` are those of the file."""

    clauses: int
    doubts: tuple[str, ...]
    changes: Changes = CASE_CHANGES


class CompletingService:
    """Duty: RUN_RECALL; before the launch."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @once
    def complete(
        self, *, actor: Actor, op_id: str, case_id: int, news_id: int, version: int | None = None
    ) -> Completed:
        """Take the waiting file into the case: it answers what the notice left to "the attachment".

        What the notice said of the same keys by reference is taken out; the scope must be assessed anew. Raises
        NotEntitledError, NothingReadError, ArrivalSettledError, CaseStateError, ConflictError.
        """
        actor.demand(Duty.RUN_RECALL)
        with self._database.writing(actor.id) as session:
            case = open_case(session, case_id, version, BEFORE_LAUNCH)
            news = waiting_arrival(session, news_id)
            reading = read_notice(news.text)
            if not reading.clauses:
                raise NothingReadError(name=news.file_name)
            self._take_in(session, actor, case, news, reading)
            case.assessed_at = None
            case.approved_by = case.approved_at = None
            act = Act(op_id, CaseAct.FILE_ADDED, actor, news.file_name, quantity=len(reading.clauses))
            enter(session, self._database, case.id, act)
            return Completed(len(reading.clauses), reading.doubts)

    def _take_in(self, session: Session, actor: Actor, case: RecallCase, news: News, reading: NoticeReading) -> None:
        rows = all_rows(session, case.id)
        told = {clause.key.value for clause in reading.clauses if clause.form is not ClauseForm.REFERENCE}
        for row in standing(rows):
            if row.form == ClauseForm.REFERENCE.value and row.key in told:
                row.removed_by = actor.id
        last = max((row.ordinal for row in rows), default=0)
        for number, clause in enumerate(reading.clauses, start=last + 1):
            row = to_row(case.id, number, clause, None)
            row.news_id = news.id
            session.add(row)
        news.state, news.case_id = NewsState.TAKEN, case.id
        news.settled_by, news.settled_at = actor.id, self._database.clock()
