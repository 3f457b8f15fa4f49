"""One may hold, two lift, and every other layer stays."""

import uuid

import pytest

from app.core.changes import Topic
from app.core.permissions import NotEntitledError
from app.core.statuses.locks import LockLayer
from app.models.refusals import OwnSecondError, ReasonMissingError, UnsignedError
from app.queries.batches import find_batches
from app.services.holding import AlreadyLiftedError, Lot, RecallLockError
from app.services.stops import LotOnHoldError, LotRecalledError
from tests.stock_life import stock_life


@pytest.fixture
def life(database):
    life = stock_life(database)
    life.house.batch("CVC", "A1", 50)
    return life


def layers(life, lot="A1"):
    with life.database.reading() as session:
        return find_batches(session, lot)[0].layers


def test_one_person_holds_a_lot_at_once(life):
    held = life.hold("a 1")

    assert held.changes == frozenset({Topic.LOCKS})
    assert layers(life) == (LockLayer.ON_HOLD,)
    with pytest.raises(LotOnHoldError):
        life.issue("A1", 1)


def test_holding_twice_sets_one_lock(life):
    life.hold("A1")

    again = life.hold("A1")

    assert again.lock_ids == ()
    assert len(again.already) == 1


def test_a_hold_waits_for_goods_that_have_not_come(life):
    life.hold("ZZ-9")

    with life.database.reading() as session:
        assert find_batches(session, "ZZ-9") == []


def test_a_hold_on_a_whole_product_holds_every_lot(life):
    life.hold(None)

    assert layers(life) == (LockLayer.ON_HOLD,)


def test_a_hold_takes_a_reason_and_the_duty(life):
    with pytest.raises(ReasonMissingError):
        life.hold("A1", reason="  ")
    with pytest.raises(NotEntitledError):
        life.hold("A1", by="nurse")


def test_lifting_takes_two_persons_and_a_reason(life):
    lock_id = life.hold("A1").lock_ids[0]
    unsigned = {"actor": life.actor("keeper"), "op_id": uuid.uuid4().hex, "lock_id": lock_id, "reason": "复检合格"}

    with pytest.raises(UnsignedError):
        life.holding.lift(**unsigned, second=life.actor("inspector"))
    with pytest.raises(OwnSecondError):
        life.lift(lock_id, second="keeper")
    with pytest.raises(ReasonMissingError):
        life.lift(lock_id, reason="")
    with pytest.raises(NotEntitledError):
        life.lift(lock_id, by="nurse")
    life.lift(lock_id)

    assert layers(life) == ()
    with pytest.raises(AlreadyLiftedError):
        life.lift(lock_id)


def test_lifting_a_hold_leaves_the_recall(life):
    lock_id = life.hold("A1").lock_ids[0]
    life.recall("A1")
    life.lift(lock_id)

    assert layers(life) == (LockLayer.RECALL_QUARANTINE,)
    with pytest.raises(LotRecalledError):
        life.issue("A1", 1)


def test_lifting_one_of_two_holds_leaves_the_other(life):
    case_id = life.recall("ZZ")
    first = life.hold("A1").lock_ids[0]
    life.holding.hold(
        actor=life.actor("coordinator"),
        lots=[Lot(life.house.products["CVC"], "A1")],
        reason="等待厂家答复",
        case_id=case_id,
    )
    life.lift(first)

    assert layers(life) == (LockLayer.ON_HOLD,)


def test_a_recall_lock_is_not_lifted_by_hand(life):
    life.recall("A1")
    with life.database.reading() as session:
        from app.queries.layers import standing_locks

        lock_id = standing_locks(session, {life.house.products["CVC"]}).rows[0][2].lock_id

    with pytest.raises(RecallLockError) as refused:
        life.lift(lock_id)
    assert refused.value.values["case"] == "RC-2026-0017"


def test_a_lock_that_never_was_is_not_found(life):
    from app.core.errors import NotFoundError

    with pytest.raises(NotFoundError):
        life.lift(999)
