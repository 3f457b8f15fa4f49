"""Which commits were this program's own: what one has written oneself is no news."""

import threading
from typing import Any

import pysqlite3.dbapi2
from sqlalchemy import Connection, Engine, event

_PID, _SPAN = "server process", "audit span"
_SQLITE: Any = pysqlite3.dbapi2
KEPT = 500
"""Spans of audit entries that are remembered; whoever looks more seldom hears of own writes once more."""


class OwnWrites:
    """PostgreSQL: the server processes of our connections. SQLite: the spans of audit entries that we committed."""

    def __init__(self) -> None:
        self.pids: set[int] = set()
        self._spans: list[tuple[int, int]] = []
        self._lock = threading.Lock()

    def foreign(self, after: int, last: int) -> list[tuple[int, int]]:
        """The spans (first, last) of entries after ``after`` that somebody else wrote."""
        with self._lock:
            own = sorted(span for span in self._spans if span[1] > after)
        spans: list[tuple[int, int]] = []
        for before, until in own:
            if before > after:
                spans.append((after + 1, min(before, last)))
            after = max(after, until)
        if after < last:
            spans.append((after + 1, last))
        return spans

    def _add(self, span: tuple[int, int]) -> None:
        with self._lock:
            self._spans = [*self._spans, span][-KEPT:]

    def _take_back(self, span: tuple[int, int]) -> None:
        with self._lock:
            self._spans = [one for one in self._spans if one != span]

    def watch_sqlite(self, engine: Engine) -> None:
        """Only one process writes at a time, so what comes between our BEGIN and our COMMIT is ours."""

        def begun(connection: Connection) -> None:
            connection.info[_SPAN] = (_last_entry(connection),)

        def committing(connection: Connection) -> None:
            before, last = connection.info.pop(_SPAN)[0], _last_entry(connection)
            if last > before:
                connection.info[_SPAN] = (before, last)
                self._add((before, last))

        def rolled_back(connection: Connection) -> None:
            span = connection.info.pop(_SPAN, ())
            if len(span) == 2:  # the commit itself failed
                self._take_back(span)

        event.listen(engine, "begin", begun)
        event.listen(engine, "commit", committing)
        event.listen(engine, "rollback", rolled_back)

    def watch_postgresql(self, engine: Engine) -> None:
        """A notice names the server process that sent it."""

        def connected(connection: Any, record: Any) -> None:
            record.info[_PID] = connection.info.backend_pid
            self.pids.add(connection.info.backend_pid)

        def closed(_connection: object, record: Any) -> None:
            self.pids.discard(record.info.get(_PID, 0))

        event.listen(engine, "connect", connected)
        event.listen(engine, "close", closed)


def _last_entry(connection: Connection) -> int:
    """0 before the tables stand."""
    driver: Any = connection.connection.driver_connection
    try:
        return driver.execute("SELECT max(id) FROM audit_entry").fetchone()[0] or 0
    except _SQLITE.OperationalError:
        return 0
