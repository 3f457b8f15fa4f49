"""Where a scanner on a serial line hangs, as one workstation remembers it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

PARITIES = ("N", "E", "O")
BAUDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)


@dataclass(frozen=True, slots=True)
class ScannerPlace:
    """One scanner. ``vid``, ``pid`` and ``serial_number`` are the USB device's and go before ``port``, whose number
    changes with the socket it is plugged into; a line without USB keeps them 0.

    ``silence_ms``: a scan also ends when nothing more has come for so long, for scanners that send no suffix.
    """

    name: str
    port: str = ""
    vid: int = 0
    pid: int = 0
    serial_number: str = ""
    baud: int = 9600
    bits: int = 8
    parity: str = "N"
    stop_bits: int = 1
    silence_ms: int = 100

    @property
    def has_usb(self) -> bool:
        return bool(self.vid)


def place_of(told: object) -> ScannerPlace | None:
    """What a settings file says of one scanner; None where it says nothing that can be used."""
    if not isinstance(told, Mapping):
        return None
    known: Mapping[Any, Any] = told  # pyright: ignore[reportUnknownVariableType]
    given: dict[str, Any] = {}
    for field in fields(ScannerPlace):
        value = known.get(field.name)
        kind = str if field.name in ("name", "port", "serial_number", "parity") else int
        if type(value) is kind:
            given[field.name] = value
    place = ScannerPlace(given.pop("name", ""), **given)
    sound = place.baud in BAUDS and place.bits in (7, 8) and place.parity in PARITIES and place.stop_bits in (1, 2)
    return place if sound and place.silence_ms > 0 and (place.port or place.has_usb) else None
