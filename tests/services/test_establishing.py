"""The roles of the server: nobody is the owner, and every right comes from one table."""

import pytest
from sqlalchemy import text

from app.core.permissions import DUTIES, Role
from app.models.database import Database
from app.models.everything import METADATA
from app.models.wall.grants import (
    AGENT_FUNCTIONS,
    AGENT_READS,
    DUTY_FUNCTIONS,
    FUNCTIONS,
    ONLY,
    SECRET,
    WORKSTATION_FUNCTIONS,
    WORKSTATION_VIEWS,
    of_agent,
    of_everybody,
    writes_of,
)
from app.models.wall.roles_sql import given_columns, own_sequence
from app.services.establishing import NoLoginsError, admit, establish
from app.services.initialising import UnsuitableServerError
from app.services.signing_in import SigningInService
from app.services.staffing import NewPerson, StaffingService
from app.services.upgrading import check
from tests.builders import signed
from tests.personal import PASSWORD, opened

Right = tuple[str, str, str, str]
"""Group, object, column or nothing, privilege."""


@pytest.fixture
def standing(personal_database) -> set[Right]:
    """Every right in the schema that somebody else than the owner has, as PostgreSQL keeps it."""
    query = """
      SELECT grantee::regrole::text, relname, '', privilege_type FROM pg_class, aclexplode(relacl)
        WHERE relnamespace = 'public'::regnamespace AND grantee <> relowner
      UNION ALL SELECT grantee::regrole::text, relname, attname, privilege_type FROM pg_attribute
        JOIN pg_class ON pg_class.oid = attrelid, aclexplode(attacl)
        WHERE relnamespace = 'public'::regnamespace AND grantee <> relowner
      UNION ALL SELECT grantee::regrole::text, p.oid::regprocedure::text, '', privilege_type FROM pg_proc AS p,
        aclexplode(coalesce(proacl, acldefault('f', proowner)))
        WHERE pronamespace = 'public'::regnamespace AND grantee <> proowner
      UNION ALL SELECT grantee::regrole::text, nspname, '', privilege_type FROM pg_namespace, aclexplode(nspacl)
        WHERE nspname = 'public' AND grantee <> nspowner"""
    with personal_database.reading() as session:
        rows = session.execute(text(query)).all()
    return {(group.strip('"').partition(":")[2] or group, *rest) for group, *rest in rows}


def told() -> set[Right]:
    """The same, as the table of grants tells it."""
    rights: set[Right] = {("owner", "public", "", "USAGE"), ("owner", "public", "", "CREATE")}
    rights |= {(group, "public", "", "USAGE") for group in ("person", "workstation", "agent")}
    rights.add(("person", "document_number", "", "USAGE"))
    rights |= {("person", name.replace(", ", ","), "", "EXECUTE") for name in (*FUNCTIONS, *WORKSTATION_FUNCTIONS)}
    rights |= {("workstation", name, "", "EXECUTE") for name in WORKSTATION_FUNCTIONS}
    rights |= {("workstation", name, "", "SELECT") for name in WORKSTATION_VIEWS}
    rights |= {("agent", name, "", "EXECUTE") for name in AGENT_FUNCTIONS}
    rights |= {("agent", name, "", "SELECT") for name in AGENT_READS}
    writing = {"person": of_everybody(), "agent": of_agent()} | {role.value: writes_of(role) for role in Role}
    for group, writes in writing.items():
        for write in writes.values():
            rights |= set(of_write(group, write))
    for name, duty in DUTY_FUNCTIONS.items():
        rights |= {(r.value, name.replace(", ", ","), "", "EXECUTE") for r in Role if duty in DUTIES[r]}
    return rights


def of_write(group, write):
    table = METADATA.tables[write.table]
    if write.insert:
        yield from ((group, write.table, column, "INSERT") for column in given_columns(table))
        if own_sequence(table):
            yield group, own_sequence(table), "", "USAGE"
    yield from ((group, write.table, column, "UPDATE") for column in write.update)
    if write.delete:
        yield group, write.table, "", "DELETE"


def told_reading(views: set[str]) -> set[Right]:
    rights = {("person", name, "", "SELECT") for name in (*views, "alembic_version")}
    for name, table in METADATA.tables.items():
        hidden = SECRET.get(name)
        groups = [r.value for r in Role if name in ONLY and ONLY[name] in DUTIES[r]] or ["person"]
        if hidden is None:
            rights |= {(group, name, "", "SELECT") for group in groups}
        elif hidden:
            rights |= {("person", name, column.name, "SELECT") for column in table.columns if column.name not in hidden}
    return rights


def test_every_right_stands_in_the_table_and_none_beside_it(standing, personal_database):
    with personal_database.reading() as session:
        views = set(session.scalars(text("SELECT viewname FROM pg_views WHERE schemaname = 'public'")))
    wanted = told() | told_reading(views)
    assert standing - wanted == set()
    assert wanted - standing == set()


def test_the_owner_owns_all_and_nobody_is_the_owner(personal_database, personal_template):
    owner = f"{personal_template}:owner"
    with personal_database.reading() as session:
        owners = session.scalars(
            text(
                "SELECT DISTINCT relowner::regrole::text FROM pg_class WHERE relnamespace = 'public'::regnamespace "
                "UNION SELECT proowner::regrole::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
            )
        )
        assert set(owners) == {f'"{owner}"'}
        row = session.execute(
            text("SELECT rolcanlogin, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = :owner"), {"owner": owner}
        ).one()
        assert tuple(row) == (False, False, False)
        query = text("SELECT proname, proconfig FROM pg_proc WHERE prosecdef AND proowner = to_regrole(:owner)")
        definers = session.execute(query, {"owner": f'"{owner}"'}).all()
    assert definers
    assert [name for name, config in definers if not config or "search_path=public, pg_temp" not in config] == []


def test_making_the_roles_again_changes_nothing(personal_database, standing, personal_template):
    assert check(personal_database).is_sound
    assert establish(personal_database) == personal_template
    assert check(personal_database).is_sound


def test_a_name_that_no_login_could_follow_is_refused(postgres_dsn, postgres_template, clock):
    from tests.databases import _named, _server

    name = "rd_" + "x" * 40
    _server(postgres_dsn, f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    database = Database(_named(postgres_dsn, name), clock)
    with pytest.raises(UnsuitableServerError):
        establish(database)
    database.close()
    _server(postgres_dsn, f"DROP DATABASE {name}")


def test_the_installer_lets_the_first_administrator_in(personal_database, sqlite_database):
    with pytest.raises(NoLoginsError):
        admit(sqlite_database, login="first", name="", password=PASSWORD)
    assert admit(personal_database, login="first", name="安测试", password=PASSWORD)
    assert not admit(personal_database, login="first", name="", password=PASSWORD)

    desk = opened(personal_database)
    signing = SigningInService(desk)
    actor = signing.sign_in("first", PASSWORD)
    assert (actor.roles, actor.must_change) == ({Role.SECURITY_ADMIN}, True)
    staffing = StaffingService(desk, signing)
    staffing.change_password(actor=actor, old=PASSWORD, new=PASSWORD[::-1])
    actor = signing.sign_in("first", PASSWORD[::-1])
    staffing.add(
        actor=actor,
        under=signed(desk, actor.id, "grant_roles", "second"),
        person=NewPerson("second", "库测试", "", PASSWORD, frozenset({Role.STOREKEEPER})),
    )
    assert signing.confirm("second", PASSWORD).roles == {Role.STOREKEEPER}
    desk.close()
