"""At a locked screen a box is checked, a badge names its person, and nothing is recorded."""

import pytest
from PySide6.QtCore import Qt

from app.models.persons import Person
from app.models.refusals import OutOfReachError
from app.models.stock import Movement
from app.services.holding import HoldingService, Lot
from app.services.signing_in import actor_of
from app.ui.language import switch_language
from tests.ui.desks import open_stage

BOX = "(01)06999999012016(17)291231(10)"


@pytest.fixture
def stage(database, tmp_path, qapp):
    stage = open_stage(database, tmp_path, qapp)
    stage.hospital.batch("CVC", "A1", 5)
    stage.hospital.batch("CVC", "B2", 5)
    with database.writing(None) as session:
        session.get_one(Person, stage.hospital.persons["the_buyer"]).badge_no = "PK0042"
    stage.heard = []
    stage.desk._parts.sounds.play = lambda sound, **_: stage.heard.append(sound)
    yield stage
    stage.close()


def movements(stage):
    with stage.hospital.database.reading() as session:
        return session.query(Movement).count()


def scan(stage, raw):
    stage.desk.take_scan(raw)
    stage.settle()


def test_boxes_and_badges_at_a_locked_screen(stage, qtbot):
    before = movements(stage)
    with stage.hospital.database.reading() as session:
        actor = actor_of(session, stage.hospital.persons["coordinator"])
    lot = Lot(stage.hospital.products["CVC"], "A1")
    HoldingService(stage.hospital.database).hold(actor=actor, lots=[lot], reason="smell")
    view, sign = stage.desk.sign_in_view, stage.desk.lock_scans.check.screen_sign
    assert view.login.entry.hasFocus() or not view.isActiveWindow()
    scan(stage, BOX.replace("291231", "991231") + "B2")
    assert stage.heard[-1] in ("stop", "taken")
    sign.hide()
    scan(stage, BOX + "A1")
    assert (sign.holds, stage.heard[-1]) == (True, "stop")
    assert "smell" in sign.accessibleName()
    scan(stage, "PK0042")
    scan(stage, BOX + "B2")
    qtbot.keyClick(sign, Qt.Key.Key_Return)
    assert sign.holds, "a stop takes no scan, no badge and no Enter"
    assert view.login.value() == ""
    qtbot.keyClick(sign, Qt.Key.Key_F8)
    switch_language("en")
    scan(stage, "(01)06999999012016(10)A1")
    assert sign.holds
    qtbot.keyClick(sign, Qt.Key.Key_F6)
    assert not sign.isVisible()
    scan(stage, "PK0042")
    assert (view.login.value(), view.password.value()) == ("the_buyer", "")
    scan(stage, "NOBODY-7")
    assert "NOBODY-7" in view.login.error()
    assert movements(stage) == before
    assert stage.desk.window is None


def test_two_halves_of_a_label_are_one_box_and_silence_is_no_yes(stage, monkeypatch):
    check = stage.desk.lock_scans.check
    scan(stage, "0106999999012016")
    assert stage.heard[-1] == "look", "half a label is a question"
    check.screen_sign.hide()

    def unreachable(*_args, **_kwargs):
        raise OutOfReachError(reason="cut")

    monkeypatch.setattr(stage.desk._parts.watching, "fetch", unreachable)
    scan(stage, BOX + "B2")
    assert stage.heard[-1] == "look"
    assert check.screen_sign.isVisible()
    check.screen_sign.hide()
    scan(stage, "PK0042")
    assert stage.desk.sign_in_view.login.value() == ""
