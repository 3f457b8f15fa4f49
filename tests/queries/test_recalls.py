"""What a recall case shows equals what plain SQL over the ledger says."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from app.core.errors import NotFoundError
from app.core.statuses.recall import CaseKind, CaseState, TaskState
from app.core.statuses.stock import StockState
from app.core.statuses.verdict import Verdict
from app.notices.clauses import ClauseForm
from app.queries.case_head import NextStep, case_head
from app.queries.case_scope import clause_rows, scope_rows
from app.queries.impact import impact
from app.queries.impact_rows import drill
from app.queries.recalls import CaseFilter, case_by_number, case_counts, case_rows, open_case_of_batch
from app.queries.tasks import task, task_board, task_by_number, task_lines
from tests.services.recall_stage import NOTICE, op, recall_stage


@pytest.fixture
def stage(database):
    return recall_stage(database)


def fetch(stage, query, *args, **kwargs):
    with stage.database.reading() as session:
        return query(session, *args, **kwargs)


def test_the_impact_is_the_sum_of_the_ledger_and_every_list_sums_to_it(stage):
    case_id = stage.launched()
    found = fetch(stage, impact, case_id)
    with stage.database.reading() as session:
        received = session.scalar(
            text("SELECT sum(quantity) FROM movement WHERE kind = 'receipt' AND batch_id IN (1, 2)")
        )
        used = session.scalar(text("SELECT sum(quantity) FROM movement WHERE kind = 'use' AND batch_id IN (1, 2)"))
    assert (found.received, found.by_state[StockState.USED], found.batches) == (received, used, 2)
    assert sum(found.by_state.values()) == found.accounted + found.pending == 140
    for shares in (found.places, found.sites, found.regions, found.suppliers, found.lots, found.locks):
        assert sum(share.total for share in shares) == found.received
        assert sum(share.pending for share in shares) == found.pending


def test_a_drilled_list_sums_to_its_figure(stage):
    case_id = stage.launched()
    found = fetch(stage, impact, case_id)
    for state, quantity in found.by_state.items():
        assert sum(row.quantity for row in fetch(stage, drill, case_id, state=state)) == quantity
    for share in found.places:
        assert sum(row.quantity for row in fetch(stage, drill, case_id, location_id=share.id)) == share.total


def test_the_head_names_the_next_step_all_the_way_to_the_launch(stage):
    now = stage.database.clock()
    coordinator, boss = stage.actor("coordinator"), stage.actor("boss")
    case_id = stage.registered()
    steps = []

    def step():
        steps.append(fetch(stage, case_head, case_id, now).next_step)

    step()
    stage.assessing.assess(actor=coordinator, op_id=op(), case_id=case_id)
    step()
    stage.registering.confirm_clauses(actor=coordinator, op_id=op(), case_id=case_id)
    step()
    stage.read_again(case_id)
    step()
    stage.launching.approve(actor=boss, op_id=stage.signed("boss", "approve_recall"), case_id=case_id)
    step()
    stage.launching.launch(actor=coordinator, op_id=op(), case_id=case_id)
    step()
    before = [NextStep.ASSESS, NextStep.CONFIRM, NextStep.READ_AGAIN, NextStep.APPROVE]
    assert steps == [*before, NextStep.LAUNCH, NextStep.CHASE]


def test_scope_lines_say_why_in_both_languages(stage):
    case_id = stage.assessed()
    rows = fetch(stage, scope_rows, case_id)
    assert [(row.lot_no, row.verdict) for row in rows] == [
        ("A100", Verdict.AFFECTED),
        ("A100", Verdict.NOT_AFFECTED),
        ("A200", Verdict.AFFECTED),
        ("B900", Verdict.NOT_AFFECTED),
    ]
    assert all(row.reasons and row.reasons[0].text.zh != row.reasons[0].text.en for row in rows)
    assert rows[0].quantity == 100
    assert [row.ordinal for row in fetch(stage, clause_rows, case_id)] == [1, 2, 3]


def test_the_list_counts_what_the_chips_show(stage):
    now = stage.database.clock()
    stage.launched()
    stage.registered(NOTICE + "\nSecond letter.", title="Another notice")
    rows = fetch(stage, case_rows, now)
    assert [row.state for row in rows] == [CaseState.REGISTERED, CaseState.ACTIVE]
    assert (rows[1].received, rows[1].accounted, rows[1].tasks) == (140, 5, 4)
    counts = fetch(stage, case_counts, now, stage.actor("coordinator"))
    assert (counts[CaseFilter.ALL], counts[CaseFilter.OPEN], counts[CaseFilter.DRILL]) == (2, 2, 0)
    assert [row.title for row in fetch(stage, case_rows, now, words="another")] == ["Another notice"]
    assert len(fetch(stage, case_rows, now, words="A200")) == 2, "the lot stands in both notices"


def test_the_board_shows_expected_units_and_lines_say_what_came_and_was_used(stage):
    case_id = stage.launched()
    board = fetch(stage, task_board, case_id, stage.database.clock())
    assert (board.open, board.done, board.expected, board.overdue) == (4, 0, 135, 0)
    icu = next(row for row in board.tasks if row.location_id == stage.hospital.places["icu"])
    assert (icu.state, icu.liaison.en) == (TaskState.SENT, "Nurse")
    (line,) = fetch(stage, task_lines, icu.id)
    assert (line.lot_no, line.received, line.used, line.expected, line.free) == ("A100", 30, 5, 25, 25)


def test_chips_and_words_find_what_they_say(sqlite_database, clock):
    stage = recall_stage(sqlite_database)
    launched = stage.launched()
    drill = stage.approved(kind=CaseKind.DRILL, title="Quarterly drill")
    coordinator, boss = stage.actor("coordinator"), stage.actor("boss")

    def shown(show, actor=None, **more):
        return [row.id for row in fetch(stage, case_rows, clock(), show=show, actor=actor, **more)]

    assert shown(CaseFilter.DRILL) == [drill]
    assert shown(CaseFilter.MINE) == []
    assert shown(CaseFilter.MINE, coordinator) == [drill, launched]
    assert shown(CaseFilter.MINE, boss) == []
    assert shown(CaseFilter.OVERDUE) == []
    waiting = stage.assessed(NOTICE + "\nSecond letter.", title="Waiting for approval")
    assert shown(CaseFilter.MINE, boss) == [waiting]
    assert set(shown(CaseFilter.ALL, words="REF-CVC")) == {launched, drill, waiting}
    with stage.database.reading() as session:
        site_id = session.execute(text("SELECT id FROM site")).scalar_one()
    assert launched in shown(CaseFilter.ALL, site_id=site_id)
    clock.advance(timedelta(hours=25))
    assert launched in shown(CaseFilter.OVERDUE)
    row = next(row for row in fetch(stage, case_rows, clock()) if row.id == launched)
    assert (row.clock.is_overdue, row.clock.used, row.tasks_overdue) == (True, 1.0, 4)


def test_a_clock_runs_from_the_launch_to_the_last_deadline(sqlite_database, clock):
    stage = recall_stage(sqlite_database)
    stage.launched()
    clock.advance(timedelta(hours=6))
    (row,) = fetch(stage, case_rows, clock())
    assert row.clock.used == 0.25
    assert row.clock.due_at - row.clock.started_at == timedelta(hours=24)


def test_papers_and_boxes_open_their_case_and_task(sqlite_database, clock):
    stage = recall_stage(sqlite_database)
    case_id = stage.launched()
    head = fetch(stage, case_head, case_id, clock())
    assert fetch(stage, case_by_number, head.row.number.lower()) == case_id == head.id
    assert fetch(stage, open_case_of_batch, 1) == case_id
    assert fetch(stage, open_case_of_batch, 3) is None
    first = fetch(stage, task_board, case_id, clock()).tasks[0]
    assert fetch(stage, task_by_number, first.number, clock()) == fetch(stage, task, first.id, clock()) == first
    assert first.left(clock()) == timedelta(hours=4)
    for query, *arguments in (
        (case_by_number, "RC-1"),
        (case_head, 99, clock()),
        (task, 99, clock()),
        (task_lines, 99),
    ):
        with pytest.raises(NotFoundError):
            fetch(stage, query, *arguments)


def test_a_doubt_that_is_held_does_not_stop_the_next_step(sqlite_database, clock):
    stage = recall_stage(sqlite_database)
    stage.hospital.batch("CVC", "A1OO", 5)
    case_id = stage.assessed("GTIN: 06999999012016\nLot: A100")
    coordinator = stage.actor("coordinator")
    stage.registering.confirm_clauses(actor=coordinator, op_id=op(), case_id=case_id)
    assert fetch(stage, case_head, case_id, clock()).next_step is NextStep.DECIDE
    stage.launching.hold(actor=coordinator, op_id=op(), case_id=case_id)
    head = fetch(stage, case_head, case_id, clock())
    assert (head.next_step, head.row.doubtful) == (NextStep.READ_AGAIN, 2)
    for doubtful in fetch(stage, scope_rows, case_id, Verdict.NEED_INFO):
        assert (doubtful.is_held, doubtful.is_recall_locked, doubtful.is_decidable) == (True, False, True)
        assert doubtful.clauses


def test_clauses_are_said_in_one_line(sqlite_database):
    stage = recall_stage(sqlite_database)
    case_id = stage.registered("GTIN: 06999999012016\nLots A100 thru A300 except A150, others see attachment")
    said = {row.form: (row.said, row.leads_to) for row in fetch(stage, clause_rows, case_id)}
    assert said[ClauseForm.RANGE] == ("A100 – A300", Verdict.AFFECTED)
    assert said[ClauseForm.EXCEPT] == ("A150", Verdict.NOT_AFFECTED)
    assert said[ClauseForm.REFERENCE][1] is Verdict.NEED_INFO
