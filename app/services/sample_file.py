"""An embedded file filled whole or not at all: the work is done in a file beside and taken over in one transaction."""

from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, cast

import pysqlite3.dbapi2 as driver

from app.core.errors import ConflictError
from app.models.database import Database
from app.services.upgrading import upgrade

_sqlite: Any = cast("Any", driver)


@contextmanager
def filled_beside(database: Database) -> Generator[Database]:
    """A new database in a file beside; at the end everything in it stands in ``database``, whose content is replaced.

    Cut off before, what lies beside is removed by the next one. Raises ConflictError where somebody came meanwhile.
    """
    path = cast("Path", database.path)
    beside = path.with_name(path.name + ".filling")
    _remove(beside)
    other = Database(f"sqlite:///{beside.absolute()}", database.clock)
    try:
        upgrade(other)
        yield other
        other.close()
        _take_over(database, beside)
    finally:
        other.close()
        _remove(beside)


def _take_over(database: Database, beside: Path) -> None:
    """SQLite writes all pages of the copy in one transaction of the target."""
    with (
        database.migrating() as engine,
        closing(engine.raw_connection()) as raw,
        closing(_sqlite.connect(str(beside))) as source,
    ):
        target: Any = raw.driver_connection
        if target.execute("SELECT count(*) FROM person").fetchone()[0]:
            raise ConflictError
        source.backup(target, pages=-1)
    database.close()


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm", ".turn"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
