"""Quantities in packaging levels: whatever is typed or said, the base units are the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.actor import Bilingual
from app.core.packages import Level, read_quantity, said, split

PIECE, BOX, CASE = (
    Level(Bilingual("件", "pc"), 1),
    Level(Bilingual("盒", "box"), 10),
    Level(Bilingual("箱", "case"), 100),
)
LEVELS = (PIECE, BOX, CASE)
SIZES = st.lists(st.integers(2, 2000), min_size=1, max_size=4, unique=True)


def levels(sizes: list[int]) -> tuple[Level, ...]:
    names = ("盒", "box"), ("箱", "case"), ("托", "pallet"), ("柜", "rack")
    return (PIECE, *(Level(Bilingual(*name), size) for name, size in zip(names, sorted(sizes), strict=False)))


@given(SIZES, st.integers(0, 10_000_000))
def test_packages_hold_exactly_the_base_units(sizes, quantity):
    parts = split(quantity, levels(sizes))
    assert sum(level.units * count for level, count in parts) == quantity
    assert all(count > 0 for _, count in parts)


@given(SIZES, st.integers(0, 10_000_000), st.sampled_from(["zh", "en"]))
def test_what_is_said_is_read_as_the_same_base_units(sizes, quantity, language):
    words = said(quantity, levels(sizes), language) or str(quantity)
    assert read_quantity(words, levels(sizes)) == quantity


@given(SIZES, st.lists(st.integers(0, 500), min_size=5, max_size=5))
def test_the_sum_of_the_parts_typed_is_what_is_read(sizes, counts):
    known = levels(sizes)
    typed = "+".join(f"{count}{level.name.zh}" for level, count in zip(known, counts, strict=False))
    assert read_quantity(typed, known) == sum(level.units * count for level, count in zip(known, counts, strict=False))


@pytest.mark.parametrize(
    ("typed", "units"),
    [
        ("205", 205), ("2箱5", 205), ("2 箱 5 件", 205), ("2 cases + 5 pcs", 205), ("2 Case 1 boxes", 210),
        ("１箱", 100), ("1,000", 1000), ("0", 0),
        ("", None), ("2 托", None), ("5 2箱", None), ("两箱", None), ("2箱-5", None), ("箱", None), ("1.5箱", None),
    ],
)  # fmt: skip
def test_quantities_as_people_type_them(typed, units):
    assert read_quantity(typed, LEVELS) == units


def test_a_number_below_the_smallest_package_says_it_all():
    assert (said(7, LEVELS, "zh"), said(110, LEVELS, "en"), said(5, (), "zh")) == ("", "1 case 1 box", "")
    assert split(5, ()) == []
