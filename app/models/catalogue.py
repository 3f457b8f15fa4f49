"""Products with their packaging levels, identifiers, makers, suppliers and papers."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.statuses.stock import ProductClass
from app.models.base import Base, Code, Name, enum_column


class Manufacturer(Base):
    """The registrant (注册人/备案人) that answers for a product."""

    __tablename__ = "manufacturer"
    __table_args__ = (UniqueConstraint("name_zh"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name_zh: Mapped[Name]
    name_en: Mapped[Name]


class Supplier(Base):
    """Who delivers; the licence (医疗器械经营许可证/备案) must be valid on the day of receipt (条例 art. 45)."""

    __tablename__ = "supplier"
    __table_args__ = (UniqueConstraint("code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    name_zh: Mapped[Name]
    name_en: Mapped[Name]
    licence_no: Mapped[Code]
    licence_valid_from: Mapped[date | None]
    licence_valid_until: Mapped[date]
    licence_scope: Mapped[Code] = mapped_column(default="")  # classes covered, "II,III"; empty: not recorded
    address: Mapped[Name]
    phone: Mapped[Code]
    is_active: Mapped[bool]


class Certificate(Base):
    """A registration certificate or filing (注册证/备案凭证)."""

    __tablename__ = "certificate"
    __table_args__ = (UniqueConstraint("number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[Code]
    manufacturer_id: Mapped[int] = mapped_column(ForeignKey("manufacturer.id"), index=True)
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]  # filings of class I do not expire


class Product(Base):
    """One item of the catalogue; ``needs_…`` are the UDI elements that its registration says must be on the label.

    ``contract_maker`` (受托生产企业) makes it for the registrant where ``is_contract_made`` (条例 art. 45 (3)).
    The row is also the gate of the ledger: a posting takes it FOR KEY SHARE, a lock FOR UPDATE.
    """

    __tablename__ = "product"
    __table_args__ = (UniqueConstraint("code"), CheckConstraint("length(code) > 0", name="code_given"))

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    name_zh: Mapped[Name]
    name_en: Mapped[Name]
    spec: Mapped[Name]
    ref: Mapped[Code]
    product_class: Mapped[ProductClass] = mapped_column(enum_column(ProductClass))
    category_code: Mapped[Code]
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    base_unit_zh: Mapped[Code]
    base_unit_en: Mapped[Code]
    is_implant: Mapped[bool]
    is_contract_made: Mapped[bool] = mapped_column(default=False)
    contract_maker: Mapped[Name] = mapped_column(default="")
    needs_lot: Mapped[bool]
    needs_serial: Mapped[bool]
    needs_expiry: Mapped[bool]
    needs_production: Mapped[bool]
    storage: Mapped[str] = mapped_column(String(100))
    is_active: Mapped[bool]


class PackagingLevel(Base):
    """How many base units one package holds; level 0 is the base unit itself."""

    __tablename__ = "packaging_level"
    __table_args__ = (
        UniqueConstraint("product_id", "level"),
        CheckConstraint("units > 0", name="units_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    level: Mapped[int]
    name_zh: Mapped[Code]
    name_en: Mapped[Code]
    units: Mapped[int]


class DeviceIdentifier(Base):
    """A DI in any agency's spelling, as ``app.udi`` gives it (GS1: 14 digits)."""

    __tablename__ = "device_identifier"
    __table_args__ = (UniqueConstraint("di"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    packaging_level_id: Mapped[int] = mapped_column(ForeignKey("packaging_level.id"))
    agency: Mapped[Code]
    di: Mapped[Code]
