"""A box that was scanned, as goods of the hospital: two halves composed, our own labels read, the product found."""

from app.core.errors import AppError
from app.queries.batches import NoScanError, UnknownProductError
from app.queries.reader import Reader
from app.queries.scanned import ProductRow, batch_named, product_of_di
from app.services.picking import LotNeededError, Wanted
from app.udi.composing import compose
from app.udi.reader import read
from app.udi.reading import Reading, ReadState

BATCH_CODE = "RD:BATCH:"


class BoxReader:
    """Keeps the first half of a label until the second comes."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._half: Reading | None = None

    def reading(self, raw: str) -> Reading:
        """What the scan says, together with the half that waited."""
        reading = read(raw)
        half, self._half = self._half, None
        joined = compose(half, reading) if half is not None else None
        return joined or reading

    def is_half(self, reading: Reading, error: AppError) -> bool:
        """Whether the other half may still come; it is waited for then."""
        waits = reading.is_secondary or (isinstance(error, LotNeededError) and reading.di is not None)
        self._half = reading if waits else None
        return waits

    def goods(self, raw: str, reading: Reading) -> tuple[ProductRow, Wanted]:
        """Reads the database: call it on a reader's thread. Raises NoScanError, UnknownProductError, LotNeededError."""
        if raw.startswith(BATCH_CODE):
            return self._own_label(raw.removeprefix(BATCH_CODE).strip())
        if reading.di is None or reading.state in (ReadState.AMBIGUOUS, ReadState.REFUSED):
            raise NoScanError(raw=reading.raw[:60])
        product = self._reader.fetch(product_of_di, reading.di)
        if product is None:
            raise UnknownProductError(di=reading.di)
        if product.needs_lot and reading.lot is None:
            raise LotNeededError(product=product.name)
        quantity = 1 if product.needs_serial else product.units
        serial = reading.serial if product.needs_serial else None
        return product, Wanted(product.id, reading.lot, quantity, serial, reading.expiry)

    def _own_label(self, code: str) -> tuple[ProductRow, Wanted]:
        found = self._reader.fetch(batch_named, int(code)) if code.isdigit() else None
        if found is None:
            raise NoScanError(raw=f"{BATCH_CODE}{code}"[:60])
        product, lot = found
        return product, Wanted(product.id, lot)
