"""Decides what the scanner bench shows of each scan, and which serial lines are listened to; knows no widget."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.core.clock import Clock
from app.core.errors import RuleError
from app.core.scanners import ScannerPlace
from app.core.settings import WorkstationFile
from app.devices.scanners import FoundPort, LineState
from app.udi.reader import read
from app.udi.reading import Reading
from app.ui.background import Background
from app.ui.pages.settings.bench_findings import Finding, findings, steps
from app.ui.plugged_scanners import PluggedScanners
from app.ui.presenter import Presenter
from app.ui.scan_burst import Capture

KEPT = 50


class SameLineError(RuleError):
    """Two scanners on one line would each hear half."""

    code = "bench.same_line"


class NamelessError(RuleError):
    """A scanner is called by a name when it is missing."""

    code = "bench.nameless"


@dataclass(frozen=True, slots=True)
class BenchScan:
    """One scan as the bench shows it."""

    at: datetime
    capture: Capture
    reading: Reading
    findings: tuple[Finding, ...]

    @property
    def steps(self) -> list[str]:
        return steps(self.findings)


class ScannersPresenter(Presenter):
    """Hears every scan of this workstation while the program runs; keeps the last fifty, and none on disk."""

    scans_changed = Signal(list)
    """The ``BenchScan``s, the newest first."""
    lines_changed = Signal(dict)
    """``ScannerPlace`` to ``LineState``."""
    ports_found = Signal(list)
    """The ``FoundPort``s that nobody listens to yet."""
    refused = Signal(RuleError)
    sheet_saved = Signal(str)
    """Where the set-up sheet lies now."""

    def __init__(
        self,
        plugged: PluggedScanners | None,
        ports: Callable[[], list[FoundPort]],
        workstation: WorkstationFile,
        clock: Clock,
        background: Background,
        print_sheet: Callable[[], Path],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(background, parent)
        self._plugged, self._ports, self._print = plugged, ports, print_sheet
        self._workstation, self._clock = workstation, clock
        self._scans: deque[BenchScan] = deque(maxlen=KEPT)
        if plugged is not None:
            plugged.changed.connect(self._show_lines)

    @property
    def scans(self) -> list[BenchScan]:
        return list(self._scans)

    @property
    def lines(self) -> dict[ScannerPlace, LineState]:
        """Those of the settings, as they are now."""
        now = self._plugged.states if self._plugged is not None else {}
        return {place: now.get(place, LineState.SEEKING) for place in self._workstation.current.scanners}

    @Slot(object)
    def hear(self, capture: Capture) -> None:
        """A scan, from whichever scanner and whatever page it was meant for."""
        reading = read(capture.text, today=self._clock().date())
        self._scans.appendleft(BenchScan(self._clock(), capture, reading, findings(capture, reading)))
        self.scans_changed.emit(self.scans)

    def take_scan(self, raw: str) -> None:
        """A scan that the page was handed; one that was heard already is on the bench."""
        if not self._scans or self._scans[0].capture.text != raw:
            self.hear(Capture(raw, 0.0, 0.0, "\r", False))

    @Slot()
    def reload(self) -> None:
        self._show_lines()
        self._load(self._free_ports, self.ports_found.emit)

    def add(self, name: str, port: FoundPort, baud: int) -> None:
        """Listen to a line from now on, here and after every start. Says SameLineError or NamelessError."""
        place = _place(name.strip(), port, baud)
        if not place.name:
            self.refused.emit(NamelessError())
        elif any(_is_same_line(place, other) for other in self._workstation.current.scanners):
            self.refused.emit(SameLineError(port=port.port))
        else:
            self._keep((*self._workstation.current.scanners, place))

    def print_sheet(self) -> None:
        """The set-up sheet as PDF into the folder for papers."""
        self._load(self._print, lambda path: self.sheet_saved.emit(str(path)), "paper")

    def remove(self, place: ScannerPlace) -> None:
        self._keep(tuple(one for one in self._workstation.current.scanners if one != place))

    def _keep(self, places: tuple[ScannerPlace, ...]) -> None:
        self._workstation.change(scanners=places)
        if self._plugged is not None:
            self._plugged.plug(places)
        self.reload()

    def _free_ports(self) -> list[FoundPort]:
        taken = self._workstation.current.scanners
        return [one for one in self._ports() if not any(_hangs_on(place, one) for place in taken)]

    @Slot()
    def _show_lines(self) -> None:
        self.lines_changed.emit(self.lines)


def _is_same_line(one: ScannerPlace, other: ScannerPlace) -> bool:
    """A USB device with a number of its own is one wherever it is plugged in; else the line decides."""
    if one.has_usb and one.serial_number:
        return replace(other, name=one.name, port=one.port, baud=one.baud) == one
    return one.port == other.port


def _hangs_on(place: ScannerPlace, port: FoundPort) -> bool:
    return _is_same_line(_place(place.name, port, place.baud), place)


def _place(name: str, port: FoundPort, baud: int) -> ScannerPlace:
    return ScannerPlace(name, port.port, port.vid, port.pid, port.serial_number, baud)
