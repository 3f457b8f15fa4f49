"""Where a quantity is, what moves it, and what an inspection says of its batch."""

from enum import Enum
from typing import NamedTuple

from app.core.statuses.transitions import Status, table


class StockState(Enum):
    """Where the quantity is (product rule 6): these states sum up to what was received."""

    IN_STOCK = "in_stock"
    IN_TRANSIT = "in_transit"
    PAR = "par"
    QUARANTINED = "quarantined"
    EXPENSED = "expensed"
    USED = "used"
    RETURNED = "returned"
    DESTROYED = "destroyed"
    BUILT_INTO_KIT = "built_into_kit"
    UNACCOUNTED = "unaccounted"


FREE_STATES = frozenset({StockState.IN_STOCK, StockState.PAR, StockState.IN_TRANSIT})
"""Shelves from which goods can still reach a patient."""

HELD_STATES = FREE_STATES | {StockState.QUARANTINED}
"""Goods that the hospital still has in its hands."""


class MovementKind(Enum):
    """What a line of the ledger did."""

    RECEIPT = "receipt"
    INSPECTION = "inspection"
    TRANSFER = "transfer"
    ARRIVAL = "arrival"
    ISSUE = "issue"
    USE = "use"
    WARD_RETURN = "ward_return"
    QUARANTINE = "quarantine"
    UNQUARANTINE = "unquarantine"
    RETURN_TO_SUPPLIER = "return_to_supplier"
    DISPOSAL = "disposal"
    STOCK_GAIN = "stock_gain"
    STOCK_LOSS = "stock_loss"
    KIT_BUILD = "kit_build"
    KIT_OPEN = "kit_open"
    REVERSAL = "reversal"


class Path(NamedTuple):
    """From where to where; None is outside the hospital."""

    source: StockState | None
    target: StockState | None


def _paths(text: str) -> frozenset[Path]:
    pairs = (pair.split(">") for pair in text.split())
    return frozenset(
        Path(StockState(source) if source else None, StockState(target) if target else None) for source, target in pairs
    )


PATHS: dict[MovementKind, frozenset[Path]] = {
    MovementKind.RECEIPT: _paths(">in_stock >quarantined"),
    MovementKind.INSPECTION: _paths("in_stock>in_stock quarantined>quarantined"),
    MovementKind.TRANSFER: _paths("in_stock>in_transit"),
    MovementKind.ARRIVAL: _paths("in_transit>in_stock in_transit>quarantined"),
    MovementKind.ISSUE: _paths("in_stock>par in_stock>expensed"),
    MovementKind.USE: _paths("par>used expensed>used in_stock>used quarantined>used"),
    MovementKind.WARD_RETURN: _paths("par>in_stock par>quarantined expensed>in_stock expensed>quarantined"),
    MovementKind.QUARANTINE: _paths(
        "in_stock>quarantined par>quarantined expensed>quarantined in_transit>quarantined quarantined>quarantined"
    ),
    MovementKind.UNQUARANTINE: _paths("quarantined>in_stock quarantined>par"),
    MovementKind.RETURN_TO_SUPPLIER: _paths("quarantined>returned in_stock>returned"),
    MovementKind.DISPOSAL: _paths("quarantined>destroyed in_stock>destroyed par>destroyed"),
    MovementKind.STOCK_GAIN: _paths("unaccounted>in_stock unaccounted>par unaccounted>quarantined"),
    MovementKind.STOCK_LOSS: _paths(
        "in_stock>unaccounted par>unaccounted quarantined>unaccounted expensed>unaccounted in_transit>unaccounted"
    ),
    MovementKind.KIT_BUILD: _paths("in_stock>built_into_kit >in_stock"),
    MovementKind.KIT_OPEN: _paths(
        "built_into_kit>in_stock built_into_kit>quarantined in_stock> par> expensed> quarantined>"
    ),
    MovementKind.REVERSAL: frozenset(),
}
"""Which paths a kind may take; a reversal takes the path of its original backwards. The wall holds the same table.

A kit comes from nowhere as its components go into it, and goes nowhere as they come out.
"""


class Inspection(Status):
    """What the inspection says of a batch; goods that are not released stay on their shelf."""

    PENDING = "pending"
    RELEASED = "released"
    REJECTED = "rejected"

    def successors(self) -> frozenset["Inspection"]:
        return _INSPECTION[self]


_INSPECTION = table(Inspection, pending="released rejected")


class DeliveryState(Status):
    """A delivery is a draft that grows by scan until it is posted."""

    DRAFT = "draft"
    POSTED = "posted"
    CANCELLED = "cancelled"

    def successors(self) -> frozenset["DeliveryState"]:
        return _DELIVERY[self]


_DELIVERY = table(DeliveryState, draft="posted cancelled")


class LineState(Enum):
    """What a line of a delivery still needs."""

    READY = "ready"
    INCOMPLETE = "incomplete"
    REFUSED = "refused"
    RECALL_STOP = "recall_stop"
    OVERRIDDEN = "overridden"


class LocationKind(Enum):
    """What a location is for."""

    STORE = "store"
    DEPARTMENT = "department"
    QUARANTINE = "quarantine"


class ProductClass(Enum):
    """Management class of a device (医疗器械监督管理条例, art. 6)."""

    I = "I"  # noqa: E741
    II = "II"
    III = "III"


class ExpiryPrecision(Enum):
    """How exactly the label gives a date."""

    DAY = "day"
    MONTH = "month"
    HOUR = "hour"
