"""A recalled component inside kits: the kit is looked for, put aside whole, and the case's figures add up with it."""

import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.statuses.recall import TaskState
from app.core.statuses.stock import MovementKind, StockState
from app.core.statuses.verdict import Verdict
from app.models.recalls import RecallCase, ScopeLine
from app.queries.case_collecting import collecting
from app.queries.case_goods import sealed_goods
from app.queries.impact import case_units, impact
from app.queries.impact_rows import drill
from app.queries.tasks import task_board, task_lines
from app.queries.today import running_cases
from app.services.answering import AnsweringService
from app.services.collecting import CollectingService, Portion
from app.services.returning import KitNotReturnedError, ReturningService
from app.services.tasking import send_tasks
from tests.databases import sqlite_copy
from tests.kit_life import KitLife, kit_life

K, S = MovementKind, StockState


@pytest.fixture
def life(database):
    return kit_life(database)


def ask(life, query, *args, **more):
    with life.database.reading() as session:
        return query(session, *args, **more)


def recall(life: KitLife, batch_id: int, lot: str = "A1") -> int:
    """An active case over one component batch, with its lock and tasks."""
    case_id = life.recall(lot)
    with life.database.writing(life.house.persons["coordinator"]) as session:
        case = session.get_one(RecallCase, case_id)
        session.add(
            ScopeLine(
                case_id=case_id, batch_id=batch_id, verdict=Verdict.AFFECTED, because="[]", quantity=10,
                decided_reason="",
            )
        )  # fmt: skip
        send_tasks(session, case, [batch_id], life.database.clock())
    return case_id


def board(life, case_id):
    names = {place: name for name, place in life.house.places.items()}
    return {names[row.location_id]: row for row in ask(life, task_board, case_id, life.database.clock()).tasks}


def test_a_ward_that_has_only_a_kit_gets_a_task_that_names_the_component(life):
    component, _ = life.stocked()
    kit = life.build()
    life.issue(kit.number, 1, product="KIT")
    case_id = recall(life, component)

    tasks = board(life, case_id)
    assert {name: row.expected for name, row in tasks.items()} == {"store": 8, "icu": 1}
    (line,) = ask(life, task_lines, tasks["icu"].id)
    assert (line.lot_no, line.expected, line.free) == (kit.number, 1, 1)
    assert [(part.lot_no, part.quantity) for part in line.holds] == [("A1", 2)]
    assert f"组套 {kit.number} 内含被召回的" in line.instruction.zh
    assert "Take the kit aside whole" in line.instruction.en
    (loose,) = ask(life, task_lines, tasks["store"].id)
    assert loose.instruction is None


def test_the_ward_puts_the_kit_aside_whole_and_it_comes_in_by_its_number(life):
    component, _ = life.stocked()
    kit = life.build()
    life.issue(kit.number, 1, product="KIT")
    case_id = recall(life, component)
    task = board(life, case_id)["icu"]
    answering, nurse = AnsweringService(life.database), life.actor("nurse")
    answering.count(actor=nurse, op_id=uuid.uuid4().hex, task_id=task.id, found={kit.batch_id: 1})
    answering.quarantine_here(actor=nurse, op_id=uuid.uuid4().hex, task_id=task.id)

    assert life.states(kit.batch_id) == {("icu", S.QUARANTINED): 1}
    collected = CollectingService(life.database).collect(
        actor=life.actor("keeper"),
        op_id=uuid.uuid4().hex,
        case_id=case_id,
        place_id=life.house.places["icu"],
        wanted=life.wanted(kit.number, 1, "KIT"),
    )
    assert (collected.left, collected.task_state) == (0, TaskState.HANDED_OVER)
    rows = {(row.lot_no, row.expected, row.collected, row.left) for row in ask(life, collecting, case_id)}
    assert (kit.number, 1, 1, 0) in rows
    assert [(row.lot_no, row.is_kit) for row in ask(life, sealed_goods, case_id)] == [(kit.number, True)]


def test_no_supplier_takes_a_kit_back_but_its_component_after_it_was_opened(life):
    component, _ = life.stocked()
    kit = life.build()
    case_id = recall(life, component)
    area = life.house.places["quarantine"]
    life.house.move(K.QUARANTINE, kit.batch_id, 1, ("store", S.IN_STOCK), ("quarantine", S.QUARANTINED))

    def ship(batch_id: int, quantity: int):
        op_id = uuid.uuid4().hex
        life.house.sign("inspector", op_id)
        portions = [Portion(batch_id, area, S.QUARANTINED, quantity)]
        return ReturningService(life.database).ship(
            actor=life.actor("keeper"), op_id=op_id, case_id=case_id, portions=portions, carrier="SF", waybill="1",
            second=life.actor("inspector"),
        )  # fmt: skip

    with pytest.raises(KitNotReturnedError):
        ship(kit.batch_id, 1)
    life.open(kit.batch_id)
    assert ship(component, 2).quantity == 2


