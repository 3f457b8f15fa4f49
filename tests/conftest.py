"""What always holds in a test: no real screen, no modal dialog, no warning in the log, no thread left behind.

The fixtures of databases stand here and are imported nowhere else: a second import would be a second server.
"""

import gc
import logging
import os
import threading
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from argon2 import PasswordHasher
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from app.services import signing_in
from app.ui import language, theme
from app.ui.background import Background
from tests.copies import quick_place
from tests.databases import *  # noqa: F403
from tests.personal import *  # noqa: F403

if quick := quick_place():
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(quick))  # each test's folder; gone with the test if it passes
LONGEST = ("test_every_button", "journeys", "faults", "test_every_", "sample", "test_copying")
"""In the paths of tests that take seconds; the first of them begin first, so that none is the last to end."""


def pytest_configure(config):
    config.addinivalue_line("markers", "logs: the test provokes a warning or an error in the log on purpose")
    # The offscreen platform says this of every window with a least size, and of every menu.
    config.getini("qt_log_ignore").append("This plugin does not support (propagateSizeHints|raise|grabbing)")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """In the random order, but for the longest, which would keep one worker busy when the others have finished."""
    items.sort(key=lambda item: next((place for place, long in enumerate(LONGEST) if long in item.nodeid), 99))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish():
    """What was imported stays for good: nothing of it is looked through again by each collection of garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[PasswordHasher]:
    """A hash says itself what it costs: those made here are quick to check. The program's own hasher is the value."""
    real = signing_in._HASHER
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signing_in, "_HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
        yield real


@pytest.fixture(scope="session")
def qapp(qapp):
    """The application in the light theme, with the bundled fonts."""
    theme.apply(qapp, dark=False)
    return qapp


@pytest.fixture
def background(qapp) -> Iterator[Background]:
    background = Background()
    yield background
    background.wait()


@pytest.fixture(autouse=True)
def no_modal_dialogs(monkeypatch):
    """A dialog nobody can answer fails the test instead of hanging it."""

    def refuse(dialog, *_args, **_kwargs):
        pytest.fail(f"unexpected modal dialog: {dialog}")

    for dialog in (QDialog, QMessageBox):
        monkeypatch.setattr(dialog, "exec", refuse)
    for name in ("question", "warning", "critical", "information"):
        monkeypatch.setattr(QMessageBox, name, refuse)


@pytest.fixture(autouse=True)
def chinese_and_light():
    """A test that switches the language or the theme leaves no trace for the next one."""
    yield
    language.switch_language("zh")
    if theme.current().is_dark:
        theme.apply(QApplication.instance(), dark=False)


@pytest.fixture(autouse=True)
def only_this_thread_collects(request):
    """As in the program: a worker that collects garbage may free a widget on its own thread, and both stand still."""
    if "qapp" not in request.fixturenames:
        yield
        return
    gc.disable()
    yield
    gc.collect(0)  # all of this test's; what was imported before is not looked through again
    gc.enable()


@pytest.fixture(autouse=True)
def no_leftover_windows(only_this_thread_collects, chinese_and_light):
    """What a test threw away is gone, else it follows every switch of language and theme in the tests after it.

    Qt's loop, which would delete it, does not run between tests; and a window whose signals reach a lambda about
    itself is garbage that Python cannot see.
    """
    yield
    if QApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class _Loud(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_log_warnings(request):
    """A warning nobody expected fails the test; mark it ``logs`` where it is meant."""
    loud = _Loud()
    logging.getLogger().addHandler(loud)
    yield
    logging.getLogger().removeHandler(loud)
    if loud.records and not request.node.get_closest_marker("logs"):
        pytest.fail("logged: " + "; ".join(loud.records))


@pytest.fixture(autouse=True)
def no_leftover_threads():
    """A thread started by a test ends with it. Qt's pool threads are Qt's own and are left out."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        if isinstance(thread, threading._DummyThread):
            continue
        thread.join(2)
        assert not thread.is_alive(), f"left behind: {thread.name}"
