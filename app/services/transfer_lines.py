"""The lines of the ledger that a transfer's arrival, loss and taking back are."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.core.statuses.locks import LockLayer
from app.core.statuses.stock import MovementKind, StockState
from app.models.store_work import Transfer, TransferLine
from app.queries.layers import LayerRow
from app.queries.locations import quarantine_area
from app.services.posting import Line, Shelf


def put_aside(session: Session, store_id: int) -> Shelf:
    """The quarantine area of the site; where there is none, the store itself, put aside."""
    area = quarantine_area(session, store_id)
    return Shelf(area.id if area else store_id, StockState.QUARANTINED)


def case_of(layers: Sequence[LayerRow]) -> int | None:
    """The recall case behind the layers, so that the movement is shown there."""
    recalls = (layer.case_id for layer in layers if layer.layer is LockLayer.RECALL_QUARANTINE)
    return next(recalls, None)


def arrivals(
    transfer: Transfer, line: TransferLine, good: int, damaged: int, layers: Sequence[LayerRow], aside: Shelf
) -> list[Line]:
    """What came of a line: good units on the shelf unless they are locked, damaged ones aside."""
    way = Shelf(transfer.target_id, StockState.IN_TRANSIT)
    shelf = aside if layers else Shelf(transfer.target_id, StockState.IN_STOCK)
    return [
        Line(
            MovementKind.ARRIVAL,
            line.batch_id,
            quantity,
            way,
            target,
            transfer.number,
            line.serial_unit_id,
            case_id=case_of(layers),
        )
        for quantity, target in ((good, shelf), (damaged, aside))
        if quantity
    ]


def loss(transfer: Transfer, line: TransferLine, layers: Sequence[LayerRow]) -> Line:
    """What never came."""
    return Line(
        MovementKind.STOCK_LOSS,
        line.batch_id,
        line.missing,
        Shelf(transfer.target_id, StockState.IN_TRANSIT),
        Shelf(transfer.target_id, StockState.UNACCOUNTED),
        transfer.number,
        line.serial_unit_id,
        case_id=case_of(layers),
    )


def backwards(transfer: Transfer, line: TransferLine, layers: Sequence[LayerRow]) -> Line:
    """A line that goes back to where it came from; locked goods go aside there."""
    return Line(
        MovementKind.REVERSAL,
        line.batch_id,
        line.quantity,
        Shelf(transfer.target_id, StockState.IN_TRANSIT),
        Shelf(transfer.source_id, StockState.QUARANTINED if layers else StockState.IN_STOCK),
        transfer.number,
        line.serial_unit_id,
        case_id=case_of(layers),
        reverses_id=line.movement_id,
    )
