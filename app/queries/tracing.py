"""A lot followed backward to its order and forward to the wards and patients, the sums equal at every hop."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.core.actor import Bilingual
from app.core.errors import NotFoundError
from app.core.lots import lot_key
from app.core.statuses.stock import Inspection, LineState, LocationKind, MovementKind, StockState
from app.models.catalogue import DeviceIdentifier, Product, Supplier
from app.models.kits import KitContent
from app.models.persons import Person
from app.models.places import Location
from app.models.stock import Batch, Delivery, DeliveryLine, Movement
from app.queries.as_of import balances_as_of, by_state, on_record
from app.queries.batches import quantities_by_state
from app.queries.flow import flow
from app.queries.kits import HoldingKit, kits_holding
from app.queries.ledger import LedgerLine, ledger
from app.queries.lot_keys import earlier_lots, is_lot
from app.queries.patients import MARKS

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
    """A place the units went to, and the states in which they are now; ``quantity`` sums the states.

    ``patients`` counts the visits that used units there.
    """

    location_id: int
    name: Bilingual
    kind: LocationKind
    states: Mapping[StockState, int]
    patients: int = 0

    @property
    def quantity(self) -> int:
        return sum(self.states.values())


@dataclass(frozen=True, slots=True)
class BatchTrace:
    """One inbound batch from its order to where it is now; ``balance`` is what the wall keeps per state.

    With a past moment ``as_of`` all of it is as it was on record then, and ``balance`` is summed up from the ledger.
    ``kits`` are those that hold units of it, as they are now; ``patients`` includes whom those kits were used on.
    """

    batch_id: int
    lot_no: str
    receipt_no: str
    supplier: Bilingual
    hops: tuple[Hop, ...]
    destinations: tuple[Destination, ...]
    balance: Mapping[StockState, int]
    patients: int
    lines: tuple[LedgerLine, ...] = field(repr=False)
    as_of: datetime | None = None
    kits: tuple[HoldingKit, ...] = ()

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
    as_of: datetime | None = None

    @property
    def received(self) -> int:
        return sum(batch.received for batch in self.batches)

    @property
    def is_even(self) -> bool:
        return all(batch.is_even for batch in self.batches)


def trace_batch(session: Session, batch_id: int, as_of: datetime | None = None) -> BatchTrace:
    """Raises NotFoundError."""
    return trace_of_batch(session, batch_id, as_of).batches[0]


def trace_of_batch(session: Session, batch_id: int, as_of: datetime | None = None) -> LotTrace:
    """The trace of one receipt alone, as a lot's. Raises NotFoundError."""
    batch = session.get(Batch, batch_id)
    if batch is None:
        raise NotFoundError
    item = session.get_one(Product, batch.product_id)
    traces = _traces(session, _received(session, Batch.id == batch_id), as_of)
    return LotTrace(
        item.id,
        Bilingual(item.name_zh, item.name_en),
        item.ref,
        batch.lot_no,
        tuple(traces),
        traces[0].patients,
        as_of,
    )


def trace_lot(
    session: Session, lot: str | None, product: str | None = None, as_of: datetime | None = None
) -> list[LotTrace]:
    """The lot over all products that have it; ``product`` narrows by code, REF or device identifier.

    Without a lot every lot there is (of the product).
    """
    wanted = [is_lot(lot_key(lot))] if lot is not None else []
    found = session.execute(
        select(Product, func.min(Batch.lot_no), Batch.lot_key)
        .join(Batch, Batch.product_id == Product.id)
        .where(*wanted, *_named(product))
        .group_by(Product.id, Batch.lot_key)
        .order_by(Product.code, Batch.lot_key)
    ).all()
    return [
        LotTrace(
            item.id,
            Bilingual(item.name_zh, item.name_en),
            item.ref,
            lot_no,
            tuple(_traces(session, _received(session, Batch.product_id == item.id, is_lot(key)), as_of)),
            patients_of(session, item.id, key, as_of),
            as_of,
        )
        for item, lot_no, key in found
    ]


