"""What a password must be, when it must be another, and that nothing else is done before."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.permissions import Duty, NotEntitledError, Role
from app.services.passwords import (
    CommonPasswordError,
    NamedPasswordError,
    PasswordPolicy,
    PasswordRulesService,
    PolicyRangeError,
    UsedPasswordError,
    WeakPasswordError,
    demand_fit,
)
from app.services.signing_in import SigningInService
from app.services.staffing import NewPerson, StaffingService
from tests.builders import signed, small_hospital
from tests.services.recall_stage import Stage

FIRST, SECOND, THIRD = "Right-Horse-9", "Another-Horse-8", "Green-Kettle-7"


@pytest.mark.parametrize(
    ("password", "error"),
    [
        ("Short-1", WeakPasswordError),
        ("alllowercase", WeakPasswordError),
        ("Password123!", CommonPasswordError),
        ("P@ssw0rd2026", CommonPasswordError),
        ("Hospital#2026", CommonPasswordError),
        ("Qwerty!12345", CommonPasswordError),
        ("Zhaohui@8888", CommonPasswordError),
        ("1qaz2wsx!QAZ", CommonPasswordError),
        ("Keeper77-blue-sky", NamedPasswordError),
        ("Blue-Sky-Wang.Li", NamedPasswordError),
        ("Blue-Sky-9王丽", NamedPasswordError),
    ],
)
def test_a_password_that_others_can_guess_is_refused(password, error):
    with pytest.raises(error):
        demand_fit(
            password,
            login="keeper77",
            names=("王丽", "Wang Li Blossom" if error is WeakPasswordError else "Wang.Li Sky"),
        )


@pytest.mark.parametrize("password", [FIRST, SECOND, "kettle/RIVER/42", "Tz9#fw2!Lq", "Testament-of-rivers-1"])
def test_a_good_password_is_taken(password):
    demand_fit(password, login="keeper77", names=("王丽", "Wang Li"))


@pytest.fixture
def stage(sqlite_database):
    stage = Stage(small_hospital(sqlite_database))
    stage.hospital.person("security", Role.SECURITY_ADMIN)
    return stage


def test_a_password_from_another_hand_is_changed_before_anything_else(stage):
    signing = SigningInService(stage.database)
    staffing = StaffingService(stage.database, signing)
    person = NewPerson("new", "新人", "New", FIRST, frozenset({Role.STOREKEEPER}))
    staffing.add(
        actor=stage.actor("security"),
        under=signed(stage.database, stage.actor("security").id, "grant_roles", "new"),
        person=person,
    )
    actor = signing.sign_in("new", FIRST)
    assert (actor.must_change, actor.duties, actor.may(Duty.ISSUE, at=1)) == (True, frozenset(), False)
    with pytest.raises(NotEntitledError):
        actor.demand(Duty.ISSUE)
    staffing.change_password(actor=actor, old=FIRST, new=SECOND)
    assert signing.sign_in("new", SECOND).may(Duty.ISSUE)
    staffing.reset_password(actor=stage.actor("security"), person_id=actor.id, password=THIRD)
    assert signing.sign_in("new", THIRD).must_change


def test_by_the_house_rule_passwords_age_and_do_not_come_back(stage, clock):
    signing, rules = SigningInService(stage.database), PasswordRulesService(stage.database)
    staffing = StaffingService(stage.database, signing)
    staffing.add(
        actor=stage.actor("security"),
        under=signed(stage.database, stage.actor("security").id, "grant_roles", "new"),
        person=NewPerson("new", "新人", "", FIRST, frozenset({Role.BUYER})),
    )
    with pytest.raises(NotEntitledError):
        rules.set_policy(actor=stage.actor("boss"), policy=PasswordPolicy(90, 5))
    with pytest.raises(PolicyRangeError):
        rules.set_policy(actor=stage.actor("security"), policy=PasswordPolicy(-1, 5))
    rules.set_policy(actor=stage.actor("security"), policy=PasswordPolicy(90, 2))
    actor = signing.sign_in("new", FIRST)
    staffing.change_password(actor=actor, old=FIRST, new=SECOND)
    for used in (FIRST, SECOND):
        with pytest.raises(UsedPasswordError):
            staffing.change_password(actor=actor, old=SECOND, new=used)
    assert not signing.sign_in("new", SECOND).must_change
    clock.advance(timedelta(days=91))
    assert signing.sign_in("new", SECOND).must_change
    assert replace(actor, must_change=False).duties
