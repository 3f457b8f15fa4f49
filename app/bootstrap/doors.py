"""The pages behind their doors, each with its presenter and its services."""

from pathlib import Path
from typing import TYPE_CHECKING

from app.core import settings

if TYPE_CHECKING:
    from app.models.database import Database
    from app.ui.page import Page
    from app.ui.pages.recalls.register_presenter import RegisterPresenter
    from app.ui.pages.settings.scanners_presenter import ScannersPresenter
    from app.ui.shell.desk import DeskParts, PagePlan


class PageFactory:
    """Builds each page, with its presenter and services, when it is first opened."""

    def __init__(self, database: "Database", parts: "DeskParts") -> None:
        self._database, self._parts = database, parts
        self._reader, self._seat, self._background = parts.reader, parts.seat, parts.background
        self._signing = parts.signing_in
        self._register: RegisterPresenter | None = None
        self._drafts_of = 0

    def plans(self) -> dict[str, "PagePlan"]:
        """Every page: its door, who may open it, and how it is built."""
        from app.core.permissions import Duty
        from app.ui.shell.desk import PagePlan

        everybody = frozenset({Duty.SEE_BATCHES})
        return {
            "workbench": PagePlan("workbench", everybody, self._workbench),
            "receiving": PagePlan("receive", frozenset({Duty.RECEIVE}), self._receiving),
            "orders": PagePlan("truck", frozenset({Duty.ORDER}), self._orders),
            "inspection": PagePlan("inspect", frozenset({Duty.INSPECT}), self._inspection),
            "issuing": PagePlan("issue", frozenset({Duty.ISSUE}), self._issuing),
            "stores": PagePlan("boxes", frozenset({Duty.STORE_WORK, Duty.COUNT_STOCK}), self._stores),
            "requisitions": PagePlan("clipboard", frozenset({Duty.ISSUE, Duty.WARD}), self._requisitions),
            "ward": PagePlan("ward", frozenset({Duty.WARD}), self._ward),
            "kits": PagePlan("kit", frozenset({Duty.BUILD_KITS, Duty.KEEP_RECIPES, Duty.WARD}), self._kits),
            "leaving": PagePlan("dispose", frozenset({Duty.COLLECT_GOODS}), self._leaving),
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
        from app.services.attaching import AttachingService
        from app.services.inspecting import InspectingService
        from app.ui.pages.inspection.page import InspectionPage
        from app.ui.pages.inspection.presenter import InspectionPresenter

        inspecting = InspectingService(self._database, self._signing)
        attaching, papers = AttachingService(self._database), settings.papers_path()
        presenter = InspectionPresenter(self._reader, inspecting, attaching, papers, self._seat, self._background)
        return InspectionPage(presenter)

    def _issuing(self) -> "Page":
        from app.services.issuing import IssuingService
        from app.ui.pages.issuing.page import IssuingPage
        from app.ui.pages.issuing.presenter import IssuingPresenter

        presenter = IssuingPresenter(self._reader, IssuingService(self._database), self._seat, self._background)
        return IssuingPage(presenter, self._parts.sounds)

    def _stores(self) -> "Page":
        from app.bootstrap.store_page import store_page

        return store_page(self._database, self._parts)

    def _orders(self) -> "Page":
        from app.services.ordering import OrderingService
        from app.services.renewing import RenewingService
        from app.ui.pages.orders.page import OrdersPage
        from app.ui.pages.orders.presenter import OrdersPresenter
        from app.ui.pages.orders.suppliers_presenter import SuppliersPresenter

        presenter = OrdersPresenter(self._reader, OrderingService(self._database), self._seat, self._background)
        renewing = RenewingService(self._database)
        return OrdersPage(presenter, SuppliersPresenter(self._reader, renewing, self._seat, self._background))

    def _requisitions(self) -> "Page":
        from app.services.issuing import IssuingService
        from app.services.requisitioning import RequisitioningService
        from app.ui.pages.requisitions.page import RequisitionsPage
        from app.ui.pages.requisitions.presenter import RequisitionsPresenter

        requisitioning, issuing = RequisitioningService(self._database), IssuingService(self._database)
        presenter = RequisitionsPresenter(self._reader, requisitioning, issuing, self._seat, self._background)
        return RequisitionsPage(presenter, self._parts.sounds)

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

    def _kits(self) -> "Page":
        from app.services.composing import ComposingService
        from app.services.kitting import KittingService
        from app.services.labelling import LabellingService
        from app.ui.pages.kits.page import KitsPage
        from app.ui.pages.kits.presenter import KitsPresenter

        presenter = KitsPresenter(
            self._reader,
            KittingService(self._database),
            ComposingService(self._database),
            LabellingService(self._database),
            self._seat,
            self._background,
            settings.papers_path(),
            play=self._parts.sounds.play,
        )
        return KitsPage(presenter)

    def _leaving(self) -> "Page":
        from app.services.departing import DepartingService
        from app.services.departure_papers import DeparturePaperService
        from app.ui.pages.leaving.page import LeavingPage
        from app.ui.pages.leaving.presenter import LeavingPresenter

        presenter = LeavingPresenter(
            self._reader,
            DepartingService(self._database),
            DeparturePaperService(self._database),
            self._signing,
            self._parts.now,
            self._seat,
            self._background,
            settings.papers_path(),
            play=self._parts.sounds.play,
        )
        return LeavingPage(presenter)

    def _batches(self) -> "Page":
        from app.services.attaching import AttachingService
        from app.services.correcting import CorrectingService
        from app.services.holding import HoldingService
        from app.services.labelling import LabellingService
        from app.services.looking import LookingService
        from app.services.quarantining import QuarantiningService
        from app.services.supplementing import SupplementingService
        from app.ui.pages.batches.files_presenter import FilesPresenter
        from app.ui.pages.batches.master_presenter import MasterPresenter
        from app.ui.pages.batches.page import BatchesPage
        from app.ui.pages.batches.presenter import BatchesPresenter
        from app.ui.pages.batches.visits_presenter import VisitsPresenter

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
            database.clock,
        )
        master = MasterPresenter(
            self._reader,
            SupplementingService(database),
            self._signing,
            self._seat,
            self._background,
            settings.papers_path(),
            self._parts.now,
        )
        attaching, papers = AttachingService(database), settings.papers_path()
        files = FilesPresenter(self._reader, attaching, self._seat, self._background, papers)
        visits = VisitsPresenter(LookingService(database), self._seat, self._background)
        return BatchesPage(presenter, master, files, visits)

    def _recalls(self) -> "Page":
        from app.bootstrap.case_tabs import CaseTabs
        from app.services.arriving import ArrivingService
        from app.services.assessing import AssessingService
        from app.services.closing import ClosingService
        from app.services.launching import LaunchingService
        from app.services.papers import PaperService
        from app.services.previewing import PreviewingService
        from app.services.registering import RegisteringService
        from app.services.second_reading import SecondReadingService
        from app.ui.pages.recalls.arrivals_presenter import ArrivalsPresenter
        from app.ui.pages.recalls.case_presenter import CasePresenter
        from app.ui.pages.recalls.page import RecallsPage
        from app.ui.pages.recalls.presenter import RecallsPresenter
        from app.ui.pages.recalls.register_presenter import RegisterPresenter

        database, now, shared = self._database, self._parts.now, (self._seat, self._background)
        registering, assessing = RegisteringService(database), AssessingService(database, self._signing)
        launching = LaunchingService(database, self._signing)
        # It keeps the drafts, which outlive a locked screen and belong to who typed them.
        if self._register is None or self._drafts_of != self._seat.actor.id:
            self._drafts_of = self._seat.actor.id
            previewing = PreviewingService(database)
            self._register = RegisterPresenter(previewing, registering, assessing, launching, now, *shared)
        closing, papers = ClosingService(database, self._signing), PaperService(database)
        reading = SecondReadingService(database, self._signing)
        case = CasePresenter(self._reader, registering, assessing, launching, reading, closing, papers, now, *shared)
        return RecallsPage(
            RecallsPresenter(self._reader, now, *shared),
            self._register,
            ArrivalsPresenter(self._reader, ArrivingService(database), *shared),
            case,
            CaseTabs(self._database, self._parts).plans(registering, assessing),
        )

    def _settings(self) -> "Page":
        from app.services.agent.setting_up import SettingUpMail
        from app.services.badging import BadgingService
        from app.services.checking import CheckingService
        from app.services.duty_papers import DutyPaperService
        from app.services.granting import GrantingService
        from app.services.passwords import PasswordRulesService
        from app.services.regulating import RegulatingService
        from app.services.staffing import StaffingService
        from app.services.stationing import StationingService
        from app.ui.pages.settings.agent_presenter import AgentPresenter
        from app.ui.pages.settings.duties_presenter import DutiesPresenter
        from app.ui.pages.settings.looks_presenter import LooksPresenter
        from app.ui.pages.settings.page import SettingsPage
        from app.ui.pages.settings.presenter import SettingsPresenter
        from app.ui.pages.settings.rules_presenter import RulesPresenter
        from app.ui.pages.settings.signatures_presenter import SignaturesPresenter
        from app.ui.pages.settings.stations_presenter import StationsPresenter

        database = self._database
        presenter = SettingsPresenter(
            self._reader,
            StaffingService(database, self._signing),
            GrantingService(database, self._signing),
            BadgingService(database),
            CheckingService(database),
            self._parts.workstation,
            self._seat,
            self._background,
        )
        passwords = PasswordRulesService(database)
        regulating = RegulatingService(database)
        rules = RulesPresenter(self._reader, regulating, passwords, self._seat, self._background)
        papers = DutyPaperService(database)
        duties = DutiesPresenter(papers, settings.papers_path(), self._seat, self._background)
        agent = AgentPresenter(self._reader, SettingUpMail(database), self._parts.now, self._seat, self._background)
        signatures = SignaturesPresenter(self._reader, self._seat, self._background)
        stations = StationsPresenter(self._reader, StationingService(database), self._seat, self._background)
        looks = LooksPresenter(self._reader, self._seat, self._background)
        return SettingsPage(presenter, rules, duties, agent, signatures, looks, stations, self._scanners())

    def _scanners(self) -> "ScannersPresenter":
        from app.devices.serial_scanner import found_ports
        from app.services.receipt_papers import ReceiptPaperService, save
        from app.ui.pages.settings.scanners_presenter import ScannersPresenter

        scans, papers = self._parts.scans, ReceiptPaperService(self._database)

        def sheet() -> Path:
            content = papers.setup_sheet(actor=self._seat.actor, location_id=self._seat.place_id)
            return save(settings.papers_path() / "scanner-setup.pdf", content)

        presenter = ScannersPresenter(
            scans.plugged, found_ports, self._parts.workstation, self._parts.now, self._background, sheet
        )
        scans.captured.connect(presenter.hear)
        return presenter
