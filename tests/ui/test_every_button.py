"""Somebody who enjoys breaking things sits down as each role and presses everything there is."""

import pytest
from sqlalchemy import text

from app.core.permissions import Role
from app.models.database import Database
from tests.ui.desks import Stage
from tests.ui.fingers import NASTY, Fingers
from tests.ui.full_house_desk import Template, targets

TRIES = {"failed_tries", "locked_until"}
AUDIT = {"audit_entry", "audit_head", "audit_seal"}
PERSONS = {"person", "person_role"}
IDLE = {
    Role.AUDITOR: AUDIT,
    Role.BUYER: AUDIT | {"kit_recipe", "kit_component", "packaging_level", "device_identifier"},
    Role.CLINICAL_AFFAIRS: AUDIT,
    Role.IT_ADMIN: AUDIT | PERSONS | {"setting"},
    Role.SECURITY_ADMIN: AUDIT | PERSONS | {"setting", "signature", "operation", "past_password"},
}
"""Roles that move nothing, and the tables that may change all the same while they work."""


def rows(database: Database) -> dict[str, list[str]]:
    """Every row of every table, in an order of its own; wrong passwords are counted whoever types them."""
    with database.reading() as session:
        tables = session.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        found = {name: session.execute(text(f'SELECT * FROM "{name}"')).mappings().all() for name in tables}
    return {
        name: sorted(repr({key: value for key, value in row.items() if key not in TRIES}) for row in every)
        for name, every in found.items()
    }


def press_everything(stage: Stage, template: Template, role: Role) -> Fingers:
    """Every page in each language and each theme; the second time, where one may write, with rubbish in each field."""
    fingers = Fingers(stage)
    looks = [("zh", False), ("en", True)]
    if list(Role).index(role) % 2:
        looks.reverse()
    stage.enter(f"the_{role.value}")
    stage.desk.window.resize(1366, 768)
    for (tongue, dark), typed in zip(looks, ("", NASTY), strict=True):
        stage.desk.dress(dark)
        for key in stage.desk.window.rail.keys():  # noqa: SIM118 a method of the rail
            for target in targets(key, template.house):
                stage.desk.speak(tongue)
                if typed and role in IDLE:
                    fingers.open(key, target)
                else:
                    fingers.work_through(key, target, typed=typed)
    return fingers


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_everything_can_be_pressed_and_who_moves_nothing_has_moved_nothing(role, template, stage):
    before = rows(stage.hospital.database)
    fingers = press_everything(stage, template, role)
    changed = {name for name, told in rows(stage.hospital.database).items() if told != before[name]}

    assert not fingers.faults, "\n".join(["", *fingers.faults.values()])
    assert role not in IDLE or changed <= IDLE[role]
