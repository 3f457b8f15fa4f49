"""A lot followed backward to its order and forward to the wards and patients, the sums equal at every hop."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.core.actor import Bilingual
from app.core.errors import NotFoundError
from app.core.lots import lot_key
from app.core.statuses.stock import Inspection, LineState, LocationKind, MovementKind, StockState
from app.models.catalogue import DeviceIdentifier, Product
from app.models.persons import Person
from app.models.places import Location
from app.models.stock import Batch, Delivery, DeliveryLine, Movement, PatientUse
from app.queries.batches import BatchRow, batches_of_lot, quantities_by_state
from app.queries.flow import flow
from app.queries.ledger import LedgerLine, ledger

_COUNTED_LINES = (LineState.READY.value, LineState.OVERRIDDEN.value)


class HopKind(Enum):
    """The stations on the way in."""

    ORDER = "order"
    DELIVERY = "delivery"
    RECEIPT = "receipt"
    INSPECTION = "inspection"


@dataclass(frozen=True, slots=True)
class Hop:
    """One station: ``quantity`` in base units, None where it is not known or not yet done."""

    kind: HopKind
    quantity: int | None = None
    document_no: str = ""
    by: Bilingual | None = None
    at: datetime | None = None
    outcome: Inspection | None = None


@dataclass(frozen=True, slots=True)
class Destination:
    """A place the units went to, and the states in which they are now; ``quantity`` sums the states."""

    location_id: int
    name: Bilingual
    kind: LocationKind
    states: Mapping[StockState, int]

    @property
    def quantity(self) -> int:
        return sum(self.states.values())


@dataclass(frozen=True, slots=True)
class BatchTrace:
    """One inbound batch from its order to where it is now; ``balance`` is what the wall keeps per state."""

    batch_id: int
    lot_no: str
    receipt_no: str
    supplier: Bilingual
    hops: tuple[Hop, ...]
    destinations: tuple[Destination, ...]
    balance: Mapping[StockState, int]
    patients: int
    lines: tuple[LedgerLine, ...] = field(repr=False)

    @property
    def received(self) -> int:
        return sum(hop.quantity or 0 for hop in self.hops if hop.kind is HopKind.RECEIPT)

    @property
    def is_even(self) -> bool:
        """Every known hop, the forward flow and the balance give the same sum, and so does each state."""
        sums = {hop.quantity for hop in self.hops if hop.quantity is not None}
        states: dict[StockState, int] = defaultdict(int)
        for place in self.destinations:
            for state, quantity in place.states.items():
                states[state] += quantity
        flowed = {state: quantity for state, quantity in states.items() if quantity}
        return sums <= {self.received} and sum(flowed.values()) == self.received and flowed == dict(self.balance)


@dataclass(frozen=True, slots=True)
class LotTrace:
    """All receipts of one lot of one product."""

    product_id: int
    product: Bilingual
    ref: str
    lot_no: str
    batches: tuple[BatchTrace, ...]
    patients: int

    @property
    def received(self) -> int:
        return sum(batch.received for batch in self.batches)

    @property
    def is_even(self) -> bool:
        return all(batch.is_even for batch in self.batches)


def trace_batch(session: Session, batch_id: int) -> BatchTrace:
    """Raises NotFoundError."""
    batch = session.get(Batch, batch_id)
    if batch is None:
        raise NotFoundError
    rows = batches_of_lot(session, batch.product_id, batch.lot_key)
    return _traces(session, [row for row in rows if row.id == batch_id])[0]


def trace_lot(session: Session, lot: str, product: str | None = None) -> list[LotTrace]:
    """The lot over all products that have it; ``product`` narrows by code, REF or device identifier."""
    found = session.execute(
        select(Product, func.min(Batch.lot_no))
        .join(Batch, Batch.product_id == Product.id)
        .where(Batch.lot_key == lot_key(lot), *_named(product))
        .group_by(Product.id)
        .order_by(Product.code)
    ).all()
    return [
        LotTrace(
            item.id,
            Bilingual(item.name_zh, item.name_en),
            item.ref,
            lot_no,
            tuple(_traces(session, batches_of_lot(session, item.id, lot))),
            patients_of(session, item.id, lot_key(lot)),
        )
        for item, lot_no in found
    ]


def _named(product: str | None):
    if not product:
        return ()
    by_di = select(DeviceIdentifier.product_id).where(DeviceIdentifier.di == product)
    return (or_(Product.code == product, Product.ref == product, Product.id.in_(by_di)),)


def _traces(session: Session, batches: Sequence[BatchRow]) -> list[BatchTrace]:
    ids = [batch.id for batch in batches]
    lines: dict[int, list[LedgerLine]] = defaultdict(list)
    for line in ledger(session, ids):
        lines[line.batch_id].append(line)
    places = {place.id: place for place in session.scalars(select(Location))}
    arrivals = _arrivals(session, batches)
    patients = _patients(session, ids)
    balances = quantities_by_state(session, ids)
    return [
        BatchTrace(
            batch.id,
            batch.lot_no,
            batch.receipt_no,
            batch.supplier,
            (*arrivals[batch.id], _receipt(lines[batch.id]), _inspection(lines[batch.id])),
            _destinations(lines[batch.id], places),
            balances[batch.id],
            patients.get(batch.id, 0),
            tuple(lines[batch.id]),
        )
        for batch in batches
    ]


def _arrivals(session: Session, batches: Sequence[BatchRow]) -> dict[int, tuple[Hop, Hop]]:
    """Order and delivery of each batch; a batch that no delivery brought has two empty hops."""
    rows = session.execute(
        select(Delivery, DeliveryLine, Person)
        .join(DeliveryLine, DeliveryLine.delivery_id == Delivery.id)
        .join(Person, Person.id == Delivery.created_by)
        .where(Delivery.receipt_no.in_({batch.receipt_no for batch in batches}))
        .where(DeliveryLine.state.in_(_COUNTED_LINES))
    ).all()
    hops: dict[int, tuple[Hop, Hop]] = {}
    for batch in batches:
        mine = [
            (delivery, line, person)
            for delivery, line, person in rows
            if delivery.receipt_no == batch.receipt_no
            and line.product_id == batch.product_id
            and (not line.lot_no or lot_key(line.lot_no) == batch.lot_key)
        ]
        quantity = sum(line.packages * line.units for _, line, _ in mine) if mine else None
        hops[batch.id] = _way_in(mine[0][0], mine[0][2], quantity) if mine else _no_way_in()
    return hops


def _way_in(delivery: Delivery, person: Person, quantity: int | None) -> tuple[Hop, Hop]:
    by = Bilingual(person.name_zh, person.name_en)
    ordered = Hop(HopKind.ORDER, quantity if delivery.order_no else None, delivery.order_no)
    number = delivery.note_no or delivery.number
    return ordered, Hop(HopKind.DELIVERY, quantity, number, by, delivery.created_at)


def _no_way_in() -> tuple[Hop, Hop]:
    return Hop(HopKind.ORDER), Hop(HopKind.DELIVERY)


def _receipt(lines: Sequence[LedgerLine]) -> Hop:
    receipts = [line for line in lines if line.kind is MovementKind.RECEIPT]
    taken_back = sum(line.quantity for line in receipts if line.is_reversed)
    if not receipts:
        return Hop(HopKind.RECEIPT, 0)
    first = receipts[0]
    quantity = sum(line.quantity for line in receipts) - taken_back
    return Hop(HopKind.RECEIPT, quantity, first.document_no, first.by, first.at)


def _inspection(lines: Sequence[LedgerLine]) -> Hop:
    inspections = [line for line in lines if line.kind is MovementKind.INSPECTION]
    if not inspections:
        return Hop(HopKind.INSPECTION)
    last = inspections[-1]
    quantity = sum(line.quantity for line in inspections)
    return Hop(HopKind.INSPECTION, quantity, last.document_no, last.by, last.at, last.outcome)


def _destinations(lines: Sequence[LedgerLine], places: Mapping[int, Location]) -> tuple[Destination, ...]:
    states: dict[int, dict[StockState, int]] = defaultdict(dict)
    for (home, state), quantity in flow(lines).items():
        states[home][state] = quantity
    found = [
        Destination(home, Bilingual(places[home].name_zh, places[home].name_en), places[home].kind, held)
        for home, held in states.items()
    ]
    return tuple(sorted(found, key=lambda place: (place.kind is not LocationKind.STORE, -place.quantity)))


def patients_of(session: Session, product_id: int, key: str) -> int:
    """How many visits used units of a lot; a visit that used two receipts of it counts once."""
    query = select(func.count(PatientUse.visit_no.distinct())).join(Movement, PatientUse.movement_id == Movement.id)
    query = query.join(Batch, Batch.id == Movement.batch_id)
    return session.execute(query.where(Batch.product_id == product_id, Batch.lot_key == key, _stands())).scalar_one()


def _patients(session: Session, batch_ids: Sequence[int]) -> dict[int, int]:
    rows = session.execute(
        select(Movement.batch_id, func.count(PatientUse.visit_no.distinct()))
        .join(PatientUse, PatientUse.movement_id == Movement.id)
        .where(Movement.batch_id.in_(batch_ids), _stands())
        .group_by(Movement.batch_id)
    )
    return {batch_id: int(count) for batch_id, count in rows}


def _stands() -> ColumnElement[bool]:
    """The movement was not taken back by a later line."""
    reversal = aliased(Movement)
    return ~select(reversal.id).where(reversal.reverses_id == Movement.id).exists()
