"""What a return form or a disposal record outside a recall says."""

from dataclasses import dataclass
from datetime import datetime

from app.reports.rows import Paper, ReturnLine, SignedLine


@dataclass(frozen=True, kw_only=True)
class DepartureForm:
    """``is_disposal`` decides which of the facts are printed; empty ones leave a line to write on."""

    paper: Paper
    number: str
    is_disposal: bool
    lines: tuple[ReturnLine, ...]
    supplier: str = ""
    supplier_address: str = ""
    supplier_contact: str = ""
    carrier: str = ""
    waybill: str = ""
    method: str = ""
    method_en: str = ""
    place: str = ""
    place_en: str = ""
    list_version: str = ""
    reason: str = ""
    left_at: datetime | None = None
    handed_over_by: str = ""
    witnessed_by: str = ""
    received: str = ""
    signed: tuple[SignedLine, ...] = ()
