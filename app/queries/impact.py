"""Where every unit of a case is: received = the sum of its states, by place, site, region, supplier and batch.

Every figure is a sum of ``balance`` over the affected batches; ``drill`` lists the rows behind any of them. Units that
stand in a kit are where the kit is, and are accounted for as soon as the kit is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from sqlalchemy import CompoundSelect, Select, case, distinct, func, or_, select, text
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.statuses.stock import MovementKind, StockState
from app.core.statuses.verdict import Verdict
from app.models.catalogue import Product, Supplier
from app.models.kits import KitContent
from app.models.places import Location, Region, Site
from app.models.recalls import ScopeLine
from app.models.stock import Balance, Batch, Movement
from app.queries.case_scope import both
from app.queries.free_stock import ordered_of
from app.queries.patients import MARKS

PENDING = frozenset({StockState.IN_STOCK, StockState.IN_TRANSIT, StockState.PAR, StockState.EXPENSED})
"""Units that somebody still has to put aside, or say what became of them."""

ACCOUNTED = frozenset(StockState) - PENDING - {StockState.BUILT_INTO_KIT}
"""States in which nobody has to look for a unit: put aside, used, gone, or missing with a reason of two persons.

A unit that stands in a kit shares the kit's fate.
"""

Quantities = Mapping[StockState, int]
CHUNK = 10_000
_NOTHING = Bilingual("", "")
_IN_KITS = func.sum(KitContent.quantity * Balance.quantity)


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
    locks: tuple[ShareRow, ...]
    """By the strongest lock on the batch; the ids are those of ``Lock``."""
    ordered: int
    """Units on order of the products concerned, of whatever lot."""

    @property
    def received(self) -> int:
        return sum(self.by_state.values())

    @property
    def accounted(self) -> int:
        return sum(self.by_fate.get(state, 0) for state in ACCOUNTED)

    @property
    def pending(self) -> int:
        return sum(self.by_fate.get(state, 0) for state in PENDING)


class Lock(IntEnum):
    """What holds a batch, for the bars; the strongest counts."""

    RECALL = 1
    HOLD = 2
    NONE = 3


class Portion(NamedTuple):
    """So many units of a batch at a place in a state; ``fate`` is the kit's state where they stand in one."""

    batch_id: int
    location_id: int
    state: StockState
    fate: StockState
    quantity: int


def impact(session: Session, case_id: int) -> Impact:
    """A dozen statements, however many batches; sums, not rows: a case may touch 20,000 portions."""
    portions, locks = _portions(session, case_id), locks_of(session, case_id)
    places, lots = _places(session, portions), _lots(session, portions)
    patients, used = _patients(session, case_id)
    return Impact(
        _told(portions, lambda one: one.state),
        _told(portions, lambda one: one.fate),
        session.scalar(select(func.count()).select_from(affected(case_id).subquery())) or 0,
        patients,
        used,
        _shared(portions, {key: (row.place, row.site) for key, row in places.items()}, lambda one: one.location_id),
        _shared(
            portions,
            {row.site_id: (row.site, row.region) for row in places.values()},
            lambda one: places[one.location_id].site_id,
        ),
        _shared(
            portions,
            {row.region_id: (row.region, _NOTHING) for row in places.values()},
            lambda one: places[one.location_id].region_id,
        ),
        _shared(
            portions,
            {row.supplier_id: (row.supplier, _NOTHING) for row in lots.values()},
            lambda one: lots[one.batch_id].supplier_id,
        ),
        _shared(portions, {key: (row.lot, row.product) for key, row in lots.items()}, lambda one: one.batch_id),
        tuple(
            share
            for share in _shared(
                portions,
                {lock.value: (both(f"recalls.impact.lock.{lock.name.lower()}"), _NOTHING) for lock in Lock},
                lambda one: locks.get(one.batch_id, Lock.NONE).value,
            )
            if share.total
        ),
        sum(ordered_of(session, _products(session, case_id)).values()),
    )


def locks_of(session: Session, case_id: int) -> dict[int, Lock]:
    """The strongest lock on each affected batch that has one."""
    statement = text(
        "SELECT batch_id, layer FROM batch_layer WHERE layer IN ('on_hold', 'recall_quarantine') AND batch_id IN"
        " (SELECT batch_id FROM scope_line WHERE case_id = :case AND verdict = 'affected')"
    )
    found: dict[int, Lock] = {}
    for batch_id, layer in session.execute(statement, {"case": case_id}):
        lock = Lock.RECALL if layer == "recall_quarantine" else Lock.HOLD
        found[batch_id] = min(lock, found.get(batch_id, lock))
    return found


