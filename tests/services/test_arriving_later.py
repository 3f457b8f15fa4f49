"""An open notice also judges what is received later: let in by two persons, it joins the case and its tasks."""

import pytest
from sqlalchemy import select

from app.core.statuses.recall import CaseAct
from app.core.statuses.stock import StockState
from app.core.statuses.verdict import Verdict
from app.models.locks import LotLock
from app.models.recalls import CaseEntry, RecallCase, ScopeLine, TaskLine
from app.queries.case_head import case_head
from app.queries.impact import impact
from tests.services.recall_stage import NOTICE, recall_stage
from tests.services.receiving_bay import FAR, Bay, label

RANGE = NOTICE.replace("A100, A200", "A100 to A999")


@pytest.fixture
def stage(database):
    return recall_stage(database)


def let_in(stage, lot):
    bay = Bay(stage.database, stage.hospital)
    bay.give_password()
    line = bay.scan(label(lot=lot, expiry=FAR, count=12))
    assert line.state.value == "recall_stop", line.state
    bay.override(line)
    return bay.post()


@pytest.mark.parametrize(("text", "lot"), [(NOTICE, "A100"), (RANGE, "A777")], ids=["named", "within the range"])
def test_what_two_persons_let_in_joins_the_case_that_runs(stage, text, lot):
    case_id, coordinator = stage.approved(text), stage.actor("coordinator")
    stage.launching.hold(actor=coordinator, op_id="hold", case_id=case_id)
    stage.launching.launch(actor=coordinator, op_id="launch", case_id=case_id)
    with stage.database.reading() as session:
        before, frozen = impact(session, case_id), session.get_one(RecallCase, case_id).snapshot_hash
    posted = let_in(stage, lot)
    with stage.database.reading() as session:
        case = session.get_one(RecallCase, case_id)
        head, after = case_head(session, case_id, stage.database.clock()), impact(session, case_id)
        line = session.scalars(
            select(ScopeLine).where(ScopeLine.case_id == case_id, ScopeLine.batch_id.in_(posted.batch_ids))
        ).one()
        told = session.scalars(select(CaseEntry).where(CaseEntry.act == CaseAct.ARRIVED_LATER)).one()
        tasks = session.scalars(select(TaskLine).where(TaskLine.batch_id == line.batch_id)).all()
        locked = session.scalars(select(LotLock.layer).where(LotLock.lot_key == lot)).all()
    assert posted.joined == (case.number,)
    assert (line.verdict, told.note, told.document_no) == (Verdict.AFFECTED, lot, posted.receipt_no)
    assert after.received - before.received == line.quantity == 12
    assert after.by_state.get(StockState.QUARANTINED, 0) - before.by_state.get(StockState.QUARANTINED, 0) == 12
    assert head.joined == (1, 12)
    assert case.snapshot_hash == frozen, "what was frozen at the launch stays"
    assert "recall_quarantine" in locked
    assert sum(task.expected for task in tasks) in (0, 12)


def test_a_case_before_its_launch_takes_it_in_and_needs_a_new_approval(stage):
    case_id = stage.approved()
    stage.launching.hold(actor=stage.actor("coordinator"), op_id="hold", case_id=case_id)
    bay = Bay(stage.database, stage.hospital)
    bay.give_password()
    bay.override(bay.scan(label(lot="A100", expiry=FAR, count=3)))
    posted = bay.post()
    with stage.database.reading() as session:
        case = session.get_one(RecallCase, case_id)
        lines = session.scalars(select(ScopeLine.batch_id).where(ScopeLine.case_id == case_id)).all()
    assert posted.joined == (case.number,)
    assert set(posted.batch_ids) <= set(lines)
    assert case.approved_by is None


def test_a_delivery_that_nothing_stops_joins_nothing(stage):
    stage.launched()
    bay = Bay(stage.database, stage.hospital)
    bay.scan(label(lot="FREE7", expiry=FAR, count=3))
    assert bay.post().joined == ()
