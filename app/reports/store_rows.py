"""Rows of the papers of store work: shelf labels, transfers and stock-takes. Quantities are in base units."""

from dataclasses import dataclass
from datetime import date, datetime

from app.reports.rows import Paper, SignedLine


@dataclass(frozen=True, kw_only=True)
class ShelfLabel:
    """The label at a shelf; its symbol says ``RD:SHELF:<code>``."""

    code: str
    place: str
    place_en: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class CountLine:
    """One batch or unit of a stock-take; a blind sheet prints no figure. ``first_found`` where it was recounted."""

    product: str
    lot: str
    ref: str = ""
    serial: str = ""
    unit: str = ""
    receipt: str = ""
    expires_on: date | None = None
    expected: int = 0
    found: int = 0
    first_found: int | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class CountPaper:
    """A stock-take: blind to count with, or finished with its differences; ``state`` in words of both languages."""

    paper: Paper
    number: str
    place: str
    place_en: str = ""
    state: str = ""
    state_en: str = ""
    is_blind: bool
    started_at: datetime
    started_by: str
    finished_at: datetime | None = None
    counted_by: str = ""
    approved_by: str = ""
    posted_at: datetime | None = None
    signed: tuple[SignedLine, ...] = ()
    lines: tuple[CountLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TransferSlipLine:
    """One batch or unit of a transfer; ``received`` is None while nothing of the document has arrived."""

    product: str
    lot: str
    quantity: int
    ref: str = ""
    serial: str = ""
    unit: str = ""
    expires_on: date | None = None
    received: int | None = None
    damaged: int = 0
    missing: int = 0


@dataclass(frozen=True, kw_only=True)
class TransferSlip:
    """A transfer as it stands: with boxes to count in while it is on its way, with what arrived afterwards."""

    paper: Paper
    number: str
    source: str
    target: str
    source_en: str = ""
    target_en: str = ""
    state: str = ""
    state_en: str = ""
    sent_at: datetime
    sent_by: str
    finished_at: datetime | None = None
    finished_by: str = ""
    reason: str = ""
    ending: str = ""
    lines: tuple[TransferSlipLine, ...] = ()
