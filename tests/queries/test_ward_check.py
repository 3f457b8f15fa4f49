"""One scan on the ward: may this box be used?"""

import pytest

from app.core.statuses.stock import Inspection, MovementKind, StockState
from app.core.statuses.ward import STOPPING, WardAnswer, WardReason, answer_for
from tests.stock_life import DI, GOOD_UNTIL, gs1, gtin, stock_life


@pytest.fixture
def life(database):
    return stock_life(database)


def stocked(life, lot="A1", quantity=10, **more):
    batch = life.house.batch("CVC", lot, 50, expiry=GOOD_UNTIL, **more)
    life.issue(lot, quantity)
    return batch


def reasons(verdict):
    return [finding.reason for finding in verdict.findings]


def test_a_free_box_of_this_ward_is_ok_with_its_facts(life):
    batch = stocked(life)

    verdict = life.scan(gs1())

    assert verdict.answer is WardAnswer.OK
    assert verdict.findings == ()
    assert (verdict.lot, verdict.here, verdict.batch_id) == ("A1", 10, batch)
    assert verdict.expiry_on == GOOD_UNTIL
    assert verdict.product.ref == "REF-CVC"
    assert verdict.source.store.zh == "中心库"
    assert verdict.source.document_no.startswith("FF-")
    assert verdict.inspected_by.en == "Inspector"
    assert verdict.phone == "8000"


def test_a_recalled_box_is_stopped_with_case_and_hazard(life):
    stocked(life)
    life.recall("A1")

    verdict = life.scan(gs1())

    assert verdict.answer is WardAnswer.DO_NOT_USE
    assert verdict.gravest.reason is WardReason.RECALLED
    assert verdict.gravest.layer.case_number == "RC-2026-0017"
    assert verdict.gravest.layer.hazard == "涂层可能脱落"
    assert verdict.open_recalls == 1


def test_a_recall_comes_before_every_other_reason(life):
    stocked(life)
    life.hold("A1")
    life.recall("A1")

    assert reasons(life.scan(gs1())) == [WardReason.RECALLED, WardReason.ON_HOLD]


def test_a_hold_stops_and_its_lifting_frees(life):
    stocked(life)
    held = life.hold("A1")

    assert life.scan(gs1()).answer is WardAnswer.DO_NOT_USE
    life.lift(held.lock_ids[0])
    assert life.scan(gs1()).answer is WardAnswer.OK


def test_an_expired_label_is_stopped_even_if_the_books_say_nothing(life):
    stocked(life)

    verdict = life.scan(gs1(expiry="200101"))

    assert verdict.answer is WardAnswer.DO_NOT_USE
    assert reasons(verdict) == [WardReason.EXPIRED, WardReason.EXPIRY_DIFFERS]


def test_a_label_with_another_expiry_than_the_books_is_a_question(life):
    stocked(life)

    verdict = life.scan(gs1(expiry="480101"))

    assert verdict.answer is WardAnswer.ASK
    assert reasons(verdict) == [WardReason.EXPIRY_DIFFERS]
    assert verdict.gravest.day == GOOD_UNTIL


def test_pending_and_rejected_goods_are_stopped(life):
    life.house.batch("CVC", "P1", expiry=GOOD_UNTIL, released_by=None)
    rejected = life.house.batch("CVC", "R1", expiry=GOOD_UNTIL, released_by=None)
    life.house.inspect(rejected, 100, "inspector", Inspection.REJECTED)

    assert reasons(life.scan(gs1("P1"))) == [WardReason.PENDING, WardReason.NOT_HERE]
    assert life.scan(gs1("R1")).answer is WardAnswer.DO_NOT_USE
    assert life.scan(gs1("R1")).gravest.layer.by.en == "Inspector"


def test_a_pending_second_receipt_does_not_stop_the_released_one_on_the_ward(life):
    stocked(life)
    life.house.batch("CVC", "A1", expiry=GOOD_UNTIL, released_by=None)

    assert life.scan(gs1()).answer is WardAnswer.OK


def test_a_box_that_is_not_on_this_wards_books_is_a_question_that_says_where_it_should_be(life):
    life.house.batch("CVC", "A1", expiry=GOOD_UNTIL)

    verdict = life.scan(gs1())

    assert verdict.answer is WardAnswer.ASK
    assert reasons(verdict) == [WardReason.NOT_HERE]
    assert verdict.gravest.place.zh == "中心库"


def test_a_ward_without_stock_keeping_may_use_what_was_issued_to_it(life):
    life.house.batch("CVC", "A1", expiry=GOOD_UNTIL)
    life.issue("A1", 5, to="clinic")

    assert life.scan(gs1(), "clinic").answer is WardAnswer.OK


def test_goods_put_aside_on_the_ward_are_not_used(life):
    batch = stocked(life, quantity=1)
    life.house.move(MovementKind.QUARANTINE, batch, 1, ("icu", StockState.PAR), ("icu", StockState.QUARANTINED))

    assert reasons(life.scan(gs1())) == [WardReason.PUT_ASIDE]


