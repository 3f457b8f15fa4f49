"""A delivery from the first scan to the receipt."""

import uuid
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.core.changes import Topic
from app.core.errors import NotFoundError
from app.core.permissions import NotEntitledError
from app.core.statuses.stock import DeliveryState, Inspection, LineState, MovementKind, StockState
from app.models.receipt_errors import NotPositiveError
from app.models.refusals import OwnSecondError
from app.models.stock import Balance, Batch, Delivery, DeliveryLine, Movement, SerialUnit
from app.queries.deliveries import delivery_card, find_products, open_deliveries, suppliers
from app.services.drafting import DeliveryClosedError
from app.services.receiving import (
    DeliveryHead,
    NoExceptionError,
    NotAStoreError,
    PaperTooLongError,
    ReasonError,
    TemperatureError,
)
from app.services.receiving_lines import NothingToChooseError, TooLongError, Typed
from app.services.receiving_posting import LinesChangedError, LinesOpenError, NothingToPostError
from app.services.signing_in import SamePersonError, WrongPasswordError
from tests.builders import small_hospital
from tests.services.receiving_bay import BOX, CARTON, FAR, MASK, STENT, Bay, label


@pytest.fixture
def bay(database):
    return Bay(database, small_hospital(database))


def rows(bay, kind):
    with bay.database.reading() as session:
        return list(session.scalars(select(kind).order_by(*kind.__table__.primary_key.columns)))


def test_a_delivery_becomes_batches_that_wait_for_inspection(bay):
    bay.scan(label(CARTON, "26A0418", FAR))
    bay.scan(label(lot="26A0419", expiry=FAR))
    posted = bay.post()
    first, second = rows(bay, Batch)
    assert posted.changes == {Topic.DELIVERIES, Topic.STOCK}
    assert [first.id, second.id] == list(posted.batch_ids)
    assert {batch.receipt_no for batch in (first, second)} == {posted.receipt_no}
    assert posted.receipt_no.startswith("RK-")
    assert (first.lot_no, first.lot_key, first.inspection) == ("26A0418", "26A0418", Inspection.PENDING)
    balances = {(each.batch_id, each.state, each.quantity) for each in rows(bay, Balance)}
    assert balances == {(first.id, StockState.IN_STOCK, 20), (second.id, StockState.IN_STOCK, 1)}
    card = bay.card()
    assert (card.state, card.receipt_no) == (DeliveryState.POSTED, posted.receipt_no)


def test_cartons_and_boxes_of_one_lot_become_one_batch_and_one_movement(bay):
    bay.scan(label(CARTON, "26A0418", FAR))
    bay.scan(label(lot="26a0418", expiry=FAR))
    bay.post()
    assert [batch.lot_no for batch in rows(bay, Batch)] == ["26A0418"]
    assert [(each.kind, each.quantity) for each in rows(bay, Movement)] == [(MovementKind.RECEIPT, 21)]


def test_the_same_label_again_is_one_more_package(bay):
    first = bay.scan(label(CARTON, "26A0418", FAR))
    again = bay.scan(label(CARTON, "26A0418", FAR))
    assert (again.id, again.packages, again.quantity) == (first.id, 2, 40)


def test_two_receipts_of_one_lot_are_two_batches(bay):
    for _ in range(2):
        bay.scan(label(lot="26A0418", expiry=FAR))
        bay.post()
        bay.delivery_id = bay.open()
    assert [batch.lot_no for batch in rows(bay, Batch)] == ["26A0418"] * 2


def test_each_serial_is_a_unit_and_a_movement_of_its_own(bay):
    for serial in ("7741-0093", "7741-0094"):
        bay.scan(label(STENT, "DS5K22", FAR, serial, date(2025, 8, 22)))
    bay.post()
    units = rows(bay, SerialUnit)
    assert [(unit.serial_no, unit.state) for unit in units] == [
        ("7741-0093", StockState.IN_STOCK),
        ("7741-0094", StockState.IN_STOCK),
    ]
    assert [(each.quantity, each.serial_unit_id) for each in rows(bay, Movement)] == [
        (1, units[0].id),
        (1, units[1].id),
    ]


