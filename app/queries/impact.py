"""Where every unit of a case is: received = the sum of its states, by place, site, region, supplier and batch.

Every figure is a sum of ``balance`` over the affected batches; ``drill`` lists the rows behind any of them. Units that
stand in a kit are where the kit is, and are accounted for as soon as the kit is.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, case, distinct, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.core.actor import Bilingual
from app.core.statuses.stock import MovementKind, StockState
from app.core.statuses.verdict import Verdict
from app.models.catalogue import Product, Supplier
from app.models.kits import KitContent
from app.models.places import Location, Region, Site
from app.models.recalls import ScopeLine
from app.models.stock import Balance, Batch, Movement
from app.queries.patients import MARKS

PENDING = frozenset({StockState.IN_STOCK, StockState.IN_TRANSIT, StockState.PAR, StockState.EXPENSED})
"""Units that somebody still has to put aside, or say what became of them."""

ACCOUNTED = frozenset(StockState) - PENDING - {StockState.BUILT_INTO_KIT}
"""States in which nobody has to look for a unit: put aside, used, gone, or missing with a reason of two persons.

A unit that stands in a kit shares the kit's fate.
"""

Quantities = Mapping[StockState, int]


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One bar: a place, site, region, supplier or batch with its units by state; zeros are left out.

    ``by_fate`` is the same with the units that stand in kits counted where their kit is.
    """

    id: int
    name: Bilingual
    note: Bilingual
    by_state: Quantities
    by_fate: Quantities

    @property
    def total(self) -> int:
        return sum(self.by_state.values())

    @property
    def pending(self) -> int:
        return sum(self.by_fate.get(state, 0) for state in PENDING)


@dataclass(frozen=True, slots=True)
class Impact:
    """The whole case in figures; every list of bars sums to ``received``. ``patients`` are distinct visits.

    ``by_fate`` is ``by_state`` with the units that stand in kits counted where their kit is.
    """

    by_state: Quantities
    by_fate: Quantities
    batches: int
    patients: int
    used_with_visit: int
    places: tuple[ShareRow, ...]
    sites: tuple[ShareRow, ...]
    regions: tuple[ShareRow, ...]
    suppliers: tuple[ShareRow, ...]
    lots: tuple[ShareRow, ...]

    @property
    def received(self) -> int:
        return sum(self.by_state.values())

    @property
    def accounted(self) -> int:
        return sum(self.by_fate.get(state, 0) for state in ACCOUNTED)

    @property
    def pending(self) -> int:
        return sum(self.by_fate.get(state, 0) for state in PENDING)


@dataclass(frozen=True, slots=True)
class DrillRow:
    """One row behind a figure: so many units of one batch, at one place, in one state.

    Units built into a kit are at the kit's place; ``kit_no`` names it and ``fate`` is its state, else ``state`` again.
    """

    batch_id: int
    lot_no: str
    product: Bilingual
    ref: str
    receipt_no: str
    supplier_id: int
    supplier: Bilingual
    location_id: int
    place: Bilingual
    site_id: int
    site: Bilingual
    region_id: int
    region: Bilingual
    state: StockState
    quantity: int
    fate: StockState
    kit_no: str = ""

    @property
    def is_pending(self) -> bool:
        """Somebody still has to put it aside, or say what became of it."""
        return self.fate in PENDING


def impact(session: Session, case_id: int) -> Impact:
    """Four statements, however many batches."""
    rows = drill(session, case_id)
    patients, used = _patients(session, case_id)
    return Impact(
        _sums(rows),
        _fates(rows),
        session.scalar(select(func.count()).select_from(affected(case_id).subquery())) or 0,
        patients,
        used,
        _shares(rows, lambda row: (row.location_id, row.place, row.site)),
        _shares(rows, lambda row: (row.site_id, row.site, row.region)),
        _shares(rows, lambda row: (row.region_id, row.region, Bilingual("", ""))),
        _shares(rows, lambda row: (row.supplier_id, row.supplier, Bilingual("", ""))),
        _shares(rows, lambda row: (row.batch_id, Bilingual(row.lot_no, row.lot_no), row.product)),
    )


