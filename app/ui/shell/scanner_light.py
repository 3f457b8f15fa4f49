"""What the top bar says of the scanners: ready, what was read last, or which of them is missing."""

from PySide6.QtCore import QObject, Slot
from shiboken6 import isValid

from app.devices.scanners import LineState
from app.ui.language import say
from app.ui.plugged_scanners import PluggedScanners
from app.ui.shell.doors import DeviceState
from app.ui.shell.main_window import MainWindow

SHOWN = 40


class ScannerLight(QObject):
    """Says it to the window that is shown now."""

    def __init__(self, plugged: PluggedScanners | None, parent: QObject) -> None:
        super().__init__(parent)
        self._plugged = plugged
        self._window: MainWindow | None = None
        if plugged is not None:
            plugged.changed.connect(self.refresh)

    def show_on(self, window: MainWindow | None) -> None:
        self._window = window
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        if self._window is not None and isValid(self._window):
            self._window.set_scanner(self._state())

    def read(self, raw: str) -> None:
        """A scan came, from whichever scanner."""
        if self._window is not None and isValid(self._window):
            shown = raw.replace("\x1d", "<GS>")[:SHOWN]
            self._window.set_scanner(DeviceState(say("desk.scanner_ready"), shown, is_mono=True))

    def _state(self) -> DeviceState:
        states = self._plugged.states if self._plugged is not None else {}
        missing = [place.name for place, state in states.items() if state is not LineState.READY]
        if missing:
            return DeviceState(say("desk.scanner_missing"), "、".join(missing), "attention")
        note = say("desk.scanner_lines", count=len(states)) if states else say("desk.scanner_wedge")
        return DeviceState(say("desk.scanner_ready"), note)
