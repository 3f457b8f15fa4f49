"""How rejected goods of the sample go back to their supplier: a return, handed over by two persons."""

from collections.abc import Sequence

from sqlalchemy import select

from app.core.statuses.leaving import DepartureKind
from app.core.statuses.stock import StockState
from app.models.stock import Balance
from app.services.collecting import Portion
from app.services.departing import DepartingService
from app.services.sample_scene import Scene


def send_back(scene: Scene, login: str, place_id: int, batch_ids: Sequence[int]) -> None:
    """All that lies of these batches at the place; they must come from one supplier."""
    keeper, service = scene.actor(login), DepartingService(scene.database)
    with scene.database.reading() as session:
        query = select(Balance.batch_id, Balance.quantity).where(
            Balance.batch_id.in_(batch_ids), Balance.location_id == place_id, Balance.state == StockState.IN_STOCK
        )
        lying = [Portion(batch, place_id, StockState.IN_STOCK, quantity) for batch, quantity in session.execute(query)]
    draft = service.start_portions(actor=keeper, op_id=scene.op(), kind=DepartureKind.RETURN, portions=lying)
    op_id = scene.op()
    second = scene.second(keeper, op_id, "hand_over")
    told = scene.told["return"]
    service.hand_over(
        actor=keeper,
        op_id=op_id,
        departure_id=draft.departure_id,
        carrier=told["carrier"],
        waybill=f"SF {scene.random.randint(1000, 9999)} {scene.random.randint(1000, 9999)}",
        reason=told["reason"],
        second=second,
    )
