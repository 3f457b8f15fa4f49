"""A lot corrected after the assessment: what the notice now means is locked and searched; nothing is released alone."""

import uuid

import pytest
from sqlalchemy import select

from app.core.statuses.locks import LockLayer
from app.core.statuses.recall import CaseAct, CaseState, TaskState
from app.core.statuses.stock import MovementKind, StockState
from app.core.statuses.supplement import SupplementField
from app.core.statuses.verdict import Verdict
from app.models.locks import LotLock
from app.models.recalls import CaseEntry, RecallCase, ScopeLine
from app.models.refusals import LockedError
from app.models.stock import Batch
from app.queries.case_closing import ClosingItem, closing_checklist
from app.queries.impact import impact
from app.queries.scope_changes import scope_changes
from app.queries.tasks import task_board, task_lines
from app.services.assessing import NoChangeError, UndecidedError
from app.services.diary import CaseStateError
from app.services.supplementing import SupplementingService
from tests.services.recall_stage import op, recall_stage

K, S = MovementKind, StockState
RANGE = """Voluntary recall of central venous catheters.
REF: CVC-7F-20
GTIN: 06999999012016
Lot: A100 to A199
The guide wire may shed its coating. Stop using these products at once.
"""


@pytest.fixture
def stage(database):
    return recall_stage(database)


def launched(stage, text: str = RANGE) -> int:
    """B900 cannot be compared with the range: a person has decided that it is not meant."""
    case_id, coordinator = stage.assessed(text), stage.actor("coordinator")
    stage.excluded(case_id, batch_of(stage, "B900"), "Another series")
    stage.registering.confirm_clauses(actor=coordinator, op_id=op(), case_id=case_id)
    stage.read_again(case_id)
    stage.launching.approve(actor=stage.actor("boss"), op_id=stage.signed("boss", "approve_recall"), case_id=case_id)
    stage.launching.launch(actor=coordinator, op_id=op(), case_id=case_id)
    return case_id


def ask(stage, query, *args, **more):
    with stage.database.reading() as session:
        return query(session, *args, **more)


def batch_of(stage, lot: str) -> int:
    with stage.database.reading() as session:
        product = stage.hospital.products["CVC"]
        return session.scalars(select(Batch.id).where(Batch.lot_no == lot, Batch.product_id == product)).one()


def correct(stage, batch_id: int, lot: str, reason: str = "The label was misread"):
    op_id = uuid.uuid4().hex
    stage.hospital.sign("inspector", op_id, "supplement")
    return SupplementingService(stage.database).complete(
        actor=stage.actor("keeper"), op_id=op_id, batch_id=batch_id, field=SupplementField.LOT_NO, value=lot,
        reason=reason, second=stage.actor("inspector"),
    )  # fmt: skip


def verdict(stage, case_id: int, batch_id: int) -> Verdict | None:
    with stage.database.reading() as session:
        return session.scalar(
            select(ScopeLine.verdict).where(ScopeLine.case_id == case_id, ScopeLine.batch_id == batch_id)
        )


def locks(stage, lot: str) -> list[str]:
    with stage.database.reading() as session:
        return list(session.scalars(select(LotLock.layer).where(LotLock.lot_key == lot)))


def decide(stage, case_id: int, batch_id: int, decided: Verdict, reason: str = "Seen on the box", by="coordinator"):
    op_id = stage.signed(by, "exclude_batch")
    return stage.assessing.decide_change(
        actor=stage.actor(by), op_id=op_id, case_id=case_id, batch_id=batch_id, verdict=decided, reason=reason
    )


