"""Where a lot is and who got it, in one statement each."""

from datetime import timedelta

from app.core.statuses.stock import MovementKind, StockState
from app.queries.whereabouts import batches_with_lot, where_is, who_got
from tests.builders import small_hospital
from tests.statements import counted

STORE, PAR = StockState.IN_STOCK, StockState.PAR


def busy(database):
    house = small_hospital(database)
    batch = house.batch("CVC", "A1", 50)
    house.move(MovementKind.ISSUE, batch, 8, ("store", STORE), ("icu", PAR))
    house.move(MovementKind.ISSUE, batch, 4, ("store", STORE), ("icu", PAR))
    house.move(MovementKind.WARD_RETURN, batch, 5, ("icu", PAR), ("store", STORE))
    return house, batch


def test_every_shelf_is_named_and_adds_up(database):
    house, batch = busy(database)
    with database.reading() as session, counted() as statements:
        places = where_is(session, [batch])
    assert [(one.location_id, one.state, one.quantity) for one in places] == [
        (house.places["store"], STORE, 43),
        (house.places["icu"], PAR, 7),
    ]
    assert len(statements) == 1


def test_a_ward_that_gave_goods_back_is_still_named(database):
    house, batch = busy(database)
    with database.reading() as session, counted() as statements:
        wards = who_got(session, [batch])
    assert [(ward.location_id, ward.quantity) for ward in wards] == [(house.places["icu"], 7)]
    assert abs(wards[0].last_at - database.clock()) < timedelta(minutes=1)
    assert len(statements) == 1


def test_a_lot_is_found_in_any_spelling_and_by_its_product(database):
    house, batch = busy(database)
    house.product("TUBE", "06999999013037")
    other = house.batch("TUBE", "a1", 3)
    with database.reading() as session:
        assert batches_with_lot(session, " a1") == [batch, other]
        assert batches_with_lot(session, "A1", "REF-CVC") == [batch]
        assert batches_with_lot(session, "A1", "nothing") == []
