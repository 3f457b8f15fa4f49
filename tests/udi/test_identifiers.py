import re

import pytest

from app.udi.identifiers import Fault, identifier_at, identifiers
from app.udi.linters import LINTERS

THIS_YEAR = 2026


def test_the_table_holds_all_entries_of_the_dictionary() -> None:
    table = identifiers()
    assert len(table) == 541
    assert {"00", "01", "03", "10", "17", "235", "310", "3103", "7003", "8013", "99"} & set(table) == {
        "00", "01", "03", "10", "17", "235", "3103", "7003", "8013", "99",
    }  # fmt: skip


def test_the_first_two_digits_decide_the_length_of_an_identifier() -> None:
    lengths: dict[str, set[int]] = {}
    for code in identifiers():
        lengths.setdefault(code[:2], set()).add(len(code))
    assert all(len(each) == 1 for each in lengths.values())


def test_every_content_check_of_the_table_exists() -> None:
    for identifier in identifiers().values():
        for part in identifier.parts:
            assert set(part.checks) <= set(LINTERS), identifier.code


@pytest.mark.parametrize(("text", "code"), [("0109", "01"), ("7003", "7003"), ("2351", "235"), ("31031", "3103")])
def test_an_identifier_is_found_at_a_position(text: str, code: str) -> None:
    found = identifier_at("xx" + text, 2)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", ["", "0", "18", "3106000000", "7", "AB", "707072", "29"])
def test_what_is_no_identifier_is_none(text: str) -> None:
    assert identifier_at(text, 0) is None


def test_exclusions_are_unfolded_and_never_hit_the_identifier_itself() -> None:
    table = identifiers()
    assert table["3103"].never == {"3100", "3101", "3102", "3104", "3105"}
    assert table["01"].never == {"255", "37"}
    assert table["8026"].never == {"02", "03", "8006"}


@pytest.mark.parametrize(
    ("code", "value", "fault"),
    [
        ("01", "09501101530003", None),
        ("01", "09501101530004", Fault("bad_check_digit", 0)),
        ("01", "0950110153000", Fault("bad_length", 13)),
        ("01", "0950110153000A", Fault("bad_character", 13)),
        ("01", "", Fault("missing_value", 0)),
        ("10", "A" * 20, None),
        ("10", "A" * 21, Fault("too_long", 20)),
        ("10", "AB C", Fault("bad_character", 2)),
        ("10", "AB#C", Fault("bad_character", 2)),
        ("17", "250230", Fault("bad_date", 0)),
        ("17", "250200", None),
        ("00", "006141411234567890", None),
        ("242", "1234567", Fault("too_long", 6)),
        ("253", "9521141111117", Fault("bad_check_digit", 0)),
        ("253", "1231231231232TEST", None),
        ("255", "1231231231232", None),
        ("401", "GINC2025", Fault("bad_value", 0)),
        ("401", "12", Fault("bad_value", 0)),
        ("420", "5 6", Fault("bad_character", 1)),
        ("421", "5286", None),
        ("421", "528", Fault("bad_length", 3)),
        ("422", "528", None),
        ("422", "999", Fault("bad_value", 0)),
        ("423", "528156840", None),
        ("423", "528000", Fault("bad_value", 3)),
        ("3912", "97812345", None),
        ("3912", "12312345", Fault("bad_value", 0)),
        ("4300", "A%20B", None),
        ("4300", "A%2", Fault("bad_value", 0)),
        ("4307", "CN", None),
        ("4307", "ZZ", Fault("bad_value", 0)),
        ("4309", "18000000003600000000", None),
        ("4309", "18000000013600000000", Fault("bad_value", 0)),
        ("4309", "18000000003600000001", Fault("bad_value", 10)),
        ("4321", "2", Fault("bad_value", 0)),
        ("4324", "2501012400", Fault("bad_date", 6)),
        ("4330", "001234-", None),
        ("4330", "001234+", Fault("bad_value", 6)),
        ("7003", "2507041305", None),
        ("7003", "2507001305", Fault("bad_date", 0)),
        ("7003", "2507042405", Fault("bad_date", 6)),
        ("7007", "211225211231", None),
        ("7007", "2112252", Fault("bad_length", 7)),
        ("7030", "999ABC", None),
        ("7040", "1ABC", None),
        ("7040", "1AB/", Fault("bad_value", 3)),
        ("7041", "PX", None),
        ("7241", "11", Fault("bad_value", 0)),
        ("7241", "80", None),
        ("7250", "20250230", Fault("bad_date", 0)),
        ("7252", "3", Fault("bad_value", 0)),
        ("7258", "2/3", None),
        ("7258", "3/2", Fault("bad_value", 0)),
        ("7258", "2-3", Fault("bad_value", 0)),
        ("8001", "12341234512398", None),
        ("8001", "00001234512398", Fault("bad_value", 0)),
        ("8001", "12341234512328", Fault("bad_value", 12)),
        ("8003", "02112345678900ABC", None),
        ("8003", "12112345678900ABC", Fault("bad_value", 0)),
        ("8006", "123456789012310102", None),
        ("8006", "123456789012310302", Fault("bad_value", 14)),
        ("8007", "GB82WEST12345698765432", None),
        ("8007", "GB82WEST12345698765433", Fault("bad_value", 0)),
        ("8007", "gb82WEST12345698765432", Fault("bad_value", 0)),
        ("8008", "25070413", None),
        ("8008", "250704130559", None),
        ("8008", "250704136059", Fault("bad_date", 8)),
        ("8008", "250704130560", Fault("bad_date", 10)),
        ("8008", "25070424", Fault("bad_date", 6)),
        ("8011", "012", Fault("bad_value", 0)),
        ("8013", "1987654Ad4X4bL5ttr2310c2K", None),
        ("8013", "1987654Ad4X4bL5ttr2310c2L", Fault("bad_check_digit", 0)),
        ("8013", "2K", Fault("bad_check_digit", 0)),
        ("8110", "106141416543213150110120", None),
    ],
)
def test_a_value_is_judged_part_by_part(code: str, value: str, fault: Fault | None) -> None:
    assert identifiers()[code].fault(value, THIS_YEAR) == fault


def test_shapes_know_their_shortest_and_longest_value() -> None:
    table = identifiers()
    assert (table["253"].least, table["253"].most) == (13, 30)
    assert (table["10"].least, table["10"].most) == (1, 20)
    assert re.fullmatch(table["30"].pattern, "12345678")
