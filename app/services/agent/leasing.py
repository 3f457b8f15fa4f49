"""One row says who acts: taken, renewed and lost by the database's clock, and held by every write of a job.

Whoever was cut off, asleep or killed finds the fence grown when it comes back, and writes nothing. See decision 0014.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.errors import ConflictError
from app.core.statuses.agent import Holder
from app.models.agents import AgentLease
from app.models.database import Database

LEASE = timedelta(seconds=18)
"""How long a holder may be silent. Everybody looks four times as often: another one acts 23 s after it died."""
LOOK = LEASE / 4

Moment = Callable[[Session], datetime]
"""Answers the time inside a transaction."""


class LeaseLostError(ConflictError):
    """Another one took the lease meanwhile: what was about to be written is not."""

    code = "agent.lease_lost"


@dataclass(frozen=True, slots=True)
class Lease:
    """Held by us under this ``fence``, in the name of this person."""

    holder: str
    fence: int
    person_id: int


class Leasing:
    """Takes, renews and checks the lease for one process; may be called on any thread.

    ``holder`` names this process and never another one, ``moment`` is the database's own clock unless a test says.
    """

    def __init__(
        self,
        database: Database,
        *,
        holder: str,
        machine: str,
        kind: Holder,
        length: timedelta = LEASE,
        moment: Moment | None = None,
    ) -> None:
        self._database, self._holder, self._machine, self._kind = database, holder, machine, kind
        self._length = length
        self._moment = moment or partial(database_moment, database)

    def hold(self, person_id: int) -> Lease | None:
        """Take or renew; None while another one holds it. The agent takes it from a workstation at once."""
        with self._database.writing(person_id) as session:
            row, now = session.get(AgentLease, 1, with_for_update=True), self._moment(session)
            if row is None:
                row = AgentLease(id=1, fence=0, holder="", held_until=now)
                session.add(row)
            elif not self._may_take(row, now):
                return None
            if row.holder != self._holder or row.held_until <= now:
                row.fence, row.taken_at = row.fence + 1, now
            row.holder, row.machine, row.kind, row.person_id = self._holder, self._machine, self._kind, person_id
            row.renewed_at, row.held_until = now, now + self._length
            return Lease(self._holder, row.fence, person_id)

    def _may_take(self, row: AgentLease, now: datetime) -> bool:
        is_above = self._kind is Holder.AGENT and row.kind is Holder.CLIENT
        return row.holder == self._holder or row.held_until <= now or is_above

    def give_back(self, lease: Lease) -> None:
        """The process ends: the next one need not wait."""
        with self._database.writing(lease.person_id) as session:
            row = session.get_one(AgentLease, 1, with_for_update=True)
            if (row.holder, row.fence) == (lease.holder, lease.fence):
                row.held_until = self._moment(session)

    @contextmanager
    def acting(self, lease: Lease) -> Generator[Session]:
        """One transaction of a job; nobody takes the lease before it ends. Raises LeaseLostError, then and before."""
        with self._database.writing(lease.person_id) as session:
            row = session.get_one(AgentLease, 1, with_for_update=True)
            is_ours = (row.holder, row.fence) == (lease.holder, lease.fence) and row.held_until > self._moment(session)
            if not is_ours:
                raise LeaseLostError
            yield session


def database_moment(database: Database, session: Session) -> datetime:
    """The server's clock; on the embedded file, which one PC keeps, that of the PC."""
    return database.clock() if database.is_sqlite else session.scalars(select(func.clock_timestamp())).one()
