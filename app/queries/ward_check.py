"""May this box be used here? One scan against product, lot, locks, dates, inspection, place and serial number."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.lots import lot_key
from app.core.statuses.locks import LockLayer
from app.core.statuses.recall import OPEN_STATES
from app.core.statuses.stock import Inspection, MovementKind, StockState
from app.core.statuses.ward import WardAnswer, WardReason, answer_for
from app.models.persons import Person
from app.models.places import Location
from app.models.recalls import RecallCase
from app.models.stock import Balance, Batch, Movement
from app.queries.days import today_at
from app.queries.layers import BatchKey, LayerRow, Locks, keys_of, layers_of, standing_locks
from app.queries.lot_keys import is_lot
from app.queries.scanned import ProductRow, product_of_di, serial_unit
from app.udi.reading import Reading, ReadState

USABLE = (StockState.PAR, StockState.EXPENSED, StockState.IN_STOCK)
_ON_THE_WARD = (*USABLE, StockState.QUARANTINED)
_LAYER_REASONS = {
    LockLayer.RECALL_QUARANTINE: WardReason.RECALLED,
    LockLayer.ON_HOLD: WardReason.ON_HOLD,
    LockLayer.EXPIRED: WardReason.EXPIRED,
    LockLayer.REJECTED: WardReason.REJECTED,
    LockLayer.PENDING: WardReason.PENDING,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason with what it takes to say it in words; ``layer`` tells who locked, when and why."""

    reason: WardReason
    layer: LayerRow | None = None
    place: Bilingual | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where the ward got the lot from: the last issue to it."""

    store: Bilingual
    at: datetime
    document_no: str


@dataclass(frozen=True, slots=True)
class WardVerdict:
    """``answer`` follows from ``findings``, the gravest first. ``here`` counts the lot's usable units on the ward.

    ``lot`` is as the label says, ``expiry_on`` as the label says or else the books. ``batch_id`` is the batch that a
    use would take first. ``open_recalls`` is how many open cases were compared; ``as_of`` the moment of the data.
    """

    answer: WardAnswer
    findings: tuple[Finding, ...]
    as_of: datetime
    place: Bilingual
    phone: str
    product: ProductRow | None = None
    lot: str = ""
    serial: str = ""
    expiry_on: date | None = None
    days_left: int | None = None
    batch_id: int | None = None
    here: int = 0
    source: Source | None = None
    inspected_at: datetime | None = None
    inspected_by: Bilingual | None = None
    open_recalls: int = 0

    @property
    def gravest(self) -> Finding | None:
        return self.findings[0] if self.findings else None


@dataclass
class _Inquiry:
    """What is known while the questions are asked one after another."""

    session: Session
    place: Location
    today: date
    reading: Reading
    product: ProductRow
    findings: list[Finding] = field(default_factory=list)

    def found(self, reason: WardReason, **facts: object) -> None:
        self.findings.append(Finding(reason, **facts))  # pyright: ignore[reportArgumentType]


def may_i_use(session: Session, reading: Reading, place_id: int, now: datetime) -> WardVerdict:
    """Reads only. ``now`` is the clock's word for the screen; the day comes from the site of the place."""
    place = session.get_one(Location, place_id)
    inquiry, findings = _about_the_scan(session, reading, place)
    if inquiry is None:
        return _verdict(session, findings, place, now)
    if reading.lot is None and inquiry.product.needs_lot:
        _lot_missing(inquiry)
        return _verdict(session, inquiry.findings, place, now, inquiry)
    batches = _batches(inquiry)
    here = _balances(inquiry, batches)
    _ask_locks(inquiry, batches, here)
    _ask_dates(inquiry, batches)
    _ask_serial(inquiry)
    _ask_place(inquiry, batches, here)
    return _verdict(session, inquiry.findings, place, now, inquiry, batches, here)


def _about_the_scan(session: Session, reading: Reading, place: Location) -> tuple[_Inquiry | None, list[Finding]]:
    """The product of the scan, or why there is none; a doubtful scan is still compared with every lock."""
    doubts = [Finding(doubt) for doubt in _doubts(reading)]
    readings = reading.candidates or (reading,)
    today = today_at(session, place.id)
    for candidate in readings:
        product = product_of_di(session, candidate.di) if candidate.di else None
        if product is None:
            continue
        if len(readings) == 1:
            return _Inquiry(session, place, today, candidate, product, [*doubts]), doubts
        locks = standing_locks(session, {product.id})
        doubts += [_locked(layer) for layer in _held_lot(locks, product.id, candidate.lot)]
    return None, doubts or [Finding(WardReason.UNKNOWN_PRODUCT)]


