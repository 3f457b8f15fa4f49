"""Stock of a place, earliest expiry first; and the places themselves."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from app.core.errors import NotFoundError
from app.core.statuses.locks import LockLayer
from app.core.statuses.stock import LocationKind, StockState
from app.models.places import Location
from app.queries.locations import location, location_by_code, locations, quarantine_area
from app.queries.reader import Reader
from app.queries.scanned import product_row
from app.queries.ward_stock import stock_at
from tests.statements import counted
from tests.stock_life import stock_life


@pytest.fixture
def life(database):
    return stock_life(database)


def stock(life, place="icu"):
    return Reader(life.database).fetch(stock_at, life.house.places[place])


def test_what_expires_first_comes_first_and_what_never_expires_last(life):
    soon = datetime.now(UTC).date() + timedelta(days=30)
    for lot, expiry in (("LATE", date(2099, 1, 1)), ("NEVER", None), ("SOON", soon)):
        life.house.batch("CVC", lot, 10, expiry=expiry)
        life.issue(lot, 2, reason="测试")

    rows = stock(life)

    assert [row.lot_no for row in rows] == ["SOON", "LATE", "NEVER"]
    assert rows[0].days_left in (29, 30)
    assert rows[2].days_left is None
    assert all(row.is_free for row in rows)


def test_locked_stock_stays_visible_with_its_layer(life):
    life.house.batch("CVC", "A1", 10)
    life.issue("A1", 2)
    life.hold("A1")

    row = stock(life)[0]

    assert (row.state, row.quantity, row.layers) == (StockState.PAR, 2, (LockLayer.ON_HOLD,))
    assert not row.is_free


def test_used_up_stock_leaves_the_list_and_a_longer_list_takes_no_more_statements(life):
    life.house.batch("CVC", "A0", 1)
    life.issue("A0", 1)
    with counted() as short:
        assert len(stock(life)) == 1
    life.use("A0")
    for number in range(1, 5):
        life.house.batch("CVC", f"A{number}", 1)
        life.issue(f"A{number}", 1)
    with counted() as long:
        rows = stock(life)

    assert [row.lot_no for row in rows] == ["A1", "A2", "A3", "A4"]
    assert len(long) == len(short)


def test_places_are_listed_by_kind_and_site_and_found_by_code(life):
    reader = Reader(life.database)

    assert [row.code for row in reader.fetch(locations, LocationKind.DEPARTMENT)] == ["clinic", "icu"]
    assert reader.fetch(location_by_code, "ICU").name.zh == "重症医学科"
    assert reader.fetch(location, life.house.places["clinic"]).shelf is StockState.EXPENSED
    assert reader.fetch(quarantine_area, life.house.places["icu"]).code == "quarantine"
    assert len(reader.fetch(locations, site_id=reader.fetch(location_by_code, "icu").site_id)) == 5
    with pytest.raises(NotFoundError):
        reader.fetch(location_by_code, "nowhere")
    with pytest.raises(NotFoundError):
        reader.fetch(location, 999)


def test_inactive_places_and_unknown_products_are_told_apart(life):
    with life.database.writing(life.house.persons["keeper"]) as session:
        session.execute(update(Location).where(Location.code == "icu").values(is_active=False))
    reader = Reader(life.database)

    assert [row.code for row in reader.fetch(locations, LocationKind.DEPARTMENT)] == ["clinic"]
    assert len(reader.fetch(locations, LocationKind.DEPARTMENT, with_inactive=True)) == 2
    with pytest.raises(NotFoundError):
        reader.fetch(product_row, 999)
