"""Cold goods and the temperature they came at: said at the scan, and never released when it was outside."""

import uuid

import pytest

from app.core.statuses.receipt import LineWarning
from app.core.statuses.stock import Inspection, LineState
from app.core.words import LANGUAGES, describe
from app.models.stock import Batch
from app.queries.inspections import CheckAnswer, inspection_card
from app.services.inspecting import ArrivedWarmError, InspectingService, RejectedPart
from app.services.receiving import DeliveryHead
from app.services.receiving_lines import Typed
from app.services.signing_in import SigningInService
from tests.builders import small_hospital
from tests.services.receiving_bay import CARTON, FAR, PASSWORD, Bay, label


@pytest.fixture
def bay(database):
    bay = Bay(database, small_hospital(database))
    bay.give_password()
    bay.change_product(storage="2–8 ℃ 冷藏")
    return bay


def measured(bay, tenths):
    head = DeliveryHead(bay.hospital.suppliers["supplier"], temperature_tenths=tenths)
    bay.service.change_head(actor=bay.actor(), delivery_id=bay.delivery_id, head=head)


def test_goods_that_came_too_warm_wait_are_rejected_and_never_released(bay):
    line = bay.scan(label(CARTON, "26A0418", FAR))
    assert (line.state, line.warnings) == (LineState.READY, ())
    measured(bay, None)
    assert bay.line(line.id).warnings == (LineWarning.TEMPERATURE_MISSING,)
    measured(bay, 123)
    assert bay.line(line.id).warnings == (LineWarning.TEMPERATURE_OUT,)
    mask = bay.service.add_by_hand(
        actor=bay.actor(), delivery_id=bay.delivery_id, product_id=bay.hospital.products["MASK"], typed=Typed()
    )
    assert LineWarning.TEMPERATURE_OUT not in bay.line(mask.line_id).warnings
    batch_id = bay.post().batch_ids[0]

    service = InspectingService(bay.database, SigningInService(bay.database))
    card = bay.reader.fetch(inspection_card, batch_id)
    answers = [CheckAnswer(item.key, True, "") for item in card.checklist.items]
    shared = {"actor": bay.actor("inspector"), "batch_id": batch_id, "answers": answers, "password": PASSWORD}
    assert card.has_arrived_cold is False
    with pytest.raises(ArrivedWarmError) as refused:
        service.release(**shared, op_id=uuid.uuid4().hex)
    assert all("12.3" in describe(refused.value, language) for language in LANGUAGES)
    with pytest.raises(ArrivedWarmError):
        service.release_part(**shared, part=RejectedPart(1, "途中升温"), op_id=uuid.uuid4().hex)
    service.reject(**shared, reason="途中升温", op_id=uuid.uuid4().hex)
    with bay.database.reading() as session:
        assert session.get_one(Batch, batch_id).inspection is Inspection.REJECTED
