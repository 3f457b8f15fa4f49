"""What wards ask for, what is kept for them, and which movements served them; and orders to suppliers."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.statuses.requisition import RequisitionState, ReservationEnd
from app.models.base import Base, Moment, Number, enum_column


class Requisition(Base):
    """One ward's request to one store; who decides on it is not who asked."""

    __tablename__ = "requisition"
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("decided_by IS NULL OR decided_by <> asked_by", name="decided_by_another"),
        Index("ix_requisition_state", "state", "store_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[Number]
    department_id: Mapped[int] = mapped_column(ForeignKey("location.id"), index=True)
    store_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    state: Mapped[RequisitionState] = mapped_column(enum_column(RequisitionState))
    note: Mapped[str] = mapped_column(String(400))
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[Moment]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[Moment | None]
    decided_reason: Mapped[str] = mapped_column(String(400))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy's own protocol)

    def move_to(self, state: RequisitionState) -> None:
        """Raises TransitionError where the table does not allow it."""
        self.state = self.state.to(state)


class RequisitionLine(Base):
    """So many base units of one product; what was issued for it are the movements of ``RequisitionIssue``."""

    __tablename__ = "requisition_line"
    __table_args__ = (
        UniqueConstraint("requisition_id", "line_no"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    requisition_id: Mapped[int] = mapped_column(ForeignKey("requisition.id"))
    line_no: Mapped[int]
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    quantity: Mapped[int]


class RequisitionIssue(Base):
    """One movement served one line; a batch of another product served it as a substitute."""

    __tablename__ = "requisition_issue"
    __table_args__ = (UniqueConstraint("movement_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("requisition_line.id"), index=True)
    movement_id: Mapped[int] = mapped_column(ForeignKey("movement.id"))


class Reservation(Base):
    """Units of one batch on one shelf kept for a line; a plan that holds nobody up.

    The wall ends it in the moment a lock falls on the batch (``lock_id`` says which).
    """

    __tablename__ = "reservation"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("(ended_at IS NULL) = (ended_why IS NULL)", name="end_whole"),
        Index("ix_reservation_batch_id", "batch_id", "location_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("requisition_line.id"), index=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    quantity: Mapped[int]
    made_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]
    ended_why: Mapped[ReservationEnd | None] = mapped_column(enum_column(ReservationEnd))
    lock_id: Mapped[int | None] = mapped_column(ForeignKey("lot_lock.id"), index=True)


class PurchaseOrder(Base):
    """What was ordered from one supplier; deliveries name it by its number."""

    __tablename__ = "purchase_order"
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("(cancelled_at IS NULL) = (cancelled_by IS NULL)", name="cancelled_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[Number]
    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"), index=True)
    expected_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(400))
    ordered_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ordered_at: Mapped[Moment]
    cancelled_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    cancelled_at: Mapped[Moment | None]
    cancel_reason: Mapped[str] = mapped_column(String(400))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy's own protocol)


class PurchaseOrderLine(Base):
    """So many base units of one product."""

    __tablename__ = "purchase_order_line"
    __table_args__ = (
        UniqueConstraint("order_id", "line_no"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("purchase_order.id"))
    line_no: Mapped[int]
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    quantity: Mapped[int]
