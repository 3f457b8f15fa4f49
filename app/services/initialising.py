"""Makes a new installation in an empty database of PostgreSQL, and says before what it would do."""

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.core.errors import RuleError, StorageError
from app.models.database import Database
from app.services.upgrading import newest_revision, upgrade

OLDEST_SERVER = 150000


class NotPostgresError(RuleError):
    """``db init`` and the target of ``db copy`` are for PostgreSQL; an embedded file is made when it is opened."""

    code = "moving.not_postgres"


class AlreadyOursError(RuleError):
    """The database ``name`` is an installation already, of revision ``revision``."""

    code = "moving.already_ours"


class ForeignDatabaseError(RuleError):
    """The database ``name`` has ``tables`` of another program."""

    code = "moving.foreign"


class UnsuitableServerError(StorageError):
    """The server cannot carry an installation; ``reasons`` says why."""

    code = "moving.unsuitable"


@dataclass(frozen=True, slots=True)
class InitPlan:
    """What ``db init`` found and would do."""

    database: str
    server: str
    owner: str
    revision: str


def plan_init(database: Database) -> InitPlan:
    """Looks only. Raises NotPostgresError, AlreadyOursError, ForeignDatabaseError or UnsuitableServerError."""
    if database.is_sqlite:
        raise NotPostgresError(url=str(database.path))
    with database.reading() as session:
        name = str(session.execute(text("SELECT current_database()")).scalar_one())
        _demand_empty(session, name)
        return InitPlan(name, *_suitable(session), newest_revision())


def initialise(database: Database) -> InitPlan:
    """Make tables and wall, all or nothing; raises what ``plan_init`` raises."""
    plan = plan_init(database)
    upgrade(database)
    return plan


def _demand_empty(session: Session, name: str) -> None:
    found = session.execute(
        text(
            "SELECT nspname || '.' || relname FROM pg_catalog.pg_class AS c "
            "JOIN pg_catalog.pg_namespace AS n ON n.oid = relnamespace WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f') "
            "AND nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' ORDER BY 1"
        )
    )
    tables = list(found.scalars())
    if "public.schema_info" in tables and "public.alembic_version" in tables:
        revision = session.execute(text("SELECT version_num FROM public.alembic_version")).scalar()
        raise AlreadyOursError(name=name, revision=revision or "-")
    if tables:
        raise ForeignDatabaseError(name=name, tables=[*tables[:5], "…"] if len(tables) > 5 else tables)


def _suitable(session: Session) -> tuple[str, str]:
    """Version and owner. The owner alone may say who acts (``current_actor``), so it must be who signs in here."""
    version, number, encoding, owner, person, may_create = session.execute(
        text(
            "SELECT current_setting('server_version'), current_setting('server_version_num')::integer, "
            "pg_encoding_to_char(encoding), pg_get_userbyid(datdba), session_user::text, "
            "has_schema_privilege('public', 'CREATE') FROM pg_database WHERE datname = current_database()"
        )
    ).one()
    reasons = [
        *([f"PostgreSQL {version} < {OLDEST_SERVER // 10000}"] if number < OLDEST_SERVER else []),
        *([f"{encoding} ≠ UTF8"] if encoding != "UTF8" else []),
        *([f"{person} ≠ {owner} (owner)"] if person != owner else []),
        *(["CREATE ON SCHEMA public"] if not may_create else []),
    ]
    if reasons:
        raise UnsuitableServerError(reasons=reasons)
    return version, owner
