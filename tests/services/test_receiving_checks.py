"""Every check of a delivery line: what is refused, what is asked for, what is only said."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.clock import SimulatedClock
from app.core.statuses.receipt import LineElement, LineWarning
from app.core.statuses.stock import LineState
from app.core.words import LANGUAGES, describe
from app.models.recalls import ScopeLine
from app.models.receipt_errors import (
    AmbiguousError,
    CheckDigitError,
    DatesReversedError,
    ElementMissingError,
    ExpiredError,
    FutureProductionError,
    HalfBarcodeError,
    HeldLotError,
    InactiveProductError,
    LotDatesDifferError,
    NotPositiveError,
    RecalledLotError,
    SerialInDraftError,
    SerialKnownError,
    SerialManyError,
    SeveralCodesError,
    UnconfirmedError,
    UnknownDeviceError,
    UnreadableError,
)
from app.services.receiving_lines import TooManyError, Typed
from tests.builders import small_hospital
from tests.services.receiving_bay import BOX, CARTON, FAR, MASK, STENT, Bay, label


@pytest.fixture
def bay(database):
    return Bay(database, small_hospital(database))


def refused(line, error, state=LineState.REFUSED, element=None):
    assert isinstance(line.problem, error)
    assert line.state is state
    assert all(describe(line.problem, language) for language in LANGUAGES)
    if element is not None:
        assert line.element is element
    return line


def test_a_whole_label_of_a_known_product_is_ready(bay):
    line = bay.scan(label(lot="26A0418", expiry=FAR))
    assert (line.state, line.problem, line.quantity) == (LineState.READY, None, 1)


def test_a_carton_counts_its_units(bay):
    assert bay.scan(label(CARTON, "26A0418", FAR)).quantity == 20


def test_a_count_in_the_code_counts_packages(bay):
    assert bay.scan(label(lot="26A0418", expiry=FAR, count=24)).quantity == 24


def test_an_unknown_barcode_is_refused_and_kept(bay):
    line = refused(bay.scan("hello world"), UnreadableError)
    assert line.raw == "hello world"


def test_a_scan_no_database_could_keep_is_kept_without_its_poison(bay):
    refused(bay.scan("a\x00b\ud800"), UnreadableError)


def test_an_endless_scan_is_cut_to_what_can_be_kept(bay):
    assert len(bay.scan("x" * 20_000).raw) == 8192


def test_two_labels_in_one_trigger_are_refused(bay):
    refused(bay.scan(f"01{BOX}\n01{STENT}"), SeveralCodesError)


def test_an_unknown_identifier_waits_for_its_product(bay):
    line = refused(bay.scan(label("06901234567892", "L1", FAR)), UnknownDeviceError, LineState.INCOMPLETE)
    assert (line.di, line.lot_no) == ("06901234567892", "L1")


def test_a_wrong_check_digit_is_refused_even_where_the_rest_is_sound(bay):
    line = bay.scan("]d2010699999901201017401231" + "10L1")
    refused(line, CheckDigitError)
    assert line.product_id is None


def test_half_a_barcode_waits_for_its_other_half(bay):
    waiting = refused(bay.scan(f"01{BOX}"), HalfBarcodeError, LineState.INCOMPLETE)
    done = bay.scan("]C1174012311026A0418")
    assert (done.id, done.state, done.lot_no) == (waiting.id, LineState.READY, "26A0418")


def test_the_halves_may_come_in_the_other_order(bay):
    waiting = refused(bay.scan("]C1174012311026A0418"), HalfBarcodeError, LineState.INCOMPLETE)
    done = bay.scan(f"]C101{BOX}")
    assert (done.id, done.state, done.quantity) == (waiting.id, LineState.READY, 1)


def test_a_half_survives_a_power_cut_and_is_completed_by_hand(bay):
    waiting = bay.scan(f"]C101{BOX}")
    done = bay.complete(waiting, lot="26A0418", expiry_on=FAR)
    assert done.state is LineState.READY


def test_two_boxes_with_labels_in_two_pieces_become_one_line(bay):
    for piece in (f"]C101{BOX}", "]C1174012311026A0418") * 2:
        line = bay.scan(piece)
    assert (len(bay.card().lines), line.packages, line.state) == (1, 2, LineState.READY)


def test_the_same_half_twice_is_one_box(bay):
    bay.scan(f"]C101{BOX}")
    assert (bay.scan(f"]C101{BOX}").packages, len(bay.card().lines)) == (1, 1)


def test_the_halves_of_two_labels_do_not_join_across_another_scan(bay):
    bay.scan(f"]C101{BOX}")
    bay.scan(label(CARTON, "26A0418", FAR))
    assert isinstance(bay.scan("]C117401231" + "10L9").problem, HalfBarcodeError)


def test_an_expired_box_is_refused(bay):
    yesterday = bay.card().today - timedelta(days=1)
    refused(bay.scan(label(lot="L1", expiry=yesterday)), ExpiredError, element=LineElement.EXPIRY)


def test_on_its_last_day_a_box_is_still_good(bay):
    assert bay.scan(label(lot="L1", expiry=bay.card().today)).state is LineState.READY


@pytest.mark.parametrize("moment", ["2026-03-11T16:30", "2026-03-11T23:59"])
def test_at_half_past_midnight_and_at_one_to_eight_the_local_day_decides(sqlite_database, moment):
    """00:30 and 07:59 in Shanghai are still the day before in UTC."""
    sqlite_database.clock = SimulatedClock(datetime.fromisoformat(moment).replace(tzinfo=UTC))
    bay = Bay(sqlite_database, small_hospital(sqlite_database))
    assert bay.card().today == date(2026, 3, 12)
    refused(bay.scan(label(lot="OLD", expiry=date(2026, 3, 11))), ExpiredError)
    assert bay.scan(label(lot="NEW", expiry=date(2026, 3, 12))).state is LineState.READY


def test_a_box_that_expired_overnight_is_refused_in_the_morning(sqlite_database, clock):
    bay = Bay(sqlite_database, small_hospital(sqlite_database))
    line = bay.scan(label(lot="L1", expiry=bay.card().today))
    clock.advance(timedelta(days=1))
    refused(bay.line(line.id), ExpiredError)


def test_an_expiry_before_the_production_is_refused(bay):
    made = bay.card().today - timedelta(days=10)
    line = bay.scan(label(lot="L1", expiry=made + timedelta(days=2000), production=made))
    assert line.state is LineState.READY
    wrong = bay.complete(line, production_on=line.expiry_on + timedelta(days=1))
    refused(wrong, DatesReversedError, element=LineElement.EXPIRY)


def test_goods_made_tomorrow_are_refused(bay):
    tomorrow = bay.card().today + timedelta(days=1)
    refused(bay.scan(label(lot="L1", expiry=FAR, production=tomorrow)), FutureProductionError)


def test_a_product_out_of_the_catalogue_is_refused(bay):
    bay.change_product(is_active=False)
    refused(bay.scan(label(lot="L1", expiry=FAR)), InactiveProductError)


def test_a_missing_expiry_is_asked_for_and_typed(bay):
    line = bay.scan(label(lot="TF-0611C", count=24))
    refused(line, ElementMissingError, LineState.INCOMPLETE, LineElement.EXPIRY)
    done = bay.complete(line, expiry_on=FAR, expiry_is_month=True)
    assert done.state is LineState.READY
    assert LineWarning.MONTH_ONLY in done.warnings
    assert dict(done.lamps)[LineElement.EXPIRY].value == "typed"


def test_each_part_the_registration_requires_is_asked_for_in_turn(bay):
    line = bay.scan(label(STENT, lot="DS5K22"))
    asked = []
    for typed in ({"production_on": date(2025, 8, 22)}, {"expiry_on": FAR}, {"serial": "7741-0093"}):
        asked.append(line.element)
        line = bay.complete(line, **typed)
    assert asked == [LineElement.PRODUCTION, LineElement.EXPIRY, LineElement.SERIAL]
    assert line.state is LineState.READY


def test_what_the_registration_does_not_require_is_not_asked_for(bay):
    line = bay.scan(label(MASK))
    assert line.state is LineState.READY


def test_a_recalled_lot_stops_at_the_door(bay):
    number = bay.recall("2509A17")
    line = refused(bay.scan(label(lot="2509a17", expiry=FAR)), RecalledLotError, LineState.RECALL_STOP)
    assert number in describe(line.problem, "zh")
    assert "一级" in describe(line.problem, "zh")


def test_a_recall_of_the_whole_product_stops_every_lot(bay):
    bay.recall(None)
    refused(bay.scan(label(lot="NEVER-SEEN", expiry=FAR)), RecalledLotError, LineState.RECALL_STOP)


def test_a_held_lot_stops_with_its_reason(bay):
    bay.hold("2509A17")
    line = refused(bay.scan(label(lot="2509A17", expiry=FAR)), HeldLotError, LineState.RECALL_STOP)
    assert "包装破损待查" in describe(line.problem, "zh")


def test_a_stop_comes_before_what_lacks(bay):
    bay.recall("2509A17")
    refused(bay.scan(label(lot="2509A17")), RecalledLotError, LineState.RECALL_STOP)


def test_a_lot_in_the_scope_of_an_open_case_stops_before_the_case_has_locked_it(bay):
    batch_id = bay.hospital.batch("CVC", "2509A17", 5)
    case_id = bay.registered_case()
    with bay.database.writing(bay.hospital.persons["coordinator"]) as session:
        session.add(
            ScopeLine(
                case_id=case_id, batch_id=batch_id, verdict="need_info", because="[]", quantity=5, decided_reason=""
            )
        )
    refused(bay.scan(label(lot="2509A17", expiry=FAR)), RecalledLotError, LineState.RECALL_STOP)


def test_another_lot_of_the_product_is_not_stopped(bay):
    bay.recall("2509A17")
    assert bay.scan(label(lot="2509A18", expiry=FAR)).state is LineState.READY


def stent(serial, lot="DS5K22"):
    return label(STENT, lot, FAR, serial, date(2025, 8, 22))


def test_the_same_serial_twice_in_a_delivery_is_refused(bay):
    assert bay.scan(stent("7741-0093")).state is LineState.READY
    refused(bay.scan(stent("7741-0093")), SerialInDraftError, element=LineElement.SERIAL)


def test_the_same_serial_in_another_open_delivery_is_refused(bay):
    bay.scan(stent("7741-0093"))
    refused(bay.scan(stent("7741-0093"), other := bay.open()), SerialInDraftError)
    assert bay.card(other).lines[0].state is LineState.REFUSED


def test_a_serial_of_an_earlier_receipt_is_refused(bay):
    bay.scan(stent("7741-0093"))
    posted = bay.post()
    bay.delivery_id = bay.open()
    line = refused(bay.scan(stent("7741-0093")), SerialKnownError)
    assert posted.receipt_no in describe(line.problem, "en")


def test_one_serial_for_many_units_is_refused(bay):
    line = bay.scan(stent("7741-0093"))
    bay.service.times_ten(actor=bay.actor(), delivery_id=bay.delivery_id, line_id=line.id)
    refused(bay.line(line.id), SerialManyError, element=LineElement.QUANTITY)


def test_a_count_of_zero_in_the_code_is_asked_for(bay):
    refused(bay.scan(label(lot="L1", expiry=FAR, count=0)), NotPositiveError, LineState.INCOMPLETE)


@pytest.mark.parametrize(
    ("packages", "error"), [(0, NotPositiveError), (-3, NotPositiveError), (1_000_001, TooManyError)]
)
def test_an_impossible_quantity_changes_nothing(bay, packages, error):
    line = bay.scan(label(lot="L1", expiry=FAR))
    with pytest.raises(error):
        bay.service.set_packages(actor=bay.actor(), delivery_id=bay.delivery_id, line_id=line.id, packages=packages)
    assert bay.line(line.id).packages == 1


def test_a_lot_in_full_width_letters_is_kept_as_typed_and_compared_as_plain(bay):
    bay.recall("2509A17")
    line = bay.complete(bay.scan(label(expiry=FAR)), lot="２５０９Ａ１７")
    assert line.lot_no == "２５０９Ａ１７"
    assert LineWarning.LOT_REWRITTEN in line.warnings
    assert isinstance(line.problem, RecalledLotError)


def test_a_scan_in_full_width_letters_is_restored_and_said(bay):
    line = bay.scan(f"（０１）{BOX}（１７）401231（１０）ＡＢ１２")
    assert (line.lot_no, line.state) == ("AB12", LineState.READY)
    assert LineWarning.SCAN_REPAIRED in line.warnings


def test_an_ambiguous_scan_is_never_guessed_and_a_person_picks(bay):
    line = refused(bay.scan(f"01{BOX}10AB17401231"), AmbiguousError, LineState.INCOMPLETE)
    assert line.lot_no == ""
    assert [(each.lot, each.expiry_on) for each in line.candidates] == [("AB", FAR), ("AB17401231", None)]
    bay.service.choose(actor=bay.actor(), delivery_id=bay.delivery_id, line_id=line.id, number=0)
    chosen = bay.line(line.id)
    assert (chosen.lot_no, chosen.expiry_on, chosen.state) == ("AB", FAR, LineState.READY)


def test_a_doubtful_reading_waits_until_a_person_has_compared_it(bay):
    line = refused(bay.scan(f"(01){BOX}(17)401331(10)A1"), ElementMissingError, LineState.INCOMPLETE)
    assert bay.complete(line, expiry_on=FAR).state is LineState.READY
    doubtful = bay.scan(f"(01){BOX}(17)401231(10)A2(93)x(12)401399")
    refused(doubtful, UnconfirmedError, LineState.INCOMPLETE)
    bay.service.confirm(actor=bay.actor(), delivery_id=bay.delivery_id, line_id=doubtful.id)
    assert bay.line(doubtful.id).state is LineState.READY


def test_the_same_lot_with_two_expiry_dates_is_refused(bay):
    bay.scan(label(lot="L1", expiry=FAR))
    refused(bay.scan(label(lot="L1", expiry=FAR - timedelta(days=1))), LotDatesDifferError)


def test_a_lot_on_record_with_another_date_is_only_said(bay):
    bay.hospital.batch("CVC", "L1", 5, expiry=FAR - timedelta(days=1))
    line = bay.scan(label(lot="L1", expiry=FAR))
    assert (line.state, line.warnings) == (LineState.READY, (LineWarning.LOT_OTHER_DATES,))


def test_short_dated_goods_are_taken_and_said(bay):
    line = bay.scan(label(lot="L1", expiry=bay.card().today + timedelta(days=184)))
    assert (line.state, line.warnings, line.days_left) == (LineState.READY, (LineWarning.NEAR_EXPIRY,), 184)


def test_a_typed_lot_without_visible_letters_is_no_lot(bay):
    line = bay.complete(bay.scan(label(expiry=FAR)), lot=" \u3000 ")
    refused(line, ElementMissingError, LineState.INCOMPLETE, LineElement.LOT)


def test_a_box_added_by_hand_passes_the_same_checks(bay):
    bay.recall("2509A17")
    outcome = bay.service.add_by_hand(
        actor=bay.actor(),
        delivery_id=bay.delivery_id,
        product_id=bay.hospital.products["CVC"],
        typed=Typed(lot="2509A17", expiry_on=FAR),
        packages=2,
        units=20,
    )
    line = bay.line(outcome.line_id)
    assert line.quantity == 40
    refused(line, RecalledLotError, LineState.RECALL_STOP)


def test_a_lock_waits_for_a_lot_in_any_letters_and_a_lot_that_only_looks_like_it_is_said(bay):
    bay.hold("26A-0418")
    for same in ("26A-0418", "２６ａ－０４１８", "26a–0418", "26A- 0418"):
        line = bay.complete(bay.scan(label(lot=None, expiry=FAR)), lot=same)
        refused(line, HeldLotError, LineState.RECALL_STOP)
        assert LineWarning.LOT_LIKE_LOCKED not in line.warnings
    for alike in ("26A0418", "26A-O418", "26AO4I8"):
        line = bay.scan(label(lot=alike, expiry=FAR))
        assert (line.state, LineWarning.LOT_LIKE_LOCKED in line.warnings) == (LineState.READY, True), alike
    assert LineWarning.LOT_LIKE_LOCKED not in bay.scan(label(lot="26A-0419", expiry=FAR)).warnings
