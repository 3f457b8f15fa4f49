"""The tables of the statuses: what may follow what, and what a lock does to a movement."""

import pytest

from app.core.statuses.locks import Effect, LockLayer, effects, is_refused, must_quarantine, needs_second
from app.core.statuses.recall import CASE_TRANSITIONS, OPEN_STATES, TASK_TRANSITIONS, CaseState, TaskState
from app.core.statuses.stock import FREE_STATES, HELD_STATES, PATHS, Inspection, MovementKind, StockState
from app.core.statuses.transitions import Status, TransitionError

ORDER = "registered assessing active reconciling closing_review closed reopened"


def test_a_case_goes_the_whole_way():
    state = CaseState.DRAFT
    for name in ORDER.split():
        state = state.to(CaseState(name))
    assert state is CaseState.REOPENED


@pytest.mark.parametrize("before", CaseState)
def test_a_case_never_jumps(before):
    for after in set(CaseState) - CASE_TRANSITIONS[before]:
        with pytest.raises(TransitionError) as refused:
            before.to(after)
        assert refused.value.values == {"before": before, "after": after}


@pytest.mark.parametrize("before", TaskState)
def test_a_task_goes_only_forward(before):
    assert before not in TASK_TRANSITIONS[before]
    for after in TASK_TRANSITIONS[before]:
        assert before.to(after) is after


def test_every_state_can_be_reached_and_an_inspection_is_final():
    reached = {after for afters in CASE_TRANSITIONS.values() for after in afters}
    assert reached == set(CaseState) - {CaseState.DRAFT}
    assert {after for afters in TASK_TRANSITIONS.values() for after in afters} == set(TaskState) - {TaskState.SENT}
    assert Inspection.RELEASED.successors() == Inspection.REJECTED.successors() == frozenset()


def test_a_status_without_a_table_is_a_bug():
    class Loose(Status):
        ONE = 1

    with pytest.raises(TypeError):
        Loose.ONE.to(Loose.ONE)


def test_open_cases_are_those_with_work_left():
    assert {CaseState.CLOSED, CaseState.NOT_AFFECTED, CaseState.WITHDRAWN} == set(CaseState) - OPEN_STATES


def test_no_path_leads_out_of_what_is_gone_for_good():
    gone = {StockState.USED, StockState.RETURNED, StockState.DESTROYED}
    assert not [path for kind in MovementKind for path in PATHS[kind] if path.source in gone]
    assert FREE_STATES < HELD_STATES
    assert StockState.QUARANTINED in HELD_STATES - FREE_STATES


def test_locks_add_up():
    layers = [LockLayer.PENDING, LockLayer.ON_HOLD]
    assert effects(MovementKind.RETURN_TO_SUPPLIER, layers) == {Effect.ALLOW, Effect.SECOND}
    assert effects(MovementKind.ISSUE, []) == frozenset()
    assert not is_refused(MovementKind.ISSUE, [])
    assert is_refused(MovementKind.ISSUE, [LockLayer.EXPIRED])
    assert must_quarantine(MovementKind.WARD_RETURN, layers)
    assert must_quarantine(MovementKind.STOCK_GAIN, [LockLayer.EXPIRED])
    assert not must_quarantine(MovementKind.QUARANTINE, layers)


def test_some_movements_take_two_persons_without_any_lock():
    assert needs_second(MovementKind.DISPOSAL, [])
    assert not needs_second(MovementKind.USE, [])
    assert needs_second(MovementKind.USE, [LockLayer.RECALL_QUARANTINE])
    assert needs_second(MovementKind.REVERSAL, [LockLayer.PENDING])
