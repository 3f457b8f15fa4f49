"""Persons and roles: granted by the security administrator, never to oneself."""

import pytest

from app.core.permissions import NotEntitledError, Role
from app.models.refusals import ApartError, OwnGrantError
from app.queries.persons import persons
from app.queries.reader import Reader
from app.services.installing import InstallingService, NewHospital, NoWardError, UnknownTimeZoneError
from app.services.passwords import WeakPasswordError
from app.services.signing_in import SigningInService, WrongPasswordError, actor_of
from app.services.staffing import EmptyFieldError, LoginTakenError, NewPerson, StaffingService
from tests.builders import signed, small_hospital

PASSWORD = "Right-Horse-9"


@pytest.fixture
def hospital(database):
    hospital = small_hospital(database)
    hospital.person("security", Role.SECURITY_ADMIN)
    return hospital


@pytest.fixture
def staffing(database):
    return StaffingService(database, SigningInService(database))


@pytest.fixture
def security(hospital, database):
    with database.reading() as session:
        return actor_of(session, hospital.persons["security"])


def granted(database, security) -> str:
    """Signed by the administrator, over whoever may come."""
    return signed(database, security.id, "grant_roles", "new", "admin")


def new_person(**changes) -> NewPerson:
    values = {
        "login": "new",
        "name_zh": "新人",
        "name_en": "New",
        "password": PASSWORD,
        "roles": frozenset({Role.BUYER}),
    }
    return NewPerson(**(values | changes))


def row_of(database, login: str):
    return next((row for row in Reader(database).fetch(persons) if row.login == login), None)


def test_a_new_person_may_sign_in_with_the_roles_granted(hospital, staffing, security, database):
    staffing.add(actor=security, under=granted(database, security), person=new_person())
    assert SigningInService(database).sign_in("new", PASSWORD).roles == frozenset({Role.BUYER})


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"login": " "}, EmptyFieldError),
        ({"name_zh": ""}, EmptyFieldError),
        ({"password": "weak"}, WeakPasswordError),
        ({"login": "keeper"}, LoginTakenError),
        ({"roles": frozenset({Role.IT_ADMIN, Role.AUDITOR})}, ApartError),
    ],
)
def test_a_person_with_a_fault_is_refused_and_nothing_is_written(
    hospital, staffing, security, database, changes, error
):
    before = Reader(database).fetch(persons)
    with pytest.raises(error):
        staffing.add(
            actor=security,
            under=granted(database, security),
            person=new_person(**changes),
        )
    assert Reader(database).fetch(persons) == before


def test_only_a_security_administrator_grants(hospital, staffing, database):
    with database.reading() as session:
        keeper = actor_of(session, hospital.persons["keeper"])
    with pytest.raises(NotEntitledError):
        staffing.set_roles(
            actor=keeper,
            under=signed(database, keeper.id, "grant_roles"),
            person_id=hospital.persons["nurse"],
            roles=frozenset({Role.DEPT_HEAD}),
        )


def test_roles_are_ended_and_granted(hospital, staffing, security, database):
    staffing.set_roles(
        actor=security,
        under=signed(database, security.id, "grant_roles"),
        person_id=hospital.persons["nurse"],
        roles=frozenset({Role.DEPT_HEAD}),
    )
    assert row_of(database, "nurse").roles == (Role.DEPT_HEAD,)


def test_nobody_grants_a_role_to_themselves(hospital, staffing, security, database):
    with pytest.raises(OwnGrantError):
        staffing.set_roles(
            actor=security,
            under=signed(database, security.id, "grant_roles"),
            person_id=security.id,
            roles=frozenset({Role.SECURITY_ADMIN, Role.STOREKEEPER}),
        )
    assert row_of(database, "security").roles == (Role.SECURITY_ADMIN,)


def test_an_inactive_person_cannot_sign_in(hospital, staffing, security, database):
    staffing.add(actor=security, under=granted(database, security), person=new_person())
    person_id = row_of(database, "new").id
    staffing.set_active(actor=security, person_id=person_id, is_active=False)
    with pytest.raises(WrongPasswordError):
        SigningInService(database).sign_in("new", PASSWORD)
    staffing.set_active(actor=security, person_id=person_id, is_active=True)
    staffing.reset_password(actor=security, person_id=person_id, password="Another-Horse-8")
    assert SigningInService(database).sign_in("new", "Another-Horse-8")


def test_everybody_changes_their_own_password_by_the_old_one(hospital, staffing, security, database):
    staffing.add(actor=security, under=granted(database, security), person=new_person())
    actor = SigningInService(database).sign_in("new", PASSWORD)
    with pytest.raises(WrongPasswordError):
        staffing.change_password(actor=actor, old="wrong", new="Another-Horse-8")
    staffing.change_password(actor=actor, old=PASSWORD, new="Another-Horse-8")
    assert SigningInService(database).sign_in("new", "Another-Horse-8")


def new_hospital(**changes) -> NewHospital:
    values = {
        "site": "新院",
        "time_zone": "Asia/Shanghai",
        "store": "库房",
        "quarantine": "隔离区",
        "administrator": new_person(login="admin", roles=frozenset({Role.SECURITY_ADMIN})),
        "wards": ("一病区", "二病区"),
    }
    return NewHospital(**(values | changes))


def test_an_empty_database_becomes_a_hospital_once(database, staffing):
    installing = InstallingService(database, staffing)
    installing.install(new_hospital())
    assert SigningInService(database).sign_in("admin", PASSWORD).roles == frozenset({Role.SECURITY_ADMIN})
    with pytest.raises(LoginTakenError):
        installing.install(new_hospital())


@pytest.mark.parametrize(
    ("changes", "error"), [({"wards": ()}, NoWardError), ({"time_zone": "Mars/North"}, UnknownTimeZoneError)]
)
def test_a_hospital_with_a_fault_is_not_begun(database, staffing, changes, error):
    with pytest.raises(error):
        InstallingService(database, staffing).install(new_hospital(**changes))
    assert Reader(database).fetch(persons) == []
