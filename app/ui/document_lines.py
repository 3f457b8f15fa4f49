"""The lines of a document that grows by scan, before it is posted: what an issue and a transfer have in common."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, TypeVar

from app.core.lots import lot_key
from app.queries.scanned import ProductRow
from app.services.issuing import Earlier, going
from app.services.picking import Wanted
from app.udi.reading import Reading


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One lot on the document; ``earlier`` should go before it, unless the document takes the whole of it.

    ``warns`` says that it does not. ``shelves`` are where it lies.
    """

    id: int
    product: ProductRow
    wanted: Wanted
    expiry_on: date | None
    available: int
    earlier: Earlier | None
    warns: bool = False
    shelves: tuple[str, ...] = ()

    @property
    def quantity(self) -> int:
        return self.wanted.quantity


LineOf = TypeVar("LineOf", bound=DocumentLine)
NEW = 0
"""The id of a line that has not been put on the document yet."""


class DocumentLines(Generic[LineOf]):
    """``same`` says when two scans belong on one line; ``changed`` is told all lines after each change."""

    def __init__(self, same: Callable[[Wanted, Wanted], bool], changed: Callable[[list[LineOf]], None]) -> None:
        self._same, self._changed = same, changed
        self.rows: tuple[LineOf, ...] = ()

    @property
    def needs_reason(self) -> bool:
        """Whether an earlier expiry is passed over by a lot that is not on the document."""
        return any(line.warns for line in self.rows)

    @property
    def wanted(self) -> list[Wanted]:
        """What would be posted."""
        return [line.wanted for line in self.rows]

    def scanned(self, reading: Reading, product: ProductRow) -> Wanted:
        """What a scan stands for, together with what is on the document already."""
        one = Wanted(product.id, reading.lot, product.units, reading.serial, reading.expiry)
        if product.needs_serial:
            return replace(one, quantity=1)
        return self.with_old(replace(one, serial=None))

    def with_old(self, one: Wanted) -> Wanted:
        """``one`` and what its line has already."""
        old = next((line.wanted for line in self.rows if self._same(line.wanted, one)), None)
        return replace(one, quantity=one.quantity + old.quantity) if old else one

    def put(self, line: LineOf) -> LineOf:
        """In the place of the line for the same goods, or as a new one; returns it as it stands."""
        old = next((one for one in self.rows if self._same(one.wanted, line.wanted)), None)
        number = old.id if old else max((one.id for one in self.rows), default=NEW) + 1
        line = replace(line, id=number)
        if old is None:
            self.show((*self.rows, line))
        else:
            self.show(tuple(line if one.id == number else one for one in self.rows))
        return next(one for one in self.rows if one.id == number)

    def set_quantity(self, line_id: int, quantity: int) -> None:
        """Zero takes the line away; more than the lot has is cut to what it has."""
        changed: list[LineOf] = []
        for line in self.rows:
            if line.id == line_id:
                line = replace(line, wanted=replace(line.wanted, quantity=min(quantity, line.available)))
            if line.quantity > 0:
                changed.append(line)
        self.show(changed)

    def show(self, lines: Sequence[LineOf]) -> None:
        """These and no others; each is told anew whether it passes an earlier expiry over."""
        whole = going([line.wanted for line in lines])
        self.rows = tuple(replace(line, warns=_passes_over(line, whole)) for line in lines)
        self._changed(list(self.rows))


def same_label(first: Wanted, second: Wanted) -> bool:
    """All that the label says is the same."""
    return replace(first, quantity=1) == replace(second, quantity=1)


def same_lot(first: Wanted, second: Wanted) -> bool:
    """The same lot, however it is spelled, or the same unit."""

    def bare(wanted: Wanted) -> tuple[int, str, str | None]:
        return wanted.product_id, lot_key(wanted.lot or ""), wanted.serial

    return bare(first) == bare(second)


def _passes_over(line: DocumentLine, on_document: dict[tuple[int, str], int]) -> bool:
    if line.earlier is None:
        return False
    return on_document.get((line.product.id, lot_key(line.earlier.lot_no)), 0) < line.earlier.available
