"""A locked screen keeps what was typed for the same person, and for nobody else; it locks itself when left alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from app.services.signing_in import actor_of
from tests.ui.desks import PASSWORD, open_stage

WARD, OFFICE = timedelta(minutes=5), timedelta(minutes=15)
A_MOMENT = timedelta(seconds=1)


@pytest.fixture
def stage(sqlite_database, tmp_path, qapp):
    stage = open_stage(sqlite_database, tmp_path, qapp)
    yield stage
    stage.close()


def typed(stage):
    page = stage.desk.window.open_page("settings", "workstation")
    stage.settle()
    return page.workstation.old


def test_typed_work_waits_for_the_same_person_and_another_finds_a_clean_desk(stage):
    stage.enter("the_storekeeper")
    typed(stage).set_value("half a word")
    window = stage.desk.window
    stage.desk.lock()
    assert (stage.desk.window, window.isVisible(), stage.desk.seat.is_taken) == (None, False, False)
    stage.enter("the_storekeeper")
    assert stage.desk.window is window
    assert (window.isVisible(), window.current_key(), typed(stage).value()) == (True, "settings", "half a word")

    stage.desk.lock()
    stage.enter("the_quality_inspector")
    assert stage.desk.window is not window
    assert typed(stage).value() == ""
    stage.desk.leave()
    stage.enter("the_storekeeper")
    assert typed(stage).value() == ""


def test_who_signs_out_leaves_nothing(stage):
    stage.enter("the_storekeeper")
    typed(stage).set_value("half a word")
    stage.desk.leave()
    stage.enter("the_storekeeper")
    assert typed(stage).value() == ""


def test_who_has_only_a_wards_work_is_locked_out_as_soon_at_an_office_pc(stage):
    stage.enter("the_dept_liaison")
    stage.desk.seat.move_to(stage.hospital.places["store"])
    assert stage.desk.locking.idle.limit == WARD


@pytest.mark.parametrize(("place", "limit"), [("icu", WARD), ("store", OFFICE)])
def test_a_computer_left_alone_locks_itself_by_its_place(stage, clock, qtbot, place, limit):
    stage.enter("the_storekeeper")
    stage.desk.seat.move_to(stage.hospital.places[place])
    idle, window = stage.desk.locking.idle, stage.desk.window
    assert idle.limit == limit
    clock.advance(limit - A_MOMENT)
    idle.look()
    assert stage.desk.window is window
    qtbot.keyClick(window, Qt.Key.Key_Shift)
    clock.advance(limit - A_MOMENT)
    idle.look()
    stage.desk.take_scan("06999999012016")
    idle.touch()
    clock.advance(limit - A_MOMENT)
    idle.look()
    assert stage.desk.window is window
    clock.advance(A_MOMENT)
    idle.look()
    assert (stage.desk.window, stage.desk.sign_in_view.isVisible()) == (None, True)
    stage.enter("the_storekeeper")
    assert stage.desk.window is window


def test_a_password_from_another_hand_opens_one_page_until_it_is_changed(stage):
    with stage.hospital.database.reading() as session:
        actor = actor_of(session, stage.hospital.persons["the_storekeeper"])
    stage.desk.enter(replace(actor, must_change=True), actor.location_id)
    stage.settle()
    assert stage.desk.window.rail.keys() == ["settings"]
    assert stage.desk.window.current_key() == "settings"
    own = stage.desk.window.current_page().workstation
    for field, value in ((own.old, PASSWORD), (own.new, "Another-Horse-8"), (own.again, "Another-Horse-8")):
        field.set_value(value)
    own.change.click()
    stage.settle()
    doors = list(stage.desk.window.rail.keys())
    assert "receiving" in doors
    assert not stage.desk.seat.actor.must_change
