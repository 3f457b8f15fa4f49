"""The rhythm that makes a scan."""

import pytest

from app.ui.scan_burst import Burst, ScanTiming


def burst_of(text: str, gap: float, timing: ScanTiming | None = None) -> Burst:
    burst = Burst(timing or ScanTiming())
    for place, letter in enumerate(text):
        burst.add(letter, 100 + place * gap)
    return burst


@pytest.mark.parametrize(
    ("text", "gap", "is_scan"),
    [("123456", 0, True), ("123456", 34, True), ("123456", 35, False), ("12345", 1, False), ("", 0, False)],
)
def test_length_and_rhythm_decide(text, gap, is_scan):
    assert burst_of(text, gap).is_scan() is is_scan


def test_a_pause_of_the_longest_gap_ends_a_burst():
    burst = burst_of("abc", 10)
    assert burst.could_go_on(199)
    assert not burst.could_go_on(200)
    assert burst.is_under_way(199)


def test_nothing_is_under_way_before_the_first_letter():
    burst = Burst(ScanTiming())
    assert burst.could_go_on(0)
    assert not burst.is_under_way(0)


def test_an_empty_key_changes_nothing():
    burst = burst_of("abc", 10)
    burst.add("", 500)
    assert burst.capture("silence").longest_gap_ms == 10


def test_a_prefix_alone_is_no_scan():
    assert not burst_of("~", 1, ScanTiming(prefix="~")).is_scan()
    framed = burst_of("~7", 400, ScanTiming(prefix="~"))
    assert framed.is_scan()
    assert framed.capture("\r").text == "7"


def test_a_cleared_burst_starts_anew():
    burst = burst_of("123456", 1)
    burst.clear()
    assert (burst.text, burst.mean_gap_ms, burst.is_scan()) == ("", 0.0, False)
