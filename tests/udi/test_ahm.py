import pytest

from app.udi.reader import read
from app.udi.reading import Agency, ReadState
from tests.udi.strategies import TODAY


@pytest.mark.parametrize("mark", ["BA", "BN", "*BA", "*BN"])
def test_a_code_is_read_but_never_called_complete(mark: str) -> None:
    reading = read(f"MF1234567890123{mark}20220117*SN0001*MD220117*ED240116*PL1", today=TODAY)
    assert (reading.agency, reading.state) == (Agency.AHM, ReadState.PARTIAL)
    assert (reading.di, reading.lot, reading.serial) == ("MF1234567890123", "20220117", "0001")
    assert (reading.production_text, reading.expiry_text) == ("2022-01-17", "2024-01-16")
    assert reading.problems[0].kind == "unofficial_format"
    assert all(reading.raw.startswith(each.value, each.position) for each in reading.elements)


def test_an_identifier_alone_and_empty_segments_are_read() -> None:
    assert read("MF123456", today=TODAY).di == "MF123456"
    reading = read("MF123456*BN*SN", today=TODAY)
    assert (reading.lot, reading.serial) == (None, None)


def test_of_expiry_and_best_before_the_earlier_counts() -> None:
    reading = read("MF123456*ED20240116*BD20240115", today=TODAY)
    assert reading.expiry_text == "2024-01-15"


@pytest.mark.parametrize("tail", ["*MD2201", "*ED240231", "*BDX"])
def test_a_bad_date_is_named(tail: str) -> None:
    assert read(f"MF123456{tail}", today=TODAY).problems[1].kind == "bad_date"


@pytest.mark.parametrize("raw", ["MF", "MF12345", "MFABC123456", "MF123456*XX1", "MF123456789012345"])
def test_another_maker_s_text_is_not_taken_for_it(raw: str) -> None:
    assert read(raw, today=TODAY).agency is Agency.UNKNOWN


def test_a_long_hostile_text_is_answered_at_once() -> None:
    assert read("MF123456" + "BA" * 4000 + "*X", today=TODAY).agency is Agency.UNKNOWN
