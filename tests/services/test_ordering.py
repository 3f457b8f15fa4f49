"""An order names what should come; deliveries that name it fill it; nothing lapsed is ordered."""

import uuid
from datetime import date

import pytest
from sqlalchemy import select

from app.core.changes import Topic
from app.core.permissions import NotEntitledError, Role
from app.core.statuses.requisition import OrderState
from app.core.statuses.stock import Inspection
from app.models.catalogue import Product, Supplier
from app.models.stock import Batch, Movement
from app.models.supplements import PartRejection
from app.queries.free_stock import ordered_of
from app.queries.orders import open_orders, order_of, orders
from app.services.correcting import CorrectingService
from app.services.ordering import (
    NothingOrderedError,
    OrderEndedError,
    OrderingService,
    OutOfUseError,
    ProductLapsedError,
    SupplierLapsedError,
    WhyCancelledError,
)
from app.services.receiving import DeliveryHead
from tests.builders import small_hospital
from tests.services.receiving_bay import CARTON, FAR, Bay, label


@pytest.fixture
def bay(database):
    bay = Bay(database, small_hospital(database))
    bay.hospital.person("buyer", Role.BUYER)
    return bay


def order(bay, quantity=50, by="buyer", product="CVC", **more):
    return OrderingService(bay.database).order(
        actor=bay.actor(by), supplier_id=bay.hospital.suppliers["supplier"],
        lines=[(bay.hospital.products[product], quantity)], **more,
    )  # fmt: skip


def receive(bay, number, lot):
    head = DeliveryHead(bay.hospital.suppliers["supplier"], number, "DN-1", "", None)
    bay.delivery_id = bay.service.open_delivery(
        actor=bay.actor("keeper"), location_id=bay.hospital.places["store"], head=head
    ).delivery_id
    bay.scan(label(CARTON, lot, FAR))
    bay.post()


def test_deliveries_that_name_the_order_fill_it(bay):
    number = order(bay, 30, expected_on=date(2020, 1, 1)).number
    product = bay.hospital.products["CVC"]
    seen = bay.reader.fetch(order_of, number)
    assert (seen.state, seen.inbound) == (OrderState.ORDERED, 30)
    assert seen.is_late(date(2020, 1, 2))
    assert bay.reader.fetch(ordered_of, [product]) == {product: 30}

    receive(bay, number, "26A0001")
    seen = bay.reader.fetch(order_of, number)
    assert (seen.state, seen.lines[0].received, seen.inbound) == (OrderState.PARTLY, 20, 10)
    assert [row.number for row in bay.reader.fetch(open_orders, seen.supplier_id)] == [number]

    receive(bay, number, "26A0002")
    seen = bay.reader.fetch(order_of, number)
    assert (seen.state, seen.lines[0].received, seen.inbound) == (OrderState.COMPLETE, 40, 0)
    assert bay.reader.fetch(open_orders) == []
    assert bay.reader.fetch(ordered_of, [product]).get(product, 0) == 0


def test_what_is_rejected_or_taken_back_is_owed_again(bay):
    """A whole batch rejected, a part of one, and a receipt that was reversed."""
    number, received = order(bay, 60).number, lambda: bay.reader.fetch(order_of, number).lines[0].received
    for lot in ("26A0001", "26A0002", "26A0003"):
        receive(bay, number, lot)
    with bay.database.reading() as session:
        batches = list(session.scalars(select(Batch.id).order_by(Batch.id)))
        receipts = list(session.scalars(select(Movement.id).order_by(Movement.id)))
    assert received() == 60

    bay.hospital.inspect(batches[0], 20, "inspector", Inspection.REJECTED)
    assert received() == 40
    part = PartRejection(
        batch_id=batches[1],
        op_id=uuid.uuid4().hex,
        quantity=3,
        reason="水渍",
        rejected_by=bay.hospital.persons["inspector"],
        rejected_at=bay.database.clock(),
    )
    with bay.database.writing(bay.hospital.persons["inspector"]) as session:
        session.add(part)
    assert received() == 37
    op_id = uuid.uuid4().hex
    bay.hospital.sign("inspector", op_id)
    done = CorrectingService(bay.database).reverse(
        actor=bay.actor("keeper"), op_id=op_id, movement_id=receipts[2], reason="送错", second=bay.actor("inspector")
    )
    assert (received(), Topic.DELIVERIES in done.changes) == (17, True)
    assert bay.reader.fetch(order_of, number).state is OrderState.PARTLY


def test_another_delivery_fills_nothing(bay):
    number = order(bay, 30).number
    receive(bay, "", "26A0001")
    assert bay.reader.fetch(order_of, number).state is OrderState.ORDERED


def test_nothing_lapsed_or_out_of_use_is_ordered(bay):
    bay.hospital.product("OLD", certificate_until=date(2020, 1, 1))
    bay.hospital.product("GONE", is_active=False)
    with pytest.raises(ProductLapsedError):
        order(bay, product="OLD")
    with pytest.raises(OutOfUseError):
        order(bay, product="GONE")
    with bay.database.writing(None) as session:
        session.get_one(Supplier, bay.hospital.suppliers["supplier"]).licence_valid_until = date(2020, 1, 1)
    with pytest.raises(SupplierLapsedError):
        order(bay)
    assert bay.reader.fetch(orders) == []


def test_the_buyer_orders_something(bay):
    with pytest.raises(NothingOrderedError):
        order(bay, 0)
    with pytest.raises(NotEntitledError):
        order(bay, by="keeper")


def test_an_order_is_cancelled_with_a_reason_and_once(bay):
    done = order(bay, 30)
    service = OrderingService(bay.database)
    with pytest.raises(WhyCancelledError):
        service.cancel(actor=bay.actor("buyer"), order_id=done.id, reason=" ")
    service.cancel(actor=bay.actor("buyer"), order_id=done.id, reason="供应商停产")

    assert bay.reader.fetch(order_of, done.number).state is OrderState.CANCELLED
    assert bay.reader.fetch(open_orders) == []
    with pytest.raises(OrderEndedError):
        service.cancel(actor=bay.actor("buyer"), order_id=done.id, reason="x")


def test_a_product_that_lapsed_later_keeps_its_order(bay):
    number = order(bay).number
    with bay.database.writing(None) as session:
        session.get_one(Product, bay.hospital.products["CVC"]).is_active = False
    assert bay.reader.fetch(order_of, number).inbound == 50
