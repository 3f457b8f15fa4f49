"""Every rule that keeps two steps apart, tried by a person of every role, past the services and past the screen too."""

from app.core.permissions import DUTIES, Duty, Role
from app.core.responsibilities import SEPARATIONS, TASKS, Hand, Step, hand, kept_apart_from
from tests.services.apart import apart, let_through, let_through_the_wall, stopped_wrongly


def test_no_role_does_the_second_step_of_their_own_on_any_path(database):
    """Every rule, eleven roles, with and without the duty; then past every service, by the same person."""
    house = apart(database)
    assert set(house.trials) == {(rule.first, rule.then) for rule in SEPARATIONS}
    assert let_through(house) == []
    assert let_through_the_wall(house) == []
    assert stopped_wrongly(house) == []


def test_a_step_and_its_duty_are_each_somebodys():
    assert set(TASKS) == set(Step)
    named = {task.duty for task in TASKS.values()} | {task.second for task in TASKS.values()} - {None}
    assert set(Duty) - named == {Duty.SEE_BATCHES, Duty.SEE_RECALLS, Duty.MAINTAIN_CATALOGUE}


def test_a_role_has_the_hand_in_a_step_that_its_duties_give_it():
    for role in Role:
        for step, task in TASKS.items():
            has = hand(role, step)
            assert (has in {Hand.DOES, Hand.BOTH}) == (task.duty in DUTIES[role])
            assert (has in {Hand.SIGNS, Hand.BOTH}) == (task.second in DUTIES[role])
    assert [rule.first for rule in kept_apart_from(Step.CLOSE)] == [Step.REGISTER, Step.LAUNCH, Step.REVIEW]
