"""Why a lot may not move, said with the layer, who set it, when and why, and what to do instead."""

from collections.abc import Sequence

from app.core.actor import Bilingual
from app.core.errors import RuleError
from app.core.statuses.locks import LockLayer
from app.queries.layers import LayerRow


class LotStoppedError(RuleError):
    """A lock layer stands; values ``lot``, ``by``, ``at``, ``reason``, ``case``, ``day`` as far as they apply."""

    code = "lot_stopped"


class LotRecalledError(LotStoppedError):
    """The lot is under a recall."""

    code = "lot_recalled"


class LotOnHoldError(LotStoppedError):
    """Somebody holds the lot as a precaution."""

    code = "lot_on_hold"


class LotExpiredError(LotStoppedError):
    """The last good day is over at this site."""

    code = "lot_expired"


class LotPendingError(LotStoppedError):
    """The batch has not been inspected."""

    code = "lot_pending"


class LotRejectedError(LotStoppedError):
    """The inspection rejected the batch."""

    code = "lot_rejected"


_ERRORS: dict[LockLayer, type[LotStoppedError]] = {
    LockLayer.RECALL_QUARANTINE: LotRecalledError,
    LockLayer.ON_HOLD: LotOnHoldError,
    LockLayer.EXPIRED: LotExpiredError,
    LockLayer.PENDING: LotPendingError,
    LockLayer.REJECTED: LotRejectedError,
}


def stop_for(lot: str, layers: Sequence[LayerRow]) -> LotStoppedError:
    """The error for the gravest of the standing layers (the first)."""
    layer = layers[0]
    return _ERRORS[layer.layer](
        lot=_named(lot, layer),
        layer=layer.layer,
        by=layer.by or "—",
        at=layer.at or "—",
        reason=layer.reason or "—",
        case=layer.case_number or "—",
        day=layer.last_good_day or "—",
    )


def _named(lot: str, layer: LayerRow) -> str | Bilingual:
    """A kit is stopped by what stands in it, so that is named too."""
    part = layer.component
    if part is None:
        return lot
    return Bilingual(
        f"{lot}（内含 {part.zh} 批号 {layer.component_lot}）", f"{lot} (holds {part.en}, lot {layer.component_lot})"
    )
