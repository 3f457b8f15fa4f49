"""An installation moves from its file to PostgreSQL: whole, proved, or not at all."""

import hashlib
import os
import signal
import subprocess
import sys
import uuid

import pytest
from sqlalchemy import text

from app.cli.terminal import DONE, ENVIRONMENT, REFUSED
from app.core.clock import system_clock
from app.core.statuses.stock import MovementKind, StockState
from app.models.database import Database
from app.models.everything import METADATA
from app.models.table_rows import ValueUnfitError
from app.services.auditing import seal, verify
from app.services.copying import SourceBrokenError, SourceKindError, TargetFilledError, copy_installation
from app.services.initialising import (
    AlreadyOursError,
    ForeignDatabaseError,
    NotPostgresError,
    UnsuitableServerError,
    initialise,
    plan_init,
)
from app.services.sample_data import SampleDataService
from app.services.upgrading import WallChangedError, check
from tests.builders import Hospital
from tests.cli.test_main import Answer
from tests.databases import _named, _server
from tests.stock_life import stock_life
from tests.tampering import tamper

SAID = []


@pytest.fixture
def empty(postgres_dsn):
    """A database with nothing in it."""
    name = f"rd_{uuid.uuid4().hex[:12]}"
    _server(postgres_dsn, f"CREATE DATABASE {name}")
    database = Database(_named(postgres_dsn, name), system_clock)
    yield database
    database.close()
    _server(postgres_dsn, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def life(sqlite_database):
    life = stock_life(sqlite_database)
    life.batch_id = life.house.batch("CVC", "A1", 50)
    life.issue("A1", 20)
    life.use("A1", 2, visit_no="ZY1")
    life.hold("A1")
    seal(sqlite_database)
    return life


def url_of(database):
    return database.url.render_as_string(hide_password=False)


def count(database, table):
    with database.reading() as session:
        return session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()


def file_hash(database):
    """Of everything that was written, wherever it lies."""
    names = [database.path, database.path.with_name(database.path.name + "-wal")]
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in names if path.exists()]


def copy(source, target):
    return copy_installation(source, target, SAID.append)


def test_everything_is_copied_and_equal_and_the_source_is_untouched(life, postgres_database):
    before = file_hash(life.database)

    report = copy(life.database, postgres_database)

    assert file_hash(life.database) == before
    assert {table.name for table in report.tables} == set(METADATA.tables) - {"schema_info"}
    counts = {table.name: table.rows for table in report.tables}
    assert counts == {name: count(life.database, name) for name in counts}
    assert counts["audit_entry"] + 1 == count(postgres_database, "audit_entry"), "the copy itself is audited"
    assert (report.refused_attacks, report.verified.is_intact, report.verified.seals) == (3, True, 1)


def test_the_chain_verifies_on_the_other_engine_and_goes_on(life, postgres_database):
    copy(life.database, postgres_database)
    moved = Hospital(postgres_database, **{name: getattr(life.house, name) for name in NAMES})
    held = verify(postgres_database).entries

    moved.batch("CVC", "B2", 30)
    moved.move(MovementKind.ISSUE, 2, 5, ("store", StockState.IN_STOCK), ("icu", StockState.PAR))
    seal(postgres_database)

    found = verify(postgres_database)
    assert found.is_intact, found.mismatches
    assert (found.entries > held, found.seals) == (True, 2)
    assert check(postgres_database).is_sound


NAMES = ("persons", "places", "products", "suppliers")


def test_a_lie_is_still_found_after_the_move(life, postgres_database):
    copy(life.database, postgres_database)

    tamper(postgres_database, "UPDATE movement SET quantity = 9 WHERE kind = 'issue'")

    assert {one.table for one in verify(postgres_database).mismatches} == {"movement", "balance"}


def test_the_move_is_written_down_and_loading_is_over(life, postgres_database):
    copy(life.database, postgres_database)

    with postgres_database.reading() as session:
        loading, loaded_by = session.execute(text("SELECT loading, loaded_by FROM schema_info")).one()
    assert not loading
    assert loaded_by == f"copied from {life.database.path}"[-200:]


def test_the_sample_hospital_moves(sqlite_database, postgres_database):
    SampleDataService(sqlite_database).fill()

    report = copy(sqlite_database, postgres_database)

    assert report.rows > 5_000
    assert report.verified.is_intact


def test_a_filled_target_is_refused_and_a_second_copy_with_it(life, postgres_database):
    copy(life.database, postgres_database)
    with pytest.raises(TargetFilledError):
        copy(life.database, postgres_database)


