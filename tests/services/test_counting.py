"""Stock-takes: blind, by scan or by hand, finished, explained, counted again, posted by two persons at once."""

import uuid

import pytest

from app.core.count_reasons import ReasonUnknownError
from app.core.errors import AppError, ConflictError
from app.core.statuses.locks import LockLayer
from app.core.statuses.stock import MovementKind, StockState
from app.core.statuses.store_work import CountState
from app.core.words import LANGUAGES, describe
from app.services.count_entering import CountedTwiceError, NotRecountedError
from app.services.count_posting import CountMovedError, ReasonNeededError
from app.services.counting import NotCountedYetError
from app.services.picking import LotNeededError, SerialNeededError
from tests.store_floor import store_floor

STOCK, PAR, ASIDE, GONE = StockState.IN_STOCK, StockState.PAR, StockState.QUARANTINED, StockState.UNACCOUNTED


@pytest.fixture
def floor(database):
    return store_floor(database)


def refused(error, call) -> AppError:
    with pytest.raises(error) as caught:
        call()
    for language in LANGUAGES:
        assert describe(caught.value, language)
    return caught.value


def finished(floor, found: int, lot="A1", place="store", by="keeper") -> int:
    count_id = floor.open_count(place, by=by)
    floor.found(count_id, lot, found, by=by)
    floor.finish(count_id, by=by)
    return count_id


def test_the_sheet_is_blind_while_it_is_counted(floor):
    floor.life.house.batch("CVC", "A1", 10)
    count_id = floor.open_count()

    assert floor.found(count_id, "A1", 3).total == 3
    assert floor.found(count_id, "a1 ", 4).total == 7

    sheet = floor.count(count_id)
    assert sheet.head.state is CountState.COUNTING
    assert sheet.head.number.startswith("PD-")
    assert sheet.lines == ()
    assert sheet.head.differences == 0
    assert [(row.lot_no, row.total) for row in sheet.found] == [("a1 ", 7)]


def test_agreement_posts_nothing_and_is_approved_by_another(floor):
    batch = floor.life.house.batch("CVC", "A1", 10)
    count_id = finished(floor, 10)

    posted = floor.approve(count_id)

    assert (posted.gained, posted.lost) == (0, 0)
    assert floor.balances(batch) == {("store", STOCK): 10}
    head = floor.count(count_id).head
    assert (head.state, head.approved_by.en) == (CountState.POSTED, "Inspector")


def test_what_is_missing_becomes_a_loss_with_its_reason(floor):
    batch = floor.life.house.batch("CVC", "A1", 10)
    count_id = finished(floor, 7)
    assert floor.line(count_id, "A1").difference == -3
    floor.explain(count_id, "A1", "unrecorded_issue")

    posted = floor.approve(count_id)

    assert posted.lost == 3
    assert floor.balances(batch) == {("store", STOCK): 7, ("store", GONE): 3}
    (loss,) = floor.movements(posted.number)
    assert (loss.kind, loss.second_person_id) == (MovementKind.STOCK_LOSS, floor.life.house.persons["inspector"])
    assert loss.reason.startswith("[2026-01:unrecorded_issue]")
    assert floor.line(count_id, "A1").is_posted


def test_what_is_over_becomes_a_gain(floor):
    batch = floor.life.house.batch("CVC", "A1", 10)
    count_id = finished(floor, 12)
    floor.explain(count_id, "A1", "misplaced", "在二层货架找到")

    assert floor.approve(count_id).gained == 2
    assert floor.balances(batch) == {("store", STOCK): 12, ("store", GONE): -2}


def test_lots_that_nobody_found_are_missing(floor):
    floor.life.house.batch("CVC", "A1", 10)
    floor.life.house.batch("CVC", "B2", 5)
    count_id = finished(floor, 10)

    assert floor.count(count_id).head.differences == 1
    assert floor.line(count_id, "B2").found == 0


def test_receipts_of_one_lot_are_filled_from_the_newest(floor):
    first = floor.life.house.batch("CVC", "A1", 10)
    floor.life.later(seconds=5)
    second = floor.life.house.batch("CVC", "A1", 10)
    count_id = finished(floor, 13)

    lines = {line.batch_id: (line.expected, line.found) for line in floor.count(count_id).lines}
    assert lines == {first: (10, 3), second: (10, 10)}

    floor.recount(count_id, "A1")
    floor.typed(count_id, "A1", 23)
    floor.finish(count_id)
    lines = {line.batch_id: (line.expected, line.found) for line in floor.count(count_id).lines}
    assert lines == {first: (10, 10), second: (10, 13)}


def test_a_typed_total_replaces_what_was_scanned(floor):
    floor.life.house.batch("CVC", "A1", 10)
    count_id = floor.open_count()
    floor.found(count_id, "A1", 3)

    assert floor.typed(count_id, "A1", 9).total == 9
    assert floor.typed(count_id, "A1", 0).total == 0
    floor.finish(count_id)
    assert floor.line(count_id, "A1").found == 0


