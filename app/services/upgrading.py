"""Brings a database to the newest shape, and says what shape it has."""

from dataclasses import dataclass

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from app.core.errors import StorageError
from app.core.places import migrations
from app.models.database import Database
from app.models.wall.standing import wall_differences


class OutdatedError(StorageError):
    """The database has another shape than this program; values ``found`` and ``expected``."""

    code = "outdated"


@dataclass(frozen=True, slots=True)
class SchemaReport:
    """The revision found, the newest known, and what of the wall is missing or changed, by name."""

    found: str | None
    newest: str
    differences: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        return self.found == self.newest and not self.differences


def script_config(connection: Connection | None = None) -> Config:
    """Alembic without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(migrations()))
    config.set_main_option("prepend_sys_path", str(migrations()))
    config.set_main_option("path_separator", "os")
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def newest_revision() -> str:
    """The revision this program was written for."""
    head = ScriptDirectory.from_config(script_config()).get_current_head()
    return head or ""


def upgrade(database: Database, revision: str = "head") -> None:
    """Migrate, all or nothing; a database that is already there is left alone."""
    with database.migrating() as engine, engine.connect() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        command.upgrade(script_config(connection), revision)
        connection.commit()
        if database.is_sqlite:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys = ON")
            connection.exec_driver_sql("BEGIN")


def downgrade(database: Database, revision: str) -> None:
    """Only for tests and for a restore plan: steps that lose data are never taken in production."""
    with database.migrating() as engine, engine.connect() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        command.downgrade(script_config(connection), revision)
        connection.commit()


def check(database: Database) -> SchemaReport:
    """What shape the database has; reads only."""
    with database.at_one_moment() as session:
        connection = session.connection()
        found = MigrationContext.configure(connection).get_current_revision()
        newest = newest_revision()
        differences = wall_differences(connection, found) if found == newest else ()
        return SchemaReport(found, newest, tuple(differences))


def demand_sound(database: Database) -> None:
    """Raises OutdatedError or WallChangedError where the program must not write."""
    report = check(database)
    if report.found != report.newest:
        raise OutdatedError(found=report.found or "-", expected=report.newest, reason="")
    if report.differences:
        raise WallChangedError(names=list(report.differences), reason="")


class WallChangedError(StorageError):
    """Triggers or views of the wall are missing or changed; ``names`` lists them."""

    code = "wall_changed"


def is_empty(database: Database) -> bool:
    """Whether nobody could sign in yet."""
    with database.reading() as session:
        return session.execute(text("SELECT count(*) FROM person")).scalar_one() == 0
