"""What a scan means on each tab of store work, and what the acts say back."""

from datetime import date

import pytest

from app.core.permissions import Role
from app.core.statuses.stock import StockState
from app.core.statuses.store_work import CountState, TransferState
from tests.stock_life import gs1, gtin

STOCK, WAY, ASIDE = StockState.IN_STOCK, StockState.IN_TRANSIT, StockState.QUARANTINED


@pytest.fixture
def sending(presenters):
    presenters.sending.set_visible(True)
    return presenters.sending


@pytest.fixture
def coming(presenters, seat, floor):
    seat.move_to(floor.places["store2"])
    presenters.coming.set_visible(True)
    return presenters.coming


@pytest.fixture
def counts(presenters):
    presenters.counts.set_visible(True)
    return presenters.counts


# a new transfer ---------------------------------------------------------------
def test_scans_add_up_and_go_out_as_one_document(sending, floor, listen):
    sent, taken = listen(sending.sent), listen(sending.line_taken)
    sending.take_scan(gs1())
    sending.take_scan(gs1())
    assert [line.quantity for line, _ in taken] == [1, 2]

    sending.send(floor.places["store2"], "")

    assert (sent[0].quantity, sending.lines) == (2, ())


def test_a_lot_of_the_list_is_added_like_a_scan(sending, listen):
    stock = listen(sending.stock_changed)
    sending.reload()
    sending.take_scan(gs1())
    sending.add_row(stock[-1][0])

    assert [(line.wanted.lot, line.quantity) for line in sending.lines] == [("A1", 2)]
    sending.set_quantity(sending.lines[0].id, 99)
    assert sending.lines[0].quantity == 10
    sending.set_quantity(sending.lines[0].id, 0)
    assert sending.lines == ()


def test_a_locked_lot_is_refused_with_its_reason(sending, floor, listen):
    refused = listen(sending.refused)
    floor.life.hold("A1")
    sending.take_scan(gs1())

    assert refused[0][0].code == "lot_on_hold"


@pytest.mark.parametrize(
    ("raw", "code"),
    [("nonsense", "no_scan"), (gs1(di=gtin("0699999997777")), "unknown_product"), (gs1("Z"), "no_such_lot")],
)
def test_what_is_not_in_the_books_is_refused(sending, listen, raw, code):
    refused = listen(sending.refused)
    sending.take_scan(raw)

    assert refused[0][0].code == code


def test_two_halves_of_a_label_make_one_line(sending, listen):
    halves = listen(sending.half_read)
    sending.take_scan(gs1(lot=None, expiry=None))
    sending.take_scan("]C110A1")

    assert len(halves) == 1
    assert [line.wanted.lot for line in sending.lines] == ["A1"]


def test_a_later_expiry_asks_for_a_reason(sending, floor, listen):
    floor.life.house.batch("CVC", "SOON", 5, expiry=date(2030, 1, 31))
    asked, sent = listen(sending.reason_needed), listen(sending.sent)
    sending.take_scan(gs1())
    assert sending.needs_reason

    sending.send(floor.places["store2"], "")
    assert asked[0].code == "earlier_expiry"
    sending.send(floor.places["store2"], "二号库指定批号")
    assert len(sent) == 1


def test_a_place_code_chooses_where_to(sending, floor, listen):
    chosen, unknown = listen(sending.target_chosen), listen(sending.place_unknown)
    for code in ("store2", "store", "nowhere"):
        sending.take_scan(f"RD:PLACE:{code}")

    assert (chosen, unknown) == ([floor.places["store2"]], ["store", "nowhere"])
    sending.take_scan(gs1())
    sending.choose_source(floor.places["store2"])
    assert sending.lines == ()


# what is on its way -----------------------------------------------------------
def test_boxes_are_counted_against_the_document_and_booked(coming, floor, listen):
    sent = floor.send(floor.life.wanted("A1", 3))
    coming.reload()
    coming.choose(sent.transfer_id)
    refused, received, counted = listen(coming.refused), listen(coming.received), listen(coming.counted)
    for _ in range(4):
        coming.take_scan(gs1())
    coming.take_scan(gs1("B9"))

    assert [line.good for line, _ in counted] == [1, 2, 3]
    assert [error.code for error, _ in refused] == ["store_work.not_on_transfer"] * 2
    coming.set_counts(coming.document.lines[0].id, 1, 1)
    coming.receive()
    assert (received[0].good, received[0].quarantined, received[0].missing) == (1, 1, 1)
    assert coming.document.head.state is TransferState.SHORT
    assert coming.document.counted == 0


def test_a_shortage_is_settled_with_a_second_signature(coming, floor, witness, listen):
    sent = floor.send(floor.life.wanted("A1", 3))
    floor.receive(sent.transfer_id, 2)
    coming.choose(sent.transfer_id)
    settled, failed = listen(coming.settled), listen(coming.sign_failed)
    assert "witness" in [one.login for one in coming.document.signers]

    coming.settle("lost", "已查找", witness[0], "wrong password")
    coming.settle("lost", "已查找", *witness)

    assert failed[0].code == "wrong_password"
    assert settled[0].quantity == 1


