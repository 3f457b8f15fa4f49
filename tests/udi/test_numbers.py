import pytest

from app.udi.reader import read
from app.udi.reading import Agency, ReadState
from tests.udi.strategies import TODAY


@pytest.mark.parametrize(
    ("raw", "di"),
    [
        ("]E02112345678900", "02112345678900"),
        ("]E402345673", "00000002345673"),
        ("]I109501101530003", "09501101530003"),
    ],
)
def test_a_retail_symbol_holds_a_number_and_no_elements(raw: str, di: str) -> None:
    reading = read(raw, today=TODAY)
    assert (reading.agency, reading.state, reading.di) == (Agency.GS1, ReadState.COMPLETE, di)
    assert reading.elements == ()


@pytest.mark.parametrize(
    ("raw", "kind", "position"),
    [
        ("]E0", "bad_length", 3),
        ("]E0123456789012", "bad_length", 15),
        ("]E01234ABC890123", "bad_character", 7),
        ("]E4123456789", "bad_length", 11),
        ("]E402345674", "bad_check_digit", 10),
        ("]E02112345678900|", "bad_structure", 16),
    ],
)
def test_a_bad_retail_symbol_is_not_complete(raw: str, kind: str, position: int) -> None:
    reading = read(raw, today=TODAY)
    assert reading.state is not ReadState.COMPLETE
    assert [(each.kind, each.position) for each in reading.problems] == [(kind, position)]


def test_a_composite_symbol_adds_its_elements_to_the_number() -> None:
    reading = read("]E02112345678900|]e01725070410AB", today=TODAY)
    assert (reading.state, reading.di, reading.lot) == (ReadState.COMPLETE, "02112345678900", "AB")
    assert reading.expiry_text == "2025-07-04"
    assert reading.elements[0].position == reading.raw.index("250704")


@pytest.mark.parametrize("raw", ["02345673", "416000336108", "6901234567892", "09501101530003"])
def test_unmarked_digits_are_only_perhaps_a_number(raw: str) -> None:
    reading = read(raw, today=TODAY)
    assert reading.di == raw.zfill(14)
    assert reading.state is ReadState.PARTIAL
    assert [each.kind for each in reading.problems] == ["unmarked_number"]


def test_digits_that_are_a_number_and_an_element_string_are_a_question() -> None:
    reading = read("17250702", today=TODAY)
    assert reading.state is ReadState.AMBIGUOUS
    assert [candidate.di for candidate in reading.candidates] == ["00000017250702", None]
    assert reading.candidates[1].expiry_text == "2025-07-02"
    assert (reading.di, reading.expiry) == (None, None)


def test_digits_without_a_right_check_digit_are_read_as_elements() -> None:
    assert read("15210527", today=TODAY).elements[0].ai == "15"
