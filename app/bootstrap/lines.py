"""The lines from a workstation to its database: the person's, and on PostgreSQL its own while nobody is signed in."""

from typing import TYPE_CHECKING

from sqlalchemy.engine import URL, make_url

from app.core import settings
from app.core.clock import Clock
from app.core.errors import StorageError

if TYPE_CHECKING:
    from app.models.database import Database
    from app.services.listening import Wire

PREFIX_OF_THE_NAME = "*"
UNPROTECTED = "PostgreSQL · 未加密 NOT ENCRYPTED"


class SharedLoginError(StorageError):
    """The address has a login in it, but everybody here signs in with their own; ``login`` is the one given."""

    code = "connecting.shared_login"


def is_personal(url: str) -> bool:
    """A PostgreSQL whose address names nobody: whoever signs in opens it."""
    parsed = make_url(url)
    return parsed.get_backend_name() == "postgresql" and not parsed.username


def personal_database(url: str, workstation: settings.Workstation, clock: Clock) -> "Database":
    """Closed until somebody signs in. Raises UnsafeConnectionError."""
    from app.models.personal import PersonalDatabase

    address = _with_authority(make_url(url), workstation)
    prefix = workstation.login_prefix
    if prefix == PREFIX_OF_THE_NAME:
        prefix = f"{address.database}."
    return PersonalDatabase(
        address.render_as_string(hide_password=False), clock, prefix=prefix, allows_plain=workstation.trial_without_tls
    )


def demand_nobody_shares(database: "Database") -> None:
    """The owner's login is for installing, migrating and copying.

    Raises SharedLoginError once persons have logins of their own.
    """
    from app.services import logins
    from app.services.upgrading import is_empty

    with database.reading() as session:
        shares = logins.are_kept(session)
    if shares and not is_empty(database):
        raise SharedLoginError(login=database.url.username or "-")


def own_line(database: "Database", workstation: settings.Workstation) -> "Database":
    """What a locked screen reads over: the workstation's own login, else the database as it is."""
    from app.models.personal import PersonalDatabase, WorkstationDatabase

    if not isinstance(database, PersonalDatabase) or not workstation.workstation_login:
        return database
    return WorkstationDatabase(
        _own_address(database, workstation).render_as_string(hide_password=False), database.clock
    )


def wire(database: "Database", own: "Database") -> "Wire":
    """News are heard over the workstation's own login, so that nobody's password is needed for it."""
    from app.services.listening import PostgresWire, wire_of

    return wire_of(database) if own is database else PostgresWire(database, own)


def name_of(database: "Database") -> str:
    """As the status bar says it; a line that anybody could read says so."""
    from app.models.personal import PersonalDatabase

    if isinstance(database, PersonalDatabase) and database.is_unprotected:
        return UNPROTECTED
    return "SQLite" if database.is_sqlite else "PostgreSQL"


def _with_authority(url: URL, workstation: settings.Workstation) -> URL:
    return url.update_query_dict({"sslrootcert": workstation.ca_file}) if workstation.ca_file else url


def _own_address(database: "Database", workstation: settings.Workstation) -> URL:
    """By client certificate: nothing is typed, and no password lies on the PC."""
    prefix = workstation.login_prefix
    if prefix == PREFIX_OF_THE_NAME:
        prefix = f"{database.url.database}."
    url = database.url.set(username=prefix + workstation.workstation_login)
    certificate = {"sslcert": workstation.workstation_cert, "sslkey": workstation.workstation_key}
    return url.update_query_dict({name: value for name, value in certificate.items() if value})
