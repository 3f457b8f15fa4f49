"""How far the goods of a case have come in: expected, collected by scan, and still there, by place and batch."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.statuses.stock import HELD_STATES, LocationKind, MovementKind, StockState
from app.core.statuses.verdict import Verdict
from app.models.catalogue import Product
from app.models.places import Location, Site
from app.models.recalls import DepartmentTask, ScopeLine, TaskLine
from app.models.stock import Balance, Batch, Movement, SerialUnit
from app.queries.impact import in_case

IN_HANDS = HELD_STATES | {StockState.EXPENSED}
"""What a ward or store may still hand over."""

Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class CollectRow:
    """One batch, or one kit that holds affected goods, at one ward or store, in base units.

    ``expected`` is what its task asked for, ``left`` what the books still see there; the rest of the expected was
    used, lost or found to be a mistake.
    """

    location_id: int
    place: Bilingual
    site: Bilingual
    batch_id: int
    lot_no: str
    product_id: int
    product: Bilingual
    ref: str
    unit: Bilingual
    needs_serial: bool
    expected: int
    collected: int
    left: int


def collecting(session: Session, case_id: int) -> list[CollectRow]:
    """By site, place and lot; quarantine areas are where goods come to, not from. Four statements."""
    expected = _sums(session.execute(_expected(case_id)))
    collected = _sums(session.execute(_collected(case_id)))
    left = _sums(session.execute(_left(case_id)))
    keys = set(expected) | set(collected) | set(left)
    statement = (
        select(Location, Site, Batch, Product)
        .join(Site, Site.id == Location.site_id)
        .join(Batch, Batch.id.in_({batch for _, batch in keys}))
        .join(Product, Product.id == Batch.product_id)
        .where(Location.id.in_({place for place, _ in keys}))
        .order_by(Site.id, Location.kind.desc(), Location.id, Batch.lot_key, Batch.id)
    )
    return [
        _row(place, site, batch, product, (expected[key], collected[key], left[key]))
        for place, site, batch, product in session.execute(statement)
        if (key := (place.id, batch.id)) in keys and (expected[key] or collected[key] or left[key])
    ]


def sealed_serials(session: Session, batch_id: int, location_id: int) -> list[int]:
    """The serial units of a batch in quarantine at a place; empty where the product has none."""
    statement = select(SerialUnit.id).where(
        SerialUnit.batch_id == batch_id,
        SerialUnit.location_id == location_id,
        SerialUnit.state == StockState.QUARANTINED,
    )
    return list(session.scalars(statement.order_by(SerialUnit.id)))


def received_units(session: Session, case_id: int) -> dict[int, int]:
    """What was received of each affected batch, as the scope says it: the balance is compared with it."""
    statement = select(ScopeLine.batch_id, ScopeLine.quantity).where(
        ScopeLine.case_id == case_id, ScopeLine.verdict == Verdict.AFFECTED
    )
    return {batch_id: quantity for batch_id, quantity in session.execute(statement)}


def _expected(case_id: int) -> Select[int, int, int]:
    return (
        select(DepartmentTask.location_id, TaskLine.batch_id, TaskLine.expected)
        .join(TaskLine, TaskLine.task_id == DepartmentTask.id)
        .where(DepartmentTask.case_id == case_id)
    )


def _collected(case_id: int) -> Select[int | None, int, int]:
    """Moved into a quarantine area in the name of the case, and not taken back."""
    undone = select(Movement.reverses_id).where(Movement.reverses_id.is_not(None))
    return (
        select(Movement.source_id, Movement.batch_id, func.sum(Movement.quantity))
        .join(Location, Location.id == Movement.target_id)
        .where(
            Movement.case_id == case_id,
            Movement.kind == MovementKind.QUARANTINE,
            Movement.source_id != Movement.target_id,
            Location.kind == LocationKind.QUARANTINE,
            Movement.id.not_in(undone),
        )
        .group_by(Movement.source_id, Movement.batch_id)
    )


def _left(case_id: int) -> Select[int, int, int]:
    return (
        select(Balance.location_id, Balance.batch_id, func.sum(Balance.quantity))
        .join(Location, Location.id == Balance.location_id)
        .where(
            Balance.batch_id.in_(in_case(case_id)),
            Balance.state.in_(IN_HANDS),
            Location.kind != LocationKind.QUARANTINE,
        )
        .group_by(Balance.location_id, Balance.batch_id)
    )


def _sums(rows: Iterable[Row[int | None, int, int]] | Iterable[Row[int, int, int]]) -> dict[Key, int]:
    found: dict[Key, int] = defaultdict(int)
    for place, batch, quantity in rows:
        if place is not None:
            found[place, batch] += int(quantity)
    return found


def _row(place: Location, site: Site, batch: Batch, product: Product, units: tuple[int, int, int]) -> CollectRow:
    expected, collected, left = units
    return CollectRow(
        place.id,
        Bilingual(place.name_zh, place.name_en),
        Bilingual(site.name_zh, site.name_en),
        batch.id,
        batch.lot_no,
        product.id,
        Bilingual(product.name_zh, product.name_en),
        product.ref,
        Bilingual(product.base_unit_zh, product.base_unit_en),
        product.needs_serial,
        expected,
        collected,
        left,
    )
