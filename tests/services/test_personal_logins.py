"""Signing in with a login of one's own on PostgreSQL: the server says who acts."""

import unicodedata
import uuid

import pytest
from sqlalchemy import text

from app.core.permissions import Role
from app.models.connecting import LoginEndedError
from app.models.personal import NobodyHereError
from app.models.refusals import ForbiddenError, NotSignedInError, OwnGrantError, StaleSignatureError
from app.models.scram import is_fingerprint_of
from app.queries.persons import persons
from app.queries.reader import Reader
from app.services.auditing import verify
from app.services.keeping import NotInstallerError, take
from app.services.passwords import PasswordPolicy, PasswordRulesService, UsedPasswordError
from app.services.signing_in import SamePersonError, SigningInService, WrongPasswordError
from app.services.staffing import NewPerson, StaffingService
from tests.builders import signed
from tests.personal import PASSWORD, opened

NEW = "Bai-Yun-8264"


@pytest.fixture
def desk(personal_database, personal_house):
    database = opened(personal_database)
    yield database
    database.close()


@pytest.fixture
def signing(desk):
    return SigningInService(desk)


def who(database):
    with database.reading() as session:
        return tuple(session.execute(text("SELECT session_user::text, current_actor()")).one())


def test_who_signs_in_acts_and_nobody_else(desk, signing, personal_house):
    with pytest.raises(NobodyHereError):
        who(desk)
    with pytest.raises(WrongPasswordError):
        signing.sign_in("keeper", "wrong")
    with pytest.raises(WrongPasswordError):
        signing.sign_in("nobody", PASSWORD)
    with pytest.raises(NobodyHereError):
        who(desk)

    actor = signing.sign_in(" keeper ", PASSWORD)
    assert (actor.id, actor.roles) == (personal_house.persons["keeper"], {Role.STOREKEEPER})
    assert who(desk) == (f"{desk.prefix}keeper", actor.id)
    for other in (None, personal_house.persons["boss"]):
        with pytest.raises(NotSignedInError), desk.writing(other):
            pass
    with desk.writing(actor.id) as session:
        session.execute(text("SELECT set_config('recalldesk.actor', '1', true)"))
        session.execute(text(f"SELECT set_config('recalldesk.actor', '{personal_house.persons['boss']}', true)"))
        assert session.execute(text("SELECT current_actor()")).scalar_one() == actor.id

    assert signing.sign_in("boss", PASSWORD).roles == {Role.EXECUTIVE}
    assert who(desk)[0].endswith(".boss")
    signing.sign_out()
    with pytest.raises(NobodyHereError):
        who(desk)
    assert PASSWORD not in repr(vars(desk))


def test_a_workstation_keeps_two_connections_for_the_person_and_none_after(desk, signing, personal_database):
    signing.sign_in("keeper", PASSWORD)
    open_ = "SELECT count(*) FROM pg_stat_activity WHERE starts_with(usename::text, :prefix)"

    def count():
        with personal_database.reading() as session:
            return session.execute(text(open_), {"prefix": desk.prefix}).scalar_one()

    with desk.reading() as first, desk.reading() as second:
        first.execute(text("SELECT 1"))
        second.execute(text("SELECT 1"))
        assert count() == 2
    signing.sign_out()
    with personal_database.reading() as session:  # a connection that was closed is gone a moment later
        session.execute(text("SELECT pg_stat_clear_snapshot()"))
    assert count() in (0, 1, 2)


def test_a_second_person_signs_over_a_connection_of_their_own(desk, signing, personal_house):
    first, op_id = signing.sign_in("keeper", PASSWORD), uuid.uuid4().hex
    asked = {"first": first, "op_id": op_id, "meaning": "second", "facts": ()}
    with pytest.raises(SamePersonError):
        signing.sign(login="keeper", password=PASSWORD, **asked)
    with pytest.raises(WrongPasswordError):
        signing.sign(login="inspector", password="wrong", **asked)
    second = signing.sign(login="inspector", password=PASSWORD, **asked)

    assert signing.has_signed(second, op_id)
    assert who(desk)[1] == first.id
    with desk.reading() as session:
        assert session.execute(text("SELECT person_id FROM signature")).scalar_one() == second.id


def test_a_desk_that_was_left_open_signs_nothing(desk, signing, personal_database):
    first = signing.sign_in("keeper", PASSWORD)
    signed(desk, first.id, "second")
    with personal_database.writing(None) as owner:
        (made,) = owner.execute(text("SELECT pg_get_functiondef('signature_fresh()'::regprocedure)")).one()
        owner.connection().exec_driver_sql(made.replace("'1 minute'", "'0 seconds'"))
    with pytest.raises(StaleSignatureError):
        signed(desk, first.id, "second")
    with desk.reading() as session:
        assert session.execute(text("SELECT count(*) FROM signature")).scalar_one() == 1


def test_a_persons_login_makes_no_backup_since_rows_are_hidden_from_it(desk, signing, tmp_path):
    signing.sign_in("auditor", PASSWORD)
    with pytest.raises(NotInstallerError):
        take(desk, tmp_path / "half.rdb")
    assert list(tmp_path.iterdir()) == []


