"""The limit of requisitions: who sets it, within what, and what it does to the next requisition."""

import pytest
from sqlalchemy import select

from app.core.errors import ConflictError
from app.core.permissions import NotEntitledError, Role
from app.core.statuses.requisition import RequisitionState
from app.models.proof import AuditEntry
from app.queries.house_rules import USUAL_LIMIT, requisition_limit
from app.queries.reader import Reader
from app.services.regulating import MOST_UNITS, LimitRangeError, RegulatingService
from app.services.requisitioning import RequisitioningService
from tests.stock_life import stock_life


@pytest.fixture
def life(database):
    life = stock_life(database)
    life.house.person("chief", Role.EXECUTIVE)
    life.house.batch("CVC", "A1", 300)
    return life


def set_limit(life, units, seen=USUAL_LIMIT, by="chief"):
    service = RegulatingService(life.database)
    return service.set_requisition_limit(actor=life.actor(by), units=units, seen=seen)


def ask(life, quantity):
    places, product = life.house.places, life.house.products["CVC"]
    return RequisitioningService(life.database).ask(
        actor=life.actor("nurse"), department_id=places["icu"], store_id=places["store"], lines=[(product, quantity)]
    )


def in_force(life):
    return Reader(life.database).fetch(requisition_limit)


def test_the_limit_holds_for_the_next_requisition_and_names_who_set_it(life):
    assert (in_force(life).units, in_force(life).changed_by) == (USUAL_LIMIT, None)
    assert ask(life, 30).state is RequisitionState.APPROVED
    assert set_limit(life, 20).units == 20
    assert ask(life, 30).state is RequisitionState.ASKED
    set_limit(life, 40, seen=20)
    assert ask(life, 30).state is RequisitionState.APPROVED
    assert in_force(life).changed_by == life.actor("chief").name


def test_each_change_is_audited_with_what_stood_before(life):
    set_limit(life, 20)
    set_limit(life, 25, seen=20)
    with life.database.reading() as session:
        entries = session.scalars(
            select(AuditEntry).where(AuditEntry.table_name == "setting").order_by(AuditEntry.id)
        ).all()
        assert len(entries) == 2
        assert {entry.person_id for entry in entries} == {life.house.persons["chief"]}
        assert '"20"' in str(entries[1].before) or "20" in str(entries[1].before)


def test_a_limit_beyond_its_range_or_over_an_unseen_one_is_refused(life):
    for units in (-1, MOST_UNITS + 1):
        with pytest.raises(LimitRangeError):
            set_limit(life, units)
    set_limit(life, 20)
    with pytest.raises(ConflictError):
        set_limit(life, 30)
    assert in_force(life).units == 20


def test_only_an_executive_makes_the_rule(life):
    for login in ("keeper", "nurse", "inspector"):
        with pytest.raises(NotEntitledError):
            set_limit(life, 20, by=login)
