"""Into quarantine by one, out again by two, and never out while a layer stands."""

import uuid

import pytest

from app.core.permissions import NotEntitledError
from app.core.statuses.stock import StockState
from app.models.refusals import ReasonMissingError, UnsignedError
from app.queries.ward_stock import stock_at
from app.services.picking import TooFewError
from app.services.quarantining import NoQuarantineAreaError, NotAShelfError, Portion
from app.services.stops import LotOnHoldError
from tests.stock_life import stock_life


@pytest.fixture
def life(database):
    life = stock_life(database)
    life.batch_id = life.house.batch("CVC", "A1", 50)
    life.issue("A1", 10)
    return life


def put_aside(life, place, state, quantity, by="keeper", target=None):
    portion = Portion(life.batch_id, life.house.places[place], state, quantity)
    return life.quarantining.put_aside(
        actor=life.actor(by),
        op_id=uuid.uuid4().hex,
        portions=[portion],
        target_id=life.house.places[target] if target else None,
    )


def take_back(life, target="store", *, sign=True, reason="复检合格", quantity=5):
    op_id = uuid.uuid4().hex
    if sign:
        life.house.sign("inspector", op_id)
    return life.quarantining.take_back(
        actor=life.actor("keeper"),
        op_id=op_id,
        second=life.actor("inspector"),
        portion=Portion(life.batch_id, life.house.places["quarantine"], StockState.QUARANTINED, quantity),
        target_id=life.house.places[target],
        reason=reason,
    )


def held(life, place):
    with life.database.reading() as session:
        return {row.state: row.quantity for row in stock_at(session, life.house.places[place])}


def test_store_goods_go_to_the_area_of_their_site(life):
    moved = put_aside(life, "store", StockState.IN_STOCK, 5)

    assert moved.document_no.startswith("FC-")
    assert held(life, "quarantine") == {StockState.QUARANTINED: 5}


def test_a_ward_puts_its_own_goods_aside_where_they_are(life):
    put_aside(life, "icu", StockState.PAR, 4, by="nurse", target="icu")

    assert held(life, "icu") == {StockState.PAR: 6, StockState.QUARANTINED: 4}


def test_goods_put_aside_on_the_ward_go_on_to_the_area(life):
    put_aside(life, "icu", StockState.PAR, 4, by="nurse", target="icu")

    put_aside(life, "icu", StockState.QUARANTINED, 4)

    assert held(life, "quarantine") == {StockState.QUARANTINED: 4}


def test_a_ward_does_not_touch_the_shelves_of_others(life):
    with pytest.raises(NotEntitledError):
        put_aside(life, "store", StockState.IN_STOCK, 1, by="nurse")


def test_a_scan_puts_aside_what_is_locked_too(life):
    life.hold("A1")

    moved = life.quarantining.put_aside_scanned(
        actor=life.actor("keeper"),
        op_id=uuid.uuid4().hex,
        place_id=life.house.places["store"],
        wanted=life.wanted("A1", 40),
    )

    assert moved.quantity == 40
    with pytest.raises(TooFewError):
        life.quarantining.put_aside_scanned(
            actor=life.actor("keeper"),
            op_id=uuid.uuid4().hex,
            place_id=life.house.places["store"],
            wanted=life.wanted("A1"),
        )


def test_the_way_back_takes_two_persons_and_a_reason(life):
    put_aside(life, "store", StockState.IN_STOCK, 5)

    with pytest.raises(UnsignedError):
        take_back(life, sign=False)
    with pytest.raises(ReasonMissingError):
        take_back(life, reason="")
    take_back(life)

    assert held(life, "store") == {StockState.IN_STOCK: 40}


def test_nothing_comes_back_while_a_layer_stands(life):
    put_aside(life, "store", StockState.IN_STOCK, 5)
    life.hold("A1")

    with pytest.raises(LotOnHoldError):
        take_back(life)


def test_the_way_back_leads_to_a_shelf_that_keeps_stock(life):
    put_aside(life, "store", StockState.IN_STOCK, 5)

    with pytest.raises(NotAShelfError):
        take_back(life, "clinic")
    take_back(life, "icu")

    assert held(life, "icu") == {StockState.PAR: 15}


def test_a_site_without_an_area_says_so(life):
    from sqlalchemy import update

    from app.models.places import Location

    with life.database.writing(life.house.persons["keeper"]) as session:
        session.execute(update(Location).where(Location.code == "quarantine").values(is_active=False))

    with pytest.raises(NoQuarantineAreaError):
        put_aside(life, "store", StockState.IN_STOCK, 1)
