"""The database behind everything: opens it, tells it who acts, and turns its errors into ours."""

import threading
from collections.abc import Generator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import Engine, NullPool, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app.core.clock import Clock
from app.core.errors import ConflictError
from app.models.direct import Direct, Question, on_arrival, part
from app.models.functions import teach
from app.models.going_first import going_first
from app.models.idle import ask_the_idle
from app.models.mounts import demand_local
from app.models.own_writes import OwnWrites
from app.models.refusals import BusyError, NotADatabaseError, ReadOnlyError, translated
from app.models.turnstile import Turnstile

APPLICATION_ID = 0x52444B31  # "RDK1" in the header of a SQLite file
PATIENCE = 10.0
"""Seconds to wait for another writer before BusyError."""
IDLE_SECONDS = 60
"""After so long the server ends a transaction that somebody opened and left: it would hold up a recall."""
_BEGIN = Direct(
    text(
        # Who acts; and their chain's end first, so that one person at two desks waits in line, never in a circle.
        # A posting asks the same short questions each time: planning them anew took longer than answering them.
        "SELECT set_config('recalldesk.actor', :actor, true), set_config('plan_cache_mode', 'force_generic_plan', true)"
        ", (SELECT sequence FROM audit_head WHERE person_id = :person FOR UPDATE)"
    )
)


def _server_options() -> dict[str, Any]:
    options = f"-c TimeZone=UTC -c lock_timeout={int(PATIENCE * 1000)}"
    options += f" -c idle_in_transaction_session_timeout={IDLE_SECONDS}s"
    # A cable that was pulled says nothing: asked after 10 s of silence, given up after 20.
    alive = {"keepalives_idle": 10, "keepalives_interval": 3, "keepalives_count": 3, "tcp_user_timeout": 20_000}
    return {"options": options, "connect_timeout": int(PATIENCE), **alive}


