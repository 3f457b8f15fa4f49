"""Requisitions as the ward and the store see them: what was asked, kept, issued, and what is still missing."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.core.actor import Bilingual
from app.core.packages import Level
from app.core.statuses.requisition import OPEN_REQUISITIONS, RequisitionState, ReservationEnd
from app.core.statuses.stock import MovementKind, StockState
from app.models.catalogue import Product
from app.models.persons import Person
from app.models.places import Location
from app.models.requisitions import Requisition, RequisitionIssue, RequisitionLine, Reservation
from app.models.stock import Balance, Batch, Movement
from app.queries.days import latest_today
from app.queries.free_stock import FreeStock, stock_of_products
from app.queries.layers import keys_of, layers_of
from app.queries.packages import levels_of
from app.queries.reservations import ReservationRow, reservations

USUAL_DAYS = 180


@dataclass(frozen=True, slots=True)
class AskableProduct:
    """A product that a ward may ask for; ``usual`` is the middle of what it took, ``stock`` what the store has."""

    id: int
    name: Bilingual
    ref: str
    spec: str
    unit: Bilingual
    usual: int
    stock: FreeStock
    levels: tuple[Level, ...] = ()


@dataclass(frozen=True, slots=True)
class LotToTake:
    """The lot to take next for a line, the earliest expiry first; ``kept`` of them for this line."""

    batch_id: int
    lot_no: str
    expiry_on: date | None
    quantity: int
    kept: int


@dataclass(frozen=True, slots=True)
class RequisitionLineRow:
    """``issued`` with substitutes; ``substitutes`` names them; ``lots`` says what to take for what is missing.

    ``reserved`` is kept for this line, ``stock`` what the store has of the product for all.
    """

    id: int
    product_id: int
    product: Bilingual
    ref: str
    unit: Bilingual
    quantity: int
    issued: int
    reserved: int
    substitutes: tuple[Bilingual, ...]
    lots: tuple[LotToTake, ...]
    stock: FreeStock
    levels: tuple[Level, ...] = ()

    @property
    def missing(self) -> int:
        return max(0, self.quantity - self.issued)


@dataclass(frozen=True, slots=True)
class RequisitionRow:
    """One requisition; ``cancelled`` are reservations that a lock took away."""

    id: int
    number: str
    department_id: int
    department: Bilingual
    store_id: int
    state: RequisitionState
    note: str
    asked_by_id: int
    asked_by: Bilingual
    asked_at: datetime
    decided_by: Bilingual | None
    decided_reason: str
    lines: tuple[RequisitionLineRow, ...]
    cancelled: tuple[ReservationRow, ...]

    @property
    def missing(self) -> int:
        return sum(line.missing for line in self.lines)

    @property
    def quantity(self) -> int:
        return sum(line.quantity for line in self.lines)


def requisitions_of_ward(session: Session, department_id: int, limit: int = 100) -> list[RequisitionRow]:
    """A ward's own, the newest first."""
    return _rows(session, Requisition.department_id == department_id, limit=limit)


def requisitions_to_issue(session: Session, store_id: int) -> list[RequisitionRow]:
    """What a store still owes, the oldest first."""
    found = _rows(session, Requisition.store_id == store_id, Requisition.state.in_(OPEN_REQUISITIONS), limit=500)
    return found[::-1]


@dataclass(frozen=True, slots=True)
class WaitingRequisition:
    """One that waits for somebody, since when, and how many units it asks for."""

    id: int
    number: str
    department: Bilingual
    waits_since: datetime
    quantity: int


def waiting_for_approval(session: Session, department_id: int, but_not_of: int | None) -> list[WaitingRequisition]:
    """What the ward's head has to decide on; nobody decides on what they asked for (``but_not_of``)."""
    other = Requisition.asked_by != (but_not_of or 0)
    return _waiting(
        session, Requisition.department_id == department_id, Requisition.state == RequisitionState.ASKED, other
    )


def waiting_for_issue(session: Session, store_id: int) -> list[WaitingRequisition]:
    """What the store still owes to wards."""
    return _waiting(session, Requisition.store_id == store_id, Requisition.state.in_(OPEN_REQUISITIONS))