def _named(product: str | None):
    if not product:
        return ()
    by_di = select(DeviceIdentifier.product_id).where(DeviceIdentifier.di == product)
    return (or_(Product.code == product, Product.ref == product, Product.id.in_(by_di)),)


def _received(session: Session, *of: ColumnElement[bool]) -> list[tuple[Batch, Bilingual]]:
    """Receipts with their suppliers, the earliest first."""
    found = session.execute(
        select(Batch, Supplier.name_zh, Supplier.name_en)
        .join(Supplier, Supplier.id == Batch.supplier_id)
        .where(*of)
        .order_by(Batch.received_at, Batch.id)
    )
    return [(batch, Bilingual(zh, en)) for batch, zh, en in found]


def _traces(session: Session, received: Sequence[tuple[Batch, Bilingual]], as_of: datetime | None) -> list[BatchTrace]:
    batches = [batch for batch, _ in received]
    ids = [batch.id for batch in batches]
    lines: dict[int, list[LedgerLine]] = defaultdict(list)
    for line in ledger(session, ids, as_of):
        lines[line.batch_id].append(line)
    places = {place.id: place for place in session.scalars(select(Location))}
    arrivals = _arrivals(session, batches)
    patients = _patients(session, ids, as_of)
    kits: dict[int, list[HoldingKit]] = defaultdict(list)
    for kit in kits_holding(session, ids):
        kits[kit.batch_id].append(kit)
    balances = quantities_by_state(session, ids) if as_of is None else by_state(balances_as_of(session, ids, as_of))
    return [
        BatchTrace(
            batch.id,
            batch.lot_no,
            batch.receipt_no,
            supplier,
            (
                *(arrivals[batch.id] if as_of is None or lines[batch.id] else _no_way_in()),
                _receipt(lines[batch.id]),
                _inspection(lines[batch.id]),
            ),
            _destinations(lines[batch.id], places, patients.at(batch.id)),
            balances[batch.id],
            patients.of_batch.get(batch.id, 0),
            tuple(lines[batch.id]),
            as_of,
            tuple(kits[batch.id]),
        )
        for batch, supplier in received
    ]


