"""The list of recalls: search, filter chips, site, table, and the pane of the case under the cursor."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.statuses.recall import CaseState
from app.queries.recalls import CaseFilter, CaseRow
from app.ui.language import language, say, spoken
from app.ui.pages.recalls.columns import case_columns, row_look
from app.ui.pages.recalls.detail_pane import WIDTH, DetailPane
from app.ui.pages.recalls.presenter import CaseDetail, CaseList, RecallsPresenter, SiteChoice
from app.ui.presented_view import PresentedView
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card, PageHead
from app.ui.widgets.chips import Choice, FilterChips
from app.ui.widgets.fields import Combo, Option, TextInput
from app.ui.widgets.labels import muted
from app.ui.widgets.table import DataTable

SEARCH_WIDTH = 232
WIDE, NARROW = 1100, 272


class ListView(PresentedView):
    """Up and down choose, Enter opens, ``/`` goes to the search field, Ctrl+N or F2 registers a notice."""

    opened = Signal(int)
    new_pressed = Signal()

    def __init__(self, presenter: RecallsPresenter) -> None:
        super().__init__(presenter)
        self._presenter = presenter
        self._list: CaseList | None = None
        self._sites: list[SiteChoice] = []
        self.head = PageHead(spoken("recalls.list.title"))
        self.new_button = KeycapButton(spoken("recalls.list.new"), kind="primary", icon="plus", key="Ctrl+N")
        self.head.add_action(self.new_button)
        self.search = TextInput(spoken("recalls.list.search"), icon="search")
        self.search.setFixedWidth(SEARCH_WIDTH)
        self.chips = FilterChips()
        self.sites = Combo(hint=spoken("recalls.list.all_sites"))
        self.table: DataTable[CaseRow] = DataTable(
            case_columns(),
            two_lines=True,
            look=row_look,
            name=spoken("recalls.list.title"),
            empty=spoken("recalls.list.empty"),
            row_height=50,
        )
        self.pane = DetailPane()
        self.foot = muted()
        self._arrange()
        self._connect()
        self.retranslate()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.head)
        filters = QHBoxLayout()
        filters.setSpacing(12)
        filters.addWidget(self.search)
        filters.addWidget(self.chips)
        filters.addStretch(1)
        filters.addWidget(self.sites)
        column.addLayout(filters)
        card = Card(flush=True)
        card.body.setContentsMargins(0, 0, 0, 0)
        card.add(self.table, 1)
        foot = QWidget()
        line = QHBoxLayout(foot)
        line.setContentsMargins(2, 0, 4, 0)
        line.addWidget(self.foot)
        line.addStretch(1)
        line.addWidget(muted(spoken("recalls.list.keys")))
        card.add_footer(foot)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(card, 1)
        row.addWidget(self.pane)
        column.addLayout(row, 1)
        self.setFocusProxy(self.table)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.pane.setFixedWidth(WIDTH if self.width() >= WIDE else NARROW)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.list_changed.connect(self.show_list)
        presenter.detail_changed.connect(self._show_detail)
        presenter.sites_changed.connect(self._show_sites)
        self.table.chosen.connect(presenter.choose_case)
        self.table.opened.connect(self._open_row)
        self.pane.open_pressed.connect(self._open_chosen)
        self.new_button.clicked.connect(self.new_pressed)
        self.search.textEdited.connect(presenter.search)
        self.search.returnPressed.connect(self.table.setFocus)
        self.chips.chosen.connect(self._choose_filter)
        self.sites.chosen.connect(self._choose_site)
        for keys, slot in (("F2", self._new), ("/", self._to_search)):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _new(self) -> None:
        if self._presenter.may_register:
            self.new_pressed.emit()

    def _to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _open_row(self, row: CaseRow) -> None:
        self.opened.emit(row.id)

    def _choose_filter(self, key: str) -> None:
        self._presenter.choose_filter(CaseFilter(key))

    def _choose_site(self, key: str) -> None:
        self._presenter.choose_site(int(key) if key else None)

    def _open_chosen(self) -> None:
        row = self.table.chosen_row()
        if row is not None:
            self.opened.emit(row.id)

    def show_list(self, shown: CaseList) -> None:
        """The rows that fit; the cursor stays on its case, or goes to the first one."""
        self._list = shown
        self.table.set_rows(shown.rows)
        if self.table.chosen_row() is None and shown.rows:
            self.table.choose(shown.rows[0].id)
        self.retranslate()

    def _show_detail(self, detail: CaseDetail | None) -> None:
        self.pane.show_detail(detail)

    def _show_sites(self, sites: list[SiteChoice]) -> None:
        self._sites = sites
        chosen = self.sites.key()
        options = [Option("", spoken("recalls.list.all_sites"))]
        options += [Option(str(site.id), site.name.said_in(language())) for site in sites]
        self.sites.set_options(options)
        self.sites.choose(chosen)

    def retranslate(self) -> None:
        self.new_button.setVisible(self._presenter.may_register)
        counts = self._list.counts if self._list else {}
        self.chips.set_choices(
            [Choice(show.value, say(f"recalls.filter.{show.value}"), counts.get(show)) for show in CaseFilter]
        )
        self.chips.choose(self._presenter.show.value)
        self._show_sites(self._sites)
        self.pane.retranslate()
        if self._list is None:
            return
        rows = self._list.rows
        running = sum(row.state is CaseState.ACTIVE for row in rows)
        late = sum(row.is_overdue for row in rows)
        self.head.set_title(spoken("recalls.list.title"), say("recalls.list.note", running=running, late=late))
        self.foot.set_text(say("recalls.list.shown", count=len(rows), all=counts.get(CaseFilter.ALL, len(rows))))
