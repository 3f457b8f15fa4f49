"""The time machine: any past moment, rebuilt from the ledger as it was on record then."""

import json
import random
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.errors import AppError
from app.core.statuses.locks import LockLayer
from app.core.statuses.stock import Inspection, MovementKind, StockState
from app.models.recalls import RecallCase
from app.models.stock import Balance, Movement
from app.queries.as_of import Held, balances_as_of
from app.queries.batch_card import LockAct, SignedAct, batch_card
from app.queries.batches import find_batches
from app.queries.reader import Reader
from app.queries.tracing import trace_batch, trace_lot
from app.services.posting import Line, Shelf, post
from tests.services.recall_stage import recall_stage
from tests.stock_life import stock_life

K, S = MovementKind, StockState
ENDS = (
    (K.ISSUE, ("store", S.IN_STOCK), ("icu", S.PAR)),
    (K.ISSUE, ("store", S.IN_STOCK), ("clinic", S.EXPENSED)),
    (K.WARD_RETURN, ("icu", S.PAR), ("store", S.IN_STOCK)),
    (K.QUARANTINE, ("icu", S.PAR), ("quarantine", S.QUARANTINED)),
    (K.USE, ("icu", S.PAR), ("icu", S.USED)),
    (K.TRANSFER, ("store", S.IN_STOCK), ("store2", S.IN_TRANSIT)),
    (K.ARRIVAL, ("store2", S.IN_TRANSIT), ("store2", S.IN_STOCK)),
    (K.STOCK_LOSS, ("store", S.IN_STOCK), ("store", S.UNACCOUNTED)),
    (K.STOCK_GAIN, ("store", S.UNACCOUNTED), ("store", S.IN_STOCK)),
)


@pytest.fixture
def life(database):
    life = stock_life(database)
    life.batch_id = life.house.batch("CVC", "A1", 50)
    return life


def fetch(life, query, *args):
    return Reader(life.database).fetch(query, *args)


def recorded(life):
    """When each line was written down, by the database's own word."""
    with life.database.reading() as session:
        return list(session.scalars(select(Movement.recorded_at).order_by(Movement.id)))


def wander(life, seed, steps):
    """A random history; what the wall refuses did not happen."""
    chance = random.Random(seed)
    batches = [life.batch_id, life.house.batch("CVC", "B2", 20)]
    for _ in range(steps):
        life.later(seconds=1)
        kind, source, target = chance.choice(ENDS)
        needs_second = kind in (K.STOCK_LOSS, K.STOCK_GAIN)
        try:
            life.house.move(
                kind,
                chance.choice(batches),
                chance.randint(1, 6),
                source,
                target,
                second="inspector" if needs_second else None,
                reason="盘点",
            )
        except AppError:
            continue
    return batches


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_as_of_now_equals_the_live_balance_and_each_moment_its_prefix(life, seed):
    batches = wander(life, seed, 40)
    life.later(seconds=1)

    with life.database.reading() as session:
        lines = list(session.scalars(select(Movement).order_by(Movement.id)))
        live = [
            Held(row.batch_id, row.location_id, row.state, row.quantity)
            for row in session.scalars(select(Balance).where(Balance.quantity != 0))
        ]
        last = max(line.recorded_at for line in lines)
        for as_of in (None, last):
            assert set(balances_as_of(session, batches, as_of)) == set(live)
        for moment in [line.recorded_at for line in lines][::7]:
            assert summed(line for line in lines if line.recorded_at <= moment) == set(
                balances_as_of(session, batches, moment)
            )


def summed(lines):
    sums = {}
    for line in lines:
        if line.kind is K.INSPECTION:
            continue
        for place, state, quantity in (
            (line.source_id, line.source_state, -line.quantity),
            (line.target_id, line.target_state, line.quantity),
        ):
            if place is not None:
                key = line.batch_id, place, state
                sums[key] = sums.get(key, 0) + quantity
    return {Held(*key, quantity) for key, quantity in sums.items() if quantity}


@pytest.mark.parametrize("seed", [4, 5])
def test_every_hop_adds_up_at_every_moment(life, seed):
    batches = wander(life, seed, 30)

    for moment in recorded(life)[::5]:
        for batch_id in batches:
            trace = fetch(life, trace_batch, batch_id, moment)
            assert trace.is_even
            card = fetch(life, batch_card, batch_id, moment)
            assert card.is_balanced
            assert {row.line.id for row in card.history if row.line} == {line.id for line in trace.lines}


def test_before_the_first_movement_there_is_nothing(life):
    before = recorded(life)[0] - timedelta(minutes=1)  # a signature has the desk's clock, which may be behind

    card = fetch(life, batch_card, life.batch_id, before)

    assert (card.places, card.received, card.trace.lines, card.history) == ((), 0, (), ())
    assert [hop.quantity for hop in card.trace.hops] == [None, None, 0, None]
    assert card.is_balanced
    assert card.trace.is_even
    assert card.inspection is Inspection.PENDING


