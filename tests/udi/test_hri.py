import pytest

from app.udi.reader import read
from app.udi.reading import ReadState
from tests.udi.strategies import TODAY


def pairs(raw: str) -> list[tuple[str, str]]:
    return [(each.ai, each.value) for each in read(raw, today=TODAY).elements]


def test_brackets_are_not_part_of_the_data() -> None:
    reading = read("(01)09501101530003(17)250704(10)AB12(21)S1", today=TODAY)
    assert reading.state is ReadState.COMPLETE
    assert (reading.di, reading.lot, reading.serial, reading.expiry_text) == (
        "09501101530003",
        "AB12",
        "S1",
        "2025-07-04",
    )
    assert [each.position for each in reading.elements] == [4, 22, 32, 40]


def test_a_lot_may_hold_brackets_of_its_own() -> None:
    assert read("(01)09501101530003(10)AB(C)D(17)250704", today=TODAY).lot == "AB(C)D"
    assert read("(10)12345\\(", today=TODAY).lot == "12345("
    assert read("(10)12\\(17\\)", today=TODAY).lot == "12(17)"


@pytest.mark.parametrize(
    ("raw", "problems"),
    [
        ("(10)(17)250704", [("missing_value", 4)]),
        ("(10)12345(11)", [("missing_value", 13)]),
        ("(12345)12345", [("unknown_ai", 0)]),
        ("(10)AB(55)C", [("unknown_ai", 6)]),
        ("(1A)12345", [("unknown_ai", 0)]),
        ("()12345", [("unknown_ai", 0)]),
        ("(", [("unknown_ai", 0)]),
        ("(15", [("unknown_ai", 0)]),
        ("( 01)09501101530003(10)A", [("unknown_ai", 0)]),
        ("(10)abc 12", [("bad_character", 7)]),
        ("(01)095011015300032(10)A", [("too_long", 18)]),
        ("(17)9(90)217", [("bad_length", 5)]),
    ],
)
def test_faults_have_a_place(raw: str, problems: list[tuple[str, int]]) -> None:
    reading = read(raw, today=TODAY)
    assert [(each.kind, each.position) for each in reading.problems] == problems
    assert reading.state is not ReadState.COMPLETE


def test_blanks_and_lines_between_the_elements_do_not_matter() -> None:
    reading = read("(01) 09501101530003\n(17) 250704\r\n(10) AB12", today=TODAY)
    assert reading.state is ReadState.COMPLETE
    assert reading.lot == "AB12"
    assert {each.kind for each in reading.problems} == {"blanks"}
    assert reading.elements[0].position == 5


@pytest.mark.parametrize("raw", ["{01}09501101530003{10}AB", "[01]09501101530003[10]AB"])
def test_other_brackets_are_read_and_reported(raw: str) -> None:
    reading = read(raw, today=TODAY)
    assert (reading.di, reading.lot) == ("09501101530003", "AB")
    assert reading.state is ReadState.COMPLETE
    assert [each.kind for each in reading.problems] == ["odd_brackets"]


def test_brackets_inside_a_symbol_are_a_fault_of_the_label() -> None:
    reading = read("]C1(01)09501101530003(10)AB", today=TODAY)
    assert (reading.di, reading.lot) == ("09501101530003", "AB")
    assert reading.state is ReadState.PARTIAL
    assert reading.problems[-1].kind == "brackets_encoded"
