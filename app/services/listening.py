"""What other workstations have committed, as topics: heard over a connection to PostgreSQL, seen in a SQLite file.

A notice is only a hint: whoever hears it reads the rows. Locks, recalls and tasks notify in their transaction (the
wall's triggers); postings do not: who wrote tells it afterwards (``tell``), and of all workstations together only every
half second one does, since each notice wakes every listener.
"""

import random
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import psycopg
import pysqlite3.dbapi2
from sqlalchemy import text

from app.core.changes import Changes, Topic
from app.models.connecting import trouble
from app.models.database import Database
from app.models.direct import Direct
from app.models.refusals import OutOfReachError

CHANNEL = "recalldesk"
GOODS: Changes = frozenset({Topic.STOCK, Topic.DELIVERIES, Topic.DEPARTURES, Topic.DOCUMENTS})
"""What postings touch; told together under one word, at most every half second for the whole hospital."""
TOLD_BY_THE_WALL: Changes = frozenset({Topic.LOCKS, Topic.RECALLS})
BEAT, SILENT_BEATS = 4.0, 2
"""Seconds between two questions whether anybody is there; so many of them may pass without an answer."""
FIRST_PAUSE, LONGEST_PAUSE, JITTER = 0.5, 10.0, 0.3
_GOODS = "goods"
_SQLITE: Any = pysqlite3.dbapi2
_ALIVE: dict[str, Any] = {
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
_TELL_GOODS = Direct(text("SELECT tell_goods(:since)"))
_TELL = Direct(text("SELECT pg_notify(:channel, :topics)"))

TOPIC_OF_TABLE: dict[str, Topic] = {
    **dict.fromkeys(("lot_lock", "lock_lift"), Topic.LOCKS),
    **dict.fromkeys(
        ("recall_case", "recall_clause", "scope_line", "scope_change", "case_entry", "return_shipment"), Topic.RECALLS
    ),
    **dict.fromkeys(("news", "reminder"), Topic.RECALLS),
    **dict.fromkeys(("department_task", "task_line"), Topic.TASKS),
    **dict.fromkeys(("requisition", "requisition_line", "requisition_issue", "reservation"), Topic.TASKS),
    **dict.fromkeys(("person", "person_role", "past_password", "signature"), Topic.PERSONS),
    **dict.fromkeys(("setting", "schema_info", "region", "site", "location"), Topic.SETTINGS),
    **dict.fromkeys(("purchase_order", "purchase_order_line", "delivery", "delivery_line"), Topic.DELIVERIES),
    **dict.fromkeys(("departure", "departure_line"), Topic.DEPARTURES),
    "document": Topic.DOCUMENTS,
    **dict.fromkeys(
        ("product", "device_identifier", "packaging_level", "manufacturer", "certificate", "supplier"),
        Topic.CATALOGUE,
    ),
    **dict.fromkeys(("kit_recipe", "kit_component"), Topic.CATALOGUE),
}
"""Whatever is not named belongs to the goods."""


class Wire(Protocol):
    """News from elsewhere. ``open``, ``look`` and ``tell`` may block and are for a worker; ``hear`` never blocks."""

    def open(self) -> int | None:
        """Listen from now on; the descriptor that becomes readable with news, None where one has to ``look``.

        Raises OutOfReachError, or what ``app.models.connecting`` says of a line that is not let through.
        """
        ...

    def hear(self) -> Changes:
        """What has come in. Raises OutOfReachError once the connection is gone."""
        ...

    def beat(self) -> None:
        """Ask whether the other end still answers, without waiting; called every ``BEAT``.

        Raises OutOfReachError once nothing has come back for ``SILENT_BEATS``: a cable, a firewall or a server that
        stopped in the middle closes nothing and says nothing.
        """
        ...

    def look(self) -> Changes:
        """What others have committed since the last look. Raises OutOfReachError."""
        ...

    def tell(self, changes: Changes, since: int) -> int:
        """Spread what this workstation has committed.

        0: it is told. Otherwise ask again in half a second with this number as ``since`` (0 the first time).
        """
        ...

    def close(self) -> None:
        """Listen no longer."""
        ...


def wire_of(database: Database) -> Wire:
    """The wire that fits the database."""
    return SqliteWire(database) if database.is_sqlite else PostgresWire(database)


def pauses(chance: random.Random) -> Iterator[float]:
    """Seconds to wait before each next try: longer each time, and not the same at any two workstations."""
    pause = FIRST_PAUSE
    while True:
        yield pause * (1 + JITTER * (2 * chance.random() - 1))
        pause = min(pause * 2, LONGEST_PAUSE)


class PostgresWire:
    """A connection of its own that does nothing but listen, over ``line``; over the database's own login if None."""

    def __init__(self, database: Database, line: Database | None = None) -> None:
        self._database, self._line = database, line or database
        self._connection: psycopg.Connection[Any] | None = None
        self._is_asked, self._silent = False, 0

    def _connect(self) -> psycopg.Connection[Any]:
        address = self._line.url.set(drivername="postgresql").render_as_string(hide_password=False)
        return psycopg.connect(address, connect_timeout=5, application_name="recalldesk news", **_ALIVE)

    def open(self) -> int:
        try:
            connection = self._connect()
            connection.autocommit = True
            connection.execute(f"LISTEN {CHANNEL}")
        except psycopg.Error as error:
            raise trouble(error, self._line.url) from error
        self._connection, self._is_asked = connection, False
        return connection.fileno()

    def beat(self) -> None:
        if self._connection is None:
            return
        try:
            self._take_answers(self._connection.pgconn)
            if not self._is_asked:
                self._connection.pgconn.send_query(b"")
                self._is_asked, self._silent = True, 0
                return
        except psycopg.Error as error:
            raise OutOfReachError(reason=str(error).splitlines()[0]) from error
        self._silent += 1
        if self._silent >= SILENT_BEATS:
            raise OutOfReachError(reason="")

    def _take_answers(self, server: Any) -> None:
        """Whatever has come in; an answer ends the question."""
        server.consume_input()
        while self._is_asked and not server.is_busy():
            if server.get_result() is None:
                self._is_asked = False

    def hear(self) -> Changes:
        if self._connection is None:
            return frozenset()
        server = self._connection.pgconn
        heard: set[Topic] = set()
        try:
            self._take_answers(server)
            while (notice := server.notifies()) is not None:
                if notice.be_pid not in self._database.own_writes.pids:
                    heard |= topics_of(notice.extra.decode())
        except psycopg.Error as error:
            raise OutOfReachError(reason=str(error).splitlines()[0]) from error
        if server.status != psycopg.pq.ConnStatus.OK:
            raise OutOfReachError(reason="")
        return frozenset(heard)

    def look(self) -> Changes:
        return self.hear()

    def tell(self, changes: Changes, since: int) -> int:
        others = changes - GOODS - TOLD_BY_THE_WALL
        with self._database.reading() as session:
            if others and not since:
                _TELL.rows(session, channel=CHANNEL, topics=" ".join(sorted(topic.name for topic in others)))
            if not changes & GOODS:
                return 0
            return int(_TELL_GOODS.rows(session, since=since)[0][0])

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def topics_of(words: str) -> Changes:
    """What a notice means; a word of a newer version stands for everything."""
    heard: set[Topic] = set()
    for word in words.split():
        if word == _GOODS:
            heard |= GOODS
        else:
            heard |= {Topic[word]} if word in Topic.__members__ else set(Topic)
    return frozenset(heard)


class SqliteWire:
    """A connection of its own that sees when somebody else has committed, and then reads in the trail what it was."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._file: Any = None
        self._version = self._seen = 0

    def open(self) -> None:
        try:
            self._file = _SQLITE.connect(str(self._database.path), check_same_thread=False, isolation_level=None)
            self._file.execute("PRAGMA query_only = ON")
            self._version, self._seen = self._now(), self._last()
        except _SQLITE.Error as error:
            raise OutOfReachError(reason=str(error)) from error

    def beat(self) -> None:
        """A file is always there or says so."""

    def hear(self) -> Changes:
        return frozenset()

    def look(self) -> Changes:
        try:
            return self._look() if self._file is not None else frozenset()
        except _SQLITE.Error as error:
            raise OutOfReachError(reason=str(error)) from error

    def _look(self) -> Changes:
        version = self._now()
        if version == self._version:
            return frozenset()
        last = self._last()
        spans = self._database.own_writes.foreign(self._seen, last)
        self._version, self._seen = version, last
        heard: set[Topic] = set()
        for span in spans:
            heard |= {topic for table in self._tables(span) for topic in _topics(table)}
        return frozenset(heard)

    def _tables(self, span: tuple[int, int]) -> Sequence[str]:
        query = "SELECT DISTINCT table_name FROM audit_entry WHERE id BETWEEN ? AND ?"
        return [name for (name,) in self._file.execute(query, span)]

    def _now(self) -> int:
        return self._file.execute("PRAGMA data_version").fetchone()[0]

    def _last(self) -> int:
        return self._file.execute("SELECT coalesce(max(id), 0) FROM audit_entry").fetchone()[0]

    def tell(self, changes: Changes, since: int) -> int:
        return 0

    def close(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.close()


def _topics(table: str) -> Changes:
    topic = TOPIC_OF_TABLE.get(table)
    return frozenset({topic}) if topic is not None else GOODS
