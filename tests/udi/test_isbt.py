import pytest

from app.udi.reader import read
from app.udi.reading import Agency, ReadState
from tests.udi.strategies import TODAY

WHOLE = "=/A9999XYZ100T0944=,000025=A99971312345600=>014032=}013032&,1000000000000XYZ123"


def test_the_classic_example_is_read_whole() -> None:
    reading = read(WHOLE, today=TODAY)
    assert (reading.agency, reading.state) == (Agency.ICCBBA, ReadState.COMPLETE)
    assert (reading.di, reading.serial, reading.lot) == ("A9999XYZ100T0944", "000025", "000000000000XYZ123")
    assert (reading.expiry_text, reading.production_text) == ("2014-02-01", "2013-02-01")
    assert [each.ai for each in reading.elements] == ["=/", "=,", "=", "=>", "=}", "&,1"]
    assert all(reading.raw.startswith(each.value, each.position) for each in reading.elements)


def test_a_compound_message_counts_its_parts() -> None:
    assert read("=+06000" + WHOLE, today=TODAY).state is ReadState.COMPLETE
    reading = read("=+05000" + WHOLE, today=TODAY)
    assert (reading.state, [each.kind for each in reading.problems]) == (ReadState.PARTIAL, ["bad_count"])


def test_dates_with_a_time_keep_it() -> None:
    reading = read("=/A9999XYZ100T0944&>0140322359&}0130320005", today=TODAY)
    assert (reading.expiry_text, reading.expiry_precision) == ("2014-02-01T23:59", "hour")
    assert reading.production_text == "2013-02-01T00:05"


def test_the_century_is_written_out() -> None:
    assert read("=>999365", today=TODAY).expiry_text == "1999-12-31"
    assert read("=>126001", today=TODAY).expiry_text == "2126-01-01"


def test_a_blood_bag_has_a_short_identifier_and_keeps_the_case_of_its_lot() -> None:
    reading = read("=)1234567890&)ab12345678", today=TODAY)
    assert (reading.di, reading.lot, reading.state) == ("1234567890", "ab12345678", ReadState.COMPLETE)


@pytest.mark.parametrize(
    ("raw", "kind", "position"),
    [
        ("=/A9999XYZ100T094", "bad_structure", 2),
        ("=,000000", "bad_structure", 2),
        ("=>014366", "bad_date", 2),
        ("=>514032", "bad_date", 2),
        ("&>0140322400", "bad_structure", 2),
        ("=zINVALID_DI_TEST", "bad_structure", 1),
        ("=/A9999XYZ100T0944X=>014032", "unknown_ai", 18),
        ("=/A9999XYZ100T0944X", "unknown_ai", 18),
        (WHOLE + "=,000026", "duplicate_element", 81),
    ],
)
def test_damage_has_a_place(raw: str, kind: str, position: int) -> None:
    reading = read(raw, today=TODAY)
    assert (kind, position) in [(each.kind, each.position) for each in reading.problems]
    assert reading.state is not ReadState.COMPLETE


def test_behind_a_wrong_identifier_the_rest_is_read() -> None:
    reading = read(WHOLE.replace("A9999XYZ100T0944", "08717648200274"), today=TODAY)
    assert (reading.state, reading.di) == (ReadState.PARTIAL, None)
    assert (reading.serial, reading.lot) == ("000025", "000000000000XYZ123")


@pytest.mark.parametrize("written", ["&amp;", "\\T\\"])
def test_an_escaped_ampersand_is_restored(written: str) -> None:
    raw = WHOLE.replace("&", written)
    reading = read(raw, today=TODAY)
    assert (reading.state, reading.lot) == (ReadState.COMPLETE, "000000000000XYZ123")
    assert [(each.kind, each.position) for each in reading.problems] == [("escaped_text", raw.index(written))]
    assert raw.startswith(reading.elements[-1].value, reading.elements[-1].position)
