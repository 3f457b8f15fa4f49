"""Which place the units of a batch went to, and in what state they are now, from the ledger alone.

Units of one lot are alike, so the ledger is followed first in, first out: the units that came first to a shelf leave
it first. What goes back to a store counts as the store's again. The sums are exact; only which of two like boxes went
which way is a convention.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from typing import Protocol

from app.core.statuses.stock import MovementKind, StockState

_HOMES = frozenset({StockState.IN_STOCK, StockState.PAR, StockState.EXPENSED})
Flow = Mapping[tuple[int, StockState], int]
"""Units by the place that had them last and the state in which they are now."""


class Moved(Protocol):
    """What is needed of a ledger line."""

    @property
    def kind(self) -> MovementKind: ...
    @property
    def quantity(self) -> int: ...
    @property
    def source_id(self) -> int | None: ...
    @property
    def source_state(self) -> StockState | None: ...
    @property
    def target_id(self) -> int | None: ...
    @property
    def target_state(self) -> StockState | None: ...


class _Shelf:
    """Units on one shelf, oldest first, each with the place it counts for; may be owed (a gain before a loss)."""

    def __init__(self) -> None:
        self.units: deque[list[int]] = deque()

    def give(self, home: int, quantity: int) -> None:
        if self.units and self.units[-1][0] == home:
            self.units[-1][1] += quantity
        else:
            self.units.append([home, quantity])

    def take(self, quantity: int, home: int) -> list[tuple[int, int]]:
        taken: list[tuple[int, int]] = []
        while quantity and self.units and self.units[0][1] > 0:
            first = self.units[0]
            part = min(quantity, first[1])
            taken.append((first[0], part))
            quantity -= part
            first[1] -= part
            if not first[1]:
                self.units.popleft()
        if quantity:
            self.give(home, -quantity)
            taken.append((home, quantity))
        return taken


def flow(lines: Iterable[Moved]) -> Flow:
    """The lines of one batch in ledger order; the result sums to what was received, zeros left out."""
    shelves: dict[tuple[int, StockState], _Shelf] = defaultdict(_Shelf)
    for line in lines:
        if line.kind is not MovementKind.INSPECTION:
            _follow(line, shelves)
    totals: dict[tuple[int, StockState], int] = defaultdict(int)
    for (_, state), shelf in shelves.items():
        for home, quantity in shelf.units:
            totals[home, state] += quantity
    return {key: quantity for key, quantity in totals.items() if quantity}


def _follow(line: Moved, shelves: dict[tuple[int, StockState], _Shelf]) -> None:
    here = line.target_id if line.target_id is not None else line.source_id or 0
    if line.source_id is None or line.source_state is None:
        taken = [(here, line.quantity)]
    else:
        taken = shelves[line.source_id, line.source_state].take(line.quantity, here)
    if line.target_id is None or line.target_state is None:
        return
    target = shelves[line.target_id, line.target_state]
    for home, quantity in taken:
        target.give(line.target_id if line.target_state in _HOMES else home, quantity)
