"""Transfers: sent by scan, received line by line, settled by two, taken back while nothing has arrived."""

import threading
import uuid
from datetime import date

import pytest

from app.core.count_reasons import NoteMissingError, ReasonUnknownError
from app.core.errors import AppError, ConflictError, NotFoundError
from app.core.permissions import NotEntitledError
from app.core.statuses.locks import LockLayer
from app.core.statuses.stock import Inspection, MovementKind, StockState
from app.core.statuses.store_work import TransferState
from app.core.words import LANGUAGES, describe
from app.models.refusals import OwnSecondError, ReasonMissingError, SecondMissingError, UnsignedError
from app.queries.transfers import incoming, outgoing, transfer_by_number
from app.services.correcting import TransferStandsError
from app.services.issuing import EarlierExpiryError
from app.services.picking import TooFewError
from app.services.repeating import OperationReusedError
from app.services.stops import LotExpiredError, LotOnHoldError, LotPendingError, LotRecalledError, LotRejectedError
from app.services.transferring import (
    ArrivedAlreadyError,
    GoneFromTransitError,
    MoreThanSentError,
    NothingOpenError,
    NothingToSendError,
    NotTwoStoresError,
)
from tests.store_floor import store_floor

STOCK, WAY, ASIDE, GONE = StockState.IN_STOCK, StockState.IN_TRANSIT, StockState.QUARANTINED, StockState.UNACCOUNTED
SOON, LATER = date(2098, 1, 31), date(2099, 12, 31)


@pytest.fixture
def floor(database):
    return store_floor(database)


def wanted(floor, lot, quantity, **more):
    return floor.life.wanted(lot, quantity, **more)


def refused(error, call) -> AppError:
    with pytest.raises(error) as caught:
        call()
    for language in LANGUAGES:
        assert describe(caught.value, language)
    return caught.value


def test_sent_goods_stand_in_transit_at_the_target(floor):
    batch = floor.life.house.batch("CVC", "A1", 100)

    sent = floor.send(wanted(floor, "A1", 30))

    assert sent.number.startswith("DB-")
    assert sent.quantity == 30
    assert floor.balances(batch) == {("store", STOCK): 70, ("store2", WAY): 30}
    sheet = floor.sheet(sent.transfer_id)
    assert (sheet.head.state, sheet.head.quantity, sheet.head.missing) == (TransferState.SENT, 30, 30)
    assert [(line.lot_no, line.quantity, line.missing) for line in sheet.lines] == [("A1", 30, 30)]


def test_lists_say_what_is_coming_and_going(floor):
    floor.life.house.batch("CVC", "A1", 100)
    first = floor.send(wanted(floor, "A1", 30))
    second = floor.send(wanted(floor, "A1", 20))
    floor.receive(second.transfer_id, 20)

    with floor.life.database.reading() as session:
        coming = incoming(session, floor.places["store2"])
        assert [(row.id, row.state) for row in coming] == [
            (first.transfer_id, TransferState.SENT),
            (second.transfer_id, TransferState.RECEIVED),
        ]
        assert [row.id for row in incoming(session, floor.places["store2"], only_open=True)] == [first.transfer_id]
        assert [row.id for row in outgoing(session, floor.places["store"], only_open=True)] == [first.transfer_id]
        assert incoming(session, floor.places["store"]) == []
        assert transfer_by_number(session, first.number.lower()).id == first.transfer_id
        with pytest.raises(NotFoundError):
            transfer_by_number(session, "DB-0")


def test_arrived_goods_lie_in_the_target_store(floor):
    batch = floor.life.house.batch("CVC", "A1", 100)
    sent = floor.send(wanted(floor, "A1", 30))

    received = floor.receive(sent.transfer_id, 30)

    assert (received.good, received.quarantined, received.missing) == (30, 0, 0)
    assert floor.balances(batch) == {("store", STOCK): 70, ("store2", STOCK): 30}
    assert floor.sheet(sent.transfer_id).head.state is TransferState.RECEIVED
    assert {row.document_no for row in floor.movements(sent.number)} == {sent.number}


def test_damaged_goods_land_in_quarantine(floor):
    batch = floor.life.house.batch("CVC", "A1", 100)
    sent = floor.send(wanted(floor, "A1", 30))

    received = floor.receive(sent.transfer_id, (28, 2))

    assert (received.good, received.quarantined) == (28, 2)
    assert floor.balances(batch) == {("store", STOCK): 70, ("store2", STOCK): 28, ("quarantine", ASIDE): 2}


