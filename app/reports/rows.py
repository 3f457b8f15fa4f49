"""What every printed document is made of: frozen rows, filled by the services, drawn by the builders of this room.

No row has a field for a patient: what goes on paper in the corridor must not name one. Quantities are in base units.
Codes (``recall_class``, ``kind``, ``treatment``, ``state``) are the values of the enums in ``app.core.statuses``; an
enum member may be given as well. Moments carry a time zone and are printed in ``Paper.zone``.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

Code = str | Enum


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The sheet itself: whose it is, in which language, and the head of the audit chain when it was printed.

    ``language``: "zh", "en", or "both" (Chinese first, English under it). ``seal`` is the chain's hash in hex, of
    which 16 digits are printed. ``zone`` is an IANA name; empty means the zone of this computer.
    """

    hospital: str
    printed_at: datetime
    seal: str
    seal_number: int
    hospital_en: str = ""
    office: str = ""
    office_en: str = ""
    printed_by: str = ""
    language: str = "both"
    zone: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseHead:
    """The recall case as every document names it. A case of kind ``drill`` prints under a watermark."""

    number: str
    kind: Code
    recall_class: Code
    product: str
    product_en: str = ""
    ref: str = ""
    certificate: str = ""
    manufacturer: str = ""
    supplier: str = ""
    reason: str = ""
    reason_en: str = ""
    treatment: tuple[Code, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LotLine:
    """One affected batch in one department. ``expected`` is what the ledger says is still there."""

    lot: str
    expected: int
    received: int = 0
    used: int = 0
    expires_on: date | None = None
    serial: str = ""
    product: str = ""
    ref: str = ""
    di: str = ""
    unit: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class EvidenceStamp:
    """One of the five steps that prove a recall was carried out.

    ``step``: received, distributed, feedback, returned, replied. ``at`` is None while the step is open.
    """

    step: Code
    at: datetime | None = None
    by: str = ""
    document: str = ""


@dataclass(frozen=True, kw_only=True)
class NoticeSheet:
    """The recall notice to one department.

    Order 29 of 2017, art. 15: a notice names the product, models and lots, the reason, what is demanded, and the
    treatment. ``instructions`` replace the four standard demands when given.
    """

    paper: Paper
    case: CaseHead
    department: str
    lines: tuple[LotLine, ...]
    issued_at: datetime
    due_at: datetime
    department_en: str = ""
    site: str = ""
    site_en: str = ""
    task_number: int = 0
    task_count: int = 0
    issued_by: str = ""
    registered_by: str = ""
    contact: str = ""
    substitutes: tuple[str, ...] = ()
    instructions: tuple[str, ...] = ()
    evidence: tuple[EvidenceStamp, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TaskSheet:
    """What one department counts, fills in and signs. ``task_code`` is scanned back to open the task."""

    paper: Paper
    case: CaseHead
    department: str
    task_code: str
    lines: tuple[LotLine, ...]
    due_at: datetime
    department_en: str = ""
    site: str = ""
    site_en: str = ""
    acknowledge_by: datetime | None = None
    liaison: str = ""
    contact: str = ""
    substitutes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReturnLine:
    """One batch in a return to the supplier."""

    product: str
    lot: str
    quantity: int
    unit: str = ""
    ref: str = ""
    serial: str = ""
    expires_on: date | None = None
    carton: str = ""


@dataclass(frozen=True, kw_only=True)
class ReturnForm:
    """The goods going back to the supplier: carrier, waybill, and two signatures at the hand-over."""

    paper: Paper
    case: CaseHead
    number: str
    supplier: str
    lines: tuple[ReturnLine, ...]
    supplier_address: str = ""
    supplier_contact: str = ""
    authorisation: str = ""
    carrier: str = ""
    waybill: str = ""
    cartons: int = 0
    shipped_at: datetime | None = None
    storage: str = ""
    handed_over_by: str = ""
    witnessed_by: str = ""
    note: str = ""
    signed: tuple["SignedLine", ...] = ()


@dataclass(frozen=True, kw_only=True)
class QuarantineLine:
    """One sealed lot in quarantine: where it lies, whence it came, who sealed it and when."""

    product: str
    lot: str
    quantity: int
    unit: str = ""
    ref: str = ""
    serial: str = ""
    expires_on: date | None = None
    place: str = ""
    from_place: str = ""
    sealed_by: str = ""
    sealed_at: datetime | None = None
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class QuarantineList:
    """Everything sealed for one case at one site."""

    paper: Paper
    case: CaseHead
    lines: tuple[QuarantineLine, ...]
    site: str = ""
    site_en: str = ""
    keeper: str = ""


class LabelSize(Enum):
    """The two label stocks, in millimetres."""

    LARGE = (100, 70)
    SMALL = (60, 40)


@dataclass(frozen=True, kw_only=True)
class BatchLabel:
    """A label for goods that may be used: its DataMatrix is read as the batch.

    With a GTIN the symbol is GS1 (``]d2``) with (01), (17), (10) and (21); without one it is ``RD:BATCH:<batch_code>``.
    """

    product: str
    lot: str
    batch_code: str
    gtin: str = ""
    product_en: str = ""
    ref: str = ""
    serial: str = ""
    produced_on: date | None = None
    expires_on: date | None = None
    quantity: int = 0
    unit: str = ""
    supplier: str = ""
    receipt_number: str = ""
    place: str = ""
    storage: str = ""
    hospital: str = ""
    language: str = "both"


@dataclass(frozen=True, kw_only=True)
class QuarantineLabel:
    """A label for goods that must not be used. Its symbol holds the case only, never the product."""

    case_number: str
    kind: Code
    recall_class: Code
    product: str
    lot: str
    sealed_by: str
    sealed_at: datetime
    product_en: str = ""
    ref: str = ""
    serial: str = ""
    expires_on: date | None = None
    quantity: int = 0
    unit: str = ""
    place: str = ""
    from_place: str = ""
    index: int = 1
    count: int = 1
    language: str = "both"
    zone: str = ""


@dataclass(frozen=True, kw_only=True)
class ReceiptLine:
    """One received batch with the items the purchase check record must hold (Regulation 739, art. 45)."""

    product: str
    lot: str
    quantity: int
    unit: str = ""
    ref: str = ""
    specification: str = ""
    serial: str = ""
    produced_on: date | None = None
    expires_on: date | None = None
    registrant: str = ""
    contract_maker: str = ""
    certificate: str = ""
    state: Code = "pending"
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class ReceiptCheck:
    """One thing the inspector looked at; ``passed`` is None while it is open and prints empty boxes to tick.

    ``name`` is a code of ``[reports.receipt.check]`` (supplier, certificate, conformity, storage, package, expiry)
    or free text.
    """

    name: str
    passed: bool | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ReceiptSlip:
    """Receipt and inspection of one delivery: the purchase check record a hospital must keep."""

    paper: Paper
    number: str
    supplier: str
    lines: tuple[ReceiptLine, ...]
    received_at: datetime
    supplier_address: str = ""
    supplier_contact: str = ""
    supplier_licence: str = ""
    order_number: str = ""
    delivery_note: str = ""
    waybill: str = ""
    purchased_on: date | None = None
    temperature: str = ""
    place: str = ""
    received_by: str = ""
    inspected_by: str = ""
    inspected_at: datetime | None = None
    checks: tuple[ReceiptCheck, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BalanceLine:
    """Where the units of one batch are; the states add up to ``received``, or the difference is printed."""

    lot: str
    received: int
    in_stock: int = 0
    in_transit: int = 0
    par: int = 0
    quarantined: int = 0
    expensed: int = 0
    used: int = 0
    returned: int = 0
    destroyed: int = 0
    built_into_kit: int = 0
    unaccounted: int = 0


@dataclass(frozen=True, kw_only=True)
class DepartmentLine:
    """How far one department got."""

    department: str
    state: Code
    site: str = ""
    expected: int = 0
    found: int | None = None
    acknowledged_at: datetime | None = None
    done_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class TimelineLine:
    """One thing that happened in the case."""

    at: datetime
    what: str
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class SignedLine:
    """One electronic signature: who, when, what it means, and the digest of what was shown."""

    at: datetime
    by: str
    meaning: str
    meaning_en: str = ""
    digest: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseReport:
    """The case on two or three pages: what, how much, where it went, and the proof of the five steps."""

    paper: Paper
    case: CaseHead
    state: Code
    balance: tuple[BalanceLine, ...]
    evidence: tuple[EvidenceStamp, ...]
    departments: tuple[DepartmentLine, ...] = ()
    timeline: tuple[TimelineLine, ...] = ()
    registered_at: datetime | None = None
    launched_at: datetime | None = None
    closed_at: datetime | None = None
    registered_by: str = ""
    approved_by: str = ""
    closed_by: str = ""
    differences: str = ""
    root_cause: str = ""
    lessons: str = ""
    signed: tuple[SignedLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ControlSheet:
    """Control barcodes for the bench; ``places`` (code, name) add one ``RD:PLACE:<code>`` each."""

    paper: Paper
    places: tuple[tuple[str, str], ...] = ()
