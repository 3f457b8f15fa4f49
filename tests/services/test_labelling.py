"""The label of a batch is read back as the batch."""

import pypdfium2
import pytest
import zxingcpp

from app.core.errors import NotFoundError
from app.services.labelling import LabellingService
from app.udi.reader import read
from tests.stock_life import DI, GOOD_UNTIL, stock_life


def symbols(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    found = [
        barcode.text
        for page in document
        for barcode in zxingcpp.read_barcodes(page.render(scale=4).to_pil().convert("L"))
    ]
    document.close()
    return found


def test_a_label_carries_product_lot_and_expiry(database):
    life = stock_life(database)
    with life.database.writing(None) as session:
        from sqlalchemy import delete

        from app.models.catalogue import DeviceIdentifier

        session.execute(delete(DeviceIdentifier).where(DeviceIdentifier.di != DI))
    batch_id = life.house.batch("CVC", "A1", expiry=GOOD_UNTIL)

    pdf = LabellingService(life.database).batch_label(batch_id, copies=2)

    reading = read(symbols(pdf)[0])
    assert (reading.di, reading.lot, reading.expiry) == (DI, "A1", GOOD_UNTIL)
    assert len(pypdfium2.PdfDocument(pdf)) == 2


def test_a_product_without_a_gs1_identifier_is_named_by_its_batch(database):
    life = stock_life(database)
    life.house.product("PLAIN")
    batch_id = life.house.batch("PLAIN", "A1")

    assert f"RD:BATCH:{batch_id}" in symbols(LabellingService(life.database).batch_label(batch_id))


def test_a_batch_that_never_was_has_no_label(database):
    life = stock_life(database)

    with pytest.raises(NotFoundError):
        LabellingService(life.database).batch_label(999)
