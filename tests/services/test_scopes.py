"""A limited role holds at its places: services refuse elsewhere, the wall refuses whoever goes round them."""

import uuid

import pytest

from app.core.permissions import Role
from app.core.scopes import OutOfScopeError, Scope
from app.core.statuses.stock import Inspection, MovementKind, StockState
from app.models.persons import PersonRole
from app.models.refusals import AppendOnlyError, OnlySecurityError
from app.queries.persons import persons
from app.queries.reader import Reader
from app.services.picking import Wanted
from app.services.requisitioning import NotYourWardError, RequisitioningService
from app.services.signing_in import SigningInService
from app.services.staffing import StaffingService
from tests.builders import signed
from tests.services.recall_stage import Stage, recall_stage
from tests.stock_life import StockLife

STOCK, PAR, ASIDE = StockState.IN_STOCK, StockState.PAR, StockState.QUARANTINED


@pytest.fixture
def stage(database) -> Stage:
    stage = recall_stage(database)
    stage.hospital.person("security", Role.SECURITY_ADMIN)
    return stage


def limit(stage: Stage, login: str, role: Role, *places: str, sites=()) -> None:
    scope = Scope(frozenset(sites), frozenset(stage.hospital.places[place] for place in places))
    StaffingService(stage.database, SigningInService(stage.database)).set_roles(
        actor=stage.actor("security"),
        under=signed(stage.database, stage.actor("security").id, "grant_roles", scope=scope.text),
        person_id=stage.hospital.persons[login],
        roles=frozenset({role}),
        scopes={role: scope},
    )


def test_a_keeper_of_one_store_posts_there_and_brings_goods_home_from_wards(stage):
    limit(stage, "keeper", Role.STOREKEEPER, "store", "quarantine")
    hospital, life = stage.hospital, StockLife(stage.database, stage.hospital)
    batch = hospital.batch("TUBE", "T1", 20, by="keeper2")
    far = hospital.batch("TUBE", "T2", 20, place="store2", by="keeper2")
    reach = frozenset(hospital.places[place] for place in ("store", "quarantine"))
    assert stage.actor("keeper").reach == ((Role.STOREKEEPER, reach),)

    life.issue("T1", 5, product="TUBE")
    hospital.move(MovementKind.QUARANTINE, batch, 1, ("icu", PAR), ("quarantine", ASIDE))
    issue = {"op_id": uuid.uuid4().hex, "store_id": hospital.places["store2"], "department_id": hospital.places["icu"]}
    with pytest.raises(OutOfScopeError):
        life.issuing.issue(actor=stage.actor("keeper"), lines=[Wanted(hospital.products["TUBE"], "T2", 1)], **issue)
    with pytest.raises(OutOfScopeError):
        hospital.move(MovementKind.ISSUE, far, 1, ("store2", STOCK), ("icu", PAR))


def test_a_nurse_acts_for_the_wards_of_her_role_only(stage):
    limit(stage, "nurse", Role.DEPT_LIAISON, "clinic")
    asking, places = RequisitioningService(stage.database), stage.hospital.places
    lines = [(stage.hospital.products["TUBE"], 1)]
    nurse = stage.actor("nurse")
    asking.ask(actor=nurse, department_id=places["clinic"], store_id=places["store"], lines=lines)
    with pytest.raises(OutOfScopeError):
        asking.ask(actor=nurse, department_id=places["icu"], store_id=places["store"], lines=lines)
    with pytest.raises(NotYourWardError):
        asking.ask(actor=stage.actor("head"), department_id=places["clinic"], store_id=places["store"], lines=lines)
    batch = stage.hospital.batch("TUBE", "T3", 5)
    stage.hospital.move(MovementKind.ISSUE, batch, 2, ("store", STOCK), ("icu", PAR))
    with pytest.raises(OutOfScopeError):
        stage.hospital.move(MovementKind.USE, batch, 1, ("icu", PAR), ("icu", StockState.USED), by="nurse")


def test_a_site_is_all_its_places_and_an_unlimited_role_is_not_narrowed(stage):
    with stage.database.reading() as session:
        site = session.connection().exec_driver_sql("SELECT site_id FROM location LIMIT 1").scalar_one()
    limit(stage, "keeper", Role.STOREKEEPER, sites=[site])
    stage.hospital.batch("TUBE", "T4", 5, place="store2", by="keeper")
    limit(stage, "keeper2", Role.STOREKEEPER, sites=[site + 99])
    with pytest.raises(OutOfScopeError):
        stage.hospital.batch("TUBE", "T5", 5, by="keeper2")
    limit(stage, "keeper2", Role.STOREKEEPER)
    stage.hospital.batch("TUBE", "T6", 5, by="keeper2")


def test_an_inspector_of_another_place_neither_releases_nor_rejects(stage):
    batch = stage.hospital.batch("TUBE", "T7", 5, released_by=None)
    limit(stage, "inspector", Role.QUALITY_INSPECTOR, "store2")
    for outcome in (Inspection.RELEASED, Inspection.REJECTED):
        with pytest.raises(OutOfScopeError):
            stage.hospital.inspect(batch, 5, "inspector", outcome)


def test_a_scope_is_granted_seen_and_never_widened_in_its_row(stage):
    limit(stage, "keeper", Role.STOREKEEPER, "store")
    limit(stage, "keeper", Role.STOREKEEPER, "store", "store2")
    (row,) = [row for row in Reader(stage.database).fetch(persons) if row.login == "keeper"]
    assert row.roles == (Role.STOREKEEPER,)
    assert row.scope(Role.STOREKEEPER).places == {stage.hospital.places["store"], stage.hospital.places["store2"]}
    assert not row.scope(Role.BUYER).is_limited
    person = stage.hospital.persons["keeper"]
    stage.hospital.sign("security", "grant", "grant_roles")
    with pytest.raises(AppendOnlyError), stage.database.writing(stage.hospital.persons["security"]) as session:
        session.query(PersonRole).filter_by(person_id=person, ended_at=None).update({"scope": ""})
    grant = {"role": Role.EXECUTIVE, "granted_at": stage.database.clock(), "scope": ""}
    keeper = stage.hospital.persons["keeper2"]
    with pytest.raises(OnlySecurityError), stage.database.writing(keeper) as session:
        session.add(PersonRole(person_id=person, granted_by=keeper, **grant))
    with pytest.raises(OnlySecurityError), stage.database.writing(keeper) as session:
        session.query(PersonRole).filter_by(person_id=person, ended_at=None).update(
            {"ended_at": stage.database.clock()}
        )
