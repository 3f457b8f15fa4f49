"""What a licence covers, as typed and as kept."""

import pytest

from app.core.licences import read_scope, scope_of, scope_words
from app.core.statuses.stock import ProductClass


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Ⅱ、Ⅲ类", "II,III"), ("iii", "III"), ("3,2", "II,III"), ("二类三类", "II,III"), ("I II III", "I,II,III"),
     ("", None), ("经营", None), ("IV", None), ("II, 6815", None)],
)  # fmt: skip
def test_a_scope_is_read_as_people_write_it(typed, kept):
    assert read_scope(typed) == kept


def test_only_classes_between_commas_make_a_scope():
    assert scope_of("II,III") == {ProductClass.II, ProductClass.III}
    assert scope_of(" III ") == {ProductClass.III}
    assert scope_of("") == scope_of("经营") == frozenset()
    assert scope_words([ProductClass.III, ProductClass.I]) == "I,III"
