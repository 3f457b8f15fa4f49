"""Issuing: by scan, first expiry first, a document per act, nothing that is locked."""

import uuid
from datetime import date

import pytest
from sqlalchemy import select

from app.core.permissions import NotEntitledError
from app.core.statuses.locks import LockLayer
from app.core.statuses.stock import Inspection, StockState
from app.core.words import LANGUAGES, describe
from app.models.stock import Balance, Movement
from app.services.issuing import EarlierExpiryError, NotADepartmentError, NothingToIssueError
from app.services.picking import (
    LabelDiffersError,
    LotNeededError,
    NoSuchLotError,
    NoSuchSerialError,
    SerialNeededError,
    TooFewError,
)
from app.services.stops import LotExpiredError, LotOnHoldError, LotPendingError, LotRecalledError, LotRejectedError
from tests.stock_life import stock_life

SOON, LATER = date(2098, 1, 31), date(2099, 12, 31)


@pytest.fixture
def life(database):
    return stock_life(database)


def balances(life, batch_id):
    with life.database.reading() as session:
        rows = session.scalars(select(Balance).where(Balance.batch_id == batch_id, Balance.quantity > 0))
        places = {place: name for name, place in life.house.places.items()}
        return {(places[row.location_id], row.state): row.quantity for row in rows}


def test_goods_go_from_the_store_to_the_ward_on_one_document(life):
    batch = life.house.batch("CVC", "A1", 100)

    issued = life.issue("A1", 40)

    assert issued.document_no.startswith("FF-")
    assert issued.quantity == 40
    assert balances(life, batch) == {("store", StockState.IN_STOCK): 60, ("icu", StockState.PAR): 40}


def test_a_ward_that_keeps_no_stock_gets_the_goods_as_expensed(life):
    batch = life.house.batch("CVC", "A1", 100)

    life.issue("A1", 10, to="clinic")

    assert balances(life, batch)["clinic", StockState.EXPENSED] == 10


def test_the_receipt_that_came_first_goes_first(life):
    first = life.house.batch("CVC", "A1", 30)
    second = life.house.batch("CVC", "A1", 30)

    life.issue("a1", 40)

    assert balances(life, first) == {("icu", StockState.PAR): 30}
    assert balances(life, second) == {("store", StockState.IN_STOCK): 20, ("icu", StockState.PAR): 10}


def test_two_scans_of_one_lot_on_one_document_do_not_take_the_same_units(life):
    batch = life.house.batch("CVC", "A1", 30)
    lines = [life.wanted("A1", 20), life.wanted("A1", 10)]

    life.issuing.issue(
        actor=life.actor("keeper"),
        op_id=uuid.uuid4().hex,
        store_id=life.house.places["store"],
        department_id=life.house.places["icu"],
        lines=lines,
    )

    assert balances(life, batch) == {("icu", StockState.PAR): 30}


def test_a_later_expiry_before_an_earlier_one_asks_for_a_reason(life):
    life.house.batch("CVC", "OLD", 5, expiry=SOON)
    life.house.batch("CVC", "NEW", 5, expiry=LATER)

    with pytest.raises(EarlierExpiryError) as refused:
        life.issue("NEW", 1)

    assert refused.value.values["earlier_lot"] == "OLD"
    assert refused.value.values["available"] == 5
    issued = life.issue("NEW", 1, reason="OLD 的规格临床不适用")
    with life.database.reading() as session:
        assert session.get(Movement, life.movements(issued.document_no)[0]).reason == "OLD 的规格临床不适用"


def test_no_reason_is_asked_when_the_earlier_lot_goes_out_whole_or_is_locked(life):
    life.house.batch("CVC", "OLD", 5, expiry=SOON)
    life.house.batch("CVC", "NEW", 5, expiry=LATER)
    store, icu = life.house.places["store"], life.house.places["icu"]
    life.issuing.issue(
        actor=life.actor("keeper"),
        op_id=uuid.uuid4().hex,
        store_id=store,
        department_id=icu,
        lines=[life.wanted("NEW", 1), life.wanted("OLD", 4), life.wanted("OLD", 1)],
    )
    life.house.batch("CVC", "OLD2", 5, expiry=SOON)
    life.hold("OLD2")

    assert life.issue("NEW", 1).quantity == 1


def test_a_little_of_the_earlier_lot_on_the_document_does_not_excuse_passing_over_the_rest(life):
    life.house.batch("CVC", "OLD", 5, expiry=SOON)
    life.house.batch("CVC", "NEW", 5, expiry=LATER)

    with pytest.raises(EarlierExpiryError) as refused:
        life.issuing.issue(
            actor=life.actor("keeper"),
            op_id=uuid.uuid4().hex,
            store_id=life.house.places["store"],
            department_id=life.house.places["icu"],
            lines=[life.wanted("OLD", 2), life.wanted("NEW", 1)],
        )
    assert refused.value.values["available"] == 3


def test_a_check_says_what_is_there_and_what_should_go_first(life):
    life.house.batch("CVC", "OLD", 5, expiry=SOON)
    life.house.batch("CVC", "NEW", 7, expiry=LATER)

    checked = life.issuing.check(life.wanted("NEW", 2), life.house.places["store"])

    assert checked.available == 7
    assert (checked.earlier.lot_no, checked.earlier.expiry_on) == ("OLD", SOON)
    assert life.issuing.check(life.wanted("OLD"), life.house.places["store"]).earlier is None


