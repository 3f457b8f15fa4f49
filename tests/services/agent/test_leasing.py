"""One acts: the lease goes on only when its holder fell silent, and whoever lost it writes nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from app.core.permissions import NotEntitledError
from app.core.statuses.agent import Holder, JobEnd
from app.core.statuses.stock import MovementKind, StockState
from app.models.agents import AgentJob, AgentLease, Reminder
from app.models.catalogue import Product
from app.models.locks import LockLift, LotLock
from app.models.persons import PersonRole
from app.models.places import Location
from app.models.refusals import AgentMayNotError
from app.services.agent.attending import Attending
from app.services.agent.jobs import Ran
from app.services.agent.leasing import LEASE, LOOK, LeaseLostError
from app.services.agent.service_person import NobodyYetError, agent_person
from app.services.signing_in import SigningInService, WrongPasswordError, actor_of


def test_the_lease_goes_on_within_thirty_seconds_and_the_old_holder_writes_nothing(watch):
    """Renewals, a rival, silence, take-over, the fence, and the way back."""
    one, two = watch.leasing("one"), watch.leasing("two")
    held = one.hold(watch.person)
    assert two.hold(watch.person) is None
    watch.later(seconds=14)
    assert one.hold(watch.person) == held
    watch.later(seconds=14)
    assert two.hold(watch.person) is None

    assert timedelta(seconds=30) >= LEASE + LOOK
    watch.later(seconds=5)
    taken = two.hold(watch.person)
    assert taken.fence == held.fence + 1
    with pytest.raises(LeaseLostError), one.acting(held) as session:
        session.add(AgentJob(job="nothing"))
    with watch.database.reading() as session:
        assert session.get(AgentJob, "nothing") is None
        assert session.get_one(AgentLease, 1).machine == "PC two"
    assert one.hold(watch.person) is None

    two.give_back(taken)
    again = one.hold(watch.person)
    assert again.fence == taken.fence + 1
    watch.later(seconds=25)
    with pytest.raises(LeaseLostError), one.acting(again):
        pytest.fail("an overdue lease was still good")
    one.give_back(held)


def test_a_workstation_stands_in_until_an_agent_comes(watch):
    client, agent = watch.leasing("client", Holder.CLIENT), watch.leasing("agent")
    keeper = watch.hospital.persons["keeper"]
    assert client.hold(keeper) is not None
    assert watch.leasing("other", Holder.CLIENT).hold(keeper) is None
    assert agent.hold(watch.person) is not None
    assert client.hold(keeper) is None


class _Job:
    name = "count"
    every = timedelta(minutes=1)

    def __init__(self, trouble=None):
        self.runs, self.trouble = 0, trouble

    def run(self, leasing, lease):
        self.runs += 1
        if self.trouble is not None:
            raise self.trouble
        return Ran(count=3)


def test_jobs_run_when_due_by_whoever_holds_the_lease_and_say_what_failed(watch):
    good, bad = _Job(), _Job(NotEntitledError(duty="x"))
    bad.name = "bad"
    watch.database.clock, real = watch.clock, watch.database.clock
    try:
        first = Attending(watch.database, [bad, good], kind=Holder.AGENT, leasing=watch.leasing("one"))
        second = Attending(watch.database, [bad, good], kind=Holder.AGENT, leasing=watch.leasing("two"))
        assert first.look(watch.person).ran == ("bad", "count")
        assert second.look(watch.person) == type(second.look(watch.person))(is_holder=False)
        watch.later(seconds=10)
        assert first.look(watch.person).ran == ()
        watch.later(seconds=120)
        assert second.look(watch.person).ran == ("bad", "count")
        first.leave()
        second.leave()
        assert second.lease is None
    finally:
        watch.database.clock = real
    with watch.database.reading() as session:
        row, failed = session.get_one(AgentJob, "count"), session.get_one(AgentJob, "bad")
        assert (row.count, row.late_seconds, row.ended) == (3, 70, JobEnd.DONE)
        assert (failed.ended, "权限" in failed.trouble_zh) == (JobEnd.FAILED, True)
        assert failed.trouble_en
    assert good.runs == 2


def test_the_agent_is_never_the_first_person(database):
    with pytest.raises(NobodyYetError):
        agent_person(database)


def test_the_agent_signs_in_nowhere_and_writes_no_goods_locks_or_cases(watch):
    """By every path: password, permission, and a prompt that acts in its name."""
    hospital, me = watch.hospital, watch.person
    batch = hospital.batch("CVC", "A1", 5)
    assert agent_person(watch.database) == me
    with pytest.raises(WrongPasswordError):
        SigningInService(watch.database).sign_in("recalldesk-agent", "!")
    with watch.database.reading() as session:
        assert not actor_of(session, me).duties
    hospital.persons["agent"] = me
    attempts = (
        lambda: hospital.move(
            MovementKind.ISSUE, batch, 1, ("store", StockState.IN_STOCK), ("icu", StockState.PAR), by="agent"
        ),
        lambda: hospital.sign("agent", "op"),
        lambda: _write(watch, LotLock(product_id=1, layer="on_hold", reason="x", locked_by=me, locked_at=watch.now)),
        lambda: _write(watch, LockLift(lock_id=1)),
        lambda: _change(watch, Location, name_zh="x"),
        lambda: _change(watch, Product, is_active=False),
        lambda: _write(watch, PersonRole(person_id=me, role="executive", granted_at=watch.now)),
    )
    for attempt in attempts:
        with pytest.raises(AgentMayNotError):
            attempt()
    with pytest.raises(AgentMayNotError), watch.database.writing(None) as session:
        session.add(PersonRole(person_id=me, role="executive", granted_at=watch.now))
    with watch.leasing().acting(watch.leasing().hold(me)) as session:
        assert session.get(Reminder, 1) is None


def _write(watch, row):
    with watch.database.writing(watch.person) as session:
        session.add(row)


def _change(watch, table, **values):
    with watch.database.writing(watch.person) as session:
        session.execute(update(table).values(**values))
