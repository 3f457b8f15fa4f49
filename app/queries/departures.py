"""Returns and disposals outside a recall: what is under way, what is finished, and what stands on each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from app.core.actor import Bilingual
from app.core.disposals import disposal_list
from app.core.errors import NotFoundError
from app.core.packages import Level
from app.core.statuses.leaving import UNDER_WAY, DepartureKind, DepartureState
from app.core.statuses.locks import LockLayer
from app.core.statuses.stock import StockState
from app.models.catalogue import Product, Supplier
from app.models.leaving import Departure, DepartureLine
from app.models.persons import Person
from app.models.places import Location
from app.models.stock import Balance, Batch, Movement, SerialUnit
from app.queries.days import latest_today
from app.queries.layers import distinct_layers, keys_of, layers_of
from app.queries.packages import levels_of
from app.queries.signed import SignedRow, signed_on_departure
from app.queries.taken_back import TakenBack, taken_back

FINISHED_SHOWN = 200
_ASIDE = StockState.QUARANTINED


@dataclass(frozen=True, slots=True)
class DepartureRow:
    """One document. ``units`` are those on the draft, or those that left; ``taken_back`` by which corrections."""

    id: int
    number: str
    kind: DepartureKind
    state: DepartureState
    supplier_id: int | None
    supplier: Bilingual | None
    carrier: str
    waybill: str
    method: Bilingual | None
    place: Bilingual | None
    list_version: str
    reason: str
    units: int
    created_by: Bilingual
    created_at: datetime
    handed_by: Bilingual | None
    second: Bilingual | None
    handed_at: datetime | None
    received_at: datetime | None
    received_note: str
    settled_reason: str
    taken_back: tuple[TakenBack, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.state in UNDER_WAY


@dataclass(frozen=True, slots=True)
class DepartureLineRow:
    """One batch on the document; ``line_id`` only of a draft, ``there`` is what its shelf has now.

    ``taken_back`` is the number of the correction that brought these goods back.
    """

    line_id: int | None
    batch_id: int
    lot_no: str
    product: Bilingual
    ref: str
    unit: Bilingual
    expiry_on: date | None
    location_id: int
    place: Bilingual
    state: StockState
    quantity: int
    there: int
    serial_no: str
    layers: tuple[LockLayer, ...]
    taken_back: str = ""
    levels: tuple[Level, ...] = ()


@dataclass(frozen=True, slots=True)
class DepartureCard:
    """The document with its lines."""

    row: DepartureRow
    lines: tuple[DepartureLineRow, ...]
    signed: tuple[SignedRow, ...] = ()


def open_departures(session: Session) -> list[DepartureRow]:
    """Drafts and what is on its way, the newest first."""
    return _rows(session, Departure.state.in_(UNDER_WAY))


def finished_departures(session: Session) -> list[DepartureRow]:
    """The last ones that are done, the newest first."""
    return _rows(session, Departure.state.not_in(UNDER_WAY), FINISHED_SHOWN)


def departure_card(session: Session, departure_id: int) -> DepartureCard:
    """Raises NotFoundError."""
    rows = _rows(session, Departure.id == departure_id)
    if not rows:
        raise NotFoundError
    row = rows[0]
    is_draft = row.state in (DepartureState.DRAFT, DepartureState.CANCELLED)
    if is_draft:
        return DepartureCard(row, tuple(_draft_lines(session, row)))
    return DepartureCard(row, tuple(_gone_lines(session, row)), tuple(signed_on_departure(session, row.number)))


def departure_by_number(session: Session, number: str) -> int | None:
    """The id of the document with this number."""
    return session.scalar(select(Departure.id).where(Departure.number == number.strip().upper()))


def _rows(session: Session, condition: ColumnElement[bool], limit: int | None = None) -> list[DepartureRow]:
    found = session.execute(
        select(Departure, Supplier)
        .outerjoin(Supplier, Supplier.id == Departure.supplier_id)
        .where(condition)
        .order_by(Departure.id.desc())
        .limit(limit)
    ).all()
    names = {person.id: Bilingual(person.name_zh, person.name_en) for person in session.scalars(select(Person))}
    units = _units(session, [row for row, _ in found])
    back = taken_back(session, [row.number for row, _ in found])
    return [
        replace(_row(row, supplier, names, units.get(row.id, 0)), taken_back=back.get(row.number, ()))
        for row, supplier in found
    ]


def _units(session: Session, rows: Sequence[Departure]) -> dict[int, int]:
    drafted = session.execute(
        select(DepartureLine.departure_id, func.sum(DepartureLine.quantity))
        .where(DepartureLine.departure_id.in_([row.id for row in rows]))
        .group_by(DepartureLine.departure_id)
    )
    return {departure_id: int(quantity) for departure_id, quantity in drafted}


def _row(row: Departure, supplier: Supplier | None, names: dict[int, Bilingual], units: int) -> DepartureRow:
    known = disposal_list()
    return DepartureRow(
        row.id,
        row.number,
        row.kind,
        row.state,
        row.supplier_id,
        Bilingual(supplier.name_zh, supplier.name_en) if supplier else None,
        row.carrier,
        row.waybill,
        (known.method(row.method) or Bilingual(row.method, row.method)) if row.method else None,
        (known.place(row.place) or Bilingual(row.place, row.place)) if row.place else None,
        row.list_version,
        row.reason,
        units,
        names[row.created_by],
        row.created_at,
        names.get(row.handed_by or 0),
        names.get(row.second_person_id or 0),
        row.handed_at,
        row.received_at,
        row.received_note,
        row.settled_reason,
    )


def _draft_lines(session: Session, row: DepartureRow) -> list[DepartureLineRow]:
    line = DepartureLine
    found = session.execute(
        select(line, Batch, Product, Location, SerialUnit.serial_no, Balance.quantity)
        .join(Batch, Batch.id == line.batch_id)
        .join(Product, Product.id == Batch.product_id)
        .join(Location, Location.id == line.location_id)
        .outerjoin(SerialUnit, SerialUnit.id == line.serial_unit_id)
        .outerjoin(
            Balance,
            (Balance.batch_id == line.batch_id)
            & (Balance.location_id == line.location_id)
            & (Balance.state == line.source_state),
        )
        .where(line.departure_id == row.id)
        .order_by(line.id)
    ).all()
    levels = levels_of(session, {product.id for _, _, product, *_ in found})
    layers = layers_of(session, keys_of([batch for _, batch, *_ in found]), latest_today(session))
    return [
        replace(
            _line(one.id, batch, product, place, one.source_state, one.quantity, there or 0, serial or "",
                  distinct_layers(layers[batch.id])),
            levels=levels.get(product.id, ()),
        )
        for one, batch, product, place, serial, there in found
    ]  # fmt: skip


def _gone_lines(session: Session, row: DepartureRow) -> list[DepartureLineRow]:
    back = aliased(Movement)
    found = session.execute(
        select(Movement, Batch, Product, Location, SerialUnit.serial_no, back.document_no)
        .join(Batch, Batch.id == Movement.batch_id)
        .join(Product, Product.id == Batch.product_id)
        .join(Location, Location.id == Movement.source_id)
        .outerjoin(SerialUnit, SerialUnit.id == Movement.serial_unit_id)
        .outerjoin(back, back.reverses_id == Movement.id)
        .where(Movement.document_no == row.number)
        .order_by(Movement.op_id, Movement.line_no)
    )
    return [
        replace(
            _line(None, batch, product, place, one.source_state or _ASIDE, one.quantity, 0, serial or "", ()),
            taken_back=corrected or "",
        )
        for one, batch, product, place, serial, corrected in found
    ]


def _line(
    line_id: int | None,
    batch: Batch,
    product: Product,
    place: Location,
    state: StockState,
    quantity: int,
    there: int,
    serial: str,
    layers: tuple[LockLayer, ...],
) -> DepartureLineRow:
    return DepartureLineRow(
        line_id,
        batch.id,
        batch.lot_no,
        Bilingual(product.name_zh, product.name_en),
        product.ref,
        Bilingual(product.base_unit_zh, product.base_unit_en),
        batch.expiry_on,
        place.id,
        Bilingual(place.name_zh, place.name_en),
        state,
        quantity,
        there,
        serial,
        layers,
    )
