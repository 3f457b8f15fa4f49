"""What waits to leave the hospital: expired, rejected and quarantined goods by place, with their age."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.core.actor import Bilingual
from app.core.statuses.leaving import DepartureState
from app.core.statuses.locks import LockLayer
from app.core.statuses.stock import Inspection, MovementKind, StockState
from app.models.catalogue import Product, Supplier
from app.models.leaving import Departure, DepartureLine
from app.models.places import Location
from app.models.stock import Balance, Batch, Movement, SerialUnit
from app.queries.days import latest_today
from app.queries.layers import LayerRow, distinct_layers, keys_of, layers_of


class WaitReason(Enum):
    """Why goods wait, the gravest first; ``QUARANTINED`` were only put aside."""

    RECALLED = "recalled"
    REJECTED = "rejected"
    EXPIRED = "expired"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One batch on one shelf that should not stay; ``on_drafts`` units stand on a return or a disposal already.

    ``case_number``: it leaves through that recall case. ``since`` is None where nobody knows.
    """

    batch_id: int
    lot_no: str
    product: Bilingual
    ref: str
    spec: str
    unit: Bilingual
    needs_serial: bool
    expiry_on: date | None
    supplier_id: int
    supplier: Bilingual
    location_id: int
    place: Bilingual
    state: StockState
    quantity: int
    on_drafts: int
    why: WaitReason
    since: datetime | None
    days: int | None
    layers: tuple[LockLayer, ...]
    case_number: str = ""
    case_id: int | None = None

    @property
    def left(self) -> int:
        """Units that stand on no draft yet."""
        return max(0, self.quantity - self.on_drafts)


@dataclass(frozen=True, slots=True)
class LeavingFigures:
    """Units that left for good, as the ledger has them: ``…_here`` by these documents, ``…_cases`` by recalls."""

    returned: int
    returned_here: int
    returned_cases: int
    destroyed: int
    destroyed_here: int
    destroyed_cases: int


def waiting_goods(session: Session, now: datetime) -> list[WaitingRow]:
    """The longest waiting first. A fixed number of statements."""
    today = latest_today(session)
    found = session.execute(
        select(Balance, Batch, Product, Supplier, Location)
        .join(Batch, Batch.id == Balance.batch_id)
        .join(Product, Product.id == Batch.product_id)
        .join(Supplier, Supplier.id == Batch.supplier_id)
        .join(Location, Location.id == Balance.location_id)
        .where(Balance.quantity > 0, _should_leave(today))
    ).all()
    layers = layers_of(session, keys_of([row[1] for row in found]), today)
    aside = _put_aside(session, [row[1].id for row in found])
    drafted = _on_drafts(session)
    rows: list[WaitingRow] = []
    for balance, batch, product, supplier, place in found:
        on_drafts = drafted.get((batch.id, place.id, balance.state), 0)
        why, since = _why(balance, batch, layers[batch.id], aside)
        facts = _Facts(layers[batch.id], on_drafts, why, since, max(0, (now - since).days) if since else None)
        rows.append(_waiting(balance, batch, product, supplier, place, facts))
    return sorted(rows, key=lambda row: (-(row.days or 0), row.place.zh, row.lot_no))


def serials_at(session: Session, batch_id: int, location_id: int, state: StockState) -> list[int]:
    """The serial units of a batch on a shelf that stand on no draft; empty where the product has none."""
    drafted = (
        select(DepartureLine.serial_unit_id)
        .join(Departure, Departure.id == DepartureLine.departure_id)
        .where(Departure.state == DepartureState.DRAFT, DepartureLine.serial_unit_id.is_not(None))
    )
    statement = select(SerialUnit.id).where(
        SerialUnit.batch_id == batch_id,
        SerialUnit.location_id == location_id,
        SerialUnit.state == state,
        SerialUnit.id.not_in(drafted),
    )
    return list(session.scalars(statement.order_by(SerialUnit.id)))


