"""Whose use it was: for the entitled alone, with a reason, and on record before the answer."""

import pytest
from sqlalchemy import select

from app.core.errors import NotFoundError
from app.core.permissions import NotEntitledError, Role
from app.core.statuses.stock import MovementKind
from app.models.persons import PatientLook
from app.queries.ledger import ledger
from app.queries.patient_looks import patient_looks
from app.queries.reader import Reader
from app.services.correcting import CorrectingService
from app.services.looking import LookingService, LookReasonError
from app.services.signing_in import SigningInService
from tests.kit_life import kit_life
from tests.personal import PASSWORD, let_in, opened

FIRST, SECOND = "ZY20260001234", "ZY20260005678"


@pytest.fixture
def used(database):
    """Lot A1 used on one visit in the ICU, and on another one as part of a kit in the second ward."""
    life = kit_life(database)
    life.house.person("affairs", Role.CLINICAL_AFFAIRS)
    batch, _ = life.stocked()
    kit = life.build()
    life.issue("A1", 3)
    life.use("A1", 2, visit_no=FIRST)
    life.issue(kit.number, 1, to="icu", product="KIT")
    life.use(kit.number, 1, product="KIT", visit_no=SECOND)
    return life, batch


def look(life, batch: int, by: str = "affairs", reason: str = "召回随访"):
    return LookingService(life.database).look(actor=life.actor(by), batch_id=batch, reason=reason)


def test_who_looks_after_all_patients_sees_every_visit_a_kits_too(used):
    life, batch = used

    seen = look(life, batch)

    assert [(use.visit_no, use.quantity, use.is_taken_back) for use in seen.uses] == [
        (SECOND, 1, False),
        (FIRST, 2, False),
    ]
    assert seen.visits == 2
    [row] = Reader(life.database).fetch(patient_looks)
    assert (row.person.zh, row.lot_no, row.reason, row.batch_id) == ("测试affairs", "A1", "召回随访", batch)


def test_a_head_sees_the_own_department_and_each_look_is_another_line(used):
    life, batch = used
    life.house.person("elsewhere", Role.DEPT_HEAD, place="clinic")

    assert look(life, batch, "head").visits == 2
    assert look(life, batch, "elsewhere").uses == ()
    assert [row.person.en for row in Reader(life.database).fetch(patient_looks)] == ["Elsewhere", "Head"]


def test_nobody_else_no_reason_and_no_batch_shows_nothing_and_writes_nothing(used):
    life, batch = used

    for by in ("keeper", "coordinator", "auditor", "nurse", "boss"):
        with pytest.raises(NotEntitledError):
            look(life, batch, by)
    with pytest.raises(LookReasonError):
        look(life, batch, reason="  ")
    with pytest.raises(NotFoundError):
        look(life, 99_999)
    assert _looks(life) == []


def test_a_use_that_was_corrected_is_said_to_be(used):
    life, batch = used
    [line] = [row for row in Reader(life.database).fetch(ledger, [batch]) if row.kind is MovementKind.USE]
    correcting = CorrectingService(life.database)
    correcting.reverse(actor=life.actor("nurse"), op_id="OP-BACK", movement_id=line.id, reason="登记错批次")

    assert [use.is_taken_back for use in look(life, batch).uses] == [False, True]


def test_over_a_login_of_their_own_too(personal_house):
    """The definer function writes the look in the name of the login."""
    house = personal_house
    house.person("affairs", Role.CLINICAL_AFFAIRS)
    batch = house.batch("CVC", "A1", 10)
    let_in(house.database)
    own = opened(house.database)
    actor = SigningInService(own).sign_in("affairs", PASSWORD)

    assert LookingService(own).look(actor=actor, batch_id=batch, reason="召回随访").uses == ()
    own.close()
    with house.database.reading() as session:
        assert session.scalars(select(PatientLook.person_id)).all() == [house.persons["affairs"]]


def _looks(life) -> list[int]:
    with life.database.reading() as session:
        return list(session.scalars(select(PatientLook.id)))