def _products(session: Session, case_id: int) -> list[int]:
    return list(session.scalars(select(Batch.product_id).distinct().where(Batch.id.in_(affected(case_id)))))


def _portions(session: Session, case_id: int) -> list[Portion]:
    loose = select(Balance.batch_id, Balance.location_id, Balance.state, Balance.quantity).where(
        Balance.batch_id.in_(affected(case_id)), Balance.quantity != 0, Balance.state != StockState.BUILT_INTO_KIT
    )
    found = [Portion(batch, place, state, state, int(units)) for batch, place, state, units in session.execute(loose)]
    in_kits = (
        select(
            KitContent.batch_id, Balance.location_id, Balance.state, func.sum(KitContent.quantity * Balance.quantity)
        )
        .join(Balance, Balance.batch_id == KitContent.kit_batch_id)
        .where(KitContent.batch_id.in_(affected(case_id)), Balance.quantity != 0)
        .group_by(KitContent.batch_id, Balance.location_id, Balance.state)
    )
    built = StockState.BUILT_INTO_KIT
    return found + [
        Portion(batch, place, built, fate, int(units)) for batch, place, fate, units in session.execute(in_kits)
    ]


class _Place(NamedTuple):
    place: Bilingual
    site_id: int
    site: Bilingual
    region_id: int
    region: Bilingual


class _Lot(NamedTuple):
    lot: Bilingual
    product: Bilingual
    supplier_id: int
    supplier: Bilingual


def _places(session: Session, portions: Iterable[Portion]) -> dict[int, _Place]:
    """In the order of the lists: the sites, in each the stores before the departments."""
    statement = (
        select(
            Location.id, Location.name_zh, Location.name_en, Site.id, Site.name_zh, Site.name_en,
            Region.id, Region.name_zh, Region.name_en,
        )
        .join(Site, Site.id == Location.site_id)
        .join(Region, Region.id == Site.region_id)
        .where(Location.id.in_({one.location_id for one in portions}))
        .order_by(Site.id, Location.kind.desc(), Location.id)
    )  # fmt: skip
    return {
        key: _Place(Bilingual(zh, en), site, Bilingual(site_zh, site_en), region, Bilingual(region_zh, region_en))
        for key, zh, en, site, site_zh, site_en, region, region_zh, region_en in session.execute(statement)
    }


def _lots(session: Session, portions: Iterable[Portion]) -> dict[int, _Lot]:
    found: dict[int, _Lot] = {}
    ids = sorted({one.batch_id for one in portions})
    statement = (
        select(
            Batch.id, Batch.lot_no, Product.name_zh, Product.name_en, Supplier.id, Supplier.name_zh, Supplier.name_en
        )
        .join(Product, Product.id == Batch.product_id)
        .join(Supplier, Supplier.id == Batch.supplier_id)
        .order_by(Batch.lot_key, Batch.id)
    )
    for start in range(0, len(ids), CHUNK):
        chunk = statement.where(Batch.id.in_(ids[start : start + CHUNK]))
        for key, lot, zh, en, supplier, supplier_zh, supplier_en in session.execute(chunk):
            found[key] = _Lot(Bilingual(lot, lot), Bilingual(zh, en), supplier, Bilingual(supplier_zh, supplier_en))
    return found


def _told(portions: Iterable[Portion], key: Callable[[Portion], StockState]) -> Quantities:
    found = dict.fromkeys(StockState, 0)
    for one in portions:
        found[key(one)] += one.quantity
    return {state: units for state, units in found.items() if units}


def _shared(
    portions: Iterable[Portion], names: Mapping[int, tuple[Bilingual, Bilingual]], key: Callable[[Portion], int]
) -> tuple[ShareRow, ...]:
    """The largest first, the equal in the order of their names."""
    groups: dict[int, list[Portion]] = {one: [] for one in names}
    for one in portions:
        groups[key(one)].append(one)
    shares = [
        ShareRow(key, *names[key], _told(members, lambda one: one.state), _told(members, lambda one: one.fate))
        for key, members in groups.items()
    ]
    return tuple(sorted(shares, key=lambda share: -share.total))


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
