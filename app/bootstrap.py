"""Builds the object graph; the only module that may import everything.

Qt is imported only where a window is wanted, so that the terminal answers at once.
"""

import logging
import os
import sys
from collections.abc import Sequence
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

from platformdirs import user_log_path

from app.core import settings
from app.core.clock import Clock, system_clock
from app.core.errors import AppError
from app.core.words import describe
from app.models.database import Database
from app.queries.reader import Reader
from app.services.checking import CheckingService
from app.services.installing import InstallingService
from app.services.sample_data import SampleDataService
from app.services.signing_in import SigningInService
from app.services.staffing import StaffingService
from app.services.upgrading import check, demand_sound, is_empty, upgrade

if TYPE_CHECKING:
    from app.ui.background import Background
    from app.ui.seat import Seat
    from app.ui.shell.desk import Desk, PagePlan

LOG_BYTES, LOG_FILES = 2_000_000, 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Start what the command line names; without a command, the desktop. Returns the exit code."""
    from app.cli.main import run

    return run(list(sys.argv[1:] if arguments is None else arguments), {"desktop": desktop, "demo": demo})


def open_database(url: str, clock: Clock = system_clock) -> Database:
    """The database at ``url`` in the newest shape; a new SQLite file is made, a PostgreSQL is never changed unasked.

    Raises StorageError where it cannot be used.
    """
    database = Database(url, clock)
    if database.is_sqlite and check(database).found is None:
        upgrade(database)
    demand_sound(database)
    return database


def desktop(url: str) -> int:
    """Open the window on the database; where there is no screen, play the story and say where its pictures lie."""
    if not _has_screen():
        return _play_without_screen()
    from app.ui.application import FirstRun, first_window, make_application, show_trouble
    from app.ui.background import Collector

    keep_log()
    workstation = settings.WorkstationFile(settings.settings_path())
    app = make_application(workstation)
    try:
        database = open_database(settings.database_url(workstation.current, url))
    except AppError as error:
        return show_trouble(app, describe(error, "zh"), describe(error, "en"))
    desk, background = build_desk(database, workstation)
    first_run = None
    if is_empty(database):
        services = SampleDataService(database), InstallingService(database, _staffing(database))
        first_run = FirstRun(*services, background, workstation, desk.start)
    collector = Collector(app)
    collector.start()
    window = first_window(desk, first_run)
    code = app.exec()
    collector.stop()
    window.hide()
    background.wait()
    database.close()
    return code


def demo(url: str, out: str, seed: int, *, as_json: bool = False) -> int:
    """Play the story through the real windows, offscreen; pictures, PDFs and summary.json go to ``out``."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app.ui.story import play

    return play(url, out, seed, as_json=as_json, build_desk=build_desk, open_database=open_database)


def build_desk(
    database: Database, workstation: settings.WorkstationFile, clock: Clock | None = None
) -> tuple["Desk", "Background"]:
    """The desk with every page behind its door; needs a running QApplication."""
    from PySide6.QtWidgets import QApplication

    from app.ui.background import Background
    from app.ui.scan_router import ScanRouter
    from app.ui.seat import Seat
    from app.ui.shell.desk import Desk, DeskParts
    from app.ui.sounds import Sounds

    background, seat, scans = Background(), Seat(), ScanRouter()
    app = QApplication.instance()
    if app is not None:
        scans.start(app)
    parts = DeskParts(
        Reader(database),
        SigningInService(database),
        workstation,
        seat,
        background,
        scans,
        Sounds(is_on=workstation.current.has_sound),
        "SQLite" if database.is_sqlite else "PostgreSQL",
        clock or database.clock,
    )
    return Desk(parts, plans(database, workstation, seat, background), background), background


def plans(
    database: Database, workstation: settings.WorkstationFile, seat: "Seat", background: "Background"
) -> dict[str, "PagePlan"]:
    """Every page: its door, who may open it, and how it is built when it is first opened."""
    from app.core.permissions import Duty
    from app.ui.pages.settings.page import SettingsPage
    from app.ui.pages.settings.presenter import SettingsPresenter
    from app.ui.pages.workbench.page import WorkbenchPage
    from app.ui.pages.workbench.presenter import WorkbenchPresenter
    from app.ui.shell.desk import PagePlan

    reader = Reader(database)
    everybody = frozenset({Duty.SEE_BATCHES})

    def workbench() -> WorkbenchPage:
        return WorkbenchPage(WorkbenchPresenter(reader, database.clock, seat, background))

    def settings_page() -> SettingsPage:
        presenter = SettingsPresenter(
            reader, _staffing(database), CheckingService(database), workstation, seat, background
        )
        return SettingsPage(presenter)

    return {
        "workbench": PagePlan("workbench", everybody, workbench),
        "settings": PagePlan("settings", everybody, settings_page, group=1),
    }


def keep_log() -> None:
    """Warnings and errors as lines of a rotating file; never what a patient or a password is."""
    folder = user_log_path("RecallDesk", appauthor=False, ensure_exists=True)
    handler = RotatingFileHandler(
        folder / "recalldesk.log", maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"
    )
    handler.setFormatter(
        logging.Formatter('{"at":"%(asctime)s","level":"%(levelname)s","from":"%(name)s"} %(message)s')
    )
    logging.getLogger().addHandler(handler)


def _staffing(database: Database) -> StaffingService:
    return StaffingService(database, SigningInService(database))


def _has_screen() -> bool:
    if os.name == "nt" or sys.platform == "darwin" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _play_without_screen() -> int:
    return demo("", "demo", 20260312)
