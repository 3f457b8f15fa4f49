"""The lines of a stock-take: what the books say of a place, and how what was found is shared among the batches."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.errors import ConflictError, NotFoundError, RuleError
from app.core.permissions import Duty, NotEntitledError
from app.core.statuses.stock import StockState
from app.core.statuses.store_work import CountState
from app.models.catalogue import Product
from app.models.places import Location
from app.models.stock import Balance, Batch, SerialUnit
from app.models.store_work import StockCount, StockCountEntry, StockCountLine


class CountStateError(RuleError):
    """The step is not possible while stock-take ``number`` is ``state``."""

    code = "store_work.count_state"


Lot = tuple[int | None, str]
"""What a scan can tell apart: product and lot key; the key is empty where a product has no lots."""


@dataclass(frozen=True, slots=True)
class Here:
    """What the books have of a batch at the place, and the newest movement that touched it there."""

    quantity: int
    last_movement_id: int


def demand_counting(actor: Actor, location_id: int) -> None:
    """A ward counts its own place; a storekeeper any."""
    actor.demand(Duty.COUNT_STOCK, at=location_id)
    if not actor.may(Duty.STORE_WORK) and not actor.belongs_to(location_id):
        raise NotEntitledError(duty=Duty.STORE_WORK)


def open_count(
    session: Session, actor: Actor, count_id: int, states: frozenset[CountState], version: int | None = None
) -> StockCount:
    """The sheet, held against others until the transaction ends; ``version`` is the one the person saw."""
    count = session.get(StockCount, count_id, with_for_update=True)
    if count is None:
        raise NotFoundError
    demand_counting(actor, count.location_id)
    if count.state not in states:
        raise CountStateError(number=count.number, state=count.state)
    if version is not None and count.version != version:
        raise ConflictError
    return count


def counted_states(place: Location) -> tuple[StockState, ...]:
    """The states whose goods lie within the place, the free shelf first."""
    return tuple(dict.fromkeys((place.shelf, StockState.QUARANTINED)))


def lot_of(batch: Batch) -> Lot:
    """The lot as a scan names it."""
    return batch.product_id, "" if batch.is_lot_unknown else batch.lot_key


def here(session: Session, place: Location, batch_ids: Collection[int]) -> dict[int, Here]:
    """By batch; a batch that never lay here is missing."""
    rows = session.execute(
        select(Balance.batch_id, func.sum(Balance.quantity), func.max(Balance.last_movement_id))
        .where(
            Balance.location_id == place.id,
            Balance.state.in_(counted_states(place)),
            Balance.batch_id.in_(batch_ids),
        )
        .group_by(Balance.batch_id)
    )
    return {batch_id: Here(int(quantity), last) for batch_id, quantity, last in rows}


def snapshot(session: Session, count: StockCount, place: Location) -> list[StockCountLine]:
    """A line for every batch, or serial unit, that the books have at the place."""
    states = counted_states(place)
    query = (
        select(Batch, Product.needs_serial, func.sum(Balance.quantity), func.max(Balance.last_movement_id))
        .join(Batch, Batch.id == Balance.batch_id)
        .join(Product, Product.id == Batch.product_id)
        .where(Balance.location_id == place.id, Balance.state.in_(states))
        .group_by(Batch.id, Product.needs_serial)
        .having(func.sum(Balance.quantity) > 0)
        .order_by(Batch.id)
    )
    if count.product_ids:
        query = query.where(Batch.product_id.in_(count.product_ids))
    found = [(batch, serial, Here(int(quantity), last)) for batch, serial, quantity, last in session.execute(query)]
    lines = [batch_line(count, batch, books) for batch, needs_serial, books in found if not needs_serial]
    serial_batches = {batch.id: batch for batch, needs_serial, _ in found if needs_serial}
    units = session.scalars(
        select(SerialUnit)
        .where(SerialUnit.batch_id.in_(serial_batches), SerialUnit.location_id == place.id)
        .where(SerialUnit.state.in_(states))
        .order_by(SerialUnit.id)
    )
    return lines + [unit_line(count, serial_batches[unit.batch_id], unit, expected=1) for unit in units]


def batch_line(count: StockCount, batch: Batch, books: Here) -> StockCountLine:
    """A line of a batch without serial numbers."""
    line = _line(count, f"b:{batch.id}", lot_of(batch), batch.lot_no)
    line.batch_id, line.expected, line.seen_movement_id = batch.id, books.quantity, books.last_movement_id
    return line


def unit_line(count: StockCount, batch: Batch, unit: SerialUnit, *, expected: int) -> StockCountLine:
    """A line of one unit; ``expected`` is 1 where the books have it here."""
    line = _line(count, f"u:{unit.id}", lot_of(batch), batch.lot_no)
    line.batch_id, line.serial_unit_id, line.serial_no = batch.id, unit.id, unit.serial_no
    line.expected, line.seen_movement_id = expected, unit.last_movement_id
    return line


def stranger_line(count: StockCount, lot: Lot, lot_no: str, serial_no: str) -> StockCountLine:
    """Something that the books do not have here; nothing will be posted for it."""
    line = _line(count, f"x:{lot[0] or 0}:{lot[1]}:{serial_no}", lot, lot_no)
    line.serial_no = serial_no
    return line


def _line(count: StockCount, key: str, lot: Lot, lot_no: str) -> StockCountLine:
    return StockCountLine(
        count_id=count.id,
        key=key,
        product_id=lot[0],
        lot_no=lot_no,
        lot_key=lot[1],
        serial_no="",
        round_no=1,
        expected=0,
        seen_movement_id=0,
        reason="",
        note="",
        is_posted=False,
    )


def lines_of(session: Session, count_id: int, lot: Lot | None = None) -> list[StockCountLine]:
    """In the order in which they came onto the sheet; of one ``lot``, or all."""
    query = select(StockCountLine).where(StockCountLine.count_id == count_id).order_by(StockCountLine.id)
    if lot is not None:
        query = query.where(StockCountLine.product_id == lot[0], StockCountLine.lot_key == lot[1])
    return list(session.scalars(query))


def entries_of(session: Session, count_id: int, lot: Lot | None = None) -> list[StockCountEntry]:
    """In the order in which they were made; of one ``lot``, or all."""
    query = select(StockCountEntry).where(StockCountEntry.count_id == count_id).order_by(StockCountEntry.id)
    if lot is not None:
        query = query.where(StockCountEntry.product_id == lot[0], StockCountEntry.lot_key == lot[1])
    return list(session.scalars(query))


def line_lot(line: StockCountLine) -> Lot:
    """The lot of a line."""
    return line.product_id, line.lot_key


def entry_lot(entry: StockCountEntry) -> Lot:
    """The lot of an entry."""
    return entry.product_id, entry.lot_key


def newest_movements(session: Session, place: Location, lines: Sequence[StockCountLine]) -> dict[int, int]:
    """By line id: the newest movement of the batch here, or of the unit, as the books stand now."""
    batches = here(session, place, {line.batch_id for line in lines if line.batch_id is not None})
    unit_ids = {line.serial_unit_id for line in lines if line.serial_unit_id is not None}
    query = select(SerialUnit.id, SerialUnit.last_movement_id).where(SerialUnit.id.in_(unit_ids))
    units = {unit_id: last for unit_id, last in session.execute(query)}
    never = Here(0, 0)
    return {
        line.id: units[line.serial_unit_id]
        if line.serial_unit_id is not None
        else batches.get(line.batch_id, never).last_movement_id
        for line in lines
        if line.batch_id is not None
    }


def refresh(session: Session, place: Location, lines: Sequence[StockCountLine]) -> None:
    """What the books say at this moment becomes what the lines expect."""
    batches = here(session, place, {line.batch_id for line in lines if line.batch_id is not None})
    for line in lines:
        if line.serial_unit_id is not None:
            unit = session.get_one(SerialUnit, line.serial_unit_id)
            line.expected = int(is_here(unit, place))
            line.seen_movement_id = unit.last_movement_id
        elif line.batch_id is not None:
            books = batches.get(line.batch_id, Here(0, 0))
            line.expected, line.seen_movement_id = books.quantity, books.last_movement_id


def is_here(unit: SerialUnit, place: Location) -> bool:
    """Whether the books have the unit at the place."""
    return unit.location_id == place.id and unit.state in counted_states(place)


def share(lines: Sequence[StockCountLine], entries: Iterable[StockCountEntry], newest_first: Sequence[int]) -> None:
    """Give the units found of one lot to its lines.

    Receipts of one lot cannot be told apart by their labels: the newest is filled first, so that what is missing is
    missing of the one that would have gone out first; what is over belongs to the newest.
    """
    sums: dict[str, int] = {}
    for entry in entries:
        sums[entry.serial_no] = sums.get(entry.serial_no, 0) + entry.quantity
    for line in lines:
        if line.serial_no or line.batch_id is None:
            line.found = max(0, sums.pop(line.serial_no, 0))
    plain = [line for line in lines if line.found is None]
    plain.sort(key=lambda one: newest_first.index(one.batch_id or 0))
    left = max(0, sum(sums.values()))
    for line in plain:
        line.found = part = min(left, line.expected)
        left -= part
    if plain:
        plain[0].found = (plain[0].found or 0) + left