def test_goods_without_lots_get_one_batch_per_line(bay):
    bay.scan(label(MASK))
    bay.service.add_by_hand(
        actor=bay.actor(),
        delivery_id=bay.delivery_id,
        product_id=bay.hospital.products["MASK"],
        typed=Typed(),
        packages=3,
        units=20,
    )
    posted = bay.post()
    batches = rows(bay, Batch)
    assert [(batch.is_lot_unknown, batch.lot_key) for batch in batches] == [
        (True, f"?{posted.receipt_no}-1"),
        (True, f"?{posted.receipt_no}-2"),
    ]
    assert [each.quantity for each in rows(bay, Movement)] == [1, 60]


def test_a_lot_that_was_printed_anyway_is_kept_for_goods_that_need_none(bay):
    bay.scan(label(MASK, lot="M-2602"))
    bay.post()
    assert [(batch.is_lot_unknown, batch.lot_key) for batch in rows(bay, Batch)] == [(False, "M-2602")]


def test_open_lines_keep_the_delivery_from_being_posted_and_nothing_is_written(bay):
    bay.scan(label(lot="26A0418", expiry=FAR))
    bay.scan(label(lot="26A0419"))
    with pytest.raises(LinesOpenError) as caught:
        bay.post()
    assert caught.value.values == {"lines": [2]}
    assert not rows(bay, Batch)
    assert not rows(bay, Movement)
    assert bay.card().state is DeliveryState.DRAFT


def test_refused_lines_stay_with_the_delivery_and_out_of_the_ledger(bay):
    bay.scan(label(lot="26A0418", expiry=FAR))
    bay.scan(label(lot="OLD", expiry=bay.card().today - timedelta(days=1)))
    bay.scan("hello")
    bay.post()
    assert [batch.lot_no for batch in rows(bay, Batch)] == ["26A0418"]
    states = [line.state for line in rows(bay, DeliveryLine)]
    assert states == ["ready", "refused", "refused"]


def test_nothing_ready_is_nothing_to_post(bay):
    with pytest.raises(NothingToPostError):
        bay.post()


def test_a_recall_between_scan_and_posting_stops_the_posting(bay):
    line = bay.scan(label(lot="26A0418", expiry=FAR))
    bay.recall("26A0418")
    with pytest.raises(LinesChangedError):
        bay.post(expected=frozenset({line.id}))
    assert not rows(bay, Movement)


def test_a_recall_between_scan_and_posting_keeps_the_line_out_even_unseen(bay):
    bay.scan(label(lot="26A0418", expiry=FAR))
    bay.scan(label(lot="26A0419", expiry=FAR))
    bay.recall("26A0418")
    bay.post()
    assert [batch.lot_no for batch in rows(bay, Batch)] == ["26A0419"]


def test_a_posted_delivery_takes_nothing_more(bay):
    bay.scan(label(lot="26A0418", expiry=FAR))
    bay.post()
    for act in (
        lambda: bay.post(),
        lambda: bay.scan(label(lot="X", expiry=FAR)),
        lambda: bay.service.cancel(actor=bay.actor(), delivery_id=bay.delivery_id),
    ):
        with pytest.raises(DeliveryClosedError):
            act()
    assert len(rows(bay, Movement)) == 1


def test_every_scan_is_in_the_database_at_once_and_the_delivery_can_be_continued(bay):
    bay.scan(label(lot="26A0418", expiry=FAR))
    bay.scan(f"01{BOX}")
    again = Bay.__new__(Bay)
    again.__dict__.update(bay.__dict__)
    listed = bay.reader.fetch(open_deliveries, bay.hospital.places["store"])
    assert [(row.id, row.lines) for row in listed] == [(bay.delivery_id, 2)]
    assert again.scan("]C117401231" + "10L2").state is LineState.READY


def test_a_cancelled_delivery_is_kept_but_no_longer_open(bay):
    bay.scan(label(lot="26A0418", expiry=FAR))
    bay.service.cancel(actor=bay.actor(), delivery_id=bay.delivery_id)
    assert bay.reader.fetch(open_deliveries) == []
    assert rows(bay, Delivery)[0].state == "cancelled"


def test_the_last_line_can_be_taken_back(bay):
    bay.scan(label(lot="26A0418", expiry=FAR))
    wrong = bay.scan("hello")
    bay.service.take_back(actor=bay.actor(), delivery_id=bay.delivery_id, line_id=wrong.id)
    assert [line.lot_no for line in bay.card().lines] == ["26A0418"]
    with pytest.raises(NotFoundError):
        bay.service.take_back(actor=bay.actor(), delivery_id=bay.delivery_id, line_id=wrong.id)


