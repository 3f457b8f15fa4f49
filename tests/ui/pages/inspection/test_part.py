"""A part named beside the reason is rejected with the same key; files are attached and saved from the pane."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from app.core.statuses.stock import StockState
from app.queries.batches import find_batches
from tests.services.receiving_bay import CARTON, FAR, PASSWORD, label


def key(page, pressed):
    QApplication.processEvents()
    QTest.keyClick(page.window(), pressed)
    QApplication.processEvents()


def quantities(bay, lot="26A0418"):
    with bay.database.reading() as session:
        return dict(find_batches(session, lot)[0].quantities)


def test_a_part_is_rejected_and_the_rest_released_with_one_key(page, bay):
    page.take_scan(label(CARTON, "26A0418", FAR))
    key(page, Qt.Key.Key_F2)
    page.desk.part.entry.setText("3")
    page.desk.part.entry.textEdited.emit("3")
    assert "其余" in page.desk.release_button.words()
    page.desk.password.set_value(PASSWORD)
    key(page, Qt.Key.Key_F9)
    assert page.desk.reason.error()
    page.desk.reason.set_value("受潮")
    page.desk.password.set_value(PASSWORD)
    key(page, Qt.Key.Key_F9)

    assert quantities(bay) == {StockState.IN_STOCK: 17, StockState.QUARANTINED: 3}


def test_a_part_that_is_no_part_is_refused_at_its_field(page, bay):
    page.take_scan(label(CARTON, "26A0418", FAR))
    key(page, Qt.Key.Key_F2)
    for wrong in ("20", "drei"):
        page.desk.part.set_value(wrong)
        page.desk.reason.set_value("受潮")
        page.desk.password.set_value(PASSWORD)
        key(page, Qt.Key.Key_F9)
        assert page.desk.part.error()
        assert page.desk.part.value() == wrong
    assert quantities(bay) == {StockState.IN_STOCK: 20}


def test_a_photo_is_attached_and_saved_again(page, bay, presenter, tmp_path, monkeypatch):
    picture = tmp_path / "wet.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\nx")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(picture), ""))
    page.take_scan(label(CARTON, "26A0418", FAR))
    saved = []
    presenter.file_saved.connect(saved.append)

    key(page, Qt.Key.Key_F6)
    assert [one.name for one in page._desk.card.attachments] == ["wet.png"]
    page.desk.files.opened.emit(page._desk.card.attachments[0].id)
    assert saved[0].endswith("wet.png")
    key(page, Qt.Key.Key_F6)
    assert "wet.png" in page.strip.message()
