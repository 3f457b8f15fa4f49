"""Papers of goods that leave outside a recall: returns to the supplier and disposals, with their draft lines."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.statuses.leaving import DepartureKind, DepartureState
from app.core.statuses.stock import StockState
from app.models.base import Base, Code, Moment, Name, Number, enum_column


class Departure(Base):
    """One return form or disposal record; what left is in the ledger under ``number``.

    ``method``, ``place`` and ``list_version`` are a disposal's, from ``resources/law/disposal_methods.toml``;
    ``supplier_id``, carrier and waybill a return's. ``settled_…`` is set where the supplier's receipt never came.
    """

    __tablename__ = "departure"
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("(kind = 'return') = (supplier_id IS NOT NULL)", name="return_names_supplier"),
        CheckConstraint(
            "kind <> 'return' OR state IN ('draft', 'cancelled') OR (length(carrier) > 0 AND length(waybill) > 0)",
            name="waybill_given",
        ),
        CheckConstraint(
            "kind <> 'disposal' OR state IN ('draft', 'cancelled') OR (length(method) > 0 AND length(place) > 0)",
            name="method_given",
        ),
        CheckConstraint("state IN ('draft', 'cancelled') OR handed_by IS NOT NULL", name="handed_by_somebody"),
        CheckConstraint("handed_by IS NULL OR handed_by <> second_person_id", name="two_persons"),
        CheckConstraint("state = 'reversed' OR (state = 'received') = (received_at IS NOT NULL)", name="receipt_dated"),
        CheckConstraint(
            "state = 'reversed' OR (state = 'settled') = (settled_at IS NOT NULL)", name="settlement_dated"
        ),
        CheckConstraint(
            "settled_at IS NULL OR (length(settled_reason) > 0 AND settled_by <> settled_second_id)",
            name="settled_by_two",
        ),
        Index("ix_departure_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[Number]
    kind: Mapped[DepartureKind] = mapped_column(enum_column(DepartureKind))
    state: Mapped[DepartureState] = mapped_column(enum_column(DepartureState))
    supplier_id: Mapped[int | None] = mapped_column(ForeignKey("supplier.id"), index=True)
    carrier: Mapped[Name]
    waybill: Mapped[Code]
    method: Mapped[Code]
    place: Mapped[Code]
    list_version: Mapped[Code]
    reason: Mapped[str] = mapped_column(String(400))
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[Moment]
    handed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    second_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    handed_at: Mapped[Moment | None]
    received_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    received_at: Mapped[Moment | None]
    received_note: Mapped[Name]
    settled_op_id: Mapped[Code]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    settled_second_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[Moment | None]
    settled_reason: Mapped[str] = mapped_column(String(400))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy's own protocol)

    def move_to(self, state: DepartureState) -> None:
        """Raises TransitionError where the table does not allow it."""
        self.state = self.state.to(state)


class DepartureLine(Base):
    """So many units of one batch on one shelf that a draft wants to take; the ledger has what left in the end."""

    __tablename__ = "departure_line"
    __table_args__ = (
        UniqueConstraint("departure_id", "batch_id", "location_id", "source_state", "serial_unit_id"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    departure_id: Mapped[int] = mapped_column(ForeignKey("departure.id"))
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"), index=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    source_state: Mapped[StockState] = mapped_column(enum_column(StockState))
    quantity: Mapped[int]
    serial_unit_id: Mapped[int | None] = mapped_column(ForeignKey("serial_unit.id"))
