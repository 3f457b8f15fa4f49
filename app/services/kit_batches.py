"""The batch that a kit is, what stands in it, and the lines of the ledger that build it and take it apart."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.lots import lot_key
from app.core.statuses.stock import Inspection, MovementKind, StockState
from app.models.catalogue import Supplier
from app.models.kits import HOUSE_CODE, Kit, KitContent
from app.models.places import Location
from app.models.stock import Batch, Movement
from app.queries.days import today_at
from app.queries.recipes import RecipeRow
from app.services.picking import Pick
from app.services.posting import Line, Operation, Shelf


def kit_batch(
    session: Session, recipe: RecipeRow, store: Location, picks: Sequence[Pick], operation: Operation, number: str
) -> Batch:
    """The kit with its contents, written but not posted yet; it expires with the first of its components."""
    parts = [session.get_one(Batch, one.batch_id) for one in picks]
    dated = sorted((part.expiry_on, part.id, part) for part in parts if part.expiry_on is not None)
    first = dated[0][2] if dated else None
    batch = Batch(
        product_id=recipe.product_id,
        lot_no=number,
        lot_key=lot_key(number),
        is_lot_unknown=False,
        production_on=today_at(session, store.id),
        expiry_on=first.expiry_on if first else None,
        expiry_precision=first.expiry_precision if first else None,
        supplier_id=_house(session),
        receipt_no=number,
        inspection=Inspection.PENDING,
        received_at=operation.acted_at,
    )
    session.add(batch)
    session.flush()
    session.add(
        Kit(
            batch_id=batch.id,
            recipe_id=recipe.id,
            op_id=operation.op_id,
            document_no=number,
            built_by=operation.actor_id,
            built_at=operation.acted_at,
        )
    )
    for one in picks:
        session.add(
            KitContent(
                kit_batch_id=batch.id, batch_id=one.batch_id, serial_unit_id=one.serial_unit_id, quantity=one.quantity
            )
        )
    session.flush()
    return batch


def building_lines(kit: Batch, store: Location, picks: Sequence[Pick]) -> list[Line]:
    """Components into the kit, the kit into stock, and its release: each component was inspected by another person."""
    number = kit.receipt_no
    shelf, inside = Shelf(store.id, StockState.IN_STOCK), Shelf(store.id, StockState.BUILT_INTO_KIT)
    parts = [
        Line(MovementKind.KIT_BUILD, one.batch_id, one.quantity, one.source, inside, number, one.serial_unit_id)
        for one in picks
    ]
    return [
        *parts,
        Line(MovementKind.KIT_BUILD, kit.id, 1, None, shelf, number),
        Line(MovementKind.INSPECTION, kit.id, 1, shelf, shelf, number, outcome=Inspection.RELEASED),
    ]


def opening_lines(session: Session, kit: Kit, shelf: Shelf, target: Shelf, number: str) -> list[Line]:
    """Everything that stands in the kit to ``target``, then the kit itself out of the ledger."""
    contents = session.scalars(
        select(KitContent).where(KitContent.kit_batch_id == kit.batch_id).order_by(KitContent.id)
    )
    built_at = session.scalar(
        select(Movement.target_id).where(Movement.batch_id == kit.batch_id, Movement.kind == MovementKind.KIT_BUILD)
    )
    inside = Shelf(built_at or shelf.location_id, StockState.BUILT_INTO_KIT)
    parts = [
        Line(MovementKind.KIT_OPEN, part.batch_id, part.quantity, inside, target, number, part.serial_unit_id)
        for part in contents
    ]
    return [*parts, Line(MovementKind.KIT_OPEN, kit.batch_id, 1, shelf, None, number)]


def _house(session: Session) -> int:
    """The hospital as its own supplier; made with the first kit, never offered at receiving."""
    house = session.scalar(select(Supplier).where(Supplier.code == HOUSE_CODE))
    if house is None:
        house = Supplier(
            code=HOUSE_CODE,
            name_zh="本院组套",
            name_en="Assembled in this hospital",
            licence_no="",
            licence_valid_until=date(9999, 12, 31),
            address="",
            phone="",
            is_active=False,
        )
        session.add(house)
        session.flush()
    return house.id