def test_only_a_sound_file_moves_only_to_a_sound_server(life, postgres_database, empty, tmp_path):
    with pytest.raises(NotPostgresError):
        copy(life.database, life.database)
    with pytest.raises(SourceKindError):
        copy(postgres_database, postgres_database)
    tamper(postgres_database, "DROP TRIGGER movement_wall ON movement")
    with pytest.raises(WallChangedError):
        copy(life.database, postgres_database)


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("UPDATE movement SET quantity = 9 WHERE kind = 'issue'", SourceBrokenError),
        ("UPDATE patient_use SET visit_no = 'Z' || char(0)", ValueUnfitError),
        (f"UPDATE patient_use SET visit_no = '{'Z' * 65}'", ValueUnfitError),
        ("UPDATE patient_use SET used_at = 'yesterday'", SourceBrokenError),
    ],
)
def test_what_does_not_fit_is_named_and_nothing_is_kept(life, postgres_database, statement, error):
    tamper(life.database, statement)
    with pytest.raises(error):
        copy(life.database, postgres_database)
    assert [name for name in METADATA.tables if name != "schema_info" and count(postgres_database, name)] == []
    assert check(postgres_database).is_sound


def test_a_killed_copy_leaves_the_target_empty_and_the_source_whole(life, postgres_database):
    before = file_hash(life.database)
    command = [sys.executable, "-u", "-c", "import sys; from app.cli.main import run; sys.exit(run(sys.argv[1:]))"]
    asked = ["--language", "en", "db", "copy", "--from", url_of(life.database), "--to", url_of(postgres_database)]
    with subprocess.Popen([*command, *asked], stdout=subprocess.PIPE, text=True) as client:
        for line in client.stdout:
            if "movement:" in line:
                break
        os.kill(client.pid, signal.SIGKILL)

    assert [name for name in METADATA.tables if name != "schema_info" and count(postgres_database, name)] == []
    assert file_hash(life.database) == before
    assert copy(life.database, postgres_database).verified.is_intact


def test_numbers_go_on_after_the_last(life, postgres_database):
    with life.database.reading() as session:
        last = session.execute(text("SELECT max(last) FROM number_series")).scalar_one()
    copy(life.database, postgres_database)
    with postgres_database.writing(None) as session:
        assert session.execute(text("SELECT nextval('document_number')")).scalar_one() == last + 1


# ---- db init -----------------------------------------------------------------------------------


def test_an_empty_database_is_made_ready(empty):
    plan = plan_init(empty)
    assert count(empty, "pg_class WHERE relname = 'movement'") == 0

    assert initialise(empty) == plan
    assert check(empty).is_sound
    with pytest.raises(AlreadyOursError):
        plan_init(empty)


def test_a_foreign_database_is_refused_and_untouched(empty):
    with empty.migrating() as engine, engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE visits (id integer)")

    with pytest.raises(ForeignDatabaseError) as refused:
        initialise(empty)

    assert refused.value.values["tables"] == ["public.visits"]
    assert count(empty, "pg_class WHERE relname = 'movement'") == 0


def test_a_login_that_does_not_own_the_database_is_refused(empty, postgres_dsn):
    name = f"clerk_{uuid.uuid4().hex[:8]}"
    _server(postgres_dsn, f"CREATE ROLE {name} LOGIN PASSWORD 'x'")
    clerk = Database(empty.url.set(username=name, password="x").render_as_string(hide_password=False), system_clock)
    with pytest.raises(UnsuitableServerError):
        plan_init(clerk)
    clerk.close()
    _server(postgres_dsn, f"DROP ROLE {name}")


def test_a_file_is_not_for_init(sqlite_database):
    with pytest.raises(NotPostgresError):
        plan_init(sqlite_database)


# ---- the terminal --------------------------------------------------------------------------------


def test_the_terminal_says_each_step_and_its_exit_codes(life, empty, tmp_path):
    to = url_of(empty)
    asked = ("db", "copy", "--from", url_of(life.database), "--to", to)
    checked = Answer("db", "init", "--check", database=to)
    outdated = Answer(*asked)
    made = Answer("db", "init", database=to, language="zh")
    again = Answer("db", "init", database=to)
    copied = Answer(*asked)
    twice = Answer(*asked, "--json")

    assert (checked.code, outdated.code, made.code, again.code) == (DONE, ENVIRONMENT, DONE, REFUSED)
    assert "nothing was done" in checked.out.getvalue()
    assert "已就绪" in made.out.getvalue()
    assert "already" in again.err.getvalue()
    assert (copied.code, twice.code) == (DONE, REFUSED)
    assert "untouched" in copied.lines[-1]
    assert len(copied.lines) == len(METADATA.tables) - 1 + 2
    missing = Answer("db", "copy", "--from", f"sqlite:///{tmp_path / 'no.db'}", "--to", to)
    assert missing.code == ENVIRONMENT
