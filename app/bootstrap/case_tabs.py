"""The tabs of a recall case, each with its presenter and its services."""

from typing import TYPE_CHECKING

from app.core import settings

if TYPE_CHECKING:
    from app.models.database import Database
    from app.services.assessing import AssessingService
    from app.services.registering import RegisteringService
    from app.ui.pages.recalls.case_tab import CaseTab, TabPlan
    from app.ui.shell.desk import DeskParts


class CaseTabs:
    """Builds each tab when it is first opened."""

    def __init__(self, database: "Database", parts: "DeskParts") -> None:
        self._database, self._parts = database, parts
        self._reader, self._seat, self._background = parts.reader, parts.seat, parts.background
        self._signing = parts.signing_in

    def plans(self, registering: "RegisteringService", assessing: "AssessingService") -> "list[TabPlan]":
        """The tabs of a case in their order, each built when it is first opened."""
        from app.services.answering import AnsweringService
        from app.services.arriving import ArrivingService
        from app.services.completing import CompletingService
        from app.ui.pages.recalls.case_tab import TabPlan
        from app.ui.pages.recalls.impact_presenter import ImpactPresenter
        from app.ui.pages.recalls.impact_tab import ImpactTab
        from app.ui.pages.recalls.scope_presenter import ScopeTabPresenter
        from app.ui.pages.recalls.scope_tab import ScopeTab
        from app.ui.pages.recalls.tasks_presenter import TasksPresenter
        from app.ui.pages.recalls.tasks_tab import TasksTab

        reader, now, shared = self._reader, self._parts.now, (self._seat, self._background)
        answering = AnsweringService(self._database)
        files = ArrivingService(self._database), CompletingService(self._database), settings.papers_path()
        return [
            TabPlan("scope", lambda: ScopeTab(ScopeTabPresenter(reader, registering, assessing, *files, *shared))),
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
