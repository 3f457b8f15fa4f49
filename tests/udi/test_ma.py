import pytest

from app.udi.reader import read
from app.udi.reading import Agency, ReadState
from tests.udi.strategies import TODAY

DI = "MA.156.M0.100204.13351764"
WHOLE = "MA.156.M0.100350.01004YA10017.SLMSAGAAAC.M210628.LAY21062803.E220628.V220627.C3"


def kinds(raw: str) -> list[str]:
    return [each.kind for each in read(raw, today=TODAY).problems]


def test_all_segments_are_read() -> None:
    reading = read(WHOLE, today=TODAY)
    assert (reading.agency, reading.state, reading.problems) == (Agency.MA, ReadState.COMPLETE, ())
    assert reading.di == "MA.156.M0.100350.01004YA10017"
    assert (reading.serial, reading.lot) == ("LMSAGAAAC", "AY21062803")
    assert (reading.production_text, reading.expiry_text) == ("2021-06-28", "2022-06-27")
    assert all(reading.raw.startswith(each.value, each.position) for each in reading.elements)


def test_an_identifier_alone_is_complete() -> None:
    reading = read(DI, today=TODAY)
    assert (reading.state, reading.di) == (ReadState.COMPLETE, DI)


def test_valid_until_wins_over_the_failure_date() -> None:
    assert read(f"{DI}.E20270102", today=TODAY).expiry_text == "2027-01-02"
    assert read(f"{DI}.V270101.E270102", today=TODAY).expiry_text == "2027-01-01"
    assert kinds(f"{DI}.V270101.E270102") == []
    assert kinds(f"{DI}.V270101.E270301") == ["dates_differ"]
    assert kinds(f"{DI}.V270102.E270101") == ["dates_differ"]


def test_the_older_letter_for_production_is_known() -> None:
    assert read(f"{DI}.P20260101", today=TODAY).production_text == "2026-01-01"


def test_a_check_digit_that_public_rules_do_not_confirm_needs_a_person() -> None:
    reading = read("MA.156.M0.100204.13351765", today=TODAY)
    assert (reading.state, reading.di) == (ReadState.PARTIAL, "MA.156.M0.100204.13351765")
    assert kinds(reading.raw) == ["unconfirmed_check"]
    assert kinds(WHOLE[:-1] + "4") == ["unconfirmed_check"]


@pytest.mark.parametrize(
    "raw", ["MA.156.M0.100204.1335176", "MA.156", "MA.", "MA.156.M0.10020.13351764", "MA.156.M0.100204.13351764\n.L1"]
)
def test_without_a_sound_identifier_nothing_is_taken(raw: str) -> None:
    reading = read(raw, today=TODAY)
    assert reading.state is ReadState.REFUSED
    assert reading.di is None


@pytest.mark.parametrize(
    ("tail", "kind", "position"),
    [
        (".X123", "unknown_segment", 26),
        (".5", "unknown_segment", 26),
        (".", "unknown_segment", 26),
        (".L1.XY", "unknown_segment", 29),
        (".M2606.L1", "bad_date", 27),
        (".V260200", "bad_date", 27),
        (".V2O2602", "bad_date", 27),
        (".V20260230", "bad_date", 27),
        (".L1.L2", "duplicate_element", 30),
        (".L.S1", "missing_value", 27),
        (".L批", "bad_character", 27),
    ],
)
def test_damage_has_a_place_and_the_identifier_stays(tail: str, kind: str, position: int) -> None:
    reading = read(DI + tail, today=TODAY)
    assert (kind, position) in [(each.kind, each.position) for each in reading.problems]
    assert (reading.state, reading.di) == (ReadState.PARTIAL, DI)


def test_a_dot_before_a_digit_belongs_to_the_lot() -> None:
    reading = read(f"{DI}.L12.5a.V270101", today=TODAY)
    assert (reading.lot, reading.state) == ("12.5a", ReadState.COMPLETE)
    assert [(each.kind, each.position) for each in reading.problems] == [("dot_in_value", 29)]


def test_other_segments_are_kept_as_they_stand() -> None:
    reading = read(f"{DI}.D20260101.Y0123", today=TODAY)
    assert [(each.ai, each.value) for each in reading.elements[1:]] == [("D", "20260101"), ("Y", "0123")]
    assert reading.state is ReadState.COMPLETE


def test_the_xml_form_holds_the_same_fields() -> None:
    raw = f'<UDI IAC="MA"><DI>{DI}</DI><SN>A1</SN><MFG>2022-01-17</MFG><LOT>L-7</LOT><EXP>2023-01-16</EXP></UDI>'
    reading = read(raw, today=TODAY)
    assert (reading.agency, reading.state, reading.di) == (Agency.MA, ReadState.COMPLETE, DI)
    assert (reading.serial, reading.lot) == ("A1", "L-7")
    assert (reading.production_text, reading.expiry_text) == ("2022-01-17", "2023-01-16")
    assert all(raw.startswith(each.value, each.position) for each in reading.elements)


@pytest.mark.parametrize(
    "raw", ["<UDI>", "<UDI></UDI>", f"<UDI><DI>{DI}</DI><DI>{DI}</DI></UDI>", "<UDI><DI>MA.1</DI></UDI>"]
)
def test_other_xml_is_refused(raw: str) -> None:
    assert read(raw, today=TODAY).state is ReadState.REFUSED


def test_the_chinese_full_stop_is_a_dot() -> None:
    reading = read(DI.replace(".", "。"), today=TODAY)
    assert (reading.state, reading.di) == (ReadState.COMPLETE, DI)
    assert kinds(reading.raw) == ["full_width"]


def test_caps_lock_is_undone_where_it_is_certain() -> None:
    reading = read(WHOLE.replace("AY", "Ay").swapcase(), today=TODAY)
    assert (reading.lot, reading.problems[-1].kind) == ("Ay21062803", "case_inverted")
    lost = read(WHOLE.lower(), today=TODAY)
    assert lost.di == "MA.156.M0.100350.01004YA10017"
    assert (lost.state, lost.problems[-1].kind) == (ReadState.PARTIAL, "case_lost")


def test_another_issuer_is_not_taken_for_ma() -> None:
    assert read("MB.234.M0.123456.01234567", today=TODAY).agency is Agency.UNKNOWN
