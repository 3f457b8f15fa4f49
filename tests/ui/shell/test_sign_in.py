"""Signing in by badge, by number, or from a list."""

import pytest
from PySide6.QtCore import Qt

from app.ui import theme
from app.ui.language import switch_language
from app.ui.shell.sign_in import SignInView
from app.ui.widgets.fields import Option

PLACES = (Option("icu", "ICU"), Option("store", "Store 2"))


@pytest.fixture
def view(qtbot):
    view = SignInView()
    qtbot.addWidget(view)
    view.entries = []
    view.submitted.connect(lambda *parts: view.entries.append(parts))
    view.set_places(PLACES, "store")
    view.resize(1366, 768)
    view.show()
    return view


def test_number_password_and_enter(view, qtbot):
    qtbot.keyClicks(view.login.entry, "N20417")
    qtbot.keyClicks(view.password.entry, "secret ")
    qtbot.keyClick(view.password.entry, Qt.Key.Key_Return)
    assert view.entries == [("N20417", "secret ", "store")]


def test_what_is_left_out_is_said_at_its_field_and_the_rest_stays(view, qtbot):
    view.set_places(PLACES)
    view.place.set_value("")
    qtbot.keyClicks(view.login.entry, "N20417")
    qtbot.mouseClick(view.button, Qt.MouseButton.LeftButton)
    assert view.entries == []
    assert (view.login.error(), bool(view.password.error()), bool(view.place.error())) == ("", True, True)
    assert view.login.value() == "N20417"


def test_a_refusal_stands_at_its_field(view):
    view.login.set_value("N20417")
    view.set_busy(True)
    assert not view.button.isEnabled()
    view.refuse("password", "The password is wrong.")
    assert view.password.error() == "The password is wrong."
    assert view.button.isEnabled()
    view.refuse("login", "Nobody has this number.")
    assert view.login.error() == "Nobody has this number."


def test_two_persons_on_one_computer_choose_from_a_list(view, qtbot):
    view.set_people((Option("zhou", "Zhou Min"), Option("wang", "Wang Ke")))
    assert not view.login.isVisible()
    view.button.click()
    assert view.person.error()
    view.person.set_value("wang")
    view.password.set_value("secret")
    view.button.click()
    assert view.entries == [("wang", "secret", "store")]
    view.set_people(())
    assert view.login.isVisible()


def test_a_badge_is_enough(view):
    badges = []
    view.badge_scanned.connect(badges.append)
    assert view.take_scan("RD:PERSON:7")
    assert badges == ["RD:PERSON:7"]


def test_one_place_needs_no_choice(view):
    view.set_places(PLACES[:1])
    assert view.place.value() == "icu"
    view.set_places(())
    view.login.set_value("N1")
    view.password.set_value("x")
    view.button.click()
    assert view.entries == [("N1", "x", "")]


def test_the_view_follows_language_and_theme(view, qtbot, qapp):
    asked = []
    view.language_chosen.connect(asked.append)
    qtbot.mouseClick(view.tongue, Qt.MouseButton.LeftButton)
    assert asked == ["en"]
    switch_language("en")
    qtbot.waitUntil(lambda: view.button.words() == "Sign in")
    qtbot.waitUntil(lambda: view.windowTitle() == "RecallDesk")
    view.set_foot("SQLite, version 0.1", "ok")
    theme.apply(qapp, dark=True)
    image = view.grab().toImage()
    assert image.pixelColor(1300, 600) == theme.load("dark").colour("surface")