def drill(
    session: Session,
    case_id: int,
    *,
    state: StockState | None = None,
    location_id: int | None = None,
    site_id: int | None = None,
    region_id: int | None = None,
    supplier_id: int | None = None,
    batch_id: int | None = None,
) -> list[DrillRow]:
    """The rows behind one figure, by place, lot and state; their quantities sum to it."""
    wanted = (
        (Balance.state, state),
        (Balance.location_id, location_id),
        (Site.id, site_id),
        (Region.id, region_id),
        (Supplier.id, supplier_id),
        (Batch.id, batch_id),
    )
    conditions = [column == value for column, value in wanted if value is not None]
    elsewhere = [column == value for column, value in wanted[1:] if value is not None]
    mine = Balance.batch_id.in_(affected(case_id))
    loose = _rows(mine, Balance.quantity != 0, Balance.state != StockState.BUILT_INTO_KIT, *conditions)
    rows = [_row(*found) for found in session.execute(loose)]
    if state in (None, StockState.BUILT_INTO_KIT):
        rows += [_in_kit(*found) for found in session.execute(_kit_rows(case_id, *elsewhere))]
    return rows


def affected(case_id: int) -> Select[int]:
    """The ids of the affected batches, for conditions."""
    return select(ScopeLine.batch_id).where(ScopeLine.case_id == case_id, ScopeLine.verdict == Verdict.AFFECTED)


def kits_affected(case_id: int) -> Select[int]:
    """The batch ids of kits that hold affected goods, for conditions: who got the kit got what stands in it."""
    return select(KitContent.kit_batch_id).where(KitContent.batch_id.in_(affected(case_id)))


def in_case(case_id: int) -> CompoundSelect[int]:
    """The ids of everything that has to be found: affected batches, and kits that hold some of them."""
    return affected(case_id).union(kits_affected(case_id))


def patient_count(session: Session, case_id: int) -> int:
    """Distinct visits in which a unit was used; a reversed use does not count."""
    return _patients(session, case_id)[0]


def _patients(session: Session, case_id: int) -> tuple[int, int]:
    undone = select(Movement.reverses_id).where(Movement.reverses_id.is_not(None))
    units = case((Movement.batch_id.in_(affected(case_id)), Movement.quantity), else_=0)
    statement = (
        select(func.count(distinct(MARKS.c.patient)), func.coalesce(func.sum(units), 0))
        .join(Movement, Movement.id == MARKS.c.movement_id)
        .where(
            or_(Movement.batch_id.in_(affected(case_id)), Movement.batch_id.in_(kits_affected(case_id))),
            Movement.kind == MovementKind.USE,
            Movement.id.not_in(undone),
        )
    )
    visits, used = session.execute(statement).one()
    return int(visits), int(used)


