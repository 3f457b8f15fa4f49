"""Free is in stock less reserved; what is ordered or on its way is inbound: exact figures on both engines."""

import uuid
from datetime import date

import pytest

from app.core.permissions import Role
from app.core.statuses.stock import MovementKind, StockState
from app.queries.batch_card import batch_card
from app.queries.batches import find_batches
from app.queries.free_stock import FreeStock, IssueStock, stock_at_issue, stock_of_batches, stock_of_products
from app.queries.requisitions import askable, requisition
from app.services.ordering import OrderingService
from app.services.requisitioning import RequisitioningService, Served
from tests.stock_life import stock_life

IN_STOCK, IN_TRANSIT = StockState.IN_STOCK, StockState.IN_TRANSIT


@pytest.fixture
def life(database):
    """SOON 30 and LATE 40 in the store, 50 kept for the ICU, 25 ordered, 7 on their way to the second store."""
    life = stock_life(database)
    house = life.house
    house.person("buyer", Role.BUYER)
    life.soon = house.batch("CVC", "SOON", 30, expiry=date(2047, 1, 1))
    life.late = house.batch("CVC", "LATE", 47, expiry=date(2049, 1, 1))
    house.move(MovementKind.TRANSFER, life.late, 7, ("store", IN_STOCK), ("store2", IN_TRANSIT))
    OrderingService(house.database).order(
        actor=life.actor("buyer"),
        supplier_id=house.suppliers["supplier"],
        lines=[(house.products["CVC"], 25)],
    )
    life.asked = RequisitioningService(house.database).ask(
        actor=life.actor("nurse"),
        department_id=house.places["icu"],
        store_id=house.places["store"],
        lines=[(house.products["CVC"], 50)],
    )
    return life


def fetch(life, query, *args):
    with life.database.reading() as session:
        return query(session, *args)


def of_product(life, store: str | None = None) -> FreeStock:
    product = life.house.products["CVC"]
    return fetch(life, stock_of_products, [product], life.house.places[store] if store else None)[product]


def test_in_stock_less_reserved_is_free_and_inbound_stands_beside_it(life):
    whole = of_product(life)
    assert (whole.in_stock, whole.reserved, whole.free) == (70, 50, 20)
    assert (whole.ordered, whole.in_transit, whole.inbound) == (25, 7, 32)
    assert of_product(life, "store") == FreeStock(70, 0, 50, 25, 0)
    assert of_product(life, "store2") == FreeStock(0, 0, 0, 25, 7)


def test_each_batch_has_its_own_figure_in_the_list_and_on_the_card(life):
    assert fetch(life, stock_of_batches, [life.soon, life.late]) == {
        life.soon: FreeStock(30, 0, 30, 0, 0),
        life.late: FreeStock(40, 0, 20, 0, 7),
    }
    rows = {row.lot_no: row for row in fetch(life, find_batches)}
    assert {lot: (row.stock.in_stock, row.stock.reserved, row.free) for lot, row in rows.items()} == {
        "SOON": (30, 30, 0),
        "LATE": (40, 20, 20),
    }
    assert fetch(life, batch_card, life.late).stock == FreeStock(40, 0, 20, 25, 7)


def test_the_ward_that_asks_and_the_head_who_decides_see_the_same_figures(life):
    house = life.house
    found = fetch(life, askable, house.places["icu"], house.places["store"], "CVC")
    line = fetch(life, requisition, life.asked.id).lines[0]
    assert [one.stock for one in found] == [FreeStock(70, 0, 50, 25, 0)]
    assert (line.reserved, line.stock) == (50, FreeStock(70, 0, 50, 25, 0))


def test_an_issue_shows_the_lot_and_the_product(life):
    product, store = life.house.products["CVC"], life.house.places["store"]
    whole = FreeStock(70, 0, 50, 25, 0)
    assert fetch(life, stock_at_issue, product, "LATE", store) == IssueStock(whole, FreeStock(40, 0, 20, 0, 0))
    assert fetch(life, stock_at_issue, product, None, store) == IssueStock(whole, whole)
    assert fetch(life, stock_at_issue, product, "NEVER", store).lot == FreeStock()


def test_what_a_lock_holds_is_in_no_figure_but_its_own(life):
    life.hold("LATE")
    assert of_product(life) == FreeStock(30, 40, 30, 25, 0)
    assert fetch(life, stock_of_batches, [life.late])[life.late] == FreeStock(0, 40, 0, 0, 0)


def test_units_that_went_otherwise_are_no_longer_reserved(life):
    life.issue("SOON", 25)
    assert of_product(life, "store") == FreeStock(45, 0, 25, 25, 0)


def test_served_and_withdrawn_requisitions_keep_nothing(life):
    service = RequisitioningService(life.database)
    service.issue(
        actor=life.actor("keeper"),
        op_id=uuid.uuid4().hex,
        requisition_id=life.asked.id,
        goods=[Served(life.wanted("SOON", 30))],
    )
    assert of_product(life) == FreeStock(40, 0, 20, 25, 7)
    service.withdraw(actor=life.actor("nurse"), requisition_id=life.asked.id)
    assert of_product(life) == FreeStock(40, 0, 0, 25, 7)
