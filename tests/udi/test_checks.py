import pytest

from app.udi import checks


@pytest.mark.parametrize(("body", "digit"), [("0950110153000", "3"), ("0123456", "5"), ("00000000000000000", "0")])
def test_the_gs1_check_digit_weighs_three_and_one_from_the_right(body: str, digit: str) -> None:
    assert checks.gs1_check_digit(body) == digit


def test_each_wrong_digit_of_a_gtin_is_found() -> None:
    good = "09501101530003"
    for position, digit in enumerate(good):
        for other in "0123456789".replace(digit, ""):
            assert not checks.is_valid_gtin(good[:position] + other + good[position + 1 :])


@pytest.mark.parametrize("text", ["", "1", "123456789", "0950110153000A", "０9501101530003", "²2345678901231"])
def test_a_gtin_is_ascii_digits_of_four_lengths(text: str) -> None:
    assert not checks.is_valid_gtin(text)


def test_the_model_number_ends_with_two_check_characters() -> None:
    # The example of GS1 General Specifications 7.9.5.
    assert checks.gmn_check_pair("1987654Ad4X4bL5ttr2310c") == "2K"


@pytest.mark.parametrize(
    ("text", "check"),
    [("+A123BJC5D6E71", "G"), ("+A123BJCMD6E79", "+"), ("+$$52001510X3+", " "), ("", "0")],
)
def test_mod_43_may_end_with_any_sign_even_a_blank(text: str, check: str) -> None:
    assert checks.mod43(text) == check


def test_mod_43_knows_no_small_letters() -> None:
    assert checks.mod43("+a123") is None


@pytest.mark.parametrize(
    ("body", "digit"),
    [
        ("MA.156.M0.100204.1335176", "4"),
        ("MA.156.M0.100472.1110331", "6"),
        ("MA.156.M0.100350.01004YA1001", "7"),
        ("MA.156.M0.100011.2cscp02", "3"),
        (".Ste002.M200206.L343432.D555555.E200228.V200307", "9"),
    ],
)
def test_the_ma_check_digit_agrees_with_printed_codes(body: str, digit: str) -> None:
    assert checks.ma_check_digit(body) == digit


def test_the_ma_check_digit_of_a_foreign_sign_is_unknown() -> None:
    assert checks.ma_check_digit("MA/156") is None