def case_units(session: Session, case_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Per case the units received and accounted for of its affected batches; two statements."""
    accounted_for = case((Balance.state.in_(ACCOUNTED), Balance.quantity), else_=0)
    statement = (
        select(ScopeLine.case_id, func.sum(Balance.quantity), func.sum(accounted_for))
        .join(Balance, Balance.batch_id == ScopeLine.batch_id)
        .where(ScopeLine.case_id.in_(case_ids), ScopeLine.verdict == Verdict.AFFECTED)
        .group_by(ScopeLine.case_id)
    )
    in_kits = (
        select(ScopeLine.case_id, func.sum(KitContent.quantity * Balance.quantity))
        .join(KitContent, KitContent.batch_id == ScopeLine.batch_id)
        .join(Balance, Balance.batch_id == KitContent.kit_batch_id)
        .where(ScopeLine.case_id.in_(case_ids), ScopeLine.verdict == Verdict.AFFECTED, Balance.state.in_(ACCOUNTED))
        .group_by(ScopeLine.case_id)
    )
    kits = {case_id: int(units) for case_id, units in session.execute(in_kits)}
    return {
        case_id: (int(received), int(accounted) + kits.get(case_id, 0))
        for case_id, received, accounted in session.execute(statement)
    }


def _rows(*conditions: ColumnElement[bool]) -> Select[Balance, Batch, Product, Supplier, Location, Site, Region]:
    return (
        select(Balance, Batch, Product, Supplier, Location, Site, Region)
        .join(Batch, Batch.id == Balance.batch_id)
        .join(Product, Product.id == Batch.product_id)
        .join(Supplier, Supplier.id == Batch.supplier_id)
        .join(Location, Location.id == Balance.location_id)
        .join(Site, Site.id == Location.site_id)
        .join(Region, Region.id == Site.region_id)
        .where(*conditions)
        .order_by(Site.id, Location.kind.desc(), Location.id, Batch.lot_key, Batch.id, Balance.state)
    )


def _kit_rows(
    case_id: int, *conditions: ColumnElement[bool]
) -> Select[str, int, Balance, Batch, Product, Supplier, Location, Site, Region]:
    """What stands in each kit of a case: the component's batch, the kit's number, place and state."""
    kit = aliased(Batch)
    units = (
        select(KitContent.kit_batch_id, KitContent.batch_id, func.sum(KitContent.quantity).label("units"))
        .where(KitContent.batch_id.in_(affected(case_id)))
        .group_by(KitContent.kit_batch_id, KitContent.batch_id)
        .subquery()
    )
    return (
        select(kit.lot_no, units.c.units * Balance.quantity, Balance, Batch, Product, Supplier, Location, Site, Region)
        .join(units, units.c.kit_batch_id == Balance.batch_id)
        .join(kit, kit.id == Balance.batch_id)
        .join(Batch, Batch.id == units.c.batch_id)
        .join(Product, Product.id == Batch.product_id)
        .join(Supplier, Supplier.id == Batch.supplier_id)
        .join(Location, Location.id == Balance.location_id)
        .join(Site, Site.id == Location.site_id)
        .join(Region, Region.id == Site.region_id)
        .where(Balance.quantity != 0, *conditions)
        .order_by(Site.id, Location.kind.desc(), Location.id, kit.id, Batch.lot_key, Batch.id)
    )


def _in_kit(kit_no: str, units: int, balance: Balance, *of_component: Any) -> DrillRow:
    row = _row(balance, *of_component)
    return replace(row, state=StockState.BUILT_INTO_KIT, fate=balance.state, quantity=int(units), kit_no=kit_no)


def _row(
    balance: Balance,
    batch: Batch,
    product: Product,
    supplier: Supplier,
    location: Location,
    site: Site,
    region: Region,
) -> DrillRow:
    return DrillRow(
        batch.id,
        batch.lot_no,
        Bilingual(product.name_zh, product.name_en),
        product.ref,
        batch.receipt_no,
        supplier.id,
        Bilingual(supplier.name_zh, supplier.name_en),
        location.id,
        Bilingual(location.name_zh, location.name_en),
        site.id,
        Bilingual(site.name_zh, site.name_en),
        region.id,
        Bilingual(region.name_zh, region.name_en),
        balance.state,
        balance.quantity,
        balance.state,
    )


def _sums(rows: Iterable[DrillRow]) -> Quantities:
    found: dict[StockState, int] = defaultdict(int)
    for row in rows:
        found[row.state] += row.quantity
    return {state: found[state] for state in StockState if found[state]}


def _fates(rows: Iterable[DrillRow]) -> Quantities:
    return _sums(replace(row, state=row.fate) for row in rows)


def _shares(
    rows: Iterable[DrillRow], key: Callable[[DrillRow], tuple[int, Bilingual, Bilingual]]
) -> tuple[ShareRow, ...]:
    """The largest first."""
    groups: dict[tuple[int, Bilingual, Bilingual], list[DrillRow]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    shares = [ShareRow(*group, _sums(members), _fates(members)) for group, members in groups.items()]
    return tuple(sorted(shares, key=lambda share: -share.total))
