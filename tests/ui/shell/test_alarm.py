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
from app.ui.shell.tray import Tray
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
    window.resize(1234, 777)
    assert window.screen_sign.size() == window.size(), "a full screen may come a moment later"
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


def test_a_closed_window_keeps_the_watch_beside_the_clock(stage, office, qtbot, monkeypatch):
    """Closing locks; the recall comes full screen and rings from there; who answers has their window again."""
    desk, ended = stage.desk, []
    marks = []
    monkeypatch.setattr(Tray, "is_available", property(lambda _tray: True))
    monkeypatch.setattr(desk.staying.tray, "tell", lambda *words, is_alarm=True: marks.append((words[0], is_alarm)))
    desk.staying._end = lambda: ended.append(True)
    stage.enter("the_dept_liaison")
    desk.window.open_page("ward", "use").use.visit.set_value("V-78")
    assert not desk.window.close()
    assert (desk.seat.is_taken, desk.sign_in_view.isVisible(), ended) == (False, False, [])
    assert marks == [("召回台仍在值守", False)]
    desk.staying.tray.opened.emit()
    assert desk.sign_in_view.isVisible()
    desk.sign_in_view.close()
    assert not desk.sign_in_view.isVisible()

    launch(office)
    window = desk.alarm.window
    qtbot.waitUntil(window.isVisible, timeout=WITHIN_MS)
    assert (window.isFullScreen(), stage.heard) == (True, ["alarm"])
    window._ring.timeout.emit()
    assert stage.heard == ["alarm", "alarm"]
    press(stage, Qt.Key.Key_F8, qtbot)
    window.form.set_login("the_dept_liaison")
    window.form.password.set_value(PASSWORD)
    window.form.button.click()
    stage.settle()
    assert task(stage).state is TaskState.ACKNOWLEDGED
    assert desk.window.isVisible()
    assert desk.window.open_page("ward", "use").use.visit.value() == "V-78"
    desk.staying.tray.opened.emit()
    assert not desk.sign_in_view.isVisible(), "somebody works here"
    desk.staying.tray.quit_pressed.emit()
    assert ended == [True]


def test_without_a_place_beside_the_clock_it_asks_and_ends_only_knowingly(stage, office, qtbot, monkeypatch):
    desk, ended = stage.desk, []
    monkeypatch.setattr(Tray, "is_available", property(lambda _tray: False))
    desk.staying._end = lambda: ended.append(True)
    pane = desk.staying.pane
    assert not desk.sign_in_view.close()
    assert pane.isVisible()
    qtbot.keyClick(pane, Qt.Key.Key_Escape)
    assert (pane.isVisible(), desk.sign_in_view.isMinimized(), ended) == (False, True, [])
    launch(office)
    qtbot.waitUntil(desk.alarm.window.isVisible, timeout=WITHIN_MS)
    desk.sign_in_view.close()
    pane.end.click()
    assert ended == [True]
    desk.sign_in_view.close()
    assert not desk.sign_in_view.isVisible()


def test_a_computer_that_stands_nowhere_just_ends(stage, qtbot):
    desk, ended = stage.desk, []
    desk.staying._end = lambda: ended.append(True)
    stage.workstation.change(place_id=None)
    assert desk.sign_in_view.close()
    assert ended == [True]
