"""A grant is signed with a fresh password, over who gets what and where; each signature can be computed again."""

import pytest
from sqlalchemy import select, update

from app.core.changes import Topic
from app.core.permissions import Role
from app.core.scopes import Scope
from app.core.shown import digest, shown_text
from app.models.persons import PersonRole, Signature
from app.models.refusals import NotShownError, OwnGrantError, UnsignedError
from app.services.granting import GrantingService
from app.services.signing_in import SigningInService, WrongPasswordError
from app.services.staffing import NewPerson
from tests.builders import small_hospital
from tests.services.recall_stage import Stage, op
from tests.ui.desks import PASSWORD, password_hash


@pytest.fixture
def stage(database):
    stage = Stage(small_hospital(database))
    stage.hospital.person("security", Role.SECURITY_ADMIN, password_hash=password_hash())
    return stage


def test_a_grant_stands_under_a_signature_that_says_what_was_granted(stage):
    service = GrantingService(stage.database, SigningInService(stage.database))
    nurse, places = stage.hospital.persons["nurse"], stage.hospital.places
    asked = {"actor": stage.actor("security"), "person_id": nurse, "roles": frozenset({Role.DEPT_LIAISON})}
    scopes = {Role.DEPT_LIAISON: Scope(places=frozenset({places["clinic"]}))}
    with pytest.raises(WrongPasswordError):
        service.grant(**asked, op_id=op(), password="wrong", scopes=scopes)
    with pytest.raises(OwnGrantError):
        service.grant(**asked | {"person_id": asked["actor"].id}, op_id=op(), password=PASSWORD)
    service.grant(**asked, op_id="grant-1", password=PASSWORD, scopes=scopes)
    service.add(
        actor=asked["actor"],
        op_id="grant-2",
        password=PASSWORD,
        person=NewPerson("new", "新人", "New", "Right-Kettle-9", frozenset({Role.BUYER})),
    )
    assert service.grant(**asked, op_id="grant-1", password=PASSWORD, scopes=scopes) == frozenset({Topic.PERSONS})
    with stage.database.reading() as session:
        first, second = session.scalars(select(Signature).order_by(Signature.id))
        held = session.scalars(
            select(PersonRole.scope).where(PersonRole.person_id == nurse, ~PersonRole.ended_at.is_not(None))
        )
        assert list(held) == [f"place:{places['clinic']}"]
    assert first.content.splitlines() == [
        "meaning: grant_roles",
        "login: nurse",
        "before: dept_liaison · 科室联络人 / dept liaison",
        f"granted: dept_liaison place:{places['clinic']} · 科室联络人 / dept liaison @ 门诊 / Clinic",
    ]
    assert (first.person_id, first.meaning) == (asked["actor"].id, "grant_roles")
    assert "granted: buyer · 采购员 / buyer" in second.content
    assert all(digest(one.content) == one.content_hash for one in (first, second))


def test_a_signature_over_one_role_grants_and_ends_no_other(stage):
    security, nurse = stage.actor("security").id, stage.hospital.persons["nurse"]
    content = shown_text("grant_roles", [("login", "nurse"), ("granted", "buyer place:1 · 采购员 / buyer")])
    kept = {"op_id": op(), "meaning": "grant_roles", "content": content, "content_hash": digest(content)}
    now = stage.database.clock()
    with stage.database.writing(security) as session:
        session.add(Signature(person_id=security, reason="", signed_at=now, **kept))
    granted = {"person_id": nurse, "granted_by": security, "granted_at": now}
    for role, scope in ((Role.EXECUTIVE, "place:1"), (Role.BUYER, ""), (Role.BUYER, "place:12")):
        with pytest.raises(UnsignedError), stage.database.writing(security) as session:
            session.add(PersonRole(role=role, scope=scope, **granted))
    with pytest.raises(UnsignedError), stage.database.writing(security) as session:
        session.execute(update(PersonRole).where(PersonRole.person_id == nurse).values(ended_at=now))
    with stage.database.writing(security) as session:
        session.add(PersonRole(role=Role.BUYER, scope="place:1", **granted))


def test_no_signature_stands_under_nothing_or_under_something_else(stage):
    nurse = stage.hospital.persons["nurse"]
    shown = shown_text("second", [("lot", "A1"), ("empty", "")], "two\nlines")
    assert shown == "meaning: second\nlot: A1\nreason: two lines"
    for content, hashed in (("", digest("")), (shown, digest("another")), (shown, "")):
        with pytest.raises(NotShownError), stage.database.writing(nurse) as session:
            session.add(
                Signature(
                    op_id=op(),
                    person_id=nurse,
                    meaning="second",
                    content=content,
                    content_hash=hashed,
                    reason="",
                    signed_at=stage.database.clock(),
                )
            )
