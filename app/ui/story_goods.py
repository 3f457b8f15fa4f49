"""The first half of the story: from the delivery to the ward."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.services.sample_story import Carton, Script
from app.ui.story_stage import StoryStage

STORE, ICU, THEATRE = "ZXK", "ICU", "OR"


def receive(stage: StoryStage, script: Script, places: dict[str, int], supplier_id: int) -> None:
    """The storekeeper scans the cartons; a missing date is typed, an expired box refused."""
    stage.sign_in("zhoumin", places[STORE])
    stage.picture("workbench")
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


def _scan_carton(stage: StoryStage, page: object, carton: Carton) -> None:
    for package in range(carton.packages):
        for scan in carton.scans:
            stage.scan(scan)
        if package == 0 and carton.typed_expiry is not None:
            stage.picture("receiving-missing-date")
            editor = page.editor  # pyright: ignore
            QTest.keyClicks(editor, carton.typed_expiry.isoformat())
            stage.key(Qt.Key.Key_Return, editor)
        if package == 0 and carton.refused:
            stage.picture("receiving-refused")
