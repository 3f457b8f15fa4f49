"""A hold or a recall goes first: it waits for nobody who comes later, and whoever was left in the middle is ended.

PostgreSQL only; on SQLite the turn is held for one short transaction at a time.
"""

import threading
import time
from collections.abc import Generator
from contextlib import closing, contextmanager, suppress
from typing import Any

import psycopg
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

from app.models.direct import Direct, Question, together

FIRST = "recalldesk first"
"""The name under which such a session goes: two recalls that meet wait for one another, as long as they are short."""
RUSH = 0.25
"""Seconds after which those who come later are made to wait behind us, if anybody is in our way at all."""
GRACE = 1.2
"""Seconds that others have to finish by themselves."""
AGAIN = 0.4
SLICE = 0.3
"""Seconds for which newcomers are kept waiting at a time: longer than a posting takes."""
AT_ONCE = 0.02
_NAMED = Direct(text("SELECT set_config('application_name', :name, true)"))


@contextmanager
def going_first(session: Session, url: URL, actor: int | None, *opening: Question) -> Generator[None]:
    """Inside: the transaction of ``session``, opened by the questions; beside it, from ``RUSH`` on, newcomers are kept
    behind it, and from ``GRACE`` on its blockers are ended and written down.
    """
    driver: Any = session.connection().connection.driver_connection
    watch = _Watch(url, driver.info.backend_pid, actor)
    watch.start()
    try:
        together(session, _NAMED.asking(name=FIRST), *opening)
        yield
    finally:
        watch.stop()


class _Watch(threading.Thread):
    """Looks after one waiting session, over a connection of its own that it opens only where it is needed."""

    def __init__(self, url: URL, waiting: int, actor: int | None) -> None:
        super().__init__(name="going first", daemon=True)
        self._url, self._waiting, self._actor = url, waiting, actor
        self._over = threading.Event()

    def stop(self) -> None:
        """Whoever waited is through, and waits for nothing of ours: what is under way ends within a ``SLICE``."""
        self._over.set()

    def run(self) -> None:
        if self._over.wait(RUSH):
            return
        end_at = time.monotonic() + GRACE - RUSH
        with suppress(psycopg.Error), closing(_connected(self._url)) as server:  # else its own lock_timeout says so
            while not self._over.is_set():
                with suppress(psycopg.Error):
                    self._keep_the_line(server, end_at)
                    if not self._over.is_set():
                        _end_blockers(server, self._waiting, self._actor)
                end_at = time.monotonic() + AGAIN

    def _keep_the_line(self, server: psycopg.Connection[Any], until: float) -> None:
        """Until then, or until the recall is through, ask for a lock that we do not need.

        Every posting holds its product's row, shared, and with that the table. Rows let new sharers in past whoever
        waits for all of them, so that a rush of postings would starve the recall that is to stop it; the queue of a
        table is fair: newcomers wait behind our asking, those under way finish, and the recall waits in the row itself.
        A recall that nobody is in the way of (a slow machine, a long question) makes nobody wait.
        """
        while not self._over.is_set() and (left := until - time.monotonic()) > 0:
            with suppress(psycopg.errors.LockNotAvailable):
                server.execute("SELECT keep_the_line(%s, %s)", (self._waiting, 1 + int(1000 * min(left, SLICE))))
            self._over.wait(AT_ONCE)


def _connected(url: URL) -> psycopg.Connection[Any]:
    """As the engine would connect, without all that an engine first asks its server."""
    asked: Any = create_engine(url).dialect.create_connect_args(url)[1]
    return psycopg.connect(**asked | {"connect_timeout": 2, "autocommit": True})


def _end_blockers(server: psycopg.Connection[Any], waiting: int, actor: int | None) -> None:
    """In a transaction of its own, so that it is on record even if the recall is given up."""
    with server.transaction():
        server.execute("SET LOCAL lock_timeout = '500ms'")
        server.execute("SELECT end_blockers(%s, %s)", (waiting, actor))
