"""Use on a patient and return to the store: recorded whatever holds the goods, never silently."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.changes import Topic
from app.core.permissions import NotEntitledError
from app.core.statuses.stock import MovementKind, StockState
from app.models.stock import Balance, Movement, PatientUse
from app.services.picking import NoSuchLotError, TooFewError
from app.services.ward import UseAheadError, UseDespiteLockError, VisitNeededError
from tests.stock_life import stock_life


@pytest.fixture
def life(database):
    life = stock_life(database)
    life.house.batch("CVC", "A1", 50)
    life.issue("A1", 10)
    return life


def on_ward(life, state, place="icu"):
    with life.database.reading() as session:
        rows = session.scalars(
            select(Balance.quantity).where(Balance.location_id == life.house.places[place], Balance.state == state)
        )
        return sum(rows)


def give_back(life, lot, quantity):
    return life.ward.give_back(
        actor=life.actor("nurse"),
        op_id=uuid.uuid4().hex,
        place_id=life.house.places["icu"],
        store_id=life.house.places["store"],
        wanted=life.wanted(lot, quantity),
    )


def test_a_use_takes_from_the_ward_and_keeps_only_the_visit_number(life):
    used = life.use("A1", 2)

    assert used.document_no.startswith("SY-")
    assert not used.despite_lock
    assert (on_ward(life, StockState.PAR), on_ward(life, StockState.USED)) == (8, 2)
    with life.database.reading() as session:
        row = session.scalars(select(PatientUse)).one()
        assert row.visit_no == "ZY20261234471"


def test_a_use_without_a_visit_number_or_in_the_future_is_refused(life):
    with pytest.raises(VisitNeededError):
        life.use("A1", visit_no="  ")
    with pytest.raises(UseAheadError):
        life.use("A1", used_at=life.database.clock() + timedelta(hours=1))


def test_the_time_of_use_is_kept_beside_the_time_of_recording(life):
    earlier = life.database.clock() - timedelta(hours=3)

    life.use("A1", used_at=earlier)

    with life.database.reading() as session:
        assert session.scalars(select(PatientUse.used_at)).one() == earlier


def test_a_locked_box_is_not_used_without_a_second_person(life):
    life.recall("A1")

    with pytest.raises(UseDespiteLockError):
        life.use("A1")
    with pytest.raises(UseDespiteLockError):
        life.use("A1", second="head", reason=" ")
    assert on_ward(life, StockState.USED) == 0


def test_a_use_that_happened_despite_a_lock_is_recorded_with_two_persons_and_a_reason(life):
    life.recall("A1")

    used = life.use("A1", second="head", reason="抢救时未及核对")

    assert used.despite_lock
    assert Topic.RECALLS in used.changes
    with life.database.reading() as session:
        line = session.get(Movement, used.movement_ids[0])
        assert line.despite_lock
        assert line.second_person_id == life.house.persons["head"]
        assert line.reason == "抢救时未及核对"


def test_a_use_out_of_quarantine_takes_two_persons_too(life):
    batch = life.house.batch("CVC", "Q1", 1)
    life.issue("Q1", 1)
    life.house.move(MovementKind.QUARANTINE, batch, 1, ("icu", StockState.PAR), ("icu", StockState.QUARANTINED))

    with pytest.raises(UseDespiteLockError):
        life.use("Q1")
    assert life.use("Q1", second="head", reason="误取").document_no


def test_a_use_the_books_cannot_explain_is_recorded_as_a_gain_and_a_use(life):
    with pytest.raises(TooFewError):
        life.use("A1", 12)

    used = life.use("A1", 12, second="head", reason="借自手术室")

    assert on_ward(life, StockState.USED) == 12
    assert on_ward(life, StockState.UNACCOUNTED) == -2
    assert len(used.movement_ids) == 2


def test_a_recalled_use_the_books_cannot_explain_is_recorded_too(life):
    life.recall("A1")

    assert life.use("A1", 12, second="head", reason="借自手术室").despite_lock


def test_a_use_of_a_lot_that_never_came_cannot_be_placed(life):
    with pytest.raises(NoSuchLotError):
        life.use("ZZ9", second="head", reason="误取")


def test_only_the_ward_registers_a_use(life):
    with pytest.raises(NotEntitledError):
        life.ward.use(
            actor=life.actor("keeper"),
            op_id="x",
            place_id=life.house.places["icu"],
            wanted=life.wanted("A1"),
            visit_no="ZY1",
        )


def test_a_return_goes_back_to_the_store(life):
    returned = give_back(life, "A1", 4)

    assert returned.document_no.startswith("TK-")
    assert (returned.quantity, returned.quarantined, returned.quarantine) == (4, 0, None)
    assert on_ward(life, StockState.IN_STOCK, "store") == 44


def test_a_locked_return_lands_in_the_quarantine_area(life):
    life.hold("A1")

    returned = give_back(life, "A1", 4)

    assert returned.quarantined == 4
    assert returned.quarantine.zh == "隔离区"
    assert on_ward(life, StockState.QUARANTINED, "quarantine") == 4


def test_more_than_the_ward_has_cannot_come_back(life):
    with pytest.raises(TooFewError):
        give_back(life, "A1", 11)


def test_the_same_act_sent_twice_is_recorded_once(life):
    act = {
        "actor": life.actor("nurse"),
        "op_id": "one-act",
        "place_id": life.house.places["icu"],
        "wanted": life.wanted("A1"),
        "visit_no": "ZY1",
    }
    first = life.ward.use(**act)

    assert life.ward.use(**act) == first
    assert on_ward(life, StockState.USED) == 1
