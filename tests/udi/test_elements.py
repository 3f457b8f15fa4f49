from datetime import date

import pytest

from app.udi.reader import read
from app.udi.reading import Agency, ReadState, Severity
from tests.udi.strategies import TODAY

GTIN = "0109501101530003"


def kinds(raw: str) -> list[tuple[str, int | None, str | None]]:
    return [(each.kind, each.position, each.element) for each in read(raw, today=TODAY).problems]


def test_a_plain_string_is_read_element_by_element() -> None:
    reading = read(f"{GTIN}1725070410AB-12\x1d21S1\x1d301211240101", today=TODAY)
    assert reading.state is ReadState.PARTIAL  # thirty is a number: "1211240101" is too long for it
    reading = read(f"{GTIN}1725070411240101" + "10AB-12\x1d21S1\x1d3012", today=TODAY)
    assert reading.agency is Agency.GS1
    assert reading.state is ReadState.COMPLETE
    assert reading.di == "09501101530003"
    assert reading.lot == "AB-12"
    assert reading.serial == "S1"
    assert reading.expiry == date(2025, 7, 4)
    assert reading.expiry_text == "2025-07-04"
    assert reading.expiry_precision == "day"
    assert reading.production == date(2024, 1, 1)
    assert reading.production_text == "2024-01-01"
    assert reading.quantity == 12
    assert [(each.ai, each.value, each.position) for each in reading.elements] == [
        ("01", "09501101530003", 2),
        ("17", "250704", 18),
        ("11", "240101", 26),
        ("10", "AB-12", 34),
        ("21", "S1", 42),
        ("30", "12", 47),
    ]
    assert reading.problems == ()
    assert reading.symbology is None
    assert not reading.is_secondary


def test_positions_count_in_the_raw_scan_behind_the_symbology_identifier() -> None:
    reading = read(f"]d2{GTIN}17250230", today=TODAY)
    assert reading.symbology == "]d2"
    assert reading.elements[0].position == 5
    assert [(each.kind, each.position) for each in reading.problems] == [("bad_date", 21)]


@pytest.mark.parametrize("mark", ["]C1", "]e0", "]d2", "]Q3", "]J1"])
def test_each_gs1_mark_is_known(mark: str) -> None:
    assert read(f"{mark}{GTIN}10AB", today=TODAY).state is ReadState.COMPLETE


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        ("17250230" + "10AB", [("bad_date", 18, "17")]),
        ("172502301", [("bad_date", 18, "17"), ("unknown_ai", 24, None)]),
        ("17250", [("bad_length", 21, "17")]),
        ("1725O704", [("bad_character", 20, "17")]),
        ("10\x1d17250704", [("missing_value", 18, "10")]),
        ("10ABCDEFGHIJKLMNOPQRSTUVWXYZ\x1d17250704", [("too_long", 38, "10")]),
        ("10A\x1d\x1d17250704", [("doubled_separator", 20, None)]),
        ("10A\x1d\x1d\x1d\x1d17250704", [("doubled_separator", 20, None)]),
        ("10A\x1d10B", [("duplicate_element", 22, "10")]),
        ("10A\x1d10A", [("duplicate_element", 22, "10")]),
        ("10A\x1d3725", [("not_together", 2, "01")]),
        ("180000\x1d10A", [("unknown_ai", 16, None)]),
    ],
)
def test_a_fault_is_named_with_its_place_and_the_rest_is_still_read(
    tail: str, expected: list[tuple[str, int | None, str | None]]
) -> None:
    assert kinds(GTIN + tail) == expected
    assert read(GTIN + tail, today=TODAY).di == "09501101530003"


def test_a_bad_date_costs_neither_number_nor_lot() -> None:
    reading = read(f"]d2{GTIN}1725023010AB12\x1d21S", today=TODAY)
    assert reading.state is ReadState.PARTIAL
    assert (reading.di, reading.lot, reading.serial, reading.expiry) == ("09501101530003", "AB12", "S", None)


def test_a_number_with_a_wrong_check_digit_is_kept_but_not_called_complete() -> None:
    reading = read("]d2010950110153000410AB12", today=TODAY)
    assert reading.di == "09501101530004"
    assert reading.state is ReadState.PARTIAL
    assert reading.problems[0].kind == "bad_check_digit"


def test_a_separator_before_the_data_and_one_behind_it_do_no_harm() -> None:
    reading = read(f"\x1d{GTIN}10AB\x1d", today=TODAY)
    assert reading.state is ReadState.COMPLETE
    assert [(each.kind, each.severity) for each in reading.problems] == [("leading_separator", Severity.WARNING)]
    assert reading.elements[1].value == "AB"


def test_one_separator_after_a_fixed_length_is_tolerated() -> None:
    reading = read(f"{GTIN}\x1d17250704\x1d10AB", today=TODAY)
    assert reading.state is ReadState.COMPLETE
    assert reading.problems == ()