def test_unknown_products_and_lots_are_questions(life):
    stocked(life)

    assert reasons(life.scan(gs1(di=gtin("0699999997777")))) == [WardReason.UNKNOWN_PRODUCT]
    assert reasons(life.scan(gs1("ZZ9"))) == [WardReason.UNKNOWN_LOT]
    assert life.scan(gs1("ZZ9")).answer is WardAnswer.ASK


def test_a_lot_never_received_is_stopped_where_a_lock_names_it(life):
    life.hold("ZZ9")

    assert life.scan(gs1("zz9")).answer is WardAnswer.DO_NOT_USE


def test_a_scan_without_a_lot_is_a_question_and_a_lock_on_the_whole_product_a_stop(life):
    stocked(life)

    assert reasons(life.scan(gs1(None))) == [WardReason.LOT_MISSING]
    life.hold(None)
    assert life.scan(gs1(None)).answer is WardAnswer.DO_NOT_USE


def test_nonsense_and_half_codes_are_questions(life):
    assert reasons(life.scan("hello")) == [WardReason.UNREADABLE_SCAN]
    assert reasons(life.scan("+$$3281231A1C")) in ([WardReason.OTHER_HALF], [WardReason.UNREADABLE_SCAN])


def test_a_wrong_check_digit_never_becomes_ok(life):
    stocked(life)
    wrong = DI[:-1] + str((int(DI[-1]) + 1) % 10)

    assert life.scan(gs1(di=wrong)).answer is WardAnswer.ASK


def test_serial_units_used_gone_elsewhere_or_unknown(life):
    di = gtin("0699999991301")
    life.house.product("PACE", di, needs_serial=True)
    life.house.batch("PACE", "P1", serials=("S1", "S2"), expiry=GOOD_UNTIL)
    life.issue("P1", 1, product="PACE", serial="S1")

    assert life.scan(gs1("P1", serial="S1", di=di)).answer is WardAnswer.OK
    assert reasons(life.scan(gs1("P1", serial="S2", di=di))) == [WardReason.NOT_HERE]
    assert reasons(life.scan(gs1("P1", serial="S9", di=di))) == [WardReason.SERIAL_UNKNOWN]
    assert reasons(life.scan(gs1("P1", di=di))) == [WardReason.SERIAL_UNKNOWN]
    life.use("P1", product="PACE", serial="S1")
    assert life.scan(gs1("P1", serial="S1", di=di)).gravest.reason is WardReason.SERIAL_USED


def test_several_codes_from_one_trigger_are_a_question_and_a_lock_on_one_a_stop(life):
    stocked(life)
    both = gs1() + "\r\n" + gs1("B2")

    assert reasons(life.scan(both)) == [WardReason.AMBIGUOUS_SCAN]
    life.hold("B2")
    assert life.scan(both).answer is WardAnswer.DO_NOT_USE


@pytest.mark.parametrize("reason", WardReason)
def test_every_reason_has_its_answer(reason):
    expected = WardAnswer.DO_NOT_USE if reason in STOPPING else WardAnswer.ASK

    assert answer_for(frozenset({reason})) is expected


def test_no_reason_is_ok():
    assert answer_for(frozenset()) is WardAnswer.OK


def test_a_product_without_lots_is_answered_by_its_receipts(life):
    di = gtin("0699999991501")
    life.house.product("MASK", di, needs_lot=False, needs_expiry=False)
    life.batch_without_lot("MASK")
    life.issue(None, 4, product="MASK")

    verdict = life.scan(gs1(None, None, di=di))

    assert verdict.answer is WardAnswer.OK
    assert (verdict.here, verdict.expiry_on, verdict.days_left) == (4, None, None)


def test_a_scan_without_lot_or_expiry_knows_an_expired_label(life):
    stocked(life)

    assert reasons(life.scan(gs1(None, "200101"))) == [WardReason.EXPIRED, WardReason.LOT_MISSING]


def test_a_serial_number_on_a_product_that_needs_none_changes_nothing(life):
    stocked(life)

    assert life.scan(gs1(serial="S7")).answer is WardAnswer.OK


def test_a_lot_that_is_used_up_everywhere_is_nowhere(life):
    life.house.batch("CVC", "A1", 1, expiry=GOOD_UNTIL)
    life.issue("A1", 1)
    life.use("A1")

    assert life.scan(gs1()).gravest.place is None


def test_a_destroyed_serial_unit_is_gone(life):
    di = gtin("0699999991301")
    life.house.product("PACE", di, needs_serial=True)
    batch = life.house.batch("PACE", "P1", serials=("S1",), expiry=GOOD_UNTIL)
    from app.queries.scanned import serial_unit

    with life.database.reading() as session:
        unit = serial_unit(session, life.house.products["PACE"], "S1")
    store = ("store", StockState.IN_STOCK)
    life.house.move(
        MovementKind.DISPOSAL,
        batch,
        1,
        store,
        ("store", StockState.DESTROYED),
        second="inspector",
        reason="破损",
        serial_unit_id=unit.id,
    )

    assert life.scan(gs1("P1", serial="S1", di=di)).gravest.reason is WardReason.SERIAL_GONE
