"""Scans answered one after another, so that two of one lot add up; two codes of one label become one."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.core.errors import AppError
from app.queries.batches import NoScanError, UnknownProductError
from app.queries.reader import Reader
from app.queries.scanned import ProductRow, product_of_di
from app.services.picking import LotNeededError
from app.udi.composing import compose
from app.udi.reader import read
from app.udi.reading import Reading, ReadState
from app.ui.background import Background

SHELF_CODE = "RD:SHELF:"
PLACE_CODE = "RD:PLACE:"
TRANSFER_CODE = "RD:TRANSFER:"
OWN_CODE = "RD:"


@dataclass(frozen=True, slots=True)
class Scan:
    """One scan on its way: ``work`` runs on a reader's thread, the other two on the GUI's."""

    raw: str
    work: Callable[[Reading], Any]
    done: Callable[[Reading, Any], None]
    refused: Callable[[Reading, AppError], None]


class ScanQueue(QObject):
    """``half_read`` tells that the other code of the label is still to come."""

    half_read = Signal(object)

    def __init__(self, reader: Reader, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._reader, self._background = reader, background
        self._queue: deque[Scan] = deque()
        self._is_busy = False
        self._first_half: Reading | None = None

    def take(self, scan: Scan) -> None:
        """Answer it when its turn comes."""
        self._queue.append(scan)
        self._next()

    def product(self, reading: Reading) -> ProductRow:
        """What the box holds; call it from ``work``. Raises NoScanError, UnknownProductError."""
        if reading.di is None or reading.state in (ReadState.AMBIGUOUS, ReadState.REFUSED):
            raise NoScanError(raw=reading.raw[:60])
        product = self._reader.fetch(product_of_di, reading.di)
        if product is None:
            raise UnknownProductError(di=reading.di)
        return product

    def _next(self) -> None:
        if self._is_busy or not self._queue:
            return
        self._is_busy = True
        scan = self._queue.popleft()
        reading = self._whole(read(scan.raw))
        self._background.read(
            self,
            lambda: scan.work(reading),
            lambda answer: self._done(scan, reading, answer),
            lambda error: self._refused(scan, reading, error),
        )

    def _whole(self, reading: Reading) -> Reading:
        first, self._first_half = self._first_half, None
        joined = compose(first, reading) if first is not None else None
        return joined or reading

    def _done(self, scan: Scan, reading: Reading, answer: Any) -> None:
        self._is_busy = False
        scan.done(reading, answer)
        self._next()

    def _refused(self, scan: Scan, reading: Reading, error: AppError) -> None:
        self._is_busy = False
        if reading.is_secondary or (isinstance(error, LotNeededError) and reading.di is not None):
            self._first_half = reading
            self.half_read.emit(reading)
        else:
            scan.refused(reading, error)
        self._next()
