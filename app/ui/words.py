"""How a status looks: its icon and its tone. Its text is the word catalogue's."""

from enum import Enum
from typing import NamedTuple

from app.core.statuses.leaving import DepartureKind, DepartureState
from app.core.statuses.locks import LockLayer
from app.core.statuses.recall import CaseKind, CaseState, RecallClass, TaskState, Treatment
from app.core.statuses.requisition import OrderState, RequisitionState
from app.core.statuses.stock import DeliveryState, Inspection, LineState, MovementKind, StockState
from app.core.statuses.store_work import CountState, TransferState
from app.core.statuses.verdict import Verdict
from app.core.words import status_text
from app.ui.language import language
from app.ui.widgets.cells import BadgeLook, ChipLook, Fill


class Look(NamedTuple):
    """An icon of ``resources/icons`` and a tone of the theme: never one without the other."""

    icon: str
    tone: str


LOOKS: dict[Enum, Look] = {
    LockLayer.PENDING: Look("hourglass", "attention"),
    LockLayer.REJECTED: Look("x-circle", "stop"),
    LockLayer.EXPIRED: Look("calendar", "spent"),
    LockLayer.ON_HOLD: Look("pause-circle", "hold"),
    LockLayer.RECALL_QUARANTINE: Look("lock", "stop"),
    Inspection.PENDING: Look("hourglass", "attention"),
    Inspection.RELEASED: Look("check-circle", "ok"),
    Inspection.REJECTED: Look("x-circle", "stop"),
    RequisitionState.ASKED: Look("hourglass", "attention"),
    RequisitionState.APPROVED: Look("box", "accent"),
    RequisitionState.PARTLY: Look("split", "attention"),
    RequisitionState.ISSUED: Look("check-circle", "ok"),
    RequisitionState.REFUSED: Look("x-circle", "stop"),
    RequisitionState.WITHDRAWN: Look("undo", "spent"),
    OrderState.ORDERED: Look("send", "accent"),
    OrderState.PARTLY: Look("split", "attention"),
    OrderState.COMPLETE: Look("check-circle", "ok"),
    OrderState.CANCELLED: Look("ban", "spent"),
    DeliveryState.DRAFT: Look("receive", "accent"),
    DeliveryState.POSTED: Look("check-circle", "ok"),
    DeliveryState.CANCELLED: Look("ban", "spent"),
    LineState.READY: Look("check-circle", "ok"),
    LineState.INCOMPLETE: Look("pencil", "attention"),
    LineState.REFUSED: Look("x-circle", "stop"),
    LineState.RECALL_STOP: Look("x-circle", "stop"),
    LineState.OVERRIDDEN: Look("user-check", "hold"),
    DepartureKind.RETURN: Look("truck", "accent"),
    DepartureKind.DISPOSAL: Look("dispose", "hold"),
    DepartureState.DRAFT: Look("pencil", "accent"),
    DepartureState.HANDED_OVER: Look("hourglass", "attention"),
    DepartureState.RECEIVED: Look("check-circle", "ok"),
    DepartureState.SETTLED: Look("signature", "ok"),
    DepartureState.DESTROYED: Look("dispose", "ok"),
    DepartureState.CANCELLED: Look("ban", "spent"),
    DepartureState.REVERSED: Look("undo", "spent"),
    Verdict.AFFECTED: Look("x-circle", "stop"),
    Verdict.NOT_AFFECTED: Look("check-circle", "ok"),
    Verdict.NEED_INFO: Look("question", "attention"),
    CaseState.DRAFT: Look("pencil", "plain"),
    CaseState.REGISTERED: Look("document", "accent"),
    CaseState.ASSESSING: Look("search", "attention"),
    CaseState.NOT_AFFECTED: Look("check-circle", "ok"),
    CaseState.ACTIVE: Look("pulse", "accent"),
    CaseState.RECONCILING: Look("scale", "hold"),
    CaseState.CLOSING_REVIEW: Look("clipboard", "attention"),
    CaseState.CLOSED: Look("archive", "ok"),
    CaseState.WITHDRAWN: Look("undo", "spent"),
    CaseState.REOPENED: Look("refresh", "attention"),
    CaseKind.VOLUNTARY: Look("flag", "plain"),
    CaseKind.MANDATORY: Look("shield-alert", "stop"),
    CaseKind.INTERNAL_HOLD: Look("hand", "hold"),
    CaseKind.ADVISORY: Look("info", "accent"),
    CaseKind.DRILL: Look("target", "spent"),
    Treatment.WARN: Look("warning", "plain"),
    Treatment.CHECK: Look("inspect", "plain"),
    Treatment.REPAIR: Look("settings", "plain"),
    Treatment.RELABEL: Look("tag", "plain"),
    Treatment.REVISE_IFU: Look("book", "plain"),
    Treatment.SOFTWARE_UPDATE: Look("refresh", "plain"),
    Treatment.REPLACE: Look("swap", "plain"),
    Treatment.RETRIEVE: Look("return", "plain"),
    Treatment.DESTROY: Look("dispose", "plain"),
    TaskState.SENT: Look("bell", "attention"),
    TaskState.ACKNOWLEDGED: Look("check", "accent"),
    TaskState.LOCATING: Look("search", "accent"),
    TaskState.FOUND: Look("box", "attention"),
    TaskState.NONE_FOUND: Look("minus-circle", "plain"),
    TaskState.QUARANTINED: Look("pause-circle", "hold"),
    TaskState.HANDED_OVER: Look("truck", "accent"),
    TaskState.DONE: Look("check-circle", "ok"),
    TaskState.EXEMPTED: Look("ban", "spent"),
    MovementKind.RECEIPT: Look("receive", "accent"),
    MovementKind.INSPECTION: Look("inspect", "ok"),
    MovementKind.TRANSFER: Look("truck", "accent"),
    MovementKind.ARRIVAL: Look("truck", "accent"),
    MovementKind.ISSUE: Look("issue", "accent"),
    MovementKind.USE: Look("user", "spent"),
    MovementKind.WARD_RETURN: Look("return", "accent"),
    MovementKind.QUARANTINE: Look("pause-circle", "hold"),
    MovementKind.UNQUARANTINE: Look("unlock", "ok"),
    MovementKind.RETURN_TO_SUPPLIER: Look("truck", "ok"),
    MovementKind.DISPOSAL: Look("dispose", "spent"),
    MovementKind.STOCK_GAIN: Look("stocktake", "attention"),
    MovementKind.STOCK_LOSS: Look("stocktake", "stop"),
    MovementKind.KIT_BUILD: Look("kit", "plain"),
    MovementKind.KIT_OPEN: Look("kit", "plain"),
    MovementKind.REVERSAL: Look("undo", "attention"),
    TransferState.SENT: Look("truck", "accent"),
    TransferState.SHORT: Look("warning", "attention"),
    TransferState.RECEIVED: Look("check-circle", "ok"),
    TransferState.SETTLED: Look("scale", "spent"),
    TransferState.TAKEN_BACK: Look("undo", "spent"),
    CountState.COUNTING: Look("scan", "accent"),
    CountState.REVIEW: Look("scale", "attention"),
    CountState.RECOUNTING: Look("refresh", "accent"),
    CountState.POSTED: Look("check-circle", "ok"),
    CountState.CANCELLED: Look("x", "spent"),
    StockState.IN_STOCK: Look("box", "accent"),
    StockState.IN_TRANSIT: Look("truck", "accent"),
    StockState.PAR: Look("ward", "accent"),
    StockState.QUARANTINED: Look("pause-circle", "hold"),
    StockState.EXPENSED: Look("issue", "plain"),
    StockState.USED: Look("user", "spent"),
    StockState.RETURNED: Look("return", "ok"),
    StockState.DESTROYED: Look("dispose", "spent"),
    StockState.BUILT_INTO_KIT: Look("kit", "plain"),
    StockState.UNACCOUNTED: Look("question", "stop"),
}

