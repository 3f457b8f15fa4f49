from datetime import date

import pytest

from app.udi.checks import mod43
from app.udi.reader import read
from app.udi.reading import Agency, Reading, ReadState
from tests.udi.strategies import TODAY


def signed(text: str) -> str:
    return f"{text}{mod43(text)}"


def hibc(text: str) -> Reading:
    return read(signed(text), today=TODAY)


def kinds(reading: Reading) -> list[str]:
    return [each.kind for each in reading.problems]


def test_a_primary_code_is_the_identifier_and_the_link() -> None:
    reading = read("+H123ABC01234567890D", today=TODAY)
    assert (reading.agency, reading.state) == (Agency.HIBC, ReadState.COMPLETE)
    assert reading.di == "H123ABC01234567890"
    assert reading.link == "D"
    assert not reading.is_secondary
    assert [(each.ai, each.position) for each in reading.elements] == [("+", 1)]


def test_a_secondary_code_waits_for_its_primary() -> None:
    reading = read("+$$52001510X3GD", today=TODAY)
    assert reading.state is ReadState.COMPLETE
    assert reading.is_secondary
    assert (reading.di, reading.link, reading.lot, reading.expiry) == (None, "G", "10X3", date(2020, 1, 15))


@pytest.mark.parametrize(
    ("data", "expiry", "precision", "text"),
    [
        ("$$0928LOT", date(2028, 9, 30), "month", "2028-09-30"),
        ("$$1228LOT", date(2028, 12, 31), "month", "2028-12-31"),
        ("$$2022928LOT", date(2028, 2, 29), "day", "2028-02-29"),
        ("$$3280229LOT", date(2028, 2, 29), "day", "2028-02-29"),
        ("$$428022923LOT", date(2028, 2, 29), "hour", "2028-02-29T23"),
        ("$$528060LOT", date(2028, 2, 29), "day", "2028-02-29"),
        ("$$62806007LOT", date(2028, 2, 29), "hour", "2028-02-29T07"),
        ("$$7LOT", None, None, None),
        ("28060LOT", date(2028, 2, 29), "day", "2028-02-29"),
        ("$LOT", None, None, None),
        ("$LOT/14D20280229", date(2028, 2, 29), "day", "2028-02-29"),
    ],
)
def test_each_form_of_date_is_read(data: str, expiry: date | None, precision: str | None, text: str | None) -> None:
    reading = hibc(f"+A123BJC5D6E71/{data}")
    assert reading.state is ReadState.COMPLETE
    assert (reading.lot, reading.expiry, reading.expiry_precision, reading.expiry_text) == (
        "LOT",
        expiry,
        precision,
        text,
    )


@pytest.mark.parametrize(
    ("data", "quantity", "lot", "expiry"),
    [
        ("$$812710X3", 12, "10X3", None),
        ("$$902345710X3", 2345, "10X3", None),
        ("$$900100", 100, None, None),
        ("$$9000063260831L01656", 6, "L01656", date(2026, 8, 31)),
        ("$$8120928L1", 12, "L1", date(2028, 9, 30)),
        ("$10X3/Q500", 500, "10X3", None),
        ("$/Q100", 100, None, None),
    ],
)
def test_a_quantity_stands_before_the_date_or_in_a_segment(
    data: str, quantity: int, lot: str | None, expiry: date | None
) -> None:
    reading = hibc(f"+A123BJC5D6E71/{data}")
    assert reading.state is ReadState.COMPLETE
    assert (reading.quantity, reading.lot, reading.expiry) == (quantity, lot, expiry)


def test_all_segments_come_together() -> None:
    reading = hibc("+A99912345/$$520015LOT1/16D20190102/S77DEF/Q5")
    assert reading.state is ReadState.COMPLETE
    assert (reading.di, reading.lot, reading.serial, reading.quantity) == ("A99912345", "LOT1", "77DEF", 5)
    assert reading.production_text == "2019-01-02"
    assert [each.ai for each in reading.elements] == ["+", "$$", "16D", "S", "Q"]
    for element in reading.elements:
        assert reading.raw.startswith(element.value, element.position)


def test_serials_have_marks_of_their_own() -> None:
    assert hibc("+A999ABC1230/$+S77").serial == "S77"
    assert hibc("+A999ABC1230/$$+3280229S77").serial == "S77"
    both = hibc("+A99912345/$$902345710X3/$$+320090677DEFG45")
    assert (both.lot, both.serial, both.expiry) == ("10X3", "77DEFG45", date(2020, 9, 6))


@pytest.mark.parametrize(
    ("raw", "lot", "serial"),
    [
        ("+A123BJC5D6E71G+2001510X3GG", "10X3", None),
        ("+A123BJCMD6E79++$$52001510X3+ ", "10X3", None),
        ("+J123AQ3451T+25330BC34567T2+S4012TJ", "BC34567", "4012"),
        ("+A123BJC5D6E71G+$$+52001510X3GB", None, "10X3"),
    ],
)
def test_linear_scans_that_came_in_one_string_are_told_apart(raw: str, lot: str | None, serial: str | None) -> None:
    reading = read(raw, today=TODAY)
    assert (reading.state, reading.lot, reading.serial) == (ReadState.COMPLETE, lot, serial)
    assert not reading.is_secondary
    if lot is not None:
        segment = next(each for each in reading.elements if lot in each.value)
        assert raw.startswith(segment.value, segment.position)


