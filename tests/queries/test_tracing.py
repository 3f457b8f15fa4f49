"""A lot backward to the order and forward to the patients, equal at every hop."""

from datetime import date

import pytest

from app.core.statuses.stock import Inspection, MovementKind, StockState
from app.models.stock import Delivery, DeliveryLine
from app.queries.reader import Reader
from app.queries.tracing import HopKind, trace_batch, trace_lot
from tests.statements import counted
from tests.stock_life import DI, stock_life


@pytest.fixture
def life(database):
    life = stock_life(database)
    life.batch_id = life.house.batch("CVC", "A1", 50)
    return life


def deliver(life, batch_id, packages=5, units=10):
    """The delivery that brought a batch, with one refused line that does not count."""
    receipt_no = Reader(life.database).fetch(trace_batch, batch_id).receipt_no
    with life.database.writing(life.house.persons["keeper"]) as session:
        delivery = Delivery(
            number="DN-1",
            supplier_id=life.house.suppliers["supplier"],
            location_id=life.house.places["store"],
            order_no="PO-7",
            note_no="KS-9",
            waybill="",
            state="posted",
            receipt_no=receipt_no,
            created_by=life.house.persons["keeper"],
            created_at=life.database.clock(),
        )
        session.add(delivery)
        session.flush()
        for number, (count, state) in enumerate([(packages, "ready"), (2, "refused")], start=1):
            line = DeliveryLine(
                delivery_id=delivery.id,
                line_no=number,
                product_id=life.house.products["CVC"],
                lot_no="a1",
                expiry_on=date(2099, 12, 31),
                packages=count,
                units=units,
                state=state,
                version=1,
            )
            for column in DeliveryLine.__table__.columns:
                if not column.nullable and not column.primary_key and getattr(line, column.name) is None:
                    setattr(line, column.name, column.type.python_type())
            session.add(line)


def test_every_hop_names_document_person_time_and_the_same_sum(life):
    deliver(life, life.batch_id)
    life.issue("A1", 20)

    trace = Reader(life.database).fetch(trace_batch, life.batch_id)

    assert [(hop.kind, hop.quantity) for hop in trace.hops] == [
        (HopKind.ORDER, 50),
        (HopKind.DELIVERY, 50),
        (HopKind.RECEIPT, 50),
        (HopKind.INSPECTION, 50),
    ]
    assert [hop.document_no for hop in trace.hops[:2]] == ["PO-7", "KS-9"]
    assert trace.hops[2].by.en == "Keeper"
    assert trace.hops[3].by.en == "Inspector"
    assert trace.hops[3].outcome is Inspection.RELEASED
    assert all(hop.at is not None for hop in trace.hops[1:])
    assert trace.is_even


def test_a_delivery_that_says_another_sum_is_not_even(life):
    deliver(life, life.batch_id, packages=6)

    assert not Reader(life.database).fetch(trace_batch, life.batch_id).is_even


def test_a_batch_without_a_delivery_or_inspection_is_traced_as_far_as_it_goes(life):
    batch_id = life.house.batch("CVC", "P1", 5, released_by=None)

    trace = Reader(life.database).fetch(trace_batch, batch_id)

    assert [hop.quantity for hop in trace.hops] == [None, None, 5, None]
    assert trace.is_even


def test_forward_says_where_how_many_went_and_what_they_are_now(life):
    life.issue("A1", 20)
    life.issue("A1", 5, to="clinic")
    life.use("A1", 8)
    life.house.move(
        MovementKind.QUARANTINE, life.batch_id, 12, ("icu", StockState.PAR), ("quarantine", StockState.QUARANTINED)
    )

    trace = Reader(life.database).fetch(trace_batch, life.batch_id)

    assert [(place.name.en, place.quantity) for place in trace.destinations] == [
        ("Central store", 25),
        ("ICU", 20),
        ("Clinic", 5),
    ]
    assert trace.destinations[1].states == {StockState.USED: 8, StockState.QUARANTINED: 12}
    assert trace.is_even


def test_a_lot_is_traced_over_all_its_receipts_and_products(life):
    life.house.product("IVC")
    life.house.batch("CVC", "a1", 10)
    life.house.batch("IVC", "A1", 7)
    life.issue("A1", 55)
    life.use("A1", 51, visit_no="ZY1")
    life.use("A1", 1, visit_no="ZY2")

    lots = Reader(life.database).fetch(trace_lot, "A1")

    assert [(lot.ref, lot.received, lot.patients) for lot in lots] == [("REF-CVC", 60, 2), ("REF-IVC", 7, 0)]
    assert all(lot.is_even for lot in lots)
    assert [len(lot.batches) for lot in lots] == [2, 1]


@pytest.mark.parametrize("product", ["CVC", "REF-CVC", DI])
def test_a_product_narrows_the_trace(life, product):
    life.house.product("IVC")
    life.house.batch("IVC", "A1", 7)

    assert [lot.ref for lot in Reader(life.database).fetch(trace_lot, "A1", product)] == ["REF-CVC"]
    assert Reader(life.database).fetch(trace_lot, "A1", "nothing") == []


def test_more_batches_take_no_more_statements(life):
    with counted() as short:
        Reader(life.database).fetch(trace_lot, "A1")
    for _ in range(4):
        life.house.batch("CVC", "A1", 5)
    with counted() as long:
        Reader(life.database).fetch(trace_lot, "A1")

    assert len(long) == len(short)


def test_what_never_was_is_not_found_and_a_batch_without_receipt_received_nothing(life):
    from app.core.errors import NotFoundError
    from app.core.statuses.stock import Inspection as Outcome
    from app.models.stock import Batch

    with pytest.raises(NotFoundError):
        Reader(life.database).fetch(trace_batch, 999)
    with life.database.writing(life.house.persons["keeper"]) as session:
        batch = Batch(
            product_id=life.house.products["CVC"],
            lot_no="EMPTY",
            lot_key="EMPTY",
            is_lot_unknown=False,
            supplier_id=life.house.suppliers["supplier"],
            receipt_no="RK-EMPTY",
            inspection=Outcome.PENDING,
            received_at=life.database.clock(),
        )
        session.add(batch)
        session.flush()
        batch_id = batch.id

    trace = Reader(life.database).fetch(trace_batch, batch_id)

    assert trace.received == 0
    assert trace.is_even
