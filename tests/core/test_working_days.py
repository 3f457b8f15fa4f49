"""Working days of China, checked against dates counted by hand in the calendars of 2025 and 2026."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.deadlines import deadlines, launch_by, recall_clocks
from app.core.statuses.recall import RecallClass
from app.core.working_days import add_working_days, calendar

CHINA = calendar("holidays_cn")


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2025-01-24", 1, "2025-01-26"),  # a Sunday worked before the Spring Festival
        ("2025-01-24", 5, "2025-02-07"),
        ("2025-04-30", 1, "2025-05-06"),
        ("2025-09-30", 1, "2025-10-09"),
        ("2025-09-30", 10, "2025-10-21"),
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-05-08", 1, "2026-05-09"),  # a Saturday worked
        ("2026-09-18", 5, "2026-09-24"),
    ],
)
def test_working_days_skip_holidays_and_count_make_up_days(start, days, end):
    assert CHINA.add(date.fromisoformat(start), days) == date.fromisoformat(end)


@pytest.mark.parametrize("year", [2025, 2026])
def test_both_published_years_have_248_working_days(year):
    first = date(year, 1, 1)
    days = (first + timedelta(days=step) for step in range(365))
    assert sum(CHINA.is_working(day) for day in days) == 248
    assert CHINA.is_sure(first)
    assert not CHINA.is_sure(date(2027, 1, 1))


def test_a_working_day_ends_at_the_same_local_time():
    friday = datetime(2026, 3, 13, 20, 30, tzinfo=UTC)  # already Saturday in Shanghai
    assert add_working_days(friday, 1, "Asia/Shanghai", "holidays_cn") == datetime(2026, 3, 15, 20, 30, tzinfo=UTC)


def test_class_one_runs_by_the_hour_and_class_two_by_the_working_day():
    thursday = datetime(2026, 3, 12, 0, 0, tzinfo=UTC)
    first = deadlines(RecallClass.I, thursday, "Asia/Shanghai")
    second = deadlines(RecallClass.II, thursday, "Asia/Shanghai")
    assert (first.acknowledge_by - thursday, first.done_by - thursday) == (timedelta(hours=4), timedelta(hours=24))
    assert (second.acknowledge_by - thursday, second.done_by - thursday) == (timedelta(days=1), timedelta(days=5))
    assert first.version == recall_clocks()["version"]


def test_every_class_has_its_clocks():
    now = datetime(2026, 3, 12, tzinfo=UTC)
    for recall_class in RecallClass:
        limits = deadlines(recall_class, now, "Asia/Shanghai")
        assert now < limits.acknowledge_by < limits.done_by
        assert launch_by(recall_class, now, "Asia/Shanghai") > now
