"""The draft of a return or a disposal: what may stand on it, and what is on it already."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.errors import NotFoundError, RuleError
from app.core.statuses.leaving import DepartureKind, DepartureState
from app.core.statuses.locks import LockLayer
from app.core.statuses.stock import StockState
from app.models.catalogue import Product, Supplier
from app.models.leaving import Departure, DepartureLine
from app.models.places import Location
from app.models.stock import Batch
from app.queries.days import today_at
from app.queries.layers import keys_of, layers_of
from app.services.collecting import Portion, demand_quantity, demand_there
from app.services.picking import SerialNeededError, TooFewError, Wanted, batches_wanted, pick, shelves

LEAVES_FROM = {
    DepartureKind.RETURN: (StockState.QUARANTINED, StockState.IN_STOCK),
    DepartureKind.DISPOSAL: (StockState.QUARANTINED, StockState.IN_STOCK, StockState.PAR),
}
"""Shelves that a scan empties, what was put aside first."""


class NotDraftError(RuleError):
    """Document ``number`` is ``state``: it is not changed any more."""

    code = "departures.not_draft"


class OtherSupplierError(RuleError):
    """Lot ``lot`` came from ``theirs``; the return goes to ``supplier``."""

    code = "departures.other_supplier"


class BelongsToCaseError(RuleError):
    """Lot ``lot`` is held by recall case ``case``: it leaves through the case."""

    code = "departures.belongs_to_case"


class OpenKitFirstError(RuleError):
    """Kit ``kit`` holds goods of recall case ``case``: it is opened first, and they leave through the case."""

    code = "departures.open_kit_first"


class EmptyDepartureError(RuleError):
    """Nothing stands on document ``number``."""

    code = "departures.empty"


class UnknownMethodError(RuleError):
    """A disposal says how and where, from the list in force."""

    code = "departures.unknown_method"


def draft_of(session: Session, departure_id: int, kind: DepartureKind | None = None) -> Departure:
    """The draft, locked for writing. Raises NotFoundError, NotDraftError."""
    draft = session.get(Departure, departure_id, with_for_update=True)
    if draft is None or kind not in (None, draft.kind):
        raise NotFoundError
    if draft.state is not DepartureState.DRAFT:
        raise NotDraftError(number=draft.number, state=draft.state)
    return draft


def line_of(session: Session, line_id: int) -> DepartureLine:
    """Raises NotFoundError."""
    line = session.get(DepartureLine, line_id)
    if line is None:
        raise NotFoundError
    return line


def lines_of(session: Session, draft: Departure) -> Sequence[DepartureLine]:
    """In the order in which they were scanned."""
    query = select(DepartureLine).where(DepartureLine.departure_id == draft.id).order_by(DepartureLine.id)
    return session.scalars(query).all()


def portions_wanted(session: Session, draft: Departure, place: Location, wanted: Wanted) -> list[Portion]:
    """The shelves that a scan empties, with what the draft takes of them already, so that two scans add up.

    A return looks only at batches of its supplier. Raises OtherSupplierError, TooFewError, NoSuchSerialError …
    """
    product, batches = batches_wanted(session, wanted)
    mine = [batch for batch in batches if draft.supplier_id in (None, batch.supplier_id)]
    if not mine:
        raise _other_supplier(session, draft, batches[0])
    if wanted.serial is not None or product.needs_serial:
        picks = pick(session, wanted, place, LEAVES_FROM[draft.kind], free_only=False)
        return [Portion(one.batch_id, place.id, one.source.state, 1, one.serial_unit_id) for one in picks]
    missing = wanted.quantity + _taken(session, draft, place.id, [batch.id for batch in mine])
    portions: list[Portion] = []
    for shelf in shelves(session, mine, place, LEAVES_FROM[draft.kind]):
        part = min(missing, shelf.quantity)
        if part:
            portions.append(Portion(shelf.batch.id, place.id, shelf.state, part))
            missing -= part
    if missing:
        _demand_no_case(session, mine, place)
        there = sum(portion.quantity for portion in portions)
        where = Bilingual(place.name_zh, place.name_en)
        raise TooFewError(lot=wanted.lot or "—", place=where, wanted=there + missing, available=there)
    return portions


def _demand_no_case(session: Session, batches: Sequence[Batch], place: Location) -> None:
    """Too few, and a recall holds the lot: that is said first. Raises BelongsToCaseError."""
    layers = layers_of(session, keys_of(batches), today_at(session, place.id))
    for batch in batches:
        held = next((one for one in layers[batch.id] if one.layer is LockLayer.RECALL_QUARANTINE), None)
        if held is not None and held.component is None:
            raise BelongsToCaseError(lot=batch.lot_no, case=held.case_number)


def supplier_scanned(session: Session, kind: DepartureKind, place: Location, wanted: Wanted) -> int:
    """Who supplied the scanned box: of the receipts of its lot the first that lies at the place, else the first."""
    _, batches = batches_wanted(session, wanted)
    found = shelves(session, batches, place, LEAVES_FROM[kind])
    return (found[0].batch if found else batches[0]).supplier_id


def _taken(session: Session, draft: Departure, place_id: int, batch_ids: Sequence[int]) -> int:
    query = select(func.coalesce(func.sum(DepartureLine.quantity), 0)).where(
        DepartureLine.departure_id == draft.id,
        DepartureLine.location_id == place_id,
        DepartureLine.batch_id.in_(batch_ids),
    )
    return int(session.execute(query).scalar_one())


def add_portion(session: Session, draft: Departure, portion: Portion, *, is_total: bool = False) -> int:
    """Put units on the draft, on the line of their shelf if it has one; ``is_total``: the line then has so many.

    Returns how many came on. Raises what ``demand_free_to_leave`` raises, MoreThanThereError, SerialNeededError.
    """
    demand_quantity(portion.quantity)
    batch = demand_free_to_leave(session, draft, portion.batch_id, portion.location_id)
    if portion.serial_unit_id is None and session.get_one(Product, batch.product_id).needs_serial:
        raise SerialNeededError
    line = _line_at(session, draft, portion)
    before = line.quantity if line is not None else 0
    total = portion.quantity if is_total or portion.serial_unit_id is not None else before + portion.quantity
    demand_there(session, replace(portion, quantity=total))
    if line is None:
        session.add(
            DepartureLine(
                departure_id=draft.id,
                batch_id=portion.batch_id,
                location_id=portion.location_id,
                source_state=portion.state,
                quantity=total,
                serial_unit_id=portion.serial_unit_id,
            )
        )
    else:
        line.quantity = total
    session.flush()
    return total - before


def demand_free_to_leave(session: Session, draft: Departure, batch_id: int, location_id: int) -> Batch:
    """Raises OtherSupplierError, BelongsToCaseError, OpenKitFirstError."""
    batch = session.get_one(Batch, batch_id)
    if draft.supplier_id is not None and batch.supplier_id != draft.supplier_id:
        raise _other_supplier(session, draft, batch)
    layers = layers_of(session, keys_of([batch]), today_at(session, location_id))[batch_id]
    held = [layer for layer in layers if layer.layer is LockLayer.RECALL_QUARANTINE]
    if held and held[0].component is not None:
        raise OpenKitFirstError(kit=batch.lot_no, case=held[0].case_number)
    if held:
        raise BelongsToCaseError(lot=batch.lot_no, case=held[0].case_number)
    return batch


def _line_at(session: Session, draft: Departure, portion: Portion) -> DepartureLine | None:
    same_unit = (
        DepartureLine.serial_unit_id.is_(None)
        if portion.serial_unit_id is None
        else DepartureLine.serial_unit_id == portion.serial_unit_id
    )
    return session.scalar(
        select(DepartureLine).where(
            DepartureLine.departure_id == draft.id,
            DepartureLine.batch_id == portion.batch_id,
            DepartureLine.location_id == portion.location_id,
            DepartureLine.source_state == portion.state,
            same_unit,
        )
    )


def _other_supplier(session: Session, draft: Departure, batch: Batch) -> OtherSupplierError:
    theirs, ours = session.get_one(Supplier, batch.supplier_id), session.get_one(Supplier, draft.supplier_id)
    return OtherSupplierError(
        lot=batch.lot_no,
        supplier=Bilingual(ours.name_zh, ours.name_en),
        theirs=Bilingual(theirs.name_zh, theirs.name_en),
    )
