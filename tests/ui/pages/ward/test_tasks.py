"""The ward's recall tasks: acknowledge, count by scan, put aside, done."""

from datetime import timedelta

import pytest

from app.core.statuses.recall import TaskState
from app.models.recalls import DepartmentTask, TaskLine
from app.queries.reader import Reader
from app.services.answering import AnsweringService
from app.ui.pages.ward.tasks.presenter import WardTasksPresenter
from app.ui.pages.ward.tasks.tab import TasksTab
from tests.stock_life import DI, gs1


@pytest.fixture
def task_id(life):
    case_id = life.recall("A1")
    now = life.database.clock()
    with life.database.writing(life.house.persons["coordinator"]) as session:
        task = DepartmentTask(
            number="RW-1",
            case_id=case_id,
            location_id=life.house.places["icu"],
            state=TaskState.SENT,
            expected=10,
            acknowledge_by=now + timedelta(hours=2),
            done_by=now + timedelta(hours=24),
            note="",
        )
        session.add(task)
        session.flush()
        line = TaskLine(task_id=task.id, batch_id=1, expected=10)
        for column in TaskLine.__table__.columns:
            if not column.nullable and not column.primary_key and getattr(line, column.name) is None:
                setattr(line, column.name, column.type.python_type())
        session.add(line)
        return task.id


@pytest.fixture
def tasks(life, seat, immediate, task_id):
    return WardTasksPresenter(
        Reader(life.database), AnsweringService(life.database), life.database.clock, seat, immediate
    )


@pytest.fixture
def tab(qtbot, tasks):
    tab = TasksTab(tasks)
    qtbot.addWidget(tab)
    tab.resize(1178, 640)
    tab.show()
    tasks.set_visible(True)
    return tab


def test_the_task_goes_from_sent_to_done_by_one_key(tab, listen):
    said = listen(tab.said)
    steps = []
    for _ in range(4):
        steps.append(tab._shown.next_step)
        if steps[-1] == "save":
            next(iter(tab.editors.values())).found.set_value("10")
        tab.next.click()

    assert steps == ["acknowledge", "save", "seal", "finish"]
    assert [tone for _, tone in said] == ["ok"] * 4
    assert tab.empty.isVisible()


def test_scanned_boxes_count_themselves(tab, tasks):
    tasks.acknowledge()
    for _ in range(3):
        tasks.take_scan(gs1())

    assert next(iter(tab.editors.values())).found.value() == "3"


def test_a_difference_asks_why_before_it_is_saved(tab, tasks, listen):
    said = listen(tab.said)
    tasks.acknowledge()
    editor = next(iter(tab.editors.values()))
    editor.found.set_value("")
    tab.next.click()
    assert editor.found.error()
    editor.found.set_value("9")
    tab.next.click()
    assert editor.why.error()
    editor.why.set_value("借给急诊一件")
    tab.next.click()

    assert "9" in said[-1][0]


def test_a_box_of_another_lot_is_not_counted(tab, tasks, listen):
    strange, unread = listen(tasks.not_in_task), listen(tasks.scan_refused)

    tasks.take_scan(gs1("ZZ9"))
    tasks.take_scan("nonsense")
    tasks.take_scan("]d2010999999999999410A1")

    assert strange == ["ZZ9"]
    assert [error.code for error in unread] == ["no_scan", "unknown_product"]


def test_the_same_lot_number_of_another_product_is_not_counted(tab, tasks, life, listen):
    life.house.product("TUBE", "06999999013037")
    strange, counted = listen(tasks.not_in_task), listen(tasks.counted_by_scan)
    line = tab._shown.lines[0]

    tasks.take_scan("]d2" + f"01{DI}10{line.lot_no}")
    tasks.take_scan("]d2" + f"010699999901303710{line.lot_no}")

    assert len(counted) == 1
    assert strange == [line.lot_no]


def test_the_sheet_of_a_task_chooses_it(tab, tasks, listen):
    shown, strange = listen(tasks.task_shown), listen(tasks.not_in_task)

    tasks.take_scan("RD:TASK:RW-1")
    tasks.take_scan("RD:TASK:RW-9")

    assert shown[-1].task.number == "RW-1"
    assert strange == ["RW-9"]


def test_none_here_finishes_the_count(tab, tasks, life):
    tasks.acknowledge()
    tab.none.click()

    assert tab._shown.task.state is TaskState.NONE_FOUND
    assert tab._shown.next_step == "finish"


def test_news_from_elsewhere_never_takes_away_what_was_typed(tab, tasks, life, immediate):
    from app.core.changes import Topic

    tasks.acknowledge()
    next(iter(tab.editors.values())).found.set_value("7")
    immediate.announce(frozenset({Topic.STOCK}))

    assert next(iter(tab.editors.values())).found.value() == "7"


def test_counts_wait_for_the_acknowledgement(tab, tasks):
    assert not next(iter(tab.editors.values())).found.isEnabled()
    tasks.take_scan(gs1())
    tasks.acknowledge()

    assert next(iter(tab.editors.values())).found.isEnabled()
