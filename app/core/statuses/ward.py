"""What a nurse is told about one box, and why."""

from enum import Enum


class WardAnswer(Enum):
    """Three answers; doubt is its own answer and never becomes OK."""

    OK = "ok"
    DO_NOT_USE = "do_not_use"
    ASK = "ask"


class WardReason(Enum):
    """Why the answer is not simply OK."""

    RECALLED = "recalled"
    ON_HOLD = "on_hold"
    EXPIRED = "expired"
    REJECTED = "rejected"
    PENDING = "pending"
    PUT_ASIDE = "put_aside"
    SERIAL_USED = "serial_used"
    SERIAL_GONE = "serial_gone"
    SERIAL_UNKNOWN = "serial_unknown"
    AMBIGUOUS_SCAN = "ambiguous_scan"
    UNREADABLE_SCAN = "unreadable_scan"
    OTHER_HALF = "other_half"
    UNKNOWN_PRODUCT = "unknown_product"
    LOT_MISSING = "lot_missing"
    UNKNOWN_LOT = "unknown_lot"
    EXPIRY_DIFFERS = "expiry_differs"
    NOT_HERE = "not_here"
    NOT_CHECKED = "not_checked"


STOPPING = frozenset(
    {
        WardReason.RECALLED,
        WardReason.ON_HOLD,
        WardReason.EXPIRED,
        WardReason.REJECTED,
        WardReason.PENDING,
        WardReason.PUT_ASIDE,
        WardReason.SERIAL_USED,
        WardReason.SERIAL_GONE,
    }
)
"""Reasons that forbid the use; every other one asks for a person who knows more."""


def answer_for(reasons: frozenset[WardReason]) -> WardAnswer:
    """The graver reason decides; no reason at all is OK."""
    if reasons & STOPPING:
        return WardAnswer.DO_NOT_USE
    return WardAnswer.ASK if reasons else WardAnswer.OK
