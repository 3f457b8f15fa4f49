"""Departments answer their tasks."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.errors import ConflictError, NotFoundError
from app.core.permissions import NotEntitledError
from app.core.statuses.recall import TaskState
from app.core.statuses.stock import MovementKind, StockState
from app.core.statuses.transitions import TransitionError
from app.models.recalls import DepartmentTask
from app.models.stock import Balance, SerialUnit
from app.queries.case_timeline import case_timeline
from app.queries.tasks import task_board, task_lines, tasks_of_place
from app.services.answering import (
    CountNegativeError,
    NoneButFoundError,
    NotCountedError,
    NotYoursError,
    PhoneNoteError,
    StillOpenError,
)
from app.services.picking import SerialNeededError
from app.services.registering import ReasonNeededError
from tests.services.recall_stage import op, recall_stage

IN_STOCK = StockState.IN_STOCK


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


@pytest.fixture
def stage(sqlite_database):
    return recall_stage(sqlite_database)


def test_a_count_below_zero_is_refused(stage):
    stage.launched()
    with pytest.raises(CountNegativeError):
        stage.answering.count(actor=stage.actor("nurse"), op_id=op(), task_id=the_task(stage, "icu").id, found={1: -1})


def test_a_half_counted_task_is_being_located_and_keeps_its_reasons(stage):
    stage.hospital.move(MovementKind.TRANSFER, 2, 10, ("store2", IN_STOCK), ("store", StockState.IN_TRANSIT))
    stage.hospital.move(MovementKind.ARRIVAL, 2, 10, ("store", StockState.IN_TRANSIT), ("store", IN_STOCK))
    stage.launched()
    keeper, task = stage.actor("keeper"), the_task(stage, "store")
    half = stage.answering.count(actor=keeper, op_id=op(), task_id=task.id, found={1: 49}, reasons={1: "one box torn"})
    assert (half.state, half.found) == (TaskState.LOCATING, 49)
    whole = stage.answering.count(actor=keeper, op_id=op(), task_id=task.id, found={2: 10})
    assert (whole.state, whole.found) == (TaskState.FOUND, 59)
    with stage.database.reading() as session:
        lines = task_lines(session, task.id)
        assert [(line.gap, line.reason) for line in lines] == [(1, "one box torn"), (0, "")]
        (row,) = [row for row in tasks_of_place(session, task.location_id, stage.database.clock())]
    assert (row.gap, row.counted_by) == (1, keeper.name)


def test_nothing_is_put_aside_before_it_was_counted(stage):
    stage.launched()
    with pytest.raises(NotCountedError):
        stage.answering.quarantine_here(actor=stage.actor("nurse"), op_id=op(), task_id=the_task(stage, "icu").id)


def test_none_found_is_refused_after_something_was_counted(stage):
    stage.launched()
    nurse, task = stage.actor("nurse"), the_task(stage, "icu")
    stage.answering.count(actor=nurse, op_id=op(), task_id=task.id, found={1: 3})
    with pytest.raises(NoneButFoundError):
        stage.answering.none_found(actor=nurse, op_id=op(), task_id=task.id)


def test_a_recount_replaces_the_count(stage):
    stage.launched()
    nurse, task = stage.actor("nurse"), the_task(stage, "icu")
    stage.answering.count(actor=nurse, op_id=op(), task_id=task.id, found={1: 3})
    again = stage.answering.count(actor=nurse, op_id=op(), task_id=task.id, found={1: 0})
    assert (again.state, again.found) == (TaskState.FOUND, 0)
    stage.answering.quarantine_here(actor=nurse, op_id=op(), task_id=task.id)
    with pytest.raises(TransitionError):
        stage.answering.count(actor=nurse, op_id=op(), task_id=task.id, found={1: 1})


def test_a_task_is_exempted_with_a_reason_by_the_coordinator_alone(stage):
    case_id = stage.launched()
    task = the_task(stage, "clinic")
    with pytest.raises(NotEntitledError):
        stage.answering.exempt(actor=stage.actor("nurse"), op_id=op(), task_id=task.id, reason="closed for works")
    with pytest.raises(ReasonNeededError):
        stage.answering.exempt(actor=stage.actor("coordinator"), op_id=op(), task_id=task.id, reason=" ")
    exempted = stage.answering.exempt(
        actor=stage.actor("coordinator"), op_id=op(), task_id=task.id, reason="closed for works"
    )
    assert exempted.state is TaskState.EXEMPTED
    with stage.database.reading() as session:
        assert task_board(session, case_id, stage.database.clock()).done == 1


def test_open_tasks_are_chased_and_the_diary_says_how_many(stage):
    case_id = stage.launched()
    stage.answering.chase(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id)
    with stage.database.reading() as session:
        chased = [row for row in case_timeline(session, case_id) if row.kind == "chased"]
    assert [row.quantity for row in chased] == [4]


def test_an_auditor_answers_no_task(stage):
    stage.launched()
    with pytest.raises(NotEntitledError):
        stage.answering.acknowledge(actor=stage.actor("auditor"), op_id=op(), task_id=the_task(stage, "icu").id)


def test_a_task_that_does_not_exist_and_a_stale_one_are_told_apart(stage):
    stage.launched()
    nurse, task = stage.actor("nurse"), the_task(stage, "icu")
    with pytest.raises(NotFoundError):
        stage.answering.acknowledge(actor=nurse, op_id=op(), task_id=999)
    stage.answering.acknowledge(actor=nurse, op_id=op(), task_id=task.id, version=task.version)
    with pytest.raises(ConflictError):
        stage.answering.count(actor=nurse, op_id=op(), task_id=task.id, found={1: 1}, version=task.version)


def test_a_task_is_overdue_a_second_after_its_deadline(stage, clock):
    case_id = stage.launched()
    task = the_task(stage, "icu")

    def overdue():
        with stage.database.reading() as session:
            return task_board(session, case_id, clock()).overdue

    clock.advance(task.acknowledge_by - clock())
    assert overdue() == 0
    clock.advance(timedelta(seconds=1))
    assert overdue() == 4


def test_serial_units_are_put_aside_all_or_scanned_one_by_one(stage):
    stage.hospital.product("PACE", "06999999014034", needs_serial=True, ref="PM-100")
    batch = stage.hospital.batch("PACE", "P1", serials=("S001", "S002"))
    stage.launched("GTIN: 06999999014034\nLot: P1")
    keeper, task = stage.actor("keeper"), the_task(stage, "store")
    stage.answering.count(actor=keeper, op_id=op(), task_id=task.id, found={batch: 1})
    with pytest.raises(SerialNeededError):
        stage.answering.quarantine_here(actor=keeper, op_id=op(), task_id=task.id)
    stage.answering.count(actor=keeper, op_id=op(), task_id=task.id, found={batch: 2})
    assert stage.answering.quarantine_here(actor=keeper, op_id=op(), task_id=task.id).document_no
    with stage.database.reading() as session:
        states = session.scalars(select(SerialUnit.state)).all()
    assert states == [StockState.QUARANTINED] * 2
