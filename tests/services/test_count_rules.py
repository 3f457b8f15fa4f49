"""Who may count what, in which order, and that everything is posted once."""

import threading
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from app.core.count_reasons import NoteMissingError, ReasonUnknownError
from app.core.errors import AppError, ConflictError, NotFoundError
from app.core.permissions import NotEntitledError
from app.core.statuses.stock import StockState
from app.core.statuses.store_work import CountState
from app.core.words import LANGUAGES, describe
from app.models.refusals import OwnSecondError, OwnStepError, UnsignedError
from app.models.store_work import StockCount
from app.queries.stock_counts import products_at, stock_counts
from app.services.count_entering import NotOnSheetError
from app.services.count_lines import CountStateError
from app.services.count_posting import CounterApprovesError
from app.services.counting import CountOpenError, KeepsNoStockError
from tests.store_floor import store_floor

STOCK, PAR, ASIDE, GONE = StockState.IN_STOCK, StockState.PAR, StockState.QUARANTINED, StockState.UNACCOUNTED


@pytest.fixture
def floor(database):
    return store_floor(database)


def refused(error, call) -> AppError:
    with pytest.raises(error) as caught:
        call()
    for language in LANGUAGES:
        assert describe(caught.value, language)
    return caught.value


def finished(floor, found: int, lot="A1", place="store", by="keeper") -> int:
    count_id = floor.open_count(place, by=by)
    floor.found(count_id, lot, found, by=by)
    floor.finish(count_id, by=by)
    return count_id


def test_only_chosen_products_are_on_the_sheet(floor):
    floor.life.house.product("TUBE")
    floor.life.house.batch("CVC", "A1", 10)
    floor.life.house.batch("TUBE", "T1", 10)
    count_id = floor.open_count("store", "TUBE")

    refused(NotOnSheetError, lambda: floor.found(count_id, "A1"))
    floor.found(count_id, "T1", 10, product="TUBE")
    floor.finish(count_id)
    assert [line.lot_no for line in floor.count(count_id).lines] == ["T1"]
    with floor.life.database.reading() as session:
        assert [row.code for row in products_at(session, floor.places["store"])] == ["CVC", "TUBE"]


def test_one_open_sheet_a_place(floor):
    floor.life.house.batch("CVC", "A1", 10)
    count_id = floor.open_count()

    refused(CountOpenError, floor.open_count)
    refused(KeepsNoStockError, lambda: floor.open_count("clinic"))
    floor.counting.cancel(actor=floor.actor("keeper"), count_id=count_id, version=floor.count(count_id).head.version)
    refused(CountStateError, lambda: floor.found(count_id, "A1"))
    floor.open_count()
    with floor.life.database.reading() as session:
        states = [row.state for row in stock_counts(session)]
        assert states == [CountState.COUNTING, CountState.CANCELLED]
        assert len(stock_counts(session, [floor.places["store"]], only_open=True)) == 1
        assert stock_counts(session, [floor.places["icu"]]) == []


def test_a_ward_counts_its_own_shelf_only(floor):
    batch = floor.life.house.batch("CVC", "A1", 10)
    floor.life.issue("A1", 4)
    refused(NotEntitledError, lambda: floor.open_count("store", by="nurse"))
    refused(NotEntitledError, lambda: floor.open_count("icu", by="auditor"))
    count_id = finished(floor, 3, place="icu", by="nurse")
    floor.explain(count_id, "A1", "unrecorded_issue", by="nurse")

    floor.approve(count_id, second="head", by="nurse")

    assert floor.balances(batch) == {("store", STOCK): 6, ("icu", PAR): 3, ("icu", GONE): 1}


def test_who_counted_does_not_approve(floor):
    floor.life.house.batch("CVC", "A1", 10)
    count_id = floor.open_count()
    floor.found(count_id, "A1", 5)
    floor.found(count_id, "A1", 5, by="keeper2")
    floor.finish(count_id)

    refused(CounterApprovesError, lambda: floor.approve(count_id, second="keeper2"))
    refused(OwnSecondError, lambda: floor.approve(count_id, second="keeper"))
    refused(NotEntitledError, lambda: floor.approve(count_id, second="auditor"))
    refused(UnsignedError, lambda: floor.approve(count_id, op_id=uuid.uuid4().hex))


