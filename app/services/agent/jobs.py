"""What a job is, and how its last run is kept."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy.orm import Session

from app.core.errors import AppError
from app.core.statuses.agent import JobEnd
from app.core.words import describe
from app.models.agents import AgentJob
from app.models.database import Database
from app.services.agent.leasing import Lease, Leasing


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run ended: ``count`` things were done."""

    ended: JobEnd = JobEnd.DONE
    count: int = 0
    troubles: tuple[AppError, ...] = ()


UNSET = Ran(JobEnd.UNSET)


class Job(Protocol):
    """One kind of work; ``run`` writes only through ``leasing.acting(lease)``, so that nobody else does it too."""

    @property
    def name(self) -> str: ...

    @property
    def every(self) -> timedelta: ...

    def run(self, leasing: Leasing, lease: Lease) -> Ran: ...


@dataclass(slots=True)
class Ledger:
    """When each job ran last, read and written in the database: the next holder goes on from there."""

    database: Database
    known: dict[str, datetime] = field(default_factory=dict[str, datetime])

    def due(self, job: Job, now: datetime) -> datetime | None:
        """Since when the job should run; None while it should not. A job that never ran is due now."""
        with self.database.reading() as session:
            row = session.get(AgentJob, job.name)
            if row is None:
                return now
            due = row.ran_at + job.every
        return due if due <= now else None

    def keep(self, leasing: Leasing, lease: Lease, job: Job, due: datetime, ran: Ran) -> None:
        """What came of it; raises LeaseLostError."""
        with leasing.acting(lease) as session:
            _write(session, self.database.clock(), lease, job.name, due, ran)


def _write(session: Session, now: datetime, lease: Lease, name: str, due: datetime, ran: Ran) -> None:
    row = session.get(AgentJob, name) or AgentJob(job=name)
    row.ran_at, row.due_at, row.ended, row.count, row.fence = now, due, ran.ended, ran.count, lease.fence
    row.late_seconds = max(0, int((now - due).total_seconds()))
    row.trouble_zh = "\n".join(describe(error, "zh") for error in ran.troubles)[:1000]
    row.trouble_en = "\n".join(describe(error, "en") for error in ran.troubles)[:1000]
    session.add(row)
