"""Who may do what, and who may never be two at once."""

import itertools

import pytest

from app.core.actor import Actor, Bilingual
from app.core.permissions import APART, DUTIES, Duty, NotEntitledError, Role, demand, duties
from app.core.scopes import WHOLE_HOSPITAL, LongScopeError, OutOfScopeError, Scope, scope_of

APPROVALS = {Duty.APPROVE_RECALL, Duty.CLOSE_RECALL}
ADMINISTRATORS = {Role.IT_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR}
READING = {Duty.SEE_BATCHES, Duty.SEE_RECALLS}


def person(*roles: Role) -> Actor:
    return Actor(1, "li", Bilingual("李", "Li"), frozenset(roles))


def test_every_role_has_duties_and_everybody_may_read():
    assert set(DUTIES) == set(Role)
    assert all(DUTIES[role] >= READING for role in Role)


def test_every_duty_is_somebodys():
    assert {duty for role in Role for duty in DUTIES[role]} == set(Duty)


def test_duties_of_several_roles_add_up():
    both = person(Role.STOREKEEPER, Role.DEPT_LIAISON)
    assert both.duties == duties(frozenset({Role.STOREKEEPER})) | duties(frozenset({Role.DEPT_LIAISON}))
    assert both.may(Duty.RECEIVE)
    assert not both.may(Duty.INSPECT)
    assert person().duties == frozenset()


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("duty", Duty)
def test_a_duty_is_refused_by_name_unless_a_role_carries_it(role, duty):
    if duty in DUTIES[role]:
        person(role).demand(duty)
        return
    with pytest.raises(NotEntitledError) as refused:
        person(role).demand(duty)
    assert refused.value.values == {"duty": duty}


def test_the_auditor_changes_nothing():
    assert DUTIES[Role.AUDITOR] == READING | {Duty.AUDIT}


def test_administrators_approve_nothing_and_stay_apart():
    for role in ADMINISTRATORS:
        assert not DUTIES[role] & APPROVALS
    pairs = {frozenset(pair) for pair in itertools.combinations(ADMINISTRATORS, 2)}
    assert set(APART) >= pairs
    for role in Role:
        if DUTIES[role] & {*APPROVALS, Duty.APPROVE_REQUISITION}:
            assert all(frozenset({administrator, role}) in APART for administrator in ADMINISTRATORS)


def test_the_auditor_is_nothing_else():
    assert all(frozenset({Role.AUDITOR, role}) in APART for role in Role if role is not Role.AUDITOR)


def test_a_limited_role_holds_at_its_places_and_another_role_everywhere():
    limited = Actor(1, "li", Bilingual("李", "Li"), frozenset({Role.STOREKEEPER, Role.DEPT_LIAISON}), None,
                    ((Role.STOREKEEPER, frozenset({4, 5})),))  # fmt: skip
    assert limited.may(Duty.ISSUE)
    assert limited.may(Duty.ISSUE, at=4)
    assert not limited.may(Duty.ISSUE, at=6)
    assert limited.may(Duty.WITNESS, at=6)
    assert (limited.places(Duty.ISSUE), limited.places(Duty.WARD)) == (frozenset({4, 5}), None)
    assert (limited.belongs_to(5), limited.belongs_to(6)) == (True, False)
    with pytest.raises(OutOfScopeError):
        limited.demand(Duty.ISSUE, at=6)
    with pytest.raises(NotEntitledError):
        limited.demand(Duty.RUN_RECALL, at=6)


def test_a_scope_reads_back_and_says_what_it_covers():
    scope = Scope(frozenset({2}), frozenset({11, 4}))
    assert scope.text == "site:2 place:4 place:11"
    assert scope_of(scope.text) == scope
    assert scope.covers(place_id=11, site_id=1)
    assert scope.covers(place_id=99, site_id=2)
    assert not scope.covers(place_id=1, site_id=1)
    assert WHOLE_HOSPITAL.covers(place_id=1, site_id=1)
    assert scope_of("") == WHOLE_HOSPITAL
    with pytest.raises(LongScopeError):
        _ = Scope(places=frozenset(range(1000, 1100))).text


def test_who_receives_does_not_inspect_and_who_runs_a_recall_does_not_approve_it():
    for first, *others in ((Duty.RECEIVE, Duty.INSPECT), (Duty.RUN_RECALL, *APPROVALS)):
        assert not any(first in DUTIES[role] and DUTIES[role] & set(others) for role in Role)


def test_demand_takes_plain_roles():
    demand(Duty.AUDIT, frozenset({Role.AUDITOR}))
    with pytest.raises(NotEntitledError):
        demand(Duty.AUDIT, frozenset())


def test_a_name_falls_back_to_the_other_language():
    assert Bilingual("李", "Li").said_in("zh") == "李"
    assert Bilingual("李", "Li").said_in("en") == "Li"
    assert Bilingual("", "Li").said_in("zh") == "Li"
    assert Bilingual("李", "").said_in("en") == "李"
