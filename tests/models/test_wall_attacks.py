"""Attacks by SQL prompt: all refused, and every row stays as it was, byte for byte."""

import sqlite3

import psycopg
import pysqlite3.dbapi2 as sqlite
import pytest

from tests.models.arranging import LIFT, LOCK, MOVEMENT, SIGNATURE, insert
from tests.models.besieged import (
    NEVER_DELETED,
    POSTGRESQL_MOODS,
    SQLITE_MOODS,
    Besieged,
    moods,
    prompt_in,
    statements,
)
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


def line(besieged: Besieged, **more) -> dict:
    return besieged.movement("issue", besieged.ids["batch"], 1, "store.in_stock", "icu.par") | more


MOVEMENTS = {
    "another's name": lambda b: {"actor_id": b.hospital.persons["keeper2"]},
    "nobody's name": lambda b: {"actor_id": 9999},
    "no quantity": lambda b: {"quantity": 0},
    "a negative quantity": lambda b: {"quantity": -5},
    "more than there is": lambda b: {"quantity": 100_000},
    "a batch that is not there": lambda b: {"batch_id": 9999},
    "a place that is not there": lambda b: {"target_id": 9999},
    "from nowhere": lambda b: {"source_id": None, "source_state": None},
    "half a source": lambda b: {"source_state": None},
    "half a target": lambda b: {"target_id": None},
    "to the ward as stock": lambda b: {"target_state": "in_stock"},
    "a state nobody knows": lambda b: {"target_state": "somewhere"},
    "a kind nobody knows": lambda b: {"kind": "gift"},
    "an outcome without inspection": lambda b: {"outcome": "released"},
    "a serial that is not of the batch": lambda b: {"serial_unit_id": 1},
    "a reversal of nothing": lambda b: {"kind": "reversal", "reason": "x"},
    "a held lot": lambda b: {"batch_id": b.ids["held"]},
    "a held lot, with another's signature": lambda b: {
        "batch_id": b.ids["held"], "op_id": b.ids["op"], "line_no": 7, "reason": "x",
        "second_person_id": b.hospital.persons["boss"],
    },
    "a rejected lot": lambda b: {"batch_id": b.ids["pending"]},
    "a unit without its serial number": lambda b: {"batch_id": b.ids["pump"]},
    "a line added later to a signed operation": lambda b: {
        "kind": "stock_loss", "target_id": b.hospital.places["store"], "target_state": "unaccounted",
        "op_id": b.ids["op"], "line_no": 2, "reason": "x", "second_person_id": b.hospital.persons["boss"],
    },
    "a second who has not signed": lambda b: {"second_person_id": b.hospital.persons["boss"]},
    "an operation posted before": lambda b: {"op_id": b.ids["op"]},
    "the receiver inspects": lambda b: {
        "kind": "inspection", "batch_id": b.ids["batch"], "target_id": b.hospital.places["store"],
        "target_state": "in_stock", "outcome": "released",
    },
    "an inspection that decides nothing": lambda b: {
        "kind": "inspection", "target_id": b.hospital.places["store"], "target_state": "in_stock", "outcome": "pending",
    },
}  # fmt: skip


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


