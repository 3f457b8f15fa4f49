"""A notice comes in by file or in millions of characters; what is known already says so beside it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import select

from app.models.recalls import RecallCase
from app.queries.known_notices import Sameness
from app.ui.pages.recalls.marked_editor import LONGEST_SHOWN, MarkedEditor
from app.ui.pages.recalls.page import NEW
from app.ui.widgets.notice_view import LONGEST_SHOWN as PART_SHOWN
from app.ui.widgets.notice_view import Mark, NoticeView
from tests.services.recall_stage import NOTICE
from tests.ui.pages.recalls.office import heard


@pytest.fixture
def page(office, qtbot):
    page = office.page()
    qtbot.addWidget(page)
    page.resize(1150, 700)
    page.show()
    page.show_target(NEW)
    return page


def drop(target: QWidget, path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    action, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), action, mime, buttons, keys)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(target, QDropEvent(QPointF(5, 5), action, mime, buttons, keys))


def test_a_file_dropped_on_the_editor_is_read_kept_and_registered(page, office, tmp_path):
    path = tmp_path / "信.txt"
    path.write_bytes(NOTICE.encode("gb18030"))
    drop(page.register.editor.viewport(), path)
    assert page.register.editor.toPlainText() == NOTICE
    page.register.register_button.click()
    with office.stage.database.reading() as session:
        case = session.scalars(select(RecallCase)).one()
    assert case.notice_text == NOTICE


def test_a_file_that_cannot_be_read_is_said_and_the_draft_stays(page, office, tmp_path):
    page.register.editor.setPlainText("a letter being typed")
    said = heard(page.said)
    (tmp_path / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    drop(page.register, tmp_path / "scan.png")
    assert "scan.png" in said[-1][0]
    assert page.register.editor.toPlainText() == "a letter being typed"


def test_words_dropped_into_the_editor_are_typed_as_ever(page):
    mime = QMimeData()
    mime.setText("Lot: A1")
    page.register.editor.insertFromMimeData(mime)
    assert page.register.editor.toPlainText() == "Lot: A1"


def test_a_copy_is_said_and_an_update_is_registered_as_an_expansion(page, office):
    first = office.stage.registered("Recall number: FSN-2026-014\n" + NOTICE, notice_no="FSN-2026-014")
    known = heard(office.register.known_changed)
    page.register.editor.setPlainText("Recall number:  FSN-2026-014\n" + NOTICE)
    office.register.read_now()
    assert [(one.case_id, one.why) for one in known[-1][0]] == [(first, Sameness.TEXT)]
    assert page.register.known.isVisible()
    assert known[-1][1] is None
    opened = heard(page.register.case_wanted)
    refused = heard(office.register.refused)
    page.register.register_button.click()
    assert refused[-1][1].code == "recall.notice_known"

    page.register.editor.setPlainText("Updated list. Recall number: FSN-2026-014\n" + NOTICE + "Lot: B900\n")
    office.register.read_now()
    assert known[-1][1] == first, "the same number under another text is an update until a person says otherwise"
    page.register.known.links[first].click()
    assert known[-1][1] is None
    page.register.known.links[first].click()
    page.register.register_button.click()
    with office.stage.database.reading() as session:
        child = session.scalars(select(RecallCase).order_by(RecallCase.id.desc())).first()
    assert child.parent_id == first
    assert opened == []


def test_a_text_too_long_to_be_laid_out_is_read_whole_and_shown_in_part(page, office):
    text = "REF: CVC-7F-20\nLots: " + ", ".join(f"A{number:07d}" for number in range(20_000))
    mime = QMimeData()
    mime.setText(text)
    page.register.editor.insertFromMimeData(mime)
    office.register.read_now()
    assert office.register.draft.text == text
    assert page.register.editor.toPlainText() == text[:LONGEST_SHOWN]
    assert page.register.editor.isReadOnly()
    office.register.throw_away()
    assert not page.register.editor.isReadOnly()


def test_marks_stand_right_behind_letters_beyond_the_first_plane(qtbot):
    editor = MarkedEditor("", "")
    qtbot.addWidget(editor)
    editor.setPlainText("𫖯 Lot A100")
    editor.set_marks([Mark(6, 10, "stop", 1)])
    assert editor.extraSelections()[0].cursor.selectedText() == "A100"


def test_a_long_notice_is_shown_around_the_chosen_clause(qtbot):
    view = NoticeView("")
    qtbot.addWidget(view)
    text = "x" * (3 * PART_SHOWN) + "A100" + "y" * PART_SHOWN
    view.set_notice(text, [Mark(3 * PART_SHOWN, 3 * PART_SHOWN + 4, "stop", 7), Mark(5, 8, "stop", 1)])
    assert 1 in view.shown_ranges()
    view.emphasise(7)
    assert 7 in view.shown_ranges()
    assert "A100" in view.toPlainText()
    assert len(view.toPlainText()) < PART_SHOWN + 100


def test_the_original_is_opened_as_it_came(page, office, tmp_path, monkeypatch, qtbot):
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    path = tmp_path / "letter.txt"
    path.write_bytes(NOTICE.encode("utf-16"))
    drop(page.register, path)
    page.register.register_button.click()
    office.scope.set_visible(True)
    tab = page.case.opened_tabs["scope"]
    assert tab.card.original_link.isVisible()
    assert "letter.txt" in tab.card.original_link.toolTip()
    tab.card.original_link.click()
    assert Path(opened[-1]).read_bytes() == NOTICE.encode("utf-16")
