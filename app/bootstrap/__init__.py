"""Builds the object graph; the only module that may import everything.

Qt is imported only where a window is wanted, so that the terminal answers at once.
"""

import os
import random
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.core import settings
from app.core.clock import Clock, system_clock
from app.core.errors import AppError
from app.core.logs import keep_log
from app.core.words import describe

if TYPE_CHECKING:
    from app.core.changes import Changes
    from app.models.database import Database
    from app.queries.reader import Reader
    from app.services.signing_in import SigningInService
    from app.services.staffing import StaffingService
    from app.ui.background import Background
    from app.ui.scan_router import ScanRouter
    from app.ui.seat import Seat
    from app.ui.shell.alarm_watch import AlarmWatch
    from app.ui.shell.desk import Desk
    from app.ui.shell.stand_in import StandIn


def main(arguments: Sequence[str] | None = None) -> int:
    """Start what the command line names; without a command, the desktop. Returns the exit code."""
    from app.cli.main import run

    return run(list(sys.argv[1:] if arguments is None else arguments), {"desktop": desktop, "demo": demo})


def open_database(url: str, clock: Clock = system_clock) -> "Database":
    """The database at ``url`` in the newest shape; a new SQLite file is made, a PostgreSQL is never changed unasked.

    Raises StorageError where it cannot be used.
    """
    from app.models.database import Database
    from app.services.upgrading import check, demand_sound, upgrade

    database = Database(url, clock)
    if database.is_sqlite and check(database).found is None:
        upgrade(database)
    demand_sound(database)
    return database


def _opened(url: str, workstation: settings.Workstation) -> "Database":
    from app.bootstrap.lines import demand_nobody_shares, is_personal, personal_database

    if is_personal(url):
        return personal_database(url, workstation, system_clock)
    database = open_database(url)
    demand_nobody_shares(database)
    return database


def desktop(url: str) -> int:
    """Open the window on the database; where there is no screen, play the story and say where its pictures lie."""
    if not _has_screen():
        return _play_without_screen()
    from app.bootstrap.lines import is_personal
    from app.services.installing import InstallingService
    from app.services.upgrading import is_empty
    from app.ui.application import FirstRun, first_window, make_application, show_trouble
    from app.ui.background import Collector

    keep_log()
    workstation = settings.WorkstationFile(settings.settings_path())
    app = make_application(workstation)
    try:
        database = _opened(settings.database_url(workstation.current, url), workstation.current)
    except AppError as error:
        return show_trouble(app, describe(error, "zh"), describe(error, "en"))
    desk, background = build_desk(database, workstation)
    first_run = None
    if not is_personal(settings.database_url(workstation.current, url)) and is_empty(database):
        installing = InstallingService(database, _staffing(database))
        first_run = FirstRun(lambda: _fill_sample(database), installing, background, workstation, desk.start)
    collector, stand_in = Collector(app), _stand_in(database, desk, background)
    collector.start()
    stand_in.start()
    window = first_window(desk, first_run)
    _say_what_is_missing(database, desk)
    code = app.exec()
    stand_in.close()
    collector.stop()
    window.hide()
    desk.close()
    background.wait()
    database.close()
    return code


def _say_what_is_missing(database: "Database", desk: "Desk") -> None:
    """A sample that was cut off is not to be taken for a whole one."""
    from app.services.sample_data import is_unfinished
    from app.ui.language import say

    with suppress(AppError):  # with personal logins nobody reads before signing in; such a database has no sample
        if is_unfinished(database):
            desk.sign_in_view.set_foot(say("widgets.sign_in.sample_cut"), "attention")


def _stand_in(database: "Database", desk: "Desk", background: "Background") -> "StandIn":
    """This window does the agent's work while there is none."""
    from app.core.statuses.agent import Holder
    from app.services.agent.attending import Attending
    from app.services.agent.work import Folders, jobs_of
    from app.ui.shell.stand_in import StandIn

    attending = Attending(database, jobs_of(database, Folders()), kind=Holder.CLIENT)
    return StandIn(attending, desk.seat, background)


def _fill_sample(database: "Database") -> "Changes":
    from app.services.sample_data import SampleDataService  # needs half the program; few first runs ask for it

    return SampleDataService(database).fill()


