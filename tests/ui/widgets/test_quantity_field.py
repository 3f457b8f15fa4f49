"""A quantity typed in pieces or packages: what it means stands under the field, and a wrong unit is said."""

import pytest

from app.core.actor import Bilingual
from app.core.packages import Level
from app.ui import language
from app.ui.widgets.quantity_field import QuantityField

LEVELS = (Level(Bilingual("件", "pc"), 1), Level(Bilingual("盒", "box"), 10), Level(Bilingual("箱", "case"), 100))


@pytest.fixture
def field(qtbot):
    field = QuantityField("数量", least=1)
    qtbot.addWidget(field)
    field.set_levels(LEVELS)
    return field


@pytest.mark.parametrize(
    ("typed", "number", "below"),
    [
        ("205", 205, "= 2 箱 5 件"),
        ("2箱", 200, "= 200 件"),
        ("1 case 1 box", 110, "= 110 件"),
        ("5", 5, "1 盒 = 10 件 · 1 箱 = 100 件"),
    ],
)
def test_what_is_typed_is_told_the_other_way_round(field, typed, number, below):
    field.set_value(typed)
    assert field._below.text() == below
    assert field.number() == number


@pytest.mark.parametrize("typed", ["2托", "", "1.5箱", "0箱"])
def test_a_unit_nobody_knows_is_refused_with_those_there_are(field, typed):
    field.set_value(typed)
    assert field.number() is None
    assert field.error()
    assert "1 箱 = 100 件" in field.error() or typed == "0箱"


def test_the_meaning_follows_the_language_and_the_product(field):
    field.set_number(210)
    language.switch_language("en")
    field.set_number(210)
    assert field._below.text() == "= 2 case 1 box"
    field.set_levels(LEVELS[:1])
    assert field._below.text() == ""
    assert field.number() == 210
