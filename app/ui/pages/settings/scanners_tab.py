"""The scanner bench: what came, letter by letter, what was read, what to change, and the scanners on serial lines."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import AppError
from app.core.scanners import BAUDS, ScannerPlace
from app.core.words import describe
from app.devices.scanners import FoundPort, LineState
from app.ui import theme
from app.ui.language import language, say, spoken
from app.ui.pages.settings import bench_parts
from app.ui.pages.settings.bench_parts import STATE_INKS, CheckList, StepList, SymbolView
from app.ui.pages.settings.scanners_presenter import BenchScan, ScannersPresenter
from app.ui.presented_view import PresentedView
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.byte_strip import ByteStrip
from app.ui.widgets.card import Card, SidePane, clear
from app.ui.widgets.cells import Cell, ChipLook
from app.ui.widgets.fields import ComboField, Option, TextField
from app.ui.widgets.labels import Label, muted, title
from app.ui.widgets.rows_model import Column
from app.ui.widgets.table import DataTable

PANE = 348
_LINE_INKS = {LineState.READY: "ok", LineState.SEEKING: "attention", LineState.IN_USE: "stop"}
_CHIP_ICONS = {"ok": "check-circle", "attention": "alert", "stop": "x-circle"}


def _columns() -> list[Column[BenchScan]]:
    return [
        Column(
            spoken("bench.column.at"),
            lambda scan: scan.at,
            cell=lambda scan: Cell(f"{scan.at.astimezone():%H:%M:%S}", is_mono=True),
            width=90,
        ),
        Column(
            spoken("bench.column.text"),
            lambda scan: scan.capture.text,
            cell=lambda scan: Cell(bench_parts.shown_text(scan.capture.text), is_mono=True),
            stretch=1,
        ),
        Column(
            spoken("bench.column.symbology"),
            lambda scan: scan.reading.symbology or "",
            cell=lambda scan: Cell(bench_parts.symbology_words(scan)),
            width=130,
        ),
        Column(
            spoken("bench.column.verdict"),
            lambda scan: scan.reading.state.value,
            cell=lambda scan: Cell(chip=_chip(scan)),
            width=110,
        ),
    ]


def _chip(scan: BenchScan) -> ChipLook:
    ink = STATE_INKS[scan.reading.state]
    return ChipLook(say(f"status.read_state.{scan.reading.state.value}"), ink, _CHIP_ICONS[ink])


def _head(key: str) -> Label:
    label = title(spoken(key), theme.HEAD)
    label.setContentsMargins(0, 8, 0, 2)
    return label


class ScannersTab(PresentedView):
    """Any scan shows here, also those that were made on another page before."""

    def __init__(self, presenter: ScannersPresenter) -> None:
        super().__init__(presenter)
        self._presenter = presenter
        self._shown: BenchScan | None = None
        self._ports: list[FoundPort] = []
        self.heading, self.note = title("", theme.HEAD), Label("", "muted", wrap=True)
        self.how = Label("", "muted", 9.0, mono=True)
        self.letters, self.fields = ByteStrip(), Label("", "text", wrap=True)
        self.table = DataTable(_columns(), in_card=True, name=spoken("bench.history"), empty=spoken("bench.empty"))
        self.steps, self.checks = StepList(), CheckList()
        self.symbol = SymbolView(spoken("bench.test"))
        self.name = TextField(spoken("bench.name"), hint=spoken("bench.name_hint"))
        self.port, self.baud = ComboField(spoken("bench.port")), ComboField(spoken("bench.baud"))
        self.add = KeycapButton(spoken("bench.add"), icon="plus")
        self.refresh = KeycapButton(spoken("bench.refresh"), icon="refresh")
        self.problem = Label("", "stop", wrap=True)
        self.print = KeycapButton(spoken("bench.print"), icon="printer")
        self.printed = Label("", "ok", wrap=True)
        self._lines = QVBoxLayout()
        self._arrange()
        self._connect()
        self._show(None)

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        column = QVBoxLayout()
        column.setSpacing(12)
        last = Card(spoken("bench.last"))
        last.add_to_head(self.how)
        for widget in (self.heading, self.note, self.letters, self.fields):
            last.add(widget)
        column.addWidget(last)
        history = Card(spoken("bench.history"), spoken("bench.history_note"), flush=True)
        history.add(self.table, 1)
        column.addWidget(history, 1)
        row.addLayout(column, 1)
        row.addWidget(self._pane())

    def _pane(self) -> SidePane:
        pane = SidePane(PANE)
        for widget in (_head("bench.fix"), self.steps, _head("bench.this_scanner"), self.checks, _head("bench.test")):
            pane.add(widget)
        trial = QWidget()
        beside = QHBoxLayout(trial)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.symbol)
        beside.addWidget(muted(spoken("bench.test_note"), wrap=True), 1)
        for widget in (trial, self.print, self.printed):
            pane.add(widget)
        pane.add(_head("bench.lines"))
        pane.add(muted(spoken("bench.lines_note"), wrap=True))
        pane.body.addLayout(self._lines)
        for field in (self.name, self.port, self.baud):
            pane.add(field)
        pane.add(self.problem)
        buttons = QHBoxLayout()
        for button in (self.refresh, self.add):
            buttons.addWidget(button)
        pane.body.addLayout(buttons)
        pane.body.addStretch(1)
        return pane

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.scans_changed.connect(self._show_scans)
        presenter.lines_changed.connect(self._show_lines)
        presenter.ports_found.connect(self._show_ports)
        for signal in (presenter.refused, presenter.failed):
            signal.connect(self._refuse)
        self.table.chosen.connect(self._show)
        self.refresh.clicked.connect(presenter.reload)
        self.add.clicked.connect(self._add)
        self.print.clicked.connect(presenter.print_sheet)
        presenter.sheet_saved.connect(self._say_saved)

    def retranslate(self) -> None:
        self._show(self._shown)
        self._show_lines(self._presenter.lines)
        self._show_ports(self._ports)
        self.baud.set_options([Option(str(baud), str(baud)) for baud in BAUDS])
        self.baud.set_value(self.baud.value() or "9600")

    def take_scan(self, raw: str) -> bool:
        self._presenter.take_scan(raw)
        return True

    @Slot(list)
    def _show_scans(self, scans: list[BenchScan]) -> None:
        self.table.set_rows(scans)
        self._show(scans[0])

    def _show(self, scan: BenchScan | None) -> None:
        self._shown = scan
        if scan is None:
            self.heading.set_text(spoken("bench.waiting"))
            self.note.set_text(spoken("bench.waiting_note"))
            self.letters.show_letters("", (), (), say("bench.letters", count=0))
            return
        words, note = bench_parts.verdict_words(scan)
        self.heading.set_text(words)
        self.heading.set_ink(STATE_INKS[scan.reading.state])
        self.note.set_text(note)
        came = scan.capture.source or say("bench.by_keyboard")
        self.how.set_text(f"{scan.at.astimezone():%H:%M:%S} · {came}")
        name = say("bench.letters", count=len(scan.capture.text))
        spans = bench_parts.spans_of(scan.reading)
        self.letters.show_letters(scan.capture.text, spans, bench_parts.marks_of(scan.reading), name)
        self.fields.set_text("\n".join(bench_parts.reading_words(scan.reading)))
        self.steps.show_steps(scan.steps)
        self.checks.show_findings(scan.findings)

    # scanners on serial lines ------------------------------------------------------
    @Slot(dict)
    def _show_lines(self, lines: dict[ScannerPlace, LineState]) -> None:
        clear(self._lines)
        for place, state in lines.items():
            self._lines.addWidget(self._line(place, state))

    def _line(self, place: ScannerPlace, state: LineState) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Label(place.name, bold=True, elide=True), 1)
        row.addWidget(Label(say(f"bench.line.{state.value}"), _LINE_INKS[state]))
        remove = KeycapButton(spoken("bench.remove"), icon="x")
        remove.clicked.connect(partial(self._presenter.remove, place))
        row.addWidget(remove)
        return line

    @Slot(list)
    def _show_ports(self, ports: list[FoundPort]) -> None:
        self._ports = ports
        said = [Option(one.port, f"{one.port} · {one.said}" if one.said != one.port else one.port) for one in ports]
        self.port.set_options(said or [Option("", say("bench.no_port"))])
        if len(said) == 1:
            self.port.set_value(said[0].key)
        self.add.setEnabled(bool(said))

    def _add(self) -> None:
        self.problem.set_text("")
        chosen = next((one for one in self._ports if one.port == self.port.value()), None)
        if chosen is None:
            self.port.set_error(spoken("bench.port_missing"))
            return
        self._presenter.add(self.name.value(), chosen, int(self.baud.value()))

    @Slot(str)
    def _say_saved(self, path: str) -> None:
        self.printed.set_text(spoken("bench.printed", path=path))

    @Slot(object)
    def _refuse(self, error: AppError) -> None:
        self.problem.set_text(lambda: describe(error, language()))