def stopped_by(life, layer):
    if layer is LockLayer.PENDING:
        life.house.batch("CVC", "A1", released_by=None)
    elif layer is LockLayer.EXPIRED:
        life.expired_batch("A1")
    elif layer is LockLayer.REJECTED:
        batch = life.house.batch("CVC", "A1", released_by=None)
        life.house.inspect(batch, 100, "inspector", Inspection.REJECTED)
    else:
        life.house.batch("CVC", "A1")
        life.hold("A1") if layer is LockLayer.ON_HOLD else life.recall("A1")


@pytest.mark.parametrize(
    ("layer", "error"),
    [
        (LockLayer.PENDING, LotPendingError),
        (LockLayer.REJECTED, LotRejectedError),
        (LockLayer.EXPIRED, LotExpiredError),
        (LockLayer.ON_HOLD, LotOnHoldError),
        (LockLayer.RECALL_QUARANTINE, LotRecalledError),
    ],
)
def test_a_locked_lot_is_refused_in_words_that_say_why_and_what_to_do(life, layer, error):
    stopped_by(life, layer)

    with pytest.raises(error) as refused:
        life.issue("A1", 1)

    assert refused.value.values["layer"] is layer
    for language in LANGUAGES:
        assert "A1" in describe(refused.value, language)
    with life.database.reading() as session:
        assert session.scalar(select(Movement.id).where(Movement.kind == "issue")) is None


def test_who_held_it_and_why_stands_in_the_message(life):
    life.house.batch("CVC", "A1")
    life.hold("A1", by="coordinator", reason="外包装破损")

    with pytest.raises(LotOnHoldError) as refused:
        life.issue("A1", 1)

    assert "外包装破损" in describe(refused.value, "zh")
    assert "测试coordinator" in describe(refused.value, "zh")
    assert "Coordinator" in describe(refused.value, "en")


def test_a_pending_receipt_of_a_released_lot_is_passed_over(life):
    life.house.batch("CVC", "A1", 10, released_by=None)
    released = life.house.batch("CVC", "A1", 10)

    life.issue("A1", 10)

    assert balances(life, released) == {("icu", StockState.PAR): 10}
    with pytest.raises(LotPendingError):
        life.issue("A1", 1)


def test_more_than_there_is_and_lots_that_never_came_are_refused(life):
    life.house.batch("CVC", "A1", 3)

    with pytest.raises(TooFewError) as refused:
        life.issue("A1", 4)
    assert refused.value.values["available"] == 3
    with pytest.raises(NoSuchLotError):
        life.issue("B9", 1)
    with pytest.raises(LotNeededError):
        life.issue(None, 1)


def test_a_label_whose_expiry_is_not_in_the_books_is_refused(life):
    life.house.batch("CVC", "A1", expiry=LATER)

    with pytest.raises(LabelDiffersError):
        life.issue("A1", 1, expiry_on=SOON)


def test_serial_products_go_one_by_one(life):
    life.house.product("PACE", "06999999012025", needs_serial=True)
    life.house.batch("PACE", "P1", serials=("S1", "S2"))

    with pytest.raises(SerialNeededError):
        life.issue("P1", 1, product="PACE")
    life.issue("P1", 1, product="PACE", serial="s1")
    with pytest.raises(NoSuchSerialError):
        life.issue("P1", 1, product="PACE", serial="S1")


def test_only_a_store_issues_and_only_to_a_department(life):
    life.house.batch("CVC", "A1")

    with pytest.raises(NotADepartmentError):
        life.issue("A1", 1, to="store2")
    with pytest.raises(NothingToIssueError):
        life.issuing.issue(actor=life.actor("keeper"), op_id="x", store_id=1, department_id=4, lines=[])
    with pytest.raises(NotEntitledError):
        life.issuing.issue(actor=life.actor("nurse"), op_id="x", store_id=1, department_id=4, lines=[life.wanted("A1")])


def test_a_product_without_lots_goes_by_expiry_and_receipt(life):
    life.house.product("MASK", "06999999012032", needs_lot=False)
    later = life.house.batch("MASK", "unknown", 10, expiry=LATER)

    with pytest.raises(NoSuchLotError):
        life.issue(None, 1, product="MASK")
    assert balances(life, later) == {("store", StockState.IN_STOCK): 10}


def test_goods_without_expiry_follow_no_order_and_goods_without_lots_go_as_they_came(life):
    life.house.batch("CVC", "OLD", 5, expiry=SOON)
    life.house.batch("CVC", "FREE", 5, expiry=None)
    assert life.issue("FREE", 1).quantity == 1

    life.house.product("MASK", "06999999012032", needs_lot=False)
    life.batch_without_lot("MASK", 6)
    life.batch_without_lot("MASK", 6)
    checked = life.issuing.check(life.wanted(None, 2, "MASK"), life.house.places["store"])

    assert checked.available == 12
    assert life.issue(None, 2, product="MASK").quantity == 2


def test_a_locked_serial_unit_is_refused(life):
    life.house.product("PACE", "06999999012025", needs_serial=True)
    life.house.batch("PACE", "P1", serials=("S1",))
    life.hold("P1", product="PACE")

    with pytest.raises(LotOnHoldError):
        life.issue("P1", 1, product="PACE", serial="S1")


def test_a_later_lot_after_all_earlier_ones_are_gone_needs_no_reason(life):
    life.house.batch("CVC", "OLD", 5, expiry=SOON)
    life.house.batch("CVC", "NEW", 5, expiry=LATER)
    life.issue("OLD", 5)

    assert life.issue("NEW", 5).quantity == 5
