"""Language and theme change at run time, all of it, and nothing typed is lost; every page fits a small screen."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.ui.presenter import Presenter
from tests.ui import eyes
from tests.ui.fingers import Fingers
from tests.ui.full_house import EVERYONE
from tests.ui.full_house_desk import targets

SMALL = (1280, 720)
PAGES = [
    "workbench",
    "receiving",
    "inspection",
    "issuing",
    "requisitions",
    "orders",
    "stores",
    "ward",
    "kits",
    "leaving",
    "batches",
    "recalls",
    "settings",
]


@pytest.fixture
def fingers(stage) -> Fingers:
    stage.enter(EVERYONE)
    stage.desk.window.resize(1366, 768)
    return Fingers(stage)


def words(stage) -> list[str]:
    window = stage.desk.window
    window.toast_strip.hide()
    return [text.words for text in eyes.drawn(window)]


def typed(page) -> list[str]:
    return [
        widget.text() if isinstance(widget, QLineEdit) else widget.toPlainText()
        for widget in eyes.seen(page)
        if isinstance(widget, QLineEdit | QPlainTextEdit)
    ]


def searching(page) -> bool:
    """Whether a page still waits whether more is typed: its own parts, or a presenter that one of them talks to."""
    parts = [page, *page.findChildren(QWidget)]
    asked = {told for part in parts for told in vars(part).values() if isinstance(told, Presenter)}
    timers = [timer for owner in (page, *asked) for timer in owner.findChildren(QTimer)]
    return any(timer.isActive() and timer.isSingleShot() for timer in timers)


def test_a_presenter_that_waits_for_more_typing_is_noticed(fingers, stage):
    fingers.open("recalls", "new")
    page = stage.desk.window.current_page()
    assert not searching(page)
    fingers.type_into_all("keep-7")
    assert searching(page)


@pytest.mark.parametrize("key", PAGES)
def test_language_and_theme_change_everything_and_lose_nothing(key, fingers, stage, template, qtbot):
    wrong: list[str] = []
    for number, target in enumerate(targets(key, template.house)):
        fingers.open(key, target)
        fingers.type_into_all("keep-7")
        qtbot.waitUntil(lambda: not searching(stage.desk.window.current_page()))
        fingers.settle()
        before, kept = words(stage), typed(stage.desk.window.current_page())
        stage.desk.speak("en")
        if not number:
            stage.desk.dress(True)
        fingers.settle()
        fingers.look("spoken English")
        wrong += [f"{key}/{target}: lost what was typed"] if typed(stage.desk.window.current_page()) != kept else []
        stage.desk.speak("zh")
        if not number:
            stage.desk.dress(False)
        fingers.settle()
        after = words(stage)
        stays = [f"{old!r} -> {new!r}" for old, new in zip(before, after, strict=False) if old != new]
        wrong += [f"{key}/{target}: {stays[:4]}"] if after != before else []
    assert not fingers.faults, "\n".join(["", *fingers.faults.values()])
    assert not wrong, "\n".join(["", *wrong])


@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_every_page_fits_a_small_screen(tongue, fingers, stage, template):
    stage.desk.speak(tongue)
    stage.desk.window.resize(*SMALL)
    for key in PAGES:
        for target in targets(key, template.house):
            fingers.open(key, target)
            assert (stage.desk.window.width(), stage.desk.window.height()) == SMALL
    assert not fingers.faults, "\n".join(["", *fingers.faults.values()])
