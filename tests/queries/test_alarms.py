"""What a locked screen is told: alarms of a place, and whether a scanned box is held."""

from datetime import date

import pytest

from app.core.statuses.recall import TaskState
from app.core.statuses.stock import Inspection
from app.core.statuses.ward import WardAnswer, WardReason
from app.models.recalls import DepartmentTask
from app.queries.alarms import alarms_at, locked_verdict
from app.queries.reader import Reader
from app.udi.reader import read
from tests.stock_life import GOOD_UNTIL, gs1, stock_life

TODAY = date(2026, 11, 22)


@pytest.fixture
def life(database):
    return stock_life(database)


def asked(life, scan, today=TODAY):
    return Reader(life.database).fetch(locked_verdict, read(scan), today)


def test_the_locked_screen_answers_as_the_ward_check_and_never_milder(life):
    life.house.batch("CVC", "A1", 50, expiry=GOOD_UNTIL)
    life.issue("A1", 10)

    assert asked(life, gs1()).answer is WardAnswer.OK
    assert asked(life, gs1(lot="B9")).reasons == (WardReason.UNKNOWN_LOT,)
    assert asked(life, gs1(), date(2050, 1, 1)).reasons == (WardReason.EXPIRED,)
    assert asked(life, "no code at all").answer is WardAnswer.ASK

    life.house.batch("CVC", "A1", 5, expiry=GOOD_UNTIL, released_by=None)
    assert asked(life, gs1()).reasons == (WardReason.NOT_CHECKED,)

    life.hold("B9")
    assert asked(life, gs1(lot="B9")).reasons == (WardReason.ON_HOLD, WardReason.UNKNOWN_LOT)

    life.recall("A1")
    verdict = asked(life, gs1())
    assert (verdict.answer, verdict.reasons[0]) == (WardAnswer.DO_NOT_USE, WardReason.RECALLED)
    assert (verdict.case_number, verdict.hazard, verdict.lot) == ("RC-2026-0017", "涂层可能脱落", "A1")
    assert verdict.expiry_on == GOOD_UNTIL


def test_a_box_whose_every_receipt_was_rejected_is_stopped(life):
    batch = life.house.batch("CVC", "A1", 50, expiry=GOOD_UNTIL, released_by=None)
    assert asked(life, gs1()).reasons == (WardReason.PENDING,)
    life.house.inspect(batch, 50, "inspector", Inspection.REJECTED)
    assert asked(life, gs1()).reasons == (WardReason.REJECTED,)


def test_an_alarm_rings_at_its_place_until_the_task_is_finished(life):
    case_id, now = life.recall("A1"), life.database.clock()
    icu, clinic = life.house.places["icu"], life.house.places["clinic"]
    with life.database.writing(life.house.persons["coordinator"]) as session:
        task = DepartmentTask(
            number="RW-1",
            case_id=case_id,
            location_id=icu,
            state=TaskState.SENT,
            expected=3,
            acknowledge_by=now,
            done_by=now,
            note="",
        )
        session.add(task)
        session.flush()
        task_id = task.id

    fetch = Reader(life.database).fetch
    (alarm,) = fetch(alarms_at, icu)
    assert (alarm.task_number, alarm.case_number, alarm.expected, alarm.is_answered) == (
        "RW-1",
        "RC-2026-0017",
        3,
        False,
    )
    assert alarm.acknowledge_by == now
    assert fetch(alarms_at, None) == [alarm]
    assert fetch(alarms_at, clinic) == []

    with life.database.writing(life.house.persons["nurse"]) as session:
        session.get_one(DepartmentTask, task_id).move_to(TaskState.ACKNOWLEDGED)
    assert fetch(alarms_at, icu)[0].is_answered
    with life.database.writing(life.house.persons["nurse"]) as session:
        session.get_one(DepartmentTask, task_id).finished_at = now
    assert fetch(alarms_at, icu) == []
