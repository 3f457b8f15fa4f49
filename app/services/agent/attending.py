"""The agent itself: holds the lease, and does what is due, one job after the other."""

import logging
import os
import platform
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from app.core.changes import Changes, Topic
from app.core.errors import AppError, StorageError
from app.core.statuses.agent import Holder, JobEnd
from app.models.database import Database
from app.services.agent.jobs import Job, Ledger, Ran
from app.services.agent.leasing import LEASE, Lease, LeaseLostError, Leasing
from app.services.agent.reminding import Reminding
from app.services.agent.watching import Watching

SHOWN = frozenset({Reminding.name, Watching.name})
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Attended:
    """One look: whether we hold the lease, and which jobs were run."""

    is_holder: bool
    ran: tuple[str, ...] = ()
    changes: Changes = frozenset()
    """What of it a screen shows."""


class Attending:
    """One per process. ``look`` is called every few seconds; ``beat`` meanwhile keeps the lease during long jobs.

    ``person_id`` is the agent's own person, or whoever is signed in at the workstation that stands in for it.
    """

    def __init__(
        self, database: Database, jobs: Sequence[Job], *, kind: Holder, leasing: Leasing | None = None
    ) -> None:
        self._jobs, self._ledger, self._database = tuple(jobs), Ledger(database), database
        self._leasing = leasing or leasing_of_this_process(database, kind)
        self._lease: Lease | None = None
        self._did: set[str] = set()

    @property
    def lease(self) -> Lease | None:
        return self._lease

    def beat(self, person_id: int) -> bool:
        """Take or renew the lease; False where another one has it or the database does not answer."""
        try:
            self._lease = self._leasing.hold(person_id)
        except (StorageError, AppError) as error:
            _LOG.warning("lease not renewed: %s", error.code)
            self._lease = None
        return self._lease is not None

    def look(self, person_id: int) -> Attended:
        """Hold the lease and run what is due. A job that fails says so and holds up no other."""
        if not self.beat(person_id):
            return Attended(is_holder=False)
        self._did = set[str]()
        ran = [job.name for job in self._jobs if self._run_if_due(job, person_id)]
        shown = frozenset({Topic.RECALLS}) if self._did & SHOWN else frozenset[Topic]()
        return Attended(self._lease is not None, tuple(ran), shown)

    def _run_if_due(self, job: Job, person_id: int) -> bool:
        lease = self._lease
        if lease is None:
            return False
        try:
            due = self._ledger.due(job, self._database.clock())
            if due is None:
                return False
            ran = self._outcome(job, lease)
            self._did |= {job.name} if ran.count else set()
            self.beat(person_id)
            self._ledger.keep(self._leasing, lease, job, due, ran)
        except LeaseLostError:
            _LOG.warning("lease lost during %s", job.name)
            self._lease = None
            return False
        except AppError as error:
            _LOG.warning("%s not kept: %s", job.name, error.code)
            return False
        return True

    def _outcome(self, job: Job, lease: Lease) -> Ran:
        try:
            return job.run(self._leasing, lease)
        except LeaseLostError:
            raise
        except AppError as error:
            return Ran(JobEnd.FAILED, troubles=(error,))

    def leave(self) -> None:
        """The process ends. A database that is gone does not matter: the lease ends by itself."""
        lease, self._lease = self._lease, None
        if lease is not None:
            with suppress(AppError):
                self._leasing.give_back(lease)


def leasing_of_this_process(database: Database, kind: Holder, length: timedelta = LEASE) -> Leasing:
    """Named after machine and process, and by chance, so that no two are ever the same."""
    holder = f"{platform.node()[:40]}:{os.getpid()}:{uuid.uuid4().hex[:8]}"[:64]
    return Leasing(database, holder=holder, machine=platform.node()[:200], kind=kind, length=length)
