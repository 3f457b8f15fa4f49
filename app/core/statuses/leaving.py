"""Goods that leave outside a recall: back to the supplier, or destroyed before a witness."""

from enum import Enum

from app.core.statuses.transitions import Status, table


class DepartureKind(Enum):
    """Which way the goods go."""

    RETURN = "return"
    DISPOSAL = "disposal"


class DepartureState(Status):
    """A draft grows by scan; with the hand-over or the destruction the ledger moves and the paper is fixed.

    A return ends with the supplier's receipt, or settled: a reason that two persons signed. Once corrections have
    taken all of it back in the ledger, the paper is reversed.
    """

    DRAFT = "draft"
    HANDED_OVER = "handed_over"
    RECEIVED = "received"
    SETTLED = "settled"
    DESTROYED = "destroyed"
    CANCELLED = "cancelled"
    REVERSED = "reversed"

    def successors(self) -> frozenset["DepartureState"]:
        return DEPARTURE_TRANSITIONS[self]


DEPARTURE_TRANSITIONS = table(
    DepartureState,
    draft="handed_over destroyed cancelled",
    handed_over="received settled reversed",
    received="reversed",
    settled="reversed",
    destroyed="reversed",
)

UNDER_WAY = frozenset({DepartureState.DRAFT, DepartureState.HANDED_OVER})
"""States in which somebody still has to do something."""
