"""The agent on PostgreSQL: a login of its own that does the agent's work and is admitted to nothing else."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select, text

from app.cli.opening import PASSWORD_FILE
from app.cli.terminal import DONE, REFUSED
from app.core.permissions import Role
from app.core.statuses.agent import ClockKind, Holder, JobEnd
from app.models.agents import AgentJob, AgentLease, News, Reminder
from app.models.persons import Setting
from app.models.recalls import DepartmentTask
from app.models.refusals import ExistsError
from app.services.agent.attending import Attending
from app.services.agent.service_person import LOGIN, NobodyYetError, OwnLoginNeededError, agent_person
from app.services.agent.work import Folders, jobs_of
from app.services.auditing import verify
from app.services.establishing import NoLoginsError, admit_agent
from app.services.signing_in import SigningInService, WrongPasswordError
from app.services.staffing import StaffingService
from tests.cli.test_main import Answer
from tests.personal import PASSWORD, let_in, opened
from tests.services.agent.tasks import send_task
from tests.stock_life import StockLife

MAIL = {"host": "127.0.0.1", "port": "1", "sender": "a@x.example", "recipients": "b@x.example"}
NEW = "Qing-Shan-4410"


@pytest.fixture
def admitted(personal_database, personal_house):
    admit_agent(personal_database, PASSWORD)
    desk = opened(personal_database)
    desk.open_as(LOGIN, PASSWORD)
    yield desk
    desk.close()


def test_it_does_all_its_work_in_its_own_name(admitted, personal_database, personal_house, tmp_path):
    """Clocks of a running case too: what departments see of tasks is not kept from it."""
    life = StockLife(personal_database, personal_house)
    personal_house.batch("CVC", "A1", 5)
    case_id, now = life.recall("A1"), personal_database.clock()
    send_task(
        SimpleNamespace(database=personal_database, hospital=personal_house),
        case_id,
        now - timedelta(hours=3),
        timedelta(hours=2),
        timedelta(hours=10),
    )
    with personal_database.writing(None) as session:
        for key, value in MAIL.items():
            session.add(Setting(key=f"mail.{key}", value=value, changed_by=None, changed_at=now))
    (tmp_path / "a.txt").write_text("召回通知", encoding="utf-8")

    jobs = jobs_of(admitted, Folders(notices=tmp_path))
    attending = Attending(admitted, jobs, kind=Holder.AGENT)
    me = agent_person(admitted)
    assert attending.look(me).ran == ("clocks", "mail", "folder", "seal", "backup")
    jobs[2].run(attending._leasing, attending.lease)

    with personal_database.reading() as session:
        ended = {job.job: job.ended for job in session.scalars(select(AgentJob))}
        assert set(session.scalars(select(Reminder.clock))) == {ClockKind.ACKNOWLEDGE}
        lease, news = session.get_one(AgentLease, 1), session.scalars(select(News)).one()
        by = "SELECT DISTINCT person_id FROM audit_entry WHERE table_name IN ('news', 'mail', 'reminder')"
        assert session.scalars(text(by)).all() == [me]
    done = dict.fromkeys(("clocks", "folder", "seal"), JobEnd.DONE)
    assert ended == {**done, "mail": JobEnd.FAILED, "backup": JobEnd.UNSET}
    assert (lease.person_id, news.text) == (me, "召回通知")
    assert verify(personal_database).is_intact


def test_a_desk_of_another_ward_that_stands_in_watches_every_wards_clocks(personal_database, personal_house):
    """Its person sees their own department's tasks alone; the hospital's clocks are looked after all the same."""
    life = StockLife(personal_database, personal_house)
    personal_house.batch("CVC", "A1", 5)
    case_id, now = life.recall("A1"), personal_database.clock()
    stage = SimpleNamespace(database=personal_database, hospital=personal_house)
    send_task(stage, case_id, now - timedelta(hours=3), timedelta(hours=2), timedelta(hours=10))
    me = personal_house.person("elsewhere", Role.DEPT_LIAISON, place="clinic")
    let_in(personal_database)
    desk = opened(personal_database)
    SigningInService(desk).sign_in("elsewhere", PASSWORD)
    with desk.reading() as session:
        assert session.scalars(select(DepartmentTask.id)).all() == []

    attending = Attending(desk, jobs_of(desk, Folders()), kind=Holder.CLIENT)
    assert "clocks" in attending.look(me).ran
    desk.close()

    with personal_database.reading() as session:
        found = session.execute(select(Reminder.clock, Reminder.percent)).all()
        assert found == [(ClockKind.ACKNOWLEDGE, percent) for percent in (50, 80, 100)]


def test_the_installer_admits_it_and_the_command_uses_its_login(
    personal_database, personal_house, monkeypatch, tmp_path
):
    owner = personal_database.url.render_as_string(hide_password=False)
    admitted = Answer("db", "admit", "--agent", stdin=f"{PASSWORD}\n".encode(), database=owner)
    login = opened(personal_database).prefix + LOGIN
    assert (admitted.code, admitted.lines) == (DONE, [f"The agent has its own login: {login}"])
    refused = Answer("agent", "--once", database=owner)
    assert (refused.code, "db admit --agent" in refused.err.getvalue()) == (REFUSED, True)
    with pytest.raises(OwnLoginNeededError):
        agent_person(personal_database)

    secret = tmp_path / "secret"
    secret.write_text(PASSWORD + "\n")
    monkeypatch.setenv(PASSWORD_FILE, str(secret))
    own = personal_database.url.set(username=login, password=None).render_as_string(hide_password=False)
    once = Answer("agent", "--once", database=own)
    assert (once.code, once.lines) == (DONE, ["5 due jobs done."]), once.err.getvalue()
    secret.write_text("wrong")
    assert Answer("agent", "--once", database=own).code == REFUSED

    for wrong in (("db", "admit"), ("db", "admit", "boss", "--agent")):
        assert Answer(*wrong, database=owner).code not in (DONE, REFUSED)


def test_a_new_password_an_end_and_a_person_of_that_name(admitted, personal_database, personal_house, sqlite_database):
    """The security administrator gives it another password and ends it; it never becomes a person of the house."""
    desk = opened(personal_database)
    signing = SigningInService(desk)
    staffing, me = StaffingService(desk, signing), agent_person(admitted)
    security = signing.sign_in("security", PASSWORD)
    staffing.reset_password(actor=security, person_id=me, password=NEW)
    with pytest.raises(WrongPasswordError):
        admitted.beside(LOGIN, PASSWORD)
    beside = admitted.beside(LOGIN, NEW)
    with beside.writing(me) as session:
        assert session.execute(text("SELECT current_actor()")).scalar_one() == me
    beside.close()
    member = "SELECT pg_has_role(:login, (SELECT installation FROM schema_info) || chr(58) || 'person', 'MEMBER')"
    with personal_database.reading() as session:
        assert not session.execute(text(member), {"login": desk.prefix + LOGIN}).scalar_one()
    staffing.set_active(actor=security, person_id=me, is_active=False)
    with pytest.raises(Exception, match="login_ended"):
        admitted.beside(LOGIN, NEW)
    desk.close()
    with pytest.raises(NoLoginsError):
        admit_agent(sqlite_database, PASSWORD)


def test_nobody_else_takes_its_name(personal_database, postgres_dsn):
    with pytest.raises(NobodyYetError):
        admit_agent(personal_database, PASSWORD)
    with personal_database.writing(None) as session:
        session.execute(text("SELECT person_add(:login, 'x', 'x', NULL, '', '{}', '{}')"), {"login": LOGIN})
    with pytest.raises(ExistsError):
        admit_agent(personal_database, PASSWORD)


def test_without_an_agent_who_is_signed_in_takes_the_lease_under_their_own_login(personal_database, personal_house):
    desk = opened(personal_database)
    keeper = SigningInService(desk).sign_in("keeper", PASSWORD)
    client = Attending(desk, jobs_of(desk, Folders()), kind=Holder.CLIENT)
    assert client.look(keeper.id).ran == ("clocks", "mail", "folder", "seal", "backup")
    with personal_database.reading() as session:
        lease = session.get_one(AgentLease, 1)
        assert (lease.kind, lease.person_id) == (Holder.CLIENT, keeper.id)
        assert set(session.scalars(select(AgentJob.ended))) == {JobEnd.DONE, JobEnd.UNSET}
    admit_agent(personal_database, PASSWORD)
    own = opened(personal_database)
    me = own.open_as(LOGIN, PASSWORD)
    agent = Attending(own, (), kind=Holder.AGENT)
    assert agent.look(me).is_holder, "an agent that starts takes it at once"
    assert not client.look(keeper.id).is_holder
    agent.leave()
    assert client.look(keeper.id).is_holder
    client.leave()
    for database in (own, desk):
        database.close()
