"""What a scan adds to an issue, what is refused, what may be posted."""

from datetime import date

import pytest

from app.services.requisitioning import RequisitioningService
from app.services.stops import LotOnHoldError
from app.ui.language import say
from app.ui.pages.issuing.columns import issue_look
from tests.stock_life import DI, gs1, gtin

EARLY = date(2030, 1, 31)


@pytest.fixture
def taken(presenter, listen):
    return listen(presenter.line_taken)


def test_scans_of_one_lot_add_up(presenter, taken):
    presenter.take_scan(gs1())
    presenter.take_scan(gs1())

    assert [line.quantity for line, _ in taken] == [1, 2]
    assert [(line.quantity, line.available) for line in presenter.lines] == [(2, 10)]


def test_one_more_than_there_is_is_refused_and_the_line_stays(presenter, listen):
    refused = listen(presenter.refused)
    for _ in range(11):
        presenter.take_scan(gs1())

    assert refused[0][0].code == "too_few"
    assert presenter.lines[0].quantity == 10


def test_a_carton_counts_its_units(presenter, life, taken):
    carton = gtin("1699999991202")
    life.house.product("IVC", gtin("0699999991302"), carton_di=carton, carton=20)
    life.house.batch("IVC", "C1", 100, expiry=date(2049, 12, 31))

    presenter.take_scan(gs1("C1", di=carton))

    assert taken[0][0].quantity == 20


def test_a_locked_lot_stops_with_its_reason(presenter, life, listen):
    stopped = listen(presenter.stopped)
    life.hold("A1")

    presenter.take_scan(gs1())

    assert isinstance(stopped[0].error, LotOnHoldError)
    assert (stopped[0].lot, stopped[0].product.ref) == ("A1", "REF-CVC")
    assert presenter.lines == ()


@pytest.mark.parametrize(
    ("raw", "code"),
    [("nonsense", "no_scan"), (gs1(di=gtin("0699999997777")), "unknown_product"), (gs1("ZZ9"), "no_such_lot")],
)
def test_what_is_not_in_the_books_is_refused(presenter, listen, raw, code):
    refused = listen(presenter.refused)

    presenter.take_scan(raw)

    assert refused[0][0].code == code


def test_two_codes_of_one_label_make_one_line(presenter, taken, listen):
    halves = listen(presenter.half_read)

    presenter.take_scan(f"]C101{DI}")
    presenter.take_scan("]C11749123110A1")

    assert len(halves) == 1
    assert taken[0][0].wanted.lot == "A1"


def test_an_earlier_expiry_warns_until_the_document_takes_all_of_it(presenter, life):
    life.house.batch("CVC", "OLD", 2, expiry=EARLY)
    presenter.take_scan(gs1())
    assert presenter.needs_reason
    presenter.take_scan(gs1("OLD", "300131"))
    assert presenter.needs_reason
    presenter.take_scan(gs1("OLD", "300131"))

    assert not presenter.needs_reason
    assert [line.warns for line in presenter.lines] == [False, False]


def test_quantities_change_within_what_there_is_and_zero_removes(presenter):
    presenter.take_scan(gs1())
    line = presenter.lines[0]

    presenter.set_quantity(line.id, 99)
    assert presenter.lines[0].quantity == 10
    presenter.set_quantity(line.id, 0)
    assert presenter.lines == ()


def test_serial_units_stay_single_lines(presenter, life):
    di = gtin("0699999991401")
    life.house.product("PACE", di, needs_serial=True)
    life.house.batch("PACE", "P1", serials=("S1", "S2"), expiry=date(2049, 12, 31))

    presenter.take_scan(gs1("P1", serial="S1", di=di))
    presenter.take_scan(gs1("P1", serial="S2", di=di))

    assert [line.wanted.serial for line in presenter.lines] == ["S1", "S2"]


def test_the_code_of_a_department_chooses_it(presenter, life, listen):
    chosen, unknown = listen(presenter.place_chosen), listen(presenter.place_unknown)

    presenter.take_scan("RD:PLACE:ICU")
    presenter.take_scan("RD:PLACE:MOON")

    assert chosen == [life.house.places["icu"]]
    assert unknown == ["MOON"]


def test_posting_empties_the_document(presenter, life, listen):
    issued = listen(presenter.issued)
    presenter.take_scan(gs1())

    presenter.issue(life.house.places["icu"], "")

    assert issued[0].quantity == 1
    assert presenter.lines == ()


def test_a_deviation_without_a_reason_comes_back_as_a_question(presenter, life, listen):
    asked, failed = listen(presenter.reason_needed), listen(presenter.failed)
    life.house.batch("CVC", "OLD", 2, expiry=EARLY)
    presenter.take_scan(gs1())

    presenter.issue(life.house.places["icu"], "")
    assert len(asked) == 1
    presenter.issue(life.house.places["store2"], "临床指定")
    assert failed[0].code == "not_a_department"
    assert len(presenter.lines) == 1


def test_another_store_starts_again(presenter, life):
    presenter.take_scan(gs1())

    presenter.choose_store(life.house.places["store"])
    assert presenter.lines
    presenter.choose_store(life.house.places["store2"])
    assert presenter.lines == ()


def test_a_line_shows_what_is_free_and_says_when_it_takes_reserved_units(presenter, life, taken):
    RequisitioningService(life.database).ask(
        actor=life.actor("nurse"),
        department_id=life.house.places["icu"],
        store_id=life.house.places["store"],
        lines=[(life.house.products["CVC"], 8)],
    )
    presenter.take_scan(gs1())

    line = taken[0][0]
    assert (line.stock.lot.in_stock, line.stock.lot.reserved, line.stock.lot.free) == (10, 8, 2)
    assert not line.takes_reserved
    presenter.set_quantity(line.id, 3)
    assert presenter.lines[0].takes_reserved
    assert issue_look(presenter.lines[0]).note == say("issuing.takes_note", free="2", reserved="8")
