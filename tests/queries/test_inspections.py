"""Which waiting batches a scan belongs to."""

import pytest

from app.queries.inspections import inspection_card, pending_batches, pending_of_scan
from tests.builders import small_hospital
from tests.services.receiving_bay import BOX, CARTON, FAR, Bay, label


@pytest.fixture
def bay(database):
    bay = Bay(database, small_hospital(database))
    for lot in ("A1", "A2"):
        bay.scan(label(CARTON, lot, FAR))
    bay.posted = bay.post()
    return bay


def test_a_label_belongs_to_its_lot_whatever_the_spelling(bay):
    first, second = bay.posted.batch_ids
    assert bay.reader.fetch(pending_of_scan, label(CARTON, "a1", FAR)) == [first]
    assert bay.reader.fetch(pending_of_scan, label(BOX, "A2", FAR)) == [second]


def test_a_label_without_a_lot_belongs_to_every_batch_of_its_product(bay):
    assert bay.reader.fetch(pending_of_scan, f"]C101{BOX}") == list(bay.posted.batch_ids)


def test_a_receipt_code_belongs_to_its_batches_and_nonsense_to_none(bay):
    assert bay.reader.fetch(pending_of_scan, f"RD:RECEIPT:{bay.posted.receipt_no}") == list(bay.posted.batch_ids)
    assert bay.reader.fetch(pending_of_scan, "hello") == []


def test_the_card_shows_the_papers_of_the_delivery(bay):
    card = bay.reader.fetch(inspection_card, bay.posted.batch_ids[0])
    assert (card.order_no, card.note_no, card.waybill, card.temperature_tenths) == ("PO-1", "DN-1", "WB-1", 48)
    assert card.row in bay.reader.fetch(pending_batches)
    assert set(card.dis) == {BOX, CARTON}
