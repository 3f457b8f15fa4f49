"""The files of a batch on its card: listed, opened as a verified copy, added by persons who may, refused in words."""

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from app.core.statuses.requisition import AttachmentKind
from app.ui import language
from app.ui.language import say
from app.ui.pages.batches.page import BatchesPage
from tests.statements import counted
from tests.ui.pages.batches.test_master import words

PDF = b"%PDF-1.7 delivery note"


@pytest.fixture
def opened(monkeypatch):
    paths: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: paths.append(url.toLocalFile()))
    return paths


@pytest.fixture
def page(qtbot, presenter, master, files, visits, life, opened):
    page = BatchesPage(presenter, master, files, visits)
    qtbot.addWidget(page)
    page.resize(1178, 720)
    page.show()
    presenter.open(life.batch_id)
    return page


@pytest.fixture
def pick(monkeypatch, tmp_path):
    def choose(name: str, content: bytes = PDF) -> None:
        path = tmp_path / name
        path.write_bytes(content)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))

    return choose


def test_a_delivery_note_is_added_listed_and_opened_again(page, pick, opened, listen):
    said = listen(page.said)
    pick("note.pdf")
    page.card.strip.files.click()
    assert page.files.kind.value() == AttachmentKind.DELIVERY_NOTE.value
    page.files.choose.click()

    assert [one.name for one in page.files.files] == ["note.pdf"]
    assert page.card.strip.files.words() == say("batch_files.count", count=1)
    assert "随货同行单" in words(page.files)
    page.files.links()[0].click()
    copy = Path(opened[0])
    assert hashlib.sha256(copy.read_bytes()).hexdigest() == page.files.files[0].content_hash
    assert [tone for _, tone in said] == ["ok", "ok"]
    language.switch_language("en")
    page.retranslate()
    assert "Delivery note" in words(page.files)
    assert "never purged" in words(page.files)


def test_a_changed_file_is_refused_with_words_and_not_opened(page, pick, opened, listen, monkeypatch):
    pick("note.pdf")
    page.ask_files()
    page.files.choose.click()
    said = listen(page.said)
    monkeypatch.setattr("app.services.attaching.attachment_bytes", lambda *_: PDF + b"!")
    page.files.links()[0].click()

    assert opened == []
    assert said[-1] == (say("errors.attaching.damaged", name="note.pdf"), "stop")


@pytest.mark.parametrize(("name", "content"), [("virus.pdf", b"MZ"), ("empty.png", b"")])
def test_what_is_no_paper_is_refused_at_its_place(page, pick, name, content):
    pick(name, content)
    page.ask_files()
    page.files.choose.click()

    assert page.files.kind.error()
    assert page.files.files == ()


def test_nothing_chosen_adds_nothing_and_esc_goes_back(page, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    page.ask_files()
    page.files.choose.click()
    page.step_back()

    assert page.files.files == ()
    assert not page.files.isVisible()
    assert page.card.isVisible()


def test_who_neither_receives_nor_inspects_only_looks(page, seat, life):
    seat.take(life.actor("auditor"))
    page.ask_files()

    assert page.files.isVisible()
    assert not page.files.choose.isVisible()


def test_the_gap_of_a_class_three_original_opens_the_files_and_closes_with_one(page, master, pick, life):
    assert not any(line.is_missing for line in master.master.lines)
    life.database.clock.advance(timedelta(days=9))
    master.reload()
    assert [line.item.key for line in master.master.lines if line.is_missing] == ["original"]
    page.ask_master("")
    told = words(page.master.pane)
    assert "第三类医疗器械购入的原始资料" in told
    assert "第九条" in told
    page.master.opened_door.emit("files")
    assert page.files.isVisible()

    pick("photo.png", b"\x89PNG\r\n\x1a\nx")
    page.files.kind.set_value(AttachmentKind.PHOTO.value)
    page.files.choose.click()
    assert any(line.is_missing for line in master.master.lines)
    pick("invoice.pdf")
    page.files.kind.set_value(AttachmentKind.INVOICE.value)
    page.files.choose.click()
    assert not any(line.is_missing for line in master.master.lines)


def test_looking_at_the_files_is_one_statement_without_their_bytes(page, files, pick):
    page.ask_files()
    for number in range(3):
        pick(f"{number}.pdf", PDF + bytes([number]))
        page.files.choose.click()
    with counted() as statements:
        files.reload()

    assert len(page.files.files) == 3
    assert len(statements) == 1
    assert "content," not in " ".join(statements).replace("content_hash", "")