def _doubts(reading: Reading) -> list[WardReason]:
    """What the scan itself leaves open."""
    if reading.state is ReadState.AMBIGUOUS or len(reading.candidates) > 1:
        return [WardReason.AMBIGUOUS_SCAN]
    if reading.di is None:
        return [WardReason.OTHER_HALF if reading.is_secondary else WardReason.UNREADABLE_SCAN]
    return [] if reading.state is ReadState.COMPLETE else [WardReason.AMBIGUOUS_SCAN]


def _held_lot(locks: Locks, product_id: int, lot: str | None) -> Sequence[LayerRow]:
    return locks.on_lot(product_id, lot_key(lot)) if lot else locks.of_product(product_id)


def _locked(layer: LayerRow) -> Finding:
    return Finding(_LAYER_REASONS[layer.layer], layer=layer, day=layer.last_good_day)


def _lot_missing(inquiry: _Inquiry) -> None:
    """Without a lot a lock on the whole product decides; a lock on any lot of it keeps the doubt."""
    locks = standing_locks(inquiry.session, {inquiry.product.id})
    inquiry.findings += [_locked(layer) for layer in locks.on_lot(inquiry.product.id, None)]
    inquiry.found(WardReason.LOT_MISSING, layer=next(iter(locks.of_product(inquiry.product.id)), None))
    if inquiry.reading.expiry is not None and inquiry.reading.expiry < inquiry.today:
        inquiry.found(WardReason.EXPIRED, day=inquiry.reading.expiry)


def _batches(inquiry: _Inquiry) -> list[Batch]:
    query = select(Batch).where(Batch.product_id == inquiry.product.id).order_by(Batch.received_at, Batch.id)
    if inquiry.reading.lot is not None:
        query = query.where(is_lot(lot_key(inquiry.reading.lot)))
    else:
        query = query.where(Batch.is_lot_unknown)
    return list(inquiry.session.scalars(query))


def _balances(inquiry: _Inquiry, batches: Sequence[Batch]) -> dict[tuple[int, StockState], int]:
    """What the place has of these batches."""
    rows = inquiry.session.execute(
        select(Balance.batch_id, Balance.state, Balance.quantity).where(
            Balance.location_id == inquiry.place.id,
            Balance.batch_id.in_([batch.id for batch in batches]),
            Balance.state.in_(_ON_THE_WARD),
            Balance.quantity > 0,
        )
    )
    return {(batch_id, state): quantity for batch_id, state, quantity in rows}


def _ask_locks(inquiry: _Inquiry, batches: Sequence[Batch], here: dict[tuple[int, StockState], int]) -> None:
    """Locks hold the whole lot, received or not. Inspection counts per receipt: of those on the ward, else of all."""
    if not batches:
        key = lot_key(inquiry.reading.lot) if inquiry.reading.lot else None
        locks = standing_locks(inquiry.session, {inquiry.product.id})
        inquiry.findings += [_locked(layer) for layer in locks.on_lot(inquiry.product.id, key)]
        inquiry.found(WardReason.UNKNOWN_LOT)
        return
    on_the_ward = {batch_id for batch_id, _ in here}
    asked: list[BatchKey] = [key for key in keys_of(batches) if not on_the_ward or key.id in on_the_ward]
    layers = layers_of(inquiry.session, asked, inquiry.today)
    seen: dict[tuple[LockLayer, int | None], LayerRow] = {}
    for row in (row for rows in layers.values() for row in rows):
        seen.setdefault((row.layer, row.lock_id), row)
    inquiry.findings += [_locked(row) for row in seen.values()]


def _ask_dates(inquiry: _Inquiry, batches: Sequence[Batch]) -> None:
    label = inquiry.reading.expiry
    if label is None:
        return
    if label < inquiry.today and all(finding.reason is not WardReason.EXPIRED for finding in inquiry.findings):
        inquiry.found(WardReason.EXPIRED, day=label)
    known = {batch.expiry_on for batch in batches if batch.expiry_on is not None}
    if known and label not in known:
        inquiry.found(WardReason.EXPIRY_DIFFERS, day=min(known))


