"""Between the windows: signing in, doors by role, scans, search, language, lock."""

import pytest
from PySide6.QtCore import Qt

from app.core.permissions import Role
from app.ui import theme
from app.ui.language import language
from tests.ui.desks import PASSWORD, open_stage


@pytest.fixture
def stage(sqlite_database, tmp_path, qapp):
    stage = open_stage(sqlite_database, tmp_path, qapp)
    yield stage
    stage.close()


def sign_in(stage, qtbot, login: str, password: str) -> None:
    view = stage.desk.sign_in_view
    view.login.set_value(login)
    view.password.set_value(password)
    view.place.set_value(str(stage.hospital.places["icu"]))
    qtbot.mouseClick(view.button, Qt.MouseButton.LeftButton)
    stage.settle()


def test_the_right_password_opens_the_workbench(stage, qtbot):
    sign_in(stage, qtbot, "the_storekeeper", PASSWORD)
    assert stage.desk.window is not None
    assert stage.desk.window.current_key() == "workbench"
    assert stage.workstation.current.last_login == "the_storekeeper"


def test_a_wrong_password_is_said_at_the_field_and_the_name_stays(stage, qtbot):
    sign_in(stage, qtbot, "the_storekeeper", "wrong")
    view = stage.desk.sign_in_view
    assert stage.desk.window is None
    assert "密码" in view.password.error()
    assert view.login.value() == "the_storekeeper"


@pytest.mark.parametrize(
    ("role", "closed"),
    [(Role.AUDITOR, "receiving"), (Role.DEPT_LIAISON, "receiving"), (Role.STOREKEEPER, "inspection")],
)
def test_the_rail_shows_only_what_the_person_may_open(stage, role, closed):
    stage.enter(f"the_{role.value}")
    keys = stage.desk.window.rail.keys()
    assert "workbench" in keys
    assert closed not in keys


def test_language_and_theme_switch_at_run_time_and_are_remembered(stage):
    stage.enter("the_recall_coordinator")
    stage.desk.speak("en")
    stage.desk.dress(True)
    stage.settle()
    assert language() == "en"
    assert theme.current().is_dark
    assert (stage.workstation.current.language, stage.workstation.current.is_dark) == ("en", True)


def test_leaving_closes_the_window_and_asks_for_the_next_person(stage):
    stage.enter("the_storekeeper")
    stage.desk.leave()
    assert stage.desk.window is None
    assert stage.desk.sign_in_view.isVisible()


def test_ctrl_k_finds_a_batch(stage, qtbot):
    stage.hospital.batch("CVC", "2509A17", 5)
    stage.enter("the_storekeeper")
    stage.desk.window.searched.emit("2509")
    stage.settle()
    found = stage.desk.window.palette_pane
    assert found is not None
