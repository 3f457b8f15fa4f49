"""An installation with personal logins on a real PostgreSQL: its roles made, everybody with a login and a password."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.core.clock import Clock, system_clock
from app.core.permissions import Role
from app.models.database import Database
from app.models.personal import PersonalDatabase
from app.services import logins
from app.services.establishing import establish
from app.services.upgrading import upgrade
from tests.builders import Hospital, small_hospital
from tests.copies import _named, _server

PASSWORD = "Lan-Tian-7391"


@pytest.fixture(scope="session")
def personal_template(postgres_dsn) -> str:
    """A database whose roles stand; its copies share the groups, which hold rights and no persons."""
    name = f"rd_own_{uuid.uuid4().hex[:8]}"
    _server(postgres_dsn, f"CREATE DATABASE {name}")
    database = Database(_named(postgres_dsn, name), system_clock)
    upgrade(database)
    establish(database)
    database.close()
    return name


@contextmanager
def personal_copy(dsn: str, template: str, clock: Clock, kind: type[Database] = Database) -> Iterator[Database]:
    """Opened by the installer; the logins of its persons have a prefix of their own."""
    name = f"rd_{uuid.uuid4().hex[:12]}"
    _server(dsn, f"CREATE DATABASE {name} TEMPLATE {template}")
    with psycopg.connect(_named(dsn, name), autocommit=True) as connection:
        connection.execute(f"UPDATE schema_info SET login_prefix = '{name}.'")  # pyright: ignore
        # A copied database has the rights of its objects, not those of the database itself.
        connection.execute(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")  # pyright: ignore
        for group in ("person", "workstation", "agent"):
            connection.execute(f'GRANT CONNECT ON DATABASE {name} TO "{template}:{group}"')  # pyright: ignore
    database = kind(_named(dsn, name), clock)
    yield database
    database.close()
    _server(dsn, f"DROP DATABASE {name} WITH (FORCE)")
    with psycopg.connect(_named(dsn, "postgres"), autocommit=True) as connection:
        for (login,) in connection.execute("SELECT rolname FROM pg_roles WHERE starts_with(rolname, %s)", [f"{name}."]):
            connection.execute(f'DROP ROLE "{login}"')  # pyright: ignore


@pytest.fixture
def personal_database(postgres_dsn, personal_template, clock) -> Iterator[Database]:
    """As the installer sees it, who owns the database and acts for whom he names; see ``opened`` for persons."""
    with personal_copy(postgres_dsn, personal_template, clock) as database:
        yield database


@pytest.fixture
def personal_house(personal_database) -> Hospital:
    """The small hospital; everybody in it has a login with ``PASSWORD``."""
    house = small_hospital(personal_database)
    house.person("security", Role.SECURITY_ADMIN)
    let_in(personal_database)
    return house


def let_in(database: Database, password: str = PASSWORD) -> None:
    """Makes the logins of all persons, who need not change their password."""
    with database.writing(None) as session:
        for person_id, login in session.execute(text("SELECT id, login FROM person ORDER BY id")).all():
            logins.reset(session, person_id, login, password)
        session.execute(text("UPDATE person SET must_change = false"))


def opened(database: Database) -> PersonalDatabase:
    """The same database as a workstation has it: nobody is signed in yet."""
    with database.reading() as session:
        prefix = session.execute(text("SELECT login_prefix FROM schema_info")).scalar_one()
    url = database.url.set(username=None, password=None).render_as_string(hide_password=False)
    return PersonalDatabase(url, database.clock, prefix=prefix)


class EachTheirOwn(Database):
    """For tests written for one shared login: whoever acts writes over a login of their own, made when they first do.

    What is read outside of a writing transaction, and what the installation itself writes, goes over the owner's.
    """

    def __init__(self, url: str, clock: Clock) -> None:
        super().__init__(url, clock)
        self._persons: dict[int, PersonalDatabase] = {}

    @contextmanager
    def writing(self, actor: int | None, *, goes_first: bool = False) -> Iterator[Session]:
        way = super() if actor is None else self._of(actor)
        with way.writing(actor, goes_first=goes_first) as session:
            yield session

    def _of(self, person_id: int) -> PersonalDatabase:
        if person_id not in self._persons:
            with super().writing(None) as session:
                login = session.execute(text("SELECT login FROM person WHERE id = :id"), {"id": person_id}).scalar_one()
                logins.reset(session, person_id, login, PASSWORD)
                session.execute(text("UPDATE person SET must_change = false WHERE id = :id"), {"id": person_id})
            self._persons[person_id] = opened(self)
            self._persons[person_id].open_as(login, PASSWORD)
        return self._persons[person_id]

    def close(self) -> None:
        for person in self._persons.values():
            person.close()
        super().close()
