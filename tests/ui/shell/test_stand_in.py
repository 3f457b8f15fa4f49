"""Without an agent a signed-in workstation does its work; nobody at the desk, nothing is done."""

import pytest

from app.core.statuses.agent import Holder
from app.models.agents import AgentJob, AgentLease
from app.queries.agents import agent_sight
from app.queries.reader import Reader
from app.services.agent.attending import Attending
from app.services.agent.leasing import LEASE
from app.services.agent.work import JOBS, Folders, jobs_of
from app.services.signing_in import actor_of
from app.ui.seat import Seat
from app.ui.shell.stand_in import StandIn
from tests.builders import small_hospital
from tests.fakes.immediate import ImmediateBackground


@pytest.fixture
def desk(qapp, database, tmp_path):
    hospital, seat = small_hospital(database), Seat()
    jobs = jobs_of(database, Folders(backups=tmp_path))
    attending = Attending(database, jobs, kind=Holder.CLIENT)
    return StandIn(attending, seat, ImmediateBackground()), seat, hospital


def test_a_signed_in_workstation_stands_in_and_gives_the_lease_back(desk, database):
    stand_in, seat, hospital = desk
    stand_in.start()
    stand_in.look()
    with database.reading() as session:
        assert session.get(AgentLease, 1) is None
        actor = actor_of(session, hospital.persons["keeper"])
    seat.take(actor)
    stand_in.look()
    stand_in.look()
    with database.reading() as session:
        lease = session.get_one(AgentLease, 1)
        assert (lease.kind, lease.person_id, lease.fence) == (Holder.CLIENT, actor.id, 1)
        assert session.query(AgentJob).count() == 5
    sight = Reader(database).fetch(agent_sight, JOBS, database.clock())
    assert (sight.watch.kind, sight.watch.person.en) == (Holder.CLIENT, actor.name.en), "the tab says who it is"
    stand_in.close()
    with database.reading() as session:
        lease = session.get_one(AgentLease, 1)
        assert lease.held_until - lease.renewed_at < LEASE
