"""What becomes of a transfer between stores, and of a stock-take."""

from enum import Enum

from app.core.statuses.transitions import Status, table


class TransferState(Status):
    """``short`` while less arrived than was sent; it ends when the rest arrives or its loss is settled."""

    SENT = "sent"
    SHORT = "short"
    RECEIVED = "received"
    SETTLED = "settled"
    TAKEN_BACK = "taken_back"

    def successors(self) -> frozenset["TransferState"]:
        return _TRANSFER[self]


_TRANSFER = table(
    TransferState, sent="short received settled taken_back", short="short received settled", received="", settled=""
)

OPEN_TRANSFERS = frozenset({TransferState.SENT, TransferState.SHORT})
"""Goods of the document are still on their way."""


class CountState(Status):
    """A stock-take is counted blind, reviewed, counted again where needed, then approved by somebody else."""

    COUNTING = "counting"
    REVIEW = "review"
    RECOUNTING = "recounting"
    POSTED = "posted"
    CANCELLED = "cancelled"

    def successors(self) -> frozenset["CountState"]:
        return _COUNT[self]


_COUNT = table(
    CountState,
    counting="review cancelled",
    review="recounting posted cancelled",
    recounting="review cancelled",
)

OPEN_COUNTS = frozenset({CountState.COUNTING, CountState.REVIEW, CountState.RECOUNTING})
"""Counts that somebody still works on."""

ENTRY_STATES = frozenset({CountState.COUNTING, CountState.RECOUNTING})
"""Counts that take entries; what the books say is not shown meanwhile."""


class CountSource(Enum):
    """How a counted quantity came in."""

    SCAN = "scan"
    TYPED = "typed"