def test_a_kit_put_aside_counts_as_accounted_for_everywhere(life):
    component, _ = life.stocked()
    kit = life.build()
    case_id = recall(life, component)
    assert (ask(life, impact, case_id).accounted, ask(life, impact, case_id).pending) == (0, 10)
    life.house.move(K.QUARANTINE, kit.batch_id, 1, ("store", S.IN_STOCK), ("quarantine", S.QUARANTINED))

    found = ask(life, impact, case_id)
    assert (found.by_state[S.BUILT_INTO_KIT], found.accounted, found.pending) == (2, 2, 8)
    assert ask(life, case_units, [case_id]) == {case_id: (10, 2)}
    assert [(row.received, row.accounted) for row in ask(life, running_cases)] == [(10, 2)]
    (row,) = ask(life, drill, case_id, location_id=life.house.places["quarantine"])
    assert (row.kit_no, row.state, row.fate, row.quantity) == (kit.number, S.BUILT_INTO_KIT, S.QUARANTINED, 2)


STEPS = st.lists(st.tuples(st.sampled_from(["build", "issue", "aside", "use", "open", "lose"]), st.integers(0, 4)))


def step(life: KitLife, kits: list, act: str, choice: int) -> None:
    """One act on one of the kits, where it is possible; what is impossible changes nothing."""
    house = life.house
    if act == "build":
        if len(kits) < 4:
            kits.append(life.build())
        return
    if not kits:
        return
    kit = kits[choice % len(kits)]
    (where,) = life.states(kit.batch_id) or [None]
    moves = {
        ("issue", ("store", S.IN_STOCK)): (K.ISSUE, ("icu", S.PAR), {}),
        ("use", ("icu", S.PAR)): (K.USE, ("icu", S.USED), {"by": "nurse"}),
        ("aside", ("store", S.IN_STOCK)): (K.QUARANTINE, ("quarantine", S.QUARANTINED), {}),
        ("aside", ("icu", S.PAR)): (K.QUARANTINE, ("quarantine", S.QUARANTINED), {}),
        ("lose", ("icu", S.PAR)): (K.STOCK_LOSS, ("icu", S.UNACCOUNTED), {"second": "inspector", "reason": "count"}),
    }
    if act == "open" and where in (("store", S.IN_STOCK), ("quarantine", S.QUARANTINED)):
        life.open(kit.batch_id)
    elif (act, where) in moves:
        kind, target, more = moves[act, where]
        house.move(kind, kit.batch_id, 1, where, target, **more)


def kits_property(life: KitLife, steps) -> None:
    """Received = the sum of the states = accounted + pending, over every list of bars and its rows."""
    component, _ = life.stocked()
    kits: list = []
    for act, choice in steps:
        step(life, kits, act, choice)
    case_id = recall(life, component)
    found = ask(life, impact, case_id)
    assert found.received == sum(found.by_fate.values()) == found.accounted + found.pending == 10
    assert found.by_state.get(S.BUILT_INTO_KIT, 0) == life.states(component).get(("store", S.BUILT_INTO_KIT), 0)
    for shares in (found.places, found.sites, found.regions, found.suppliers, found.lots):
        assert sum(share.total for share in shares) == 10
        assert sum(share.pending for share in shares) == found.pending
    for state, units in found.by_state.items():
        assert sum(row.quantity for row in ask(life, drill, case_id, state=state)) == units
    assert ask(life, case_units, [case_id]) == {case_id: (10, found.accounted)}
    assert sum(row.is_pending * row.quantity for row in ask(life, drill, case_id)) == found.pending


@pytest.mark.parametrize(
    "steps",
    [
        [("build", 0), ("issue", 0), ("use", 0), ("build", 0), ("aside", 1), ("build", 0), ("open", 2)],
        [("build", 0), ("issue", 0), ("lose", 0), ("build", 0), ("issue", 1), ("aside", 1), ("open", 1)],
    ],
)
def test_the_figures_of_a_case_add_up_with_kits_on_both_engines(life, steps):
    kits_property(life, steps)


@given(steps=STEPS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_figures_of_a_case_add_up_whatever_happens_to_kits(sqlite_template, tmp_path, clock, steps):
    folder = tmp_path / uuid.uuid4().hex
    folder.mkdir()
    with sqlite_copy(sqlite_template, folder, clock) as database:
        kits_property(kit_life(database), steps)
