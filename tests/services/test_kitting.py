"""Kits: built complete from free components, locked with them, opened into stock or quarantine; the books stay even."""

import uuid
from datetime import date

import pytest
from sqlalchemy import func, select

from app.core.permissions import NotEntitledError
from app.core.statuses.locks import LockLayer
from app.core.statuses.stock import Inspection, MovementKind, StockState
from app.core.statuses.ward import WardAnswer
from app.models.kits import KitContent
from app.models.refusals import LockedError
from app.models.stock import Batch, Movement
from app.services.checking import CheckingService
from app.services.composing import (
    Component,
    ComponentQuantityError,
    ComponentTwiceError,
    KitInKitError,
    NotAKitError,
)
from app.services.correcting import NotReversibleError
from app.services.kitting import KitGoneError, KitIncompleteError, NoRecipeError, NotInRecipeError
from app.services.picking import NoSuchSerialError, TooFewError
from app.services.stops import LotExpiredError, LotOnHoldError, LotPendingError, LotRecalledError, LotRejectedError
from app.services.ward import UseDespiteLockError
from app.udi.reader import read
from tests.kit_life import kit_life


@pytest.fixture
def life(database):
    return kit_life(database)


def received(life, batch_id: int) -> int:
    """What came in from outside, less what went out to nowhere."""
    with life.database.reading() as session:
        came = select(func.coalesce(func.sum(Movement.quantity), 0)).where(Movement.batch_id == batch_id)
        return session.scalar(came.where(Movement.source_id.is_(None))) - session.scalar(
            came.where(Movement.target_id.is_(None))
        )


def test_a_kit_is_a_batch_of_its_own_and_its_components_are_built_into_it(life):
    cvc, tray = life.stocked()

    kit = life.build()

    assert kit.number.startswith("ZT-")
    assert life.states(cvc) == {("store", StockState.IN_STOCK): 8, ("store", StockState.BUILT_INTO_KIT): 2}
    assert life.states(tray) == {("store", StockState.IN_STOCK): 9, ("store", StockState.BUILT_INTO_KIT): 1}
    assert life.states(kit.batch_id) == {("store", StockState.IN_STOCK): 1}
    with life.database.reading() as session:
        assert session.get_one(Batch, kit.batch_id).inspection is Inspection.RELEASED
        rows = session.execute(select(KitContent.batch_id, KitContent.quantity)).all()
    assert sorted(tuple(row) for row in rows) == sorted([(cvc, 2), (tray, 1)])
    for batch in (cvc, tray, kit.batch_id):
        assert sum(life.states(batch).values()) == received(life, batch)
    assert CheckingService(life.database).check().is_sound


def test_a_kit_expires_with_the_first_of_its_components(life):
    life.house.batch("CVC", "A1", 2, expiry=date(2098, 5, 31))
    life.house.batch("TRAY", "T1", 1, expiry=date(2099, 5, 31))

    assert life.build().expiry_on == date(2098, 5, 31)


def test_a_kit_goes_out_and_is_used_like_any_box(life):
    life.stocked()
    kit = life.build()

    life.issue(kit.number, 1, product="KIT")
    life.use(kit.number, product="KIT")

    assert life.states(kit.batch_id) == {("icu", StockState.USED): 1}


@pytest.mark.parametrize(
    ("parts", "error"),
    [
        ((("CVC", "A1", 1), ("TRAY", "T1", 1)), KitIncompleteError),
        ((("CVC", "A1", 3), ("TRAY", "T1", 1)), KitIncompleteError),
        ((("CVC", "A1", 2),), KitIncompleteError),
        ((("CVC", "A1", 2), ("TRAY", "T1", 1), ("LINE", "L1", 1)), NotInRecipeError),
        ((("CVC", "A1", 2), ("TRAY", "SHORT", 1)), TooFewError),
    ],
)
def test_only_a_complete_kit_of_what_is_there_is_built(life, parts, error):
    life.stocked()
    life.house.product("LINE")
    life.house.batch("LINE", "L1", 5)
    short = life.house.batch("TRAY", "SHORT", 1)
    life.house.move(MovementKind.ISSUE, short, 1, ("store", StockState.IN_STOCK), ("icu", StockState.PAR))

    with pytest.raises(error):
        life.build(*(life.wanted(lot, quantity, product) for product, lot, quantity in parts))

    with life.database.reading() as session:
        assert not session.scalars(select(KitContent)).all()


