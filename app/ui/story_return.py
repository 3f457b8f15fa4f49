"""The last part of the story: the goods come back by scan, leave with two signatures, and another person closes."""

from typing import Any

from app.core.statuses.recall import CaseState
from app.services.sample_story import Script
from app.ui.story_facts import StoryFacts
from app.ui.story_recall import STEPS
from app.ui.story_stage import StoryStage

WITNESS, CLOSER = "zhoumin", "heyuan"


def _tab(stage: StoryStage, case_id: int, key: str) -> Any:
    case = stage.open("recalls", case_id).case
    case.open_tab(key)
    stage.settle()
    return case.opened_tabs[key]


def collect(stage: StoryStage, facts: StoryFacts, case_id: int, script: Script) -> None:
    """One box by scan, the rest by the numbers that were counted."""
    tab = _tab(stage, case_id, "goods")
    tab.open_view("collect")
    stage.until(lambda: bool(tab.collect.table.rows), "goods to collect")
    stage.scan(script.unit_scans[script.recalled_lots[0]])
    stage.picture("collecting")
    for _ in range(STEPS):
        left = [row for row in tab.collect.table.rows if row.left > 0]
        if not left:
            break
        tab.collect.table.choose((left[0].location_id, left[0].batch_id))
        stage.settle()
        stage.press(tab.collect.button)
    stage.picture("collected")


def ship(stage: StoryStage, facts: StoryFacts, case_id: int, script: Script) -> None:
    """Everything in quarantine goes back to the supplier: carrier, waybill, two signatures, then the receipt."""
    tab = _tab(stage, case_id, "goods")
    tab.open_view("return")
    stage.until(lambda: bool(tab.leave.sealed.rows), "sealed goods")
    tab.leave.carrier.set_value("样例快运")
    tab.leave.waybill.set_value(script.waybill)
    stage.settle()
    stage.picture("return-form")
    stage.press(tab.leave.ship)
    stage.sign(tab.leave.pane.signature, WITNESS)
    stage.until(lambda: bool(tab.leave.shipments.rows), "the goods have left")
    tab.leave.shipments.selectRow(0)
    stage.settle()
    tab.leave.received_note.set_value("供应商签收回单已收到")
    stage.press(tab.leave.confirm)
    tab.open_view("balance")
    stage.settle()
    stage.picture("balance")


def finish_tasks(stage: StoryStage, facts: StoryFacts, case_id: int) -> None:
    """With the shelves empty every department's task is done."""
    tab = _tab(stage, case_id, "tasks")
    for task in facts.tasks(case_id):
        for _ in range(STEPS):
            now = next(row for row in facts.tasks(case_id) if row.id == task.id)
            if not now.is_open:
                break
            tab.board.opened.emit(str(task.id))
            stage.settle()
            tab.pane.note.set_value("电话核实，货架已清空")
            stage.press(tab.pane.primary)
    stage.picture("tasks-done")


def close(stage: StoryStage, facts: StoryFacts, case_id: int) -> None:
    """Cause and lessons are written, the sender is answered, the list is green, and another person closes."""
    tab = _tab(stage, case_id, "closing")
    stage.until(lambda: bool(tab.table.rows), "the closing checklist")
    tab.root_cause.set_value("导丝涂层固化温度偏低，涉及 10 月生产的三个批号；供货方已停线整改。")
    tab.lessons.set_value("高值导管类入库时补录生产日期；科室领用按批号留样一件。")
    stage.press(tab.save)
    tab.reply_note.set_value("已书面回复供货方：收回 99 件，1 件已用于患者并已随访")
    stage.press(tab.reply)
    stage.picture("closing")
    case = stage.open("recalls").case
    for _ in range(STEPS):
        if facts.state(case_id) is CaseState.CLOSED:
            break
        if tab.pane.signature.isVisible():
            stage.sign(tab.pane.signature, CLOSER)
        else:
            stage.press(case.bar.main_button)
    stage.until(lambda: facts.state(case_id) is CaseState.CLOSED, "the case is closed")
    case.open_tab("timeline")
    stage.settle()
    stage.picture("closed")