def demo(url: str, out: str, seed: int, *, as_json: bool = False) -> int:
    """Play the story through the real windows, offscreen; pictures, PDFs and summary.json go to ``out``.

    The database is ``url`` or RECALLDESK_DATABASE_URL, which must be empty, else a new ``out/demo.db``.
    """
    os.environ["QT_QPA_PLATFORM"] = os.environ.get("QT_QPA_PLATFORM") or "offscreen"
    from app.cli.demos import tell_where, whisper
    from app.queries.reader import Reader
    from app.services.sample_data import SampleDataService
    from app.ui.application import make_application
    from app.ui.story import StoryParts, play
    from app.ui.story_facts import StoryFacts

    folder = Path(out).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    database = _demo_database(url, folder)
    try:
        SampleDataService(database).fill(seed)
        workstation = settings.WorkstationFile(folder / "workstation.json")
        os.environ.setdefault("RECALLDESK_PAPERS", str(folder / "papers"))
        make_application(workstation)
        desk, background = build_desk(database, workstation)
        facts = StoryFacts(Reader(database), database.clock)
        summary = play(StoryParts(desk, background, facts, database.clock), folder, seed, whisper)
        desk.close()
        background.wait()
    finally:
        database.close()
    tell_where(folder, summary, as_json=as_json)
    return 0


def _demo_database(url: str, folder: Path) -> "Database":
    """Migrated and empty; the demo's own file is made anew, any other database is only used when it is empty."""
    from app.models.database import Database
    from app.services.sample_data import NotEmptyError
    from app.services.upgrading import is_empty, upgrade

    given = url or os.environ.get(settings.DATABASE_VARIABLE, "")
    if not given:
        for old in folder.glob("demo.db*"):
            old.unlink()
        (folder / "workstation.json").unlink(missing_ok=True)
    database = Database(given or f"sqlite:///{folder / 'demo.db'}", system_clock)
    upgrade(database)
    if not is_empty(database):
        database.close()
        raise NotEmptyError
    return database


def build_desk(
    database: "Database", workstation: settings.WorkstationFile, clock: Clock | None = None
) -> tuple["Desk", "Background"]:
    """The desk with every page behind its door; needs a running QApplication."""
    from app.bootstrap.doors import PageFactory
    from app.bootstrap.lines import name_of, own_line, wire
    from app.queries.reader import Reader
    from app.services.signing_in import SigningInService
    from app.ui.background import Background
    from app.ui.pages.ward.locked_check import LockedCheck
    from app.ui.seat import Seat
    from app.ui.shell.alarm import Alarm
    from app.ui.shell.desk import Desk, DeskParts
    from app.ui.shell.newsroom import Newsroom
    from app.ui.sounds import Sounds

    background, seat, scans = Background(), Seat(), _scans(workstation)
    sounds = Sounds(is_on=workstation.current.has_sound)
    now, reader, signing_in = clock or database.clock, Reader(database), SigningInService(database)
    own = own_line(database, workstation.current)
    watching = Reader(own)
    alarm = _alarm(database, (watching, signing_in), workstation, seat, background)
    parts = DeskParts(
        reader,
        signing_in,
        workstation,
        seat,
        background,
        scans,
        sounds,
        name_of(database),
        now,
        Newsroom(wire(database, own), background, now, random.Random()),  # noqa: S311 no secret
        Alarm(alarm, sounds, now),
        partial(LockedCheck, watching, background, sounds, now),
        watching,
    )
    return Desk(parts, PageFactory(database, parts).plans(), background), background


def _scans(workstation: settings.WorkstationFile) -> "ScanRouter":
    """Listening to the running application, and to the scanners on serial lines."""
    from PySide6.QtWidgets import QApplication

    from app.devices.serial_scanner import SerialScanner
    from app.ui.plugged_scanners import PluggedScanners
    from app.ui.scan_router import ScanRouter

    scans, app = ScanRouter(), QApplication.instance()
    scans.attach(PluggedScanners(SerialScanner, scans))
    if scans.plugged is not None and workstation.current.scanners:
        scans.plugged.plug(workstation.current.scanners)
    if isinstance(app, QApplication):
        scans.start(app)
    return scans


def _alarm(
    database: "Database",
    parts: tuple["Reader", "SigningInService"],
    workstation: settings.WorkstationFile,
    seat: "Seat",
    background: "Background",
) -> "AlarmWatch":
    from app.services.answering import AnsweringService
    from app.ui.shell.alarm_watch import AlarmWatch

    def place() -> int | None:
        """Where this PC stands, also while nobody sits at it."""
        return seat.place_id or workstation.current.place_id

    return AlarmWatch(*parts, AnsweringService(database), seat, background, place)


def _staffing(database: "Database") -> "StaffingService":
    from app.services.signing_in import SigningInService
    from app.services.staffing import StaffingService

    return StaffingService(database, SigningInService(database))


def _has_screen() -> bool:
    if os.name == "nt" or sys.platform == "darwin" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _play_without_screen() -> int:
    return demo("", "demo", 20260312)