def test_a_lot_that_now_fits_is_locked_listed_and_searched_for(stage):
    case_id, batch = launched(stage), batch_of(stage, "B900")
    done = correct(stage, batch, "A150")

    assert [(one.before, one.after) for one in done.cases] == [(Verdict.NEED_INFO, Verdict.AFFECTED)]
    assert LockLayer.RECALL_QUARANTINE in done.layers
    assert locks(stage, "A150") == ["recall_quarantine"]
    assert verdict(stage, case_id, batch) is Verdict.AFFECTED
    (row,) = ask(stage, scope_changes, case_id)
    assert (row.lot_before, row.lot_now, row.is_newly_meant, row.is_locked, row.is_open) == (
        "B900", "A150", True, True, False,
    )  # fmt: skip
    assert (row.by.zh, row.second.zh, row.reason) == ("测试keeper", "测试inspector", "The label was misread")
    assert ask(stage, impact, case_id).received == 100 + 70
    with pytest.raises(LockedError):
        stage.hospital.move(K.ISSUE, batch, 1, ("store", S.IN_STOCK), ("icu", S.PAR))


def test_the_place_where_it_lies_searches_again_although_it_was_done(stage):
    case_id, batch = launched(stage), batch_of(stage, "B900")
    now = stage.database.clock
    task = next(row for row in ask(stage, task_board, case_id, now()).tasks if row.place.zh == "中心库")
    keeper = stage.actor("keeper")
    (line,) = ask(stage, task_lines, task.id)
    found = {line.batch_id: line.expected}
    stage.answering.count(actor=keeper, op_id=op(), task_id=task.id, found=found)
    stage.answering.quarantine_here(actor=keeper, op_id=op(), task_id=task.id)
    stage.answering.finish(actor=keeper, op_id=op(), task_id=task.id)
    correct(stage, batch, "A150")

    again = next(row for row in ask(stage, task_board, case_id, now()).tasks if row.id == task.id)
    assert (again.state, again.expected, again.finished_at) == (TaskState.LOCATING, task.expected + 70, None)
    stage.answering.count(actor=keeper, op_id=op(), task_id=task.id, found={batch: 70})
    stage.answering.quarantine_here(actor=keeper, op_id=op(), task_id=task.id)
    sealed = next(row for row in ask(stage, task_board, case_id, now()).tasks if row.id == task.id)
    assert (sealed.state, sealed.found) == (TaskState.QUARANTINED, task.expected + 70)


def test_a_place_without_a_task_gets_one(stage):
    batch = batch_of(stage, "B900")
    stage.hospital.move(K.ISSUE, batch, 7, ("store", S.IN_STOCK), ("clinic", S.EXPENSED))
    case_id = launched(stage, RANGE.replace("A100 to A199", "A200 to A299"))
    assert len(ask(stage, task_board, case_id, stage.database.clock()).tasks) == 1
    correct(stage, batch, "A250")

    places = {row.place.zh: row.expected for row in ask(stage, task_board, case_id, stage.database.clock()).tasks}
    assert sorted(places.values()) == [7, 40, 63]


def test_before_the_launch_it_joins_the_scope_and_ends_the_approval(stage):
    case_id, batch = stage.approved(RANGE), batch_of(stage, "B900")
    correct(stage, batch, "A150")

    assert verdict(stage, case_id, batch) is Verdict.AFFECTED
    assert locks(stage, "A150") == []
    with stage.database.reading() as session:
        assert session.get_one(RecallCase, case_id).approved_by is None


def test_a_case_that_holds_its_lots_holds_the_new_one_too(stage):
    case_id, batch = stage.assessed(RANGE), batch_of(stage, "B900")
    stage.launching.hold(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id)
    correct(stage, batch, "A150")

    assert locks(stage, "A150") == ["on_hold"]