def test_ten_times_the_packages(bay):
    line = bay.scan(label(CARTON, "26A0418", FAR))
    bay.service.times_ten(actor=bay.actor(), delivery_id=bay.delivery_id, line_id=line.id)
    assert bay.line(line.id).quantity == 200


def test_the_head_can_be_corrected_until_posting(bay):
    head = DeliveryHead(bay.hospital.suppliers["supplier"], " PO-2 ", "DN-2", "YT 8841", -185)
    bay.service.change_head(actor=bay.actor(), delivery_id=bay.delivery_id, head=head)
    card = bay.card()
    assert (card.order_no, card.note_no, card.waybill, card.temperature_tenths) == ("PO-2", "DN-2", "YT 8841", -185)


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"temperature_tenths": 4800}, TemperatureError),
        ({"order_no": "P" * 33}, PaperTooLongError),
        ({"supplier_id": 9_999}, NotFoundError),
    ],
)
def test_an_impossible_head_is_refused(bay, values, error):
    head = DeliveryHead(**{"supplier_id": bay.hospital.suppliers["supplier"]} | values)
    with pytest.raises(error):
        bay.service.open_delivery(actor=bay.actor(), location_id=bay.hospital.places["store"], head=head)
    assert len(bay.reader.fetch(open_deliveries)) == 1


def test_a_ward_receives_no_deliveries(bay):
    with pytest.raises(NotAStoreError):
        bay.open("icu")


def test_only_a_storekeeper_receives(bay):
    with pytest.raises(NotEntitledError):
        bay.service.take_scan(actor=bay.actor("nurse"), delivery_id=bay.delivery_id, raw="x")


@pytest.mark.parametrize("element", ["lot", "serial"])
def test_an_endless_lot_is_refused_where_it_was_typed(bay, element):
    line = bay.scan(label(expiry=FAR))
    with pytest.raises(TooLongError):
        bay.complete(line, **{element: "9" * 65})
    assert bay.line(line.id).lot_no == ""


def test_a_reading_that_is_not_there_cannot_be_chosen(bay):
    line = bay.scan(label(lot="26A0418", expiry=FAR))
    with pytest.raises(NothingToChooseError):
        bay.service.choose(actor=bay.actor(), delivery_id=bay.delivery_id, line_id=line.id, number=0)


def test_by_hand_only_real_products_and_sizes(bay):
    for values, error in (({"product_id": 9_999}, NotFoundError), ({"units": 0}, NotPositiveError)):
        given = {"product_id": bay.hospital.products["CVC"], "typed": Typed(lot="A", expiry_on=FAR)} | values
        with pytest.raises(error):
            bay.service.add_by_hand(actor=bay.actor(), delivery_id=bay.delivery_id, **given)
    assert bay.card().lines == ()


# exceptions: two persons and a reason ----------------------------------------------------------


def test_two_persons_let_a_recalled_lot_into_quarantine(bay):
    bay.give_password()
    number = bay.recall("2509A17")
    line = bay.scan(label(CARTON, "2509A17", FAR))
    free = bay.scan(label(lot="26A0419", expiry=FAR))
    bay.override(line)
    let_in = bay.line(line.id)
    assert (let_in.state, let_in.problem, let_in.override_reason) == (LineState.OVERRIDDEN, None, "供应商约定收回")
    bay.post(expected=frozenset({line.id, free.id}))
    recalled, ordinary = rows(bay, Batch)
    where = {(each.batch_id, each.state, each.location_id, each.quantity) for each in rows(bay, Balance)}
    places = bay.hospital.places
    assert where == {
        (recalled.id, StockState.QUARANTINED, places["quarantine"], 20),
        (ordinary.id, StockState.IN_STOCK, places["store"], 1),
    }
    movement = next(each for each in rows(bay, Movement) if each.batch_id == recalled.id)
    assert movement.second_person_id == bay.hospital.persons["inspector"]
    assert movement.reason == "供应商约定收回"
    assert movement.case_id is not None
    assert number


