"""Quantities go through packaging levels on every page, and base units are conserved at every step, on both engines."""

import random
import uuid

import pytest
from sqlalchemy import func, select

from app.core.packages import read_quantity, said
from app.core.statuses.requisition import RequisitionState
from app.core.statuses.stock import Inspection, StockState
from app.core.words import LANGUAGES
from app.models.catalogue import DeviceIdentifier, PackagingLevel
from app.models.stock import Balance, Batch
from app.queries.free_stock import stock_of_products
from app.queries.packages import levels_of
from app.services.requisitioning import RequisitioningService, Served
from tests.services.receiving_bay import FAR, Bay, label
from tests.stock_life import gtin
from tests.store_floor import store_floor

PIECE, BOX, CASE = gtin("0699999991401"), gtin("1699999991401"), gtin("2699999991401")
SEEDS = range(4)


@pytest.fixture
def floor(database):
    """A product in pieces, boxes of 10 and cases of 100, each with its own identifier."""
    floor = store_floor(database)
    house = floor.life.house
    product = house.product("NDL", PIECE, carton_di=BOX, carton=10)
    with database.writing(None) as session:
        box = session.scalars(
            select(PackagingLevel).where(PackagingLevel.product_id == product, PackagingLevel.level == 1)
        ).one()
        box.name_zh, box.name_en = "盒", "box"
        case = PackagingLevel(product_id=product, level=2, name_zh="箱", name_en="case", units=100)
        session.add(case)
        session.flush()
        session.add(DeviceIdentifier(product_id=product, packaging_level_id=case.id, agency="gs1", di=CASE))
    with database.reading() as session:
        floor.levels = levels_of(session, [product])[product]
    floor.bay = Bay(database, house)
    floor.product = product
    return floor


def received(floor, *scans: tuple[str, int]) -> int:
    """Release what these scans (identifier, how often) brought; the base units."""
    for di, times in scans:
        for _ in range(times):
            floor.bay.scan(label(di, "N1", FAR))
    posted = floor.bay.post()
    for batch_id in posted.batch_ids:
        floor.life.house.inspect(batch_id, units(floor), "inspector", Inspection.RELEASED)
    return units(floor)


def units(floor, *states: StockState) -> int:
    """Base units on the books, in these states or in all."""
    query = select(func.sum(Balance.quantity)).join(Batch).where(Batch.product_id == floor.product)
    if states:
        query = query.where(Balance.state.in_(states))
    with floor.life.database.reading() as session:
        return int(session.scalar(query) or 0)


def test_each_level_scanned_counts_its_base_units(floor):
    assert received(floor, (CASE, 2), (BOX, 3), (PIECE, 4)) == 234
    assert [said(234, floor.levels, language) for language in LANGUAGES] == ["2 箱 3 盒 4 件", "2 case 3 box 4 pc"]


def test_a_mistyped_unit_moves_nothing(floor):
    received(floor, (CASE, 1))
    for typed in ("2 托", "1.5箱", "5 1箱", ""):
        assert read_quantity(typed, floor.levels) is None
    assert (units(floor), units(floor, StockState.IN_STOCK)) == (100, 100)


@pytest.mark.parametrize("seed", SEEDS)
def test_base_units_are_conserved_through_every_page(floor, seed):
    dice = random.Random(seed)
    whole = received(floor, (CASE, 5), (BOX, dice.randint(1, 9)), (PIECE, dice.randint(1, 9)))
    left = whole
    for _step in range(5):
        wanted = dice.randint(1, max(1, left // 4))
        typed = read_quantity(said(wanted, floor.levels, dice.choice(LANGUAGES)) or str(wanted), floor.levels)
        assert typed == wanted
        left -= dice.choice((issue, transfer, requisition))(floor, wanted)
        assert units(floor) == whole
        assert units(floor, StockState.IN_STOCK) == left + at_second_store(floor)
    counted = read_quantity(said(left, floor.levels, "zh") or str(left), floor.levels)
    count_id = floor.open_count("store", "NDL")
    floor.typed(count_id, "N1", counted, product="NDL")
    floor.finish(count_id)
    assert floor.line(count_id, "N1").difference == 0
    assert units(floor) == whole


def issue(floor, wanted: int) -> int:
    return floor.life.issue("N1", wanted, product="NDL").quantity


def transfer(floor, wanted: int) -> int:
    sent = floor.send(floor.life.wanted("N1", wanted, "NDL"))
    floor.receive(sent.transfer_id, wanted)
    return sent.quantity


def requisition(floor, wanted: int) -> int:
    service, house = RequisitioningService(floor.life.database), floor.life.house
    asked = service.ask(
        actor=floor.actor("nurse"),
        department_id=house.places["icu"],
        store_id=house.places["store"],
        lines=[(floor.product, wanted)],
    )
    if asked.state is RequisitionState.ASKED:
        service.decide(actor=floor.actor("head"), requisition_id=asked.id, approves=True)
    with floor.life.database.reading() as session:
        assert stock_of_products(session, [floor.product], house.places["store"])[floor.product].reserved == wanted
    served = service.issue(
        actor=floor.actor("keeper"),
        op_id=uuid.uuid4().hex,
        requisition_id=asked.id,
        goods=[Served(floor.life.wanted("N1", wanted, "NDL"))],
    )
    return served.quantity


def at_second_store(floor) -> int:
    with floor.life.database.reading() as session:
        found = session.scalar(
            select(func.sum(Balance.quantity))
            .join(Batch)
            .where(Batch.product_id == floor.product, Balance.location_id == floor.places["store2"])
        )
    return int(found or 0)
