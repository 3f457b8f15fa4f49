"""The frame of a case: which step is offered to whom, and how it is taken."""

import pytest

from app.core.permissions import Role
from app.core.statuses.recall import CaseKind, CaseState
from app.queries.case_head import NextStep
from app.ui.pages.recalls.case_bar import STEPS, steps_of
from tests.services.recall_stage import NOTICE
from tests.ui.pages.recalls.office import PASSWORD, heard


@pytest.fixture
def files(office):
    files = heard(office.case.file_changed)
    office.case.set_visible(True)
    return files


def test_a_notice_goes_from_registered_to_launched_by_one_button(office, files):
    office.case.open_case(office.stage.registered())
    assert files[-1].offer.step is NextStep.ASSESS
    office.case.take_step()
    assert files[-1].offer.step is NextStep.CONFIRM
    office.case.take_step()
    office.password("boss")
    for step in (NextStep.READ_AGAIN, NextStep.APPROVE):
        assert (files[-1].offer.step, files[-1].offer.is_mine, files[-1].offer.in_place) == (step, False, True)
        office.case.take_step()
        office.case.sign("boss", PASSWORD)
    assert files[-1].offer.step is NextStep.LAUNCH
    launched, printed = heard(office.case.launched), heard(office.case.printed)
    office.case.take_step()
    assert files[-1].head.row.state is CaseState.ACTIVE
    assert (launched[-1].locks, len(launched[-1].task_ids)) == (2, files[-1].head.row.tasks)
    assert printed[-1].document_ids


def test_the_second_person_is_chosen_from_those_who_may_approve(office, files):
    case_id = office.stage.assessed()
    office.stage.registering.confirm_clauses(actor=office.seat.actor, op_id="c1", case_id=case_id)
    office.stage.hospital.person("colleague", Role.RECALL_COORDINATOR)
    office.case.open_case(case_id)
    asked = heard(office.case.asked_to_sign)
    office.case.take_step()
    assert [(step, [signer.login for signer in people]) for step, people in asked] == [
        ("read_again", ["boss", "colleague"])
    ]
    office.stage.read_again(case_id, by="colleague")
    office.case.reload()
    office.case.take_step()
    assert (asked[-1][0], [signer.login for signer in asked[-1][1]]) == ("approve", ["boss"])


def test_a_wrong_password_is_said_at_the_signature(office, files):
    case_id = office.stage.assessed()
    office.stage.registering.confirm_clauses(actor=office.seat.actor, op_id="c1", case_id=case_id)
    office.password("boss")
    office.case.open_case(case_id)
    refused = heard(office.case.sign_refused)
    office.case.sign("boss", "wrong")
    assert refused[-1].code == "wrong_password"
    assert files[-1].head.approved_by is None


def test_who_approves_does_it_with_their_own_button(office, files):
    case_id = office.stage.assessed()
    office.stage.registering.confirm_clauses(actor=office.seat.actor, op_id="c1", case_id=case_id)
    office.sit("boss")
    office.case.open_case(case_id)
    assert files[-1].offer.is_mine
    office.password("boss")
    asked = heard(office.case.asked_to_sign)
    for step in ("read_again", "approve"):
        office.case.take_step()
        assert (asked[-1][0], [signer.login for signer in asked[-1][1]]) == (step, ["boss"])
        office.case.sign("boss", PASSWORD)
    assert files[-1].head.approved_by is not None
    assert (files[-1].offer.step, files[-1].offer.is_mine) == (NextStep.LAUNCH, False)


def test_the_hold_is_offered_until_nothing_is_loose(office, files):
    office.case.open_case(office.stage.assessed())
    done = heard(office.case.done)
    assert files[-1].can_hold
    office.case.hold()
    assert done[-1] == ("hold", {"lots": 2})
    assert (files[-1].can_hold, files[-1].loose) == (False, 0)


def test_a_drill_offers_no_hold(office, files):
    office.case.open_case(office.stage.assessed(kind=CaseKind.DRILL))
    assert not files[-1].can_hold


def test_a_nurse_is_offered_no_step(office, files):
    office.sit("nurse")
    office.case.open_case(office.stage.assessed())
    assert not files[-1].offer.is_mine
    assert not files[-1].can_hold


def test_doubt_leads_to_the_scope(office, files):
    case_id = office.stage.assessed(NOTICE.replace("A100, A200", "A100, some lots, see attachment"))
    office.stage.registering.confirm_clauses(actor=office.seat.actor, op_id="c1", case_id=case_id)
    office.case.open_case(case_id)
    tabs = heard(office.case.asked_for_tab)
    assert files[-1].offer.step is NextStep.DECIDE
    office.case.take_step()
    assert tabs == ["scope"]


def test_a_stale_step_is_refused_with_its_reason(office, files):
    case_id = office.stage.approved()
    office.case.open_case(case_id)
    office.case.set_visible(False)
    office.stage.launching.launch(actor=office.seat.actor, op_id="elsewhere", case_id=case_id)
    refused = heard(office.case.refused)
    office.case.take_step()
    assert refused[-1][0] is NextStep.LAUNCH
    assert files[-1].head.row.state is CaseState.ASSESSING


@pytest.mark.parametrize("state", list(CaseState))
def test_the_stepper_stands_somewhere_in_every_state(state):
    steps, place = steps_of(state)
    assert 0 <= place <= len(steps)
    assert (place == len(steps)) == (state in (CaseState.CLOSED, CaseState.NOT_AFFECTED, CaseState.WITHDRAWN))
    assert len(steps) == len(STEPS) or place == len(steps)
