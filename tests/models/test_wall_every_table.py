"""Every table that the wall calls append-only or never deleted is attacked, with a row planted in it by its owner."""

import pytest
from sqlalchemy import Boolean, Date, DateTime, Enum, Integer, LargeBinary, text

from app.models.base import UtcDateTime
from app.models.everything import METADATA
from app.models.wall.audit_sql import APPEND_ONLY, NEVER_DELETED
from tests.builders import small_hospital
from tests.models.arranging import insert
from tests.models.besieged import statements
from tests.models.prompt import Prompt, every_row
from tests.tampering import tamper

UPDATES = ("INSERT INTO", "UPDATE OR IGNORE")
"""Where rows may be changed these change nothing, or merge a row with itself."""


def value(column):
    """SQL for something that the column takes."""
    kind = column.type
    if column.nullable:
        return "NULL"
    if isinstance(kind, Enum):
        return f"'{kind.enums[0]}'"
    if isinstance(kind, Boolean):
        return "false"
    if isinstance(kind, Integer):
        return "1"
    if isinstance(kind, Date | DateTime | UtcDateTime):
        return "'2026-01-01 00:00:00.000000'"
    return "'\\x00'" if isinstance(kind, LargeBinary) else "'x'"


class Planted:
    """A hospital in which each such table has at least one row; ``rows`` is what they hold."""

    def __init__(self, database):
        self.database = database
        hospital = small_hospital(database)
        hospital.batch("CVC", "A1", 10)
        if not database.is_sqlite:
            self._without_checks()
        prompt = Prompt(database, hospital.persons["keeper"])
        empty = [table for table in NEVER_DELETED if not prompt.run(f"SELECT 1 FROM {table} LIMIT 1")]
        for table in empty:
            self._plant(table)
        prompt.close()
        self.prompt = Prompt(database, hospital.persons["keeper"])
        self.rows = every_row(self.prompt, NEVER_DELETED)
        assert all(self.rows.values())

    def _without_checks(self):
        """The planted rows are nonsense; the triggers are what is tried here."""
        with self.database.writing(None) as session:
            found = session.execute(
                text(
                    "SELECT conrelid::regclass::text, conname FROM pg_constraint JOIN pg_class "
                    "ON pg_class.oid = conrelid WHERE contype = 'c' AND relnamespace = 'public'::regnamespace"
                )
            )
            for table, name in found.all():
                session.execute(text(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"'))

    def _plant(self, table):
        columns = {
            column.name: value(column)
            for column in METADATA.tables[table].columns
            if not (column.primary_key and column.autoincrement is not False and isinstance(column.type, Integer))
        }
        tamper(self.database, insert(table, **columns))


@pytest.fixture(scope="module")
def planted_sqlite(shared_sqlite):
    planted = Planted(shared_sqlite)
    yield planted
    planted.prompt.close()


@pytest.fixture(scope="module")
def planted_postgres(shared_postgres):
    planted = Planted(shared_postgres)
    yield planted
    planted.prompt.close()


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
@pytest.mark.parametrize("table", NEVER_DELETED)
def test_no_row_of_any_such_table_is_rewritten_or_removed(request, engine, table):
    planted = request.getfixturevalue(f"planted_{engine}")
    is_kept = table in APPEND_ONLY
    for statement in statements(table, is_sqlite=engine == "sqlite", is_kept=is_kept):
        if is_kept or not statement.startswith(UPDATES):
            assert planted.prompt.refusal(statement), statement
    now = every_row(planted.prompt, (table,))
    assert now[table] == planted.rows[table]


def test_every_table_is_either_kept_or_known_to_be_free():
    """A new table must say which it is."""
    assert METADATA.tables.keys() - set(NEVER_DELETED) == {
        "delivery_line",
        "departure_line",
        "device_identifier",
        "manufacturer",
        "number_series",
        "packaging_level",
        "region",
        "setting",
    }
