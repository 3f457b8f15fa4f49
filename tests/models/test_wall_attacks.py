"""Attacks by SQL prompt: all refused, and every row stays as it was, byte for byte."""

import sqlite3

import psycopg
import pysqlite3.dbapi2 as sqlite
import pytest

from tests.models.arranging import LOCK, MOVEMENT, SIGNATURE, SIGNED_OVER, insert
from tests.models.besieged import (
    NEVER_DELETED,
    POSTGRESQL_MOODS,
    SQLITE_MOODS,
    Besieged,
    moods,
    prompt_in,
    statements,
)
from tests.models.false_records import CASES, MOVEMENTS, NAMES, SIGNED, line, persons
from tests.models.prompt import every_row

HOUR_AGO = "2001-01-01 00:00:00.000000"


@pytest.fixture(scope="module")
def besieged_sqlite(shared_sqlite):
    besieged = Besieged(shared_sqlite)
    yield besieged
    besieged.prompt.close()


@pytest.fixture(scope="module")
def besieged_postgres(shared_postgres):
    besieged = Besieged(shared_postgres)
    yield besieged
    besieged.prompt.close()


@pytest.fixture(params=["sqlite", "postgres"])
def besieged(request) -> Besieged:
    """Nothing may have changed when the attack is over."""
    besieged = request.getfixturevalue(f"besieged_{request.param}")
    yield besieged
    before, besieged.rows = besieged.rows, every_row(besieged.prompt)
    assert besieged.rows == before


@pytest.mark.parametrize("table", NEVER_DELETED)
def test_no_row_is_rewritten_or_removed(besieged, table):
    for mood in moods(besieged.hospital.database):
        for by in ("keeper", None):
            prompt = prompt_in(mood, besieged, by)
            for statement in statements(table, is_sqlite=prompt.is_sqlite):
                assert prompt.refusal(statement), (mood, statement)
            prompt.close()


@pytest.mark.parametrize("name", MOVEMENTS)
def test_a_false_movement_is_refused(besieged, name):
    values = line(besieged, serial_unit_id=None) | MOVEMENTS[name](besieged)
    sql = insert("movement", **{key: f":{key}" for key in values})
    for mood in moods(besieged.hospital.database):
        prompt = prompt_in(mood, besieged)
        assert prompt.refusal(sql, **values), mood
        prompt.close()


@pytest.mark.parametrize("by", [None, "gone"])
def test_nobody_and_who_has_left_cannot_post(besieged, by):
    prompt = prompt_in("as it is", besieged, by)
    actor = besieged.hospital.persons[by] if by else besieged.hospital.persons["keeper"]
    assert prompt.refusal(MOVEMENT, **line(besieged, actor_id=actor)) == "not_signed_in"
    prompt.close()


def test_goods_are_moved_by_whose_duty_it_is(besieged):
    """In their own name, with everything else in order: whoever does not issue goods cannot at a prompt either."""
    for by in ("nurse", "head", "inspector", "coordinator", "boss", "auditor"):
        prompt = prompt_in("as it is", besieged, by)
        assert prompt.refusal(MOVEMENT, **line(besieged, actor_id=prompt.actor)) == "not_your_duty", by
        prompt.close()


@pytest.mark.parametrize("number", [1, 0, -5, 2**31 - 1])
def test_a_line_takes_the_next_number_and_no_other(besieged, number):
    values = line(besieged, id=number)
    sql = insert("movement", id=":id", **{key: f":{key}" for key in values if key != "id"})
    assert besieged.prompt.refusal(sql, **values)


@pytest.mark.parametrize("quantity", [0.5, "1.5", "many", "", 1e300])
def test_quantities_are_whole_numbers(besieged_sqlite, quantity):
    for mood in SQLITE_MOODS:
        prompt = prompt_in(mood, besieged_sqlite)
        assert prompt.refusal(MOVEMENT, **line(besieged_sqlite, quantity=quantity))
        prompt.close()
    assert every_row(besieged_sqlite.prompt) == besieged_sqlite.rows


def test_a_line_cannot_be_dated_back(besieged_sqlite):
    assert besieged_sqlite.prompt.refusal(MOVEMENT, **line(besieged_sqlite, recorded_at=HOUR_AGO)) == "clock"


@pytest.mark.parametrize("name", NAMES)
def test_a_false_record_is_refused(besieged, name):
    sql, values = NAMES[name]
    for mood in moods(besieged.hospital.database):
        prompt = prompt_in(mood, besieged)
        assert prompt.refusal(sql, **values(besieged)), mood
        prompt.close()


@pytest.mark.parametrize("name", SIGNED)
def test_nobody_decides_over_their_own_under_a_signature_either(besieged, name):
    by, sql, values = SIGNED[name]
    for mood in moods(besieged.hospital.database):
        prompt = prompt_in(mood, besieged, by)
        assert prompt.refusal(sql, **values(besieged)) in ("own_receipt", "own_grant"), mood
        prompt.close()


