"""A launched recall rings at the places concerned until somebody answers, whoever sits there or not."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent

from app.core.clock import system_clock
from app.core.statuses.recall import TaskState
from app.core.statuses.stock import MovementKind, StockState
from app.models.database import Database
from app.models.recalls import DepartmentTask
from app.ui.language import switch_language
from tests.builders import Hospital
from tests.services.recall_stage import Stage as RecallStage
from tests.services.recall_stage import op
from tests.ui.desks import PASSWORD, open_stage

WITHIN_MS = 1000


@pytest.fixture
def stage(database, tmp_path, qapp):
    """A desk on the ICU in front of its lock screen; the ICU holds thirty of a lot whose recall is approved."""
    stage = open_stage(database, tmp_path, qapp, rings=True)
    stage.told, stage.heard = [], []
    stage.desk.alarm._tray = lambda *words: stage.told.append(words)
    stage.desk._parts.sounds.play = lambda sound, **_: stage.heard.append(sound)
    stage.workstation.change(place_id=stage.hospital.places["icu"])
    batch = stage.hospital.batch("CVC", "A100", 50)
    shelf = ("store", StockState.IN_STOCK), ("icu", StockState.PAR)
    stage.hospital.move(MovementKind.ISSUE, batch, 30, *shelf)
    yield stage
    stage.close()


@pytest.fixture
def office(stage):
    """The coordinator's own workstation, with connections of its own."""
    there = Database(stage.hospital.database.url.render_as_string(hide_password=False), system_clock)
    known = stage.hospital
    office = RecallStage(Hospital(there, known.persons, known.places, known.products, known.suppliers))
    office.case = office.approved()
    stage.settle()
    yield office
    there.close()


def launch(office):
    office.launching.launch(actor=office.actor("coordinator"), op_id=op(), case_id=office.case)


def task(stage):
    with stage.hospital.database.reading() as session:
        return session.query(DepartmentTask).filter_by(location_id=stage.hospital.places["icu"]).one()


def press(stage, key, qtbot):
    qtbot.keyClick(stage.desk.alarm.window.screen_sign, key)
    stage.settle()


def test_a_locked_and_minimised_desk_rings_until_somebody_answers_with_their_password(stage, office, qtbot):
    stage.desk.sign_in_view.showMinimized()
    window = stage.desk.alarm.window
    launch(office)
    qtbot.waitUntil(window.isVisible, timeout=WITHIN_MS)
    assert window.isFullScreen()
    assert stage.heard == ["alarm"]
    assert "召回" in stage.told[0][0]
    window.showMinimized()
    window._ring.timeout.emit()
    assert stage.heard == ["alarm", "alarm"]
    assert not window.isMinimized()
    closing = QCloseEvent()
    window.closeEvent(closing)
    assert not closing.isAccepted()
    stage.desk.take_scan("(01)06999999012016(10)A100")
    qtbot.keyClick(window.screen_sign, Qt.Key.Key_Return)
    assert window.screen_sign.isVisible(), "neither a scan nor its Enter ends it"
    press(stage, Qt.Key.Key_F8, qtbot)
    assert window.is_asking
    window.form.button.click()
    assert window.form.login.error()
    for login, password in (("the_dept_liaison", "wrong"), ("the_buyer", PASSWORD)):
        window.form.set_login(login)
        window.form.password.set_value(password)
        window.form.button.click()
        stage.settle()
        assert (bool(window.form.password.error()), task(stage).state) == (True, TaskState.SENT)
    window.form.set_login("the_dept_liaison")
    window.form.password.set_value(PASSWORD)
    window.form.button.click()
    stage.settle()
    answered = task(stage)
    assert answered.state is TaskState.ACKNOWLEDGED
    assert answered.acknowledged_by == stage.hospital.persons["the_dept_liaison"]
    assert answered.acknowledged_at is not None
    assert not window.isVisible()
    assert (stage.desk.window.current_key(), window.form.password.value()) == ("ward", "")


def test_who_belongs_to_the_ward_answers_with_one_key_and_typed_work_stays(stage, office, qtbot):
    stage.enter("the_dept_liaison")
    stage.desk.window.open_page("ward", "use").use.visit.set_value("V-77")
    launch(office)
    window = stage.desk.alarm.window
    qtbot.waitUntil(window.isVisible, timeout=WITHIN_MS)
    assert stage.desk.windows()[-1] is window
    press(stage, Qt.Key.Key_F9, qtbot)
    assert not window.isVisible()
    stage.desk.alarm.watch.look()
    stage.settle()
    assert not window.isVisible(), "later means later"
    window._again.timeout.emit()
    assert window.isVisible()
    switch_language("en")
    press(stage, Qt.Key.Key_F8, qtbot)
    assert task(stage).state is TaskState.ACKNOWLEDGED
    assert not window.isVisible()
    assert stage.desk.window.open_page("ward", "use").use.visit.value() == "V-77"


def test_somebody_of_the_ward_answers_at_a_desk_where_another_person_works(stage, office, qtbot):
    stage.enter("the_buyer")
    launch(office)
    window = stage.desk.alarm.window
    qtbot.waitUntil(window.isVisible, timeout=WITHIN_MS)
    press(stage, Qt.Key.Key_F8, qtbot)
    stage.desk.take_scan("NOBODY-7")
    window.form.set_login("the_dept_liaison")
    window.form.password.set_value(PASSWORD)
    window.form.button.click()
    stage.settle()
    assert task(stage).acknowledged_by == stage.hospital.persons["the_dept_liaison"]
    assert (window.isVisible(), stage.desk._parts.seat.actor.login) == (False, "the_buyer")


def test_a_desk_that_was_off_rings_when_it_starts_and_stops_when_another_answers(stage, office, qtbot):
    launch(office)
    stage.desk.alarm.close()
    stage.enter("the_recall_coordinator")
    stage.desk.start()
    stage.settle()
    assert not stage.desk.alarm.is_ringing, "who runs the recall has it on the board"
    stage.desk.leave()
    stage.settle()
    assert stage.desk.alarm.is_ringing
    press(stage, Qt.Key.Key_F8, qtbot)
    qtbot.keyClick(stage.desk.alarm.window.form.back, Qt.Key.Key_Space)
    assert stage.desk.alarm.window.screen_sign.isVisible()
    nurse = office.actor("the_dept_liaison")
    office.answering.acknowledge(actor=nurse, op_id=op(), task_id=task(stage).id)
    qtbot.waitUntil(lambda: not stage.desk.alarm.is_ringing, timeout=WITHIN_MS)
    stage.workstation.change(place_id=stage.hospital.places["clinic"])
    stage.desk.alarm.watch.look()
    stage.settle()
    assert not stage.desk.alarm.is_ringing
