"""What somebody took out of the wall, or bent, is found and named before anything is written."""

import pytest

from app.services.upgrading import WallChangedError, check, demand_sound
from tests.models.prompt import Prompt

SQLITE = {
    "a trigger dropped": ("DROP TRIGGER movement_wall_3_locks", "movement_wall_3_locks"),
    "a guard dropped": ("DROP TRIGGER keep_movement_update", "keep_movement_update"),
    "a trigger weakened": (
        "DROP TRIGGER keep_movement_delete; CREATE TRIGGER keep_movement_delete BEFORE DELETE ON movement "
        "WHEN OLD.id < 0 BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END",
        "keep_movement_delete",
    ),
    "a rule changed": (
        "DROP VIEW rule_lock; CREATE VIEW rule_lock AS SELECT 'issue' AS kind, 'on_hold' AS layer, 'allow' AS effect",
        "rule_lock",
    ),
    "a stranger's trigger": (
        "CREATE TRIGGER helpful AFTER INSERT ON movement BEGIN DELETE FROM setting; END",
        "helpful",
    ),
    "a table renamed away": ("ALTER TABLE movement RENAME TO movement_before", "movement_wall_0_form"),
}
POSTGRESQL = {
    "a trigger dropped": ("DROP TRIGGER movement_wall ON movement", "movement_wall on movement"),
    "one of many audits dropped": ("DROP TRIGGER audit_row ON person_role", "audit_row on person_role"),
    "a guard switched off": ("ALTER TABLE movement DISABLE TRIGGER keep_rows", "keep_rows on movement"),
    "a guard half switched off": ("ALTER TABLE batch ENABLE TRIGGER batch_wall", "batch_wall on batch"),
    "all triggers switched off": ("ALTER TABLE balance DISABLE TRIGGER USER", "balance_is_ledger on balance"),
    "a trigger put elsewhere": (
        "DROP TRIGGER keep_rows ON movement; CREATE TRIGGER keep_rows AFTER UPDATE ON movement FOR EACH ROW "
        "EXECUTE FUNCTION refuse_change(); ALTER TABLE movement ENABLE ALWAYS TRIGGER keep_rows",
        "keep_rows on movement",
    ),
    "a function changed": (
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        "refuse_change",
    ),
    "a function without its search path": ("ALTER FUNCTION movement_wall() RESET search_path", "movement_wall"),
    "a function without its rights": ("ALTER FUNCTION movement_wall() SECURITY INVOKER", "movement_wall"),
    "a rule changed": (
        "CREATE OR REPLACE VIEW rule_free AS SELECT column1 AS state FROM (VALUES ('par'::text)) AS listed",
        "rule_free",
    ),
    "a view bent": ("ALTER VIEW batch_layer RENAME TO batch_layer_before", "batch_layer"),
    "a rewrite rule": ("CREATE RULE swallow AS ON INSERT TO lot_lock DO INSTEAD NOTHING", "swallow"),
    "a stranger's trigger": (
        "CREATE TRIGGER helpful BEFORE INSERT ON movement FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        "helpful on movement",
    ),
}


def test_an_untouched_wall_is_sound(database):
    report = check(database)
    assert (report.is_sound, report.differences) == (True, ())


@pytest.mark.parametrize("name", SQLITE)
def test_what_was_bent_on_sqlite_is_named(sqlite_database, name):
    bend(sqlite_database, *SQLITE[name])


@pytest.mark.parametrize("name", POSTGRESQL)
def test_what_was_bent_on_postgresql_is_named(postgres_database, name):
    bend(postgres_database, *POSTGRESQL[name])


def bend(database, sql: str, named: str) -> None:
    prompt = Prompt(database)
    prompt.script(sql)
    prompt.close()
    assert named in check(database).differences
    with pytest.raises(WallChangedError) as refused:
        demand_sound(database)
    assert named in refused.value.values["names"]