def test_a_lot_that_no_longer_fits_stays_locked_until_a_person_decides(stage):
    case_id, batch = stage.launched(), batch_of(stage, "A200")
    done = correct(stage, batch, "C7777")

    assert [(one.before, one.after) for one in done.cases] == [(Verdict.AFFECTED, Verdict.NOT_AFFECTED)]
    assert LockLayer.RECALL_QUARANTINE in done.layers
    assert verdict(stage, case_id, batch) is Verdict.AFFECTED
    (row,) = ask(stage, scope_changes, case_id)
    assert (row.is_open, row.is_locked, row.is_newly_meant) == (True, True, False)
    items = {one.item: one for one in ask(stage, closing_checklist, case_id).rows}
    assert not items[ClosingItem.SCOPE_CHANGES].is_done
    assert "1" in items[ClosingItem.SCOPE_CHANGES].missing.en

    decide(stage, case_id, batch, Verdict.NOT_AFFECTED)

    (row,) = ask(stage, scope_changes, case_id)
    assert (row.is_open, row.decided, row.decided_reason) == (False, Verdict.NOT_AFFECTED, "Seen on the box")
    assert row.decided_by.zh == "测试coordinator"
    assert row.is_locked, "only two persons lift a lock"
    assert ask(stage, impact, case_id).received == 100


def test_a_person_may_decide_that_it_stays_meant(stage):
    case_id, batch = stage.launched(), batch_of(stage, "A200")
    correct(stage, batch, "C7777")
    decide(stage, case_id, batch, Verdict.AFFECTED)

    assert verdict(stage, case_id, batch) is Verdict.AFFECTED
    assert not ask(stage, scope_changes, case_id)[0].is_open
    with pytest.raises(NoChangeError):
        decide(stage, case_id, batch, Verdict.NOT_AFFECTED)


def test_a_decision_is_for_or_against_and_only_where_one_waits(stage):
    case_id, batch = stage.launched(), batch_of(stage, "A200")
    with pytest.raises(NoChangeError):
        decide(stage, case_id, batch, Verdict.NOT_AFFECTED)
    correct(stage, batch, "C7777")
    with pytest.raises(UndecidedError):
        decide(stage, case_id, batch, Verdict.NEED_INFO)


def test_an_assessment_made_again_keeps_the_decision(stage):
    case_id, batch = stage.assessed(), batch_of(stage, "A200")
    correct(stage, batch, "C7777")
    decide(stage, case_id, batch, Verdict.NOT_AFFECTED)
    stage.assessing.assess(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id)

    assert verdict(stage, case_id, batch) is Verdict.NOT_AFFECTED


def test_a_lot_corrected_back_is_meant_again_and_waits_for_nobody(stage):
    case_id, batch = stage.launched(), batch_of(stage, "A200")
    correct(stage, batch, "C7777")
    correct(stage, batch, "A200", "The first reading was right")

    (row,) = ask(stage, scope_changes, case_id)
    assert (row.after, row.is_open, row.is_locked) == (Verdict.AFFECTED, False, True)


def test_a_correction_that_changes_no_verdict_leaves_no_trace_in_the_case(stage):
    case_id = stage.launched()
    done = correct(stage, batch_of(stage, "B900"), "B901")

    assert done.cases == ()
    assert ask(stage, scope_changes, case_id) == []


def test_the_diary_says_who_corrected_and_what_the_notice_says_now(stage):
    case_id = launched(stage)
    correct(stage, batch_of(stage, "B900"), "A150")

    with stage.database.reading() as session:
        entry = session.scalars(
            select(CaseEntry).where(CaseEntry.case_id == case_id, CaseEntry.act == CaseAct.SCOPE_CHANGED)
        ).one()
    assert entry.note == "B900 → A150: The label was misread"
    assert (entry.person_id, entry.second_person_id) == (
        stage.hospital.persons["keeper"], stage.hospital.persons["inspector"],
    )  # fmt: skip


def test_a_case_that_has_ended_is_left_alone(stage):
    case_id, batch = stage.registered(RANGE), batch_of(stage, "B900")
    stage.closing.withdraw(
        actor=stage.actor("coordinator"),
        op_id=stage.signed("coordinator", "withdraw_recall"),
        case_id=case_id,
        reason="A mistake",
    )
    assert correct(stage, batch, "A150").cases == ()
    with pytest.raises(CaseStateError):
        decide(stage, case_id, batch, Verdict.AFFECTED)
    with stage.database.reading() as session:
        assert session.get_one(RecallCase, case_id).state is CaseState.WITHDRAWN
