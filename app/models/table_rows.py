"""Whole tables as rows of plain values, in one order and with one digest on both databases."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

import psycopg
from sqlalchemy import Integer, String, Table, collate, select
from sqlalchemy.orm import Session

from app.core.errors import RuleError
from app.models.refusals import OutOfReachError

_AT_ONCE = 2_000
_LARGEST = 2**31 - 1
Value = str | int | bool | bytes | date | datetime | None


class ValueUnfitError(RuleError):
    """PostgreSQL cannot keep the value of ``column`` in row ``row`` of ``table``: too long, too large, or broken."""

    code = "moving.value_unfit"


def rows_of(session: Session, table: Table) -> Iterator[tuple[Value, ...]]:
    """In the order of the primary key, texts by their bytes. Raises ValueUnfitError."""
    keys = [
        collate(column, "C") if isinstance(column.type, String) and not _is_sqlite(session) else column
        for column in table.primary_key.columns
    ]
    columns = list(table.columns)
    read = 0
    try:
        for row in session.execute(select(table).order_by(*keys)).yield_per(_AT_ONCE):
            read += 1
            yield tuple(_plain(value) for value in row)
    except (LookupError, ValueError) as error:
        raise ValueUnfitError(table=table.name, row=read + 1, column=str(error)[:80] or columns[0].name) from error


def fitting(table: Table, row: tuple[Value, ...]) -> tuple[Value, ...]:
    """The row as it came. SQLite minds neither lengths nor sizes, PostgreSQL does: raises ValueUnfitError."""
    for column, value in zip(table.columns, row, strict=True):
        if not _fits(column.type, value):
            raise ValueUnfitError(table=table.name, row=row[0], column=column.name)
    return row


def _fits(kind: Any, value: Value) -> bool:
    if isinstance(value, str):
        return "\0" not in value and len(value) <= _longest(kind)
    if isinstance(kind, Integer) and value is not None:
        return isinstance(value, int) and abs(value) <= _LARGEST
    return True


def _longest(kind: Any) -> int:
    length = getattr(kind, "length", None)
    return length if isinstance(length, int) else 2**30


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _plain(value: Any) -> Value:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return value


def pour(session: Session, table: Table, rows: Iterable[tuple[Value, ...]]) -> None:
    """Into PostgreSQL with COPY, inside the session's transaction. Raises ValueUnfitError or OutOfReachError."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    server: Any = session.connection().connection.driver_connection
    written = 0
    try:
        with server.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as stream:
            for row in rows:
                stream.write_row(row)
                written += 1
    except psycopg.OperationalError as error:
        raise OutOfReachError(reason=str(error)) from error
    except psycopg.Error as error:
        raise ValueUnfitError(table=table.name, row=written, column=str(error).partition("\n")[0][:120]) from error


class Digest:
    """Counts rows and hashes them: SHA-256 over length-prefixed texts, so that no two tables read alike by chance."""

    def __init__(self) -> None:
        self._sum = hashlib.sha256()
        self.rows = 0

    def add(self, row: tuple[Value, ...]) -> None:
        self.rows += 1
        for value in row:
            piece = _bytes(value)
            self._sum.update(b"%d:" % len(piece) + piece if value is not None else b"-")
        self._sum.update(b";")

    @property
    def hex(self) -> str:
        return self._sum.hexdigest()


def _bytes(value: Value) -> bytes:
    if isinstance(value, bytes):
        return value
    if isinstance(value, bool):
        return b"1" if value else b"0"
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds").encode()
    if isinstance(value, date):
        return value.isoformat().encode()
    return str(value).encode()


def digest_of(session: Session, table: Table) -> Digest:
    """Of the whole table as it stands."""
    digest = Digest()
    for row in rows_of(session, table):
        digest.add(row)
    return digest
