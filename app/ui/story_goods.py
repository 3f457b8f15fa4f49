"""The first half of the story: from the delivery to the ward."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.services.sample_story import Carton, Script
from app.ui.story_stage import StoryStage

STORE, ICU, THEATRE = "ZXK", "ICU", "OR"


def receive(stage: StoryStage, script: Script, places: dict[str, int], supplier_id: int) -> None:
    """The storekeeper scans the cartons; a missing date is typed, an expired box refused."""
    stage.sign_in("zhoumin", places[STORE])
    stage.picture("workbench")
    page = begin_delivery(stage, script, supplier_id)
    for carton in script.cartons:
        _scan_carton(stage, page, carton)
    stage.picture("receiving")
    refused = sum(bool(carton.refused) for carton in script.cartons)
    for _ in range(refused):
        page.table.choose(next(line.id for line in page.table.rows if line.state.value == "refused"))
        stage.settle()
        stage.press(page.hints["back"])
    stage.press(page.post_button)
    stage.until(page.start.isVisible, "the delivery is posted")
    stage.picture("received")


def begin_delivery(stage: StoryStage, script: Script, supplier_id: int) -> Any:
    """The papers of a delivery are typed; returns the receiving page."""
    page = stage.open("receiving")
    form = page.start.form
    form.supplier.set_value(str(supplier_id))
    for field, words in (
        (form.order, script.order_no),
        (form.note, script.note_no),
        (form.waybill, script.waybill),
        (form.temperature, "4.8"),
    ):
        field.set_value(words)
    stage.press(page.start.begin_button)
    stage.until(page.work.isVisible, "the delivery is open")
    return page


def _scan_carton(stage: StoryStage, page: Any, carton: Carton) -> None:
    for package in range(carton.packages):
        for scan in carton.scans:
            stage.scan(scan)
        if package == 0 and carton.typed_expiry is not None:
            stage.picture("receiving-missing-date")
            editor = page.editor
            QTest.keyClicks(editor, carton.typed_expiry.isoformat())
            stage.key(Qt.Key.Key_Return, editor)
        if package == 0 and carton.refused:
            stage.picture("receiving-refused")


def inspect(stage: StoryStage, script: Script, places: dict[str, int]) -> None:
    """Another person checks each batch and releases it with a signature."""
    stage.sign_in("wangke", places[STORE])
    page = stage.open("inspection")
    lots = {carton.lot for carton in script.cartons if not carton.refused}
    stage.until(lambda: any(row.lot_no in lots for row in page.table.rows), "batches wait for inspection")
    for number, lot in enumerate(sorted(lots)):
        page.table.choose(next(row.id for row in page.table.rows if row.lot_no == lot))
        stage.settle()
        stage.press(page.desk.pass_button)
        page.desk.password.set_value(stage.password)
        if number == 0:
            stage.picture("inspection")
        stage.press(page.desk.release_button)
        stage.until(lambda lot=lot: all(row.lot_no != lot for row in page.table.rows), f"{lot} is released")
    stage.picture("inspected")


def issue(stage: StoryStage, script: Script, places: dict[str, int]) -> None:
    """Boxes go out by scan; the wards asked for these lots, which is said."""
    stage.sign_in("zhoumin", places[STORE])
    page = stage.open("issuing")
    for ward, units in ((ICU, 6), (THEATRE, 5)):
        stage.until(lambda: page.department.combo.count() > 0, "wards to issue to")
        page.department.set_value(str(places[ward]))
        for lot in (*script.recalled_lots, script.excepted_lot):
            stage.scan(script.unit_scans[lot])
            page.pane.quantity.set_number(units)
            stage.key(Qt.Key.Key_Return, page.pane.quantity.control)
        if page.pane.reason.isVisible():
            page.pane.reason.set_value("科室按手术计划指定批号")
        stage.picture(f"issuing-{ward.lower()}")
        stage.press(page.post)
        stage.until(lambda: not page.table.rows, f"issued to {ward}")


def use_one(stage: StoryStage, script: Script, places: dict[str, int]) -> None:
    """The nurse scans a box: it may be used, and one is."""
    stage.sign_in("bailu", places[ICU])
    page = stage.open("ward", "check")
    stage.scan(script.unit_scans[script.recalled_lots[0]])
    stage.until(lambda: stage.stop_sign() is not None, "the answer stands")
    stage.picture("ward-ok")
    stage.key(Qt.Key.Key_F6, stage.stop_sign())
    page.use.visit.set_value(script.visit_no)
    stage.picture("ward-use")
    stage.press(page.use.post)
    stage.until(lambda: page.use.visit.value() == "", "the use is recorded")
