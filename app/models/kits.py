"""Kits: what belongs into one, by versioned recipe, and what stands in each kit that was built."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Code, Moment, Number

HOUSE_CODE = "IN-HOUSE"
"""The supplier of kits: the hospital itself."""


class KitRecipe(Base):
    """What one kit of a product holds; the highest version counts, earlier ones stay for the kits built by them.

    A version without components ends the building of this kit.
    """

    __tablename__ = "kit_recipe"
    __table_args__ = (UniqueConstraint("product_id", "version"), CheckConstraint("version > 0", name="version_counts"))

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    version: Mapped[int]
    note: Mapped[str] = mapped_column(String(400))
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[Moment]


class KitComponent(Base):
    """So many base units of one product in each kit."""

    __tablename__ = "kit_component"
    __table_args__ = (
        UniqueConstraint("recipe_id", "product_id"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    recipe_id: Mapped[int] = mapped_column(ForeignKey("kit_recipe.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    quantity: Mapped[int]


class Kit(Base):
    """One kit that was built: a batch of one unit of the kit product, whose lot number is the kit's own number."""

    __tablename__ = "kit"
    __table_args__ = (UniqueConstraint("batch_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    recipe_id: Mapped[int] = mapped_column(ForeignKey("kit_recipe.id"), index=True)
    op_id: Mapped[Code]
    document_no: Mapped[Number]
    built_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    built_at: Mapped[Moment]


class KitContent(Base):
    """So many units of one component batch that stand in a kit; its layers are the kit's layers (view batch_layer)."""

    __tablename__ = "kit_content"
    __table_args__ = (
        UniqueConstraint("kit_batch_id", "batch_id", "serial_unit_id"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("serial_unit_id IS NULL OR quantity = 1", name="serial_is_one"),
        CheckConstraint("kit_batch_id <> batch_id", name="not_itself"),
        Index("ix_kit_content_batch_id", "batch_id", "kit_batch_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kit_batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    serial_unit_id: Mapped[int | None] = mapped_column(ForeignKey("serial_unit.id"))
    quantity: Mapped[int]