def test_an_entry_is_taken_out_by_its_opposite(floor):
    floor.life.house.batch("CVC", "A1", 10)
    count_id = floor.open_count()
    floor.found(count_id, "A1", 3)
    entry = floor.found(count_id, "A1", 4)

    def take_out():
        return floor.counting.take_out(
            actor=floor.actor("keeper"), op_id=uuid.uuid4().hex, count_id=count_id, entry_id=entry.entry_id
        )

    assert take_out().total == 3
    refused(ConflictError, take_out)


def test_locked_and_expired_goods_are_counted_and_said(floor):
    old = floor.life.expired_batch("OLD", 5)
    floor.life.house.batch("CVC", "A1", 10)
    floor.life.hold("A1")
    count_id = floor.open_count()

    assert floor.found(count_id, "A1", 12).layers == (LockLayer.ON_HOLD,)
    assert floor.found(count_id, "OLD", 6).layers == (LockLayer.EXPIRED,)
    floor.finish(count_id)
    floor.explain(count_id, "A1", "wrong_count")
    floor.explain(count_id, "OLD", "wrong_count")
    posted = floor.approve(count_id)

    assert (posted.gained, posted.quarantined) == (3, 3)
    assert floor.balances(old) == {("store", STOCK): 5, ("store", ASIDE): 1, ("store", GONE): -1}


def test_recalled_goods_found_and_lost_are_shown_on_the_case(floor):
    batch = floor.life.house.batch("CVC", "A1", 10)
    case_id = floor.life.recall("A1")
    count_id = finished(floor, 8)
    floor.explain(count_id, "A1", "lost", "两处货架都找过")
    assert floor.line(count_id, "A1").case_number == "RC-2026-0017"

    posted = floor.approve(count_id)

    (loss,) = floor.movements(posted.number)
    assert (loss.case_id, loss.quantity) == (case_id, 2)
    assert floor.balances(batch)["store", STOCK] == 8


def test_a_loss_takes_the_free_shelf_first_then_what_is_put_aside(floor):
    batch = floor.life.house.batch("CVC", "A1", 10)
    floor.life.house.move(MovementKind.QUARANTINE, batch, 7, ("store", STOCK), ("store", ASIDE))
    count_id = finished(floor, 5)
    floor.explain(count_id, "A1", "unrecorded_issue")

    assert floor.approve(count_id).lost == 5
    assert floor.balances(batch) == {("store", ASIDE): 5, ("store", GONE): 5}


def test_unknown_goods_are_taken_and_told_but_not_posted(floor):
    floor.life.house.batch("CVC", "A1", 1)
    count_id = floor.open_count()
    floor.found(count_id, "A1", 1)
    lot = floor.found(count_id, "ZZ9", 2)
    nobody = floor.found(count_id, product="", raw="6901234567892")
    floor.found(count_id, product="", raw="6901234567892")
    assert (lot.is_known, nobody.is_known, nobody.lot) == (False, False, "6901234567892")
    floor.finish(count_id)

    strange = {(line.lot_no, line.found, line.batch_id) for line in floor.count(count_id).lines if line.difference}
    assert strange == {
        ("ZZ9", 2, None),
        ("6901234567892", 2, None),
    }
    refused(ReasonNeededError, lambda: floor.approve(count_id))
    floor.explain(count_id, "ZZ9", "to_receive")
    refused(ReasonUnknownError, lambda: floor.explain(count_id, "6901234567892", "unrecorded_issue"))
    floor.explain(count_id, "6901234567892", "belongs_elsewhere", "骨科")
    assert floor.approve(count_id).gained == 0
    assert not floor.line(count_id, "ZZ9").is_posted


def test_goods_of_a_lot_that_lies_elsewhere_are_a_gain_here(floor):
    batch = floor.life.house.batch("CVC", "A1", 10)
    count_id = floor.open_count("store2")
    assert floor.found(count_id, "A1", 2).is_known
    floor.finish(count_id)
    floor.explain(count_id, "A1", "unrecorded_return")

    assert floor.approve(count_id).gained == 2
    assert floor.balances(batch) == {("store", STOCK): 10, ("store2", STOCK): 2, ("store2", GONE): -2}


