from datetime import date

import pytest

from app.udi.composing import LabelHalves, compose
from app.udi.reader import read
from app.udi.reading import Reading, ReadState
from tests.udi.strategies import TODAY


def scan(raw: str) -> Reading:
    return read(raw, today=TODAY)


GS1_NUMBER = "]C10109501101530003"
GS1_BATCH = "]C1172507041012345"


def composed(first: str, second: str) -> Reading:
    reading = compose(scan(first), scan(second))
    assert reading is not None
    return reading


@pytest.mark.parametrize("turned", [False, True])
def test_a_gs1_number_and_its_batch_become_one_reading(turned: bool) -> None:
    pieces = [GS1_NUMBER, GS1_BATCH]
    reading = composed(*(pieces[::-1] if turned else pieces))
    assert reading.state is ReadState.COMPLETE
    assert (reading.di, reading.lot, reading.expiry) == ("09501101530003", "12345", date(2025, 7, 4))
    assert reading.expiry_text == "2025-07-04"
    assert reading.raw == f"{GS1_NUMBER}\n{GS1_BATCH}"
    assert all(reading.raw.startswith(each.value, each.position) for each in reading.elements)
    assert [each.ai for each in reading.elements] == ["01", "17", "10"]
    assert not reading.is_secondary


def test_an_ean_13_and_a_gs1_128_belong_together() -> None:
    assert composed("]E09501101530003", GS1_BATCH).state is ReadState.COMPLETE


def test_the_batch_bears_out_an_unmarked_number() -> None:
    reading = composed("9501101530003", GS1_BATCH)
    assert (reading.state, reading.di, reading.lot) == (ReadState.COMPLETE, "09501101530003", "12345")
    assert [each.kind for each in reading.problems] == ["unmarked_number"]


def test_a_number_that_may_be_something_else_is_settled_by_its_batch() -> None:
    assert scan("17250702").state is ReadState.AMBIGUOUS
    reading = composed("17250702", "]C11012345")
    assert (reading.state, reading.di, reading.expiry) == (ReadState.COMPLETE, "00000017250702", None)


def test_digits_that_may_be_a_date_are_settled_by_the_number() -> None:
    reading = composed("17250702", GS1_NUMBER)
    assert (reading.state, reading.di, reading.expiry_text) == (ReadState.COMPLETE, "09501101530003", "2025-07-02")


def test_a_fault_of_either_half_stays() -> None:
    reading = composed(GS1_NUMBER, "]C11725023010AB")
    assert reading.state is ReadState.PARTIAL
    assert [(each.kind, each.position) for each in reading.problems] == [("bad_date", len(GS1_NUMBER) + 1 + 5)]
    assert composed("]C10109501101530004", GS1_BATCH).state is ReadState.PARTIAL


def test_a_doubtful_batch_stays_a_question() -> None:
    reading = composed(GS1_NUMBER, "]C110LOT917271125")
    assert reading.state is ReadState.AMBIGUOUS
    assert (reading.di, reading.lot, reading.expiry) == ("09501101530003", None, None)
    assert reading.candidates[0].lot == "LOT9"
    assert reading.candidates[-1].lot == "LOT917271125"
    assert all(each.di == "09501101530003" for each in reading.candidates)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (GS1_NUMBER, GS1_NUMBER),
        (GS1_BATCH, GS1_BATCH),
        (GS1_NUMBER, "]C10109501101530003" + "10A"),
        (GS1_NUMBER + "10A", GS1_BATCH),
        (GS1_NUMBER, "+$$52001510X3GD"),
        (GS1_NUMBER, "hello"),
        ("hello", GS1_BATCH),
        ("MA.156.M0.100204.13351764", GS1_BATCH),
        (GS1_NUMBER + "10X", "]C11003217261231"),
    ],
)
def test_what_does_not_belong_together_is_not_joined(first: str, second: str) -> None:
    assert compose(scan(first), scan(second)) is None


@pytest.mark.parametrize("turned", [False, True])
def test_the_link_character_ties_hibc_codes(turned: bool) -> None:
    pieces = ["+A123BJC5D6E71G", "+$$52001510X3GD"]
    reading = composed(*(pieces[::-1] if turned else pieces))
    assert (reading.state, reading.di, reading.lot) == (ReadState.COMPLETE, "A123BJC5D6E71", "10X3")
    assert reading.link == "G"


def test_hibc_codes_with_other_links_are_not_joined() -> None:
    assert compose(scan("+A123BJC5D6E71G"), scan("+$$52001510X3+ ")) is None
    assert compose(scan("+A99912345/$$52001510X3/16D20111212/S77DEFG457"), scan("+$$52001510X3GD")) is None


def test_a_half_label_waits_for_the_next_scan_and_no_longer() -> None:
    halves = LabelHalves()
    assert halves.whole(scan(GS1_BATCH)).is_secondary
    assert halves.whole(scan(GS1_NUMBER)).lot == "12345"
    assert halves.whole(scan(GS1_BATCH)).is_secondary
    stranger = halves.whole(scan("hello"))
    assert stranger.di is None
    assert halves.whole(scan(GS1_NUMBER)).lot is None
