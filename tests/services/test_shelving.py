"""Shelves: their codes, what lies on them, and that nothing is ever overwritten."""

import uuid

import pytest

from app.core.errors import AppError, NotFoundError
from app.core.permissions import NotEntitledError
from app.core.words import LANGUAGES, describe
from app.queries.batch_card import batch_card
from app.queries.shelves import lot_shelves, lying_in, shelf_codes, shelf_history, shelves_of
from app.services.picking import NoSuchLotError
from app.services.shelving import (
    BadShelfCodeError,
    NoSuchShelfError,
    NothingToPrintError,
    NotInStoreError,
    ShelfExistsError,
    ShelvingService,
)
from app.services.stops import LotPendingError
from tests.store_floor import store_floor


@pytest.fixture
def floor(database):
    return store_floor(database)


@pytest.fixture
def shelving(floor):
    return ShelvingService(floor.life.database)


def refused(error, call) -> AppError:
    with pytest.raises(error) as caught:
        call()
    for language in LANGUAGES:
        assert describe(caught.value, language)
    return caught.value


def add(floor, shelving, *codes, place="store", by="keeper"):
    return shelving.add_shelves(actor=floor.actor(by), location_id=floor.places[place], codes=codes)


def lay(floor, shelving, shelf, lot, place="store", by="keeper", op_id=None, **more):
    return shelving.put_away(
        actor=floor.actor(by),
        op_id=op_id or uuid.uuid4().hex,
        location_id=floor.places[place],
        shelf=shelf,
        wanted=floor.life.wanted(lot, **more),
    )


def rows(floor, query, *args):
    with floor.life.database.reading() as session:
        return query(session, *args)


def test_a_lot_is_laid_on_a_shelf_and_moved_with_its_history(floor, shelving):
    batch = floor.life.house.batch("CVC", "A1", 10)
    add(floor, shelving, "a-01", "B-02")
    store = floor.places["store"]
    assert [(row.lot_no, row.shelf) for row in rows(floor, lying_in, store)] == [("A1", "")]

    assert lay(floor, shelving, "A-01", "A1").before == ()
    moved = lay(floor, shelving, "b-02", "a1", by="keeper2")

    assert (moved.shelf, moved.lot, moved.before) == ("B-02", "A1", ("A-01",))
    assert rows(floor, shelf_codes, store, [batch]) == {batch: "B-02"}
    assert [(row.shelf, row.by.en) for row in rows(floor, shelf_history, batch)] == [
        ("B-02", "Keeper2"),
        ("A-01", "Keeper"),
    ]
    assert [(row.code, row.batches, row.units) for row in rows(floor, shelves_of, store)] == [
        ("A-01", 0, 0),
        ("B-02", 1, 10),
    ]
    assert rows(floor, lot_shelves, store, floor.life.house.products["CVC"], "A1") == ("B-02",)
    assert rows(floor, lot_shelves, store, floor.life.house.products["CVC"], None) == ("B-02",)


def test_all_receipts_of_the_lot_lie_together_but_only_released_ones(floor, shelving):
    first = floor.life.house.batch("CVC", "A1", 10)
    second = floor.life.house.batch("CVC", "A1", 10)
    floor.life.house.batch("CVC", "A1", 10, released_by=None)
    add(floor, shelving, "A-01")

    assert set(lay(floor, shelving, "A-01", "A1").batch_ids) == {first, second}


def test_each_store_has_its_own_shelves(floor, shelving):
    batch = floor.life.house.batch("CVC", "A1", 10)
    add(floor, shelving, "A-01")
    add(floor, shelving, "A-01", place="store2")
    sent = floor.send(floor.life.wanted("A1", 4))
    floor.receive(sent.transfer_id, 4)
    lay(floor, shelving, "A-01", "A1", place="store2")

    assert rows(floor, shelf_codes, floor.places["store"], [batch]) == {}
    assert rows(floor, shelf_codes, floor.places["store2"], [batch]) == {batch: "A-01"}


def test_goods_that_wait_for_inspection_or_lie_elsewhere_are_refused(floor, shelving):
    floor.life.house.batch("CVC", "NEW", 10, released_by=None)
    floor.life.house.batch("CVC", "A1", 10)
    add(floor, shelving, "A-01")
    add(floor, shelving, "A-01", place="store2")

    refused(LotPendingError, lambda: lay(floor, shelving, "A-01", "NEW"))
    refused(NotInStoreError, lambda: lay(floor, shelving, "A-01", "A1", place="store2"))
    refused(NoSuchLotError, lambda: lay(floor, shelving, "A-01", "ZZ"))
    refused(NoSuchShelfError, lambda: lay(floor, shelving, "X-99", "A1"))
    refused(NotFoundError, lambda: lay(floor, shelving, "A-01", "A1", place="icu"))


def test_shelf_codes_are_plain_and_once_a_store(floor, shelving):
    ids = add(floor, shelving, "A-01").shelf_ids

    refused(ShelfExistsError, lambda: add(floor, shelving, "B-01", "a-01 "))
    for bad in ("", "架1", "A 1", "A" * 21):
        refused(BadShelfCodeError, lambda bad=bad: add(floor, shelving, bad))
    assert [row.code for row in rows(floor, shelves_of, floor.places["store"])] == ["A-01"]
    shelving.retire_shelf(actor=floor.actor("keeper"), shelf_id=ids[0])
    assert rows(floor, shelves_of, floor.places["store"]) == []
    assert add(floor, shelving, "A-01").shelf_ids == ids
    refused(NotFoundError, lambda: shelving.retire_shelf(actor=floor.actor("keeper"), shelf_id=10**6))


def test_a_nurse_lays_nothing(floor, shelving):
    refused(NotEntitledError, lambda: add(floor, shelving, "A-01", by="nurse"))
    refused(NotEntitledError, lambda: lay(floor, shelving, "A-01", "A1", by="nurse"))


def test_the_same_act_is_kept_once(floor, shelving):
    batch = floor.life.house.batch("CVC", "A1", 10)
    add(floor, shelving, "A-01")
    op_id = uuid.uuid4().hex
    laid = lay(floor, shelving, "A-01", "A1", op_id=op_id)

    assert lay(floor, shelving, "A-01", "A1", op_id=op_id) == laid
    assert len(rows(floor, shelf_history, batch)) == 1


def test_labels_are_printed_for_shelves_in_use(floor, shelving):
    keeper, store = floor.actor("keeper"), floor.places["store"]
    refused(NothingToPrintError, lambda: shelving.labels(actor=keeper, location_id=store))
    ids = add(floor, shelving, "A-01", "A-02").shelf_ids

    assert shelving.labels(actor=keeper, location_id=store).startswith(b"%PDF")
    assert len(shelving.labels(actor=keeper, location_id=store, shelf_ids=ids[:1])) > 1000


def test_the_shelf_stands_on_the_batch_card_and_on_the_line_of_an_issue(floor, shelving):
    batch = floor.life.house.batch("CVC", "A1", 10)
    add(floor, shelving, "A-01")
    lay(floor, shelving, "A-01", "A1")

    card = rows(floor, batch_card, batch)
    assert [(place.state.value, place.shelf) for place in card.places] == [("in_stock", "A-01")]
    checked = floor.life.issuing.check(floor.life.wanted("A1", 2), floor.places["store"])
    assert checked.shelves == ("A-01",)
