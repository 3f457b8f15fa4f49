"""How values are spoken inside a sentence, and what happens where a word is missing."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.clock import SimulatedClock, local_date, system_clock
from app.core.errors import AppError, NotFoundError
from app.core.permissions import Duty, NotEntitledError
from app.core.statuses.locks import LockLayer
from app.core.statuses.recall import RecallClass
from app.core.words import MissingWordError, catalogue, describe, spoken, status_table, status_text, text

NIGHT = datetime(2026, 3, 11, 17, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (True, "是", "yes"),
        (1234567, "1,234,567", "1,234,567"),
        (date(2028, 12, 31), "2028-12-31", "2028-12-31"),
        (["A1", "A2"], "A1、A2", "A1, A2"),
        ("plain", "plain", "plain"),
        (LockLayer.ON_HOLD, status_text(LockLayer.ON_HOLD, "zh"), status_text(LockLayer.ON_HOLD, "en")),
    ],
)
def test_values_are_spoken(value, zh, en):
    assert (spoken(value, "zh"), spoken(value, "en")) == (zh, en)


def test_moments_are_spoken_in_local_time():
    assert spoken(NIGHT, "en") == NIGHT.astimezone().strftime("%Y-%m-%d %H:%M")


def test_placeholders_are_filled_and_statuses_in_them_spoken():
    told = describe(NotEntitledError(duty=Duty.RECEIVE), "en")
    assert status_text(Duty.RECEIVE, "en") in told
    assert "{" not in told


@pytest.mark.parametrize(("units", "said"), [(1, "1 unit"), (0, "0 units"), (11, "11 units"), (1000, "1,000 units")])
def test_english_counts_one_thing_and_several(units, said, monkeypatch):
    monkeypatch.setitem(catalogue("en"), "tests.counted", "{units} {units:unit|units}")
    assert text("tests.counted", "en", units=units) == said
    assert text("tests.counted", "en", units=str(units) if units < 1000 else "1,000") == said


def test_a_missing_word_is_a_bug_and_names_the_key():
    with pytest.raises(MissingWordError, match=r"nothing\.here \[zh\]"):
        text("nothing.here", "zh")
    with pytest.raises(MissingWordError):
        catalogue("fr")


def test_a_status_table_is_named_after_its_class():
    assert status_table(LockLayer) == "lock_layer"
    assert status_table(RecallClass) == "recall_class"


def test_errors_carry_values_and_no_sentence():
    error = NotFoundError(number="RC-1")
    assert isinstance(error, AppError)
    assert (error.code, error.values) == ("not_found", {"number": "RC-1"})


def test_the_day_is_the_sites():
    assert local_date(NIGHT, "Asia/Shanghai") == date(2026, 3, 12)
    assert local_date(NIGHT, "UTC") == date(2026, 3, 11)


def test_a_simulated_clock_moves_only_when_told():
    clock = SimulatedClock(NIGHT)
    assert clock() == clock() == NIGHT
    clock.advance(timedelta(hours=1))
    assert clock() - NIGHT == timedelta(hours=1)
    assert system_clock().tzinfo is UTC
