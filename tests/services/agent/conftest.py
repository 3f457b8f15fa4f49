"""An agent for tests: its person, a clock that is moved by hand, and a lease on the same clock."""

from datetime import timedelta

import pytest

from app.core.statuses.agent import Holder
from app.services.agent.leasing import Leasing
from app.services.agent.service_person import agent_person
from tests.builders import small_hospital

BEHIND = timedelta(days=30)
"""The lease's clock runs behind: nobody holds a lease in the server's future."""


class Watch:
    """One database; ``now`` moves only by ``later``."""

    def __init__(self, database):
        self.database, self.hospital = database, small_hospital(database)
        self.person = agent_person(database)
        self.now = database.clock()

    def later(self, **step):
        self.now += timedelta(**step)

    def clock(self):
        return self.now

    def leasing(self, holder="one", kind=Holder.AGENT):
        return Leasing(
            self.database, holder=holder, machine=f"PC {holder}", kind=kind, moment=lambda _session: self.now - BEHIND
        )


@pytest.fixture
def watch(database):
    return Watch(database)