def test_less_than_sent_stays_open_and_may_arrive_later(floor):
    batch = floor.life.house.batch("CVC", "A1", 100)
    sent = floor.send(wanted(floor, "A1", 30))

    assert floor.receive(sent.transfer_id, 25).missing == 5
    assert floor.sheet(sent.transfer_id).head.state is TransferState.SHORT
    assert floor.receive(sent.transfer_id, 3).missing == 2
    assert floor.receive(sent.transfer_id, 2).missing == 0

    assert floor.sheet(sent.transfer_id).head.state is TransferState.RECEIVED
    assert floor.balances(batch) == {("store", STOCK): 70, ("store2", STOCK): 30}


def test_nothing_arrived_is_a_difference_too(floor):
    floor.life.house.batch("CVC", "A1", 100)
    sent = floor.send(wanted(floor, "A1", 30))

    assert floor.receive(sent.transfer_id, 0).missing == 30
    assert floor.sheet(sent.transfer_id).head.state is TransferState.SHORT


def test_a_difference_is_settled_by_two_persons_with_a_reason(floor):
    batch = floor.life.house.batch("CVC", "A1", 100)
    sent = floor.send(wanted(floor, "A1", 30))
    floor.receive(sent.transfer_id, 25)

    ended = floor.settle(sent.transfer_id)

    assert ended.quantity == 5
    assert floor.balances(batch) == {("store", STOCK): 70, ("store2", STOCK): 25, ("store2", GONE): 5}
    loss = floor.movements(sent.number)[-1]
    assert (loss.kind, loss.second_person_id) == (MovementKind.STOCK_LOSS, floor.life.house.persons["inspector"])
    assert ":lost]" in loss.reason
    assert "找过了" in loss.reason
    sheet = floor.sheet(sent.transfer_id)
    assert (sheet.head.state, sheet.head.missing, sheet.lines[0].lost) == (TransferState.SETTLED, 0, 5)


def test_settling_needs_a_known_reason_its_note_and_an_entitled_second_who_signed(floor):
    floor.life.house.batch("CVC", "A1", 100)
    sent = floor.send(wanted(floor, "A1", 30))

    refused(ReasonUnknownError, lambda: floor.settle(sent.transfer_id, reason="unrecorded_issue"))
    refused(NoteMissingError, lambda: floor.settle(sent.transfer_id, note=" "))
    refused(NotEntitledError, lambda: floor.settle(sent.transfer_id, second="auditor"))
    refused(UnsignedError, lambda: floor.settle(sent.transfer_id, op_id=uuid.uuid4().hex))
    refused(OwnSecondError, lambda: floor.settle(sent.transfer_id, second="keeper"))
    assert floor.sheet(sent.transfer_id).head.state is TransferState.SENT


def test_a_transfer_is_taken_back_by_reversing_lines(floor):
    batch = floor.life.house.batch("CVC", "A1", 100)
    other = floor.life.house.batch("CVC", "B2", 50)
    sent = floor.send(wanted(floor, "A1", 30), wanted(floor, "B2", 50))

    floor.take_back(sent.transfer_id)

    assert floor.balances(batch) == {("store", STOCK): 100}
    assert floor.balances(other) == {("store", STOCK): 50}
    kinds = [row.kind for row in floor.movements(sent.number)]
    assert kinds == [MovementKind.TRANSFER] * 2 + [MovementKind.REVERSAL] * 2
    assert floor.sheet(sent.transfer_id).head.state is TransferState.TAKEN_BACK
    refused(NothingOpenError, lambda: floor.take_back(sent.transfer_id))


def test_what_has_partly_arrived_is_not_taken_back(floor):
    floor.life.house.batch("CVC", "A1", 100)
    sent = floor.send(wanted(floor, "A1", 30))
    floor.receive(sent.transfer_id, 1)

    refused(ArrivedAlreadyError, lambda: floor.take_back(sent.transfer_id))


def test_taking_back_takes_a_reason(floor):
    floor.life.house.batch("CVC", "A1", 100)
    sent = floor.send(wanted(floor, "A1", 30))

    refused(ReasonMissingError, lambda: floor.take_back(sent.transfer_id, reason=" "))


