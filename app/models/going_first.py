"""A hold or a recall goes first: it waits for nobody who comes later, and whoever was left in the middle is ended.

PostgreSQL only; on SQLite the turn is held for one short transaction at a time.
"""

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from sqlalchemy import Engine, NullPool, create_engine, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

FIRST = "recalldesk first"
"""The name under which such a session goes: two recalls that meet wait for one another, as long as they are short."""
RUSH = 0.1
"""Seconds of waiting after which those who come later are made to wait behind us."""
GRACE = 1.2
"""Seconds that others have to finish by themselves."""
AGAIN = 0.4
AT_ONCE = 0.02
_WAITING = text("SELECT pg_backend_pid(), set_config('application_name', :name, true)")
_END = text("SELECT end_blockers(:waiting, :person)")
_IN_LINE = text("SELECT keep_the_line(:milliseconds)")


@contextmanager
def going_first(session: Session, url: URL, actor: int | None) -> Generator[None]:
    """Inside: the transaction of ``session``; beside it, from ``RUSH`` on, newcomers are kept behind it, and from
    ``GRACE`` on its blockers are ended and written down.
    """
    waiting = session.execute(_WAITING, {"name": FIRST}).one()[0]
    watch = _Watch(url, int(waiting), actor)
    watch.start()
    try:
        yield
    finally:
        watch.stop()


class _Watch(threading.Thread):
    def __init__(self, url: URL, waiting: int, actor: int | None) -> None:
        super().__init__(name="going first", daemon=True)
        self._url, self._waiting, self._actor = url, waiting, actor
        self._over = threading.Event()
        self._asking: Any = None

    def stop(self) -> None:
        """The recall is through: it commits as soon as nobody asks for anything on its behalf."""
        self._over.set()
        while self.is_alive():
            if (asking := self._asking) is not None:
                with suppress(psycopg.Error):  # the asking then ends by its own lock_timeout
                    asking.cancel_safe(timeout=AGAIN)
            self.join(AT_ONCE)

    def run(self) -> None:
        if self._over.wait(RUSH):
            return
        engine = create_engine(self._url, poolclass=NullPool, connect_args={"connect_timeout": 2})
        pause = GRACE - RUSH
        while not self._over.is_set():
            with suppress(DBAPIError):  # the recall then meets its own lock_timeout, and says so
                self._keep_the_line(engine, time.monotonic() + pause)
                if not self._over.is_set():
                    _end_blockers(engine, self._waiting, self._actor)
            pause = AGAIN
        engine.dispose()

    def _keep_the_line(self, engine: Engine, until: float) -> None:
        """Until then, or until the recall is through, ask for a lock that we do not need.

        Every posting holds its product's row, shared, and with that the table. Rows let new sharers in past whoever
        waits for all of them, so that a rush of postings would starve the recall that is to stop it; the queue of a
        table is fair: newcomers wait behind our asking, those under way finish, and the recall waits in the row itself.
        """
        with engine.connect() as connection:
            self._asking = connection.connection.driver_connection
            while not self._over.is_set() and (left := until - time.monotonic()) > 0:
                with suppress(DBAPIError), connection.begin() as asking:
                    connection.execute(_IN_LINE, {"milliseconds": 1 + int(1000 * left)})
                    asking.rollback()
                    self._over.wait(AT_ONCE)  # granted: the recall waits for something else, or not at all
            self._asking = None


def _end_blockers(engine: Engine, waiting: int, actor: int | None) -> None:
    """In a transaction of its own, so that it is on record even if the recall is given up."""
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL lock_timeout = '500ms'"))
        connection.execute(_END, {"waiting": waiting, "person": actor})
