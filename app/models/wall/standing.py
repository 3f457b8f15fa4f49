"""Compares the wall that stands in a database with the one that was frozen for its revision."""

import re
from contextlib import suppress
from typing import NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from app.core.places import root

SEPARATOR = "\n----\n"
CREATED = re.compile(r"CREATE (TRIGGER|VIEW|FUNCTION|SEQUENCE)\s+\"?(\w+)\"?", re.IGNORECASE)
_TRIGGER = re.compile(
    r"CREATE TRIGGER (\w+) (BEFORE|AFTER) ([A-Z ]+?(?: OF \w+)?) ON (?:public\.)?(\w+)"
    r"( FOR EACH ROW(?: WHEN \(.+\))?)?(?: FOR EACH STATEMENT)? EXECUTE FUNCTION (?:public\.)?(.+)"
)
_SCRATCH = "standing_wall_scratch"


class Piece(NamedTuple):
    """One statement of a wall: ``kind`` is trigger, view, function or sequence."""

    kind: str
    name: str
    sql: str


def frozen_wall(revision: str, dialect: str) -> list[Piece]:
    """The pieces as the migration put them up."""
    text = (root() / "app/models/wall" / f"{revision}_{dialect}.sql").read_text(encoding="utf-8")
    found = ((CREATED.search(statement), statement.strip()) for statement in text.split(SEPARATOR))
    return [Piece(created.group(1).lower(), created.group(2), sql) for created, sql in found if created]


def wall_differences(connection: Connection, revision: str | None) -> list[str]:
    """Names of what is missing, changed, switched off or not ours; a trigger of PostgreSQL as ``name on table``."""
    if revision is None:
        return []
    frozen = frozen_wall(revision, connection.dialect.name)
    if connection.dialect.name == "sqlite":
        return _sqlite_differences(connection, frozen)
    return sorted(
        _function_differences(connection, frozen)
        | _trigger_differences(connection, frozen)
        | _view_differences(connection, frozen)
    )


def _sqlite_differences(connection: Connection, frozen: list[Piece]) -> list[str]:
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')")
    return _unequal({name: _bare(sql) for name, sql in rows}, {piece.name: _bare(piece.sql) for piece in frozen})


def _unequal(standing: dict[str, str], wanted: dict[str, str]) -> list[str]:
    return sorted(name for name in standing.keys() | wanted.keys() if standing.get(name) != wanted.get(name))


def _bare(sql: str) -> str:
    """The statement on one line, without the comment before it, which SQLite does not keep."""
    lines = [line for line in sql.splitlines() if not line.startswith("--")]
    return re.sub(r"\s+", " ", " ".join(lines)).strip()


def _function_differences(connection: Connection, frozen: list[Piece]) -> set[str]:
    """Body, definer's rights and search path; the body is kept by PostgreSQL as it was written."""
    rows = connection.exec_driver_sql(
        "SELECT proname, prosrc, prosecdef, proconfig::text FROM pg_proc "
        "JOIN pg_namespace n ON n.oid = pronamespace WHERE nspname = 'public'"
    )
    standing = {name: f"{body} {definer} {bool(path)}" for name, body, definer, path in rows}
    wanted = {
        piece.name: f"{piece.sql.split('$$')[1]} {'SECURITY DEFINER' in piece.sql} {'SET search_path' in piece.sql}"
        for piece in frozen
        if piece.kind == "function"
    }
    return set(_unequal(standing, wanted))


def _trigger_differences(connection: Connection, frozen: list[Piece]) -> set[str]:
    rows = connection.exec_driver_sql(
        "SELECT pg_get_triggerdef(t.oid), tgenabled FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = tgrelid "
        "JOIN pg_namespace AS n ON n.oid = relnamespace WHERE NOT tgisinternal AND nspname = 'public'"
    )
    standing = {name: f"{sql} {enabled}" for (name, sql), enabled in ((_trigger(sql), state) for sql, state in rows)}
    wanted = {name: f"{sql} A" for name, sql in (_trigger(p.sql) for p in frozen if p.kind == "trigger")}
    rules = connection.exec_driver_sql("SELECT rulename FROM pg_rules WHERE schemaname = 'public'").scalars()
    return set(_unequal(standing, wanted)) | set(rules)


def _trigger(sql: str) -> tuple[str, str]:
    """``name on table`` and what it does, its events in one order."""
    match = _TRIGGER.match(_bare(sql))
    if match is None:
        return _bare(sql), ""
    name, timing, events, table, row, call = match.groups()
    acts = " ".join(sorted(events.split(" OR ")))
    return f"{name} on {table}", f"{timing} {acts}{row or ''} {call}"


def _view_differences(connection: Connection, frozen: list[Piece]) -> set[str]:
    """PostgreSQL rewrites a view's text in its own way, so each frozen view is put up for a moment and read back.

    Who signs in with a login of their own may put up nothing: they see only whether each view is there.
    """
    standing = connection.exec_driver_sql("SELECT viewname, definition FROM pg_views WHERE schemaname = 'public'").all()
    may_put_up = "SELECT has_database_privilege(current_database(), 'TEMP')"
    if not connection.exec_driver_sql(may_put_up).scalar_one():
        return {name for name, _ in standing} ^ {piece.name for piece in frozen if piece.kind == "view"}
    wanted: dict[str, str] = {}
    for piece in frozen:
        if piece.kind == "view":
            wanted[piece.name] = _as_kept(connection, piece)
    return set(_unequal({name: sql for name, sql in standing}, wanted))


def _as_kept(connection: Connection, piece: Piece) -> str:
    sql = CREATED.sub(f"CREATE TEMP VIEW {_SCRATCH}", piece.sql, count=1)
    with suppress(DBAPIError), connection.begin_nested() as savepoint:
        connection.exec_driver_sql(sql.replace("%", "%%"))
        kept = connection.exec_driver_sql(f"SELECT pg_get_viewdef('{_SCRATCH}'::regclass)").scalar_one()
        savepoint.rollback()
        return str(kept)
    return ""  # what it reads from is missing
