"""The page of returns and disposals: what waits, the document that grows by scan, what is under way, what is done."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout

from app.core.errors import AppError
from app.core.statuses.leaving import DepartureKind
from app.core.words import describe
from app.queries.departures import DepartureCard, DepartureRow
from app.ui.language import Caption, language, say, spoken
from app.ui.page import Page
from app.ui.pages.leaving.columns import departure_columns, line_columns, waiting_columns, waiting_look
from app.ui.pages.leaving.desk_pane import DeskPane
from app.ui.pages.leaving.presenter import LeavingPresenter, Said
from app.ui.pages.leaving.sight import LeavingSight, key_of
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import PageHead, Surface
from app.ui.widgets.chips import Choice, FilterChips
from app.ui.widgets.fields import Combo, Option
from app.ui.widgets.kpi_strip import Kpi, KpiStrip
from app.ui.widgets.labels import muted
from app.ui.widgets.scan_strip import ScanStrip, ScanVerdict
from app.ui.widgets.table import DataTable
from app.ui.widgets.tick_table import TickTable

ROOM_FOR_FIGURES = 700
VIEWS = ("waiting", "document", "under_way", "finished")
_SOUNDS = {"taken": ("ok", "check-circle"), "look": ("attention", "question"), "stop": ("stop", "x-circle")}


class LeavingPage(Page):
    """F2 a return, F3 a disposal, F9 what comes next, F8 the paper; Space ticks goods that wait."""

    def __init__(self, presenter: LeavingPresenter) -> None:
        super().__init__(presenter)
        self._presenter = presenter
        self._said: Said | None = None
        self.head = PageHead(spoken("leaving.title"), spoken("leaving.note"))
        self.begin_return = KeycapButton(spoken("leaving.new_return"), icon="truck", key="F2")
        self.begin_disposal = KeycapButton(spoken("leaving.new_disposal"), icon="dispose", key="F3")
        for button in (self.begin_return, self.begin_disposal):
            self.head.add_action(button)
        self.figures = KpiStrip(with_bar=False)
        self.strip = ScanStrip()
        self.views = FilterChips(self._choices(None), name=spoken("leaving.title"))
        self.place = Combo(icon="pin", hint=spoken("leaving.place_hint"))
        self.place.setAccessibleName(say("leaving.place"))
        self.waiting = TickTable(
            waiting_columns(lambda row: key_of(row) in presenter.ticked),
            key=key_of,
            name=spoken("leaving.view.waiting"),
            empty=spoken("leaving.empty.waiting"),
            look=waiting_look,
        )
        self.lines = DataTable(
            line_columns(),
            two_lines=True,
            in_card=True,
            key=lambda row: row.line_id or (row.batch_id, row.location_id, row.serial_no),
            name=spoken("leaving.view.document"),
            empty=spoken("leaving.empty.document"),
        )
        self.under_way, self.finished = (self._documents(view) for view in ("under_way", "finished"))
        self.pane = DeskPane(presenter)
        self.stack = QStackedWidget()
        self._arrange()
        self._connect()
        self._connect_keys()
        self._invite()

    @staticmethod
    def _documents(view: str) -> DataTable[DepartureRow]:
        return DataTable(
            departure_columns(),
            two_lines=True,
            in_card=True,
            name=spoken(f"leaving.view.{view}"),
            empty=spoken(f"leaving.empty.{view}"),
        )

    def _arrange(self) -> None:
        for widget in (self.head, self.figures, self.strip):
            self.column.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(12)
        surface = Surface()
        inside = QVBoxLayout(surface)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 12, 8)
        bar.addWidget(self.views)
        bar.addStretch(1)
        self.place.setFixedWidth(180)
        bar.addWidget(muted(spoken("leaving.from_place")))
        bar.addSpacing(8)
        bar.addWidget(self.place)
        inside.addLayout(bar)
        for table in (self.waiting, self.lines, self.under_way, self.finished):
            self.stack.addWidget(table)
        inside.addWidget(self.stack, 1)
        row.addWidget(surface, 1)
        self.pane.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        row.addWidget(self.pane)
        self.column.addLayout(row, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A small screen keeps the work and drops the sums."""
        super().resizeEvent(event)
        self.figures.setVisible(event.size().height() >= ROOM_FOR_FIGURES)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.sight_changed.connect(self._show_sight)
        presenter.card_changed.connect(self._show_card)
        presenter.ticks_changed.connect(self._show_ticks)
        presenter.place_changed.connect(self._show_place)
        presenter.begun.connect(self._say_begun)
        presenter.answered.connect(self._answer)
        presenter.done.connect(self._say_done)
        presenter.failed.connect(self._fail)
        self.begin_return.clicked.connect(lambda: presenter.begin(DepartureKind.RETURN))
        self.begin_disposal.clicked.connect(lambda: presenter.begin(DepartureKind.DISPOSAL))
        self.views.chosen.connect(self.open_view)
        self.figures.opened.connect(self._open_figure)
        self.place.chosen.connect(self._choose_place)
        self.waiting.toggled.connect(presenter.toggle)
        self.lines.chosen.connect(self.pane.show_line)
        for table in (self.under_way, self.finished):
            table.chosen.connect(self._choose)
            table.opened.connect(self._open_document)

    def _connect_keys(self) -> None:
        scope = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for number, view in enumerate(VIEWS, start=1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self, context=scope)
            shortcut.activated.connect(lambda view=view: self.open_view(view))

    # views --------------------------------------------------------------------------
    def open_view(self, view: str) -> None:
        """One of ``VIEWS``."""
        self.views.choose(view)
        self.stack.setCurrentIndex(VIEWS.index(view))

    def _open_figure(self, key: str) -> None:
        self.open_view({"waiting": "waiting", "drafts": "under_way", "on_the_way": "under_way"}.get(key, "finished"))

    def _choose_place(self, key: str) -> None:
        self._presenter.choose_place(int(key))

    def _choose(self, row: DepartureRow | None) -> None:
        if row is not None and self.sender() is self.stack.currentWidget():
            self._presenter.choose(row.id)

    def _open_document(self, row: DepartureRow) -> None:
        self._presenter.choose(row.id)
        self.open_view("document")

    # shown --------------------------------------------------------------------------
    def _choices(self, sight: LeavingSight | None) -> list[Choice]:
        card = self._presenter.card
        counts = {
            "waiting": len(sight.waiting) if sight else None,
            "document": len(card.lines) if card else None,
            "under_way": len(sight.under_way) if sight else None,
        }
        return [Choice(view, spoken(f"leaving.view.{view}"), counts.get(view)) for view in VIEWS]

    def _show_sight(self, sight: LeavingSight) -> None:
        self.waiting.set_rows(sight.waiting)
        self.under_way.set_rows(sight.under_way)
        self.finished.set_rows(sight.finished)
        self.views.set_choices(self._choices(sight))
        tongue = language()
        self.place.set_options([Option(str(place.id), place.name.said_in(tongue)) for place in sight.places])
        self._show_place()
        figures = sight.figures
        waiting = sight.waiting_units
        self.figures.set_kpis(
            [
                Kpi("waiting", spoken("leaving.figure.waiting"), waiting, _beside("units", waiting)),
                Kpi("drafts", spoken("leaving.figure.drafts"), sight.drafts, _beside("documents", sight.drafts)),
                Kpi(
                    "on_the_way", spoken("leaving.figure.on_the_way"), sight.on_the_way,
                    _beside("documents", sight.on_the_way), ink="attention" if sight.on_the_way else "text",
                ),
                _gone("returned", figures.returned, figures.returned_here, figures.returned_cases),
                _gone("destroyed", figures.destroyed, figures.destroyed_here, figures.destroyed_cases),
            ]
        )  # fmt: skip
        self._show_ticks()

    def _show_place(self) -> None:
        if self._presenter.place_id is not None:
            self.place.choose(str(self._presenter.place_id))

    def _show_ticks(self) -> None:
        if self._presenter.sight is not None:
            self.waiting.set_rows(self._presenter.sight.waiting)
        rows = self._presenter.chosen
        units = sum(row.left for row in rows)
        note = say("leaving.ticked", lots=len(rows), units=units) if rows else say("leaving.note")
        self.head.set_title(spoken("leaving.title"), note)

    def _show_card(self, card: DepartureCard | None) -> None:
        self.lines.set_rows(card.lines if card else ())
        self.pane.show_card(card)
        self.pane.show_line(self.lines.chosen_row())
        self.views.set_choices(self._choices(self._presenter.sight))

    # said ---------------------------------------------------------------------------
    def take_scan(self, raw: str) -> bool:
        return self._presenter.take_scan(raw)

    def show_target(self, target: object) -> None:
        """A view's key, or the id of a document."""
        if isinstance(target, int):
            self._presenter.choose(target)
            self.open_view("document")
        elif target in VIEWS:
            self.open_view(str(target))

    def _invite(self) -> None:
        self.strip.answer(spoken("leaving.prompt"))

    def _say_begun(self, kind: DepartureKind) -> None:
        self.open_view("document")
        self.strip.answer(spoken(f"leaving.begun.{kind.value}"), "accent", "scan")

    def _answer(self, said: Said) -> None:
        tone, icon = _SOUNDS[said.sound]
        self.strip.answer(lambda: _words(said), tone, icon)
        if said.code:
            self.strip.remember(ScanVerdict(said.code, say(f"leaving.verdict.{said.sound}"), tone, icon))
        if said.key in ("added", "started", "opened"):
            self.open_view("document")

    def _say_done(self, key: str, values: dict[str, object]) -> None:
        words = say(f"leaving.said.{key}", **values)
        self.strip.answer(lambda: say(f"leaving.said.{key}", **values), "ok", "check-circle")
        self.said.emit(words, "ok")

    def _fail(self, error: AppError) -> None:
        self.strip.answer(lambda: describe(error, language()), "stop", "x-circle")

    def retranslate(self) -> None:
        self.pane.show_choices()
        if self._presenter.sight is not None:
            self._show_sight(self._presenter.sight)
        self._show_card(self._presenter.card)


def _beside(noun: str, count: int) -> Caption:
    """The noun under a figure."""
    return spoken(f"leaving.figure.{noun}", count=count)


def _gone(key: str, total: int, here: int, cases: int) -> Kpi:
    return Kpi(key, spoken(f"leaving.figure.{key}"), total, spoken("leaving.figure.ways", here=here, cases=cases))


def _words(said: Said) -> str:
    return (
        describe(said.error, language()) if said.error is not None else say(f"leaving.said.{said.key}", **said.values)
    )
