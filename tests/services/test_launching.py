"""From the notice to the lock."""

from sqlalchemy import select

from app.core.statuses.recall import CaseState
from app.models.recalls import DepartmentTask, RecallCase, ScopeLine
from app.models.stock import Batch
from tests.services.recall_stage import op, recall_stage


def test_a_launch_locks_the_affected_lots_and_sends_tasks(database):
    stage = recall_stage(database)
    case_id = stage.approved()
    launched = stage.launching.launch(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id)
    with database.reading() as session:
        case = session.get_one(RecallCase, case_id)
        tasks = session.scalars(select(DepartmentTask)).all()
        lines = session.execute(
            select(Batch.lot_no, Batch.product_id, ScopeLine.verdict, ScopeLine.because).join(
                Batch, Batch.id == ScopeLine.batch_id
            )
        ).all()
        print(lines)
    assert case.state is CaseState.ACTIVE
    print(launched, [(t.location_id, t.expected) for t in tasks], case.snapshot)
    assert len(tasks) == 4
    assert launched.locks == 2