def test_the_wall_holds_the_approval_against_a_patched_client(floor):
    floor.life.house.batch("CVC", "A1", 10)
    count_id = finished(floor, 10)
    keeper, inspector = floor.life.house.persons["keeper"], floor.life.house.persons["inspector"]

    def force(approver: int, op_id: str) -> None:
        with floor.life.database.writing(keeper) as session:
            count = session.get_one(StockCount, count_id)
            count.state = CountState.POSTED
            count.posted_by, count.approved_by, count.post_op_id = keeper, approver, op_id

    refused(OwnStepError, lambda: force(keeper, floor.signed("keeper")))
    refused(UnsignedError, lambda: force(inspector, uuid.uuid4().hex))
    force(inspector, floor.signed("inspector"))


def test_reasons_come_from_the_list_and_some_need_a_sentence(floor):
    floor.life.house.batch("CVC", "A1", 10)
    count_id = finished(floor, 9)

    refused(ReasonUnknownError, lambda: floor.explain(count_id, "A1", "unrecorded_return"))
    refused(NoteMissingError, lambda: floor.explain(count_id, "A1", "lost"))
    refused(
        NotFoundError,
        lambda: floor.counting.give_reason(
            actor=floor.actor("keeper"), count_id=count_id, line_id=10**6, reason="lost"
        ),
    )


def test_steps_out_of_turn_are_refused(floor):
    floor.life.house.batch("CVC", "A1", 10)
    count_id = floor.open_count()
    refused(CountStateError, lambda: floor.approve(count_id))
    old = floor.count(count_id).head.version
    floor.finish(count_id)
    refused(CountStateError, lambda: floor.found(count_id, "A1"))
    refused(ConflictError, lambda: floor.approve(count_id, version=old))
    refused(NotFoundError, lambda: floor.recount(count_id, "nothing"))
    refused(NotFoundError, lambda: floor.count(10**6))


def test_the_same_act_counts_once(floor):
    floor.life.house.batch("CVC", "A1", 10)
    count_id = floor.open_count()
    op_id = uuid.uuid4().hex
    counted = floor.found(count_id, "A1", 4, op_id=op_id)

    assert floor.found(count_id, "A1", 4, op_id=op_id) == counted
    assert floor.count(count_id).found[0].total == 4


def test_the_same_approval_posts_once(floor):
    batch = floor.life.house.batch("CVC", "A1", 10)
    count_id = finished(floor, 9)
    floor.explain(count_id, "A1", "unrecorded_issue")
    op_id, version = floor.signed("inspector"), floor.count(count_id).head.version
    posted = floor.approve(count_id, op_id=op_id, version=version)

    assert floor.approve(count_id, op_id=op_id, version=version) == posted
    refused(CountStateError, lambda: floor.approve(count_id))
    assert floor.balances(batch) == {("store", STOCK): 9, ("store", GONE): 1}


def test_two_persons_who_approve_at_once_post_once(floor):
    batch = floor.life.house.batch("CVC", "A1", 10)
    count_id = finished(floor, 9)
    floor.explain(count_id, "A1", "unrecorded_issue")
    version, told = floor.count(count_id).head.version, []
    signed = {second: floor.signed(second) for second in ("inspector", "boss")}

    def approve(second: str) -> None:
        try:
            floor.approve(count_id, second, op_id=signed[second], version=version)
            told.append("done")
        except AppError as error:
            told.append(type(error).__name__)

    threads = [threading.Thread(target=approve, args=(second,)) for second in signed]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told) == ["CountStateError", "done"]
    assert floor.balances(batch) == {("store", STOCK): 9, ("store", GONE): 1}


def test_goods_found_expired_by_the_site_date_are_said(floor):
    today = datetime.now(UTC).date()
    floor.life.house.batch("CVC", "A1", 3, expiry=today + timedelta(days=400))
    count_id = floor.open_count()
    assert floor.found(count_id, "A1").layers == ()
