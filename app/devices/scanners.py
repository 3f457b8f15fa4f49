"""What a scanner is to the program, whatever it is plugged into."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from app.core.scanners import ScannerPlace
from app.devices.framing import Frame


class LineState(Enum):
    """SEEKING: looked for from time to time. IN_USE: another program holds it, or it may not be opened."""

    SEEKING = "seeking"
    READY = "ready"
    IN_USE = "in_use"


@dataclass(frozen=True, slots=True)
class FoundPort:
    """A serial line that the computer has now; ``vid`` is 0 for one that is not USB."""

    port: str
    said: str
    vid: int = 0
    pid: int = 0
    serial_number: str = ""


Hears = Callable[[ScannerPlace, Frame], None]
Tells = Callable[[ScannerPlace, LineState], None]


class Scanner(Protocol):
    """Reads on a thread of its own; what it hears and how it is comes on that thread."""

    place: ScannerPlace

    def start(self) -> None: ...

    def stop(self) -> None:
        """The line is closed when this returns; nothing is heard any more."""
        ...
