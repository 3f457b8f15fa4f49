"""Lots that a person is shown because they look alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.notices.lots import LookAlike, look_alikes, lot_skeleton


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("1441871", "0001441871", "leading_zeros"),
        ("A0125", "AO125", "skeleton"),
        ("AB-12", "AB12", "skeleton"),
        ("АВ1234", "AB1234", "skeleton"),
        ("LOT123", "LOT124", "one_edit"),
        ("LOT123", "LOT1123", "one_edit"),
        ("LOT123", "LOT132", "swap"),
        ("LOT123", "LOT123-A7", "prefix"),
    ],
)
def test_a_look_alike_is_shown_with_its_reason(one: str, other: str, why: str) -> None:
    assert look_alikes(one, [other, "ZZZZZZZZ"]) == [LookAlike(other, why)]
    assert look_alikes(other, [one]) == [LookAlike(one, why)]


def test_the_same_lot_is_no_look_alike_of_itself() -> None:
    assert look_alikes("ab 12", ["AB12", "", "ＡＢ１２"]) == []
    assert look_alikes(" ", ["A"]) == []


@given(st.text(alphabet="ABIOSZ015826-/.", max_size=12))
def test_a_skeleton_is_stable(lot: str) -> None:
    assert lot_skeleton(lot_skeleton(lot)) == lot_skeleton(lot)
