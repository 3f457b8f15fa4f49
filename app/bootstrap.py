"""Builds the object graph; the only module that may import everything.

Qt is imported only where a window is wanted, so that the terminal answers at once.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.core import settings
from app.core.clock import Clock, system_clock
from app.core.errors import AppError
from app.core.logs import keep_log
from app.core.words import describe

if TYPE_CHECKING:
    from app.models.database import Database
    from app.services.assessing import AssessingService
    from app.services.registering import RegisteringService
    from app.services.staffing import StaffingService
    from app.ui.background import Background
    from app.ui.page import Page
    from app.ui.pages.recalls.case_tab import CaseTab, TabPlan
    from app.ui.pages.recalls.register_presenter import RegisterPresenter
    from app.ui.shell.desk import Desk, DeskParts, PagePlan


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


def desktop(url: str) -> int:
    """Open the window on the database; where there is no screen, play the story and say where its pictures lie."""
    if not _has_screen():
        return _play_without_screen()
    from app.services.installing import InstallingService
    from app.services.sample_data import SampleDataService
    from app.services.upgrading import is_empty
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
    desk.close()
    background.wait()
    database.close()
    return code


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
    from PySide6.QtWidgets import QApplication

    from app.queries.reader import Reader
    from app.services.signing_in import SigningInService
    from app.ui.background import Background
    from app.ui.scan_router import ScanRouter
    from app.ui.seat import Seat
    from app.ui.shell.desk import Desk, DeskParts
    from app.ui.sounds import Sounds

    background, seat, scans = Background(), Seat(), ScanRouter()
    sounds = Sounds(is_on=workstation.current.has_sound)
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
        sounds,
        "SQLite" if database.is_sqlite else "PostgreSQL",
        clock or database.clock,
    )
    return Desk(parts, PageFactory(database, parts).plans(), background), background


class PageFactory:
    """Builds each page, with its presenter and services, when it is first opened."""

    def __init__(self, database: "Database", parts: "DeskParts") -> None:
        self._database, self._parts = database, parts
        self._reader, self._seat, self._background = parts.reader, parts.seat, parts.background
        self._signing = parts.signing_in
        self._register: RegisterPresenter | None = None

    def plans(self) -> dict[str, "PagePlan"]:
        """Every page: its door, who may open it, and how it is built."""
        from app.core.permissions import Duty
        from app.ui.shell.desk import PagePlan

        everybody = frozenset({Duty.SEE_BATCHES})
        return {
            "workbench": PagePlan("workbench", everybody, self._workbench),
            "receiving": PagePlan("receive", frozenset({Duty.RECEIVE}), self._receiving),
            "inspection": PagePlan("inspect", frozenset({Duty.INSPECT}), self._inspection),
            "issuing": PagePlan("issue", frozenset({Duty.ISSUE}), self._issuing),
            "ward": PagePlan("ward", frozenset({Duty.WARD}), self._ward),
            "batches": PagePlan("barcode", everybody, self._batches),
            "recalls": PagePlan("recall", frozenset({Duty.SEE_RECALLS}), self._recalls),
            "settings": PagePlan("settings", everybody, self._settings, group=1),
        }

    def _workbench(self) -> "Page":
        from app.ui.pages.workbench.page import WorkbenchPage
        from app.ui.pages.workbench.presenter import WorkbenchPresenter

        return WorkbenchPage(WorkbenchPresenter(self._reader, self._parts.now, self._seat, self._background))

    def _receiving(self) -> "Page":
        from app.services.cataloguing import CataloguingService
        from app.services.receipt_papers import ReceiptPaperService
        from app.services.receiving import ReceivingService
        from app.ui.pages.receiving.page import ReceivingPage
        from app.ui.pages.receiving.presenter import ReceivingPresenter

        presenter = ReceivingPresenter(
            self._reader,
            ReceivingService(self._database, self._signing),
            CataloguingService(self._database),
            self._parts.now,
            self._seat,
            self._background,
            play=self._parts.sounds.play,
            papers=ReceiptPaperService(self._database),
            folder=settings.papers_path(),
        )
        return ReceivingPage(presenter)

    def _inspection(self) -> "Page":
        from app.services.inspecting import InspectingService
        from app.ui.pages.inspection.page import InspectionPage
        from app.ui.pages.inspection.presenter import InspectionPresenter

        inspecting = InspectingService(self._database, self._signing)
        return InspectionPage(InspectionPresenter(self._reader, inspecting, self._seat, self._background))

    def _issuing(self) -> "Page":
        from app.services.issuing import IssuingService
        from app.ui.pages.issuing.page import IssuingPage
        from app.ui.pages.issuing.presenter import IssuingPresenter

        presenter = IssuingPresenter(self._reader, IssuingService(self._database), self._seat, self._background)
        return IssuingPage(presenter, self._parts.sounds)

    def _ward(self) -> "Page":
        from app.services.answering import AnsweringService
        from app.services.ward import WardService
        from app.ui.pages.ward.page import WardPage
        from app.ui.pages.ward.presenter import WardPresenter
        from app.ui.pages.ward.tasks.presenter import WardTasksPresenter

        ward = WardPresenter(self._reader, WardService(self._database), self._signing, self._seat, self._background)
        tasks = WardTasksPresenter(
            self._reader, AnsweringService(self._database), self._parts.now, self._seat, self._background
        )
        return WardPage(ward, tasks, self._parts.sounds)

    def _batches(self) -> "Page":
        from app.services.correcting import CorrectingService
        from app.services.holding import HoldingService
        from app.services.labelling import LabellingService
        from app.services.quarantining import QuarantiningService
        from app.ui.pages.batches.page import BatchesPage
        from app.ui.pages.batches.presenter import BatchesPresenter

        database = self._database
        presenter = BatchesPresenter(
            self._reader,
            HoldingService(database),
            QuarantiningService(database),
            CorrectingService(database),
            self._signing,
            LabellingService(database),
            self._seat,
            self._background,
            settings.papers_path(),
        )
        return BatchesPage(presenter)

    def _recalls(self) -> "Page":
        from app.services.assessing import AssessingService
        from app.services.closing import ClosingService
        from app.services.launching import LaunchingService
        from app.services.papers import PaperService
        from app.services.previewing import PreviewingService
        from app.services.registering import RegisteringService
        from app.ui.pages.recalls.case_presenter import CasePresenter
        from app.ui.pages.recalls.page import RecallsPage
        from app.ui.pages.recalls.presenter import RecallsPresenter
        from app.ui.pages.recalls.register_presenter import RegisterPresenter

        database, now, shared = self._database, self._parts.now, (self._seat, self._background)
        registering, assessing = RegisteringService(database), AssessingService(database)
        launching = LaunchingService(database, self._signing)
        if self._register is None:  # it keeps the drafts, which outlive a locked screen
            previewing = PreviewingService(database)
            self._register = RegisterPresenter(previewing, registering, assessing, launching, now, *shared)
        closing, papers = ClosingService(database, self._signing), PaperService(database)
        case = CasePresenter(self._reader, registering, assessing, launching, closing, papers, now, *shared)
        return RecallsPage(
            RecallsPresenter(self._reader, now, *shared), self._register, case, self._case_tabs(registering, assessing)
        )

    def _case_tabs(self, registering: "RegisteringService", assessing: "AssessingService") -> "list[TabPlan]":
        """The tabs of a case in their order, each built when it is first opened."""
        from app.services.answering import AnsweringService
        from app.ui.pages.recalls.case_tab import TabPlan
        from app.ui.pages.recalls.impact_presenter import ImpactPresenter
        from app.ui.pages.recalls.impact_tab import ImpactTab
        from app.ui.pages.recalls.scope_presenter import ScopeTabPresenter
        from app.ui.pages.recalls.scope_tab import ScopeTab
        from app.ui.pages.recalls.tasks_presenter import TasksPresenter
        from app.ui.pages.recalls.tasks_tab import TasksTab

        reader, now, shared = self._reader, self._parts.now, (self._seat, self._background)
        answering = AnsweringService(self._database)
        return [
            TabPlan("scope", lambda: ScopeTab(ScopeTabPresenter(reader, registering, assessing, *shared))),
            TabPlan("impact", lambda: ImpactTab(ImpactPresenter(reader, now, self._background))),
            TabPlan("tasks", lambda: TasksTab(TasksPresenter(reader, answering, now, *shared))),
            TabPlan("goods", self._goods_tab),
            TabPlan("documents", self._documents_tab),
            TabPlan("timeline", self._timeline_tab),
            TabPlan("closing", self._closing_tab),
        ]

    def _goods_tab(self) -> "CaseTab":
        from app.services.collecting import CollectingService
        from app.services.papers import PaperService
        from app.services.returning import ReturningService
        from app.ui.pages.recalls.goods_presenter import GoodsPresenter
        from app.ui.pages.recalls.goods_tab import GoodsTab

        database = self._database
        presenter = GoodsPresenter(
            self._reader,
            CollectingService(database),
            ReturningService(database),
            PaperService(database),
            self._signing,
            self._parts.now,
            self._seat,
            self._background,
            play=self._parts.sounds.play,
        )
        return GoodsTab(presenter)

    def _documents_tab(self) -> "CaseTab":
        from app.services.papers import PaperService
        from app.ui.pages.recalls.documents_presenter import DocumentsPresenter
        from app.ui.pages.recalls.documents_tab import DocumentsTab

        papers = PaperService(self._database)
        return DocumentsTab(DocumentsPresenter(self._reader, papers, self._parts.now, self._seat, self._background))

    def _timeline_tab(self) -> "CaseTab":
        from app.ui.pages.recalls.timeline_presenter import TimelinePresenter
        from app.ui.pages.recalls.timeline_tab import TimelineTab

        return TimelineTab(TimelinePresenter(self._reader, self._background))

    def _closing_tab(self) -> "CaseTab":
        from app.services.closing import ClosingService
        from app.ui.pages.recalls.closing_presenter import ClosingPresenter
        from app.ui.pages.recalls.closing_tab import ClosingTab

        closing = ClosingService(self._database, self._signing)
        return ClosingTab(ClosingPresenter(self._reader, closing, self._parts.now, self._seat, self._background))

    def _settings(self) -> "Page":
        from app.services.checking import CheckingService
        from app.ui.pages.settings.page import SettingsPage
        from app.ui.pages.settings.presenter import SettingsPresenter

        presenter = SettingsPresenter(
            self._reader,
            _staffing(self._database),
            CheckingService(self._database),
            self._parts.workstation,
            self._seat,
            self._background,
        )
        return SettingsPage(presenter)


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
