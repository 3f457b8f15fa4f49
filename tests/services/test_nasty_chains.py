"""What people really do to the chain of custody: the same part twice, a repeated act with other content."""

import uuid

import pytest
from sqlalchemy import select

from app.core.statuses.stock import StockState
from app.models.refusals import NotPendingError
from app.models.stock import Balance
from app.services.inspecting import InspectingService, RejectedPart
from app.services.repeating import OperationReusedError
from tests.services.receiving_bay import PASSWORD
from tests.services.test_inspecting import Desk


def test_a_part_is_rejected_once_and_its_repetition_gets_the_first_answer(database):
    desk = Desk(database)
    op_id = uuid.uuid4().hex
    shared = {"actor": desk.bay.actor("inspector"), "batch_id": desk.batch_id, "answers": desk.answers()}
    shared |= {"password": PASSWORD}
    service: InspectingService = desk.service
    first = service.release_part(**shared, part=RejectedPart(3, "压痕"), op_id=op_id)
    assert service.release_part(**shared, part=RejectedPart(3, "压痕"), op_id=op_id) == first
    with pytest.raises((NotPendingError, OperationReusedError)):
        service.release_part(**shared, part=RejectedPart(4, "压痕"), op_id=op_id)
    with pytest.raises(NotPendingError):
        service.release_part(**shared, part=RejectedPart(2, "压痕"), op_id=uuid.uuid4().hex)
    with database.reading() as session:
        rows = session.execute(select(Balance.state, Balance.quantity).where(Balance.batch_id == desk.batch_id))
        assert {state: quantity for state, quantity in rows if quantity} == {
            StockState.IN_STOCK: 17,
            StockState.QUARANTINED: 3,
        }
