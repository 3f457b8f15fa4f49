"""Finding batches by anything that is printed on them, in a constant number of statements."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.statuses.locks import LockLayer
from app.core.statuses.stock import Inspection, StockState
from app.queries.batches import (
    BatchFilter,
    NoScanError,
    UnknownProductError,
    batches_of_lot,
    batches_scanned,
    count_batches,
    find_batches,
)
from app.queries.reader import Reader
from app.udi.reader import read
from tests.statements import counted
from tests.stock_life import DI, gs1, gtin, stock_life


@pytest.fixture
def life(database):
    return stock_life(database)


def found(life, words="", show=BatchFilter.ALL):
    return Reader(life.database).fetch(find_batches, words, show)


def test_a_row_shows_quantities_that_sum_to_what_was_received(life):
    life.house.batch("CVC", "A1", 50)
    life.issue("A1", 10)
    life.use("A1", 3)

    row = found(life)[0]

    assert row.quantities == {StockState.IN_STOCK: 40, StockState.PAR: 7, StockState.USED: 3}
    assert (row.received, row.in_hand, row.free) == (50, 47, 40)
    assert row.supplier.zh == "测试供应商"


@pytest.mark.parametrize(
    "words", ["a-1", "Ａ－1", "A", "cvc导管", "REF-CVC", DI, "测试供应商 A-1", "7F", "RK-", "test supplier"]
)
def test_a_batch_is_found_by_lot_name_ref_di_supplier_and_receipt(life, words):
    life.house.batch("CVC", "A-1")

    assert [row.lot_no for row in found(life, words)] == ["A-1"]


@pytest.mark.parametrize("words", ["QQ-2", "CVC 没有", "%", "_", "A-1 测试供应商 QQ"])
def test_every_word_must_fit_and_signs_are_no_wildcards(life, words):
    life.house.batch("CVC", "A-1")

    assert found(life, words) == []


def test_filters_show_and_count_the_same(life):
    soon = datetime.now(UTC).date() + timedelta(days=40)
    life.expired_batch("OLD", 3)
    life.house.batch("CVC", "SOON", expiry=soon, production=date(2020, 1, 1))
    life.house.batch("CVC", "WAITS", released_by=None)
    life.house.batch("CVC", "HELD")
    life.house.batch("CVC", "GONE", 1)
    life.issue("GONE", 1, reason="测试")
    life.use("GONE")
    life.hold("HELD")
    expected = {
        BatchFilter.ALL: {"OLD", "SOON", "WAITS", "HELD", "GONE"},
        BatchFilter.IN_HAND: {"OLD", "SOON", "WAITS", "HELD"},
        BatchFilter.LOCKED: {"HELD"},
        BatchFilter.PENDING: {"WAITS"},
        BatchFilter.NEAR_EXPIRY: {"SOON"},
        BatchFilter.EXPIRED: {"OLD"},
        BatchFilter.NO_PRODUCTION: {"OLD", "WAITS", "HELD"},
    }

    counts = Reader(life.database).fetch(count_batches)

    for show, lots in expected.items():
        assert {row.lot_no for row in found(life, show=show)} == lots
        assert counts[show] == len(lots)


def test_every_layer_that_stands_is_shown_the_gravest_first(life):
    rejected = life.house.batch("CVC", "BAD", released_by=None)
    life.house.inspect(rejected, 100, "inspector", Inspection.REJECTED)
    life.hold("BAD")
    life.recall("BAD")

    row = found(life, "BAD")[0]

    assert row.layers == (LockLayer.RECALL_QUARANTINE, LockLayer.ON_HOLD, LockLayer.REJECTED)
    assert row.free == 0


def test_all_receipts_of_a_lot_come_in_the_order_of_receipt(life):
    first, second = life.house.batch("CVC", "A1"), life.house.batch("CVC", "a1")
    life.house.batch("CVC", "B2")

    rows = Reader(life.database).fetch(batches_of_lot, life.house.products["CVC"], "A1")

    assert [row.id for row in rows] == [first, second]
    assert len(Reader(life.database).fetch(batches_of_lot, life.house.products["CVC"], None)) == 3


def test_a_longer_list_takes_no_more_statements(life):
    life.house.batch("CVC", "A0")
    life.hold("A0")
    with counted() as short:
        found(life)
    for number in range(1, 8):
        life.house.batch("CVC", f"A{number}")
    life.hold("A3")
    with counted() as long:
        rows = found(life)

    assert len(rows) == 8
    assert len(long) == len(short) <= 11


def scanned(life, raw):
    return Reader(life.database).fetch(batches_scanned, read(raw))


def test_a_code_names_its_lot_or_its_product_or_a_lot_of_any_product(life):
    life.house.batch("CVC", "A1", receipt="R-B2-7")
    life.house.batch("CVC", "B2")

    assert [row.lot_no for row in scanned(life, gs1("a1"))] == ["A1"]
    assert {row.lot_no for row in scanned(life, gs1(None))} == {"A1", "B2"}
    assert [row.lot_no for row in scanned(life, "]C11749123110B2")] == ["B2"]
    with pytest.raises(NoScanError):
        scanned(life, "nonsense")
    with pytest.raises(UnknownProductError):
        scanned(life, gs1(di=gtin("0699999997777")))


def test_states_that_came_back_to_zero_are_left_out(life):
    life.house.batch("CVC", "A1", 5)
    life.issue("A1", 5)

    assert found(life)[0].quantities == {StockState.PAR: 5}
