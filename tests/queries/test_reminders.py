"""What was reminded of, for who it concerns; late is late, also when it is done at last."""

from datetime import timedelta

import pytest

from app.core.permissions import Role
from app.core.statuses.agent import ClockKind, Holder
from app.models.recalls import DepartmentTask
from app.queries.reader import Reader
from app.queries.reminders import reminders
from app.queries.workbench import bench
from app.services.agent.leasing import Leasing
from app.services.agent.reminding import Reminding
from app.services.agent.service_person import agent_person
from app.ui import language
from app.ui.pages.workbench.parts import reminder_sentence
from tests.services.recall_stage import NOTICE, recall_stage

COORDINATOR, WARD = frozenset({Role.RECALL_COORDINATOR}), frozenset({Role.DEPT_LIAISON})


@pytest.fixture
def stage(database):
    return recall_stage(database)


def remind(stage, now):
    leasing = Leasing(stage.database, holder="x", machine="x", kind=Holder.AGENT)
    lease = leasing.hold(agent_person(stage.database))
    return Reminding(lambda: now).run(leasing, lease).count


def told(stage, roles, now, place=None):
    return Reader(stage.database).fetch(reminders, roles=roles, location_id=place, now=now)


def test_each_sees_their_own_clocks_open_late_and_done_late(stage):
    case_id, places = stage.launched(NOTICE), stage.hospital.places
    with stage.database.reading() as session:
        task = session.query(DepartmentTask).filter_by(case_id=case_id, location_id=places["icu"]).one()
    late = task.acknowledge_by + timedelta(hours=1)
    assert told(stage, COORDINATOR, late) == ()
    assert remind(stage, late) > 0
    rows = told(stage, COORDINATOR, late)
    icu = [row for row in rows if row.number == task.number and row.clock is ClockKind.ACKNOWLEDGE]
    assert [(row.percent, row.done_at, row.door, row.target) for row in icu] == [(100, None, "recalls", case_id)]
    assert rows == tuple(sorted(rows, key=lambda row: row.due_at))
    own = told(stage, WARD, late, places["icu"])
    assert {(row.number, row.door, row.target) for row in own} == {(task.number, "ward", task.id)}
    assert told(stage, frozenset({Role.BUYER}), late) == ()
    assert {row.number for row in told(stage, WARD, late, places["store"])}.isdisjoint({task.number})
    seen = Reader(stage.database).fetch(bench, roles=WARD, location_id=places["icu"], now=late)
    assert seen.reminders == own

    words = {}
    for tongue in ("zh", "en"):
        language.switch_language(tongue)
        words[tongue] = reminder_sentence(icu[0], late)
    assert "逾期 1 时 00 分" in words["zh"].words
    assert "overdue by 1 h 00" in words["en"].words
    assert "晚 1 时 00 分才提醒" in words["zh"].note
    assert words["zh"].tone == "stop"

    with stage.database.writing(stage.hospital.persons["coordinator"]) as session:
        session.get_one(DepartmentTask, task.id).acknowledged_at = late
    done = [row for row in told(stage, WARD, late, places["icu"]) if row.clock is ClockKind.ACKNOWLEDGE]
    assert [row.done_at for row in done] == [late]
    assert reminder_sentence(done[0], late).words.endswith("done, 1 h 00 late")
    language.switch_language("zh")
    assert "已办，晚了 1 时 00 分" in reminder_sentence(done[0], late).words
    rest = told(stage, WARD, late + timedelta(hours=25), places["icu"])
    assert ClockKind.ACKNOWLEDGE not in {row.clock for row in rest}