def test_patients_are_counted_per_ward_and_only_those_of_then(life):
    life.issue("A1", 20)
    life.later(minutes=1)
    life.use("A1", 2, visit_no="ZY1")
    life.use("A1", 1, visit_no="ZY1")
    then = recorded(life)[-1]
    life.later(minutes=1)
    life.use("A1", 1, visit_no="ZY2")

    lot = fetch(life, trace_lot, "A1", None, then)[0]
    now = fetch(life, trace_lot, "A1")[0]

    assert (lot.patients, lot.batches[0].patients, now.patients) == (1, 1, 2)
    assert [(place.name.en, place.patients) for place in now.batches[0].destinations] == [
        ("Central store", 0),
        ("ICU", 2),
    ]


def test_a_reversal_counts_from_the_moment_it_was_recorded(life):
    life.issue("A1", 20)
    line = fetch(life, trace_batch, life.batch_id).lines[-1]
    then = recorded(life)[-1]
    life.later(minutes=1)
    life.correcting.reverse(actor=life.actor("keeper"), op_id="op-back", movement_id=line.id, reason="点错科室")

    card, now = (fetch(life, batch_card, life.batch_id, moment) for moment in (then, None))

    assert [(row.name.en, row.quantity) for row in card.places] == [("Central store", 30), ("ICU", 20)]
    assert [(row.name.en, row.quantity) for row in now.places] == [("Central store", 50)]
    assert not card.trace.lines[-1].is_reversed


def test_locks_and_inspection_stand_as_they_stood(life):
    received, released = recorded(life)[:2]
    life.later(minutes=1)
    lock_id = life.hold("A1").lock_ids[0]
    held = life.database.clock()
    life.later(minutes=1)
    life.lift(lock_id)
    life.later(minutes=1)

    def layers(moment):
        return [row.layer for row in fetch(life, batch_card, life.batch_id, moment).layers]

    if received < released:
        assert layers(received) == [LockLayer.PENDING]
    assert layers(held) == [LockLayer.ON_HOLD]
    assert layers(life.database.clock()) == []
    told = {row.what for row in fetch(life, batch_card, life.batch_id, held).history}
    assert told == {MovementKind.RECEIPT, MovementKind.INSPECTION, SignedAct.SIGNED, LockAct.HELD}


def test_an_operation_counts_whole_or_not_at_all(life):
    other = life.house.batch("CVC", "B2", 20)
    ends = (Shelf(life.house.places["store"], S.IN_STOCK), Shelf(life.house.places["icu"], S.PAR))
    operation = life.house.act("keeper")
    lines = [Line(K.ISSUE, batch_id, 5, *ends, "FF-1") for batch_id in (life.batch_id, other)]
    life.later(minutes=1)
    with life.database.writing(life.house.persons["keeper"]) as session:
        post(session, life.database.clock, operation, lines)
    first, second = recorded(life)[-2:]

    held = fetch(life, balances_as_of, [life.batch_id, other], first)

    moved = {one.batch_id for one in held if one.state is S.PAR}
    assert moved == ({life.batch_id, other} if first == second else set())
    assert {one.batch_id for one in fetch(life, balances_as_of, [life.batch_id, other], second)} == {
        life.batch_id,
        other,
    }


def test_the_snapshot_of_a_case_can_be_rebuilt_from_its_launch(database):
    stage = recall_stage(database)
    database.clock.advance(timedelta(minutes=1))
    case_id = stage.launched()
    with database.reading() as session:
        case = session.get_one(RecallCase, case_id)
        # The server stamps with its own clock, which no test can turn.
        launched_at = case.launched_at if database.is_sqlite else max(recorded(stage))
    database.clock.advance(timedelta(minutes=1))
    stage.hospital.move(K.QUARANTINE, 1, 7, ("icu", S.PAR), ("quarantine", S.QUARANTINED))
    frozen = json.loads(case.snapshot)["balances"]

    with database.reading() as session:
        batches = sorted({row[0] for row in frozen})
        then, now = (balances_as_of(session, batches, moment) for moment in (launched_at, None))

    assert [[one.batch_id, one.location_id, one.state.value, one.quantity] for one in then] == frozen
    assert now != then


def test_a_used_up_batch_stays_findable(life):
    life.issue("A1", 50)
    life.use("A1", 50)

    assert [row.id for row in fetch(life, find_batches, "A1")] == [life.batch_id]
    assert fetch(life, trace_batch, life.batch_id).received == 50


def test_a_card_knows_when_its_cases_began(life):
    life.recall("A1")

    card = fetch(life, batch_card, life.batch_id)

    assert [case.number for case in card.cases] == ["RC-2026-0017"]
