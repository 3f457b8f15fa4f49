"""Store work: transfers, shelves and stock-takes behind one door; a ward sees its stock-takes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget

from app.ui.language import spoken
from app.ui.page import Page
from app.ui.pages.stores.arrivals_presenter import ArrivalsPresenter
from app.ui.pages.stores.counts_presenter import CountsPresenter
from app.ui.pages.stores.counts_tab import CountsTab
from app.ui.pages.stores.parts import SoundPlayer
from app.ui.pages.stores.sending_presenter import SendingPresenter
from app.ui.pages.stores.shelves_presenter import ShelvesPresenter
from app.ui.pages.stores.shelves_tab import ShelvesTab
from app.ui.pages.stores.transfers_tab import VIEWS, TransfersTab
from app.ui.scan_queue import SHELF_CODE, TRANSFER_CODE
from app.ui.widgets.card import PageHead
from app.ui.widgets.chips import Choice
from app.ui.widgets.tabs import TabsBar

TABS = ("transfers", "shelves", "counts")


@dataclass(frozen=True, slots=True)
class StorePresenters:
    """Those behind the tabs; ``coming`` and ``going`` are the two lists of transfers."""

    sending: SendingPresenter
    coming: ArrivalsPresenter
    going: ArrivalsPresenter
    shelves: ShelvesPresenter
    counts: CountsPresenter


class StoresPage(Page):
    """Ctrl+1 to Ctrl+3 are the tabs. ``may_work`` is asked when the page is seen: a ward gets stock-takes only."""

    def __init__(
        self, presenters: StorePresenters, may_work: Callable[[], bool], sounds: SoundPlayer | None = None
    ) -> None:
        super().__init__(presenters.counts)
        self._may_work = may_work
        self.head = PageHead(spoken("stores.title"), spoken("stores.page_note"))
        self.tabs = TabsBar()
        self.transfers = TransfersTab(presenters.sending, presenters.coming, presenters.going, sounds)
        self.shelves = ShelvesTab(presenters.shelves, sounds)
        self.counts = CountsTab(presenters.counts, sounds)
        self.stack = QStackedWidget()
        for key, tab in self._by_key().items():
            self.stack.addWidget(tab)
            tab.said.connect(self.said)
            tab.waiting_changed.connect(partial(self._show_count, key))
        self.column.addWidget(self.head)
        self.column.addWidget(self.tabs)
        self.column.addWidget(self.stack, 1)
        self.tabs.chosen.connect(self.open_tab)
        self._offer_tabs()
        scope = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for number, key in enumerate(TABS, start=1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self, context=scope)
            shortcut.activated.connect(lambda key=key: self.open_tab(key))

    def _by_key(self) -> dict[str, TransfersTab | ShelvesTab | CountsTab]:
        return dict(zip(TABS, (self.transfers, self.shelves, self.counts), strict=True))

    def _offer_tabs(self) -> None:
        keys = TABS if self._may_work() else ("counts",)
        self.tabs.set_choices([Choice(key, spoken(f"stores.tab.{key}")) for key in keys])
        self.open_tab(self.tabs.current())

    def _show_count(self, key: str, count: int) -> None:
        self.tabs.set_count(key, count or None)

    def _current(self) -> TransfersTab | ShelvesTab | CountsTab:
        return self._by_key()[self.tabs.current()]

    def open_tab(self, key: str) -> None:
        """transfers, shelves or counts; a ward stays at its stock-takes."""
        if key == "counts" or self._may_work():
            self.tabs.choose(key)
            self.stack.setCurrentWidget(self._by_key()[key])

    def take_scan(self, raw: str) -> bool:
        """A shelf's label goes to the shelves, a slip opens its transfer, everything else goes to the open tab."""
        if raw.startswith(TRANSFER_CODE) and self._may_work():
            self.show_target(("transfer", raw.removeprefix(TRANSFER_CODE).strip()))
            return True
        if raw.startswith(SHELF_CODE) and self._may_work():
            self.open_tab("shelves")
        self._current().take_scan(raw)
        return True

    def show_target(self, target: object) -> None:
        """A tab's or view's key, ``("transfer", id or number)`` or ``("count", id)``."""
        match target:
            case ("transfer", int(number)) if self._may_work():
                self.open_tab("transfers")
                self.transfers.open_document(number)
            case ("transfer", str(number)) if self._may_work():
                self.open_tab("transfers")
                self.transfers.open_number(number)
            case ("count", int(number)):
                self.open_tab("counts")
                self.counts.open_count(number)
            case str(key) if key in TABS:
                self.open_tab(key)
            case str(key) if key in VIEWS and self._may_work():
                self.open_tab("transfers")
                self.transfers.open_view(key)
            case _:
                pass

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._may_work():  # the numbers of all tabs stand on every tab
            for tab in (self.transfers, self.shelves):
                tab.set_visible(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        for tab in (self.transfers, self.shelves):
            tab.set_visible(False)

    def retranslate(self) -> None:
        for tab in self._by_key().values():
            tab.retranslate()
