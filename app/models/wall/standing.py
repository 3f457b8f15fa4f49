"""Compares the wall that stands in a database with the one that was frozen for its revision."""

import re

from sqlalchemy import Connection

from app.core.places import root

SEPARATOR = "\n----\n"
_CREATED = re.compile(r"CREATE (?:TRIGGER|VIEW|FUNCTION|SEQUENCE)\s+\"?(\w+)\"?", re.IGNORECASE)


def frozen_wall(revision: str, dialect: str) -> dict[str, str]:
    """Name → statement, as the migration put it up."""
    text = (root() / "app/models/wall" / f"{revision}_{dialect}.sql").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for statement in text.split(SEPARATOR):
        created = _CREATED.search(statement)
        if created:
            found[created.group(1)] = statement.strip()
    return found


def wall_differences(connection: Connection, revision: str | None) -> list[str]:
    """Names of what is missing, changed or new; on PostgreSQL names and switched-off triggers only."""
    if revision is None:
        return []
    dialect = connection.dialect.name
    frozen = frozen_wall(revision, dialect)
    if dialect == "sqlite":
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')")
        standing = {name: _bare(sql) for name, sql in rows}
        wanted = {name: _bare(sql) for name, sql in frozen.items()}
        return sorted(name for name in standing.keys() | wanted.keys() if standing.get(name) != wanted.get(name))
    return _postgresql_differences(connection, frozen)


def _bare(sql: str) -> str:
    """SQLite keeps the statement as written, without the comment before it."""
    lines = [line for line in sql.splitlines() if not line.startswith("--")]
    return re.sub(r"\s+", " ", " ".join(lines)).strip()


def _postgresql_differences(connection: Connection, frozen: dict[str, str]) -> list[str]:
    functions = connection.exec_driver_sql(
        "SELECT proname FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace WHERE nspname = 'public'"
    ).scalars()
    views = connection.exec_driver_sql("SELECT viewname FROM pg_views WHERE schemaname = 'public'").scalars()
    triggers = connection.exec_driver_sql("SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal").all()
    off = [name for name, enabled in triggers if enabled != "A"]
    standing = {*functions, *views, *(name for name, _ in triggers), "document_number"}
    return sorted({name for name in frozen if name not in standing} | set(off))
