"""The catalogue: a product is registered where its first box is scanned, or by the buyer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor, Bilingual
from app.core.certificates import fits_class, read_certificate
from app.core.changes import Changes, Topic
from app.core.errors import RuleError
from app.core.permissions import Duty, NotEntitledError
from app.core.statuses.stock import ProductClass
from app.models.catalogue import Certificate, DeviceIdentifier, Manufacturer, PackagingLevel, Product
from app.models.database import Database
from app.services.numbering import next_number
from app.udi.checks import is_digits, is_valid_gtin

PRODUCT = "HC"
MOST_UNITS = 100_000
CATALOGUE: Changes = frozenset({Topic.CATALOGUE, Topic.DELIVERIES})


class ProductField(Enum):
    """What is entered about a product, as errors name it."""

    NAME = "name"
    SPEC = "spec"
    REF = "ref"
    MAKER = "maker"
    CODE = "code"
    STORAGE = "storage"
    CONTRACT_MAKER = "contract_maker"


class FieldMissingError(RuleError):
    """A product needs this ``field``."""

    code = "cataloguing.field_missing"


class FieldTooLongError(RuleError):
    """``field`` has more than ``most`` characters."""

    code = "cataloguing.field_too_long"


class CertificateNumberError(RuleError):
    """``number`` has none of the forms of registrations and filings, or not one for the class."""

    code = "cataloguing.certificate_number"


class CertificateMakerError(RuleError):
    """The certificate ``number`` stands in the catalogue under another ``maker``."""

    code = "cataloguing.certificate_maker"


class IdentifierError(RuleError):
    """``di`` is no valid identifier: wrong length or check digit."""

    code = "cataloguing.identifier"


class IdentifierTakenError(RuleError):
    """``di`` belongs to another ``product`` already."""

    code = "cataloguing.identifier_taken"


class PackagingError(RuleError):
    """A package holds a whole number of base units, at least one, and a larger package more than a smaller."""

    code = "cataloguing.packaging"


@dataclass(frozen=True, slots=True)
class Package:
    """One packaging level: its name, how many base units it holds, and its identifier if it has one."""

    name: Bilingual
    units: int
    di: str = ""
    agency: str = "gs1"


@dataclass(frozen=True, slots=True)
class NewProduct:
    """What is entered from the label and the certificate; ``packages`` from the smallest to the largest.

    The first package is the base unit. ``needs_…`` are what the registration says the label carries. The contract
    manufacturer (受托生产企业) may be named later; one that is named makes the product one of contract manufacture.
    """

    name: Bilingual
    spec: str
    ref: str
    product_class: ProductClass
    certificate_no: str
    certificate_valid_until: date | None
    maker: Bilingual
    packages: tuple[Package, ...]
    category_code: str = ""
    is_implant: bool = False
    needs_lot: bool = True
    needs_serial: bool = False
    needs_expiry: bool = True
    needs_production: bool = False
    storage: str = ""
    code: str = ""
    certificate_valid_from: date | None = None
    is_contract_made: bool = False
    contract_maker: str = ""


@dataclass(frozen=True, slots=True)
class RegisteredProduct:
    """The new product."""

    product_id: int
    changes: Changes = CATALOGUE


class CataloguingService:
    """Registers products; a buyer at any time, a storekeeper for what has just arrived."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def register(self, *, actor: Actor, product: NewProduct) -> RegisteredProduct:
        """All or nothing. Raises the errors of this module, NotEntitledError and ExistsError (same code)."""
        if not (actor.may(Duty.MAINTAIN_CATALOGUE) or actor.may(Duty.RECEIVE)):
            raise NotEntitledError(duty=Duty.MAINTAIN_CATALOGUE)
        _check(product)
        with self._database.writing(actor.id) as session:
            _demand_free(session, product.packages)
            certificate_id = _certificate(session, product)
            code = product.code.strip() or next_number(session, PRODUCT, self._database.clock())
            row = _row(product, certificate_id, code)
            session.add(row)
            session.flush()
            _add_packages(session, row.id, product.packages)
            return RegisteredProduct(row.id)


