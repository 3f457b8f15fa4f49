"""Sessions of PostgreSQL that stand in the way of a recall, by accident or on purpose: nothing escapes."""

import threading
import time
import uuid
from contextlib import contextmanager

import psycopg
import pytest
from sqlalchemy import text

from app.core.clock import system_clock
from app.core.errors import AppError
from app.models.database import Database
from app.models.going_first import GRACE, _Watch
from app.models.refusals import BusyError
from app.services.auditing import verify
from app.services.holding import Lot
from app.services.stops import LotOnHoldError
from tests.models.arranging import insert
from tests.services.recall_stage import op, recall_stage
from tests.stock_life import stock_life

SOON = 3.0
POSTING, RUSHING = 0.2, 20
"""Seconds of each posting in a rush, and how many desks take turns."""
ISSUE = insert(
    "movement",
    op_id="%(op)s",
    line_no="1",
    kind="'issue'",
    batch_id="%(batch)s",
    quantity="1",
    source_id="%(store)s",
    source_state="'in_stock'",
    target_id="%(icu)s",
    target_state="'par'",
    document_no="'FF-1'",
    actor_id="%(actor)s",
    acted_at="now()",
    recorded_at="now()",
)


@pytest.fixture
def life(postgres_database):
    life = stock_life(postgres_database)
    life.batch_id = life.house.batch("CVC", "A1", 50)
    return life


class Hostile:
    """A prompt of its own, with the program's own login: whatever a lost or patched workstation could do."""

    def __init__(self, life, isolation=None):
        self.life = life
        dsn = life.database.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self.server = psycopg.connect(dsn)
        if isolation is not None:
            self.server.isolation_level = isolation
        self.run("SELECT set_config('recalldesk.actor', %(actor)s, false)", actor=str(life.house.persons["keeper"]))

    def run(self, statement, **values):
        return self.server.execute(statement, values)

    def issue(self):
        house = self.life.house
        self.run(
            ISSUE,
            op=uuid.uuid4().hex,
            batch=self.life.batch_id,
            store=house.places["store"],
            icu=house.places["icu"],
            actor=house.persons["keeper"],
        )


@contextmanager
def hostile(life, isolation=None):
    session = Hostile(life, isolation)
    yield session
    session.server.close()


def held_in(life):
    """Seconds until the lot was on hold everywhere."""
    started = time.perf_counter()
    assert life.hold("A1", by="coordinator").lock_ids
    took = time.perf_counter() - started
    print(f"\nheld after {took:.2f} s")
    with pytest.raises(LotOnHoldError):
        life.issue("A1", 1)
    return took


def issued(life):
    with life.database.reading() as session:
        return session.execute(text("SELECT count(*) FROM movement WHERE kind = 'issue'")).scalar_one()


def ended(life):
    with life.database.reading() as session:
        return session.execute(text("SELECT state, ended_for FROM ended_session ORDER BY id")).all()


@pytest.mark.parametrize("level", ["REPEATABLE_READ", "SERIALIZABLE", "READ_COMMITTED"])
def test_a_snapshot_from_before_the_recall_issues_nothing_after_it(life, level):
    with hostile(life, psycopg.IsolationLevel[level]) as session:
        session.run("SELECT count(*) FROM lot_lock")
        took = held_in(life)
        with pytest.raises(psycopg.Error) as refused:
            session.issue()

    said = str(refused.value)
    assert "wall:locked" in said if level == "READ_COMMITTED" else "wall:isolation" in said
    assert (took < SOON, issued(life), ended(life)) == (True, 0, [])


def test_a_desk_left_in_the_middle_of_an_issue_is_ended_and_the_issue_never_was(life):
    with hostile(life) as session:
        session.issue()
        took = held_in(life)
        with pytest.raises(psycopg.OperationalError):
            session.run("COMMIT")

    assert took < SOON
    assert issued(life) == 0
    assert ended(life) == [("idle in transaction", life.house.persons["coordinator"])]
    assert verify(life.database).is_intact


def test_a_statement_that_never_ends_is_ended(life):
    with hostile(life) as session:
        session.issue()
        sleeping = threading.Thread(target=_sleep, args=(session,))
        sleeping.start()
        took = held_in(life)
        sleeping.join()

    assert (took < SOON, issued(life), ended(life)[0][0]) == (True, 0, "active")


