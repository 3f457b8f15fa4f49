"""Looking through a text in slices finds what looking through the whole finds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.notices import slices
from app.notices.reader import read_notice
from app.notices.tokens import flatten

PATTERN = re.compile(r"(?<![a-z])ab+(?=c)|\d{2,4}")


@given(text=st.text(alphabet="abc1 2", max_size=120), size=st.integers(8, 40))
def test_slices_hide_no_match_and_show_none_twice(text, size):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slices, "SLICE", size)
        found = [match.span() for match in slices.finds(PATTERN, text)]
        assert found == [match.span() for match in PATTERN.finditer(text)]
        assert (slices.first(PATTERN, text) is None) == (not found)


def test_a_long_text_reads_as_a_short_one():
    lots = [f"A{number:06d}" for number in range(20_000)]
    text = "REF: CVC-1\nLots: " + "、".join(lots)
    assert len(text) > 2 * slices.SLICE
    assert flatten(text) == "".join(flatten(letter) for letter in text)
    (found,) = (one for one in read_notice(text).clauses if one.key.value == "lot")
    assert found.values == tuple(lots)
