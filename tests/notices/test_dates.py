"""Dates as notices print them."""

from datetime import date

import pytest

from app.notices.dates import order_of_region, order_within, readings

DAY = date(2028, 3, 30)
MONTH = (date(2026, 9, 1), date(2026, 9, 30))


ONE_DAY = [
    *("30-MAR-2028", "30 March 2028", "March 30, 2028", "2028-03-30", "2028/3/30", "2028.03.30", "2028年3月30日"),
    *("20280330", "280330", "30MAR2028", "03/30/2028", "30.03.2028", "Mar. 30th, 2028", "2028-Mar-30"),
]
ONE_MONTH = ["2026-09", "09/2026", "Sep-2026", "September 2026", "2026年9月", "Sep-26", "09/26"]
NO_DATE = ["", "2031581", "13/13/2025", "31-FEB-2025", "soon", "99/99", "2026-13", "may", "1/2/3/4"]


@pytest.mark.parametrize("printed", ONE_DAY)
def test_one_day_is_read_however_it_is_printed(printed: str) -> None:
    assert readings(printed) == ((DAY, DAY),)


@pytest.mark.parametrize(
    "printed", ["2026-09", "09/2026", "Sep-2026", "September 2026", "2026年9月", "Sep-26", "09/26"]
)
def test_a_month_lasts_to_its_last_day(printed: str) -> None:
    assert readings(printed) == (MONTH,)


def test_a_day_of_zero_is_the_whole_month() -> None:
    assert readings("260900") == (MONTH,)


def test_two_readings_are_kept_until_the_order_is_known() -> None:
    both = readings("12/04/2025")
    assert {one[0] for one in both} == {date(2025, 12, 4), date(2025, 4, 12)}
    assert readings("12/04/2025", "mdy") == (both[0],)
    assert readings("05/05/2025") == ((date(2025, 5, 5), date(2025, 5, 5)),)


@pytest.mark.parametrize(
    "printed", ["", "2031581", "13/13/2025", "31-FEB-2025", "soon", "99/99", "2026-13", "may", "1/2/3/4"]
)
def test_what_is_no_date_has_no_reading(printed: str) -> None:
    assert readings(printed) == ()


def test_other_dates_of_a_notice_prove_the_order() -> None:
    assert order_within(["05/27/2025", "04/10/2026"]) == "mdy"
    assert order_within(["27.05.2025"]) == "dmy"
    assert order_within(["05/27/2025", "27/05/2025"]) is None
    assert order_within(["2025-05-27"]) is None


def test_a_region_has_its_order() -> None:
    assert [order_of_region(one) for one in ("US", "cn", "HKG", None, "mars")] == ["mdy", "dmy", "dmy", None, None]
