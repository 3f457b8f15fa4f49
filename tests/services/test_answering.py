"""Departments answer their tasks."""

import pytest
from sqlalchemy import select

from app.core.statuses.recall import TaskState
from app.core.statuses.stock import StockState
from app.models.recalls import DepartmentTask
from app.models.stock import Balance
from app.services.answering import NotYoursError, PhoneNoteError, StillOpenError
from tests.services.recall_stage import op, recall_stage


def the_task(stage, place):
    with stage.database.reading() as session:
        return session.scalar(select(DepartmentTask).where(DepartmentTask.location_id == stage.hospital.places[place]))


def test_a_ward_counts_what_it_should_have_and_puts_it_aside(database):
    stage = recall_stage(database)
    stage.launched()
    nurse, task = stage.actor("nurse"), the_task(stage, "icu")
    assert stage.answering.acknowledge(actor=nurse, op_id=op(), task_id=task.id).state is TaskState.ACKNOWLEDGED
    counted = stage.answering.count(actor=nurse, op_id=op(), task_id=task.id, found={1: 25})
    assert (counted.state, counted.found) == (TaskState.FOUND, 25)
    assert stage.answering.quarantine_here(actor=nurse, op_id=op(), task_id=task.id).state is TaskState.QUARANTINED
    with database.reading() as session:
        rows = session.execute(
            select(Balance.state, Balance.quantity).where(
                Balance.batch_id == 1, Balance.location_id == stage.hospital.places["icu"], Balance.quantity > 0
            )
        ).all()
    assert dict(tuple(row) for row in rows) == {StockState.QUARANTINED: 25, StockState.USED: 5}
    assert stage.answering.finish(actor=nurse, op_id=op(), task_id=task.id).state is TaskState.DONE


def test_a_ward_that_misses_units_cannot_report_done(database):
    stage = recall_stage(database)
    stage.launched()
    nurse, task = stage.actor("nurse"), the_task(stage, "icu")
    stage.answering.count(actor=nurse, op_id=op(), task_id=task.id, found={1: 23})
    stage.answering.quarantine_here(actor=nurse, op_id=op(), task_id=task.id)
    with pytest.raises(StillOpenError) as refusal:
        stage.answering.finish(actor=nurse, op_id=op(), task_id=task.id)
    assert refusal.value.values["quantity"] == 2


def test_a_nurse_cannot_answer_for_another_department(sqlite_database):
    stage = recall_stage(sqlite_database)
    stage.launched()
    with pytest.raises(NotYoursError):
        stage.answering.acknowledge(actor=stage.actor("nurse"), op_id=op(), task_id=the_task(stage, "clinic").id)


def test_the_coordinator_answers_by_telephone_and_says_with_whom(sqlite_database):
    stage = recall_stage(sqlite_database)
    stage.launched()
    task, coordinator = the_task(stage, "clinic"), stage.actor("coordinator")
    with pytest.raises(PhoneNoteError):
        stage.answering.none_found(actor=coordinator, op_id=op(), task_id=task.id)
    answered = stage.answering.none_found(actor=coordinator, op_id=op(), task_id=task.id, note="Nurse Wu, 10:20")
    assert (answered.state, answered.found) == (TaskState.NONE_FOUND, 0)
