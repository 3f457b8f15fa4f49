"""A notice is kept as it came; what the program read of it is confirmed, corrected, added to by persons."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from app.core.permissions import NotEntitledError
from app.core.statuses.recall import CaseState
from app.core.statuses.verdict import Verdict
from app.models.recalls import CaseEntry, RecallCase, RecallClause
from app.models.refusals import AppendOnlyError
from app.notices.clauses import Clause, ClauseForm, ClauseKey
from app.queries.case_head import NextStep, case_head
from app.queries.case_scope import clause_rows, scope_rows
from app.services.diary import CaseStateError
from app.services.registering import (
    ClauseEmptyError,
    NoDoubtError,
    NoticeEmptyError,
    ReasonNeededError,
    ReceivedLaterError,
)
from tests.services.recall_stage import NOTICE, op, recall_stage

VAGUE = "REF: CVC-7F-20\nGTIN: 06999999012016\nSpecific lots are affected, see attachment."


@pytest.fixture
def stage(database):
    return recall_stage(database)


def fetch(stage, query, *args, **kwargs):
    with stage.database.reading() as session:
        return query(session, *args, **kwargs)


def lots(*values):
    return Clause(ClauseKey.LOT, ClauseForm.LIST, "", 0, 0, values=values)


def verdicts(stage, case_id):
    stage.assessing.assess(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id)
    return {(row.product_id, row.lot_no): row.verdict for row in fetch(stage, scope_rows, case_id)}


def test_a_notice_is_kept_with_its_hash_under_a_running_number(stage):
    first, second = stage.registered(), stage.registered(NOTICE + "\nSecond letter.")
    with stage.database.reading() as session:
        cases = [session.get_one(RecallCase, key) for key in (first, second)]
    year = stage.database.clock().astimezone().year
    assert [case.number for case in cases] == [f"RC-{year}-0001", f"RC-{year}-0002"]
    assert cases[0].notice_text == NOTICE
    assert cases[0].notice_hash == hashlib.sha256(NOTICE.encode()).hexdigest()


def test_every_clause_quotes_the_notice_at_its_place(stage):
    for row in fetch(stage, clause_rows, stage.registered()):
        assert NOTICE[row.start : row.end] == row.quote
        assert row.confirmed_by is None
        assert row.entered_by is None


def test_the_text_of_a_notice_can_never_be_changed(stage):
    stage.registered()
    with pytest.raises(AppendOnlyError), stage.database.writing(stage.hospital.persons["boss"]) as session:
        session.execute(text("UPDATE recall_case SET notice_text = 'other'"))


@pytest.mark.parametrize("changes", [{"text": "  "}, {"title": ""}])
def test_a_notice_needs_text_and_title(sqlite_database, changes):
    stage = recall_stage(sqlite_database)
    with pytest.raises(NoticeEmptyError):
        stage.registered(**changes)


def test_a_notice_cannot_arrive_tomorrow(sqlite_database):
    stage = recall_stage(sqlite_database)
    with pytest.raises(ReceivedLaterError):
        stage.registered(received_at=sqlite_database.clock() + timedelta(minutes=1))


def test_only_the_coordinator_registers(sqlite_database):
    stage = recall_stage(sqlite_database)
    with pytest.raises(NotEntitledError):
        stage.registering.register(actor=stage.actor("nurse"), op_id=op(), notice=stage.notice())


def test_a_corrected_clause_changes_the_verdict_and_the_old_version_stays_on_file(stage):
    case_id, coordinator = stage.assessed(), stage.actor("coordinator")
    clause = next(row for row in fetch(stage, clause_rows, case_id) if row.key is ClauseKey.LOT)
    stage.registering.correct_clause(
        actor=coordinator, op_id=op(), clause_id=clause.id, clause=lots("A100", "B900"), reason="misread"
    )
    after = next(row for row in fetch(stage, clause_rows, case_id) if row.key is ClauseKey.LOT)
    assert (after.ordinal, after.values, after.quote) == (clause.ordinal, ("A100", "B900"), clause.quote)
    assert after.confirmed_by == after.entered_by == coordinator.name
    found = verdicts(stage, case_id)
    cvc = stage.hospital.products["CVC"]
    assert (found[cvc, "A100"], found[cvc, "B900"]) == (Verdict.AFFECTED, Verdict.AFFECTED)
    with stage.database.reading() as session:
        assert len(session.scalars(select(RecallClause).where(RecallClause.ordinal == clause.ordinal)).all()) == 2


def test_a_removed_lot_is_a_doubt_and_never_not_affected(stage):
    case_id, coordinator = stage.assessed(), stage.actor("coordinator")
    clause = next(row for row in fetch(stage, clause_rows, case_id) if row.key is ClauseKey.LOT)
    stage.registering.correct_clause(
        actor=coordinator, op_id=op(), clause_id=clause.id, clause=lots("A100"), reason="misread"
    )
    assert verdicts(stage, case_id)[stage.hospital.products["CVC"], "A200"] is Verdict.NEED_INFO


def test_lots_of_an_attachment_are_entered_by_hand_and_decide(stage):
    case_id, coordinator = stage.registered(VAGUE), stage.actor("coordinator")
    cvc = stage.hospital.products["CVC"]
    assert verdicts(stage, case_id)[cvc, "A100"] is Verdict.NEED_INFO
    for row in fetch(stage, clause_rows, case_id):
        if row.form is ClauseForm.REFERENCE:
            stage.registering.correct_clause(
                actor=coordinator, op_id=op(), clause_id=row.id, clause=lots("A100"), reason="attachment of 3 March"
            )
    head = fetch(stage, case_head, case_id, stage.database.clock())
    for code, _ in head.doubts:
        stage.registering.settle_doubt(
            actor=coordinator, op_id=op(), case_id=case_id, doubt=code, reason="attachment of 3 March"
        )
    assert not fetch(stage, case_head, case_id, stage.database.clock()).doubts
    found = verdicts(stage, case_id)
    assert (found[cvc, "A100"], found[cvc, "B900"]) == (Verdict.AFFECTED, Verdict.NOT_AFFECTED)


def test_a_doubt_that_is_none_cannot_be_settled(sqlite_database):
    stage = recall_stage(sqlite_database)
    case_id = stage.registered()
    with pytest.raises(NoDoubtError):
        stage.registering.settle_doubt(
            actor=stage.actor("coordinator"), op_id=op(), case_id=case_id, doubt="masked", reason="none"
        )


def test_clauses_entered_by_hand_need_content_and_a_source(sqlite_database):
    stage = recall_stage(sqlite_database)
    case_id, coordinator = stage.registered(), stage.actor("coordinator")
    add = stage.registering.add_clause
    with pytest.raises(ClauseEmptyError):
        add(actor=coordinator, op_id=op(), case_id=case_id, clause=lots(" "), reason="mail")
    empty = Clause(ClauseKey.LOT, ClauseForm.RANGE, "", 0, 0)
    with pytest.raises(ClauseEmptyError):
        add(actor=coordinator, op_id=op(), case_id=case_id, clause=empty, reason="mail")
    with pytest.raises(ReasonNeededError):
        add(actor=coordinator, op_id=op(), case_id=case_id, clause=lots("C1"), reason=" ")


def test_clauses_stand_still_after_the_launch(sqlite_database):
    stage = recall_stage(sqlite_database)
    case_id = stage.launched()
    with pytest.raises(CaseStateError):
        stage.registering.add_clause(
            actor=stage.actor("coordinator"), op_id=op(), case_id=case_id, clause=lots("C1"), reason="mail"
        )


def test_every_act_stands_in_the_diary_with_its_person(stage):
    case_id = stage.launched()
    with stage.database.reading() as session:
        acts = [entry.act.value for entry in session.scalars(select(CaseEntry).order_by(CaseEntry.id))]
        state = session.get_one(RecallCase, case_id).state
    assert acts == ["registered", "assessed", "clauses_confirmed", "read_again", "approved", "launched"]
    assert state is CaseState.ACTIVE
    with pytest.raises(AppendOnlyError), stage.database.writing(stage.hospital.persons["boss"]) as session:
        session.execute(text("UPDATE case_entry SET note = 'other'"))


def test_the_first_step_of_a_new_case_is_its_assessment(sqlite_database):
    stage = recall_stage(sqlite_database)
    assert fetch(stage, case_head, stage.registered(), sqlite_database.clock()).next_step is NextStep.ASSESS
