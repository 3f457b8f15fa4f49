"""Scanners that are none: what tests and trials plug in."""

from app.core.scanners import ScannerPlace
from app.devices.framing import Framer
from app.devices.scanners import Hears, LineState, Tells


class SimulatedScanner:
    """Hears what it is given, on the thread that gives it."""

    def __init__(self, place: ScannerPlace, hears: Hears, tells: Tells) -> None:
        self.place = place
        self._hears, self._tells = hears, tells
        self._framer = Framer(place.silence_ms)
        self.is_running = False

    def start(self) -> None:
        self.is_running = True
        self.plug_in()

    def stop(self) -> None:
        self.is_running = False

    def plug_in(self) -> None:
        self._tells(self.place, LineState.READY)

    def unplug(self) -> None:
        self._framer.forget()
        self._tells(self.place, LineState.SEEKING)

    def send(self, data: bytes, at_ms: float = 0.0) -> None:
        for frame in self._framer.feed(data, at_ms):
            self._hears(self.place, frame)