def test_serial_units_are_counted_one_by_one(floor):
    floor.life.house.product("PUMP", needs_serial=True)
    batch = floor.life.house.batch("PUMP", "S1", serials=("SN1", "SN2", "SN3"))
    other = floor.life.house.batch("PUMP", "S2", serials=("SN9",), place="store2")
    count_id = floor.open_count()

    floor.found(count_id, "S1", product="PUMP", serial="SN1")
    refused(CountedTwiceError, lambda: floor.found(count_id, "S1", product="PUMP", serial="sn1"))
    refused(SerialNeededError, lambda: floor.found(count_id, "S1", product="PUMP"))
    assert not floor.found(count_id, "S2", product="PUMP", serial="SN9").is_known
    floor.found(count_id, "S1", product="PUMP", serial="SN3")
    floor.finish(count_id)
    floor.explain(count_id, "S1", "lost", "已查找", serial="SN2")
    floor.explain(count_id, "S2", "belongs_elsewhere", "二号库", serial="SN9")

    posted = floor.approve(count_id)
    assert (posted.lost, posted.gained) == (1, 0)
    assert floor.balances(batch) == {("store", STOCK): 2, ("store", GONE): 1}
    assert floor.balances(other) == {("store2", STOCK): 1}

    again = floor.open_count()
    for serial in ("SN1", "SN2", "SN3"):
        floor.found(again, "S1", product="PUMP", serial=serial)
    floor.finish(again)
    floor.explain(again, "S1", "misplaced", "在推车里", serial="SN2")
    assert floor.approve(again).gained == 1
    assert floor.balances(batch) == {("store", STOCK): 3}


def test_a_taken_out_unit_may_be_counted_again(floor):
    floor.life.house.product("PUMP", needs_serial=True)
    floor.life.house.batch("PUMP", "S1", serials=("SN1",))
    count_id = floor.open_count()
    entry = floor.found(count_id, "S1", product="PUMP", serial="SN1")
    floor.counting.take_out(
        actor=floor.actor("keeper"), op_id=uuid.uuid4().hex, count_id=count_id, entry_id=entry.entry_id
    )
    assert floor.count(count_id).found == ()

    floor.found(count_id, "S1", product="PUMP", serial="SN1")
    floor.finish(count_id)
    assert floor.count(count_id).head.differences == 0


def test_goods_without_lots_are_counted_by_product(floor):
    floor.life.house.product("GAUZE", needs_lot=False)
    floor.life.batch_without_lot("GAUZE", 10)
    count_id = floor.open_count()
    floor.found(count_id, "", 9, product="GAUZE")
    refused(LotNeededError, lambda: floor.found(count_id, "", 1))
    floor.finish(count_id)

    assert [line.difference for line in floor.count(count_id).lines] == [-1]


def test_single_lots_are_counted_again_and_both_counts_stay(floor):
    floor.life.house.batch("CVC", "A1", 10)
    floor.life.house.batch("CVC", "B2", 5)
    count_id = floor.open_count()
    floor.found(count_id, "A1", 8)
    floor.found(count_id, "B2", 5)
    floor.finish(count_id)
    floor.explain(count_id, "A1", "unrecorded_issue")

    floor.recount(count_id, "A1")
    sheet = floor.count(count_id)
    assert (sheet.head.state, sheet.again, sheet.lines, sheet.found) == (CountState.RECOUNTING, ("A1",), (), ())
    refused(NotRecountedError, lambda: floor.found(count_id, "B2", 1))
    refused(NotCountedYetError, lambda: floor.finish(count_id))
    floor.found(count_id, "A1", 9, by="keeper2")
    floor.finish(count_id)

    line = floor.line(count_id, "A1")
    assert (line.first_found, line.found, line.reason_key) == (8, 9, "")
    refused(ReasonNeededError, lambda: floor.approve(count_id))


def test_a_movement_after_the_count_is_a_conflict_until_it_is_counted_again(floor):
    batch = floor.life.house.batch("CVC", "A1", 10)
    floor.life.house.batch("CVC", "B2", 5)
    count_id = floor.open_count()
    floor.found(count_id, "A1", 10)
    floor.found(count_id, "B2", 5)
    floor.life.issue("A1", 2)
    floor.finish(count_id)
    assert floor.line(count_id, "A1").has_moved
    assert not floor.line(count_id, "B2").has_moved

    error = refused(CountMovedError, lambda: floor.approve(count_id))
    assert error.values == {"lots": ["A1"]}
    assert floor.balances(batch)["store", STOCK] == 8

    floor.recount(count_id, "A1")
    floor.found(count_id, "A1", 8)
    floor.finish(count_id)
    assert floor.count(count_id).head.differences == 0
    floor.approve(count_id)


def test_a_movement_before_the_lot_is_counted_does_not_matter(floor):
    floor.life.house.batch("CVC", "A1", 10)
    count_id = floor.open_count()
    floor.life.issue("A1", 2)
    floor.found(count_id, "A1", 8)
    floor.finish(count_id)

    assert floor.count(count_id).head.differences == 0
    floor.approve(count_id)


def test_a_receipt_after_the_sheet_was_opened_is_expected_too(floor):
    floor.life.house.batch("CVC", "A1", 10)
    count_id = floor.open_count()
    floor.life.house.batch("CVC", "A1", 5)
    floor.life.house.batch("CVC", "C3", 4)
    floor.found(count_id, "A1", 15)
    floor.found(count_id, "C3", 4)
    floor.finish(count_id)

    assert floor.count(count_id).head.differences == 0
