"""A case that touches nothing ends with the proof, and not by the hand that made it so."""

import pytest
from sqlalchemy import update

from app.core.statuses.recall import CaseState, RecallClass
from app.core.statuses.verdict import Verdict
from app.models.recalls import RecallCase
from app.models.refusals import OwnStepError, SecondReadingError
from app.queries.case_scope import scope_rows
from app.services.closing import AffectedLeftError, OwnReadingError
from tests.services.recall_stage import op, recall_stage


@pytest.fixture
def stage(database):
    return recall_stage(database)


def test_a_case_that_touches_nothing_ends_with_the_proof_and_may_be_reopened(stage):
    case_id = stage.assessed("REF: ZZ-1-99\nGTIN: 06999999990016\nLot: Q1")
    coordinator = stage.actor("coordinator")
    op_id = stage.signed("coordinator", "not_affected")
    with pytest.raises(SecondReadingError) as once:
        stage.closing.close_not_affected(actor=coordinator, op_id=op_id, case_id=case_id, reason="never bought")
    assert once.value.values["numbers"] == [1, 2, 3]
    end = {"state": CaseState.NOT_AFFECTED, "closed_by": coordinator.id, "closed_at": stage.database.clock()}
    with pytest.raises(SecondReadingError), stage.database.writing(coordinator.id) as session:
        session.execute(update(RecallCase).where(RecallCase.id == case_id).values(**end))
    stage.registering.confirm_clauses(actor=coordinator, op_id=op(), case_id=case_id)
    stage.read_again(case_id)
    stage.closing.close_not_affected(actor=coordinator, op_id=op_id, case_id=case_id, reason="product never bought")
    with stage.database.reading() as session:
        assert session.get_one(RecallCase, case_id).state is CaseState.NOT_AFFECTED
    stage.closing.reopen(actor=coordinator, op_id=op(), case_id=case_id, reason="the maker sent more lots")
    with stage.database.reading() as session:
        assert session.get_one(RecallCase, case_id).state is CaseState.ASSESSING


def test_who_read_by_hand_has_another_end_the_case_as_not_affected(stage):
    case_id = stage.assessed("GTIN: 06999999013037\nLot: A1OO", recall_class=RecallClass.II)
    coordinator = stage.actor("coordinator")
    with stage.database.reading() as session:
        rows = scope_rows(session, case_id)
    doubtful = {row.batch_id for row in rows if row.verdict is Verdict.NEED_INFO}
    assert doubtful
    for batch_id in doubtful:
        stage.excluded(case_id, batch_id, "label read: letter O")
    asked = {"case_id": case_id, "reason": "none here", "op_id": stage.signed("coordinator", "not_affected")}
    with pytest.raises(OwnReadingError):
        stage.closing.close_not_affected(actor=coordinator, **asked)
    end = {"state": CaseState.NOT_AFFECTED, "closed_by": coordinator.id, "closed_at": stage.database.clock()}
    with pytest.raises(OwnStepError), stage.database.writing(coordinator.id) as session:
        session.execute(update(RecallCase).where(RecallCase.id == case_id).values(**end))
    asked["op_id"] = stage.signed("boss", "not_affected")
    stage.closing.close_not_affected(actor=stage.actor("boss"), **asked)
    with stage.database.reading() as session:
        assert session.get_one(RecallCase, case_id).closed_by == stage.hospital.persons["boss"]


def test_a_case_with_affected_batches_cannot_end_as_not_affected(stage):
    case_id = stage.assessed()
    with pytest.raises(AffectedLeftError) as refusal:
        stage.closing.close_not_affected(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id, reason="no")
    assert refusal.value.values["count"] == 2