BALANCE = "INSERT INTO balance (batch_id, location_id, state, quantity, last_movement_id) VALUES (:b, :l, :s, :q, :m)"
NAMES = {
    "a balance from nothing": (BALANCE, lambda b: {
        "b": b.ids["batch"], "l": b.hospital.places["store2"], "s": "in_stock", "q": 5, "m": b.ids["inspection"],
    }),
    "an empty balance": (BALANCE, lambda b: {
        "b": b.ids["batch"], "l": b.hospital.places["store2"], "s": "in_stock", "q": 0, "m": 0,
    }),
    "a balance that borrows an inspection": (
        "UPDATE balance SET quantity = quantity + 10, last_movement_id = :m WHERE batch_id = :b",
        lambda b: {"b": b.ids["pending"], "m": b.ids["inspection"]},
    ),
    "a lock in another's name": (LOCK, lambda b: {
        "product_id": 1, "lot_key": "A1", "layer": "on_hold", "case_id": None, "locked_at": b.now,
        "locked_by": b.hospital.persons["boss"],
    }),
    "a recall lock without an approved case": (LOCK, lambda b: {
        "product_id": 1, "lot_key": "A1", "layer": "recall_quarantine", "case_id": b.ids["registered"],
        "locked_by": b.hospital.persons["keeper"], "locked_at": b.now,
    }),
    "a recall lock on a closed case": (LOCK, lambda b: {
        "product_id": 1, "lot_key": "A1", "layer": "recall_quarantine", "case_id": b.ids["closed"],
        "locked_by": b.hospital.persons["keeper"], "locked_at": b.now,
    }),
    "a layer nobody knows": (LOCK, lambda b: {
        "product_id": 1, "lot_key": "A1", "layer": "soft", "case_id": None, "locked_at": b.now,
        "locked_by": b.hospital.persons["keeper"],
    }),
    "a lift alone": (LIFT, lambda b: {
        "lock_id": b.ids["lock"], "op_id": b.ids["op"], "reason": "x", "lifted_at": b.now,
        "lifted_by": b.hospital.persons["keeper"], "second_person_id": b.hospital.persons["keeper"],
    }),
    "a lift in the names of two others": (LIFT, lambda b: {
        "lock_id": b.ids["lock"], "op_id": b.ids["op"], "reason": "x", "lifted_at": b.now,
        "lifted_by": b.hospital.persons["keeper2"], "second_person_id": b.hospital.persons["boss"],
    }),
    "a lift that nobody signed": (LIFT, lambda b: {
        "lock_id": b.ids["lock"], "op_id": "never signed", "reason": "x", "lifted_at": b.now,
        "lifted_by": b.hospital.persons["keeper"], "second_person_id": b.hospital.persons["boss"],
    }),
    "a lift that borrows the signature of a posting": (LIFT, lambda b: {
        "lock_id": b.ids["lock"], "op_id": b.ids["op"], "reason": "x", "lifted_at": b.now,
        "lifted_by": b.hospital.persons["keeper"], "second_person_id": b.hospital.persons["boss"],
    }),
    "a signature in another's name": (SIGNATURE, lambda b: {
        "op_id": "OP-X", "person_id": b.hospital.persons["boss"], "signed_at": b.now,
    }),
    "a paper in another's name": (
        insert("document", number="'WJ-2'", made_by=":by", made_at=":at"),
        lambda b: {"by": b.hospital.persons["boss"], "at": b.now},
    ),
    "a diary line in another's name": (
        insert("case_entry", op_id="'OP-D'", case_id="1", act="'registered'", person_id=":boss", at=":at"),
        lambda b: {"boss": b.hospital.persons["boss"], "at": b.now},
    ),
    "a task that jumps": ("UPDATE department_task SET state = 'done'", lambda b: {}),
    "a task of another department": ("UPDATE department_task SET location_id = 1", lambda b: {}),
    "a task of another number": ("UPDATE department_task SET number = 'RW-0'", lambda b: {}),
    "a patient on an issue": (
        insert("patient_use", movement_id=":id", visit_no="'V-9'", used_at=":at"),
        lambda b: {"id": b.ids["issue"], "at": b.now},
    ),
    "a second patient on one use": (
        insert("patient_use", movement_id=":id", visit_no="'V-9'", used_at=":at"),
        lambda b: {"id": b.ids["use"], "at": b.now},
    ),
    "a batch that is released at birth": (
        insert("batch", product_id="1", lot_no="'Z'", lot_key="'Z'", supplier_id="1", receipt_no="'Z'",
               inspection="'released'", received_at=":at"),
        lambda b: {"at": b.now},
    ),
    "a unit that is somewhere at birth": (
        insert("serial_unit", product_id="2", batch_id=":b", serial_no="'Z'", serial_key="'Z'", state="'in_stock'",
               location_id="1"),
        lambda b: {"b": b.ids["pump"]},
    ),
    "a unit of another product's batch": (
        insert("serial_unit", product_id="1", batch_id=":b", serial_no="'Z'", serial_key="'Z'"),
        lambda b: {"b": b.ids["pump"]},
    ),
    "a role for oneself": (
        insert("person_role", person_id=":me", role="'executive'", granted_by=":me", granted_at=":at"),
        lambda b: {"me": b.hospital.persons["keeper"], "at": b.now},
    ),
    "a role in another's name": (
        insert("person_role", person_id=":you", role="'executive'", granted_by=":other", granted_at=":at"),
        lambda b: {"you": b.hospital.persons["nurse"], "other": b.hospital.persons["boss"], "at": b.now},
    ),
    "a role in nobody's name": (
        insert("person_role", person_id=":you", role="'executive'", granted_at=":at"),
        lambda b: {"you": b.hospital.persons["nurse"], "at": b.now},
    ),
    "two administrators in one": (
        insert("person_role", person_id=":you", role="'auditor'", granted_by=":me", granted_at=":at"),
        lambda b: {"you": b.hospital.persons["it"], "me": b.hospital.persons["keeper"], "at": b.now},
    ),
    "another role for an old grant": (
        "UPDATE person_role SET role = 'executive' WHERE person_id = :you",
        lambda b: {"you": b.hospital.persons["nurse"]},
    ),
    "a grant moved to another person": (
        "UPDATE person_role SET person_id = :me WHERE role = 'executive'",
        lambda b: {"me": b.hospital.persons["keeper"]},
    ),
    "the end of one's own role": (
        "UPDATE person_role SET ended_at = :at WHERE person_id = :me",
        lambda b: {"me": b.hospital.persons["keeper"], "at": b.now},
    ),
    "a case approved at birth": (
        insert("recall_case", number="'RC-9'", kind="'voluntary'", recall_class="'I'", treatment="'warn'",
               notice_received_at=":at", state="'registered'", registered_by=":me", registered_at=":at",
               approved_by=":boss", version="1"),
        lambda b: {"me": b.hospital.persons["keeper"], "boss": b.hospital.persons["boss"], "at": b.now},
    ),
    "a case active at birth": (
        insert("recall_case", number="'RC-9'", kind="'voluntary'", recall_class="'I'", treatment="'warn'",
               notice_received_at=":at", state="'active'", registered_by=":me", registered_at=":at", version="1"),
        lambda b: {"me": b.hospital.persons["keeper"], "at": b.now},
    ),
    "a case in another's name": (
        insert("recall_case", number="'RC-9'", kind="'voluntary'", recall_class="'I'", treatment="'warn'",
               notice_received_at=":at", state="'registered'", registered_by=":boss", registered_at=":at", version="1"),
        lambda b: {"boss": b.hospital.persons["boss"], "at": b.now},
    ),
    "history loaded into a living database": ("UPDATE schema_info SET loading = true", lambda b: {}),
    "another application": ("UPDATE schema_info SET application = 'other'", lambda b: {}),
    "another row that says loading": (
        insert("schema_info", id="-1", application="'recalldesk'", loading="true"), lambda b: {},
    ),
    "a head for a chain that is not mine": ("INSERT INTO audit_head VALUES (9998, 0, '')", lambda b: {}),
    "a head moved on alone": ("UPDATE audit_head SET sequence = sequence + 1", lambda b: {}),
    "a seal of nothing": (
        insert("audit_seal", n="2", at=":at", heads="'[]'", hash="'abc'"), lambda b: {"at": b.now},
    ),
    "a seal that leaves a number out": (
        insert("audit_seal", n="7", at=":at", heads="'[]'", hash="'abc'"), lambda b: {"at": b.now},
    ),
    "an entry with a false hash": (
        insert("audit_entry", person_id=":me", sequence="9999", at="'now'", table_name="'movement'", row_id="'1'",
               action="'update'", hash="'abc'"),
        lambda b: {"me": b.hospital.persons["keeper"]},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_false_record_is_refused(besieged, name):
    sql, values = NAMES[name]
    for mood in moods(besieged.hospital.database):
        prompt = prompt_in(mood, besieged)
        assert prompt.refusal(sql, **values(besieged)), mood
        prompt.close()


def persons(besieged: Besieged, **names: str) -> dict[str, int]:
    return {column: besieged.hospital.persons[name] for column, name in names.items()}


CASES = {
    "who registered approves": ("registered", "coordinator", {"approved_by": "coordinator"}, {}),
    "approval in another's name": ("registered", "coordinator", {"approved_by": "boss"}, {}),
    "active without approval": ("registered", "boss", {}, {"state": "active"}),
    "a step left out": ("registered", "coordinator", {}, {"state": "closed"}),
    "approval taken back": ("active", "boss", {}, {"approved_by": None}),
    "approval taken over": ("active", "keeper", {"approved_by": "keeper"}, {}),
    "launched in another's name": ("active", "keeper", {"launched_by": "boss"}, {}),
    "closed at once": ("active", "boss", {"closed_by": "boss"}, {"state": "closed"}),
    "who reviewed closes": ("reviewed", "coordinator", {"closed_by": "coordinator"}, {"state": "closed"}),
    "closed in another's name": ("reviewed", "coordinator", {"closed_by": "boss"}, {"state": "closed"}),
    "closed by nobody": ("reviewed", "coordinator", {}, {"state": "closed", "closed_by": None}),
    "closed without a review": ("reviewed", "boss", {"closed_by": "boss"}, {"state": "closed", "review_by": None}),
    "reviewed in another's name": ("active", "coordinator", {"review_by": "boss"}, {}),
    "another notice": ("active", "coordinator", {}, {"notice_text": "harmless"}),
    "another number": ("active", "coordinator", {}, {"number": "RC-0"}),
    "another kind": ("active", "coordinator", {}, {"kind": "drill"}),
    "another registrar": ("active", "boss", {"registered_by": "boss"}, {}),
    "a closed case edited": ("closed", "boss", {}, {"root_cause": "nobody's fault"}),
    "a closed case closed by another": ("closed", "keeper", {"closed_by": "keeper"}, {}),
}


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
    prompt.run("BEGIN")
    prompt.run(f"UPDATE recall_case SET {changed} WHERE id = :id", id=besieged_sqlite.ids["reviewed"], **values)
    prompt.run(MOVEMENT, **line(besieged_sqlite, actor_id=prompt.actor))
    prompt.run("ROLLBACK")
    prompt.close()