def test_the_security_administrator_makes_ends_and_resets_logins(desk, signing, personal_house, personal_database):
    staffing = StaffingService(desk, signing)
    admin = signing.sign_in("security", PASSWORD)
    staffing.add(
        actor=admin,
        under=signed(desk, admin.id, "grant_roles", "zhou"),
        person=NewPerson("zhou", "周测试", "", PASSWORD, frozenset({Role.STOREKEEPER})),
    )
    row = next(one for one in Reader(desk).fetch(persons) if one.login == "zhou")

    actor = signing.sign_in("zhou", PASSWORD)
    assert who(desk)[1] is None  # until the password is their own
    staffing.change_password(actor=actor, old=PASSWORD, new=NEW)
    assert who(desk)[1] == actor.id
    with pytest.raises(WrongPasswordError):
        signing.confirm("zhou", PASSWORD)
    assert signing.confirm("zhou", NEW).id == actor.id

    admin = signing.sign_in("security", PASSWORD)
    staffing.set_roles(
        actor=admin,
        under=signed(desk, admin.id, "grant_roles", "zhou"),
        person_id=row.id,
        roles=frozenset({Role.BUYER, Role.EXECUTIVE}),
    )
    assert signing.sign_in("zhou", NEW).roles == {Role.BUYER, Role.EXECUTIVE}
    with pytest.raises(ForbiddenError, match="put_away"), desk.writing(row.id) as session:
        session.execute(text("INSERT INTO put_away (batch_id) VALUES (1)"))

    admin = signing.sign_in("security", PASSWORD)
    zhous = opened(personal_database)
    SigningInService(zhous).sign_in("zhou", NEW)
    staffing.set_active(actor=admin, person_id=row.id, is_active=False)
    with pytest.raises(LoginEndedError):
        SigningInService(zhous).sign_in("zhou", NEW)
    with pytest.raises(OwnGrantError):
        staffing.set_active(actor=admin, person_id=admin.id, is_active=False)
    staffing.set_active(actor=admin, person_id=row.id, is_active=True)
    staffing.reset_password(actor=admin, person_id=row.id, password=PASSWORD)
    assert SigningInService(zhous).sign_in("zhou", PASSWORD).id == row.id
    zhous.close()
    assert verify(personal_database).mismatches == ()


def test_a_password_that_the_house_forbids_again_is_known_though_the_server_keeps_none(
    desk, signing, personal_house, personal_database
):
    staffing, security = StaffingService(desk, signing), signing.sign_in("security", PASSWORD)
    StaffingService(desk, signing).change_password(actor=security, old=PASSWORD, new=NEW)
    staffing.change_password(actor=security, old=NEW, new=PASSWORD)  # nothing is kept before the house sets the rule
    PasswordRulesService(desk).set_policy(actor=security, policy=PasswordPolicy(history=3))
    keeper_id, given = personal_house.persons["keeper"], "Ｂai-云-Ⅷ-8264"
    staffing.reset_password(actor=security, person_id=keeper_id, password=given)
    keeper = signing.sign_in("keeper", given)
    staffing.change_password(actor=keeper, old=given, new="Hong-Ye-5120")
    for again in ("Hong-Ye-5120", given, unicodedata.normalize("NFKC", given)):
        with pytest.raises(UsedPasswordError):
            staffing.change_password(actor=keeper, old="Hong-Ye-5120", new=again)
    for old, new in (("Hong-Ye-5120", "Lan-Hai-2211"), ("Lan-Hai-2211", "Lan-Hai-3322"), ("Lan-Hai-3322", given)):
        staffing.change_password(actor=keeper, old=old, new=new)
    with personal_database.reading() as session:
        kept = session.scalars(text("SELECT password_hash FROM past_password WHERE person_id = :id"), {"id": keeper_id})
        assert [is_fingerprint_of(one, given) for one in kept] == [True, False, False, False, True]
    assert not is_fingerprint_of("-", given)
    assert not is_fingerprint_of("4096:$", given)


def test_who_came_by_copy_gets_roles_before_a_login(desk, signing, personal_house, personal_database):
    personal_house.person("copied", Role.BUYER)
    copied = personal_house.persons["copied"]
    admin, staffing = signing.sign_in("security", PASSWORD), StaffingService(desk, signing)
    staffing.set_active(actor=admin, person_id=copied, is_active=False)
    staffing.set_active(actor=admin, person_id=copied, is_active=True)
    granted = {"person_id": copied, "roles": frozenset({Role.STOREKEEPER})}
    staffing.set_roles(actor=admin, under=signed(desk, admin.id, "grant_roles"), **granted)
    staffing.reset_password(actor=admin, person_id=copied, password=PASSWORD)
    assert signing.confirm("copied", PASSWORD).roles == {Role.STOREKEEPER}
    with personal_database.reading() as session:
        held = "SELECT array_agg(pg_get_userbyid(roleid)::text) FROM pg_auth_members WHERE member = to_regrole(:mine)"
        groups = session.scalar(text(held), {"mine": f'"{desk.prefix}copied"'})
    assert sorted(name.partition(":")[2] for name in groups) == ["person", "storekeeper"]
