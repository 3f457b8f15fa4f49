"""Deliveries: which are open, and everything the receiving page shows of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.errors import NotFoundError
from app.core.licences import scope_of
from app.core.statuses.receipt import LineElement, LineWarning
from app.core.statuses.stock import DeliveryState, ExpiryPrecision, LineState, ProductClass
from app.models.catalogue import Certificate, DeviceIdentifier, Manufacturer, PackagingLevel, Product, Supplier
from app.models.persons import Person
from app.models.places import Location
from app.models.receipt_errors import AmbiguousError, LineError
from app.models.receipt_rules import Judgement, LicenceFacts, LineFacts, StopFacts, has, judge, needs
from app.models.stock import Delivery, DeliveryLine
from app.queries.delivery_facts import Bay, line_facts, reading_of, site_today

POSTABLE = frozenset({LineState.READY, LineState.OVERRIDDEN})
"""What goes into the ledger when a delivery is posted."""
MOST_CHOICES = 20


class Lamp(Enum):
    """What is known of one part of a label."""

    SCANNED = "scanned"
    TYPED = "typed"
    MISSING = "missing"
    NOT_NEEDED = "not_needed"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One delivery in the list of those that can be continued."""

    id: int
    number: str
    supplier: Bilingual
    place: Bilingual
    note_no: str
    created_at: datetime
    created_by: Bilingual
    lines: int