FILLS: dict[StockState, str] = {
    StockState.IN_STOCK: "fill_gold",
    StockState.IN_TRANSIT: "fill_gold",
    StockState.PAR: "fill_slate",
    StockState.QUARANTINED: "fill_violet",
    StockState.EXPENSED: "fill_blue",
    StockState.USED: "fill_grey",
    StockState.RETURNED: "fill_green",
    StockState.DESTROYED: "fill_mint",
    StockState.BUILT_INTO_KIT: "fill_blue",
    StockState.UNACCOUNTED: "fill_red",
}
"""Chart fills, which differ more from each other than the text tones do."""

_CLASS_FILLS: dict[RecallClass, tuple[str, Fill]] = {
    RecallClass.I: ("stop", "solid"),
    RecallClass.II: ("stop", "soft"),
    RecallClass.III: ("plain", "outline"),
    RecallClass.UNCLASSIFIED: ("plain", "outline"),
}


def word(status: Enum) -> str:
    """The status in the language of the screen."""
    return status_text(status, language())


def look(status: Enum) -> Look:
    """Raises KeyError for a status that has no look: a bug that a test finds first."""
    return LOOKS[status]


def chip(status: Enum, *, fill: Fill = "soft", on_tint: bool = False) -> ChipLook:
    """The status as a chip: icon, word and colour; it stands by itself, so it begins with a capital."""
    icon, tone = LOOKS[status]
    said = word(status)
    return ChipLook(said[:1].upper() + said[1:], tone, icon, fill, on_tint)


def badge(recall_class: RecallClass) -> BadgeLook:
    """The class as a badge; classes differ by fill as well as by colour."""
    tone, fill = _CLASS_FILLS[recall_class]
    return BadgeLook(word(recall_class), tone, fill)
