"""What was added to a batch's master, or corrected in it, after the receipt: append-only, with both values."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.statuses.requisition import AttachmentKind
from app.core.statuses.supplement import SupplementField
from app.models.base import Base, Code, Moment, Name, enum_column


class BatchSupplement(Base):
    """One field completed by a person, over the batch in whose master it was missing.

    The wall writes lot, production date and expiry through to the batch; nothing else may change those. Every
    earlier spelling of a lot stays here for ever: ``old_key`` keeps finding the batch, and a lock on it holds it.
    """

    __tablename__ = "batch_supplement"
    __table_args__ = (
        UniqueConstraint("op_id"),
        CheckConstraint("length(reason) > 0", name="reason_given"),
        CheckConstraint("old_value <> new_value", name="changes_something"),
        CheckConstraint("(field = 'lot_no') = (new_key IS NOT NULL)", name="lot_has_key"),
        Index("ix_batch_supplement_batch_id", "batch_id", "field"),
        Index("ix_batch_supplement_old_key", "old_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    field: Mapped[SupplementField] = mapped_column(enum_column(SupplementField, "field"))
    old_value: Mapped[Name]
    new_value: Mapped[Name]
    old_key: Mapped[Code | None]
    new_key: Mapped[Code | None]
    op_id: Mapped[Code]
    reason: Mapped[str] = mapped_column(String(400))
    added_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    second_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[Moment]


class Attachment(Base):
    """A file that belongs to a batch: a photo of the goods, a certificate; kept as bytes with their SHA-256."""

    __tablename__ = "attachment"
    __table_args__ = (UniqueConstraint("batch_id", "content_hash"), CheckConstraint("size > 0", name="size_positive"))

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    kind: Mapped[AttachmentKind] = mapped_column(enum_column(AttachmentKind))
    name: Mapped[Name]
    media_type: Mapped[Code]
    size: Mapped[int]
    content: Mapped[bytes]
    content_hash: Mapped[Code]
    added_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[Moment]


class PartRejection(Base):
    """Units of a batch that was otherwise released: put aside by the inspector in the same signed act.

    Until they have left, the wall lets so many units of the batch not come out of quarantine.
    """

    __tablename__ = "part_rejection"
    __table_args__ = (
        UniqueConstraint("batch_id"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("length(reason) > 0", name="reason_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    op_id: Mapped[Code]
    quantity: Mapped[int]
    reason: Mapped[str] = mapped_column(String(400))
    rejected_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    rejected_at: Mapped[Moment]
