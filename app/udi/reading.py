"""What a scan says: the types every other room reads; ``app.udi.reader.read`` makes them."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Literal

Precision = Literal["day", "month", "hour"]


class Agency(Enum):
    """Whose rules the identifier follows. MA and AHM are the Chinese issuers ZIIOT and Ali Health."""

    GS1 = "gs1"
    HIBC = "hibc"
    ICCBBA = "iccbba"
    MA = "ma"
    AHM = "ahm"
    UNKNOWN = "unknown"


class ReadState(Enum):
    """How far a reading may be trusted without a person.

    COMPLETE: every character was read and is legal. PARTIAL: what stands in the fields was read, the rest was not, or
    needs a person's eye. AMBIGUOUS: several legal readings, see ``candidates``; a field is filled only where all agree.
    REFUSED: nothing was read.
    """

    COMPLETE = "complete"
    PARTIAL = "partial"
    AMBIGUOUS = "ambiguous"
    REFUSED = "refused"


class Severity(Enum):
    """An error keeps a reading from being complete; a warning tells of damage that was undone, or of a doubt."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a scan; the words are at ``udi.problem.<kind>``.

    ``position`` counts characters of the raw scan from 0; ``element`` is the identifier it concerns, as encoded.
    """

    kind: str
    severity: Severity
    position: int | None = None
    element: str | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """An identifier and its value as encoded; ``position`` is where the value begins in the raw scan.

    ``ai`` is a GS1 application identifier, or the agency's own mark: ``+`` or ``$$3`` (HIBC), ``=/`` (ISBT 128),
    ``MA`` or ``L`` (MA).
    """

    ai: str
    value: str
    position: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One scan, read.

    ``di`` is normalised: a GTIN has 14 digits, HIBC has neither ``+`` nor check character, MA ends with the item code.
    ``expiry`` is the last good day; ``expiry_text`` and ``production_text`` are ISO 8601 and keep the hour where one is
    printed. ``link`` is the HIBC character that ties a primary to its secondary code. ``is_secondary`` says that the
    scan has no device identifier of its own and waits for its other half.
    """

    raw: str
    agency: Agency
    state: ReadState
    symbology: str | None = None
    di: str | None = None
    lot: str | None = None
    serial: str | None = None
    expiry: date | None = None
    expiry_precision: Precision | None = None
    expiry_text: str | None = None
    production: date | None = None
    production_text: str | None = None
    quantity: int | None = None
    elements: tuple[Element, ...] = ()
    problems: tuple[Problem, ...] = ()
    candidates: tuple["Reading", ...] = ()
    link: str | None = None
    is_secondary: bool = False
