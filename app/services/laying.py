"""What putting goods on a shelf means for the shelves on which they lay before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.core.errors import RuleError
from app.models.stock import Batch
from app.models.store_work import ShelfPlace
from app.queries.shelf_shares import Share, shares_of


class TooMuchForShelfError(RuleError):
    """Of ``lot`` only ``most`` units do not lie on ``shelf`` yet."""

    code = "store_work.too_much_for_shelf"


@dataclass(frozen=True, slots=True)
class Act:
    """From now on so many units of the batch lie on the shelf (0: none, None: all)."""

    batch_id: int
    shelf_id: int
    quantity: int | None


class Laying:
    """Collects the ``acts`` to write, in their order, inside the caller's transaction."""

    def __init__(self, session: Session, store_id: int, shelf: ShelfPlace) -> None:
        self._session, self.store_id, self._shelf = session, store_id, shelf
        self.acts: list[Act] = []

    def all_of(self, batches: Sequence[Batch]) -> tuple[str, ...]:
        """Everything there is of them; returns the other shelves it lay on."""
        spread = self._spread(batches)
        self.acts += [Act(batch.id, self._shelf.id, None) for batch in batches]
        return _codes(share for batch in batches for share in spread[batch.id] if self._is_elsewhere(share))

    def some_of(self, batches: Sequence[Batch], quantity: int) -> tuple[str, ...]:
        """So many units, receipt after receipt. Raises TooMuchForShelfError."""
        spread = self._spread(batches)
        givers = {batch.id: [one for one in spread[batch.id] if self._is_elsewhere(one)] for batch in batches}
        most = sum(one.quantity for found in givers.values() for one in found)
        if not 0 < quantity <= most:
            raise TooMuchForShelfError(lot=batches[0].lot_no, most=most, shelf=self._shelf.code)
        left, from_shelves = quantity, list[Share]()
        for batch in batches:
            part = min(left, sum(one.quantity for one in givers[batch.id]))
            if part:
                from_shelves += self._move(batch.id, spread[batch.id], givers[batch.id], part)
                left -= part
        return _codes(from_shelves)

    def _move(self, batch_id: int, spread: Sequence[Share], givers: Sequence[Share], quantity: int) -> list[Share]:
        """The shelves that give, with the units that have no shelf yet first, then the shelf."""
        there = sum(one.quantity for one in spread if not self._is_elsewhere(one))
        stock = sum(one.quantity for one in spread)
        left, given = quantity, list[Share]()
        for one in sorted(givers, key=lambda share: share.laid is not None):
            part = min(left, one.quantity)
            if part and one.laid is not None:
                given.append(one)
                if one.laid.quantity is not None:
                    self.acts.append(Act(batch_id, one.laid.shelf_id, one.quantity - part))
            left -= part
        whole = there + quantity == stock
        self.acts.append(Act(batch_id, self._shelf.id, None if whole else there + quantity))
        return given

    def _spread(self, batches: Sequence[Batch]) -> dict[int, list[Share]]:
        return shares_of(self._session, self.store_id, [batch.id for batch in batches])

    def _is_elsewhere(self, share: Share) -> bool:
        return share.laid is None or share.laid.shelf_id != self._shelf.id


def _codes(found: Iterable[Share]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(share.shelf for share in found if share.shelf))