def test_a_transfer_is_taken_back_from_the_list_of_the_sender(presenters, floor, witness, listen):
    going = presenters.going
    going.set_visible(True)
    first, second = floor.send(floor.life.wanted("A1", 3)), floor.send(floor.life.wanted("A1", 2))
    going.choose(first.transfer_id)
    back = listen(going.taken_back)
    going.take_back("发错库房")
    floor.life.hold("A1")
    going.choose(second.transfer_id)
    assert going.document.needs_second
    going.take_back("发错库房", *witness)

    assert [(one.quantity, one.quarantined) for one in back] == [(3, 0), (2, 2)]


def test_everything_arrived_is_one_key(coming, floor, listen):
    sent = floor.send(floor.life.wanted("A1", 3))
    coming.choose(sent.transfer_id)
    coming.count_all()
    coming.receive()

    assert coming.document.head.state is TransferState.RECEIVED


# shelves ------------------------------------------------------------------------
def test_a_shelf_is_opened_by_its_label_and_filled_by_scan(presenters, floor, listen):
    shelves = presenters.shelves
    shelves.set_visible(True)
    laid, refused, added = listen(shelves.laid), listen(shelves.refused), listen(shelves.added)
    shelves.take_scan(gs1())
    assert refused[0][0].code == "store_work.shelf_first"
    shelves.add_shelves(["a-01"])
    shelves.take_scan("RD:SHELF:A-01")
    shelves.take_scan(gs1())

    assert (added, laid[0].shelf) == ([1], "A-01")
    assert shelves.floor.loose == 0
    shelves.open_shelf("X-9")
    shelves.put_row(shelves.floor.lying[0])
    assert refused[-1][0].code == "store_work.no_such_shelf"


def test_shelf_labels_are_printed_into_the_folder(presenters, floor, listen):
    shelves = presenters.shelves
    shelves.set_visible(True)
    printed, failed = listen(shelves.printed), listen(shelves.failed)
    shelves.print_labels()
    assert failed[0].code == "store_work.nothing_to_print"
    shelves.add_shelves(["A-01"])
    shelves.print_labels()
    assert printed[0].read_bytes().startswith(b"%PDF")
    shelves.retire(shelves.floor.shelves[0].id)
    assert shelves.floor.shelves == ()


# stock-takes --------------------------------------------------------------------
def test_a_count_from_the_first_scan_to_the_approval(counts, floor, witness, listen):
    posted, failed = listen(counts.posted), listen(counts.sign_failed)
    counts.start(floor.places["store"], [])
    for _ in range(3):
        counts.take_scan(gs1())
    counts.take_scan("6901234567892")
    head = counts.open_sheet.sheet.head
    assert (head.is_blind, [row.total for row in counts.open_sheet.sheet.found]) == (True, [1, 3])
    counts.take_out(counts.open_sheet.sheet.found[0])
    counts.type_total(floor.life.house.products["CVC"], "A1", 8)
    counts.finish()

    line = next(one for one in counts.open_sheet.sheet.lines if one.difference)
    assert line.difference == -2
    counts.recount([line.id])
    assert counts.open_sheet.sheet.head.state is CountState.RECOUNTING
    counts.type_total(floor.life.house.products["CVC"], "A1", 9)
    counts.finish()
    line = next(one for one in counts.open_sheet.sheet.lines if one.difference)
    counts.give_reason(line.id, "unrecorded_issue", "")
    counts.approve(witness[0], "wrong password")
    counts.approve(*witness)

    assert failed[0].code == "wrong_password"
    assert (posted[0].lost, posted[0].gained) == (1, 0)
    assert counts.open_sheet.sheet.head.state is CountState.POSTED


def test_a_scan_before_a_sheet_chooses_its_product(counts, floor, listen):
    chosen, refused = listen(counts.product_scanned), listen(counts.refused)
    counts.take_scan(gs1())
    counts.take_scan("6901234567892")

    assert [product.code for product in chosen] == ["CVC"]
    assert len(refused) == 1


def test_a_sheet_is_printed_and_can_be_given_up(counts, floor, listen):
    printed = listen(counts.printed)
    counts.start(floor.places["store"], [])
    counts.print_sheet()
    assert printed[0].path.exists()
    counts.cancel()
    assert counts.open_sheet.sheet.head.state is CountState.CANCELLED
    counts.close()
    assert counts.open_sheet is None


def test_a_ward_sees_only_its_own_place(presenters, seat, floor, listen):
    seat.take(floor.actor("nurse"))
    seat.move_to(floor.places["icu"])
    seen = listen(presenters.counts.counts_changed)
    floor.open_count("store")
    presenters.counts.set_visible(True)

    assert [place.code for place in seen[-1].places] == ["icu"]
    assert seen[-1].rows == ()
    assert Role.DEPT_LIAISON in seat.actor.roles
