"""Each guard is missed when it is gone: with that one trigger dropped, at least one attack gets through."""

from collections.abc import Iterable, Iterator

import pytest

from app.core.places import root
from app.models.wall.audit_sql import sqlite_guards
from app.models.wall.standing import CREATED, SEPARATOR
from tests.faults.scale import FULL
from tests.models.arranging import MOVEMENT, insert
from tests.models.besieged import NEVER_DELETED, Besieged, prompt_in, statements
from tests.models.false_records import CASES, MOVEMENTS, NAMES, SIGNED, line, persons
from tests.models.false_requests import REQUESTS, arrange, reversal_of_the_part
from tests.models.prompt import Prompt

Attack = tuple[str, str, dict]


def names(statements_of_wall: list[str]) -> list[str]:
    found = (CREATED.search(statement) for statement in statements_of_wall)
    return [match.group(2) for match in found if match and match.group(1) == "TRIGGER"]


WRITERS = {"movement_balance", "movement_outcome", "batch_supplement_written", "lot_lock_ends_reservations"}
"""They write, they refuse nothing; what they write is proved wherever goods move."""
KEPT_APART = {
    "scope_movement", "scope_department_task", "scope_requisition", "scope_requisition_decided", "scope_stock_count",
    "scope_delivery", "scope_stays", "apart_case_closed", "apart_lock_lifted", "apart_grant", "apart_grant_ended",
    "signed_grant", "signed_grant_ended", "signed_inspection", "signature_shows", "setting_named_insert",
    "setting_named",
}  # fmt: skip
"""Tried by ``tests.faults.test_wall_separations``, where persons have limited roles."""
COVERED = {"serial_unit_here_insert", "serial_unit_here_update"}
"""Behind them stand the unique index and the guard against deletion; they give the refusal its name."""
BY_HAND = names((root() / "app/models/wall/parts/sqlite.sql").read_text().split(SEPARATOR))
GUARDS = [name for name in names(sqlite_guards()) if name.removeprefix("keep_").rpartition("_")[0] in NEVER_DELETED]
"""Guards against UPDATE and DELETE; those against OR REPLACE come in pairs that cover for one another."""


@pytest.fixture(scope="module")
def besieged(shared_sqlite):
    besieged = Besieged(shared_sqlite)
    arrange(besieged)
    yield besieged
    besieged.prompt.close()


def is_missed(besieged: Besieged, dropped: str, attacks: Iterable[Attack]) -> bool:
    """Whether one of the attacks succeeds without that trigger; everything is rolled back."""
    prompt = prompt_in("all off", besieged)
    prompt.run("BEGIN")
    prompt.run(f"DROP TRIGGER {dropped}")
    missed = any(gets_through(prompt, besieged, *attack) for attack in attacks)
    prompt.run("ROLLBACK")
    prompt.close()
    return missed


def gets_through(prompt: Prompt, besieged: Besieged, by: str, sql: str, values: dict) -> bool:
    prompt.act_as(besieged.hospital.persons[by])
    prompt.run("SAVEPOINT attack")
    refused = prompt.refusal(sql, **values)
    prompt.run("ROLLBACK TO attack")
    return not refused


def attacks(besieged: Besieged) -> Iterator[Attack]:
    for values in MOVEMENTS.values():
        false = line(besieged, serial_unit_id=None) | values(besieged)
        yield "keeper", insert("movement", **{key: f":{key}" for key in false}), false
    yield "gone", MOVEMENT, line(besieged, actor_id=besieged.hospital.persons["gone"])
    yield "nurse", MOVEMENT, line(besieged, actor_id=besieged.hospital.persons["nurse"])
    far = line(besieged, id=10**6)
    yield "keeper", insert("movement", id=":id", **{key: f":{key}" for key in far if key != "id"}), far
    for sql, values in (*NAMES.values(), *REQUESTS.values()):
        yield "keeper", sql, values(besieged)
    for by, sql, values in SIGNED.values():
        yield by, sql, values(besieged)
    yield "keeper", MOVEMENT, reversal_of_the_part(besieged)
    for case, by, who, more in CASES.values():
        values = persons(besieged, **who) | more
        changed = ", ".join(f"{name} = :{name}" for name in values)
        yield by, f"UPDATE recall_case SET {changed} WHERE id = {besieged.ids[case]}", values
    for table in ("balance", "serial_unit", "batch", "audit_head", "person_role", "schema_info"):
        for sql in statements(table, is_sqlite=True):
            yield "keeper", sql, {}


FEW = {
    "movement_wall_3_locks",
    "lot_lock_wall",
    "recall_case_wall",
    "signed_case",
    "signed_case_end",
    "movement_duty",
    "balance_is_ledger_update",
    "audit_head_wall",
}
"""Tried in every run; all of them by ``make faults`` and ``make nightly``."""


@pytest.mark.parametrize(
    "trigger", [name for name in BY_HAND if name not in WRITERS | KEPT_APART | COVERED and (FULL or name in FEW)]
)
def test_each_rule_of_the_wall_is_missed(besieged, trigger):
    assert is_missed(besieged, trigger, attacks(besieged))


@pytest.mark.parametrize(
    "trigger", [name for name in GUARDS if name.endswith(("_update", "_delete") if FULL else "movement_update")]
)
def test_each_guard_of_a_table_is_missed(besieged, trigger):
    table, _, _act = trigger.removeprefix("keep_").rpartition("_")
    tried = statements(table, is_sqlite=True)
    assert is_missed(besieged, trigger, [("keeper", sql, {}) for sql in tried])
