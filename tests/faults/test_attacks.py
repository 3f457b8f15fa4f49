"""Every attack as every role, and as a workstation: none succeeds, and no row is another one afterwards."""

import uuid
from collections import Counter

import psycopg
import pytest
from sqlalchemy import text

from app.core.permissions import Role
from app.core.statuses.agent import ClockKind, Holder, JobEnd, NewsState
from app.core.statuses.stock import MovementKind, StockState
from app.models.agents import AgentJob, News, Reminder
from app.models.personal import WorkstationDatabase
from app.models.persons import Setting
from app.models.wall.grants import AGENT_READS
from app.queries.alarms import alarms_at
from app.queries.reader import Reader
from app.services import logins
from app.services.agent.attending import leasing_of_this_process
from app.services.agent.mailing import compose
from app.services.agent.sealing import Sealing
from app.services.agent.service_person import LOGIN
from app.services.establishing import admit_agent
from app.services.upgrading import check
from tests.faults.attacks import ATTACKS, OF_THE_AGENT
from tests.personal import PASSWORD, let_in, opened, personal_copy
from tests.stock_life import stock_life

TARGETS = {
    "movement",
    "balance",
    "locks",
    "audit",
    "persons and roles",
    "patient data",
    "definer functions",
    "ddl",
}
_TABLES = text("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1")
_SERVER = (
    "rolname || rolsuper || rolcanlogin || coalesce(rolpassword, ''), ',' ORDER BY rolname)) FROM pg_authid",
    "roleid || '>' || member, ',' ORDER BY roleid, member)) FROM pg_auth_members",
)


class Siege:
    """A living hospital on one database, and one connection per login."""

    def __init__(self, database) -> None:
        self.database = database
        self.warned: list[object] = []
        self.life = stock_life(database)
        house = self.life.house
        for role in Role:
            house.person(f"{role.value}_x", role, place="icu" if role.value.startswith("dept") else None)
        let_in(database)
        with database.writing(None) as session:
            secret = logins.secret_of(session, "pc", PASSWORD)
            session.execute(
                text("SELECT workstation_add('pc', :place, :secret)"), {"place": house.places["icu"], "secret": secret}
            )
        self._agent_has_worked()
        batch = house.batch("CVC", "A1", 50)
        self.life.issue("A1", 10)
        self.life.use("A1", 1)
        locked = house.batch("CVC", "B1", 10)
        lock = self.life.hold("B1").lock_ids[0]
        case = self.life.recall("C1")
        with database.writing(None) as session:
            late = Reminder(subject=f"case:{case}", case_id=case, clock=ClockKind.LAUNCH, percent=50, late_seconds=9)
            late.due_at = late.recorded_at = database.clock()
            session.add(late)
        self.prefix = opened(database).prefix
        self.known = {
            "batch": batch,
            "locked": locked,
            "lock": lock,
            "product": house.products["CVC"],
            "store": house.places["store"],
            "icu": house.places["icu"],
            "someone": house.persons["boss"],
            "receipt": 1,
            "database": database.url.database,
            "other_login": f"{self.prefix}boss",
        }
        with database.reading() as session:
            self.known["group"] = session.execute(text("SELECT installation FROM schema_info")).scalar_one()

    def _agent_has_worked(self) -> None:
        """Its login, and a row in everything it writes."""
        admit_agent(self.database, PASSWORD)
        agent = opened(self.database)
        me = self.life.house.persons[LOGIN] = agent.open_as(LOGIN, PASSWORD)
        now = self.database.clock()
        with self.database.writing(None) as session:
            told = {"key": "mail.recipients", "value": "it@hospital.example", "changed_at": now}
            session.add_all(
                [Setting(**told), Setting(**told | {"key": "mail.host"}), Setting(**told | {"key": "mail.sender"})]
            )
        leasing = leasing_of_this_process(agent, Holder.AGENT)
        lease = leasing.hold(me)
        with leasing.acting(lease) as session:
            compose(session, now, "news", {"name": "a.txt"})
            session.add(
                AgentJob(
                    job="seal",
                    **dict.fromkeys(("ran_at", "due_at"), now),
                    ended=JobEnd.DONE,
                    count=1,
                    late_seconds=0,
                    fence=lease.fence,
                    trouble_zh="",
                    trouble_en="",
                )
            )
            session.add(
                News(file_name="a.txt", content_hash="a", text="x", arrived_at=now, state=NewsState.WAITING, trouble="")
            )
        Sealing(agent).run(leasing, lease)
        agent.close()

    def connect(self, login: str) -> psycopg.Connection:
        url = self.database.url.set(drivername="postgresql", username=self.prefix + login, password=PASSWORD)
        connection = psycopg.connect(url.render_as_string(hide_password=False), autocommit=True)
        connection.add_notice_handler(self.warned.append)
        return connection

    def fingerprint(self) -> str:
        """Of every row of every table, and of every role of the server with what it is a member of."""
        with self.database.reading() as session:
            parts = [
                session.execute(text(f'SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM "{name}" AS t'))
                .scalars()
                .one()
                for name in session.scalars(_TABLES).all()
            ]
            parts += [session.execute(text(f"SELECT md5(string_agg({what}")).scalar_one() for what in _SERVER]
        return "/".join(str(part) for part in parts)

    def succeeds(self, connection: psycopg.Connection, sql: str, me: int, login: str) -> bool:
        """Whether the database did as it was told, and for a question, whether it told anything.

        GRANT and VACUUM by a stranger are no errors: the server warns that it did nothing.
        """
        self.warned.clear()
        said = sql.format(me=me, op=uuid.uuid4().hex, login=self.prefix + login, **self.known)
        try:
            cursor = connection.execute(said.encode())
            touched = cursor.rowcount
            while cursor.nextset():
                touched = cursor.rowcount
            if connection.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
                connection.execute("COMMIT")
        except psycopg.Error:
            if connection.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
                connection.execute("ROLLBACK")
            return False
        finally:
            connection.execute("RESET ALL")
        return touched != 0 and not self.warned