def test_the_same_element_twice_with_one_value_is_only_a_warning() -> None:
    assert read(f"]d2{GTIN}10A\x1d10A", today=TODAY).state is ReadState.COMPLETE
    assert read(f"]d2{GTIN}10A\x1d10B", today=TODAY).state is ReadState.PARTIAL


def test_a_month_is_its_last_day_and_says_so() -> None:
    reading = read(f"]d2{GTIN}17280200", today=TODAY)
    assert (reading.expiry, reading.expiry_precision) == (date(2028, 2, 29), "month")


def test_an_expiry_with_the_time_keeps_it() -> None:
    reading = read(f"]d2{GTIN}70032507041305", today=TODAY)
    assert (reading.expiry, reading.expiry_precision) == (date(2025, 7, 4), "hour")
    assert reading.expiry_text == "2025-07-04T13:05"


def test_of_two_expiries_the_earlier_counts_and_a_warning_says_so() -> None:
    reading = read(f"]d2{GTIN}1725070470032507031305", today=TODAY)
    assert reading.expiry == date(2025, 7, 3)
    assert reading.problems[0].kind == "dates_differ"
    later = read(f"]d2{GTIN}1725070470032507051305", today=TODAY)
    assert (later.expiry, later.expiry_text) == (date(2025, 7, 4), "2025-07-04")
    same = read(f"]d2{GTIN}1725070470032507041305", today=TODAY)
    assert (same.expiry_text, same.problems) == ("2025-07-04T13:05", ())


@pytest.mark.parametrize(
    ("tail", "text"),
    [
        ("800825070413", "2025-07-04T13"),
        ("80082507041305", "2025-07-04T13:05"),
        ("8008250704130559\x1d11250101", "2025-01-01"),
    ],
)
def test_production_may_have_a_time_and_the_plain_date_wins(tail: str, text: str) -> None:
    assert read(f"]d2{GTIN}{tail}", today=TODAY).production_text == text


def test_bad_dates_with_time_set_nothing() -> None:
    reading = read(f"]d2{GTIN}70032507001305\x1d800825023013\x1d11251301", today=TODAY)
    assert (reading.expiry, reading.production) == (None, None)
    assert [each.kind for each in reading.problems] == ["bad_date"] * 3


def test_a_logistic_unit_gives_the_number_and_count_of_its_content() -> None:
    reading = read("]C1" + "00157035381410375177" + "0209501101530003" + "3725", today=TODAY)
    assert (reading.state, reading.di, reading.quantity) == (ReadState.COMPLETE, "09501101530003", 25)


def test_a_piece_of_a_product_is_known_by_its_number() -> None:
    reading = read("]d2" + "8006095011015300030102", today=TODAY)
    assert reading.di == "09501101530003"


def test_a_scan_without_a_number_waits_for_its_other_half() -> None:
    assert read("]C117250704", today=TODAY).is_secondary
    assert not read("]C1" + "00157035381410375177", today=TODAY).is_secondary


def test_an_empty_symbol_says_so() -> None:
    reading = read("]d2", today=TODAY)
    assert (reading.state, reading.agency) == (ReadState.REFUSED, Agency.GS1)
    assert reading.problems[0].kind == "empty"


@pytest.mark.parametrize("raw", ["12345", "hello", "99", "1A", "0109501101530", "发货单"])
def test_what_is_no_code_is_refused_as_unknown(raw: str) -> None:
    reading = read(raw, today=TODAY)
    assert (reading.agency, reading.state) == (Agency.UNKNOWN, ReadState.REFUSED)
    assert [each.kind for each in reading.problems] == ["unknown_format"]


def test_an_empty_scan_is_refused_as_empty() -> None:
    assert [each.kind for each in read("", today=TODAY).problems] == ["empty"]
    assert [each.kind for each in read("\r\n", today=TODAY).problems] == ["empty"]


def test_internal_elements_without_a_mark_are_doubted() -> None:
    assert read("]d2991234", today=TODAY).state is ReadState.COMPLETE
    reading = read("991234", today=TODAY)
    assert reading.state is ReadState.PARTIAL
    assert reading.problems[0].kind == "unmarked_number"


@pytest.mark.parametrize(
    ("raw", "is_doubted"),
    [
        (f"{GTIN}10abc", True),
        (f"{GTIN}10aBc", False),
        (f"{GTIN}10123\x1d21ab", True),
        (f"{GTIN}107D\x1d21ab", False),
        (f"{GTIN}10123", False),
        (f"{GTIN}21abc", True),
        (f"]d2{GTIN}10abc", False),
        ("(01)09501101530003(10)abc", True),
    ],
)
def test_a_lot_in_small_letters_is_doubted_unless_the_case_is_proven(raw: str, is_doubted: bool) -> None:
    reading = read(raw, today=TODAY)
    assert (reading.state is ReadState.PARTIAL) == is_doubted
    assert [each.kind for each in reading.problems] == (["small_letters"] if is_doubted else [])
