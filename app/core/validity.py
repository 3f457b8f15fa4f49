"""How a paper with an end stands on a day: licences, filings, registration certificates."""

from datetime import date, timedelta
from enum import Enum

SOON = timedelta(days=90)
"""So long before its end a renewal is asked for."""


class Validity(Enum):
    """Lapsed and early papers stop orders and receipts."""

    VALID = "valid"
    SOON = "soon"
    LAPSED = "lapsed"
    EARLY = "early"

    @property
    def blocks(self) -> bool:
        return self in (Validity.LAPSED, Validity.EARLY)


def validity(today: date, since: date | None, until: date | None) -> Validity:
    """Valid on its last day still; without an end it does not lapse."""
    if since is not None and today < since:
        return Validity.EARLY
    if until is None or until - today > SOON:
        return Validity.VALID
    return Validity.LAPSED if until < today else Validity.SOON
