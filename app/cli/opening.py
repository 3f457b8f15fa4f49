"""The database a command works on."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

from app.cli.terminal import Terminal
from app.core import settings
from app.core.clock import system_clock
from app.core.errors import StorageError
from app.models.database import Database
from app.models.personal import PersonalDatabase
from app.services.logins import AGENT
from app.services.upgrading import demand_sound

PASSWORD_FILE = "RECALLDESK_AGENT_PASSWORD_FILE"  # noqa: S105 a name, not a secret
"""Names a file only the agent may read."""


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
def agents_database(terminal: Terminal) -> Generator[Database]:
    """As the agent opens it: over its own login where the address names it, with the password from its file.

    Without a password in the file, in the address or at all (a certificate answers) it is for the server to decide.
    Raises what ``sound_database`` and ``PersonalDatabase.open_as`` raise.
    """
    workstation = settings.load(settings.settings_path())
    url = make_url(settings.database_url(workstation, terminal.database))
    prefix, named, more = (url.username or "").rpartition(AGENT)
    if not named or more or url.get_backend_name() != "postgresql":
        with sound_database(terminal) as database:
            yield database
        return
    plain = url.set(username=None, password=None).render_as_string(hide_password=False)
    own = PersonalDatabase(plain, system_clock, prefix=prefix, allows_plain=workstation.trial_without_tls)
    try:
        own.open_as(AGENT, _password() or url.password or "")
        demand_sound(own)
        yield own
    finally:
        own.close()


def _password() -> str:
    path = os.environ.get(PASSWORD_FILE, "")
    return Path(path).read_text(encoding="utf-8").strip() if path else ""


@contextmanager
def sound_database(terminal: Terminal) -> Generator[Database]:
    """In the newest shape, its wall standing; raises OutdatedError or WallChangedError."""
    with raw_database(terminal) as database:
        demand_sound(database)
        yield database
