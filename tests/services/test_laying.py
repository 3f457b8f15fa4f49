"""Part of a lot on a shelf: where the rest lies, what gives, and that the shares always add up to the stock."""

import uuid
from random import Random

import pytest

from app.core.statuses.stock import MovementKind, StockState
from app.core.words import LANGUAGES, describe
from app.queries.shelf_shares import shares_of
from app.queries.shelves import lot_shelves, lying_in, shelf_codes, shelf_history, shelves_of, shelves_of_batch
from app.services.laying import TooMuchForShelfError
from app.services.shelving import ShelvingService
from tests.store_floor import store_floor


@pytest.fixture
def floor(database):
    floor = store_floor(database)
    ShelvingService(database).add_shelves(
        actor=floor.actor("keeper"), location_id=floor.places["store"], codes=["A-01", "B-02", "C-03"]
    )
    return floor


def lay(floor, shelf, quantity=None, lot="A1"):
    return ShelvingService(floor.life.database).put_away(
        actor=floor.actor("keeper"),
        op_id=uuid.uuid4().hex,
        location_id=floor.places["store"],
        shelf=shelf,
        wanted=floor.life.wanted(lot),
        quantity=quantity,
    )


def lying(floor, batch) -> dict[str, int]:
    with floor.life.database.reading() as session:
        found = shares_of(session, floor.places["store"], [batch]).get(batch, [])
        assert len({share.shelf for share in found}) == len(found)
        return {share.shelf: share.quantity for share in found}


def issue(floor, batch, quantity):
    ends = ("store", StockState.IN_STOCK), ("icu", StockState.PAR)
    floor.life.house.move(MovementKind.ISSUE, batch, quantity, *ends)


def test_thirty_of_a_hundred_on_one_shelf_the_rest_elsewhere(floor):
    batch, store = floor.life.house.batch("CVC", "A1", 100), floor.places["store"]
    first = lay(floor, "A-01", 30)
    assert (first.before, first.quantity) == ((), 30)
    assert lying(floor, batch) == {"": 70, "A-01": 30}
    assert lay(floor, "B-02", 70).before == ()
    assert lying(floor, batch) == {"A-01": 30, "B-02": 70}
    with floor.life.database.reading() as session:
        assert [(row.shelf, row.quantity, row.stock) for row in lying_in(session, store)] == [
            ("A-01", 30, 100),
            ("B-02", 70, 100),
        ]
        assert [(row.code, row.batches, row.units) for row in shelves_of(session, store)] == [
            ("A-01", 1, 30),
            ("B-02", 1, 70),
            ("C-03", 0, 0),
        ]
        assert shelf_codes(session, store, [batch]) == {batch: "A-01 / B-02"}
        assert lot_shelves(session, store, floor.life.house.products["CVC"], "A1") == ("A-01", "B-02")
        assert shelves_of_batch(session, batch) == {store: "A-01 30 · B-02 70"}
        assert [(row.shelf, row.quantity) for row in shelf_history(session, batch)] == [("B-02", 70), ("A-01", 30)]


def test_units_come_from_the_floor_first_then_from_the_shelf_filled_longest_ago(floor):
    batch = floor.life.house.batch("CVC", "A1", 100)
    lay(floor, "A-01", 40)
    lay(floor, "B-02", 50)
    moved = lay(floor, "C-03", 30)
    assert moved.before == ("A-01",)
    assert lying(floor, batch) == {"A-01": 20, "B-02": 50, "C-03": 30}


def test_a_part_leaves_the_shelf_on_which_all_lay_and_may_come_back(floor):
    batch = floor.life.house.batch("CVC", "A1", 100)
    lay(floor, "A-01")
    assert lay(floor, "B-02", 30).before == ("A-01",)
    assert lying(floor, batch) == {"A-01": 70, "B-02": 30}
    assert lay(floor, "A-01", 10).before == ("B-02",)
    assert lying(floor, batch) == {"B-02": 20, "A-01": 80}
    lay(floor, "C-03")
    assert lying(floor, batch) == {"C-03": 100}


def test_what_was_issued_came_from_the_rest_then_from_the_shelf_filled_longest_ago(floor):
    batch = floor.life.house.batch("CVC", "A1", 100)
    lay(floor, "A-01", 30)
    lay(floor, "B-02", 30)
    issue(floor, batch, 30)
    assert lying(floor, batch) == {"": 10, "A-01": 30, "B-02": 30}
    issue(floor, batch, 20)
    assert lying(floor, batch) == {"A-01": 20, "B-02": 30}
    issue(floor, batch, 40)
    assert lying(floor, batch) == {"B-02": 10}
    issue(floor, batch, 10)
    assert lying(floor, batch) == {}


def test_several_receipts_of_a_lot_are_laid_one_after_another(floor):
    first, second = (floor.life.house.batch("CVC", "A1", 20) for _ in range(2))
    lay(floor, "A-01", 30)
    assert (lying(floor, first), lying(floor, second)) == ({"A-01": 20}, {"": 10, "A-01": 10})


@pytest.mark.parametrize("quantity", [0, -3, 101])
def test_more_than_there_is_and_nothing_at_all_are_refused(floor, quantity):
    batch = floor.life.house.batch("CVC", "A1", 100)
    with pytest.raises(TooMuchForShelfError) as caught:
        lay(floor, "A-01", quantity)
    assert all("100" in describe(caught.value, language) for language in LANGUAGES)
    assert lying(floor, batch) == {"": 100}
    lay(floor, "A-01")
    with pytest.raises(TooMuchForShelfError):
        lay(floor, "A-01", 1)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_laid_and_issued_the_shares_add_up(floor, seed):
    random, stock = Random(seed), 60
    batch = floor.life.house.batch("CVC", "A1", stock)
    for _ in range(25):
        before, shelf = lying(floor, batch), random.choice(["A-01", "B-02", "C-03"])
        if random.random() < 0.25 and stock > 12:
            part = random.randint(1, 4)
            issue(floor, batch, part)
            stock -= part
        elif random.random() < 0.15:
            lay(floor, shelf)
            assert lying(floor, batch) == {shelf: stock}
        elif stock > before.get(shelf, 0):
            units = random.randint(1, stock - before.get(shelf, 0))
            lay(floor, shelf, units)
            assert lying(floor, batch)[shelf] == before.get(shelf, 0) + units
        assert sum(lying(floor, batch).values()) == stock
