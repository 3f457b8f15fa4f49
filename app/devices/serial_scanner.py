"""A scanner on a serial line or USB-COM, by pyserial; found again when it was unplugged, whatever socket it is in now.

Unplugging raises at the next read and leaves the port marked as open (on Linux and on Windows); it is closed
first, because Windows does not open a device anew while an old handle lives.
"""

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Event, Thread
from typing import Any

import serial
from serial.tools import list_ports

from app.core.scanners import ScannerPlace
from app.devices.framing import Framer
from app.devices.scanners import FoundPort, Hears, LineState, Tells

RETRY_SECONDS = 1.0
_WAIT_SECONDS = 0.02
_GONE = (serial.SerialException, OSError, TypeError)
"""TypeError: pyserial's own, where the file is closed under a read."""


def found_ports() -> list[FoundPort]:
    """What the computer has now, by name."""
    found: Iterable[Any] = list_ports.comports()
    ports = [
        FoundPort(one.device, one.description or one.device, one.vid or 0, one.pid or 0, one.serial_number or "")
        for one in found
    ]
    return sorted(ports, key=lambda one: one.port)


def opened(place: ScannerPlace, port: str) -> Any:
    """The open line; a URL of pyserial (``socket://``, ``loop://``) does as well. Raises SerialException or OSError."""
    return serial.serial_for_url(
        port,
        baudrate=place.baud,
        bytesize=place.bits,
        parity=place.parity,
        stopbits=place.stop_bits,
        timeout=_WAIT_SECONDS,
    )


class SerialScanner:
    """See ``Scanner``. ``ports``, ``open_port`` and ``clock`` (seconds) are handed in by tests."""

    def __init__(
        self,
        place: ScannerPlace,
        hears: Hears,
        tells: Tells,
        *,
        ports: Callable[[], list[FoundPort]] = found_ports,
        open_port: Callable[[ScannerPlace, str], Any] = opened,
        clock: Callable[[], float] = time.monotonic,
        retry_seconds: float = RETRY_SECONDS,
    ) -> None:
        self.place = place
        self._hears, self._tells = hears, tells
        self._ports, self._open, self._clock = ports, open_port, clock
        self._retry_seconds = retry_seconds
        self._stopping = Event()
        self._said: LineState | None = None
        self._thread = Thread(target=self._work, name=f"scanner {place.name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._stopping.is_set():
            line = self._connected()
            if line is None:
                self._stopping.wait(self._retry_seconds)
                continue
            try:
                self._listen(line)
            except _GONE:
                self._tell(LineState.SEEKING)
            finally:
                with suppress(*_GONE):
                    line.close()

    def _connected(self) -> Any:
        """The open line, None while there is none."""
        port = self._port()
        if not port:
            self._tell(LineState.SEEKING)
            return None
        try:
            line = self._open(self.place, port)
        except (*_GONE, ValueError) as error:
            self._tell(LineState.IN_USE if _is_held(error) else LineState.SEEKING)
            return None
        self._tell(LineState.READY)
        return line

    def _port(self) -> str:
        """Where it is plugged in now; the number of the port is only asked for a line that is not USB."""
        place = self.place
        if not place.has_usb:
            return place.port
        same = [one for one in self._ports() if (one.vid, one.pid) == (place.vid, place.pid)]
        named = [one for one in same if one.serial_number == place.serial_number]
        by_port = [one for one in same if one.port == place.port]
        best = named if place.serial_number else by_port or same
        return best[0].port if best else ""

    def _listen(self, line: Any) -> None:
        framer = Framer(self.place.silence_ms)
        while not self._stopping.is_set():
            data: bytes = line.read(max(1, line.in_waiting))
            now = self._clock() * 1000
            for frame in framer.feed(data, now) if data else framer.settle(now):
                self._hears(self.place, frame)

    def _tell(self, state: LineState) -> None:
        if state is not self._said:
            self._said = state
            self._tells(self.place, state)


def _is_held(error: Exception) -> bool:
    """Another program has it, or this user may not open it; pyserial says so in words on Windows."""
    held = isinstance(error, PermissionError) or getattr(error, "errno", None) in (13, 16)
    return held or "PermissionError" in str(error) or "Access is denied" in str(error)