class Database:
    """One installation's database; sessions may be opened on any thread.

    ``url`` is an SQLAlchemy URL: sqlite:///file or postgresql+psycopg://…; postgresql:// is understood too.
    """

    def __init__(self, url: str, clock: Clock) -> None:
        parsed = make_url(url)
        if parsed.drivername in ("postgresql", "postgres"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        self.url = parsed
        self.clock = clock
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        self.path = Path(parsed.database) if self.is_sqlite and parsed.database else None
        self._actor = threading.local()
        self.own_writes = OwnWrites()
        if self.is_sqlite:
            self._check_file()
            self._writer = self._sqlite_engine("BEGIN IMMEDIATE", pool_size=1)
            self.own_writes.watch_sqlite(self._writer)
            self._reader = self._sqlite_engine("BEGIN", pool_size=8)
        else:
            self._work_with(parsed)
        self._turnstile = Turnstile(self.path.with_name(self.path.name + ".turn") if self.path else None, PATIENCE)

    def _work_with(self, url: URL, connections: int = 3, **more: Any) -> None:
        """One pool: a workstation keeps few connections; with none, each is opened when it is needed.

        Reading needs no transaction: each statement sees what is committed as it begins, as it would in one (READ
        COMMITTED), and nobody who only looks keeps one open.
        """
        more |= {"isolation_level": "READ COMMITTED", "connect_args": _server_options()}
        more |= {"pool_size": connections, "max_overflow": 0} if connections else {"poolclass": NullPool}
        self._writer = create_engine(url, **more)
        self._reader = self._writer.execution_options(isolation_level="AUTOCOMMIT")
        ask_the_idle(self._writer)
        self.own_writes.watch_postgresql(self._writer)

    @contextmanager
    def reading(self) -> Generator[Session]:
        """A session that only reads; raises StorageError where the database cannot be reached."""
        with self._in_our_words(), Session(self._reader, autoflush=False) as session:
            yield session

    @contextmanager
    def writing(self, actor: int | None, *, goes_first: bool = False) -> Generator[Session]:
        """One transaction in the name of ``actor`` (None: the installation itself); committed at the end.

        ``goes_first``: whoever keeps it waiting for more than a second is ended (``app.models.going_first``). Opened
        again on the same thread for the same person it joins the transaction that is open. Raises what
        ``app.models.refusals`` knows; nothing is written then.
        """
        outer = getattr(self._actor, "session", None)
        if outer is not None and self._acting() == actor:
            with self._in_our_words(), self._in_front(outer, actor, goes_first=goes_first):
                yield outer
                outer.flush()
            return
        with self._in_our_words(), self._waiting_our_turn(), Session(self._writer) as session:
            before = self._acting(), getattr(self._actor, "session", None)
            self._actor.id, self._actor.session = actor, session
            try:
                with ExitStack() as after, session.begin():
                    opening = self._beginning(actor)
                    if not goes_first:
                        on_arrival(session, *opening)
                    after.enter_context(self._in_front(session, actor, *opening, goes_first=goes_first))
                    yield session
                    part(session)
            finally:
                self._actor.id, self._actor.session = before

    def _in_front(
        self, session: Session, actor: int | None, *opening: Question, goes_first: bool
    ) -> AbstractContextManager[None]:
        if not goes_first or self.is_sqlite:
            return nullcontext()
        return going_first(session, self._writer.url, actor, *opening)

    def _beginning(self, actor: int | None) -> tuple[Question, ...]:
        """What is asked as a transaction of ``actor`` opens."""
        return () if self.is_sqlite else (_BEGIN.asking(actor=str(actor or ""), person=actor or 0),)

    @contextmanager
    def at_one_moment(self) -> Generator[Session]:
        """A session in which the database stands still while we look, whoever writes meanwhile; for long looks."""
        reader = self._reader if self.is_sqlite else self._writer.execution_options(isolation_level="REPEATABLE READ")
        with self._in_our_words(), Session(reader, autoflush=False) as session:
            yield session

    @contextmanager
    def standing_still(self) -> Generator[Session]:
        """A session that only reads, while no program that keeps the turn writes; the file is not touched."""
        with self._waiting_our_turn(), self.at_one_moment() as session:
            yield session

    @contextmanager
    def migrating(self) -> Generator[Engine]:
        """The writing engine itself, while nobody else writes; for Alembic."""
        with self._in_our_words(), self._waiting_our_turn():
            yield self._writer

    def close(self) -> None:
        self._writer.dispose()
        self._reader.dispose()

    @contextmanager
    def _waiting_our_turn(self) -> Generator[None]:
        if not self.is_sqlite:
            yield
            return
        try:
            with self._turnstile.passing():
                yield
        except PermissionError as error:
            raise ReadOnlyError(reason=str(error)) from error
        except TimeoutError as error:
            raise BusyError(reason=str(self.path)) from error

    @contextmanager
    def _in_our_words(self) -> Generator[None]:
        try:
            yield
        except DBAPIError as error:
            ours = translated(error)
            if ours is None:
                raise
            raise ours from error
        except StaleDataError as error:
            raise ConflictError from error

    def _acting(self) -> int | None:
        return getattr(self._actor, "id", None)

    def _check_file(self) -> None:
        """A file of another program is never touched; an empty one may be a hospital's that was cut off."""
        if self.path is None:
            return
        demand_local(self.path)
        try:
            with self.path.open("rb") as file:
                header = file.read(72)
        except FileNotFoundError:
            return
        except OSError as error:  # no right to the file, or to a folder on the way to it
            raise ReadOnlyError(reason=str(error)) from error
        ours = header.startswith(b"SQLite format 3\0") and int.from_bytes(header[68:72], "big") == APPLICATION_ID
        if not ours:
            raise NotADatabaseError(path=str(self.path), reason=str(self.path))

    def _sqlite_engine(self, begin: str, pool_size: int) -> Engine:
        engine = create_engine(
            self.url, module=sqlite, pool_size=pool_size, max_overflow=4, connect_args={"isolation_level": None}
        )

        def prepare(connection: Any, _record: object) -> None:
            connection.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")
            if begin != "BEGIN":
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA recursive_triggers = ON")
            if begin == "BEGIN":
                connection.execute("PRAGMA query_only = ON")
            teach(connection, self.clock, self._acting)

        def begin_transaction(connection: Any) -> None:
            connection.exec_driver_sql(begin)

        event.listen(engine, "connect", prepare)
        event.listen(engine, "begin", begin_transaction)
        return engine
