"""What always holds in a test: no real screen, no modal dialog, no warning in the log, no thread left behind."""

import logging
import os
import threading
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QDialog, QMessageBox

from app.ui import language, theme
from app.ui.background import Background


def pytest_configure(config):
    config.addinivalue_line("markers", "logs: the test provokes a warning or an error in the log on purpose")
    # The offscreen platform says this of every window with a least size, and of every menu.
    config.getini("qt_log_ignore").append("This plugin does not support (propagateSizeHints|raise|grabbing)")


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
        from PySide6.QtWidgets import QApplication

        theme.apply(QApplication.instance(), dark=False)


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
