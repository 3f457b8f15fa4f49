"""The settings page: its tabs, no decisions."""

from PySide6.QtWidgets import QStackedWidget

from app.ui.language import say, spoken
from app.ui.page import Page
from app.ui.pages.settings.agent_presenter import AgentPresenter
from app.ui.pages.settings.agent_tab import AgentTab
from app.ui.pages.settings.database_tab import DatabaseTab
from app.ui.pages.settings.duties_presenter import DutiesPresenter
from app.ui.pages.settings.duties_tab import DutiesTab
from app.ui.pages.settings.looks_presenter import LooksPresenter
from app.ui.pages.settings.looks_tab import LooksTab
from app.ui.pages.settings.persons_tab import PersonsTab
from app.ui.pages.settings.presenter import SettingsPresenter
from app.ui.pages.settings.rules_presenter import RulesPresenter
from app.ui.pages.settings.rules_tab import RulesTab
from app.ui.pages.settings.scanners_presenter import ScannersPresenter
from app.ui.pages.settings.scanners_tab import ScannersTab
from app.ui.pages.settings.signatures_presenter import SignaturesPresenter
from app.ui.pages.settings.signatures_tab import SignaturesTab
from app.ui.pages.settings.stations_presenter import StationsPresenter
from app.ui.pages.settings.stations_tab import StationsTab
from app.ui.pages.settings.workstation_tab import WorkstationTab
from app.ui.widgets.card import PageHead
from app.ui.widgets.chips import Choice
from app.ui.widgets.tabs import TabsBar

TABS = ("workstation", "scanners", "persons", "stations", "duties", "signatures", "looks", "rules", "agent", "database")


class SettingsPage(Page):
    """One tab beside the other: from this workstation to the database."""

    def __init__(
        self,
        presenter: SettingsPresenter,
        rules: RulesPresenter,
        duties: DutiesPresenter,
        agent: AgentPresenter,
        signatures: SignaturesPresenter,
        looks: LooksPresenter,
        stations: StationsPresenter,
        scanners: ScannersPresenter,
    ) -> None:
        super().__init__(presenter)
        self.tabs, self.stack = TabsBar(), QStackedWidget()
        self.workstation = WorkstationTab(presenter)
        self.scanners = ScannersTab(scanners)
        self.persons = PersonsTab(presenter)
        self.stations = StationsTab(stations)
        self.duties = DutiesTab(duties)
        self.signatures = SignaturesTab(signatures)
        self.looks = LooksTab(looks)
        self.rules = RulesTab(rules)
        self.agent = AgentTab(agent)
        self.database = DatabaseTab(presenter)
        self._tabs = (
            self.workstation,
            self.scanners,
            self.persons,
            self.stations,
            self.duties,
            self.signatures,
            self.looks,
            self.rules,
            self.agent,
            self.database,
        )
        self._arrange()
        self.tabs.chosen.connect(self._show_tab)
        presenter.failed.connect(self.workstation.say_error)
        self.retranslate()

    def _arrange(self) -> None:
        self.column.addWidget(PageHead(spoken("settings.title"), spoken("settings.note")))
        self.column.addWidget(self.tabs)
        self.column.addWidget(self.stack, 1)
        for tab in self._tabs:
            self.stack.addWidget(tab)

    def retranslate(self) -> None:
        self.tabs.set_choices([Choice(key, say(f"settings.tab.{key}")) for key in TABS])
        for tab in self._tabs:
            tab.retranslate()

    def take_scan(self, raw: str) -> bool:
        """On the bench a scan is looked at, on the tab of persons it is a badge."""
        if self.stack.currentWidget() is self.scanners:
            return self.scanners.take_scan(raw)
        return self.stack.currentWidget() is self.persons and self.persons.take_badge(raw)

    def show_target(self, target: object) -> None:
        if target in TABS:
            self.tabs.choose(str(target))
            self._show_tab(str(target))

    def _show_tab(self, key: str) -> None:
        self.stack.setCurrentIndex(TABS.index(key))
