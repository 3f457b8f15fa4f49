"""Makes the roles of the server for an installation on PostgreSQL: an owner that nobody is, groups, and their rights.

Run after every migration: what exists stays, and the rights are what ``app.models.wall.grants`` says now.
"""

from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.core.errors import RuleError
from app.core.permissions import Role
from app.models.database import Database
from app.models.persons import Person
from app.models.wall.roles_sql import OWNER, closing, group, groups, opening, taking_back
from app.services import logins
from app.services.agent.service_person import NobodyYetError
from app.services.initialising import UnsuitableServerError
from app.services.passwords import demand_fit
from app.services.upgrading import is_empty

LONGEST_NAME = 32
"""Bytes of a database's name that leave room for those of a person's login (63 together)."""
_LENT = ("pg_signal_backend", "pg_read_all_stats")
"""What the owner's functions need of the server: to end who stands in a recall's way or has left."""
_MEMBERS = text(
    "SELECT format('%s %I.%I', CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, "
    "nspname, relname) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace "
    "WHERE nspname = 'public' AND relkind IN ('r', 'v', 'S') AND NOT EXISTS (SELECT 1 FROM pg_depend "
    "WHERE objid = c.oid AND deptype IN ('a', 'i') AND relkind = 'S') "
    "UNION ALL SELECT 'FUNCTION ' || p.oid::regprocedure FROM pg_proc AS p "
    "JOIN pg_namespace AS n ON n.oid = pronamespace WHERE nspname = 'public'"
)


def establish(database: Database, *, prefix: str | None = None) -> str:
    """All or nothing; returns the installation's name, which its groups on the server begin with.

    ``prefix`` stands before each person's login on the server: None keeps what stands, at first the installation's name
    and a dot, so that two installations do not meet. Empty where a directory knows the persons by their own logins.
    Raises UnsuitableServerError.
    """
    try:
        with database.writing(None) as session:
            return _establish(session, prefix)
    except DBAPIError as error:
        raise UnsuitableServerError(reasons=[str(error.orig).splitlines()[0]]) from error


def _establish(session: Session, prefix: str | None) -> str:
    name, standing, stood = session.execute(
        text("SELECT current_database()::text, installation, login_prefix FROM schema_info")
    ).one()
    installation = standing or name
    _demand_usable(installation)
    kept = stood if standing else f"{installation}."
    _say_so(session, installation, kept if prefix is None else prefix)
    _make_roles(session, installation)
    _hand_over(session, installation)
    views = list(session.scalars(text("SELECT viewname FROM pg_views WHERE schemaname = 'public' ORDER BY 1")))
    for statement in (*closing(name), *taking_back(installation), *opening(installation, name, views)):
        _run(session, statement)
    return installation


def _say_so(session: Session, installation: str, prefix: str) -> None:
    """Of a database without persons no word in the trail: an installation may yet be copied into it with its own."""
    is_empty = session.scalar(select(Person.id).limit(1)) is None
    if is_empty:
        _run(session, "ALTER TABLE schema_info DISABLE TRIGGER audit_row")
    session.execute(
        text("UPDATE schema_info SET installation = :name, login_prefix = :prefix"),
        {"name": installation, "prefix": prefix},
    )
    if is_empty:
        _run(session, "ALTER TABLE schema_info ENABLE ALWAYS TRIGGER audit_row")


def _run(session: Session, statement: str) -> None:
    session.connection().exec_driver_sql(statement.replace("%", "%%"))


def _demand_usable(installation: str) -> None:
    if len(installation.encode()) > LONGEST_NAME or set(installation) & set(".:\"'%"):
        raise UnsuitableServerError(reasons=[f"{installation}: . : \" ' % / > {LONGEST_NAME}"])


def _make_roles(session: Session, installation: str) -> None:
    """The owner makes the groups, so that on PostgreSQL 16 and newer it may hand them out."""
    owner = group(installation, OWNER)
    found = set(session.scalars(text("SELECT quote_ident(rolname) FROM pg_roles")))
    if owner not in found:
        _run(session, f"CREATE ROLE {owner} NOLOGIN CREATEROLE")
    if not session.scalar(text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")):
        _run(session, f"GRANT {owner} TO CURRENT_USER")
    for lent in _LENT:
        _run(session, f"GRANT {lent} TO {owner}")
    _run(session, f"SET LOCAL ROLE {owner}")
    for named in groups(installation):
        if named not in found:
            _run(session, f"CREATE ROLE {named} NOLOGIN")
    _run(session, "RESET ROLE")


def _hand_over(session: Session, installation: str) -> None:
    """Every table, view, sequence and function belongs to the owner; the database stays with who made it."""
    owner = group(installation, OWNER)
    _run(session, f"GRANT USAGE, CREATE ON SCHEMA public TO {owner}")
    for member in list(session.scalars(_MEMBERS)):
        _run(session, f"ALTER {member} OWNER TO {owner}")


class NoLoginsError(RuleError):
    """Nobody has a login of their own here: the embedded file, or a database whose roles were never made."""

    code = "connecting.no_logins"


def admit(database: Database, *, login: str, name: str, password: str) -> bool:
    """By the installer: a new security administrator, or a new password for a person who is there already.

    Returns whether the person is new. Raises NoLoginsError and what ``demand_fit`` raises.
    """
    with database.reading() as session:
        if not logins.are_kept(session):
            raise NoLoginsError
    demand_fit(password, login=login, names=(name,))
    with database.writing(None) as session:
        person_id = session.scalar(select(Person.id).where(Person.login == login))
        if person_id is not None:
            logins.reset(session, person_id, login, password)
            return False
        person = Person(login=login, name_zh=name or login, name_en=name or login)
        logins.add(session, person, password, {Role.SECURITY_ADMIN: ""})
        return True


def admit_agent(database: Database, password: str) -> None:
    """By the installer: the agent's own login, or a new password for it; none where a certificate answers for it.

    Raises NoLoginsError, NobodyYetError and what ``demand_fit`` raises.
    """
    with database.reading() as session:
        if not logins.are_kept(session):
            raise NoLoginsError
    if is_empty(database):
        raise NobodyYetError
    if password:
        demand_fit(password, login=logins.AGENT, names=())
    with database.writing(None) as session:
        logins.admit_agent(session, password)