def test_a_primary_whose_check_character_is_a_slash_is_no_divider() -> None:
    primary = next(text for n in range(99) if signed(text := f"+A12{n}B1")[-1] == "/")
    reading = read(signed(primary) + signed("+$LOT1/"), today=TODAY)
    assert (reading.state, reading.lot, reading.link) == (ReadState.COMPLETE, "LOT1", "/")
    alone = read(signed(primary), today=TODAY)
    assert (alone.state, alone.link) == (ReadState.COMPLETE, "/")


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("+A123BJC5D6E71H", "bad_check_character"),
        ("+A99912345/$$52001510X3/16D20111212/S77DEFG45Z", "bad_check_character"),
        ("+A123BJC5D6E71++$$52001510X3+D", "bad_check_character"),
        ("+A123BJC5D6E71G+$$52001510X3+ ", "bad_link_character"),
        ("+A99912345/$$520´01510X3/S77DEFG45/", "bad_character"),
        ("+", "bad_length"),
        ("+A1", "bad_length"),
    ],
)
def test_damage_is_named(raw: str, kind: str) -> None:
    reading = read(raw, today=TODAY)
    assert kind in kinds(reading)
    assert reading.state is not ReadState.COMPLETE


@pytest.mark.parametrize(
    ("text", "kind", "position"),
    [
        ("+A-9912345/$LOT", "bad_labeler", 1),
        ("+A9991-*45/$LOT", "bad_product_code", 5),
        ("+A999123N", "bad_packaging_level", 8),
        ("+A9991", "bad_length", 6),
        ("+A99912345678901234567890", "bad_length", 25),
        ("+A99912345/$$2323028LOT", "bad_date", 14),
        ("+A99912345/$$1328LOT", "bad_date", 13),
        ("+A99912345/$$428022924LOT", "bad_date", 14),
        ("+A99912345/$$XLOT", "bad_date", 13),
        ("+A99912345/$$32802", "bad_date", 14),
        ("+A99912345/$$812LOT", "bad_date", 16),
        ("+A99912345/$LOT/14D20280230", "bad_date", 19),
        ("+A99912345/$LOT/16D2028", "bad_date", 19),
        ("+A99912345/$LOT/Q", "bad_value", 17),
        ("+A99912345/$LOT/Q1234567890", "bad_value", 17),
        ("+A99912345/$$9001", "bad_value", 14),
        ("+A99912345/$LOT/S", "missing_value", 17),
        ("+A99912345/$1234567890123456789", "too_long", 30),
        ("+A99912345/$LOT/$LOX", "duplicate_element", 17),
        ("+A99912345/$LOT/25PX", "unknown_segment", 16),
        ("+A99912345//$LOT", "unknown_segment", 11),
    ],
)
def test_a_fault_has_a_place(text: str, kind: str, position: int) -> None:
    found = [(each.kind, each.position) for each in hibc(text).problems]
    assert (kind, position) in found
    assert hibc(text).state is not ReadState.COMPLETE


def test_a_bad_date_costs_neither_number_nor_lot() -> None:
    reading = hibc("+A99912345/$$2323028LOT")
    assert (reading.state, reading.di, reading.lot, reading.expiry) == (ReadState.PARTIAL, "A99912345", "LOT", None)


def test_the_hour_stays_where_the_same_day_comes_again_without_it() -> None:
    reading = hibc("+A99912345/$$428022923LOT/14D20280229")
    assert (reading.state, reading.expiry_text) == (ReadState.COMPLETE, "2028-02-29T23")


def test_the_same_lot_twice_is_no_contradiction() -> None:
    assert hibc("+A99912345/$LOT/$LOT").state is ReadState.COMPLETE


def test_a_label_with_a_wrong_check_character_is_still_shown() -> None:
    reading = read("+B066000325011NS1/$$420020216LOT123456789012345/SXYZ456789012345678/16D20130202C", today=TODAY)
    assert (reading.di, reading.lot, reading.state) == ("B066000325011NS1", "LOT123456789012345", ReadState.PARTIAL)


def test_asterisks_of_code_39_do_not_count() -> None:
    reading = read("*+A123BJC5D6E71G*", today=TODAY)
    assert (reading.state, reading.di, reading.elements[0].position) == (ReadState.COMPLETE, "A123BJC5D6E71", 2)


def test_a_blank_at_the_end_is_the_check_character() -> None:
    raw = "+$$52001510X3+ "
    assert read(raw, today=TODAY).state is ReadState.COMPLETE
    assert read(raw.rstrip(), today=TODAY).state is not ReadState.COMPLETE


def test_the_underscore_of_the_printed_text_is_a_blank() -> None:
    reading = read("+$$52001510X3+_", today=TODAY)
    assert (reading.state, kinds(reading)) == (ReadState.COMPLETE, ["underscore"])


def test_small_letters_are_turned_into_capitals_and_reported() -> None:
    reading = read("+a123bjc5d6e71g", today=TODAY)
    assert (reading.state, reading.di, kinds(reading)) == (ReadState.COMPLETE, "A123BJC5D6E71", ["lower_case"])


def test_a_plus_too_many_is_skipped() -> None:
    reading = hibc("+A99912345/+$K42888")
    assert (reading.state, reading.lot, kinds(reading)) == (ReadState.COMPLETE, "K42888", ["stray_plus"])


@pytest.mark.parametrize("mark", ["]zB", "]Q0", "]d1", "]C0"])
def test_a_mark_before_the_code_is_kept(mark: str) -> None:
    reading = read(f"{mark}+A123BJC5D6E71G", today=TODAY)
    assert (reading.symbology, reading.state, reading.elements[0].position) == (mark, ReadState.COMPLETE, 4)


def test_the_printed_form_of_a_basic_identifier_is_no_device() -> None:
    assert read("++A999MODEL12AB", today=TODAY).di is None


@pytest.mark.parametrize("first_sign", ["1", "$"])
def test_the_sign_after_the_plus_tells_secondary_from_primary(first_sign: str) -> None:
    assert read(f"+{first_sign}2345LOT9XX", today=TODAY).is_secondary