@dataclass(frozen=True, slots=True)
class SupplierRow:
    """A supplier to choose; ``has_lapsed`` as of the site's day."""

    id: int
    code: str
    name: Bilingual
    licence_no: str
    licence_valid_until: date
    has_lapsed: bool


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """One way to read an ambiguous scan, by its number from 0."""

    number: int
    di: str
    lot: str
    serial: str
    expiry_on: date | None
    production_on: date | None


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line as it stands today: judged afresh, whatever was written at the scan."""

    id: int
    line_no: int
    raw: str
    product_id: int | None
    name: Bilingual | None
    spec: str
    ref: str
    product_class: ProductClass | None
    maker: Bilingual | None
    certificate_no: str
    certificate_valid_until: date | None
    di: str
    lot_no: str
    serial_no: str
    production_on: date | None
    expiry_on: date | None
    expiry_precision: ExpiryPrecision | None
    days_left: int | None
    packages: int
    units: int
    package: Bilingual
    unit: Bilingual
    state: LineState
    problem: LineError | None
    element: LineElement | None
    warnings: tuple[LineWarning, ...]
    lamps: tuple[tuple[LineElement, Lamp], ...]
    stops: tuple[StopFacts, ...]
    candidates: tuple[CandidateRow, ...]
    override_by: Bilingual | None
    override_reason: str

    @property
    def quantity(self) -> int:
        """In base units."""
        return self.packages * self.units

    @property
    def is_postable(self) -> bool:
        return self.state in POSTABLE


@dataclass(frozen=True, slots=True)
class DeliveryCard:
    """A delivery with its lines; ``today`` is the day at its site."""

    id: int
    number: str
    supplier: SupplierRow
    location_id: int
    place: Bilingual
    order_no: str
    note_no: str
    waybill: str
    temperature_tenths: int | None
    state: DeliveryState
    receipt_no: str
    today: date
    lines: tuple[LineRow, ...]

    @property
    def postable(self) -> tuple[LineRow, ...]:
        return tuple(line for line in self.lines if line.is_postable)

    @property
    def units(self) -> int:
        """Base units that posting would take in."""
        return sum(line.quantity for line in self.postable)

    @property
    def open_lines(self) -> tuple[LineRow, ...]:
        """Lines that wait for an answer and keep the delivery from being posted."""
        return tuple(line for line in self.lines if line.state is LineState.INCOMPLETE)

    @property
    def refused(self) -> tuple[LineRow, ...]:
        return tuple(line for line in self.lines if line.state in (LineState.REFUSED, LineState.RECALL_STOP))


@dataclass(frozen=True, slots=True)
class ProductChoice:
    """A product to add by hand, with its packaging levels as (name, base units), the base unit first."""

    id: int
    name: Bilingual
    spec: str
    ref: str
    code: str
    packages: tuple[tuple[Bilingual, int], ...]
    needs: frozenset[LineElement]


def open_deliveries(session: Session, location_id: int | None = None) -> list[DeliveryRow]:
    """Drafts, the newest first; of one store or of all."""
    counts = select(func.count(DeliveryLine.id)).where(DeliveryLine.delivery_id == Delivery.id).scalar_subquery()
    query = (
        select(Delivery, Supplier, Location, Person, counts)
        .join(Supplier, Supplier.id == Delivery.supplier_id)
        .join(Location, Location.id == Delivery.location_id)
        .join(Person, Person.id == Delivery.created_by)
        .where(Delivery.state == DeliveryState.DRAFT.value)
        .order_by(Delivery.id.desc())
    )
    if location_id is not None:
        query = query.where(Delivery.location_id == location_id)
    return [
        DeliveryRow(
            delivery.id, delivery.number, _name(supplier), _name(place), delivery.note_no, delivery.created_at,
            _name(person), lines,
        )
        for delivery, supplier, place, person, lines in session.execute(query)
    ]  # fmt: skip


def suppliers(session: Session, location_id: int, now: datetime) -> list[SupplierRow]:
    """Active suppliers by name; one whose licence has lapsed is listed too, and says so."""
    today = site_today(session, location_id, now)
    rows = session.scalars(select(Supplier).where(Supplier.is_active).order_by(Supplier.name_zh))
    return [_supplier(row, today) for row in rows]


def find_products(session: Session, words: str) -> list[ProductChoice]:
    """Products by name, spec, reference, code or identifier, at most 20."""
    query = select(Product).where(Product.is_active).order_by(Product.name_zh, Product.spec).limit(MOST_CHOICES)
    for word in words.split():
        pattern = f"%{word.replace('%', '').replace('_', '')}%"
        has_di = Product.id.in_(select(DeviceIdentifier.product_id).where(DeviceIdentifier.di.like(pattern)))
        columns = (Product.name_zh, Product.name_en, Product.spec, Product.ref, Product.code)
        query = query.where(or_(has_di, *(column.ilike(pattern) for column in columns)))
    found = list(session.scalars(query))
    levels = _levels(session, [product.id for product in found])
    return [_choice(product, levels.get(product.id, ())) for product in found]


def delivery_card(session: Session, delivery_id: int, now: datetime) -> DeliveryCard:
    """Raises NotFoundError. Nine statements, however many lines."""
    delivery = session.get(Delivery, delivery_id)
    if delivery is None:
        raise NotFoundError
    today = site_today(session, delivery.location_id, now)
    supplier = session.get_one(Supplier, delivery.supplier_id)
    scope = scope_of(supplier.licence_scope)
    licence = LicenceFacts(supplier.licence_no, supplier.licence_valid_until, supplier.licence_valid_from, scope)
    bay = Bay(today, licence, delivery.temperature_tenths)
    return DeliveryCard(
        id=delivery.id,
        number=delivery.number,
        supplier=_supplier(supplier, today),
        location_id=delivery.location_id,
        place=_name(session.get_one(Location, delivery.location_id)),
        order_no=delivery.order_no,
        note_no=delivery.note_no,
        waybill=delivery.waybill,
        temperature_tenths=delivery.temperature_tenths,
        state=DeliveryState(delivery.state),
        receipt_no=delivery.receipt_no or "",
        today=today,
        lines=_lines(session, delivery.id, bay),
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the lines show of the catalogue and the persons, by id."""

    products: Mapping[int, tuple[Product, Certificate, Manufacturer]]
    levels: Mapping[int, Sequence[PackagingLevel]]
    level_of_di: Mapping[str, int]
    persons: Mapping[int, Bilingual]


def _lines(session: Session, delivery_id: int, bay: Bay) -> tuple[LineRow, ...]:
    lines = list(
        session.scalars(
            select(DeliveryLine).where(DeliveryLine.delivery_id == delivery_id).order_by(DeliveryLine.line_no)
        )
    )
    if not lines:
        return ()
    facts = line_facts(session, lines, bay, lines)
    shown = _shown(session, lines)
    return tuple(_row(line, facts[line.id], shown) for line in lines)


def _shown(session: Session, lines: Sequence[DeliveryLine]) -> _Shown:
    ids = sorted({line.product_id for line in lines if line.product_id is not None})
    products = session.execute(
        select(Product, Certificate, Manufacturer)
        .join(Certificate, Certificate.id == Product.certificate_id)
        .join(Manufacturer, Manufacturer.id == Certificate.manufacturer_id)
        .where(Product.id.in_(ids))
    )
    dis = session.execute(
        select(DeviceIdentifier.di, DeviceIdentifier.packaging_level_id).where(DeviceIdentifier.product_id.in_(ids))
    )
    persons = session.scalars(
        select(Person).where(Person.id.in_({line.override_by for line in lines if line.override_by is not None}))
    )
    return _Shown(
        {row[0].id: (row[0], row[1], row[2]) for row in products},
        _levels(session, ids),
        {di: level for di, level in dis},
        {person.id: _name(person) for person in persons},
    )


