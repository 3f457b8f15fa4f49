"""The one place that opens a session to read."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from app.models.database import Database

P = ParamSpec("P")
T = TypeVar("T")


class Reader:
    """Runs a query in a session of its own and closes it before returning the rows. Safe on any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def fetch(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Raises StorageError where the database cannot be read."""
        with self._database.reading() as session:
            return query(session, *args, **kwargs)
