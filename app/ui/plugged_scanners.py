"""The scanners on serial lines: each reads on its own thread, what they hear arrives here on the window's."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.core.scanners import ScannerPlace
from app.devices.framing import Frame
from app.devices.scanners import Hears, LineState, Scanner, Tells
from app.ui.scan_burst import Capture

MakeScanner = Callable[[ScannerPlace, Hears, Tells], Scanner]


class PluggedScanners(QObject):
    """None until ``plug``; ``stop`` before the program ends. Both wait until the lines are closed."""

    heard = Signal(object)
    """A ``Capture``."""
    changed = Signal()
    """A scanner came or went."""
    _framed = Signal(object, object)
    _told = Signal(object, object)

    def __init__(self, make: MakeScanner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._scanners: list[Scanner] = []
        self._states: dict[ScannerPlace, LineState] = {}
        self._framed.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def states(self) -> dict[ScannerPlace, LineState]:
        """How each is now, in the order of the settings."""
        return dict(self._states)

    def plug(self, places: Iterable[ScannerPlace]) -> None:
        """These and no others from now on."""
        self.stop()
        self._states = dict.fromkeys(places, LineState.SEEKING)
        self._scanners = [self._make(place, self._framed.emit, self._told.emit) for place in self._states]
        for scanner in self._scanners:
            scanner.start()
        self.changed.emit()

    def stop(self) -> None:
        scanners, self._scanners = self._scanners, []
        self._states = {}
        for scanner in scanners:
            scanner.stop()

    @Slot(object, object)
    def _hear(self, place: ScannerPlace, frame: Frame) -> None:
        if place in self._states:
            self.heard.emit(Capture(frame.text, frame.gap_ms, frame.gap_ms, frame.ended_by, False, place.name))

    @Slot(object, object)
    def _take(self, place: ScannerPlace, state: LineState) -> None:
        if place in self._states:
            self._states[place] = state
            self.changed.emit()
