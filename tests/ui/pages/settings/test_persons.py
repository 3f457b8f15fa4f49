"""The tab of persons: a badge is scanned there, and from then on fills in the name at the locked screen."""

import pytest

from app.queries.persons import persons
from app.queries.reader import Reader
from app.ui.language import switch_language
from tests.ui.desks import PASSWORD, open_stage


@pytest.fixture
def stage(database, tmp_path, qapp):
    stage = open_stage(database, tmp_path, qapp)
    yield stage
    stage.close()


def row_of(stage, login):
    return next(row for row in Reader(stage.hospital.database).fetch(persons) if row.login == login)


def scan(stage, raw):
    stage.desk.take_scan(raw)
    stage.settle()


def press(stage, button):
    button.click()
    stage.settle()


def test_a_badge_that_is_registered_fills_in_the_name_and_the_password_is_typed(stage):
    stage.enter("the_security_admin")
    tab = stage.desk.window.open_page("settings", "persons").persons
    stage.settle()
    tab._choose(row_of(stage, "the_buyer"))
    scan(stage, "10042")
    assert (tab.badge.value(), "10042" in tab.message.text()) == ("10042", True)
    switch_language("en")
    stage.settle()
    assert tab.badge.value() == "10042", "what is typed survives a language switch"
    press(stage, tab.save)
    assert row_of(stage, "the_buyer").badge == "10042", "a badge alone is no grant and takes no signature"
    tab._choose(row_of(stage, "the_auditor"))
    tab.badge.set_value("10042")
    press(stage, tab.save)
    assert "The_Buyer" in tab.message.text()
    assert row_of(stage, "the_auditor").badge == ""
    tab._choose(None)
    scan(stage, "10042")
    assert tab.login.value() == "the_buyer", "a known badge opens its person"
    scan(stage, "06999999012016")
    assert stage.desk.window.current_key() != "settings" or tab.badge.value() == "10042"

    stage.desk.lock()
    stage.settle()
    view = stage.desk.sign_in_view
    scan(stage, "10042")
    assert (view.login.value(), view.password.value()) == ("the_buyer", "")
    view.password.set_value(PASSWORD)
    view.place.set_value(str(stage.hospital.places["icu"]))
    press(stage, view.button)
    assert stage.desk.seat.actor.login == "the_buyer"


def test_a_badge_goes_along_with_a_grant_and_nobody_else_gives_one(stage):
    stage.enter("the_security_admin")
    tab = stage.desk.window.open_page("settings", "persons").persons
    stage.settle()
    press(stage, tab.fresh)
    for field, value in ((tab.login, "new"), (tab.name_zh, "新人"), (tab.password, "Right-Kettle-9")):
        field.set_value(value)
    scan(stage, "PK7")
    tab.own.set_value(PASSWORD)
    press(stage, tab.save)
    assert row_of(stage, "new").badge == "PK7"
    stage.desk.leave()
    stage.enter("the_storekeeper")
    tab = stage.desk.window.open_page("settings", "persons").persons
    stage.settle()
    scan(stage, "PK8")
    assert (tab.badge.isEnabled(), tab.badge.value()) == (False, "")
