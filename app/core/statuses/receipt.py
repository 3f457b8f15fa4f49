"""The parts of a label that a receipt binds, and what is worth a look without being a reason to stop."""

from enum import Enum


class LineElement(Enum):
    """The six parts of a label that a receipt binds."""

    DEVICE = "device"
    LOT = "lot"
    PRODUCTION = "production"
    EXPIRY = "expiry"
    SERIAL = "serial"
    QUANTITY = "quantity"


class LineWarning(Enum):
    """Worth a look, no reason to stop."""

    LOT_LIKE_LOCKED = "lot_like_locked"
    LOT_REWRITTEN = "lot_rewritten"
    NEAR_EXPIRY = "near_expiry"
    MONTH_ONLY = "month_only"
    CERTIFICATE_OLD = "certificate_old"
    LOT_OTHER_DATES = "lot_other_dates"
    SCAN_REPAIRED = "scan_repaired"
    TEMPERATURE_OUT = "temperature_out"
    TEMPERATURE_MISSING = "temperature_missing"
