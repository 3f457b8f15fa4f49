"""A test's own database: a copy of one that was made once, migrated or with what many tests begin with.

Whoever needs a hospital asks for it by ``prepared``; the first time in a worker it is built in a database of its own,
every other time the test's database becomes a copy of that one.
"""

import copy
import os
import shutil
import threading
import uuid
from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self, TypeVar

import psycopg
from sqlalchemy import event

from app.core.clock import Clock, SimulatedClock, local_date, system_clock
from app.models.database import Database

T = TypeVar("T")
NEAR = timedelta(minutes=5)
ENOUGH = 4 * 1024**3
"""Bytes of free memory for the servers and the files of all workers."""
_MADE: dict[tuple[object, ...], "_Made"] = {}


def quick_place() -> Path | None:
    """Memory that looks like a folder, where there is enough: nothing there waits for a disk."""
    memory = Path("/dev/shm")
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free >= ENOUGH:
        return memory
    return None


def _named(dsn: str, name: str) -> str:
    return dsn.replace("{name}", name) if "{name}" in dsn else f"{dsn}/{name}"


def _server(dsn: str, statement: str) -> None:
    with psycopg.connect(_named(dsn, "postgres"), autocommit=True) as connection:
        connection.execute(statement)  # pyright: ignore


class Copied(Database):
    """Knows what it is a copy of, and may still become a copy of something else while nobody has written in it."""

    def __init__(self, url: str, clock: Clock) -> None:
        self.is_written = False
        self.steps: tuple[str, ...] = ()
        self.stood_at: datetime | None = None
        super().__init__(url, clock)

    def writing(self, actor, **how):
        self.is_written = True
        return super().writing(actor, **how)

    def migrating(self):
        self.is_written = True
        return super().migrating()

    @property
    @abstractmethod
    def origin(self) -> tuple[object, ...]:
        """What tells this engine and its migrated template from others."""

    @abstractmethod
    def become(self, other: Self) -> None:
        """Copies ``other``, which is closed, over this one; whoever reads in this one opens it again."""

    @abstractmethod
    def sibling(self) -> Self:
        """Another copy of what this is a copy of; it stays for as long as the worker does."""


class SqliteCopy(Copied):
    """A file."""

    def __init__(self, template: Path, path: Path, clock: Clock) -> None:
        shutil.copy(template, path)
        self._template, self._file = template, path
        super().__init__(f"sqlite:///{path}", clock)

    @property
    def origin(self) -> tuple[object, ...]:
        return ("sqlite", self._template)

    def become(self, other: Self) -> None:
        self.close()
        for beside in ("-wal", "-shm"):
            self._file.with_name(self._file.name + beside).unlink(missing_ok=True)
        shutil.copy(other._file, self._file)

    def sibling(self) -> Self:
        return type(self)(self._template, self._template.with_name(f"{uuid.uuid4().hex}.db"), self.clock)


class PostgresCopy(Copied):
    """A database of a server, made when somebody first opens it or asks for its address."""

    def __init__(self, dsn: str, template: str, clock: Clock) -> None:
        self._dsn, self._template, self._source = dsn, template, template
        self._name = f"rd_{uuid.uuid4().hex[:12]}"
        self._making, self._is_made = threading.Lock(), False
        super().__init__(_named(dsn, self._name), clock)
        event.listen(self._writer, "do_connect", self._make)

    @property
    def url(self):
        """Whoever knows it may write behind our back."""
        self._make()
        self.is_written = True
        return self._address

    @url.setter
    def url(self, address) -> None:
        self._address = address

    def _make(self, *_how: object) -> None:
        with self._making:
            if not self._is_made:
                _server(self._dsn, f"CREATE DATABASE {self._name} TEMPLATE {self._source} STRATEGY FILE_COPY")
            self._is_made = True

    def drop(self) -> None:
        if self._is_made:
            _server(self._dsn, f"DROP DATABASE {self._name} WITH (FORCE)")
        self._is_made = False

    @property
    def origin(self) -> tuple[object, ...]:
        return ("postgresql", self._dsn, self._template)

    def become(self, other: Self) -> None:
        self.close()
        self.drop()
        self._source = other._name

    def sibling(self) -> Self:
        return type(self)(self._dsn, self._template, self.clock)


@dataclass(frozen=True)
class _Made:
    database: Copied
    told: object
    now: datetime


def prepared(database: Database, name: str, build: Callable[[Database], T]) -> T:
    """What ``build`` makes in an empty database and tells of it; ``name`` says which of all builds this is.

    What is told may point at its database and at nothing else that lives. Steps follow upon one another while nobody
    has written in the database. One that was written in, or whose clock stands elsewhere than everybody's, is built in.
    """
    if not (isinstance(database, Copied) and not database.is_written and _is_ordinary(database)):
        return build(database)
    now = database.clock()
    days = now.date(), local_date(now, "Asia/Shanghai")
    steps = *database.steps, name
    if (made := _MADE.get((*database.origin, *days, steps))) is None:
        sibling = database.sibling()
        if database.steps:
            _become(sibling, _MADE[*database.origin, *days, database.steps].database, database.steps)
        made = _MADE[*database.origin, *days, steps] = _Made(sibling, build(sibling), now)
        sibling.close()
    _become(database, made.database, steps)
    if database.is_sqlite:  # the server has a clock of its own; here the same moment comes again
        database.clock.advance(made.now - now)
    database.stood_at = database.clock()
    return copy.deepcopy(made.told, {id(made.database): database})


def moved(house: T, here: Database, there: Database) -> T:
    """The same names over another database."""
    return copy.deepcopy(house, {id(here): there})


def _become(database: Copied, other: Copied, steps: tuple[str, ...]) -> None:
    database.become(other)
    database.steps = steps


def forget(origin: object) -> None:
    """Nothing is a copy of what was made from this template any more."""
    for key in [key for key in _MADE if origin in key]:
        made = _MADE.pop(key).database
        if isinstance(made, PostgresCopy):
            made.drop()


def _is_ordinary(database: Copied) -> bool:
    """Whether its clock stands where everybody's does: at the real now, or where the step before this one left it."""
    now = database.clock()
    if database.stood_at is not None:
        return now == database.stood_at
    return isinstance(database.clock, SimulatedClock) and abs(now - system_clock()) < NEAR
