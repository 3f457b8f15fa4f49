"""Statements that are asked thousands of times a day, spoken to the driver itself.

SQLAlchemy compiles each of them once and then costs more than the answer: of 2.9 ms that a workstation's processor gave
to one issue, 1.9 went there. ``Direct`` keeps the compiled text and the types' own conversions, and nothing else; what
goes wrong is raised as SQLAlchemy would. PostgreSQL gets several questions in one journey (``together``).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import psycopg
from sqlalchemy import Connection
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ClauseElement

Rows = list[tuple[Any, ...]]
_Conversion = Callable[[Any], Any] | None
_PARTING = "parting"


class Direct:
    """One statement; ``keys`` are the columns that an INSERT is given values for.

    A parameter that is ``expanding`` takes a list. Rows come as plain tuples in the types of the statement's columns.
    """

    def __init__(self, statement: ClauseElement, keys: Sequence[str] | None = None) -> None:
        self._statement, self._keys = statement, keys
        self._prepared: dict[str, _Prepared] = {}

    def asking(self, **values: Any) -> "Question":
        """The statement with its values, to be asked ``together`` with others."""
        return Question(self, values)

    def rows(self, session: Session, **values: Any) -> Rows:
        """Ask now; raises what SQLAlchemy raises."""
        question = Question(self, values)
        together(session, question)
        return question.rows

    def prepared_for(self, dialect: Dialect) -> "_Prepared":
        """The text and the conversions for one kind of database, made once."""
        found = self._prepared.get(dialect.name)
        if found is None:
            found = self._prepared[dialect.name] = _Prepared.of(self._statement, self._keys, dialect)
        return found


@dataclass(slots=True)
class Question:
    """A statement with its values; ``rows`` stands once it was asked, empty where the statement tells none."""

    direct: Direct
    values: Mapping[str, Any]
    rows: Rows = field(default_factory=list[tuple[Any, ...]])


def together(session: Session, *questions: Question, and_commit: bool = False) -> None:
    """Ask in order, inside the session's transaction, on PostgreSQL in one journey; each sees what those before did."""
    if not questions:
        return
    connection = session.connection()
    driver: Any = connection.connection.driver_connection
    prepared = [question.direct.prepared_for(connection.dialect) for question in questions]
    spoken = [one.spoken(question.values) for one, question in zip(prepared, questions, strict=True)]
    is_one_journey = connection.dialect.name == "postgresql" and len(spoken) + and_commit > 1
    try:
        told = _in_one_journey(driver, spoken, and_commit=and_commit) if is_one_journey else _one_by_one(driver, spoken)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_sqlalchemy_says(connection, error, spoken[0][0]) from error
    for question, one, rows in zip(questions, prepared, told, strict=True):
        question.rows = one.told(rows)


def at_parting(session: Session, *questions: Question) -> None:
    """Ask when all else of the transaction is done, on PostgreSQL in the journey that commits it.

    What they lock is then held for no journey at all. Their errors leave ``Database.writing``, not this function.
    """
    session.info.setdefault(_PARTING, []).extend(questions)


def part(session: Session) -> None:
    """Ask what was kept for the parting; on PostgreSQL the transaction is committed with it."""
    questions = session.info.pop(_PARTING, ())
    if questions:
        session.flush()
        together(session, *questions, and_commit=True)


def _one_by_one(driver: Any, spoken: Sequence["_Spoken"]) -> list[Rows]:
    """Each read to its end before the next: SQLite compiles a statement anew whose last rows nobody fetched."""
    return [_read(driver.execute(text, values)) for text, values in spoken]


def _in_one_journey(driver: Any, spoken: Sequence["_Spoken"], *, and_commit: bool) -> list[Rows]:
    first: psycopg.Error | None = None
    cursors: list[Any] = []
    try:
        with driver.pipeline():
            try:
                cursors = [driver.execute(text, values) for text, values in spoken]
                if and_commit:
                    driver.execute("COMMIT")  # as a statement: the server passes over it where one before it failed
            except psycopg.Error as error:  # what follows in the pipeline is passed over, and says no more than that
                first = error
    except psycopg.Error as error:
        raise first or error from None
    if first is not None:
        raise first
    return [_read(cursor) for cursor in cursors]


def _read(cursor: Any) -> Rows:
    return cursor.fetchall() if cursor.description else []


def _as_sqlalchemy_says(connection: Connection, error: Exception, text: str) -> BaseException:
    """The same exception that ``Connection.execute`` raises; a connection that broke goes out of the pool."""
    dialect = connection.dialect
    is_gone = dialect.is_disconnect(cast("Any", error), connection.connection.dbapi_connection, None)
    if is_gone:
        connection.invalidate(error)
    return DBAPIError.instance(
        text, None, error, dialect.loaded_dbapi.Error, connection_invalidated=is_gone, dialect=dialect
    )


@dataclass(slots=True)
class _Prepared:
    compiled: SQLCompiler
    fixed: dict[str, Any]
    binds: dict[str, Callable[[Any], Any]]
    columns: list[_Conversion]
    lists: tuple[str, ...]
    texts: dict[tuple[int, ...], "_Text"] = field(default_factory=dict[tuple[int, ...], "_Text"])

    @classmethod
    def of(cls, statement: ClauseElement, keys: Sequence[str] | None, dialect: Dialect) -> "_Prepared":
        named: Dialect = cast("Any", type(dialect))(paramstyle="named" if dialect.name == "sqlite" else "pyformat")
        compiled: Any = statement.compile(dialect=named, column_keys=keys)
        binds = {name: bind for bind, name in compiled.bind_names.items()}
        kinds = {name: bind.type.dialect_impl(named).bind_processor(named) for name, bind in binds.items()}
        used = {name: process for name, process in kinds.items() if process}
        fixed = {name: bind.effective_value for name, bind in binds.items() if not bind.required}
        fixed = {name: used[name](value) if name in used else value for name, value in fixed.items()}
        lists = tuple(name for name, bind in binds.items() if bind.expanding)
        told: Any = getattr(statement, "exported_columns", ())
        columns = [column.type.dialect_impl(named).result_processor(named, None) for column in told]
        return cls(compiled, fixed, used, columns if any(columns) else [], lists)

    def spoken(self, values: Mapping[str, Any]) -> "_Spoken":
        """Text and parameters for the driver."""
        given = {**self.fixed, **values}
        for name, process in self.binds.items():
            if name in values:
                value = values[name]
                given[name] = [process(one) for one in value] if name in self.lists else process(value)
        if not self.lists:
            return self.compiled.string, given
        text, parts = self._text_for(given)
        for name, names in parts.items():
            given |= zip(names, given.pop(name), strict=True)
        return text, given

    def told(self, rows: Rows) -> Rows:
        """The rows in the types of the columns."""
        if not self.columns:
            return rows
        return [
            tuple(convert(value) if convert else value for convert, value in zip(self.columns, row, strict=True))
            for row in rows
        ]

    def _text_for(self, values: Mapping[str, Any]) -> "_Text":
        """Lists of the same lengths have the same text, so that the server keeps its plan."""
        lengths = tuple(len(values[name]) for name in self.lists)
        found = self.texts.get(lengths)
        if found is None:
            state = self.compiled.construct_expanded_state(dict(values))
            found = state.statement, {name: state.parameter_expansion[name] for name in self.lists}
            self.texts[lengths] = found
        return found


_Spoken = tuple[str, dict[str, Any]]
_Text = tuple[str, Mapping[str, Sequence[str]]]
