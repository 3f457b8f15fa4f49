import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.udi.building import gs1_element_string
from app.udi.reader import read
from app.udi.reading import Reading, ReadState
from tests.udi.strategies import TODAY, days, examples, gtins, lots

GTIN = "0109501101530003"


def lots_of(reading: Reading) -> list[str | None]:
    return [candidate.lot for candidate in reading.candidates]


def test_a_lot_that_may_end_in_two_places_is_not_guessed() -> None:
    reading = read(f"{GTIN}10032917251231", today=TODAY)
    assert reading.state is ReadState.AMBIGUOUS
    assert reading.lot is None
    assert reading.expiry is None
    assert reading.di == "09501101530003"
    assert lots_of(reading) == ["0329", "032917251231"]
    assert [(each.kind, each.position, each.element) for each in reading.problems] == [("separator_lost", 16, "10")]


def test_the_candidate_that_dates_bear_out_comes_first() -> None:
    reading = read("]d2" + GTIN + "10LOT917271125", today=TODAY)
    assert lots_of(reading)[0] == "LOT9"
    assert reading.candidates[0].expiry_text == "2027-11-25"
    assert reading.candidates[0].elements[1].position == 21


def test_a_string_too_long_for_one_element_shows_how_it_may_have_been() -> None:
    reading = read(GTIN + "211234567810LOT917271125", today=TODAY)
    assert reading.state is ReadState.AMBIGUOUS
    assert ("12345678", "LOT9") in [(each.serial, each.lot) for each in reading.candidates]


def test_one_legal_division_of_an_illegal_string_is_still_a_question() -> None:
    reading = read(GTIN + "30121725AB\x1d", today=TODAY)
    assert reading.state is ReadState.PARTIAL
    reading = read(GTIN + "3055555517261129", today=TODAY)
    assert reading.state is ReadState.AMBIGUOUS
    assert [each.quantity for each in reading.candidates] == [555555]
    assert reading.quantity == 555555
    assert reading.expiry_text == "2026-11-29"


def test_a_separator_anywhere_proves_that_separators_arrive() -> None:
    reading = read(f"{GTIN}21S1\x1d10032917251231", today=TODAY)
    assert (reading.state, reading.lot) == (ReadState.COMPLETE, "032917251231")


@pytest.mark.parametrize("lot", ["FINAL", "AB179999", "2022", "LOT2021", "A99123", "20251", "X12251231"])
def test_a_lot_at_the_end_with_one_legal_reading_is_certain(lot: str) -> None:
    reading = read(f"{GTIN}1725070410{lot}", today=TODAY)
    assert (reading.state, reading.lot) == (ReadState.COMPLETE, lot)


def test_an_element_that_excludes_another_is_no_candidate() -> None:
    # 37 never stands beside 01, so S3736 is one serial.
    assert read(f"]d2{GTIN}21S3736", today=TODAY).serial == "S3736"


def test_an_element_that_needs_another_is_no_candidate_without_it() -> None:
    # 250 needs a serial beside the number.
    assert read(f"]d2{GTIN}10AB250C", today=TODAY).lot == "AB250C"
    assert read(f"]d2{GTIN}10AB21C250D", today=TODAY).state is ReadState.AMBIGUOUS


def test_the_trade_item_may_be_on_the_other_label() -> None:
    assert read("]C110LOT917271125", today=TODAY).state is ReadState.AMBIGUOUS


def test_an_element_never_comes_twice_in_a_candidate() -> None:
    assert read(f"]d2{GTIN}1725070410AB17251231", today=TODAY).lot == "AB17251231"


def test_the_alt_code_that_was_typed_as_text_is_offered_away() -> None:
    reading = read(f"{GTIN}107654321D0292110987654d321", today=TODAY)
    assert reading.state is ReadState.AMBIGUOUS
    assert reading.lot is None
    assert {"7654321D", "7654321D029"} <= set(lots_of(reading))


def test_the_alt_code_alone_is_a_lot_and_nothing_else() -> None:
    reading = read(f"{GTIN}1002917271129", today=TODAY)
    assert lots_of(reading)[0] == "029"
    assert "" not in lots_of(reading)


def test_an_element_of_dates_alone_leaves_no_room_for_another() -> None:
    assert read("]d27007211225211231", today=TODAY).state is ReadState.COMPLETE


def test_a_fault_before_the_lot_stays_in_each_candidate() -> None:
    reading = read(f"{GTIN}1725023010LOT921S", today=TODAY)
    assert reading.state is ReadState.AMBIGUOUS
    assert all([each.kind for each in one.problems] == ["bad_date"] for one in reading.candidates)
    twice = read(f"{GTIN}{GTIN}10LOT921S", today=TODAY)
    assert all([each.kind for each in one.problems] == ["duplicate_element"] for one in twice.candidates)


def test_a_search_that_must_give_up_leaves_the_lot_in_doubt() -> None:
    # Every division breaks on the last two signs, and there are more divisions than the search may try.
    raw = f"]d2{GTIN}8200A" + "".join(f"{code}X" for code in range(710, 717)) * 2 + "21 #"
    reading = read(raw, today=TODAY)
    assert reading.state is ReadState.PARTIAL
    assert [each.kind for each in reading.problems] == ["bad_character", "separator_lost"]


def test_where_there_are_more_divisions_than_can_be_shown_nothing_behind_the_lot_is_taken_as_agreed() -> None:
    reading = read(f"]d2{GTIN}17250704" + "10A7100" + "30121X2401X21Y3055240Z713Q", today=TODAY)
    assert reading.state is ReadState.AMBIGUOUS
    assert len(reading.candidates) == 12
    assert (reading.di, reading.expiry_text) == ("09501101530003", "2025-07-04")
    assert (reading.lot, reading.serial, reading.quantity) == (None, None, None)


orders = st.permutations(["11", "17", "10", "21", "240", "30"])
part_values = st.fixed_dictionaries(
    {
        "11": days.map(lambda day: day.strftime("%y%m%d")),
        "17": days.map(lambda day: day.strftime("%y%m%d")),
        "10": lots,
        "21": lots,
        "240": lots,
        "30": st.integers(1, 99_999_999).map(str),
    }
)


@examples
@given(gtin=gtins, order=orders, values=part_values, count=st.integers(1, 6), marked=st.booleans())
def test_without_separators_no_wrong_lot_is_ever_called_certain(
    gtin: str, order: list[str], values: dict[str, str], count: int, marked: bool
) -> None:
    parts = [("01", gtin), *((code, values[code]) for code in order[:count])]
    truth = dict(parts)
    stripped = gs1_element_string(parts, today=TODAY).replace("\x1d", "")
    reading = read(("]d2" if marked else "") + stripped, today=TODAY)
    if reading.state is ReadState.COMPLETE:
        assert (reading.lot, reading.serial) == (truth.get("10"), truth.get("21"))
    elif reading.state is ReadState.AMBIGUOUS and reading.lot is not None:
        assert reading.lot == truth.get("10")