def _waiting(session: Session, *conditions: ColumnElement[bool]) -> list[WaitingRequisition]:
    query = (
        select(Requisition, Location, func.sum(RequisitionLine.quantity))
        .join(Location, Location.id == Requisition.department_id)
        .join(RequisitionLine, RequisitionLine.requisition_id == Requisition.id)
        .where(*conditions)
        .group_by(Requisition.id, Location.id)
        .order_by(Requisition.id)
    )
    return [
        WaitingRequisition(
            row.id,
            row.number,
            Bilingual(place.name_zh, place.name_en),
            row.decided_at or row.asked_at,
            int(quantity),
        )
        for row, place, quantity in session.execute(query)
    ]


def requisition(session: Session, requisition_id: int) -> RequisitionRow | None:
    """One of them."""
    return next(iter(_rows(session, Requisition.id == requisition_id, limit=1)), None)


def askable(session: Session, department_id: int, store_id: int, words: str = "") -> list[AskableProduct]:
    """Without words the ward's usual list; with words what the catalogue has, 50 at most."""
    usual = _usual(session, department_id)
    query = select(Product).where(Product.is_active)
    if words.strip():
        for word in words.split():
            columns = (Product.name_zh, Product.name_en, Product.ref, Product.code, Product.spec)
            query = query.where(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    else:
        query = query.where(Product.id.in_(usual))
    products = list(session.scalars(query.order_by(Product.name_zh, Product.id).limit(50)))
    products.sort(key=lambda product: -len(usual.get(product.id, ())))
    ids = [product.id for product in products]
    stock, levels = stock_of_products(session, ids, store_id), levels_of(session, ids)
    return [
        AskableProduct(
            product.id,
            Bilingual(product.name_zh, product.name_en),
            product.ref,
            product.spec,
            Bilingual(product.base_unit_zh, product.base_unit_en),
            _middle(usual.get(product.id, ())),
            stock[product.id],
            levels.get(product.id, ()),
        )
        for product in products
    ]


def _usual(session: Session, department_id: int) -> dict[int, list[int]]:
    since = datetime.combine(latest_today(session) - timedelta(days=USUAL_DAYS), time(), UTC)
    rows = session.execute(
        select(Batch.product_id, Movement.quantity)
        .join(Batch, Batch.id == Movement.batch_id)
        .where(
            Movement.kind == MovementKind.ISSUE,
            Movement.target_id == department_id,
            Movement.acted_at >= since,
        )
    )
    taken: dict[int, list[int]] = defaultdict(list)
    for product_id, quantity in rows:
        taken[product_id].append(quantity)
    return taken


def _middle(quantities: Sequence[int]) -> int:
    return sorted(quantities)[len(quantities) // 2] if quantities else 0


def _rows(session: Session, *conditions: ColumnElement[bool], limit: int) -> list[RequisitionRow]:
    decider = aliased(Person)
    found = session.execute(
        select(Requisition, Location, Person, decider)
        .join(Location, Location.id == Requisition.department_id)
        .join(Person, Person.id == Requisition.asked_by)
        .outerjoin(decider, decider.id == Requisition.decided_by)
        .where(*conditions)
        .order_by(Requisition.id.desc())
        .limit(limit)
    ).all()
    ids = [row.id for row, *_ in found]
    lines = _lines(session, {row.id: row.store_id for row, *_ in found})
    cancelled: dict[int, list[ReservationRow]] = defaultdict(list)
    of_these = select(RequisitionLine.id).where(RequisitionLine.requisition_id.in_(ids))
    for one in reservations(session, Reservation.line_id.in_(of_these), Reservation.ended_why == ReservationEnd.LOCKED):
        cancelled[one.requisition_id].append(one)
    return [
        RequisitionRow(
            row.id,
            row.number,
            ward.id,
            Bilingual(ward.name_zh, ward.name_en),
            row.store_id,
            row.state,
            row.note,
            by.id,
            Bilingual(by.name_zh, by.name_en),
            row.asked_at,
            _name(head),
            row.decided_reason,
            tuple(lines[row.id]),
            tuple(cancelled[row.id]),
        )
        for row, ward, by, head in found
    ]


def _name(person: Person | None) -> Bilingual | None:
    return Bilingual(person.name_zh, person.name_en) if person is not None else None


def _lines(session: Session, stores: dict[int, int]) -> dict[int, list[RequisitionLineRow]]:
    found = session.execute(
        select(RequisitionLine, Product)
        .join(Product, Product.id == RequisitionLine.product_id)
        .where(RequisitionLine.requisition_id.in_(stores))
        .order_by(RequisitionLine.line_no)
    ).all()
    ids = [line.id for line, _ in found]
    issued, kept = _issued(session, ids), _kept(session, ids)
    free, stock = _at_stores(session, {line.product_id for line, _ in found}, set(stores.values()))
    levels = levels_of(session, {line.product_id for line, _ in found})
    rows: dict[int, list[RequisitionLineRow]] = defaultdict(list)
    for line, product in found:
        served = issued[line.id]
        store = stores[line.requisition_id]
        mine = kept[line.id]
        lots = tuple(
            LotToTake(lot.batch_id, lot.lot_no, lot.expiry_on, lot.quantity, mine.get(lot.batch_id, 0))
            for lot in free[store][line.product_id]
        )
        rows[line.requisition_id].append(
            RequisitionLineRow(
                line.id,
                product.id,
                Bilingual(product.name_zh, product.name_en),
                product.ref,
                Bilingual(product.base_unit_zh, product.base_unit_en),
                line.quantity,
                sum(quantity for _, _, quantity in served),
                sum(mine.values()),
                tuple(dict.fromkeys(name for key, name, _ in served if key != product.id)),
                lots,
                stock[store][line.product_id],
                levels.get(line.product_id, ()),
            )
        )
    return rows


def _at_stores(
    session: Session, product_ids: Collection[int], store_ids: Collection[int]
) -> tuple[dict[int, dict[int, list[LotToTake]]], dict[int, dict[int, FreeStock]]]:
    """The lots to take and the figures, by store and product."""
    free = {store: _free(session, product_ids, store) for store in store_ids}
    return free, {store: stock_of_products(session, product_ids, store) for store in store_ids}


def _issued(session: Session, line_ids: Collection[int]) -> dict[int, list[tuple[int, Bilingual, int]]]:
    reversed_ids = select(Movement.reverses_id).where(Movement.reverses_id.is_not(None))
    rows = session.execute(
        select(RequisitionIssue.line_id, Product, Movement.quantity)
        .join(Movement, Movement.id == RequisitionIssue.movement_id)
        .join(Batch, Batch.id == Movement.batch_id)
        .join(Product, Product.id == Batch.product_id)
        .where(RequisitionIssue.line_id.in_(line_ids), Movement.id.not_in(reversed_ids))
    )
    found: dict[int, list[tuple[int, Bilingual, int]]] = defaultdict(list)
    for line_id, product, quantity in rows:
        found[line_id].append((product.id, Bilingual(product.name_zh, product.name_en), quantity))
    return found


def _kept(session: Session, line_ids: Collection[int]) -> dict[int, dict[int, int]]:
    rows = session.execute(
        select(Reservation.line_id, Reservation.batch_id, func.sum(Reservation.quantity))
        .where(Reservation.line_id.in_(line_ids), Reservation.ended_at.is_(None))
        .group_by(Reservation.line_id, Reservation.batch_id)
    )
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for line_id, batch_id, quantity in rows:
        found[line_id][batch_id] = int(quantity)
    return found


def _free(session: Session, product_ids: Collection[int], store_id: int) -> dict[int, list[LotToTake]]:
    """What a store may issue of these products, the earliest expiry first."""
    rows = session.execute(
        select(Batch, Balance.quantity)
        .join(Balance, Balance.batch_id == Batch.id)
        .where(
            Batch.product_id.in_(product_ids),
            Balance.location_id == store_id,
            Balance.state == StockState.IN_STOCK,
            Balance.quantity > 0,
        )
        .order_by(Batch.expiry_on.is_(None), Batch.expiry_on, Batch.received_at)
    ).all()
    layers = layers_of(session, keys_of([batch for batch, _ in rows]), latest_today(session))
    found: dict[int, list[LotToTake]] = defaultdict(list)
    for batch, quantity in rows:
        if not layers[batch.id]:
            found[batch.product_id].append(LotToTake(batch.id, batch.lot_no, batch.expiry_on, quantity, 0))
    return found
