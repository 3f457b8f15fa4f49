"""Batches, serial units, the ledger and its balance."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.statuses.stock import ExpiryPrecision, Inspection, MovementKind, StockState
from app.models.base import Base, Code, Moment, Name, Number, enum_column


class Batch(Base):
    """One manufacturer's lot of one product, as one receipt brought it in.

    The same lot received twice is two batches (each inspected on its own, each with its supplier); locks go by
    product and ``lot_key`` and so hold both, and every later one. ``lot_no`` is the label's spelling for ever.
    """

    __tablename__ = "batch"
    __table_args__ = (
        UniqueConstraint("product_id", "lot_key", "receipt_no"),
        CheckConstraint(
            "production_on IS NULL OR expiry_on IS NULL OR production_on <= expiry_on", name="dates_in_order"
        ),
        CheckConstraint("length(lot_key) > 0", name="lot_given"),
        Index("ix_batch_lot_key", "lot_key"),
        Index("ix_batch_expiry_on", "expiry_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    lot_no: Mapped[Code]
    lot_key: Mapped[Code]
    is_lot_unknown: Mapped[bool]
    production_on: Mapped[date | None]
    expiry_on: Mapped[date | None]
    expiry_precision: Mapped[ExpiryPrecision | None] = mapped_column(enum_column(ExpiryPrecision))
    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"), index=True)
    receipt_no: Mapped[Number]
    inspection: Mapped[Inspection] = mapped_column(enum_column(Inspection))
    received_at: Mapped[Moment]


NOT_GONE = "last_movement_id = 0 OR state <> 'returned'"
"""A unit is gone once it was returned, or once its receipt (or the building of its kit) was taken back: no state."""


class SerialUnit(Base):
    """One unit with its own serial number; where it is follows from its movements.

    A unit that went back to its supplier, or whose receipt was reversed, may come in again: as a new row of a new
    batch, the old one keeping its history. Of the rows of one serial number at most one is not gone.
    """

    __tablename__ = "serial_unit"
    __table_args__ = (
        Index("ix_serial_unit_serial", "product_id", "serial_key"),
        Index(
            "uq_serial_unit_here",
            "product_id",
            "serial_key",
            unique=True,
            sqlite_where=text(NOT_GONE),
            postgresql_where=text(NOT_GONE),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"), index=True)
    serial_no: Mapped[Code]
    serial_key: Mapped[Code]
    location_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))
    state: Mapped[StockState | None] = mapped_column(enum_column(StockState))
    last_movement_id: Mapped[int]


class Movement(Base):
    """One line of the append-only ledger: ``quantity`` base units from one place and state to another.

    Written only by ``app.services.posting``; checked by the wall. ``recorded_at`` is the database's word,
    ``acted_at`` the moment the person acted.
    """

    __tablename__ = "movement"
    __table_args__ = (
        UniqueConstraint("op_id", "line_no"),
        UniqueConstraint("reverses_id"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("(source_state IS NULL) = (source_id IS NULL)", name="source_whole"),
        CheckConstraint("(target_state IS NULL) = (target_id IS NULL)", name="target_whole"),
        CheckConstraint("(kind = 'reversal') = (reverses_id IS NOT NULL)", name="reversal_names_original"),
        CheckConstraint("(kind = 'inspection') = (outcome IS NOT NULL)", name="inspection_has_outcome"),
        CheckConstraint("serial_unit_id IS NULL OR quantity = 1", name="serial_is_one"),
        Index("ix_movement_batch_id", "batch_id", "id"),
        Index("ix_movement_document_no", "document_no"),
        Index("ix_movement_recorded_at", "recorded_at"),
        Index("ix_movement_case_id", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    op_id: Mapped[Code]
    line_no: Mapped[int]
    kind: Mapped[MovementKind] = mapped_column(enum_column(MovementKind, by_wall=True))
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    serial_unit_id: Mapped[int | None] = mapped_column(ForeignKey("serial_unit.id"), index=True)
    quantity: Mapped[int]
    source_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))
    source_state: Mapped[StockState | None] = mapped_column(enum_column(StockState, by_wall=True))
    target_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))
    target_state: Mapped[StockState | None] = mapped_column(enum_column(StockState, by_wall=True))
    outcome: Mapped[Inspection | None] = mapped_column(enum_column(Inspection))
    document_no: Mapped[Number]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("recall_case.id"))
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("movement.id"))
    despite_lock: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(400))
    actor_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    second_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    acted_at: Mapped[Moment]
    recorded_at: Mapped[Moment]


class Balance(Base):
    """What the ledger sums to, kept by the wall alone; only ``unaccounted`` may be negative (a gain before a loss)."""

    __tablename__ = "balance"
    __table_args__ = (
        CheckConstraint("quantity >= 0 OR state = 'unaccounted'", name="not_negative"),
        Index("ix_balance_location_id", "location_id", "state", "batch_id"),
    )

    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"), primary_key=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"), primary_key=True)
    state: Mapped[StockState] = mapped_column(enum_column(StockState, by_wall=True), primary_key=True)
    quantity: Mapped[int]
    last_movement_id: Mapped[int] = mapped_column(Integer)


class PatientUse(Base):
    """Which visit a use belongs to; read only by entitled persons, each look logged."""

    __tablename__ = "patient_use"
    __table_args__ = (UniqueConstraint("movement_id"), Index("ix_patient_use_visit_no", "visit_no"))

    id: Mapped[int] = mapped_column(primary_key=True)
    movement_id: Mapped[int] = mapped_column(ForeignKey("movement.id"))
    visit_no: Mapped[Code]
    used_at: Mapped[Moment]


class Delivery(Base):
    """A delivery that grows by scan; what is typed or scanned is kept at once and survives a power cut."""

    __tablename__ = "delivery"
    __table_args__ = (UniqueConstraint("number"), UniqueConstraint("receipt_no"))

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[Number]
    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"), index=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    order_no: Mapped[Number]
    note_no: Mapped[Number]
    waybill: Mapped[Code]
    temperature_tenths: Mapped[int | None]  # °C × 10
    state: Mapped[str] = mapped_column(String(24))
    receipt_no: Mapped[Number | None]
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[Moment]
    posted_at: Mapped[Moment | None]


class DeliveryLine(Base):
    """One package scanned or typed; ``typed`` names the elements that a person typed, comma-separated.

    ``product_id`` is None while nobody knows what the scan belongs to. ``override_op_id`` is what the second person
    signed; the line's movements are posted under it.
    """

    __tablename__ = "delivery_line"
    __table_args__ = (UniqueConstraint("delivery_id", "line_no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    delivery_id: Mapped[int] = mapped_column(ForeignKey("delivery.id"))
    line_no: Mapped[int]
    raw: Mapped[str] = mapped_column(String(8192))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"))
    di: Mapped[Code]
    lot_no: Mapped[Code | None]
    serial_no: Mapped[Code | None]
    production_on: Mapped[date | None]
    expiry_on: Mapped[date | None]
    expiry_precision: Mapped[ExpiryPrecision | None] = mapped_column(enum_column(ExpiryPrecision))
    packages: Mapped[int]
    units: Mapped[int]  # base units per package
    state: Mapped[str] = mapped_column(String(24))
    problem: Mapped[Name]  # an error code of the word catalogue, or empty
    typed: Mapped[Name]
    override_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    override_reason: Mapped[str] = mapped_column(String(400))
    override_op_id: Mapped[Code]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy's own protocol)


class InspectionCheck(Base):
    """One item of the checklist as the inspector answered it, under the inspection's ``op_id``.

    ``passed`` is None where the item does not apply to the goods.
    """

    __tablename__ = "inspection_check"
    __table_args__ = (UniqueConstraint("op_id", "item"), Index("ix_inspection_check_batch_id", "batch_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    op_id: Mapped[Code]
    list_version: Mapped[Code]
    item: Mapped[Code]
    passed: Mapped[bool | None]
    note: Mapped[str] = mapped_column(String(400))
