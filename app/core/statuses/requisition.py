"""What a ward asks the store for, and what becomes of it."""

from enum import Enum

from app.core.statuses.transitions import Status, table


class RequisitionState(Status):
    """A requisition above the limit waits for its head; below it the store has it at once.

    An issue that is taken back by a correction opens it again.
    """

    ASKED = "asked"
    APPROVED = "approved"
    PARTLY = "partly"
    ISSUED = "issued"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    def successors(self) -> frozenset["RequisitionState"]:
        return _REQUISITION[self]


_REQUISITION = table(
    RequisitionState,
    asked="approved refused withdrawn",
    approved="partly issued withdrawn",
    partly="approved partly issued withdrawn",
    issued="approved partly",
)
OPEN_REQUISITIONS = (RequisitionState.APPROVED, RequisitionState.PARTLY)
"""What the store still owes."""


class ReservationEnd(Enum):
    """Why units are no longer kept for a requisition."""

    ISSUED = "issued"
    LOCKED = "locked"
    WITHDRAWN = "withdrawn"
    GONE = "gone"


class OrderState(Enum):
    """How far an order has come; read from what was received against it, except that a person cancels it."""

    ORDERED = "ordered"
    PARTLY = "partly"
    COMPLETE = "complete"
    CANCELLED = "cancelled"


class AttachmentKind(Enum):
    """What a file that belongs to a batch shows."""

    PHOTO = "photo"
    CERTIFICATE = "certificate"
    CONFORMITY = "conformity"
    DELIVERY_NOTE = "delivery_note"
    INVOICE = "invoice"
    OTHER = "other"