LAYER_ERRORS = {
    LockLayer.PENDING: LotPendingError,
    LockLayer.REJECTED: LotRejectedError,
    LockLayer.EXPIRED: LotExpiredError,
    LockLayer.ON_HOLD: LotOnHoldError,
    LockLayer.RECALL_QUARANTINE: LotRecalledError,
}


@pytest.mark.parametrize("layer", LockLayer)
def test_nothing_under_a_layer_goes_into_a_kit(life, layer):
    life.locked_batch("A1", layer, 10)
    life.house.batch("TRAY", "T1", 10)

    with pytest.raises(LAYER_ERRORS[layer]):
        life.build()


def test_the_lock_of_a_component_is_the_lock_of_the_kit(life):
    life.stocked()
    kit = life.build()
    other = life.build()
    life.issue(other.number, 1, product="KIT")
    assert life.layers(kit.batch_id) == ()

    life.hold("A1")

    assert life.layers(kit.batch_id) == (LockLayer.ON_HOLD,)
    with pytest.raises(LotOnHoldError) as refused:
        life.issue(kit.number, 1, product="KIT")
    assert "A1" in refused.value.values["lot"].said_in("en")
    with pytest.raises(UseDespiteLockError):
        life.use(other.number, product="KIT")
    used = life.use(other.number, product="KIT", second="head", reason="Used before the notice")
    assert used.despite_lock


def test_may_i_use_says_no_to_a_kit_with_a_locked_component(life):
    life.stocked()
    kit = life.build()
    life.issue(kit.number, 1, product="KIT")
    di = life.recipe("KIT", {"CVC": 2, "TRAY": 1}).di
    raw = f"]d201{di}10{kit.number}"
    assert life.ward.may_i_use(read(raw), life.house.places["icu"]).answer is WardAnswer.OK

    life.recall("A1")

    assert life.ward.may_i_use(read(raw), life.house.places["icu"]).answer is WardAnswer.DO_NOT_USE


def test_an_opened_kit_gives_its_components_back_to_the_store(life):
    cvc, tray = life.stocked()
    kit = life.build()

    opened = life.open(kit.batch_id)

    assert opened.quarantine is None
    assert life.states(cvc) == {("store", StockState.IN_STOCK): 10}
    assert life.states(tray) == {("store", StockState.IN_STOCK): 10}
    assert life.states(kit.batch_id) == {}
    assert received(life, kit.batch_id) == 0
    with pytest.raises(KitGoneError):
        life.open(kit.batch_id)
    assert CheckingService(life.database).check().is_sound


@pytest.mark.parametrize("layer", [LockLayer.ON_HOLD, LockLayer.RECALL_QUARANTINE])
def test_an_opened_kit_under_a_layer_lands_in_quarantine(life, layer):
    cvc, tray = life.stocked()
    kit = life.build()
    life.hold("A1") if layer is LockLayer.ON_HOLD else life.recall("A1")

    opened = life.open(kit.batch_id)

    assert opened.quarantine is not None
    assert life.states(cvc)["quarantine", StockState.QUARANTINED] == 2
    assert life.states(tray)["quarantine", StockState.QUARANTINED] == 1


