"""What the page of returns and disposals looks at, read in one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.core.actor import Actor
from app.core.lots import lot_key
from app.core.permissions import Duty
from app.core.statuses.leaving import DepartureState
from app.core.statuses.stock import LocationKind, StockState
from app.queries.departures import DepartureRow, finished_departures, open_departures
from app.queries.leaving import LeavingFigures, WaitingRow, leaving_figures, waiting_goods
from app.queries.locations import LocationRow, locations
from app.queries.reader import Reader
from app.ui.signers import Signer, signers

WaitingKey = tuple[int, int, StockState]


@dataclass(frozen=True, slots=True)
class LeavingSight:
    """``places`` come areas first: that is where goods usually leave from."""

    waiting: tuple[WaitingRow, ...]
    under_way: tuple[DepartureRow, ...]
    finished: tuple[DepartureRow, ...]
    figures: LeavingFigures
    places: tuple[LocationRow, ...]
    witnesses: tuple[Signer, ...]

    @property
    def waiting_units(self) -> int:
        return sum(row.quantity for row in self.waiting)

    @property
    def drafts(self) -> int:
        return sum(row.state is DepartureState.DRAFT for row in self.under_way)

    @property
    def on_the_way(self) -> int:
        return sum(row.state is DepartureState.HANDED_OVER for row in self.under_way)

    def place_of(self, ref: str, lot: str | None, chosen: int | None) -> int | None:
        """Where a scanned box is meant to leave from: the chosen place, unless the lot waits at one other only."""
        found = {
            row.location_id for row in self.waiting if row.ref == ref and lot and lot_key(row.lot_no) == lot_key(lot)
        }
        if chosen in found or len(found) != 1:
            return chosen
        return next(iter(found))


def key_of(row: WaitingRow) -> WaitingKey:
    """What makes it the same goods after a reload."""
    return row.batch_id, row.location_id, row.state


def fetch_sight(reader: Reader, actor: Actor, now: datetime) -> LeavingSight:
    """Call it on a reader's thread."""
    return LeavingSight(
        tuple(reader.fetch(waiting_goods, now)),
        tuple(reader.fetch(open_departures)),
        tuple(reader.fetch(finished_departures)),
        reader.fetch(leaving_figures),
        tuple(_in_order(reader.fetch(locations))),
        signers(reader, Duty.WITNESS, actor),
    )


def _in_order(places: Sequence[LocationRow]) -> list[LocationRow]:
    kinds = (LocationKind.QUARANTINE, LocationKind.STORE, LocationKind.DEPARTMENT)
    return sorted(places, key=lambda place: (kinds.index(place.kind), place.id))