def leaving_figures(session: Session) -> LeavingFigures:
    """What the balance says is returned and destroyed, and how it left."""
    rows = session.execute(
        select(Balance.state, func.sum(Balance.quantity))
        .where(Balance.state.in_((StockState.RETURNED, StockState.DESTROYED)))
        .group_by(Balance.state)
    )
    held = {state: int(quantity) for state, quantity in rows}
    numbers = select(Departure.number)
    sums: dict[tuple[MovementKind, bool], int] = {}
    for kind in (MovementKind.RETURN_TO_SUPPLIER, MovementKind.DISPOSAL):
        for is_here in (True, False):
            condition = Movement.document_no.in_(numbers) if is_here else Movement.document_no.not_in(numbers)
            sums[kind, is_here] = _left(session, kind, condition)
    return LeavingFigures(
        held.get(StockState.RETURNED, 0),
        sums[MovementKind.RETURN_TO_SUPPLIER, True],
        sums[MovementKind.RETURN_TO_SUPPLIER, False],
        held.get(StockState.DESTROYED, 0),
        sums[MovementKind.DISPOSAL, True],
        sums[MovementKind.DISPOSAL, False],
    )


def _left(session: Session, kind: MovementKind, condition: ColumnElement[bool]) -> int:
    reversal = aliased(Movement)
    stands = ~select(reversal.id).where(reversal.reverses_id == Movement.id).exists()
    query = select(func.coalesce(func.sum(Movement.quantity), 0)).where(Movement.kind == kind, condition, stands)
    return int(session.execute(query).scalar_one())


def _should_leave(today: date) -> ColumnElement[bool]:
    spoilt = or_(Batch.inspection == Inspection.REJECTED, Batch.expiry_on < today)
    return or_(
        Balance.state == StockState.QUARANTINED,
        and_(Balance.state.in_((StockState.IN_STOCK, StockState.PAR)), spoilt),
    )


def _put_aside(session: Session, batch_ids: Sequence[int]) -> dict[tuple[int, int], datetime]:
    """When goods last came to quarantine at a place."""
    rows = session.execute(
        select(Movement.batch_id, Movement.target_id, func.max(Movement.acted_at))
        .where(Movement.batch_id.in_(batch_ids), Movement.target_state == StockState.QUARANTINED)
        .group_by(Movement.batch_id, Movement.target_id)
    )
    return {(batch_id, place_id): at for batch_id, place_id, at in rows if place_id is not None}


def _on_drafts(session: Session) -> dict[tuple[int, int, StockState], int]:
    line = DepartureLine
    rows = session.execute(
        select(line.batch_id, line.location_id, line.source_state, func.sum(line.quantity))
        .join(Departure, Departure.id == line.departure_id)
        .where(Departure.state == DepartureState.DRAFT)
        .group_by(line.batch_id, line.location_id, line.source_state)
    )
    return {(batch_id, place_id, state): int(quantity) for batch_id, place_id, state, quantity in rows}


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of a row beside its records."""

    layers: tuple[LayerRow, ...]
    on_drafts: int
    why: WaitReason
    since: datetime | None
    days: int | None


def _waiting(
    balance: Balance, batch: Batch, product: Product, supplier: Supplier, place: Location, facts: _Facts
) -> WaitingRow:
    held = next((layer for layer in facts.layers if layer.layer is LockLayer.RECALL_QUARANTINE), None)
    return WaitingRow(
        batch.id,
        batch.lot_no,
        Bilingual(product.name_zh, product.name_en),
        product.ref,
        product.spec,
        Bilingual(product.base_unit_zh, product.base_unit_en),
        product.needs_serial,
        batch.expiry_on,
        supplier.id,
        Bilingual(supplier.name_zh, supplier.name_en),
        place.id,
        Bilingual(place.name_zh, place.name_en),
        balance.state,
        balance.quantity,
        facts.on_drafts,
        facts.why,
        facts.since,
        facts.days,
        distinct_layers(facts.layers),
        held.case_number if held else "",
        held.case_id if held else None,
    )


def _why(
    balance: Balance, batch: Batch, layers: Sequence[LayerRow], aside: dict[tuple[int, int], datetime]
) -> tuple[WaitReason, datetime | None]:
    put_aside = aside.get((batch.id, balance.location_id)) if balance.state is StockState.QUARANTINED else None
    by_layer = {layer.layer: layer for layer in layers}
    if LockLayer.RECALL_QUARANTINE in by_layer:
        return WaitReason.RECALLED, put_aside or by_layer[LockLayer.RECALL_QUARANTINE].at
    if LockLayer.REJECTED in by_layer:
        return WaitReason.REJECTED, by_layer[LockLayer.REJECTED].at
    if LockLayer.EXPIRED in by_layer and batch.expiry_on is not None:
        return WaitReason.EXPIRED, datetime.combine(batch.expiry_on, datetime.min.time(), UTC)
    return WaitReason.QUARANTINED, put_aside
