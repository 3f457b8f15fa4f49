"""How the stock of a batch is spread over the shelves of a store, from what was said when it was put away.

The ledger knows stores, not shelves: units that have left since are taken from the rest first, then from the shelf
that was filled longest ago.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.statuses.stock import StockState
from app.models.persons import Person
from app.models.stock import Balance
from app.models.store_work import PutAway, ShelfPlace


@dataclass(frozen=True, slots=True)
class Laid:
    """One act: from then on so many units lie on the shelf, or all of them (None)."""

    shelf_id: int
    shelf: str
    quantity: int | None
    by: Bilingual
    at: datetime


@dataclass(frozen=True, slots=True)
class Share:
    """So many units on one shelf; ``laid`` is None for units that nobody has laid anywhere."""

    laid: Laid | None
    quantity: int

    @property
    def shelf(self) -> str:
        return self.laid.shelf if self.laid else ""


def shares(acts: Iterable[Laid], stock: int) -> list[Share]:
    """Where ``stock`` units lie after these acts, in their order: first the rest, then shelf by shelf."""
    rest: Laid | None = None
    parts: dict[int, Laid] = {}
    for act in acts:
        if act.quantity is None:
            rest, parts = act, {}
            continue
        parts.pop(act.shelf_id, None)
        if act.quantity:
            parts[act.shelf_id] = act
        if rest is not None and rest.shelf_id == act.shelf_id:
            rest = None  # the rest of that shelf has been counted
    left, found = stock, list[Share]()
    for part in reversed(parts.values()):
        units = min(left, part.quantity or 0)
        if units:
            found.append(Share(part, units))
            left -= units
    return [*([Share(rest, left)] if left else []), *reversed(found)]


def acts_of(session: Session, store_id: int, batch_ids: Collection[int] | None = None) -> dict[int, list[Laid]]:
    """Every act of a store by batch, the earliest first; of these batches or of all with stock."""
    query = (
        select(PutAway, ShelfPlace.code, Person)
        .join(ShelfPlace, ShelfPlace.id == PutAway.shelf_id)
        .join(Person, Person.id == PutAway.person_id)
        .where(PutAway.location_id == store_id)
        .order_by(PutAway.id)
    )
    if batch_ids is None:
        query = query.where(
            PutAway.batch_id.in_(
                select(Balance.batch_id).where(
                    Balance.location_id == store_id, Balance.state == StockState.IN_STOCK, Balance.quantity > 0
                )
            )
        )
    else:
        query = query.where(PutAway.batch_id.in_(batch_ids))
    found: dict[int, list[Laid]] = defaultdict(list)
    for row, code, person in session.execute(query):
        by = Bilingual(person.name_zh, person.name_en)
        found[row.batch_id].append(Laid(row.shelf_id, code, row.quantity, by, row.at))
    return found


def stock_of(session: Session, store_id: int, batch_ids: Collection[int]) -> dict[int, int]:
    """Units in stock by batch."""
    query = select(Balance.batch_id, Balance.quantity).where(
        Balance.location_id == store_id,
        Balance.state == StockState.IN_STOCK,
        Balance.quantity > 0,
        Balance.batch_id.in_(batch_ids),
    )
    return {batch_id: quantity for batch_id, quantity in session.execute(query)}


def shares_of(session: Session, store_id: int, batch_ids: Collection[int]) -> dict[int, list[Share]]:
    """Where these batches lie now; a batch without stock lies nowhere."""
    stock, acts = stock_of(session, store_id, batch_ids), acts_of(session, store_id, batch_ids)
    return {batch_id: shares(acts.get(batch_id, ()), units) for batch_id, units in stock.items()}


def shelves_said(found: Iterable[Share]) -> str:
    """``A-01`` where all lies on one shelf, else each shelf with its units; nothing where none is known."""
    spread = list(found)
    known = [share for share in spread if share.laid is not None]
    if len(spread) == 1 and known:
        return known[0].shelf
    return " · ".join(f"{share.shelf} {share.quantity:,}" for share in sorted(known, key=lambda one: one.shelf))