def _ask_serial(inquiry: _Inquiry) -> None:
    if inquiry.reading.serial is None:
        if inquiry.product.needs_serial:
            inquiry.found(WardReason.SERIAL_UNKNOWN)
        return
    unit = serial_unit(inquiry.session, inquiry.product.id, inquiry.reading.serial)
    if unit is None:
        if inquiry.product.needs_serial:
            inquiry.found(WardReason.SERIAL_UNKNOWN)
    elif unit.state is StockState.USED:
        inquiry.found(WardReason.SERIAL_USED)
    elif unit.state in (StockState.RETURNED, StockState.DESTROYED):
        inquiry.found(WardReason.SERIAL_GONE)
    elif unit.location_id != inquiry.place.id:
        elsewhere = inquiry.session.get(Location, unit.location_id) if unit.location_id else None
        inquiry.found(WardReason.NOT_HERE, place=_name(elsewhere) if elsewhere else None)


def _ask_place(inquiry: _Inquiry, batches: Sequence[Batch], here: dict[tuple[int, StockState], int]) -> None:
    if any(state in USABLE for _, state in here) or not batches:
        return
    if here:
        inquiry.found(WardReason.PUT_ASIDE)
    elif all(finding.reason is not WardReason.NOT_HERE for finding in inquiry.findings):
        inquiry.found(WardReason.NOT_HERE, place=_somewhere(inquiry, batches))


def _somewhere(inquiry: _Inquiry, batches: Sequence[Batch]) -> Bilingual | None:
    """The place that has most of the lot, for the message."""
    place = inquiry.session.scalar(
        select(Location)
        .join(Balance, Balance.location_id == Location.id)
        .where(Balance.batch_id.in_([batch.id for batch in batches]))
        .where(Balance.state.in_(_ON_THE_WARD), Balance.quantity > 0)
        .order_by(Balance.quantity.desc())
        .limit(1)
    )
    return _name(place) if place is not None else None


def _verdict(
    session: Session,
    findings: Sequence[Finding],
    place: Location,
    now: datetime,
    inquiry: _Inquiry | None = None,
    batches: Sequence[Batch] = (),
    here: dict[tuple[int, StockState], int] | None = None,
) -> WardVerdict:
    held = here or {}
    ordered = tuple(sorted(findings, key=lambda finding: list(WardReason).index(finding.reason)))
    first = next((batch for batch in batches if any(key[0] == batch.id for key in held)), next(iter(batches), None))
    expiry = _expiry(inquiry, first)
    inspected = _inspected(session, first) if first is not None else (None, None)
    return WardVerdict(
        answer_for(frozenset(finding.reason for finding in ordered)),
        ordered,
        now,
        _name(place),
        _phone(session, place),
        inquiry.product if inquiry else None,
        (inquiry.reading.lot or "") if inquiry else "",
        (inquiry.reading.serial or "") if inquiry else "",
        expiry,
        (expiry - inquiry.today).days if expiry and inquiry else None,
        first.id if first else None,
        sum(quantity for (_, state), quantity in held.items() if state in USABLE),
        _source(session, batches, place) if batches else None,
        *inspected,
        _open_recalls(session),
    )


def _expiry(inquiry: _Inquiry | None, batch: Batch | None) -> date | None:
    label = inquiry.reading.expiry if inquiry else None
    return label or (batch.expiry_on if batch else None)


def _source(session: Session, batches: Sequence[Batch], place: Location) -> Source | None:
    found = session.execute(
        select(Location, Movement.acted_at, Movement.document_no)
        .join(Movement, Movement.source_id == Location.id)
        .where(Movement.batch_id.in_([batch.id for batch in batches]))
        .where(Movement.target_id == place.id, Movement.kind == MovementKind.ISSUE)
        .order_by(Movement.id.desc())
        .limit(1)
    ).first()
    return Source(_name(found[0]), found[1], found[2]) if found else None


def _inspected(session: Session, batch: Batch) -> tuple[datetime | None, Bilingual | None]:
    if batch.inspection is Inspection.PENDING:
        return None, None
    found = session.execute(
        select(Movement.acted_at, Person.name_zh, Person.name_en)
        .join(Person, Person.id == Movement.actor_id)
        .where(Movement.batch_id == batch.id, Movement.kind == MovementKind.INSPECTION)
        .order_by(Movement.id.desc())
        .limit(1)
    ).first()
    return (found[0], Bilingual(found[1], found[2])) if found else (None, None)


def _phone(session: Session, place: Location) -> str:
    """The materials department's number: that of the first store of the site."""
    query = select(Location.phone).where(
        Location.site_id == place.site_id, Location.kind == "store", Location.is_active
    )
    return session.scalar(query.order_by(Location.id).limit(1)) or ""


def _open_recalls(session: Session) -> int:
    query = select(func.count(RecallCase.id)).where(RecallCase.state.in_(OPEN_STATES))
    return session.execute(query).scalar_one()


def _name(place: Location) -> Bilingual:
    return Bilingual(place.name_zh, place.name_en)