def test_locked_goods_go_back_into_quarantine_with_two_signatures(floor):
    batch = floor.life.house.batch("CVC", "A1", 100)
    sent = floor.send(wanted(floor, "A1", 30))
    assert not floor.transferring.needs_second(sent.transfer_id)
    floor.life.hold("A1")
    assert floor.transferring.needs_second(sent.transfer_id)

    refused(SecondMissingError, lambda: floor.take_back(sent.transfer_id))
    ended = floor.take_back(sent.transfer_id, second="inspector")

    assert ended.quarantined == 30
    assert floor.balances(batch) == {("store", STOCK): 70, ("store", ASIDE): 30}


def test_a_lock_that_comes_on_the_way_sends_the_goods_to_quarantine(floor):
    batch = floor.life.house.batch("CVC", "A1", 100)
    sent = floor.send(wanted(floor, "A1", 30))
    case_id = floor.life.recall("A1")

    received = floor.receive(sent.transfer_id, 30)

    assert (received.good, received.quarantined) == (0, 30)
    assert floor.balances(batch) == {("store", STOCK): 70, ("quarantine", ASIDE): 30}
    assert floor.movements(sent.number)[-1].case_id == case_id
    assert floor.sheet(sent.transfer_id).lines[0].layers == (LockLayer.RECALL_QUARANTINE,)


def test_goods_that_a_recall_took_from_the_way_are_not_received_twice(floor):
    batch = floor.life.house.batch("CVC", "A1", 100)
    sent = floor.send(wanted(floor, "A1", 30))
    floor.life.house.move(MovementKind.QUARANTINE, batch, 20, ("store2", WAY), ("quarantine", ASIDE))

    error = refused(GoneFromTransitError, lambda: floor.receive(sent.transfer_id, 30))

    assert error.values == {"lot": "A1", "there": 10}
    assert floor.receive(sent.transfer_id, 10).missing == 20


@pytest.mark.parametrize(
    ("lock", "error"),
    [
        (lambda life: life.hold("A1"), LotOnHoldError),
        (lambda life: life.recall("A1"), LotRecalledError),
    ],
    ids=["hold", "recall"],
)
def test_locked_goods_are_not_sent(floor, lock, error):
    floor.life.house.batch("CVC", "A1", 100)
    lock(floor.life)

    refused(error, lambda: floor.send(wanted(floor, "A1", 1)))


def test_expired_pending_and_rejected_goods_are_not_sent(floor):
    floor.life.expired_batch("OLD")
    floor.life.house.batch("CVC", "NEW", 10, released_by=None)
    bad = floor.life.house.batch("CVC", "BAD", 10, released_by=None)
    floor.life.house.inspect(bad, 10, "inspector", Inspection.REJECTED)

    for lot, error in (("OLD", LotExpiredError), ("NEW", LotPendingError), ("BAD", LotRejectedError)):
        refused(error, lambda lot=lot: floor.send(wanted(floor, lot, 1)))


def test_the_earliest_expiry_goes_first_or_a_reason_is_given(floor):
    floor.life.house.batch("CVC", "LATE", 10, expiry=LATER)
    floor.life.house.batch("CVC", "SOON", 10, expiry=SOON)

    error = refused(EarlierExpiryError, lambda: floor.send(wanted(floor, "LATE", 5)))
    assert error.values["earlier_lot"] == "SOON"

    sent = floor.send(wanted(floor, "LATE", 5), reason="二号库指定批号")
    assert floor.sheet(sent.transfer_id).head.reason == "二号库指定批号"
    floor.send(wanted(floor, "SOON", 10), wanted(floor, "LATE", 5))


def test_check_answers_a_scan_before_it_is_sent(floor):
    floor.life.house.batch("CVC", "LATE", 10, expiry=LATER)
    floor.life.house.batch("CVC", "SOON", 10, expiry=SOON)

    checked = floor.transferring.check(wanted(floor, "LATE", 2), floor.places["store"])

    assert (checked.available, checked.earlier.lot_no) == (10, "SOON")