def test_two_persons_let_a_held_or_an_expired_lot_into_quarantine(bay):
    bay.give_password()
    bay.hold("2509A17")
    bay.override(bay.scan(label(lot="2509A17", expiry=FAR)))
    bay.override(bay.scan(label(lot="OLD", expiry=bay.card().today - timedelta(days=1))))
    bay.post()
    assert {each.state for each in rows(bay, Balance)} == {StockState.QUARANTINED}


def test_an_exception_ends_where_the_line_changes(bay):
    bay.give_password()
    bay.recall("2509A17")
    line = bay.scan(label(lot="2509A17", expiry=FAR))
    bay.override(line)
    bay.service.times_ten(actor=bay.actor(), delivery_id=bay.delivery_id, line_id=line.id)
    changed = bay.line(line.id)
    assert (changed.state, changed.override_by) == (LineState.RECALL_STOP, None)


def test_an_exception_does_not_cover_another_box_of_the_lot(bay):
    bay.give_password()
    bay.recall("2509A17")
    bay.override(bay.scan(label(lot="2509A17", expiry=FAR)))
    assert bay.scan(label(lot="2509A17", expiry=FAR)).state is LineState.RECALL_STOP


def test_an_exception_does_not_forgive_anything_else(bay):
    bay.give_password()
    bay.recall("2509A17")
    line = bay.scan(label(lot="2509A17"))
    bay.override(line)
    assert bay.line(line.id).state is LineState.INCOMPLETE


def test_an_exception_takes_a_reason_a_password_and_another_person(bay):
    for login in ("inspector", "keeper", "nurse", "auditor"):
        bay.give_password(login)
    bay.recall("2509A17")
    line = bay.scan(label(lot="2509A17", expiry=FAR))
    with pytest.raises(ReasonError):
        bay.override(line, reason=" ")
    with pytest.raises(SamePersonError):
        bay.override(line, login="keeper")
    with pytest.raises(NotEntitledError):
        bay.override(line, login="auditor")
    with pytest.raises(WrongPasswordError):
        bay.service.override(
            actor=bay.actor(), delivery_id=bay.delivery_id, line_id=line.id, login="inspector", password="wrong",
            reason="x", op_id=uuid.uuid4().hex,
        )  # fmt: skip
    assert bay.line(line.id).state is LineState.RECALL_STOP


def test_there_is_no_exception_for_a_line_that_no_lock_stops(bay):
    bay.give_password()
    for raw in (label(lot="26A0418", expiry=FAR), "hello"):
        with pytest.raises(NoExceptionError):
            bay.override(bay.scan(raw))


def test_who_signed_the_exception_cannot_also_post_it(bay):
    bay.give_password("keeper2")
    bay.recall("2509A17")
    bay.override(bay.scan(label(lot="2509A17", expiry=FAR)), login="keeper2")
    with pytest.raises(OwnSecondError):
        bay.service.post(actor=bay.actor("keeper2"), delivery_id=bay.delivery_id, op_id=uuid.uuid4().hex)
    assert not rows(bay, Batch)


# lists -------------------------------------------------------------------------------------------


def test_a_card_of_many_lines_takes_few_statements(bay):
    from sqlalchemy import event

    for number in range(30):
        bay.scan(label(lot=f"L{number:03d}", expiry=FAR))
    statements = []
    with bay.database.reading() as session:
        event.listen(session.get_bind(), "before_cursor_execute", lambda *a: statements.append(a[2]))
        card = delivery_card(session, bay.delivery_id, bay.database.clock())
    assert len(card.lines) == 30
    assert len(statements) <= 18


def test_products_are_found_by_every_kind_of_word(bay):
    for words in ("CVC", "导管 7F", BOX, "ref-cvc", "catheter"):
        assert "CVC" in [row.code for row in bay.reader.fetch(find_products, words)], words
    assert bay.reader.fetch(find_products, "nothing%") == []


def test_suppliers_say_whether_their_licence_has_lapsed(bay):
    place, clock = bay.hospital.places["store"], bay.database.clock
    assert [row.has_lapsed for row in bay.reader.fetch(suppliers, place, clock())] == [False]
    bay.change_supplier(licence_valid_until=date(2020, 1, 1))
    assert [row.has_lapsed for row in bay.reader.fetch(suppliers, place, clock())] == [True]
