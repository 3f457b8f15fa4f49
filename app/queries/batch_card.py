"""One batch on one screen: what it is, whence, what holds it, where it is now, and its history."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.core.actor import Bilingual
from app.core.errors import NotFoundError
from app.core.statuses.locks import LockLayer
from app.core.statuses.stock import ExpiryPrecision, Inspection, LocationKind, MovementKind, StockState
from app.models.locks import LockLift, LotLock
from app.models.persons import Person
from app.models.places import Location
from app.models.recalls import RecallCase
from app.models.stock import Batch
from app.queries.as_of import CaseStart, Held, balances_as_of, case_starts, latest_day
from app.queries.days import latest_today
from app.queries.free_stock import NO_STOCK, FreeStock, ordered_of, stock_of_batches
from app.queries.layers import LayerRow, keys_of, layers_of
from app.queries.ledger import LedgerLine
from app.queries.lot_keys import locks_on
from app.queries.scanned import ProductRow, product_row
from app.queries.shelves import shelves_of_batch
from app.queries.signed import signed_on_batch
from app.queries.tracing import BatchTrace, trace_batch
from app.queries.whereabouts import where_is


class LockAct(Enum):
    """What was done to the locks of a lot."""

    HELD = "held"
    RECALLED = "recalled"
    LIFTED = "lifted"


class SignedAct(Enum):
    """A signature among the lines of a batch; ``BROKEN``: what it stood under is not what was kept."""

    SIGNED = "signed"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """How much of the batch is where, in which state; ``shelf`` is its code where it was laid on one."""

    location_id: int
    name: Bilingual
    state: StockState
    quantity: int
    shelf: str = ""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A line of the ledger, or an act on the locks of the lot or a signature (``line`` is None, nothing moved).

    Of a signature ``meaning`` says what for.
    """

    at: datetime
    what: MovementKind | LockAct | SignedAct
    by: Bilingual
    second: Bilingual | None
    document_no: str
    reason: str
    line: LedgerLine | None = None
    meaning: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class BatchCard:
    """``history`` comes newest first; ``places`` sum to ``received`` when the books are even.

    ``stock`` is what may be promised of the batch now, with what is ordered of its product.
    With a past moment ``as_of``: inspection, layers, places, trace and history as they were on record then.
    """

    id: int
    product: ProductRow
    lot_no: str
    lot_key: str
    receipt_no: str
    production_on: date | None
    expiry_on: date | None
    expiry_precision: ExpiryPrecision | None
    days_left: int | None
    inspection: Inspection
    received_at: datetime
    layers: tuple[LayerRow, ...]
    places: tuple[PlaceRow, ...]
    trace: BatchTrace
    history: tuple[HistoryRow, ...]
    cases: tuple[CaseStart, ...] = ()
    as_of: datetime | None = None
    stock: FreeStock = NO_STOCK

    @property
    def received(self) -> int:
        return self.trace.received

    @property
    def is_balanced(self) -> bool:
        return sum(place.quantity for place in self.places) == self.received

    def layer(self, kind: LockLayer) -> LayerRow | None:
        """The newest standing layer of a kind, if there is one."""
        return next((row for row in self.layers if row.layer is kind), None)


def batch_card(session: Session, batch_id: int, as_of: datetime | None = None) -> BatchCard:
    """Everything about one batch, now or as it was. Raises NotFoundError."""
    batch = session.get(Batch, batch_id)
    if batch is None:
        raise NotFoundError
    trace = trace_batch(session, batch_id, as_of)
    key = keys_of([batch])[0]
    if as_of is None:
        today, places = latest_today(session), _places(session, batch_id)
    else:
        today, places = latest_day(session, as_of), _places_then(session, batch_id, as_of)
        key = replace(key, inspection=_inspection_then(trace))
    return BatchCard(
        batch.id,
        product_row(session, batch.product_id),
        batch.lot_no,
        batch.lot_key,
        batch.receipt_no,
        batch.production_on,
        batch.expiry_on,
        batch.expiry_precision,
        (batch.expiry_on - today).days if batch.expiry_on else None,
        key.inspection,
        batch.received_at,
        layers_of(session, [key], today, as_of)[batch.id],
        places,
        trace,
        _history(session, batch, trace.lines, as_of),
        case_starts(session, batch),
        as_of,
        _stock(session, batch),
    )


