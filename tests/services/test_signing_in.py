"""Passwords, lock-out, the second person in place."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.permissions import Role
from app.models.persons import Signature
from app.services import signing_in
from app.services.passwords import WeakPasswordError
from app.services.signing_in import (
    RestingError,
    SamePersonError,
    SigningInService,
    WrongPasswordError,
    hash_password,
    matches,
)
from tests.builders import small_hospital

PASSWORD = "Right-Horse-9"


@pytest.fixture
def hospital(database):
    hospital = small_hospital(database)
    hospital.person("typist", Role.STOREKEEPER, place="store", password_hash=hash_password(PASSWORD))
    hospital.person("witness", Role.QUALITY_INSPECTOR, password_hash=hash_password(PASSWORD))
    return hospital


@pytest.fixture
def service(database):
    return SigningInService(database)


def test_the_right_password_lets_in_with_roles_and_place(hospital, service):
    actor = service.sign_in(" typist ", PASSWORD)
    assert (actor.login, actor.roles, actor.location_id) == (
        "typist",
        frozenset({Role.STOREKEEPER}),
        hospital.places["store"],
    )


@pytest.mark.parametrize(("login", "password"), [("typist", "wrong"), ("nobody", PASSWORD), ("keeper", "-")])
def test_a_wrong_login_or_password_is_refused_without_saying_which(hospital, service, login, password):
    with pytest.raises(WrongPasswordError):
        service.sign_in(login, password)


def test_five_wrong_tries_make_the_account_rest_and_time_heals(hospital, service, clock):
    for _ in range(5):
        with pytest.raises(WrongPasswordError):
            service.sign_in("typist", "wrong")
    with pytest.raises(RestingError):
        service.sign_in("typist", PASSWORD)
    clock.advance(timedelta(minutes=2))
    assert service.sign_in("typist", PASSWORD).login == "typist"


def test_each_further_try_rests_longer_but_never_for_ever(hospital, service, clock):
    for _ in range(9):
        with pytest.raises((WrongPasswordError, RestingError)):
            service.sign_in("typist", "wrong")
        clock.advance(timedelta(minutes=15))
    clock.advance(timedelta(minutes=16))
    assert service.sign_in("typist", PASSWORD).login == "typist"


def test_a_second_person_signs_in_their_own_name(hospital, service, database):
    first = service.sign_in("typist", PASSWORD)
    second = service.sign(first=first, login="witness", password=PASSWORD, op_id="op-1", meaning="second")
    assert second.login == "witness"
    with database.reading() as session:
        signature = session.scalars(select(Signature)).one()
        assert (signature.person_id, signature.op_id, signature.meaning) == (second.id, "op-1", "second")


def test_nobody_is_their_own_second(hospital, service, database):
    first = service.sign_in("typist", PASSWORD)
    with pytest.raises(SamePersonError):
        service.sign(first=first, login="typist", password=PASSWORD, op_id="op-1", meaning="second")
    with database.reading() as session:
        assert session.scalars(select(Signature)).all() == []


@pytest.mark.parametrize("password", ["short-A1", "alllowercaseletters", "12345678901", "lower12345678"])
def test_a_weak_password_is_refused(password):
    with pytest.raises(WeakPasswordError):
        hash_password(password)


def test_a_password_is_kept_at_the_price_that_the_rfc_recommends(cheap_passwords, monkeypatch):
    monkeypatch.setattr(signing_in, "_HASHER", cheap_passwords)
    kept = hash_password(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert (matches(kept, PASSWORD), matches(kept, "wrong")) == (True, False)
