"""The second half of the story: the notice, the locks, the wards' answers, the goods on their way back, the closing."""

from PySide6.QtCore import Qt

from app.core.statuses.recall import CaseState
from app.services.sample_story import Script
from app.ui.story_facts import StoryFacts
from app.ui.story_goods import ICU, STORE
from app.ui.story_stage import StoryStage

COORDINATOR, APPROVER, NURSE = "linxiao", "chenli", "bailu"
STEPS = 12


def register(stage: StoryStage, facts: StoryFacts, script: Script, places: dict[str, int]) -> int:
    """The notice is pasted as it came; the program marks it, answers whether it touches the house, and registers."""
    stage.sign_in(COORDINATOR, places[STORE])
    page = stage.open("recalls", "new")
    view = page.register
    view.editor.setPlainText(script.notice)
    stage.until(lambda: bool(view.clauses.rows) and view.register_button.isEnabled(), "the notice is read")
    stage.picture("notice")
    stage.press(view.register_button)
    stage.until(page.case.isVisible, "the case is open")
    stage.picture("scope")
    return facts.newest_case()


def launch(stage: StoryStage, facts: StoryFacts, case_id: int) -> None:
    """One key holds; clauses are confirmed; a second person approves in place; one click launches."""
    case = stage.open("recalls", case_id).case
    if case.bar.hold_button.isVisible():
        stage.press(case.bar.hold_button)
        stage.picture("held")
    for _ in range(STEPS):
        if facts.state(case_id) is CaseState.ACTIVE:
            break
        if case.signature.isVisible():
            stage.sign(case.signature, APPROVER)
        else:
            stage.press(case.bar.main_button)
    stage.until(lambda: facts.state(case_id) is CaseState.ACTIVE, "the recall is launched")
    stage.picture("launched")


def do_not_use(stage: StoryStage, script: Script, places: dict[str, int]) -> None:
    """The nurse scans a box of a recalled lot: the whole screen says no."""
    stage.sign_in(NURSE, places[ICU])
    stage.open("ward", "check")
    stage.scan(script.unit_scans[script.recalled_lots[0]])
    stage.until(lambda: stage.stop_sign() is not None, "the sign stands")
    stage.picture("ward-stop")
    stage.key(Qt.Key.Key_F8, stage.stop_sign())