def _check(product: NewProduct) -> None:
    for field, words in ((ProductField.NAME, product.name), (ProductField.MAKER, product.maker)):
        if not (words.zh + words.en).strip():
            raise FieldMissingError(field=field)
    for field, words, most in (
        (ProductField.NAME, max(product.name.zh, product.name.en, key=len), 200),
        (ProductField.SPEC, product.spec, 200),
        (ProductField.REF, product.ref, 64),
        (ProductField.MAKER, max(product.maker.zh, product.maker.en, key=len), 200),
        (ProductField.CODE, product.code, 64),
        (ProductField.STORAGE, product.storage, 100),
        (ProductField.CONTRACT_MAKER, product.contract_maker, 200),
    ):
        if len(words.strip()) > most:
            raise FieldTooLongError(field=field, most=most)
    read = read_certificate(product.certificate_no)
    if read is None or not fits_class(read, product.product_class):
        raise CertificateNumberError(number=product.certificate_no, product_class=product.product_class)
    _check_packages(product.packages)


def _check_packages(packages: Sequence[Package]) -> None:
    if not packages or packages[0].units != 1:
        raise PackagingError(units=packages[0].units if packages else 0)
    for smaller, larger in pairwise(packages):
        if not smaller.units < larger.units <= MOST_UNITS:
            raise PackagingError(units=larger.units)
    for package in packages:
        if package.di and (len(package.di) > 64 or not _is_identifier(package)):
            raise IdentifierError(di=package.di)


def _is_identifier(package: Package) -> bool:
    if package.agency != "gs1":
        return package.di.isprintable()
    return is_digits(package.di) and is_valid_gtin(package.di.zfill(14))


def _demand_free(session: Session, packages: Sequence[Package]) -> None:
    for package in packages:
        taken = session.execute(
            select(Product.name_zh, Product.name_en)
            .join(DeviceIdentifier, DeviceIdentifier.product_id == Product.id)
            .where(DeviceIdentifier.di == _normal(package))
        ).first()
        if package.di and taken is not None:
            raise IdentifierTakenError(di=package.di, product=Bilingual(taken[0], taken[1]))


def _normal(package: Package) -> str:
    return package.di.zfill(14) if package.agency == "gs1" and package.di else package.di


def _certificate(session: Session, product: NewProduct) -> int:
    """The certificate of that number, which must be the same maker's, or a new one."""
    number = "".join(product.certificate_no.split())
    known = session.execute(
        select(Certificate, Manufacturer)
        .join(Manufacturer, Manufacturer.id == Certificate.manufacturer_id)
        .where(Certificate.number == number)
    ).first()
    name_zh = product.maker.zh.strip() or product.maker.en.strip()
    if known is not None:
        certificate, maker = known
        if maker.name_zh != name_zh:
            raise CertificateMakerError(number=number, maker=Bilingual(maker.name_zh, maker.name_en))
        return certificate.id
    certificate = Certificate(
        number=number,
        manufacturer_id=_maker(session, name_zh, product.maker.en.strip()),
        valid_from=product.certificate_valid_from,
        valid_until=product.certificate_valid_until,
    )
    session.add(certificate)
    session.flush()
    return certificate.id


def _maker(session: Session, name_zh: str, name_en: str) -> int:
    known = session.scalar(select(Manufacturer.id).where(Manufacturer.name_zh == name_zh))
    if known is not None:
        return known
    maker = Manufacturer(name_zh=name_zh, name_en=name_en)
    session.add(maker)
    session.flush()
    return maker.id


def _row(product: NewProduct, certificate_id: int, code: str) -> Product:
    base = product.packages[0].name
    return Product(
        code=code,
        name_zh=product.name.zh.strip() or product.name.en.strip(),
        name_en=product.name.en.strip(),
        spec=product.spec.strip(),
        ref=product.ref.strip(),
        product_class=product.product_class,
        category_code=product.category_code.strip(),
        certificate_id=certificate_id,
        base_unit_zh=base.zh or base.en,
        base_unit_en=base.en,
        is_implant=product.is_implant,
        is_contract_made=product.is_contract_made or bool(product.contract_maker.strip()),
        contract_maker=product.contract_maker.strip(),
        needs_lot=product.needs_lot,
        needs_serial=product.needs_serial,
        needs_expiry=product.needs_expiry,
        needs_production=product.needs_production,
        storage=product.storage.strip(),
        is_active=True,
    )


def _add_packages(session: Session, product_id: int, packages: Sequence[Package]) -> None:
    for level, package in enumerate(packages):
        row = PackagingLevel(
            product_id=product_id,
            level=level,
            name_zh=package.name.zh or package.name.en,
            name_en=package.name.en,
            units=package.units,
        )
        session.add(row)
        session.flush()
        if package.di:
            session.add(
                DeviceIdentifier(
                    product_id=product_id, packaging_level_id=row.id, agency=package.agency, di=_normal(package)
                )
            )
