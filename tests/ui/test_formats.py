"""What numbers, dates and spans look like, and which dates can be typed."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui import formats

NOW = datetime(2026, 3, 12, 8, 40, tzinfo=UTC)
CHINA = timezone(timedelta(hours=8))


@pytest.mark.parametrize(("value", "shown"), [(0, "0"), (1240, "1,240"), (-1, "−1"), (-12345, "−12,345"), (None, "—")])
def test_numbers_have_thousands_and_a_true_minus(value, shown):
    assert formats.number(value) == shown


def test_a_movement_shows_its_sign():
    assert [formats.number(n, signed=True) for n in (44, 0, -20)] == ["+44", "0", "−20"]


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(904, 1240, "72.9 %"), (1240, 1240, "100 %"), (9999, 10000, "99.9 %"), (0, 5, "0.0 %"), (1, 0, "—")],
)
def test_a_share_is_only_whole_when_nothing_is_missing(part, whole, shown):
    assert formats.percent(part, whole) == shown


def test_moments_are_shown_in_the_time_of_the_site():
    assert formats.moment(NOW, CHINA) == "2026-03-12 16:40"
    assert formats.moment(None) == "—"
    assert formats.day(date(2028, 8, 31)) == "2028-08-31"
    assert formats.day(None) == "—"


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (NOW - timedelta(hours=2), "14:40"),
        (NOW - timedelta(days=3), "03-09 16:40"),
        (NOW - timedelta(days=300), "2025-05-16 16:40"),
        (None, "—"),
    ],
)
def test_a_near_moment_leaves_out_what_goes_without_saying(moment, shown):
    assert formats.short_moment(moment, NOW, CHINA) == shown


@pytest.mark.parametrize(
    ("minutes", "zh", "en"),
    [
        (0, "0 分", "0 min"),
        (12, "12 分", "12 min"),
        (125, "2 时 05 分", "2 h 05"),
        (27 * 60, "1 天 3 时", "1 d 3 h"),
        (48 * 60, "2 天", "2 d"),
        (6 * 1440 + 700, "6 天", "6 d"),
    ],
)
def test_a_span_has_two_parts_at_most(minutes, zh, en):
    length = timedelta(minutes=minutes, seconds=59)
    assert (formats.span(length, "zh"), formats.span(length, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("minutes", "zh", "en"),
    [
        (125, "剩 2 时 05 分", "2 h 05 left"),
        (0, "剩 0 分", "0 min left"),
        (-1, "逾期 1 分", "1 min overdue"),
        (-320, "逾期 5 时 20 分", "5 h 20 overdue"),
    ],
)
def test_a_deadline_says_what_is_left_or_by_how_much_it_has_passed(minutes, zh, en):
    due = NOW + timedelta(minutes=minutes)
    assert (formats.time_left(due, NOW, "zh"), formats.time_left(due, NOW, "en")) == (zh, en)


@pytest.mark.parametrize(
    "words",
    [
        "2028-12-31",
        "2028/12/31",
        "2028.12.31",
        "20281231",
        "281231",
        "28-12-31",
        "２０２８１２３１",
        " 2028年12月31日 ",
    ],
)
def test_a_day_can_be_typed_in_any_usual_way(words):
    assert formats.typed_date(words) == formats.TypedDate(date(2028, 12, 31))


@pytest.mark.parametrize("words", ["2028-2", "2028-02", "2028/2", "202802", "2802", "280200", "2028年2月", "20280200"])
def test_a_month_alone_means_its_last_day(words):
    assert formats.typed_date(words) == formats.TypedDate(date(2028, 2, 29), is_month_only=True)


@pytest.mark.parametrize(
    "words", ["", "tomorrow", "2028", "2028-13", "2028-02-30", "281332", "2813", "1", "2028-", "12345", "２０２８"]
)
def test_what_is_no_date_is_refused(words):
    with pytest.raises(ValueError):  # noqa: PT011 the message is the field's, not the parser's
        formats.typed_date(words)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back_as_it_was_written(day):
    for words in (day.isoformat(), day.strftime("%Y%m%d"), day.strftime("%y%m%d")):
        assert formats.typed_date(words).day == day
