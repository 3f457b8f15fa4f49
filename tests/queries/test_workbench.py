"""Every role sees its own queue, and nobody else's."""

from dataclasses import replace
from datetime import timedelta

from app.core.permissions import Duty, Role
from app.core.statuses.stock import LocationKind, MovementKind, StockState
from app.queries.finding import find
from app.queries.locations import locations
from app.queries.reader import Reader
from app.queries.today import today_figures
from app.queries.waiting import waiting
from app.queries.workbench import alarms, bench, queue
from app.services.requisitioning import RequisitioningService
from app.services.signing_in import actor_of
from app.ui.pages.requisitions.presenter import own_place
from app.ui.seat import Seat
from tests.builders import small_hospital
from tests.services.recall_stage import recall_stage
from tests.stock_life import stock_life
from tests.store_floor import store_floor


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


def test_a_limited_role_sees_the_work_of_its_own_places_and_no_other(database):
    floor = store_floor(database)
    house, places, now = floor.life.house, floor.places, database.clock()
    here = house.batch("CVC", "L1", 10, released_by=None)
    house.batch("CVC", "L2", 10, released_by=None, place="store2")
    house.batch("CVC", "L3", 10)
    floor.send(floor.life.wanted("L3", 2))
    RequisitioningService(database).ask(
        actor=floor.actor("nurse"),
        department_id=places["icu"],
        store_id=places["store"],
        lines=[(house.products["CVC"], 9)],
    )
    floor.open_count("store2")

    def rows(role: Role, *limits: str, at: str = "store") -> list[str]:
        reach = ((role, frozenset(places[name] for name in limits)),) if limits else ()
        found = Reader(database).fetch(queue, roles=frozenset({role}), location_id=places[at], now=now, reach=reach)
        return sorted(row.key for row in found)

    keeper, inspector = Role.STOREKEEPER, Role.QUALITY_INSPECTOR
    assert rows(keeper) == ["requisition_issue"]
    assert rows(keeper, at="store2") == rows(keeper, "store2") == ["stock_take", "transfer"], "whichever PC it is"
    assert rows(keeper, "store", "store2") == ["requisition_issue", "stock_take", "transfer"]
    assert rows(keeper, "quarantine") == []
    assert rows(inspector) == ["inspect", "inspect"]
    assert rows(inspector, "store") == ["inspect"]
    mine = Reader(database).fetch(
        queue,
        roles=frozenset({inspector}),
        location_id=None,
        now=now,
        reach=((inspector, frozenset({places["store"]})),),
    )
    assert [row.target for row in mine] == [here]


def test_ones_own_places_come_first_and_nobodys_is_left_out(database, qapp):
    house = small_hospital(database)
    stores = sorted(Reader(database).fetch(locations, LocationKind.STORE), key=lambda store: store.id)
    first, second = (store.id for store in stores)
    seat = Seat()
    with database.reading() as session:
        keeper = actor_of(session, house.persons["keeper"])
        nurse = actor_of(session, house.persons["nurse"])
    limited = replace(keeper, reach=((Role.STOREKEEPER, frozenset({second})),))
    for actor, here, order, start in (
        (keeper, None, [first, second], first),
        (keeper, second, [first, second], second),
        (limited, first, [second, first], second),
        (limited, None, [second, first], second),
        (nurse, first, [first, second], first),
    ):
        seat.take(actor)
        seat.move_to(here)
        assert [store.id for store in seat.own_first(Duty.ISSUE, stores)] == order
        assert seat.start_at(Duty.ISSUE, stores) == start
    assert own_place(limited, Duty.ISSUE, first, [first, second]) == second
    assert own_place(nurse, Duty.ISSUE, first, [first, second]) == first
    assert own_place(limited, Duty.ISSUE, first, []) is None
