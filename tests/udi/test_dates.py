from datetime import date

import pytest

from app.udi import dates


@pytest.mark.parametrize(
    ("two_digits", "this_year", "year"),
    [
        (26, 2026, 2026),
        (76, 2026, 2076),
        (77, 2026, 1977),
        (99, 2026, 1999),
        (0, 2026, 2000),
        (50, 2000, 2050),
        (51, 2000, 1951),
        (10, 2060, 2110),
        (11, 2060, 2011),
        (11, 2061, 2111),
    ],
)
def test_the_century_of_two_digits_slides_with_the_year(two_digits: int, this_year: int, year: int) -> None:
    found = dates.full_year(two_digits, this_year)
    assert found % 100 == two_digits
    assert -49 <= found - this_year <= 50
    assert found == year


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("250704", date(2025, 7, 4)),
        ("240200", date(2024, 2, 29)),
        ("250200", date(2025, 2, 28)),
        ("000229", date(2000, 2, 29)),
        ("251301", None),
        ("251300", None),
        ("250001", None),
        ("250230", None),
    ],
)
def test_day_zero_is_the_last_of_the_month(text: str, day: date | None) -> None:
    assert dates.yymmdd(text, 2026) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20015", date(2020, 1, 15)),
        ("28366", date(2028, 12, 31)),
        ("27366", None),
        ("27000", None),
        ("27999", None),
    ],
)
def test_days_of_the_year_end_with_the_year(text: str, day: date | None) -> None:
    assert dates.yyjjj(text, 2026) == day


def test_eight_digits_say_the_whole_year() -> None:
    assert dates.yyyymmdd("20260312") == date(2026, 3, 12)
    assert dates.yyyymmdd("00000101") is None
