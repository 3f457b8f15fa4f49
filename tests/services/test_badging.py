"""A badge is given by the security administrator, read at a locked screen, and leaves a line in the trail."""

import pytest
from sqlalchemy import select

from app.core.errors import NotFoundError
from app.core.permissions import NotEntitledError, Role
from app.models.proof import AuditEntry
from app.queries.badges import login_of_badge
from app.queries.persons import persons
from app.queries.reader import Reader
from app.services.badging import BadgeIsBoxError, BadgeTakenError, BadgeTooLongError, BadgingService
from app.services.signing_in import SigningInService, actor_of
from app.services.staffing import NewPerson, StaffingService
from tests.builders import signed, small_hospital
from tests.personal import PASSWORD, opened
from tests.ui.desks import password_hash


def try_all(database, watching, security, keeper, house):
    """What both engines must answer, whether or not persons have logins of their own."""
    service, ids = BadgingService(database), house.persons
    assert service.set_badge(actor=security, person_id=ids["nurse"], badge="  PK0042 ")
    assert Reader(watching).fetch(login_of_badge, "PK0042") == "nurse"
    service.set_badge(actor=security, person_id=ids["nurse"], badge="PK0042")
    for badge, error in (
        ("PK0042", BadgeTakenError),
        ("06999999012016", BadgeIsBoxError),
        ("(01)06999999012016(10)A1", BadgeIsBoxError),
        ("x" * 65, BadgeTooLongError),
        ("PK\x1d43", BadgeTooLongError),
    ):
        with pytest.raises(error):
            service.set_badge(actor=security, person_id=ids["head"], badge=badge)
    with pytest.raises(NotFoundError):
        service.set_badge(actor=security, person_id=99_999, badge="PK1")
    with pytest.raises(NotEntitledError):
        service.set_badge(actor=keeper, person_id=ids["nurse"], badge="")
    service.set_badge(actor=security, person_id=ids["nurse"], badge=" ")
    assert Reader(watching).fetch(login_of_badge, "PK0042") is None
    staffing = StaffingService(database, SigningInService(database))
    fresh = NewPerson("new", "新人", "New", "Right-Kettle-9", frozenset({Role.BUYER}), badge="PK0043")
    staffing.add(actor=security, under=signed(database, security.id, "grant_roles", fresh.login), person=fresh)
    found = {row.login: row.badge for row in Reader(database).fetch(persons)}
    assert (found["nurse"], found["new"]) == ("", "PK0043")
    query = select(AuditEntry.person_id).where(AuditEntry.table_name == "person", AuditEntry.after.contains("PK0042"))
    with watching.reading() as session:
        assert set(session.scalars(query)) == {security.id}


def test_a_badge_is_given_taken_away_and_never_two_persons(database):
    house = small_hospital(database)
    house.person("security", Role.SECURITY_ADMIN, password_hash=password_hash())
    with database.reading() as session:
        security, keeper = (actor_of(session, house.persons[login]) for login in ("security", "keeper"))
    try_all(database, database, security, keeper, house)


def test_the_same_where_everybody_has_a_login(personal_database, personal_house):
    desk = opened(personal_database)
    signing = SigningInService(desk)
    keeper = signing.sign_in("keeper", PASSWORD)
    security = signing.sign_in("security", PASSWORD)
    try_all(desk, personal_database, security, keeper, personal_house)
    desk.close()
