"""A hold or a recall does not wait for a desk that was left in the middle of something: whoever blocks it is ended.

PostgreSQL only; on SQLite the turn is held for one short transaction at a time.
"""

import threading
from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import Engine, NullPool, create_engine, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

FIRST = "recalldesk first"
"""The name under which such a session goes: two recalls that meet wait for one another, as long as they are short."""
GRACE = 1.2
"""Seconds that others have to finish by themselves."""
AGAIN = 0.4
_WAITING = text("SELECT pg_backend_pid(), set_config('application_name', :name, true)")
_END = text("SELECT end_blockers(:waiting, :person)")


@contextmanager
def going_first(session: Session, url: URL, actor: int | None) -> Generator[None]:
    """Inside: the transaction of ``session``; beside it, from ``GRACE`` on, its blockers are ended and written down."""
    waiting = session.execute(_WAITING, {"name": FIRST}).one()[0]
    over = threading.Event()
    watch = threading.Thread(target=_watch, args=(url, int(waiting), actor, over), name="going first", daemon=True)
    watch.start()
    try:
        yield
    finally:
        over.set()
        watch.join()


def _watch(url: URL, waiting: int, actor: int | None, over: threading.Event) -> None:
    pause = GRACE
    while not over.wait(pause):
        pause = AGAIN
        engine = create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": 2})
        try:
            _end_blockers(engine, waiting, actor)
        except DBAPIError:  # the recall then meets its own lock_timeout, and says so
            continue
        finally:
            engine.dispose()


def _end_blockers(engine: Engine, waiting: int, actor: int | None) -> None:
    """In a transaction of its own, so that it is on record even if the recall is given up."""
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL lock_timeout = '500ms'"))
        connection.execute(_END, {"waiting": waiting, "person": actor})
