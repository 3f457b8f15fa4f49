"""Form fields: what a person typed stays, what is wrong stands under it."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from app.ui.language import spoken, switch_language
from app.ui.widgets.fields import AreaField, ComboField, DateField, NumberField, Option, SecretField, TextField

PLACES = (Option("icu", "ICU"), Option("er", spoken("widgets.cancel")), Option("or", "Theatre"))


@pytest.fixture
def show(qtbot):
    def shown(field):
        qtbot.addWidget(field)
        field.show()
        return field

    return shown


def test_an_error_stands_under_the_field_until_a_person_corrects_it(show, qtbot):
    field = show(TextField("Lot", hint="as printed"))
    field.set_value("25O9A17")
    field.set_error("The letter O is not a zero.")
    assert field.error() == "The letter O is not a zero."
    assert field.entry.accessibleDescription() == "The letter O is not a zero."
    assert field.value() == "25O9A17"
    edited = []
    field.edited.connect(lambda: edited.append(field.error()))
    qtbot.keyClicks(field.entry, "x")
    assert edited == [""]
    assert field.entry.accessibleDescription() == "as printed"


def test_enter_is_told_with_the_value(show, qtbot):
    field = show(TextField("Lot", mono=True, icon="search", placeholder="lot"))
    entered = []
    field.entered.connect(entered.append)
    qtbot.keyClicks(field.entry, " 2509A17 ")
    qtbot.keyClick(field.entry, Qt.Key.Key_Return)
    assert entered == ["2509A17"]


def test_a_password_is_neither_shown_nor_trimmed(show):
    field = show(SecretField("Password"))
    field.set_value(" secret ")
    assert field.value() == " secret "
    assert field.entry.displayText() == "●" * 8


@pytest.mark.parametrize(("typed", "number"), [("24", 24), ("1,240", 1240), ("1，240", 1240), ("0", 0)])
def test_a_number_is_read(show, typed, number):
    field = show(NumberField("Count", most=2000))
    field.set_value(typed)
    assert (field.number(), field.error()) == (number, "")


@pytest.mark.parametrize("typed", ["", "24个", "-1", "2.5", "2001"])
def test_what_is_no_number_is_explained_at_the_field(show, typed):
    field = show(NumberField("Count", most=2000))
    field.set_value(typed)
    assert field.number() is None
    assert field.error()
    field.set_number(None)
    assert field.value() == ""


def test_a_month_becomes_its_last_day_and_says_so(show, qtbot):
    field = show(DateField("Expiry"))
    qtbot.keyClicks(field.entry, "2028-12")
    qtbot.keyClick(field.entry, Qt.Key.Key_Return)
    assert field.day() == date(2028, 12, 31)
    assert field.value() == "2028-12-31"
    assert "2028-12-31" in field.entry.accessibleDescription()


def test_an_unreadable_date_stays_and_is_explained(show, qtbot):
    field = show(DateField("Expiry"))
    qtbot.keyClicks(field.entry, "soon")
    assert field.day() is None
    assert (field.value(), bool(field.error())) == ("soon", True)
    field.set_day(date(2030, 1, 2))
    assert field.day() == date(2030, 1, 2)
    field.set_day(None)
    field.set_error("")
    assert (field.day(), field.error()) == (None, "")


def test_a_choice_is_told_only_when_a_person_makes_it(show, qtbot):
    field = show(ComboField("Place", PLACES, icon="pin", placeholder="choose"))
    told = []
    field.chosen.connect(told.append)
    assert field.value() == ""
    field.set_value("icu")
    assert (field.value(), told) == ("icu", [])
    qtbot.keyClick(field.combo, Qt.Key.Key_Down)
    assert (field.value(), told) == ("er", ["er"])


def test_new_options_keep_the_choice_that_is_still_there(show):
    field = show(ComboField("Place", PLACES))
    field.set_value("or")
    field.set_options(PLACES[1:])
    assert field.value() == "or"
    field.set_options(PLACES[:2])
    assert field.value() == ""


def test_the_options_follow_the_language(show, qtbot):
    field = show(ComboField(spoken("widgets.undo"), PLACES))
    field.set_value("er")
    field.set_error(spoken("widgets.sign.password_missing"))
    switch_language("en")
    qtbot.waitUntil(lambda: field.combo.currentText() == "Cancel")
    assert field.combo.accessibleName() == "Undo"
    assert field.combo.accessibleDescription().startswith("Type the signer")
    field.grab()


def test_the_wheel_turns_a_choice_only_with_the_focus(show):
    field = show(ComboField("Place", PLACES))
    field.set_value("icu")
    where = QPointF(10, 10)
    wheel = QWheelEvent(
        where,
        where,
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field.combo, wheel)
    assert field.value() == "icu"


def test_a_longer_text_has_its_error_too(show, qtbot):
    field = show(AreaField("Reason", rows=2, placeholder="why"))
    field.set_error("Write the reason.")
    qtbot.keyClicks(field.area, "seal broken ")
    assert (field.value(), field.error()) == ("seal broken", "")


def test_tab_leaves_a_longer_text(show, qtbot):
    field = show(AreaField("Reason"))
    qtbot.keyClick(field.area, Qt.Key.Key_Tab)
    assert field.value() == ""
