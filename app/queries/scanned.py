"""What a scan means in the hospital's own records: the product behind a device identifier, the unit behind a serial."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.errors import NotFoundError
from app.core.lots import lot_key
from app.core.packages import Level
from app.core.statuses.stock import StockState
from app.models.catalogue import Certificate, DeviceIdentifier, Manufacturer, PackagingLevel, Product
from app.models.stock import Batch, SerialUnit
from app.queries.packages import levels_of


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product as a screen names it; ``units`` is how many base units the scanned package holds (1: the unit).

    ``levels`` are all its packaging levels, the base unit first.
    """

    id: int
    code: str
    name: Bilingual
    spec: str
    ref: str
    unit: Bilingual
    certificate_no: str
    certificate_until: date | None
    manufacturer: Bilingual
    storage: str
    needs_lot: bool
    needs_serial: bool
    needs_expiry: bool
    units: int = 1
    package: Bilingual | None = None
    levels: tuple[Level, ...] = ()


@dataclass(frozen=True, slots=True)
class SerialRow:
    """One serial unit: in which batch, and where it is."""

    id: int
    batch_id: int
    serial_no: str
    location_id: int | None
    state: StockState | None


def product_of_di(session: Session, di: str) -> ProductRow | None:
    """The product registered under a device identifier, as ``app.udi`` spells it."""
    found = session.execute(
        _products()
        .add_columns(PackagingLevel)
        .join(DeviceIdentifier, DeviceIdentifier.product_id == Product.id)
        .join(PackagingLevel, PackagingLevel.id == DeviceIdentifier.packaging_level_id)
        .where(DeviceIdentifier.di == di)
    ).first()
    if found is None:
        return None
    product, certificate, maker, level = found
    return _row(session, product, certificate, maker, level)


def product_row(session: Session, product_id: int) -> ProductRow:
    """Raises NotFoundError."""
    found = session.execute(_products().where(Product.id == product_id)).first()
    if found is None:
        raise NotFoundError
    return _row(session, *found)


def serial_unit(session: Session, product_id: int, serial: str) -> SerialRow | None:
    """The unit with this serial number, however its letters are written; as it came in last."""
    unit = session.scalar(unit_of_serial(product_id, serial))
    return SerialRow(unit.id, unit.batch_id, unit.serial_no, unit.location_id, unit.state) if unit else None


def unit_of_serial(product_id: int | None, serial: str) -> Select[SerialUnit]:
    """Asks for the newest unit of this serial number: one that was returned and came again has two."""
    query = select(SerialUnit).where(SerialUnit.product_id == product_id, SerialUnit.serial_key == lot_key(serial))
    return query.order_by(SerialUnit.id.desc()).limit(1)


def _products() -> Select[Product, Certificate, Manufacturer]:
    return (
        select(Product, Certificate, Manufacturer)
        .join(Certificate, Certificate.id == Product.certificate_id)
        .join(Manufacturer, Manufacturer.id == Certificate.manufacturer_id)
    )


def _row(
    session: Session,
    product: Product,
    certificate: Certificate,
    maker: Manufacturer,
    level: PackagingLevel | None = None,
) -> ProductRow:
    return ProductRow(
        product.id,
        product.code,
        Bilingual(product.name_zh, product.name_en),
        product.spec,
        product.ref,
        Bilingual(product.base_unit_zh, product.base_unit_en),
        certificate.number,
        certificate.valid_until,
        Bilingual(maker.name_zh, maker.name_en),
        product.storage,
        product.needs_lot,
        product.needs_serial,
        product.needs_expiry,
        level.units if level else 1,
        Bilingual(level.name_zh, level.name_en) if level else None,
        levels_of(session, [product.id]).get(product.id, ()),
    )


def batch_named(session: Session, batch_id: int) -> tuple[ProductRow, str] | None:
    """Product and lot of a batch whose own label (``RD:BATCH:``) was scanned."""
    batch = session.get(Batch, batch_id)
    return (product_row(session, batch.product_id), batch.lot_no) if batch is not None else None