def _stock(session: Session, batch: Batch) -> FreeStock:
    ordered = ordered_of(session, [batch.product_id]).get(batch.product_id, 0)
    return replace(stock_of_batches(session, [batch.id])[batch.id], ordered=ordered)


def _inspection_then(trace: BatchTrace) -> Inspection:
    outcomes = [line.outcome for line in trace.lines if line.outcome is not None]
    return outcomes[-1] if outcomes else Inspection.PENDING


def _places(session: Session, batch_id: int) -> tuple[PlaceRow, ...]:
    found, shelves = where_is(session, [batch_id]), shelves_of_batch(session, batch_id)
    return tuple(
        PlaceRow(
            one.location_id,
            one.place,
            one.state,
            one.quantity,
            shelves.get(one.location_id, "") if one.state is StockState.IN_STOCK else "",
        )
        for one in found
    )


def _places_then(session: Session, batch_id: int, as_of: datetime) -> tuple[PlaceRow, ...]:
    held = balances_as_of(session, [batch_id], as_of)
    found = session.scalars(select(Location).where(Location.id.in_({one.location_id for one in held})))
    places = {place.id: place for place in found}

    def order(one: Held) -> tuple[int, str, str]:
        kinds = (LocationKind.STORE, LocationKind.QUARANTINE, LocationKind.DEPARTMENT)
        place = places[one.location_id]
        return kinds.index(place.kind), place.code, one.state.value

    return tuple(
        PlaceRow(one.location_id, _place_name(places[one.location_id]), one.state, one.quantity)
        for one in sorted(held, key=order)
    )


def _place_name(place: Location) -> Bilingual:
    return Bilingual(place.name_zh, place.name_en)


def _history(
    session: Session, batch: Batch, lines: Sequence[LedgerLine], as_of: datetime | None
) -> tuple[HistoryRow, ...]:
    moved = [HistoryRow(row.at, row.kind, row.by, row.second, row.document_no, row.reason, row) for row in lines]
    told = [*_lock_acts(session, batch), *_signatures(session, batch)]
    acts = [row for row in told if as_of is None or row.at <= as_of]
    return tuple(sorted(moved + acts, key=lambda row: (row.at, row.line.id if row.line else 0), reverse=True))


def _signatures(session: Session, batch: Batch) -> list[HistoryRow]:
    return [
        HistoryRow(
            row.at,
            SignedAct.SIGNED if row.holds else SignedAct.BROKEN,
            row.person,
            None,
            "",
            row.reason,
            meaning=row.meaning,
        )
        for row in signed_on_batch(session, batch.id)
    ]


def _lock_acts(session: Session, batch: Batch) -> list[HistoryRow]:
    """Locks on this lot and their liftings; a lock from before the receipt counts too, for it held the batch."""
    lifter, second = aliased(Person), aliased(Person)
    rows = session.execute(
        select(LotLock, Person, RecallCase.number, LockLift, lifter, second)
        .join(Person, Person.id == LotLock.locked_by)
        .outerjoin(RecallCase, RecallCase.id == LotLock.case_id)
        .outerjoin(LockLift, LockLift.lock_id == LotLock.id)
        .outerjoin(lifter, lifter.id == LockLift.lifted_by)
        .outerjoin(second, second.id == LockLift.second_person_id)
        .where(locks_on(batch.id))
    )
    acts: list[HistoryRow] = []
    for lock, by, number, lift, lifted_by, seconded_by in rows:
        what = LockAct.RECALLED if lock.layer == LockLayer.RECALL_QUARANTINE.value else LockAct.HELD
        acts.append(HistoryRow(lock.locked_at, what, _name(by), None, number or "", lock.reason))
        if lift is not None:  # pyright: ignore[reportUnnecessaryComparison]
            acts.append(
                HistoryRow(
                    lift.lifted_at, LockAct.LIFTED, _name(lifted_by), _name(seconded_by), number or "", lift.reason
                )
            )
    return acts


def _name(person: Person) -> Bilingual:
    return Bilingual(person.name_zh, person.name_en)
