"""A command that takes a password is answered once too: asked again it tells what was done, and signs nothing."""

import pytest
from sqlalchemy import func, select

from app.core.statuses.recall import CaseState
from app.core.statuses.stock import Inspection
from app.models.persons import Signature
from app.models.recalls import RecallCase
from app.models.stock import Movement
from app.queries.inspections import CheckAnswer, inspection_card
from app.services.inspecting import InspectingService, RejectedPart
from app.services.repeating import OperationReusedError
from app.services.signing_in import SigningInService, WrongPasswordError
from tests.builders import small_hospital
from tests.services.recall_stage import op, recall_stage
from tests.services.receiving_bay import CARTON, FAR, PASSWORD, Bay, label


@pytest.fixture
def bay(database):
    bay = Bay(database, small_hospital(database))
    bay.give_password()
    return bay


@pytest.fixture
def inspecting(bay):
    return InspectingService(bay.database, SigningInService(bay.database))


def count(database, table) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def pending(bay) -> tuple[int, list[CheckAnswer]]:
    bay.scan(label(CARTON, "26A0418", FAR))
    (batch,) = bay.post().batch_ids
    with bay.database.reading() as session:
        card = inspection_card(session, batch)
    return batch, [CheckAnswer(item.key, True, "") for item in card.checklist.items]


@pytest.mark.parametrize("act", ["release", "reject", "release_part"])
def test_an_inspection_asked_again_is_told_the_first_answer(bay, inspecting, act):
    batch, answers = pending(bay)
    more = {
        "release": {},
        "reject": {"reason": "wet"},
        "release_part": {"part": RejectedPart(2, "torn")},
    }[act]
    asked = {"actor": bay.actor("inspector"), "batch_id": batch, "answers": answers, "op_id": op(), **more}
    first = getattr(inspecting, act)(password=PASSWORD, **asked)
    before = count(bay.database, Movement), count(bay.database, Signature)
    again = getattr(inspecting, act)(password=PASSWORD, **asked)

    assert again == first
    assert first.outcome is (Inspection.REJECTED if act == "reject" else Inspection.RELEASED)
    assert (count(bay.database, Movement), count(bay.database, Signature)) == before


def test_a_repetition_without_the_password_is_told_nothing(bay, inspecting):
    batch, answers = pending(bay)
    asked = {"actor": bay.actor("inspector"), "batch_id": batch, "answers": answers, "op_id": op()}
    inspecting.release(password=PASSWORD, **asked)
    with pytest.raises(WrongPasswordError):
        inspecting.release(password="wrong", **asked)


def test_the_same_operation_for_another_act_is_refused(bay, inspecting):
    batch, answers = pending(bay)
    asked = {"actor": bay.actor("inspector"), "batch_id": batch, "answers": answers, "op_id": op()}
    inspecting.release(password=PASSWORD, **asked)
    with pytest.raises(OperationReusedError):
        inspecting.reject(password=PASSWORD, reason="wet", **asked)


def test_a_locked_lot_let_in_is_told_again(bay):
    bay.recall("2509A17")
    line = bay.scan(label(CARTON, "2509A17", FAR))
    asked = {
        "actor": bay.actor("keeper"), "delivery_id": bay.delivery_id, "line_id": line.id, "login": "inspector",
        "password": PASSWORD, "reason": "agreed", "op_id": op(),
    }  # fmt: skip
    first = bay.service.override(**asked)
    before = count(bay.database, Signature)

    assert bay.service.override(**asked) == first
    assert count(bay.database, Signature) == before


def test_a_case_approved_and_closed_in_place_is_told_again(database):
    stage = recall_stage(database)
    signing = SigningInService(database)
    with database.writing(None) as session:
        from app.models.persons import Person
        from app.services.signing_in import hash_password

        session.get_one(Person, stage.hospital.persons["boss"]).password_hash = hash_password(PASSWORD)
    case_id = stage.assessed()
    coordinator = stage.actor("coordinator")
    stage.registering.confirm_clauses(actor=coordinator, op_id=op(), case_id=case_id)
    stage.read_again(case_id)
    asked = {"actor": coordinator, "op_id": op(), "case_id": case_id, "login": "boss", "password": PASSWORD}
    first = stage.launching.approve_in_place(**asked)

    assert stage.launching.approve_in_place(**asked) == first
    assert signing.has_signed(first, asked["op_id"])
    with database.reading() as session:
        case = session.get_one(RecallCase, case_id)
        assert (case.state, case.approved_by) == (CaseState.ASSESSING, stage.hospital.persons["boss"])