def _arrivals(session: Session, batches: Sequence[Batch]) -> dict[int, tuple[Hop, Hop]]:
    """Order and delivery of each batch; a batch that no delivery brought has two empty hops."""
    rows = session.execute(
        select(Delivery, DeliveryLine, Person)
        .join(DeliveryLine, DeliveryLine.delivery_id == Delivery.id)
        .join(Person, Person.id == Delivery.created_by)
        .where(Delivery.receipt_no.in_({batch.receipt_no for batch in batches}))
        .where(DeliveryLine.state.in_(_COUNTED_LINES))
    ).all()
    earlier, hops = earlier_lots(session), dict[int, tuple[Hop, Hop]]()
    keys = {batch.id: {batch.lot_key, *map(lot_key, earlier.get(batch.id, ()))} for batch in batches}
    for batch in batches:
        mine = [
            (delivery, line, person)
            for delivery, line, person in rows
            if delivery.receipt_no == batch.receipt_no
            and line.product_id == batch.product_id
            and (not line.lot_no or lot_key(line.lot_no) in keys[batch.id])
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
    receipts = [line for line in lines if line.kind is MovementKind.RECEIPT or _is_kit_born(line)]
    taken_back = sum(line.quantity for line in receipts if line.is_reversed) + _opened(lines)
    if not receipts:
        return Hop(HopKind.RECEIPT, 0)
    first = receipts[0]
    quantity = sum(line.quantity for line in receipts) - taken_back
    return Hop(HopKind.RECEIPT, quantity, first.document_no, first.by, first.at)


def _is_kit_born(line: LedgerLine) -> bool:
    """A kit is not delivered: it comes into the books as it is built."""
    return line.kind is MovementKind.KIT_BUILD and line.source_state is None


def _opened(lines: Sequence[LedgerLine]) -> int:
    """Kits that were taken apart are no kits any more, nor were they ever used."""
    return sum(line.quantity for line in lines if line.kind is MovementKind.KIT_OPEN and line.target_state is None)


def _inspection(lines: Sequence[LedgerLine]) -> Hop:
    inspections = [line for line in lines if line.kind is MovementKind.INSPECTION]
    if not inspections:
        return Hop(HopKind.INSPECTION)
    last = inspections[-1]
    quantity = sum(line.quantity for line in inspections) - _opened(lines)
    return Hop(HopKind.INSPECTION, quantity, last.document_no, last.by, last.at, last.outcome)


def _destinations(
    lines: Sequence[LedgerLine], places: Mapping[int, Location], patients: Mapping[int, int]
) -> tuple[Destination, ...]:
    states: dict[int, dict[StockState, int]] = defaultdict(dict)
    for (home, state), quantity in flow(lines).items():
        states[home][state] = quantity
    found = [
        Destination(
            home,
            Bilingual(places[home].name_zh, places[home].name_en),
            places[home].kind,
            held,
            patients.get(home, 0),
        )
        for home, held in states.items()
    ]
    return tuple(sorted(found, key=lambda place: (place.kind is not LocationKind.STORE, -place.quantity)))


def patients_of(session: Session, product_id: int, key: str, as_of: datetime | None = None) -> int:
    """How many visits used units of a lot; a visit that used two receipts of it counts once."""
    query = select(func.count(MARKS.c.patient.distinct())).join(Movement, MARKS.c.movement_id == Movement.id)
    query = query.join(Batch, Batch.id == Movement.batch_id)
    of_lot = and_(Batch.product_id == product_id, Batch.lot_key == key)
    part = aliased(Batch)
    in_kits = (
        select(KitContent.kit_batch_id)
        .join(part, part.id == KitContent.batch_id)
        .where(part.product_id == product_id, part.lot_key == key)
    )
    return session.execute(query.where(or_(of_lot, Batch.id.in_(in_kits)), _stands(as_of))).scalar_one()


@dataclass(frozen=True, slots=True)
class _Patients:
    """How many visits used units: per batch, and per batch and place of use."""

    of_batch: Mapping[int, int]
    per_place: Mapping[tuple[int, int | None], int]

    def at(self, batch_id: int) -> dict[int, int]:
        return {
            place: count for (batch, place), count in self.per_place.items() if batch == batch_id and place is not None
        }


def _patients(session: Session, batch_ids: Sequence[int], as_of: datetime | None) -> _Patients:
    visits: dict[tuple[int, int | None], set[int]] = defaultdict(set)
    for batch_id, place_id, visit in session.execute(
        select(Movement.batch_id, Movement.target_id, MARKS.c.patient)
        .join(MARKS, MARKS.c.movement_id == Movement.id)
        .where(Movement.batch_id.in_(batch_ids), _stands(as_of))
    ):
        visits[batch_id, place_id].add(visit)
    for batch_id, place_id, visit in session.execute(
        select(KitContent.batch_id, Movement.target_id, MARKS.c.patient)
        .join(Movement, Movement.batch_id == KitContent.kit_batch_id)
        .join(MARKS, MARKS.c.movement_id == Movement.id)
        .where(KitContent.batch_id.in_(batch_ids), _stands(as_of))
    ):
        visits[batch_id, place_id].add(visit)
    whole: dict[int, set[int]] = defaultdict(set)
    for (batch_id, _), some in visits.items():
        whole[batch_id] |= some
    return _Patients(
        {batch_id: len(some) for batch_id, some in whole.items()},
        {where: len(some) for where, some in visits.items()},
    )


def _stands(as_of: datetime | None) -> ColumnElement[bool]:
    """The movement is on record, and was not taken back by a line on record."""
    reversal = aliased(Movement)
    taken_back = select(reversal.id).where(reversal.reverses_id == Movement.id, on_record(as_of, reversal)).exists()
    return and_(on_record(as_of), ~taken_back)
