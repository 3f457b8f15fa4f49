"""Which list, which batch, and what is done to it."""

import pytest
from sqlalchemy import update

from app.core.permissions import Duty
from app.core.statuses.locks import LockLayer
from app.models.persons import Person
from app.queries.batches import BatchFilter
from app.services.correcting import MovedOnError
from app.services.signing_in import hash_password
from tests.stock_life import GOOD_UNTIL, gs1, gtin

PASSWORD = "Long-enough-1"


@pytest.fixture
def cards(presenter, listen):
    return listen(presenter.card_changed)


@pytest.fixture
def rows(presenter, listen):
    return listen(presenter.rows_changed)


def with_password(life, login):
    with life.database.writing(None) as session:
        session.execute(update(Person).where(Person.login == login).values(password_hash=hash_password(PASSWORD)))


def test_the_list_is_searched_filtered_and_counted(presenter, life, rows, listen):
    counts = listen(presenter.counts_changed)
    life.house.batch("CVC", "B2")
    life.hold("B2")

    presenter.search("b2")
    presenter.show_only(BatchFilter.LOCKED)

    assert [row.lot_no for row in rows[-1]] == ["B2"]
    assert counts[-1][BatchFilter.LOCKED] == 1
    assert counts[-1][BatchFilter.ALL] == 2


def test_a_scan_of_a_lot_with_one_receipt_opens_its_card(presenter, cards):
    presenter.take_scan(gs1())

    assert cards[-1].lot_no == "A1"
    assert presenter.card is cards[-1]


def test_a_scan_of_a_lot_with_two_receipts_lists_them(presenter, life, rows, cards, listen):
    words = listen(presenter.words_changed)
    life.house.batch("CVC", "A1", expiry=GOOD_UNTIL)

    presenter.take_scan(gs1())

    assert len(rows[-1]) == 2
    assert cards == [None]
    assert words == ["A1"]


def test_the_label_of_a_batch_opens_it_without_a_lot(presenter, life, cards):
    presenter.take_scan(f"RD:BATCH:{life.batch_id}")

    assert cards[-1].id == life.batch_id


@pytest.mark.parametrize(("raw", "code"), [("nonsense", "no_scan"), (gs1(di=gtin("0699999997777")), "unknown_product")])
def test_codes_that_name_no_batch_are_refused_in_words(presenter, listen, raw, code):
    failed = listen(presenter.failed)

    presenter.take_scan(raw)

    assert failed[0].code == code


def test_targets_are_a_batch_a_filter_or_words(presenter, life, cards, rows, listen):
    filters = listen(presenter.filter_changed)

    presenter.show_target(life.batch_id)
    presenter.show_target("state:near_expiry")
    presenter.show_target("REF-CVC")

    assert cards[0].id == life.batch_id
    assert filters == ["near_expiry", "all"]
    assert [len(found) for found in rows] == [0, 1]


def test_a_hold_sets_the_layer_and_the_card_follows(presenter, life, cards, listen):
    held = listen(presenter.held)
    presenter.set_visible(True)
    presenter.open(life.batch_id)

    presenter.hold("外包装破损")

    assert held[0].lock_ids
    assert cards[-1].layer(LockLayer.ON_HOLD).reason == "外包装破损"


def test_a_hold_is_lifted_by_two(presenter, life, cards, listen):
    with_password(life, "inspector")
    lifted, refused = listen(presenter.lifted), listen(presenter.sign_failed)
    presenter.set_visible(True)
    presenter.open(life.batch_id)
    presenter.hold("外包装破损")

    presenter.lift("inspector", "wrong", "复检合格")
    presenter.lift("inspector", PASSWORD, "复检合格")

    assert refused[0].code == "wrong_password"
    assert lifted == [()]
    assert cards[-1].layers == ()


def test_shelves_go_to_quarantine(presenter, life, listen):
    moved = listen(presenter.moved)
    presenter.open(life.batch_id)
    places = presenter.movable()

    presenter.put_aside(places, "")

    assert {place.quantity for place in places} == {40, 7}
    assert moved[0].quantity == 47


def test_a_line_whose_goods_moved_on_is_refused_before_anybody_writes_a_reason(presenter, life, cards, listen):
    asked, failed = listen(presenter.correction_asked), listen(presenter.failed)
    presenter.open(life.batch_id)
    issue = next(row for row in cards[-1].history if row.document_no.startswith("FF-"))

    presenter.ask_correction(issue)

    assert asked == []
    assert isinstance(failed[0], MovedOnError)
    assert failed[0].values["there"] == 7


def test_a_line_is_corrected(presenter, life, cards, listen):
    life.issue("A1", 5, to="clinic")
    asked, corrected = listen(presenter.correction_asked), listen(presenter.corrected)
    presenter.open(life.batch_id)
    issue = next(row for row in cards[-1].history if row.document_no.startswith("FF-"))

    presenter.ask_correction(issue)
    assert asked == [(issue, False)]
    presenter.correct(issue.line.id, "点错科室")

    assert corrected[0].movement_id


def test_a_locked_line_is_corrected_by_two(presenter, life, cards, listen):
    with_password(life, "inspector")
    life.issue("A1", 5, to="clinic")
    life.hold("A1")
    asked, corrected = listen(presenter.correction_asked), listen(presenter.corrected)
    presenter.open(life.batch_id)
    issue = next(row for row in cards[-1].history if row.document_no.startswith("FF-"))

    presenter.ask_correction(issue)
    presenter.correct_with_second(issue.line.id, "inspector", PASSWORD, "点错科室")

    assert asked[-1][1] is True
    assert corrected[0].quarantined


def test_a_label_is_written_for_the_shelf(presenter, life, listen, tmp_path):
    saved = listen(presenter.label_saved)
    presenter.open(life.batch_id)

    presenter.print_label()

    assert saved[0].startswith(str(tmp_path / "papers"))
    with open(saved[0], "rb") as file:
        assert file.read(5) == b"%PDF-"


def test_duties_decide_what_is_offered(presenter, seat, life):
    assert presenter.may(Duty.HOLD)
    seat.take(life.actor("nurse"))
    assert not presenter.may(Duty.HOLD)
    seat.leave()
    assert not presenter.may(Duty.HOLD)