def test_a_kit_whose_component_turns_out_to_be_expired_is_stopped_and_opens_into_quarantine(life):
    cvc = life.house.batch("CVC", "A1", 2, expiry=None)
    life.house.batch("TRAY", "T1", 1)
    kit = life.build()

    life.expire(cvc)

    assert life.layers(kit.batch_id) == (LockLayer.EXPIRED,)
    with pytest.raises(LotExpiredError):
        life.issue(kit.number, 1, product="KIT")
    with pytest.raises(LockedError):
        life.house.move(MovementKind.ISSUE, kit.batch_id, 1, ("store", StockState.IN_STOCK), ("icu", StockState.PAR))
    life.open(kit.batch_id)
    assert life.states(cvc) == {("quarantine", StockState.QUARANTINED): 2}


def test_a_ward_opens_its_own_kit_into_quarantine_and_nobody_elses(life):
    cvc, _ = life.stocked()
    kit = life.build()
    with pytest.raises(NotEntitledError):
        life.open(kit.batch_id, by="nurse")
    life.issue(kit.number, 1, product="KIT")

    life.open(kit.batch_id, by="nurse")

    assert life.states(cvc)["quarantine", StockState.QUARANTINED] == 2


def test_a_component_with_serial_number_goes_in_and_comes_out_by_its_number(life):
    life.house.product("PUMP", needs_serial=True)
    life.house.product("SET", name_zh="泵套包")
    life.recipe("SET", {"PUMP": 2})
    pump = life.house.batch("PUMP", "P1", serials=("S1", "S2", "S3"))
    parts = [life.wanted("P1", 1, "PUMP", serial=serial) for serial in ("S1", "S3")]

    kit = life.build(*parts, kit="SET")

    assert life.states(pump) == {("store", StockState.IN_STOCK): 1, ("store", StockState.BUILT_INTO_KIT): 2}
    with pytest.raises(NoSuchSerialError):
        life.build(*parts, kit="SET")
    life.open(kit.batch_id)
    assert life.states(pump) == {("store", StockState.IN_STOCK): 3}


def test_a_recipe_grows_by_versions_and_ends_with_an_empty_one(life):
    life.stocked()
    second = life.recipe("KIT", {"CVC": 1}, by="keeper2")
    assert second.version == 2
    life.build(life.wanted("A1", 1))

    life.recipe("KIT", {})

    with pytest.raises(NoRecipeError):
        life.build(life.wanted("A1", 1))


def test_no_kit_in_a_kit_no_component_twice_no_half_units(life):
    house, save, keeper = life.house, life.composing.save, life.actor("keeper")
    house.product("BIG")
    house.product("PUMP", needs_serial=True)
    for parts, error in (
        ([Component(house.products["KIT"], 1)], KitInKitError),
        ([Component(house.products["BIG"], 1)], KitInKitError),
        ([Component(house.products["CVC"], 1), Component(house.products["CVC"], 2)], ComponentTwiceError),
        ([Component(house.products["CVC"], 0)], ComponentQuantityError),
    ):
        with pytest.raises(error):
            save(actor=keeper, product_id=house.products["BIG"], components=parts)
    with pytest.raises(KitInKitError):
        save(actor=keeper, product_id=house.products["CVC"], components=[Component(house.products["BIG"], 1)])
    with pytest.raises(NotAKitError):
        save(actor=keeper, product_id=house.products["PUMP"], components=[Component(house.products["CVC"], 1)])
    with pytest.raises(NotEntitledError):
        save(actor=life.actor("nurse"), product_id=house.products["BIG"], components=[])


def test_a_kit_product_gets_an_identifier_for_its_label(life):
    saved = life.recipe("KIT", {"CVC": 2})

    assert len(saved.di) == 14
    assert saved.di.startswith("02")
    assert read(f"]d201{saved.di}10X").di == saved.di


def test_the_movements_of_a_kit_are_not_reversed_one_by_one(life):
    cvc, _ = life.stocked()
    life.build()
    with life.database.reading() as session:
        line = session.scalar(
            select(Movement.id).where(Movement.batch_id == cvc, Movement.kind == MovementKind.KIT_BUILD)
        )

    with pytest.raises(NotReversibleError):
        life.correcting.reverse(
            actor=life.actor("coordinator"), op_id=uuid.uuid4().hex, movement_id=line, reason="mistake"
        )
