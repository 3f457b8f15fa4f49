"""A PostgreSQL that each person opens with their own login: who is signed in on the server is who acts.

The password is in memory from signing in to leaving, inside the pool of connections, and goes with it.
"""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.errors import RuleError
from app.models.connecting import (
    DOUBTFUL_SECONDS,
    LoginEndedError,
    WrongClockError,
    demand_safe,
    is_this_machine,
    trouble,
)
from app.models.database import Database
from app.models.direct import Direct, Question
from app.models.refusals import NotSignedInError

CONNECTIONS = 2
"""For the person; the third of a workstation is its own, which listens."""
_BEGIN = Direct(text("SELECT set_config('plan_cache_mode', 'force_generic_plan', true), take_turn()"))
_ACCOUNT = "SELECT person_id, is_active, clock_timestamp() FROM my_account()"


class NobodyHereError(RuleError):
    """Nobody has opened the database; or whoever had has left in the meantime."""

    code = "nobody_here"


def _closed() -> Any:
    raise NobodyHereError


def _close_for_good(engine: Engine) -> None:
    """Also what a question under way still holds: it is closed as it comes back, so that nobody's login stays open."""

    def came_back(_connection: object, record: Any) -> None:
        record.invalidate()

    event.listen(engine.pool, "checkin", came_back)
    engine.dispose()


class PersonalDatabase(Database):
    """Opened by ``open_as``, closed by ``leave``; in between it is a ``Database`` in which only that person writes.

    ``prefix`` is what stands before a person's login on the server. Raises UnsafeConnectionError where the URL would
    send a password to a server that nobody has proved (``app.models.connecting``).
    """

    def __init__(self, url: str, clock: Clock, *, prefix: str, allows_plain: bool = False) -> None:
        super().__init__(url, clock)
        self.url = demand_safe(self.url, allows_plain=allows_plain, by_directory=not prefix)
        self.prefix, self.allows_plain = prefix, allows_plain
        self.person_id: int | None = None
        self._here = threading.local()
        self._shut()

    @property
    def is_unprotected(self) -> bool:
        """Whether somebody between here and the server could read along: only ever by the installer's own wish."""
        return not is_this_machine(self.url) and self.url.query.get("sslmode") != "verify-full"

    def open_as(self, login: str, password: str, *, connections: int = CONNECTIONS) -> int:
        """Returns the person's id. Raises WrongPasswordError, LoginEndedError, WrongClockError, and what else
        ``app.models.connecting`` says of a server that is not there or not the right one.

        Whoever was signed in has left.
        """
        self.leave()
        url = self._address(login, password)
        person_id = self._introduced(url)
        _close_for_good(self._writer)
        self._work_with(url, connections)
        self.person_id = person_id
        return person_id

    def beside(self, login: str, password: str) -> "PersonalDatabase":
        """The same database for a second person, over one connection of their own; to be closed.

        Raises what ``open_as`` raises.
        """
        other = PersonalDatabase(
            self.url.render_as_string(hide_password=False),
            self.clock,
            prefix=self.prefix,
            allows_plain=self.allows_plain,
        )
        other.open_as(login, password, connections=1)
        return other

    @contextmanager
    def visited_by(self, person_id: int, theirs: Database) -> Generator[None]:
        """On this thread, what that person writes goes over their own database until the end."""
        before = self._visitors()
        self._here.visitors = before | ({person_id: theirs} if person_id != self.person_id else {})
        try:
            yield
        finally:
            self._here.visitors = before

    def _visitors(self) -> dict[int, Database]:
        return getattr(self._here, "visitors", {})

    @contextmanager
    def writing(self, actor: int | None, *, goes_first: bool = False) -> Generator[Session]:
        """As ``Database.writing``; in the name of the person who opened it, or of one who is ``visited_by``."""
        theirs = self._visitors().get(actor or 0)
        way = super().writing if theirs is None else theirs.writing
        with way(actor, goes_first=goes_first) as session:
            yield session

    def change_password(self, login: str, old: str, new: str) -> None:
        """One's own, over a connection of its own; the pool goes on with the new one.

        Raises what ``open_as`` raises.
        """
        url = self._address(login, old)
        self._introduced(url)
        address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address, connect_timeout=10, autocommit=True) as connection:
            kept = connection.pgconn.encrypt_password(new.encode(), (url.username or "").encode(), b"scram-sha-256")
            connection.execute("SELECT password_change(%s)", [kept.decode()])
        if self.person_id is not None:
            _close_for_good(self._writer)
            self._work_with(self._address(login, new), CONNECTIONS)

    def leave(self) -> None:
        """The connections are closed, the password is gone; what is still asked raises NobodyHereError."""
        self.person_id = None
        _close_for_good(self._writer)
        self._shut()

    def _shut(self) -> None:
        self._work_with(self.url, creator=_closed)

    def _address(self, login: str, password: str) -> URL:
        return self.url.set(username=self.prefix + login.strip(), password=password)

    def _introduced(self, url: URL) -> int:
        """Signs in once, by hand, so that what goes wrong is told apart."""
        address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        try:
            with psycopg.connect(address, connect_timeout=10, autocommit=True) as connection:
                found: Any = connection.execute(_ACCOUNT).fetchone()
        except psycopg.Error as error:
            raise trouble(error, url) from error
        if found is None or not found[1]:
            raise LoginEndedError
        away: float = abs((found[2] - self.clock()).total_seconds())
        if away > DOUBTFUL_SECONDS:
            raise WrongClockError(minutes=round(away / 60))
        return int(found[0])

    def _beginning(self, actor: int | None) -> tuple[Question, ...]:
        if actor is None or actor != self.person_id:
            raise NotSignedInError
        return (_BEGIN.asking(),)


class WorkstationDatabase(Database):
    """The workstation's own login: it reads the two views of a locked screen, and keeps no connection open for it."""

    def __init__(self, url: str, clock: Clock) -> None:
        super().__init__(url, clock)
        self._work_with(self.url, 0)
