"""Statements that are asked thousands of times a day, spoken to the driver itself.

SQLAlchemy compiles each of them once and then costs more than the answer: of 2.9 ms that a workstation's processor gave
to one issue, 1.9 went there. ``Direct`` keeps the compiled text and the types' own conversions, and nothing else; what
goes wrong is raised as SQLAlchemy would. PostgreSQL gets several questions in one journey (``together``).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ClauseElement

from app.models.journey import Statement, forget, one_journey

Rows = list[tuple[Any, ...]]
_Conversion = Callable[[Any], Any] | None
_ARRIVAL, _PARTING = "arrival", "parting"


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
    arriving = session.info.pop(_ARRIVAL, ())
    if questions or arriving:
        _ask(session.connection(), (*arriving, *questions), and_commit=and_commit)


def _ask(connection: Connection, questions: Sequence[Question], *, and_commit: bool = False) -> None:
    driver: Any = connection.connection.driver_connection
    prepared = [question.direct.prepared_for(connection.dialect) for question in questions]
    spoken = [one.spoken(question.values) for one, question in zip(prepared, questions, strict=True)]
    try:
        if connection.dialect.name == "postgresql":
            told = one_journey(driver, spoken, and_commit=and_commit)
        else:
            told = [
                _read(driver.execute(*one), tells=one_of.tells) for one, one_of in zip(spoken, prepared, strict=True)
            ]
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_sqlalchemy_says(connection, error, spoken[0][0]) from error
    for question, one, rows in zip(questions, prepared, told, strict=True):
        question.rows = one.told(rows)


def on_arrival(session: Session, *questions: Question) -> None:
    """Ask before anything else of the transaction, on PostgreSQL in the journey of what is asked first.

    A transaction in which nothing is asked asks them neither.
    """
    session.info.setdefault(_ARRIVAL, []).extend(questions)


@event.listens_for(Session, "after_begin")
def _arrive(session: Session, _transaction: object, connection: Connection) -> None:
    """What the session itself asks first comes after the questions on arrival too."""
    questions = session.info.pop(_ARRIVAL, ())
    if questions:
        _ask(connection, questions)


_ROWS = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


@event.listens_for(Engine, "after_cursor_execute")
def _told_to_do(connection: Connection, _cursor: object, statement: str, *_more: object) -> None:
    """psycopg lets go of what a connection kept prepared where a statement changes more than rows, as one that rolls
    back or alters a table does.
    """
    if not statement.startswith(_ROWS):
        _rolled_back(connection)


@event.listens_for(Engine, "rollback")
@event.listens_for(Engine, "rollback_savepoint")
def _rolled_back(connection: Connection, *_savepoint: object) -> None:
    if connection.dialect.name == "postgresql" and not connection.invalidated:
        forget(connection.connection.driver_connection)


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


def _read(cursor: Any, *, tells: bool) -> Rows:
    """To its end before the next is asked: SQLite compiles a statement anew whose last rows nobody fetched."""
    return cursor.fetchall() if tells else []


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
    tells: bool
    texts: dict[tuple[int, ...], "_Text"] = field(default_factory=dict[tuple[int, ...], "_Text"])

    @classmethod
    def of(cls, statement: ClauseElement, keys: Sequence[str] | None, dialect: Dialect) -> "_Prepared":
        named: Dialect = cast("Any", type(dialect))(
            paramstyle="named" if dialect.name == "sqlite" else "numeric_dollar"
        )
        compiled: Any = statement.compile(dialect=named, column_keys=keys)
        binds = {name: bind for bind, name in compiled.bind_names.items()}
        kinds = {name: bind.type.dialect_impl(named).bind_processor(named) for name, bind in binds.items()}
        used = {name: process for name, process in kinds.items() if process}
        fixed = {name: bind.effective_value for name, bind in binds.items() if not bind.required}
        lists = tuple(name for name, bind in binds.items() if bind.expanding)
        told: Any = getattr(statement, "exported_columns", ())
        columns = [column.type.dialect_impl(named).result_processor(named, None) for column in told]
        tells = not compiled.isinsert or bool(compiled.effective_returning)
        prepared = cls(compiled, {}, used, columns if any(columns) else [], lists, tells)
        prepared.fixed = prepared.converted(fixed)
        return prepared

    def spoken(self, values: Mapping[str, Any]) -> Statement:
        """Text and values for the driver: by name for SQLite, by number for PostgreSQL."""
        given = {**self.fixed, **self.converted(values)}
        text, order, parts = self._text_for(given)
        for name, names in parts.items():
            given |= zip(names, given.pop(name), strict=True)
        return text, [given[name] for name in order] if order is not None else given

    def converted(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values as the driver takes them."""
        given = dict(values)
        for name, process in self.binds.items():
            if name in values:
                value = values[name]
                given[name] = [process(one) for one in value] if name in self.lists else process(value)
        return given

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
            parts = {name: state.parameter_expansion[name] for name in self.lists}
            found = self.texts[lengths] = _Text(state.statement, state.positiontup, parts)
        return found


class _Text(NamedTuple):
    """What the driver is told, the order of its values where they go by number, and the names of each list's parts."""

    text: str
    order: Sequence[str] | None
    parts: Mapping[str, Sequence[str]]