def _sleep(session):
    with pytest.raises(psycopg.Error):
        session.run("SELECT pg_sleep(60)")


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1 FROM audit_head WHERE person_id = %(coordinator)s FOR UPDATE",
        "SELECT 1 FROM product FOR UPDATE",
        "LOCK TABLE lot_lock IN SHARE MODE",
        "LOCK TABLE audit_entry IN ACCESS EXCLUSIVE MODE",
    ],
)
def test_whatever_row_or_table_is_held_the_recall_is_soon_there(life, statement):
    life.hold("OTHER", by="coordinator")
    with hostile(life) as session:
        session.run(statement, coordinator=life.house.persons["coordinator"])
        assert held_in(life) < SOON
    assert len(ended(life)) == 1


def test_those_who_wait_behind_the_culprit_are_not_ended(life):
    with hostile(life) as session:
        session.issue()
        waiting = threading.Thread(target=_issue_or_be_refused, args=(life,))
        waiting.start()
        assert held_in(life) < SOON
        waiting.join()
    assert len(ended(life)) == 1


def _issue_or_be_refused(life):
    try:
        life.use("A1", 1)
    except AppError:
        return


def test_a_launch_goes_first_too(postgres_database):
    stage = recall_stage(postgres_database)
    case_id = stage.approved()
    stage.batch_id, stage.house, stage.life = 1, stage.hospital, stage
    with hostile(stage) as session:
        session.issue()
        started = time.perf_counter()
        launched = stage.launching.launch(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id)
        assert time.perf_counter() - started < SOON
    assert launched.locks == 2
    assert len(ended(stage)) == 1


def test_advisory_locks_are_nobodys_business(life):
    with hostile(life) as session:
        session.run("SELECT pg_advisory_lock(key) FROM generate_series(0, 2000) AS key")
        session.run("SELECT pg_advisory_xact_lock(771, key) FROM generate_series(0, 200) AS key")
        assert held_in(life) < 1.0
    assert ended(life) == []


def test_two_holds_that_meet_wait_for_one_another(life):
    life.house.product("IVC")
    both = [Lot(life.house.products[product], None) for product in ("CVC", "IVC")]
    desks = [
        threading.Thread(target=lambda by=by: life.holding.hold(actor=life.actor(by), lots=both, reason="test"))
        for by in ("coordinator", "keeper")
    ]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()
    assert ended(life) == []


@contextmanager
def rush(life):
    """Postings of one product that follow each other so closely that somebody always shares its gate."""
    over = threading.Event()
    desks = [threading.Thread(target=_share_the_gate, args=(life, over)) for _ in range(RUSHING)]
    for desk in desks:
        desk.start()
        threading.Event().wait(POSTING / RUSHING)
    yield
    over.set()
    for desk in desks:
        desk.join()


def _share_the_gate(life, over):
    with hostile(life) as session:
        while not over.is_set():
            session.run("SELECT 1 FROM product FOR KEY SHARE")
            session.run("SELECT pg_sleep(%(seconds)s)", seconds=POSTING)
            session.server.commit()


def test_a_rush_of_postings_does_not_starve_a_hold(life):
    with rush(life):
        took = held_in(life)

    assert took < GRACE
    assert ended(life) == []


def test_without_keeping_the_line_the_rush_starves_it(life, monkeypatch):
    """The control. Not even lock_timeout helps: each of the many waits is short."""
    monkeypatch.setattr(_Watch, "run", lambda _watch: None)
    hold = threading.Thread(target=held_in, args=(life,))
    with rush(life):
        hold.start()
        hold.join(SOON)
        assert hold.is_alive()
    hold.join()


def test_without_going_first_a_lost_desk_keeps_a_recall_waiting(life):
    """The control: the sessions above really stand in the way."""
    with hostile(life) as session:
        session.issue()
        desk = Database(life.database.url.render_as_string(hide_password=False), system_clock)
        with pytest.raises(BusyError):
            _take_the_gate(desk, life.house.persons["coordinator"])
        desk.close()


def _take_the_gate(desk, actor):
    with desk.writing(actor) as session:
        session.execute(text("SET LOCAL lock_timeout = '1500ms'"))
        session.execute(text("SELECT 1 FROM product FOR UPDATE"))


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO ended_session (pid, login, address, program, state, opened_at, ended_at) "
        "VALUES (1, 'x', '', '', '', now(), now())",
        "SELECT end_blockers(1, NULL); UPDATE ended_session SET pid = 2; TRUNCATE ended_session",
    ],
)
def test_nobody_writes_of_ended_sessions_by_hand(life, statement):
    with hostile(life) as session, pytest.raises(psycopg.Error, match="wall:append_only"):
        session.run(statement)