@pytest.fixture(scope="module")
def siege(postgres_dsn, personal_template, module_clock):
    with personal_copy(postgres_dsn, personal_template, module_clock) as database:
        yield Siege(database)


def test_there_are_ten_attacks_and_more_on_each_target():
    counted = Counter(attack.target for attack in ATTACKS)
    assert set(counted) == TARGETS
    assert min(counted.values()) >= 10
    assert len({attack.sql for attack in ATTACKS}) == len(ATTACKS) >= 80


@pytest.mark.parametrize("login", [*(f"{role.value}_x" for role in Role), "pc", LOGIN])
def test_no_attack_succeeds_and_no_row_changes(siege, login):
    before = siege.fingerprint()
    me = siege.life.house.persons.get(login, 0)
    with siege.connect(login) as connection:
        done = [f"{one.target}: {one.sql}" for one in ATTACKS if siege.succeeds(connection, one.sql, me, login)]
    assert done == []
    assert siege.fingerprint() == before
    assert check(siege.database).is_sound


@pytest.mark.parametrize("login", [LOGIN, "recall_coordinator_x", "dept_liaison_x", "it_admin_x", "pc"])
def test_what_the_agent_may_write_is_no_way_around_it(siege, login):
    """Whoever is signed in stands in for the agent, and may do with its rows no more than it does."""
    before = siege.fingerprint()
    me = siege.life.house.persons.get(login, 0)
    allowed = () if login != "it_admin_x" else ("UPDATE setting",)
    with siege.connect(login) as connection:
        tried = [one for one in OF_THE_AGENT if not one.sql.startswith(allowed or "-")]
        assert [one.sql for one in tried if siege.succeeds(connection, one.sql, me, login)] == []
    assert siege.fingerprint() == before


def test_the_agent_reads_what_its_jobs_need_and_no_person_batch_or_patient(siege):
    with siege.connect(LOGIN) as connection:
        readable = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
            "AND has_any_column_privilege(oid, 'SELECT') AND relkind IN ('r', 'v')"
        ).fetchall()
        assert {name for (name,) in readable} == set(AGENT_READS)
        assert connection.execute("SELECT count(*) FROM recall_case").fetchone()[0] > 0


def test_the_siege_notices_what_succeeds(siege):
    """The control: an executive's own work is done, and the rows are others afterwards."""
    before, me = siege.fingerprint(), siege.life.house.persons["executive_x"]
    own = "INSERT INTO setting (key, value, changed_by, changed_at) VALUES ('control', 'x', {me}, now())"
    with siege.connect("executive_x") as connection:
        assert siege.succeeds(connection, own, me, "executive_x")
        assert siege.succeeds(connection, "SELECT shown FROM patient_mark", me, "executive_x")
    assert siege.fingerprint() != before


def test_a_workstation_listens_and_reads_two_views_and_nothing_else(siege):
    with siege.connect("pc") as connection:
        connection.execute("LISTEN recalldesk")
        assert connection.execute("SELECT part FROM scan_verdict").fetchall()
        readable = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
            "AND has_any_column_privilege(oid, 'SELECT') AND relkind IN ('r', 'v') ORDER BY 1"
        ).fetchall()
        assert [name for (name,) in readable] == ["place_alarm", "scan_verdict"]
    url = siege.database.url.set(username=f"{siege.prefix}pc", password=PASSWORD)
    own = WorkstationDatabase(url.render_as_string(hide_password=False), siege.database.clock)
    assert Reader(own).fetch(alarms_at, None) == []
    own.close()


def test_departments_see_their_own_tasks_and_everybody_the_ledger(siege):
    counts = "SELECT (SELECT count(*) FROM movement) > 0, (SELECT count(*) FROM lot_lock) > 0"
    for role in Role:
        with siege.connect(f"{role.value}_x") as connection:
            assert connection.execute(counts).fetchone() == (True, True)
            uses = connection.execute("SELECT count(movement_id) FROM patient_use").fetchone()[0]
        # The use happened in the ICU: its own people see that it did, and those who look after all patients.
        expected = role in {Role.DEPT_LIAISON, Role.DEPT_HEAD, Role.CLINICAL_AFFAIRS}
        assert (role, uses) == (role, int(expected))


def test_a_look_at_patients_says_why_and_is_written_down(siege):
    batch = siege.known["batch"]
    with siege.connect("dept_head_x") as connection:
        found = connection.execute("SELECT visit_no FROM patients_of(%s, %s)", [batch, "召回随访"]).fetchall()
    assert found == [("ZY20261234471",)]
    with siege.database.reading() as session:
        look = session.execute(text("SELECT person_id, batch_id, reason FROM patient_look")).one()
    assert tuple(look) == (siege.life.house.persons["dept_head_x"], batch, "召回随访")


def test_moving_goods_stands_open_to_who_does_it_for_a_living(siege):
    """What the attacks are refused for is not that nothing works: a storekeeper's own issue goes through the wall."""
    with siege.database.reading() as session:
        before = session.execute(text("SELECT count(*) FROM movement")).scalar_one()
    siege.life.house.move(
        MovementKind.ISSUE,
        siege.known["batch"],
        1,
        ("store", StockState.IN_STOCK),
        ("icu", StockState.PAR),
    )
    with siege.database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM movement")).scalar_one() == before + 1
