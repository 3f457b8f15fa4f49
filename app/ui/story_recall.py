"""The second half of the story: the notice, the locks, the wards' answers, the goods on their way back, the closing."""

from typing import Any

from PySide6.QtCore import Qt

from app.core.statuses.recall import CaseState, TaskState
from app.services.sample_story import Script
from app.ui.story_facts import StoryFacts
from app.ui.story_goods import ICU, STORE
from app.ui.story_stage import HEIGHT, WIDTH, StoryStage

COORDINATOR, APPROVER, NURSE = "linxiao", "chenli", "bailu"
STEPS = 12


def register(stage: StoryStage, facts: StoryFacts, script: Script, places: dict[str, int]) -> int:
    """The notice is pasted as it came; the program marks it, answers whether it touches the house, and registers."""
    stage.sign_in(COORDINATOR, places[STORE])
    page = stage.open("recalls", "new")
    view = page.register
    view.editor.setPlainText(script.notice)
    stage.until(lambda: bool(view.clauses.rows) and view.register_button.isEnabled(), "the notice is read")
    stage.edit(view.fields.title, "中心静脉导管包 · 导丝涂层脱落")
    stage.edit(view.fields.manufacturer, "泽岚医疗科技有限公司")
    stage.edit(view.fields.hazard, "导丝涂层可能脱落，颗粒物会进入血管。")
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
    """The ward's computer rings; the nurse has a box in her hand and scans it first: the whole screen says no."""
    stage.sign_in(NURSE, places[ICU])
    alarm = stage.desk.alarm.window
    stage.until(alarm.isVisible, "the alarm rings")
    alarm.resize(WIDTH, HEIGHT)
    stage.picture("alarm")
    stage.key(Qt.Key.Key_F9, alarm.screen_sign)
    stage.open("ward", "check")
    stage.scan(script.unit_scans[script.recalled_lots[0]])
    stage.until(lambda: stage.stop_sign() is not None, "the sign stands")
    stage.picture("ward-stop")
    stage.key(Qt.Key.Key_F8, stage.stop_sign())


def answer(stage: StoryStage) -> None:
    """She acknowledges the task, types the counts, and puts the boxes aside."""
    tab = stage.open("ward", "tasks").tasks
    for name in ("ward-task", "ward-counted", "ward-sealed"):
        stage.until(tab.card.isVisible, "the task is shown")
        for editor in tab.editors.values():
            if editor.found.isEnabled():
                editor.found.set_value(str(editor.line.expected))
        stage.picture(name)
        stage.press(tab.next)


def answer_by_phone(stage: StoryStage, facts: StoryFacts, case_id: int, places: dict[str, int]) -> None:
    """The coordinator takes the other departments' answers by telephone."""
    stage.sign_in(COORDINATOR, places[STORE])
    case = stage.open("recalls", case_id).case
    case.open_tab("impact")
    stage.settle()
    stage.picture("impact")
    case.open_tab("tasks")
    stage.settle()
    stage.picture("tasks")
    tab = case.opened_tabs["tasks"]
    for task in facts.tasks(case_id):
        _answer_one(stage, facts, case_id, tab, task.id)
    stage.picture("tasks-counted")


def _answer_one(stage: StoryStage, facts: StoryFacts, case_id: int, tab: Any, task_id: int) -> None:
    """Acknowledge, count, put aside: whatever the task still needs before the goods are collected."""
    waiting = (TaskState.SENT, TaskState.ACKNOWLEDGED, TaskState.LOCATING, TaskState.FOUND)
    for _ in range(STEPS):
        task = next(row for row in facts.tasks(case_id) if row.id == task_id)
        if task.state not in waiting:
            return
        tab.board.opened.emit(str(task_id))
        stage.settle()
        stage.until(tab.pane.isVisible, "the task is open")
        for line in tab.pane.lines.values():
            line.found.set_value(str(line.line.expected))
        tab.pane.note.set_value("电话核实，已逐件清点")
        stage.press(tab.pane.primary)
