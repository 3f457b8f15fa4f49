"""Stock-takes: the list, the blind sheet while it is counted, and the differences once it is finished."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, aliased

from app.core.actor import Bilingual
from app.core.count_reasons import Deviation, reason_text
from app.core.errors import NotFoundError
from app.core.packages import Level
from app.core.statuses.locks import LockLayer
from app.core.statuses.stock import StockState
from app.core.statuses.store_work import ENTRY_STATES, OPEN_COUNTS, CountSource, CountState
from app.models.catalogue import Product
from app.models.persons import Person
from app.models.places import Location
from app.models.stock import Balance, Batch, SerialUnit
from app.models.store_work import StockCount, StockCountEntry, StockCountLine
from app.queries.days import today_at
from app.queries.layers import LayerRow, distinct_layers, keys_of, layers_of
from app.queries.packages import levels_of

LONGEST = 200
_WITHIN = (StockState.IN_STOCK, StockState.PAR, StockState.QUARANTINED)


@dataclass(frozen=True, slots=True)
class CountRow:
    """One stock-take. ``differences`` and ``unexplained`` lines are 0 while it is counted blind."""

    id: int
    number: str
    place_id: int
    place: Bilingual
    state: CountState
    started_by: Bilingual
    started_at: datetime
    finished_at: datetime | None
    approved_by: Bilingual | None
    posted_at: datetime | None
    product_ids: frozenset[int]
    lines: int
    counted: int
    differences: int
    unexplained: int
    version: int

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_COUNTS

    @property
    def is_blind(self) -> bool:
        return self.state in ENTRY_STATES


@dataclass(frozen=True, slots=True)
class FoundRow:
    """What a round has found of one lot, or one unit, so far; ``last_entry_id`` can be taken back."""

    product_id: int | None
    product: Bilingual | None
    ref: str
    unit: Bilingual | None
    lot_no: str
    lot_key: str
    serial_no: str
    total: int
    layers: tuple[LockLayer, ...]
    is_known: bool
    by: Bilingual
    at: datetime
    source: CountSource
    last_entry_id: int
    needs_serial: bool
    levels: tuple[Level, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.product_id}:{self.lot_key}:{self.serial_no}"


@dataclass(frozen=True, slots=True)
class CountLineRow:
    """One line of a finished round. ``has_moved``: the books moved after it was counted; ``reason`` in words."""

    id: int
    batch_id: int | None
    product_id: int | None
    product: Bilingual | None
    ref: str
    unit: Bilingual | None
    lot_no: str
    serial_no: str
    expiry_on: date | None
    receipt_no: str
    expected: int
    found: int
    first_found: int | None
    reason_key: str
    reason: Bilingual | None
    note: str
    layers: tuple[LockLayer, ...]
    case_number: str
    has_moved: bool
    is_posted: bool

    @property
    def difference(self) -> int:
        return self.found - self.expected

    @property
    def deviation(self) -> Deviation:
        if self.batch_id is None:
            return Deviation.UNKNOWN
        return Deviation.GAIN if self.difference > 0 else Deviation.LOSS


@dataclass(frozen=True, slots=True)
class CountSheet:
    """``found`` while the sheet is blind, ``lines`` afterwards; ``again`` are the lots to be counted once more."""

    head: CountRow
    found: tuple[FoundRow, ...]
    lines: tuple[CountLineRow, ...]
    again: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountedProduct:
    """A product that lies at a place, to choose from."""

    id: int
    code: str
    name: Bilingual
    ref: str
    levels: tuple[Level, ...] = ()


def stock_counts(
    session: Session, place_ids: Collection[int] | None = None, *, only_open: bool = False
) -> list[CountRow]:
    """Of these places, or all; the open ones first, the newest first among each."""
    conditions: list[Any] = [] if place_ids is None else [StockCount.location_id.in_(place_ids)]
    if only_open:
        conditions.append(StockCount.state.in_(OPEN_COUNTS))
    return sorted(_heads(session, *conditions), key=lambda row: not row.is_open)


def count_sheet(session: Session, count_id: int) -> CountSheet:
    """Raises NotFoundError. While the sheet is blind nothing in the answer says what the books have."""
    heads = _heads(session, StockCount.id == count_id)
    if not heads:
        raise NotFoundError
    head = heads[0]
    if head.is_blind:
        return CountSheet(head, tuple(_found(session, head)), (), tuple(_again(session, head)))
    return CountSheet(head, (), tuple(_lines(session, head)), ())


def products_at(session: Session, place_id: int) -> list[CountedProduct]:
    """What the books have at the place, by code."""
    query = (
        select(Product)
        .where(
            Product.id.in_(
                select(Batch.product_id)
                .join(Balance, Balance.batch_id == Batch.id)
                .where(Balance.location_id == place_id, Balance.quantity > 0)
            )
        )
        .order_by(Product.code)
    )
    products = session.scalars(query).all()
    levels = levels_of(session, [row.id for row in products])
    return [
        CountedProduct(row.id, row.code, Bilingual(row.name_zh, row.name_en), row.ref, levels.get(row.id, ()))
        for row in products
    ]


def _heads(session: Session, *conditions: Any) -> list[CountRow]:
    starter, approver = aliased(Person), aliased(Person)
    difference = StockCountLine.found - StockCountLine.expected
    sums = (
        select(
            StockCountLine.count_id,
            func.count().label("lines"),
            func.sum(case((StockCountLine.found.is_not(None), 1), else_=0)).label("counted"),
            func.sum(case((difference != 0, 1), else_=0)).label("differences"),
            func.sum(case(((difference != 0) & (StockCountLine.reason == ""), 1), else_=0)).label("unexplained"),
        )
        .group_by(StockCountLine.count_id)
        .subquery()
    )
    query = (
        select(StockCount, Location, starter, approver, sums)
        .join(Location, Location.id == StockCount.location_id)
        .join(starter, starter.id == StockCount.started_by)
        .outerjoin(approver, approver.id == StockCount.approved_by)
        .outerjoin(sums, sums.c.count_id == StockCount.id)
        .where(*conditions)
        .order_by(StockCount.id.desc())
        .limit(LONGEST)
    )
    return [
        _head(count, place, person, second, *figures)
        for count, place, person, second, _, *figures in session.execute(query)
    ]


def _head(count: StockCount, place: Location, person: Person, second: Person | None, *figures: int | None) -> CountRow:
    lines, counted, differences, unexplained = (int(figure or 0) for figure in figures)
    is_blind = count.state in ENTRY_STATES
    return CountRow(
        count.id,
        count.number,
        place.id,
        Bilingual(place.name_zh, place.name_en),
        count.state,
        Bilingual(person.name_zh, person.name_en),
        count.started_at,
        count.finished_at,
        Bilingual(second.name_zh, second.name_en) if second else None,
        count.posted_at,
        count.product_ids,
        lines,
        counted,
        0 if is_blind else differences,
        0 if is_blind else unexplained,
        count.version,
    )


def _again(session: Session, head: CountRow) -> list[str]:
    if head.state is not CountState.RECOUNTING:
        return []
    query = select(StockCountLine.lot_no).where(StockCountLine.count_id == head.id, StockCountLine.found.is_(None))
    return list(dict.fromkeys(session.scalars(query.order_by(StockCountLine.id))))


def _rounds(session: Session, count_id: int) -> dict[tuple[int | None, str], int]:
    query = (
        select(StockCountLine.product_id, StockCountLine.lot_key, func.max(StockCountLine.round_no))
        .where(StockCountLine.count_id == count_id)
        .group_by(StockCountLine.product_id, StockCountLine.lot_key)
    )
    return {(product_id, key): number for product_id, key, number in session.execute(query)}


def _found(session: Session, head: CountRow) -> list[FoundRow]:
    """By lot and serial number, the newest entry first; in a recount only the lots that are counted again."""
    rounds = _rounds(session, head.id)
    least = 2 if head.state is CountState.RECOUNTING else 1
    query = (
        select(StockCountEntry, Product, Person)
        .outerjoin(Product, Product.id == StockCountEntry.product_id)
        .join(Person, Person.id == StockCountEntry.person_id)
        .where(StockCountEntry.count_id == head.id)
        .order_by(StockCountEntry.id)
    )
    groups: dict[tuple[int | None, str, str], list[tuple[StockCountEntry, Product | None, Person]]] = {}
    for entry, product, person in session.execute(query):
        key = (entry.product_id, entry.lot_key)
        if entry.round_no == rounds.get(key, 1) >= least:
            groups.setdefault((*key, entry.serial_no), []).append((entry, product, person))
    facts = _lot_facts(session, head, {(product_id, key) for product_id, key, _ in groups})
    levels = levels_of(session, {product_id for product_id, *_ in groups if product_id is not None})
    rows = [_found_row(members, facts, levels) for members in groups.values()]
    return sorted((row for row in rows if row is not None), key=lambda row: -row.last_entry_id)


Facts = dict[tuple[int | None, str], tuple[tuple[LockLayer, ...], bool]]


def _lot_facts(session: Session, head: CountRow, lots: Collection[tuple[int | None, str]]) -> Facts:
    """The layers of each lot, and whether the hospital has the lot on record."""
    product_ids = {product_id for product_id, _ in lots if product_id is not None}
    batches = list(session.scalars(select(Batch).where(Batch.product_id.in_(product_ids))))
    layers = layers_of(session, keys_of(batches), today_at(session, head.place_id)) if batches else {}
    facts: dict[tuple[int | None, str], list[LayerRow]] = {}
    for batch in batches:
        facts.setdefault((batch.product_id, "" if batch.is_lot_unknown else batch.lot_key), []).extend(layers[batch.id])
    return {lot: (distinct_layers(facts.get(lot, [])), lot in facts) for lot in lots}


def _found_row(
    members: Sequence[tuple[StockCountEntry, Product | None, Person]],
    facts: Facts,
    levels: Mapping[int, tuple[Level, ...]],
) -> FoundRow | None:
    entry, product, person = members[-1]
    total = sum(one.quantity for one, _, _ in members)
    if entry.serial_no and total <= 0:
        return None
    layers, is_known = facts[entry.product_id, entry.lot_key]
    undoable = next((one.id for one, _, _ in reversed(members) if one.quantity > 0), entry.id)
    return FoundRow(
        entry.product_id,
        Bilingual(product.name_zh, product.name_en) if product else None,
        product.ref if product else "",
        Bilingual(product.base_unit_zh, product.base_unit_en) if product else None,
        entry.lot_no,
        entry.lot_key,
        entry.serial_no,
        total,
        layers,
        is_known,
        Bilingual(person.name_zh, person.name_en),
        entry.at,
        entry.source,
        undoable,
        product.needs_serial if product else False,
        levels.get(entry.product_id or 0, ()),
    )


def _lines(session: Session, head: CountRow) -> list[CountLineRow]:
    """Differences first, the largest first."""
    query = (
        select(StockCountLine, Batch, Product)
        .outerjoin(Batch, Batch.id == StockCountLine.batch_id)
        .outerjoin(Product, Product.id == StockCountLine.product_id)
        .where(StockCountLine.count_id == head.id)
        .order_by(Product.code, StockCountLine.lot_no, StockCountLine.id)
    )
    found: list[tuple[StockCountLine, Batch | None, Product | None]] = [
        (line, batch, product) for line, batch, product in session.execute(query)
    ]
    batches = list({batch.id: batch for _, batch, _ in found if batch is not None}.values())
    layers = layers_of(session, keys_of(batches), today_at(session, head.place_id)) if batches else {}
    moved = _moved(session, head, [line for line, _, _ in found])
    rows = [
        _line_row(line, batch, product, layers.get(line.batch_id or 0, ()), line.id in moved)
        for line, batch, product in found
    ]
    return sorted(rows, key=lambda row: -abs(row.difference))


def _moved(session: Session, head: CountRow, lines: Sequence[StockCountLine]) -> frozenset[int]:
    """Lines whose batch, or unit, has moved since it was counted; once it is posted that is history."""
    if head.state is not CountState.REVIEW:
        return frozenset()
    lasts = {
        batch_id: last
        for batch_id, last in session.execute(
            select(Balance.batch_id, func.max(Balance.last_movement_id))
            .join(Location, Location.id == Balance.location_id)
            .where(Balance.location_id == head.place_id, Balance.state.in_(_WITHIN))
            .group_by(Balance.batch_id)
        )
    }
    unit_ids = {line.serial_unit_id for line in lines if line.serial_unit_id is not None}
    query = select(SerialUnit.id, SerialUnit.last_movement_id).where(SerialUnit.id.in_(unit_ids))
    units = {unit_id: last for unit_id, last in session.execute(query)}
    return frozenset(
        line.id
        for line in lines
        if line.batch_id is not None
        and line.seen_movement_id
        != (units[line.serial_unit_id] if line.serial_unit_id is not None else lasts.get(line.batch_id, 0))
    )


def _line_row(
    line: StockCountLine, batch: Batch | None, product: Product | None, layers: Sequence[LayerRow], has_moved: bool
) -> CountLineRow:
    return CountLineRow(
        line.id,
        line.batch_id,
        line.product_id,
        Bilingual(product.name_zh, product.name_en) if product else None,
        product.ref if product else "",
        Bilingual(product.base_unit_zh, product.base_unit_en) if product else None,
        line.lot_no,
        line.serial_no,
        batch.expiry_on if batch else None,
        batch.receipt_no if batch else "",
        line.expected,
        line.found or 0,
        line.first_found,
        line.reason,
        reason_text(line.reason),
        line.note,
        distinct_layers(layers),
        next((layer.case_number for layer in layers if layer.case_number), ""),
        has_moved,
        line.is_posted,
    )
