"""Locks in layers, and their lifting; both append-only."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Code, Moment


class LotLock(Base):
    """A lock on one lot of a product (``lot_key``) or on the whole product (None), received or not yet."""

    __tablename__ = "lot_lock"
    __table_args__ = (
        CheckConstraint("layer IN ('on_hold', 'recall_quarantine')", name="layer_known"),
        CheckConstraint("layer = 'on_hold' OR case_id IS NOT NULL", name="recall_names_case"),
        CheckConstraint("length(reason) > 0", name="reason_given"),
        Index("ix_lot_lock_product_id", "product_id", "lot_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    lot_key: Mapped[Code | None]
    layer: Mapped[Code]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("recall_case.id"), index=True)
    reason: Mapped[str] = mapped_column(String(400))
    locked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    locked_at: Mapped[Moment]


class LockLift(Base):
    """The end of one lock; takes two persons."""

    __tablename__ = "lock_lift"
    __table_args__ = (
        UniqueConstraint("lock_id"),
        CheckConstraint("lifted_by <> second_person_id", name="two_persons"),
        CheckConstraint("length(reason) > 0", name="reason_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    lock_id: Mapped[int] = mapped_column(ForeignKey("lot_lock.id"))
    op_id: Mapped[Code]
    reason: Mapped[str] = mapped_column(String(400))
    lifted_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    second_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    lifted_at: Mapped[Moment]
