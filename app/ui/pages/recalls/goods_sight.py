"""What the goods tab knows at one moment, as plain values."""

from dataclasses import dataclass
from datetime import datetime

from app.core.lots import lot_key
from app.core.statuses.recall import CaseKind
from app.core.statuses.stock import StockState
from app.queries.case_collecting import CollectRow, collecting, received_units
from app.queries.case_goods import DifferenceRow, SealedRow, ShipmentRow, differences, sealed_goods, shipments
from app.queries.case_head import CaseHead, case_head
from app.queries.impact import ShareRow, impact
from app.queries.impact_rows import DrillRow, drill
from app.queries.reader import Reader
from app.services.answering import RUNNING
from app.ui.signers import Signer

LOSABLE = frozenset(
    {StockState.IN_STOCK, StockState.PAR, StockState.EXPENSED, StockState.IN_TRANSIT, StockState.QUARANTINED}
)
"""Where units may turn out to be missing."""

SealedKey = tuple[int, int]


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """One batch: what was received, and where it is now; the two must be equal."""

    share: ShareRow
    received: int

    @property
    def id(self) -> int:
        return self.share.id

    @property
    def adds_up(self) -> bool:
        return self.share.total == self.received

    def units(self, *states: StockState) -> int:
        return sum(self.share.by_state.get(state, 0) for state in states)


@dataclass(frozen=True, slots=True)
class GoodsSight:
    """``can_move``: the case runs, is no drill, and the person collects goods."""

    head: CaseHead
    rows: tuple[CollectRow, ...]
    sealed: tuple[SealedRow, ...]
    shipments: tuple[ShipmentRow, ...]
    differences: tuple[DifferenceRow, ...]
    loose: tuple[DrillRow, ...]
    balance: tuple[BalanceRow, ...]
    witnesses: tuple[Signer, ...]
    can_move: bool

    @property
    def left(self) -> int:
        return sum(row.left for row in self.rows)

    @property
    def collected(self) -> int:
        return sum(row.collected for row in self.rows)

    @property
    def unconfirmed(self) -> int:
        return sum(row.waits for row in self.shipments)

    @property
    def adds_up(self) -> bool:
        return all(row.adds_up for row in self.balance)

    def places_with(self, ref: str, lot: str) -> tuple[CollectRow, ...]:
        """The places that still have units of a lot."""
        key = lot_key(lot)
        return tuple(row for row in self.rows if row.left and row.ref == ref and lot_key(row.lot_no) == key)

    def knows(self, ref: str, lot: str) -> bool:
        """Whether the lot is one of the case's."""
        key = lot_key(lot)
        return any(row.ref == ref and lot_key(row.lot_no) == key for row in self.rows)

    def product_of(self, batch_id: int) -> CollectRow | None:
        """A row of the same batch, which knows its product."""
        return next((row for row in self.rows if row.batch_id == batch_id), None)


def fetch_sight(
    reader: Reader, case_id: int, now: datetime, witnesses: tuple[Signer, ...], *, may_move: bool
) -> GoodsSight:
    """Reads the database, so call it on a reader's thread."""
    head = reader.fetch(case_head, case_id, now)
    received = reader.fetch(received_units, case_id)
    shares = reader.fetch(impact, case_id).lots
    can_move = may_move and head.row.state in RUNNING and head.row.kind is not CaseKind.DRILL
    return GoodsSight(
        head,
        tuple(reader.fetch(collecting, case_id)),
        tuple(reader.fetch(sealed_goods, case_id)),
        tuple(reader.fetch(shipments, case_id)),
        tuple(reader.fetch(differences, case_id)),
        tuple(row for row in reader.fetch(drill, case_id) if row.state in LOSABLE),
        tuple(BalanceRow(share, received.get(share.id, 0)) for share in shares),
        witnesses,
        can_move,
    )
