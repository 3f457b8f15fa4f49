"""A notice that came by itself is settled by a person: a case is made of it, or it is put aside with the reason."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.changes import Changes, Topic
from app.core.errors import ConflictError, NotFoundError, RuleError
from app.core.permissions import Duty
from app.core.statuses.agent import NewsState
from app.models.agents import News
from app.models.database import Database
from app.services.repeating import once

LONGEST = 400


class ArrivalSettledError(ConflictError):
    """Somebody else has registered or put aside ``name`` meanwhile."""

    code = "arrival_settled"


class ArrivalReasonError(RuleError):
    """A notice is not put aside without a word why."""

    code = "arrival_reason"


@dataclass(frozen=True, slots=True)
class PutAside:
    """The notice waits no longer."""

    changes: Changes = frozenset({Topic.RECALLS})


class ArrivingService:
    """Duty: RUN_RECALL. A case is made of a notice by ``RegisteringService``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @once
    def put_aside(self, *, actor: Actor, op_id: str, news_id: int, reason: str) -> PutAside:
        """It concerns nobody here: the row and the file stay, with who said so and why.

        Raises NotEntitledError, ArrivalReasonError, ArrivalSettledError.
        """
        actor.demand(Duty.RUN_RECALL)
        if not reason.strip():
            raise ArrivalReasonError
        with self._database.writing(actor.id) as session:
            row = waiting_arrival(session, news_id)
            row.state, row.settled_reason = NewsState.ASIDE, reason.strip()[:LONGEST]
            row.settled_by, row.settled_at = actor.id, self._database.clock()
        return PutAside()


def waiting_arrival(session: Session, news_id: int) -> News:
    """Held until the end of the transaction. Raises NotFoundError, ArrivalSettledError."""
    row = session.get(News, news_id, with_for_update=True)
    if row is None:
        raise NotFoundError
    if row.state is not NewsState.WAITING:
        raise ArrivalSettledError(name=row.file_name)
    return row
