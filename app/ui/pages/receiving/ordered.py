"""How far an order has come while its delivery is open: what was received before, and what is scanned now."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.actor import Bilingual
from app.core.statuses.stock import LineState
from app.queries.deliveries import LineRow
from app.queries.orders import OrderRow

_TAKEN = frozenset({LineState.READY, LineState.OVERRIDDEN, LineState.INCOMPLETE})
"""Lines that come into the house, now or when they are complete."""


@dataclass(frozen=True, slots=True)
class OrderedLine:
    """One product of the order in base units; ``received`` before, ``here`` in the open delivery."""

    product_id: int
    product: Bilingual
    ref: str
    ordered: int
    received: int
    here: int

    @property
    def missing(self) -> int:
        return max(0, self.ordered - self.received - self.here)

    @property
    def over(self) -> int:
        """Units more than ordered."""
        return max(0, self.received + self.here - self.ordered)


@dataclass(frozen=True, slots=True)
class Overrun:
    """A scan went beyond order ``number``: by ``units``; the order has none of the product where not ``is_ordered``."""

    number: str
    units: int
    is_ordered: bool


def ordered_lines(order: OrderRow | None, lines: Sequence[LineRow]) -> tuple[OrderedLine, ...]:
    """The lines of the order in its own order; nothing where the delivery names no order of ours."""
    if order is None:
        return ()
    return tuple(
        OrderedLine(
            line.product_id, line.product, line.ref, line.quantity, line.received, _here(lines, line.product_id)
        )
        for line in order.lines
    )


def overrun(order: OrderRow | None, lines: Sequence[LineRow], line: LineRow) -> Overrun | None:
    """Whether ``line`` stands for more than was ordered; refused and unknown goods are no question of the order."""
    if order is None or line.product_id is None or line.state not in _TAKEN:
        return None
    found = next((one for one in ordered_lines(order, lines) if one.product_id == line.product_id), None)
    if found is None:
        return Overrun(order.number, _here(lines, line.product_id), is_ordered=False)
    return Overrun(order.number, found.over, is_ordered=True) if found.over else None


def _here(lines: Sequence[LineRow], product_id: int) -> int:
    return sum(line.quantity for line in lines if line.product_id == product_id and line.state in _TAKEN)
