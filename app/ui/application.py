"""The running desktop: Qt's application, the first run, and the desk once somebody can sign in."""

import logging
import sys
from collections.abc import Callable, Sequence
from types import TracebackType

from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.core.changes import Changes
from app.core.errors import AppError
from app.core.places import resources
from app.core.settings import WorkstationFile
from app.services.installing import InstallingService, NewHospital
from app.ui import language, theme
from app.ui.background import Background
from app.ui.language import spoken
from app.ui.shell.desk import Desk
from app.ui.shell.first_run import FirstRunView
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.labels import IconMark, Label

ENVIRONMENT_TROUBLE = 3

SWITCH_SECONDS = 0.0005
"""How long a thread may keep the interpreter while others wait: each part of a window that is painted waits for it.

Measured while a notice of 624,000 characters is read: the window stood still for 0.9 s with Python's own 5 ms.
"""
log = logging.getLogger(__name__)


def make_application(workstation: WorkstationFile) -> QApplication:
    """Qt's application in the workstation's language and theme; the one that runs already, if one does."""
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("RecallDesk")
    app.setWindowIcon(QIcon(str(resources() / "icons" / "brand.svg")))
    app.setQuitOnLastWindowClosed(True)
    language.switch_language(workstation.current.language)
    theme.apply(app, dark=workstation.current.is_dark)
    sys.excepthook = _log_bug
    sys.setswitchinterval(SWITCH_SECONDS)
    return app


def _log_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """An exception in a slot neither shows nor quits by itself: it goes to the log, and the window lives on."""
    log.error("Unexpected error", exc_info=(kind, error, trace))


class TroubleView(QWidget):
    """Both languages, since nobody has chosen one yet, and a way out."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__()
        self.setWindowTitle("RecallDesk 召回台")
        self.setMinimumWidth(560)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(12)
        column.addWidget(IconMark("warning", "stop", 40, 1.5))
        for sentence in sentences:
            column.addWidget(Label(sentence, "text", theme.HEAD, wrap=True))
        button = KeycapButton(spoken("widgets.close"), kind="primary")
        button.clicked.connect(self.close)
        column.addWidget(button)


class FirstRun(QObject):
    """Leads from the empty database to the desk; ``done`` is called on the GUI thread."""

    def __init__(
        self,
        fill_sample: Callable[[], Changes],
        installing: InstallingService,
        background: Background,
        workstation: WorkstationFile,
        done: Callable[[], None],
    ) -> None:
        super().__init__()
        self._fill_sample, self._installing, self._background = fill_sample, installing, background
        self._workstation, self._done = workstation, done
        self.view = FirstRunView()
        self.view.sample_wanted.connect(self._fill)
        self.view.hospital_described.connect(self._install)
        self.view.language_chosen.connect(self._speak)

    def _fill(self) -> None:
        self._work(self._fill_sample)

    def _install(self, hospital: NewHospital) -> None:
        self._work(lambda: self._installing.install(hospital))

    def _work(self, action: Callable[[], Changes]) -> None:
        self.view.set_busy(True)
        self._background.write(self, action, self._go_on, self._refuse)

    def _go_on(self, _changes: Changes) -> None:
        self.view.hide()
        self._done()

    def _refuse(self, error: AppError) -> None:
        self.view.refuse(error)

    def _speak(self, tongue: str) -> None:
        self._workstation.change(language=tongue)
        language.switch_language(tongue)


def first_window(desk: Desk, first_run: FirstRun | None) -> QWidget:
    """Show what the person sees first."""
    if first_run is not None:
        first_run.view.show()
        return first_run.view
    desk.start()
    return desk.sign_in_view


def show_trouble(app: QApplication, *sentences: str) -> int:
    """A window that says why the database cannot be used; returns the exit code for trouble of the environment."""
    window = TroubleView(sentences)
    window.show()
    app.exec()
    return ENVIRONMENT_TROUBLE