def test_a_serial_unit_travels_by_itself(floor):
    floor.life.house.product("PUMP", needs_serial=True)
    batch = floor.life.house.batch("PUMP", "S1", serials=("SN1", "SN2"))
    sent = floor.send(wanted(floor, "S1", 1, product="PUMP", serial="SN2"))

    assert [line.serial_no for line in floor.sheet(sent.transfer_id).lines] == ["SN2"]
    floor.receive(sent.transfer_id, 1)
    assert floor.balances(batch) == {("store", STOCK): 1, ("store2", STOCK): 1}


def test_only_two_different_stores_may_be_ends(floor):
    floor.life.house.batch("CVC", "A1", 100)

    for ends in ({"target": "icu"}, {"target": "store"}, {"source": "quarantine"}):
        refused(NotTwoStoresError, lambda ends=ends: floor.send(wanted(floor, "A1", 1), **ends))
    refused(NothingToSendError, floor.send)
    refused(TooFewError, lambda: floor.send(wanted(floor, "A1", 101)))


def test_a_nurse_does_not_transfer(floor):
    floor.life.house.batch("CVC", "A1", 100)
    sent = floor.send(wanted(floor, "A1", 1))

    refused(NotEntitledError, lambda: floor.send(wanted(floor, "A1", 1), by="nurse"))
    refused(NotEntitledError, lambda: floor.receive(sent.transfer_id, 1, by="nurse"))
    refused(NotEntitledError, lambda: floor.settle(sent.transfer_id, by="nurse"))
    refused(NotEntitledError, lambda: floor.take_back(sent.transfer_id, by="nurse"))


def test_more_than_sent_does_not_arrive(floor):
    floor.life.house.batch("CVC", "A1", 100)
    sent = floor.send(wanted(floor, "A1", 30))

    error = refused(MoreThanSentError, lambda: floor.receive(sent.transfer_id, (30, 1)))
    assert error.values == {"lot": "A1", "missing": 30}


def test_the_same_act_posts_once(floor):
    batch = floor.life.house.batch("CVC", "A1", 100)
    op_id = uuid.uuid4().hex
    sent = floor.send(wanted(floor, "A1", 30), op_id=op_id)

    assert floor.send(wanted(floor, "A1", 30), op_id=op_id) == sent
    refused(OperationReusedError, lambda: floor.send(wanted(floor, "A1", 29), op_id=op_id))
    receipt, version = uuid.uuid4().hex, floor.version(sent.transfer_id)
    received = floor.receive(sent.transfer_id, 10, op_id=receipt, version=version)
    assert floor.receive(sent.transfer_id, 10, op_id=receipt, version=version) == received

    assert floor.balances(batch) == {("store", STOCK): 70, ("store2", STOCK): 10, ("store2", WAY): 20}
    assert floor.sheet(sent.transfer_id).lines[0].received == 10


def test_an_old_screen_is_told(floor):
    floor.life.house.batch("CVC", "A1", 100)
    sent = floor.send(wanted(floor, "A1", 30))
    old = floor.version(sent.transfer_id)
    floor.receive(sent.transfer_id, 10)

    refused(ConflictError, lambda: floor.receive(sent.transfer_id, 10, version=old))
    refused(NotFoundError, lambda: floor.sheet(10**6))
    refused(NotFoundError, lambda: floor.transferring.needs_second(10**6))


def test_a_line_of_a_transfer_is_not_corrected_behind_its_back(floor):
    floor.life.house.batch("CVC", "A1", 100)
    sent = floor.send(wanted(floor, "A1", 30))
    movement = floor.movements(sent.number)[0]

    refused(
        TransferStandsError,
        lambda: floor.life.correcting.reverse(
            actor=floor.actor("keeper"), op_id=uuid.uuid4().hex, movement_id=movement.id, reason="发错"
        ),
    )


def test_two_persons_who_receive_at_once_receive_once(floor):
    batch = floor.life.house.batch("CVC", "A1", 100)
    sent = floor.send(wanted(floor, "A1", 30))
    version, told = floor.version(sent.transfer_id), []

    def receive(by: str) -> None:
        try:
            floor.receive(sent.transfer_id, 30, by=by, version=version)
            told.append("done")
        except AppError as error:
            told.append(type(error).__name__)

    threads = [threading.Thread(target=receive, args=(by,)) for by in ("keeper", "keeper2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told) in (["ConflictError", "done"], ["NothingOpenError", "done"])
    assert floor.balances(batch) == {("store", STOCK): 70, ("store2", STOCK): 30}