@pytest.mark.parametrize("name", CASES)
def test_nobody_goes_round_the_steps_of_a_case(besieged, name):
    case, by, who, values = CASES[name]
    assert besieged.step(case, by, **persons(besieged, **who), **values)


def test_a_connection_without_the_functions_cannot_write_a_thing(besieged_sqlite):
    path = str(besieged_sqlite.hospital.database.path)
    for module in (sqlite3, sqlite):
        plain = module.connect(path, isolation_level=None)
        values = line(besieged_sqlite)
        for sql, given in (
            (MOVEMENT, values),
            (LOCK, NAMES["a layer nobody knows"][1](besieged_sqlite) | {"layer": "on_hold"}),
            (SIGNATURE, NAMES["a signature in another's name"][1](besieged_sqlite)),
            ("UPDATE person SET password_hash = 'x'", {}),
            ("UPDATE recall_case SET state = 'closed'", {}),
            ("UPDATE product SET needs_lot = 0", {}),
        ):
            with pytest.raises(module.Error, match=r"current_actor|no such function|wall:"):
                plain.execute(sql, given)
        plain.close()
    assert every_row(besieged_sqlite.prompt) == besieged_sqlite.rows


def test_temporary_tables_do_not_stand_in_for_ours(besieged):
    prompt = prompt_in("as it is", besieged)
    prompt.script(
        "CREATE TEMP TABLE schema_info AS SELECT 1 AS id, true AS loading;"
        "CREATE TEMP TABLE rule_lock AS SELECT 'x' AS kind, 'x' AS layer, 'x' AS effect;"
        "CREATE TEMP TABLE batch_layer AS SELECT 0 AS batch_id, 'x' AS layer;"
    )
    if not prompt.is_sqlite:
        prompt.script("SET search_path = pg_temp, public")
    sql = MOVEMENT.replace("INTO movement", "INTO main.movement" if prompt.is_sqlite else "INTO public.movement")
    assert prompt.refusal(sql, **line(besieged, batch_id=besieged.ids["held"])) == "locked"
    prompt.close()


@pytest.mark.parametrize("mode", ["ISOLATION LEVEL REPEATABLE READ", "ISOLATION LEVEL SERIALIZABLE"])
def test_an_old_snapshot_can_neither_post_nor_lock(besieged_postgres, mode):
    for sql, values in (
        (MOVEMENT, line(besieged_postgres)),
        (LOCK, NAMES["a layer nobody knows"][1](besieged_postgres) | {"layer": "on_hold"}),
    ):
        prompt = prompt_in("as it is", besieged_postgres)
        prompt.run(f"BEGIN {mode}")
        prompt.run("SELECT count(*) FROM batch")
        assert prompt.refusal(sql, **values) == "isolation"
        prompt.close()
    assert every_row(besieged_postgres.prompt) == besieged_postgres.rows


def test_a_strangers_trigger_and_a_strangers_function_do_not_open_the_wall(besieged_postgres):
    besieged = besieged_postgres
    for mood in POSTGRESQL_MOODS:
        prompt = prompt_in(mood, besieged)
        prompt.script(
            "CREATE TEMP TABLE lever (x integer);"
            "CREATE FUNCTION pg_temp.pull() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "UPDATE public.balance SET quantity = quantity + 1; RETURN NEW; END $$;"
            "CREATE TRIGGER pull BEFORE INSERT ON lever FOR EACH ROW EXECUTE FUNCTION pg_temp.pull();"
            "ALTER TABLE lever ENABLE ALWAYS TRIGGER pull;"
        )
        assert prompt.refusal("INSERT INTO lever VALUES (1)") == "balance"
        prompt.close()
    prompt = prompt_in("as it is", besieged)
    with pytest.raises(psycopg.Error, match="append_only"), prompt.transaction():
        prompt.script(
            "CREATE SCHEMA deaf; CREATE FUNCTION deaf.refuse(code text) RETURNS void LANGUAGE sql AS $$ SELECT $$;"
            "SET LOCAL search_path = deaf, public; TRUNCATE audit_seal"
        )
    prompt.close()
    assert every_row(besieged.prompt) == besieged.rows


def test_the_case_is_closed_by_whom_it_may_be(besieged_sqlite):
    """The positive control: the same prompt, the right person, the same statement."""
    values = {"state": "closed", **persons(besieged_sqlite, closed_by="boss")}
    changed = ", ".join(f"{name} = :{name}" for name in values)
    prompt = prompt_in("as it is", besieged_sqlite, "boss")
    case_id = besieged_sqlite.ids["reviewed"]
    prompt.run("BEGIN")
    prompt.run(SIGNED_OVER, **besieged_sqlite.signature_over("boss", case_id, "close_recall"))
    prompt.run(f"UPDATE recall_case SET {changed} WHERE id = :id", id=case_id, **values)
    prompt.act_as(besieged_sqlite.hospital.persons["keeper"])
    prompt.run(MOVEMENT, **line(besieged_sqlite))
    prompt.run("ROLLBACK")
    prompt.close()
