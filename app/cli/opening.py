"""The database a command works on."""

from collections.abc import Generator
from contextlib import contextmanager

from app.cli.terminal import Terminal
from app.core import settings
from app.core.clock import system_clock
from app.core.errors import StorageError
from app.models.database import Database
from app.services.upgrading import demand_sound


class NoDatabaseError(StorageError):
    """There is no file at ``path``; to look at it would leave an empty one behind."""

    code = "no_database"


@contextmanager
def raw_database(terminal: Terminal, *, may_create: bool = False) -> Generator[Database]:
    """In whatever shape it is; closed at the end. Raises NoDatabaseError unless it ``may_create`` the file."""
    url = settings.database_url(settings.load(settings.settings_path()), terminal.database)
    database = Database(url, system_clock)
    if database.path is not None and not database.path.exists() and not may_create:
        raise NoDatabaseError(path=str(database.path))
    try:
        yield database
    finally:
        database.close()


@contextmanager
def sound_database(terminal: Terminal) -> Generator[Database]:
    """In the newest shape, its wall standing; raises OutdatedError or WallChangedError."""
    with raw_database(terminal) as database:
        demand_sound(database)
        yield database