def _levels(session: Session, product_ids: Sequence[int]) -> dict[int, list[PackagingLevel]]:
    found: dict[int, list[PackagingLevel]] = {}
    rows = session.scalars(
        select(PackagingLevel).where(PackagingLevel.product_id.in_(product_ids)).order_by(PackagingLevel.level)
    )
    for level in rows:
        found.setdefault(level.product_id, []).append(level)
    return found


def _row(line: DeliveryLine, facts: LineFacts, shown: _Shown) -> LineRow:
    judgement = judge(facts)
    product, certificate, maker = shown.products.get(line.product_id or 0, (None, None, None))
    levels = shown.levels.get(line.product_id or 0, ())
    return LineRow(
        id=line.id,
        line_no=line.line_no,
        raw=line.raw,
        product_id=line.product_id,
        name=_name(product) if product else None,
        spec=product.spec if product else "",
        ref=product.ref if product else "",
        product_class=product.product_class if product else None,
        maker=_name(maker) if maker else None,
        certificate_no=certificate.number if certificate else "",
        certificate_valid_until=certificate.valid_until if certificate else None,
        di=line.di,
        lot_no=line.lot_no or "",
        serial_no=line.serial_no or "",
        production_on=line.production_on,
        expiry_on=line.expiry_on,
        expiry_precision=line.expiry_precision,
        days_left=(line.expiry_on - facts.today).days if line.expiry_on else None,
        packages=line.packages,
        units=line.units,
        package=_package(line, levels, shown.level_of_di),
        unit=Bilingual(product.base_unit_zh, product.base_unit_en) if product else Bilingual("", ""),
        state=judgement.state,
        problem=judgement.problem,
        element=judgement.element,
        warnings=judgement.warnings,
        lamps=tuple((element, _lamp(element, facts, judgement)) for element in LineElement),
        stops=facts.stops,
        candidates=_candidates(line, facts),
        override_by=shown.persons.get(line.override_by or 0),
        override_reason=line.override_reason,
    )


def _package(line: DeliveryLine, levels: Sequence[PackagingLevel], level_of_di: Mapping[str, int]) -> Bilingual:
    """The level that was scanned, or for a line added by hand the one of that size."""
    by_id = level_of_di.get(line.di)
    for level in levels:
        if level.id == by_id or (by_id is None and level.units == line.units):
            return _name(level)
    return Bilingual("", "")


def _lamp(element: LineElement, facts: LineFacts, judgement: Judgement) -> Lamp:
    if judgement.element is element and judgement.state is not LineState.INCOMPLETE:
        return Lamp.WRONG
    if has(facts, element) and not (judgement.element is element and element is LineElement.QUANTITY):
        return Lamp.TYPED if element.value in facts.typed else Lamp.SCANNED
    if facts.product is None:
        return Lamp.MISSING if element is LineElement.DEVICE else Lamp.NOT_NEEDED
    return Lamp.MISSING if needs(facts.product, element) else Lamp.NOT_NEEDED


def _candidates(line: DeliveryLine, facts: LineFacts) -> tuple[CandidateRow, ...]:
    if line.problem != AmbiguousError.code:
        return ()
    reading = reading_of(line.raw, facts.today.year)
    return tuple(
        CandidateRow(number, each.di or "", each.lot or "", each.serial or "", each.expiry, each.production)
        for number, each in enumerate(reading.candidates if reading else ())
    )


def _choice(product: Product, levels: Sequence[PackagingLevel]) -> ProductChoice:
    flags = {
        LineElement.LOT: product.needs_lot,
        LineElement.SERIAL: product.needs_serial,
        LineElement.EXPIRY: product.needs_expiry,
        LineElement.PRODUCTION: product.needs_production,
    }
    return ProductChoice(
        product.id,
        _name(product),
        product.spec,
        product.ref,
        product.code,
        tuple((_name(level), level.units) for level in levels),
        frozenset(element for element, needed in flags.items() if needed),
    )


def _supplier(row: Supplier, today: date) -> SupplierRow:
    lapsed = row.licence_valid_until < today
    return SupplierRow(row.id, row.code, _name(row), row.licence_no, row.licence_valid_until, lapsed)


def _name(row: Product | Supplier | Location | Person | Manufacturer | PackagingLevel) -> Bilingual:
    return Bilingual(row.name_zh, row.name_en)
