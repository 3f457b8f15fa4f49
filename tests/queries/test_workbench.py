"""Every role sees its own queue, and nobody else's."""

from datetime import timedelta

from app.core.permissions import Role
from app.core.statuses.stock import MovementKind, StockState
from app.queries.finding import find
from app.queries.reader import Reader
from app.queries.waiting import waiting
from app.queries.workbench import alarms, bench, queue, today_figures
from app.services.requisitioning import RequisitioningService
from tests.builders import small_hospital
from tests.services.recall_stage import recall_stage
from tests.stock_life import stock_life


def ask(database, *roles: Role, place: int | None = None):
    return Reader(database).fetch(queue, roles=frozenset(roles), location_id=place, now=database.clock())


def test_an_inspector_sees_pending_batches_and_a_storekeeper_does_not(database):
    hospital = small_hospital(database)
    batch = hospital.batch("CVC", "L1", 10, released_by=None)
    rows = ask(database, Role.QUALITY_INSPECTOR)
    assert [(row.key, row.door, row.target) for row in rows] == [("inspect", "inspection", batch)]
    assert ask(database, Role.STOREKEEPER) == []
    assert ask(database, Role.AUDITOR) == []


def test_the_queue_goes_by_due_time(database, clock):
    hospital = small_hospital(database)
    hospital.batch("CVC", "L1", 10, released_by=None)
    hospital.batch("CVC", "L2", 10, released_by=None)
    due = [row.due_at for row in ask(database, Role.QUALITY_INSPECTOR)]
    assert due == sorted(due)
    assert due[0] - clock() <= timedelta(days=1)


def test_expired_and_near_batches_ring(database, clock):
    hospital = small_hospital(database)
    today = clock().date()
    hospital.batch("CVC", "OLD", 10, expiry=today + timedelta(days=3))
    rows = Reader(database).fetch(alarms, today=today)
    assert [row.key for row in rows] == ["near_expiry", "no_production"]
    later = Reader(database).fetch(alarms, today=today + timedelta(days=10))
    # ten days on, the original of a class III delivery is overdue too
    assert [row.key for row in later] == ["expired", "gaps", "no_production"]


def test_a_quiet_day_has_zeros(database, clock):
    small_hospital(database)
    told = Reader(database).fetch(today_figures, midnight=clock())
    assert (told.notices, told.locked_lots, told.locked_units, told.stopped) == (0, 0, 0, 0)
    whole = Reader(database).fetch(bench, roles=frozenset(Role), location_id=None, now=clock())
    assert (whole.queue, whole.alarms, whole.cases) == ((), (), ())


def test_ctrl_k_finds_lots_products_and_documents(database):
    hospital = small_hospital(database)
    batch = hospital.batch("CVC", "2509A17", 10)
    hospital.move(MovementKind.ISSUE, batch, 3, ("store", StockState.IN_STOCK), ("icu", StockState.PAR))
    reader = Reader(database)
    assert [(row.kind, row.target) for row in reader.fetch(find, "2509a")] == [("batch", batch)]
    assert [row.kind for row in reader.fetch(find, "catheter")] == ["product"]
    assert [(row.kind, row.target) for row in reader.fetch(find, "t-1")] == [("document", batch)]
    assert reader.fetch(find, "x") == []


def test_a_requisition_waits_for_the_head_then_for_the_store(database):
    life = stock_life(database)
    places = life.house.places
    life.house.batch("CVC", "A1", 300)
    asked = RequisitioningService(database).ask(
        actor=life.actor("nurse"),
        department_id=places["icu"],
        store_id=places["store"],
        lines=[(life.house.products["CVC"], 150)],
    )

    def waiting(role: Role, place: str, login: str = "keeper"):
        person = life.house.persons[login]
        rows = Reader(database).fetch(
            queue, roles=frozenset({role}), location_id=places[place], now=database.clock(), person_id=person
        )
        return [(row.key, row.door, row.target, row.values["quantity"]) for row in rows]

    decides = [("requisition_approve", "requisitions", asked.id, 150)]
    assert waiting(Role.DEPT_HEAD, "icu") == decides
    assert waiting(Role.DEPT_HEAD, "icu", "nurse") == []
    assert waiting(Role.DEPT_HEAD, "store") == []
    assert waiting(Role.STOREKEEPER, "store") == []
    RequisitioningService(database).decide(actor=life.actor("head"), requisition_id=asked.id, approves=True)
    assert waiting(Role.DEPT_HEAD, "icu") == []
    assert waiting(Role.STOREKEEPER, "store") == [("requisition_issue", "requisitions", asked.id, 150)]
    assert waiting(Role.STOREKEEPER, "icu") == []


def test_what_waits_for_others_names_who_must_act_and_since_when(database):
    stage = recall_stage(database)
    hospital = stage.hospital
    pending = hospital.batch("TUBE", "WAIT", 10, released_by=None)
    case_id = stage.assessed()
    reader = Reader(database)
    (inspection,) = reader.fetch(waiting, roles=frozenset({Role.STOREKEEPER}), location_id=None)
    assert (inspection.key, inspection.target) == ("waits_inspection", pending)
    assert inspection.values["who"] == [Role.QUALITY_INSPECTOR]
    assert inspection.values["since"] <= database.clock()
    (approval,) = reader.fetch(waiting, roles=frozenset({Role.RECALL_COORDINATOR}), location_id=None)
    assert (approval.key, approval.target, approval.values["who"]) == ("waits_approval", case_id, [Role.EXECUTIVE])
    RequisitioningService(database).ask(
        actor=stage.actor("nurse"),
        department_id=hospital.places["icu"],
        store_id=hospital.places["store"],
        lines=[(hospital.products["TUBE"], 900)],
    )
    ward = frozenset({Role.DEPT_LIAISON})
    (asked,) = reader.fetch(waiting, roles=ward, location_id=hospital.places["icu"])
    assert asked.values["who"] == [Role.DEPT_HEAD]
    assert reader.fetch(waiting, roles=ward, location_id=hospital.places["clinic"]) == []
    assert reader.fetch(waiting, roles=frozenset({Role.AUDITOR}), location_id=None) == []
