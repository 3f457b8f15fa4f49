"""The daily seal over all audit chains, so that a change of yesterday's record shows even where nothing was printed."""

from datetime import timedelta

from app.models.database import Database
from app.services.agent.jobs import Ran
from app.services.agent.leasing import Lease, Leasing
from app.services.auditing import seal


class Sealing:
    """One seal a day."""

    name = "seal"
    every = timedelta(days=1)

    def __init__(self, database: Database) -> None:
        self._database = database

    def run(self, leasing: Leasing, lease: Lease) -> Ran:
        """The seal joins the transaction that holds the lease."""
        with leasing.acting(lease):
            seal(self._database, lease.person_id)
        return Ran(count=1)
