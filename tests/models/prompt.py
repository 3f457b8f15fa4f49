"""A SQL prompt on the product's database: what somebody types who goes round every screen and service."""

import re
from contextlib import contextmanager
from typing import Any

import psycopg
import pysqlite3.dbapi2 as sqlite
from psycopg.rows import tuple_row

from app.models.database import Database
from app.models.functions import teach

_WALL = re.compile(r"wall:([a-z_]+)")
_PARAMETER = re.compile(r"(?<!:):([a-z]\w*)")
ERRORS = (sqlite.Error, psycopg.Error)


class Prompt:
    """One connection in the name of ``actor``, with the product's functions; every statement commits by itself.

    Parameters are written ``:name`` on both engines.
    """

    def __init__(
        self, database: Database, actor: int | None = None, *, functions: bool = True, pragmas: str = ""
    ) -> None:
        self.actor = actor
        self.is_sqlite = database.is_sqlite
        if database.is_sqlite:
            self._connection = sqlite.connect(str(database.path), isolation_level=None, timeout=10)
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._connection.execute("PRAGMA recursive_triggers = ON")
            if functions:
                teach(self._connection, database.clock, lambda: self.actor)
            self._connection.executescript(pragmas)
        else:
            url = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
            self._connection = psycopg.connect(url, autocommit=True, row_factory=tuple_row)
            self.act_as(actor)

    def act_as(self, actor: int | None) -> None:
        self.actor = actor
        if not self.is_sqlite:
            self._connection.execute("SELECT set_config('recalldesk.actor', %s, false)", [str(actor or "")])

    def run(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        if self.is_sqlite:
            return self._connection.execute(sql, values).fetchall()
        cursor = self._connection.execute(_PARAMETER.sub(r"%(\1)s", sql.replace("%", "%%")), values)
        return cursor.fetchall() if cursor.description else []

    def script(self, sql: str) -> None:
        """Several statements, without parameters."""
        if self.is_sqlite:
            self._connection.executescript(sql)
        else:
            self._connection.execute(sql)

    def one(self, sql: str, **values: Any) -> Any:
        return self.run(sql, **values)[0][0]

    def refusal(self, sql: str, **values: Any) -> str:
        """Why the statement was refused: the wall's code, or ``constraint``; ``""`` where it was let through."""
        try:
            self.run(sql, **values)
        except ERRORS as error:
            return code_of(error)
        return ""

    @contextmanager
    def transaction(self, mode: str = ""):
        self.run(f"BEGIN {mode}")
        try:
            yield self
        except BaseException:
            self.run("ROLLBACK")
            raise
        self.run("COMMIT")

    def close(self) -> None:
        self._connection.close()


def code_of(error: Exception) -> str:
    found = _WALL.search(str(error))
    if found:
        return found.group(1)
    if isinstance(error, sqlite.IntegrityError | psycopg.IntegrityError):
        return "constraint"
    return f"error: {error}"


TABLES = (
    "movement", "balance", "serial_unit", "batch", "lot_lock", "lock_lift", "signature", "document", "patient_use",
    "person", "person_role", "recall_case", "case_entry", "department_task", "audit_entry", "audit_head", "audit_seal",
    "schema_info",
)  # fmt: skip


def every_row(prompt: Prompt, tables: tuple[str, ...] = TABLES) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the tables that must not change, in the order of their keys."""
    return {
        table: sorted(prompt.run(f'SELECT * FROM "{table}"'), key=lambda row: [str(value) for value in row])
        for table in tables
    }
