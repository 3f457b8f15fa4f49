"""Lists of the receiving page."""

import pytest

from app.core.errors import NotFoundError
from app.core.statuses.receipt import LineElement
from app.core.statuses.stock import LineState
from app.queries.deliveries import Lamp, delivery_card, find_products, open_deliveries
from tests.builders import small_hospital
from tests.services.receiving_bay import CARTON, FAR, STENT, Bay, label


@pytest.fixture
def bay(database):
    return Bay(database, small_hospital(database))


def test_drafts_are_listed_by_store_the_newest_first(bay):
    other = bay.open("store2")
    assert [row.id for row in bay.reader.fetch(open_deliveries)] == [other, bay.delivery_id]
    (row,) = bay.reader.fetch(open_deliveries, bay.hospital.places["store2"])
    assert (row.place.en, row.supplier.en, row.note_no, row.lines) == ("Second store", "Test Supplier", "DN-1", 0)


def test_an_unknown_delivery_has_no_card(bay):
    with pytest.raises(NotFoundError):
        bay.reader.fetch(delivery_card, 9_999, bay.database.clock())


def test_the_card_counts_what_would_be_posted_what_waits_and_what_stays_out(bay):
    bay.scan(label(CARTON, "A", FAR))
    bay.scan(label(lot="B"))
    bay.scan("hello")
    card = bay.card()
    assert (card.units, len(card.open_lines), len(card.refused)) == (20, 1, 1)


def test_lamps_say_of_each_part_where_it_came_from(bay):
    line = bay.scan(label(STENT, "DS5K22"))
    line = bay.complete(line, expiry_on=FAR)
    assert dict(line.lamps) == {
        LineElement.DEVICE: Lamp.SCANNED,
        LineElement.LOT: Lamp.SCANNED,
        LineElement.PRODUCTION: Lamp.MISSING,
        LineElement.EXPIRY: Lamp.TYPED,
        LineElement.SERIAL: Lamp.MISSING,
        LineElement.QUANTITY: Lamp.SCANNED,
    }
    assert line.state is LineState.INCOMPLETE


def test_the_lamp_of_a_stopped_lot_is_wrong_and_of_an_unread_scan_dark(bay):
    bay.hold("A")
    assert dict(bay.scan(label(lot="A", expiry=FAR)).lamps)[LineElement.LOT] is Lamp.WRONG
    lamps = dict(bay.scan("hello").lamps)
    assert (lamps[LineElement.DEVICE], lamps[LineElement.LOT]) == (Lamp.WRONG, Lamp.NOT_NEEDED)


def test_a_found_product_brings_its_packages_and_what_its_label_carries(bay):
    (row,) = bay.reader.fetch(find_products, "STENT")
    assert [units for _name, units in row.packages] == [1, 20]
    assert row.needs == {LineElement.LOT, LineElement.EXPIRY, LineElement.PRODUCTION, LineElement.SERIAL}
