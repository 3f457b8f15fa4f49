"""Migrations go up, down and up again with rows in the tables, and the wall stands after each of them."""

import re

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import OperationalError

from app.core.clock import system_clock
from app.core.places import root
from app.models.database import Database
from app.models.everything import METADATA
from app.models.wall.writing import wall_text
from app.services.upgrading import check, downgrade, newest_revision, script_config, upgrade
from tests.builders import small_hospital
from tests.models.arranging import MOVEMENT, Desk

BARE = "base"


def scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(script_config())


REVISIONS = [script.revision for script in scripts().walk_revisions()][::-1]


def test_there_is_one_head_and_one_way_to_it():
    assert scripts().get_heads() == [newest_revision()]
    assert len(REVISIONS) == len(set(REVISIONS))
    assert all(not script.is_branch_point and not script.is_merge_point for script in scripts().walk_revisions())


def test_the_head_is_what_the_models_say(database):
    with database.migrating() as engine, engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, METADATA) == []


def test_checks_and_keys_are_those_of_the_models_too(sqlite_database, tmp_path):
    """``alembic check`` does not look at CHECK constraints: the statements themselves are compared."""
    made = Database(f"sqlite:///{tmp_path / 'made.db'}", system_clock)
    with made.migrating() as engine:
        METADATA.create_all(engine)
    assert table_statements(sqlite_database) == table_statements(made)
    made.close()


def table_statements(database: Database) -> dict[str, set[str]]:
    """Each table's columns and constraints, in whatever order they were written; each index."""
    with database.reading() as session:
        rows = session.execute(
            text("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL")
        ).all()
    return {
        name: {re.sub(r"\s+", " ", part).strip(' ,"') for part in re.split(r",\s*\n", re.sub(r"\n\)\s*$", "", sql))}
        for name, sql in rows
        if name != "alembic_version"
    }


def test_every_constraint_has_a_name():
    nameless = [
        f"{table.name}: {constraint}"
        for table in METADATA.tables.values()
        for constraint in table.constraints
        if constraint.name is None and list(getattr(constraint, "columns", [1]))
    ]
    assert nameless == []


def test_the_database_has_the_names_too(postgres_database):
    with postgres_database.reading() as session:
        named = set(
            session.execute(
                text(
                    "SELECT conname FROM pg_constraint JOIN pg_namespace n ON n.oid = connamespace "
                    "WHERE nspname = 'public' AND contype IN ('c', 'f', 'u', 'p')"
                )
            ).scalars()
        )
    assert all(re.match(r"(ck|fk|uq|pk|alembic_version_pkc)", name) for name in named), named


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_the_frozen_wall_is_what_the_program_writes(dialect):
    frozen = root() / "app/models/wall" / f"{newest_revision()}_{dialect}.sql"
    assert frozen.read_text(encoding="utf-8") == wall_text(dialect)


def test_migrations_do_not_look_at_the_program():
    for path in (root() / "alembic" / "versions").glob("*.py"):
        assert not re.search(r"^\s*(from|import) app\b", path.read_text(), re.M), path.name


def test_up_down_up_with_rows_leaves_the_same_shape_and_the_same_wall(database):
    before = shape(database)
    for revision in REVISIONS:
        fill_and_attack(database)
        downgrade(database, BARE)
        assert tables_of(database) <= {"alembic_version"}
        upgrade(database, revision)
    upgrade(database)
    assert shape(database) == before
    assert check(database).is_sound
    fill_and_attack(database)


def tables_of(database: Database) -> set[str]:
    with database.migrating() as engine:
        return set(inspect(engine).get_table_names())


def shape(database: Database) -> list[tuple[str, ...]]:
    """The catalogue's own words: every table, index, constraint, view and trigger."""
    if database.is_sqlite:
        query = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
    else:
        query = """
            SELECT 'column', table_name || '.' || column_name, concat_ws(' ', data_type, is_nullable, column_default,
              character_maximum_length) FROM information_schema.columns WHERE table_schema = 'public'
            UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
            UNION ALL SELECT 'constraint', conname, pg_get_constraintdef(oid) FROM pg_constraint
              WHERE connamespace = 'public'::regnamespace
            UNION ALL SELECT 'trigger', tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid) || tgenabled::text
              FROM pg_trigger WHERE NOT tgisinternal
            UNION ALL SELECT 'function', proname, pg_get_functiondef(oid) FROM pg_proc
              WHERE pronamespace = 'public'::regnamespace
            UNION ALL SELECT 'view', viewname, definition FROM pg_views WHERE schemaname = 'public'
            ORDER BY 1, 2, 3"""
    with database.reading() as session:
        return [tuple(str(value) for value in row) for row in session.execute(text(query))]


def fill_and_attack(database: Database) -> None:
    """Rows in the tables, and one attack on each kind of guard."""
    desk = Desk(small_hospital(database))
    batch = desk.hospital.batch("CVC", "A1", 20)
    desk.post("issue", batch, 2, "store.in_stock", "icu.par")
    desk.lock("on_hold", "A1")
    locked = desk.movement("issue", batch, 1, "store.in_stock", "icu.par")
    assert desk.prompt.refusal(MOVEMENT, **locked) == "locked"
    assert desk.prompt.refusal(MOVEMENT, **locked | {"actor_id": desk.hospital.persons["boss"]}) == "not_signed_in"
    for statement in ("UPDATE movement SET quantity = 1", "DELETE FROM lot_lock", "DELETE FROM audit_entry"):
        assert desk.prompt.refusal(statement) == "append_only"
    assert desk.prompt.refusal("UPDATE balance SET quantity = 99") == "balance"
    assert desk.prompt.refusal("UPDATE schema_info SET loading = true") == "loading"
    assert desk.prompt.one("SELECT count(*) FROM audit_entry") > 20
    desk.prompt.close()


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path, monkeypatch):
    """The wall is put up last: if that breaks, the tables go too."""
    database = Database(f"sqlite:///{tmp_path / 'half.db'}", system_clock)
    (tmp_path / f"{newest_revision()}_sqlite.sql").write_text("CREATE TRIGGER broken BEFORE INSERT ON nowhere")
    script = scripts().get_revision("head").module
    monkeypatch.setitem(script.raise_wall.__globals__, "WALLS", tmp_path)
    with pytest.raises(OperationalError, match="incomplete input"):
        upgrade(database)
    monkeypatch.undo()
    assert tables_of(database) <= {"alembic_version"}
    upgrade(database)
    assert check(database).is_sound
    database.close()


def test_an_upgrade_of_an_upgraded_database_changes_nothing(database):
    before = shape(database)
    upgrade(database)
    assert shape(database) == before
