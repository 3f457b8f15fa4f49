"""Transfers between stores, shelf codes, stock-takes: the documents around movements of the ledger."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.statuses.store_work import CountSource, CountState, TransferState
from app.models.base import Base, Code, Moment, Name, Number, enum_column


class Transfer(Base):
    """Goods on their way from one store to another, under one number; ``reason`` why a later expiry went first."""

    __tablename__ = "transfer"
    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("op_id"),
        CheckConstraint("source_id <> target_id", name="two_stores"),
        Index("ix_transfer_target_id", "target_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[Number]
    op_id: Mapped[Code]
    source_id: Mapped[int] = mapped_column(ForeignKey("location.id"), index=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    state: Mapped[TransferState] = mapped_column(enum_column(TransferState))
    reason: Mapped[str] = mapped_column(String(400))
    sent_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    sent_at: Mapped[Moment]
    finished_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    finished_at: Mapped[Moment | None]
    second_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    finish_reason: Mapped[str] = mapped_column(String(400))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy's own protocol)

    def move_to(self, state: TransferState) -> None:
        """Raises TransitionError where the table does not allow it."""
        self.state = self.state.to(state)


class TransferLine(Base):
    """So many units of one batch sent; ``received`` good, ``damaged`` into quarantine, ``lost`` never arrived."""

    __tablename__ = "transfer_line"
    __table_args__ = (
        UniqueConstraint("transfer_id", "line_no"),
        CheckConstraint("received >= 0 AND damaged >= 0 AND lost >= 0", name="not_negative"),
        CheckConstraint("received + damaged + lost <= quantity", name="not_more_than_sent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    transfer_id: Mapped[int] = mapped_column(ForeignKey("transfer.id"))
    line_no: Mapped[int]
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"), index=True)
    serial_unit_id: Mapped[int | None] = mapped_column(ForeignKey("serial_unit.id"))
    movement_id: Mapped[int] = mapped_column(ForeignKey("movement.id"))
    quantity: Mapped[int]
    received: Mapped[int]
    damaged: Mapped[int]
    lost: Mapped[int]

    @property
    def missing(self) -> int:
        """Units that are still on their way."""
        return self.quantity - self.received - self.damaged - self.lost


class ShelfPlace(Base):
    """One shelf or bin of a store; its label carries ``RD:SHELF:<code>``."""

    __tablename__ = "shelf_place"
    __table_args__ = (
        UniqueConstraint("location_id", "code"),
        CheckConstraint("length(code) > 0", name="code_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    code: Mapped[Code]
    note: Mapped[Name]
    is_active: Mapped[bool]


class PutAway(Base):
    """From now on so many units of a batch lie on a shelf of a store (0: none); without ``quantity`` all of them do.

    Where a batch lies follows from its rows in their order (``app.queries.shelf_shares``).
    """

    __tablename__ = "put_away"
    __table_args__ = (
        UniqueConstraint("op_id"),
        Index("ix_put_away_batch_id", "batch_id", "location_id", "id"),
        CheckConstraint("quantity >= 0", name="quantity_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    op_id: Mapped[Code]
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    shelf_id: Mapped[int] = mapped_column(ForeignKey("shelf_place.id"), index=True)
    quantity: Mapped[int | None]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[Moment]


class StockCount(Base):
    """One stock-take of one place. ``products`` names the chosen products by id, comma-separated; empty means all."""

    __tablename__ = "stock_count"
    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("op_id"),
        Index("ix_stock_count_location_id", "location_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[Number]
    op_id: Mapped[Code]
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    products: Mapped[str] = mapped_column(String(2000))
    state: Mapped[CountState] = mapped_column(enum_column(CountState))
    started_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    started_at: Mapped[Moment]
    finished_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    finished_at: Mapped[Moment | None]
    posted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    posted_at: Mapped[Moment | None]
    post_op_id: Mapped[Code | None]  # what the approver signed
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy's own protocol)

    def move_to(self, state: CountState) -> None:
        """Raises TransitionError where the table does not allow it."""
        self.state = self.state.to(state)

    @property
    def product_ids(self) -> frozenset[int]:
        return frozenset(int(part) for part in self.products.split(",") if part)


class StockCountEntry(Base):
    """One scan or one typed quantity; the sum of a lot's entries of a round is what that round found.

    ``product_id`` is None where nobody knows the product; ``serial_unit_id`` where the unit is on record.
    """

    __tablename__ = "stock_count_entry"
    __table_args__ = (UniqueConstraint("op_id"), Index("ix_stock_count_entry_count_id", "count_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    op_id: Mapped[Code]
    count_id: Mapped[int] = mapped_column(ForeignKey("stock_count.id"))
    round_no: Mapped[int]
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"))
    lot_no: Mapped[Code]
    lot_key: Mapped[Code]
    serial_no: Mapped[Code]
    serial_unit_id: Mapped[int | None] = mapped_column(ForeignKey("serial_unit.id"))
    quantity: Mapped[int]  # base units; negative takes back
    source: Mapped[CountSource] = mapped_column(enum_column(CountSource))
    raw: Mapped[Name]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[Moment]


class StockCountLine(Base):
    """One batch of the sheet (one unit of serial products), or something found that the books do not have here.

    ``expected`` is what the books said at the first entry of the round, ``seen_movement_id`` the newest movement of
    the batch here, or of the unit, at that moment; without a batch nothing is posted. ``found`` is None until the
    round is finished, ``first_found`` what the round before found.
    """

    __tablename__ = "stock_count_line"
    __table_args__ = (UniqueConstraint("count_id", "key"), CheckConstraint("length(key) > 0", name="key_given"))

    id: Mapped[int] = mapped_column(primary_key=True)
    count_id: Mapped[int] = mapped_column(ForeignKey("stock_count.id"))
    key: Mapped[str] = mapped_column(String(200))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"), index=True)
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"))
    lot_no: Mapped[Code]
    lot_key: Mapped[Code]
    serial_no: Mapped[Code]
    serial_unit_id: Mapped[int | None] = mapped_column(ForeignKey("serial_unit.id"))
    round_no: Mapped[int]
    expected: Mapped[int]
    found: Mapped[int | None]
    first_found: Mapped[int | None]
    seen_movement_id: Mapped[int]
    reason: Mapped[Code]
    note: Mapped[str] = mapped_column(String(400))
    is_posted: Mapped[bool]

    @property
    def difference(self) -> int:
        """Found less expected; nothing is found before the round is finished."""
        return (self.found or 0) - self.expected
