"""From the scope to a locked hospital."""

import contextlib
import hashlib
import json
import shutil
import uuid
from threading import Barrier, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from app.core.errors import AppError, ConflictError
from app.core.permissions import NotEntitledError, Role
from app.core.shown import digest
from app.core.statuses.recall import CaseKind, CaseState, TaskState
from app.core.statuses.stock import MovementKind, StockState
from app.core.statuses.verdict import Verdict
from app.core.words import describe
from app.models.database import Database
from app.models.persons import Signature
from app.models.recalls import DepartmentTask, RecallCase, ScopeLine, TaskLine
from app.models.refusals import LockedError, MustQuarantineError, NotApprovedError, OwnStepError
from app.services.auditing import verify
from app.services.diary import CaseStateError
from app.services.launching import (
    DoubtOpenError,
    DrillError,
    NotAssessedError,
    NothingAffectedError,
    ScopeChangedError,
    UnconfirmedError,
)
from app.services.repeating import OperationReusedError
from app.services.signing_in import WrongPasswordError, hash_password
from app.services.snapshots import snapshot_text
from tests.services.recall_stage import NOTICE, op, recall_stage

DOUBTFUL = "REF: CVC-7F-20\nGTIN: 06999999012016\nLot: A100, A2OO"
ALL_LOTS = "GTIN: 06999999012016\nAll lots are affected."
OUTWARD = (
    (MovementKind.ISSUE, ("store", StockState.IN_STOCK), ("icu", StockState.PAR)),
    (MovementKind.ISSUE, ("store", StockState.IN_STOCK), ("clinic", StockState.EXPENSED)),
    (MovementKind.TRANSFER, ("store", StockState.IN_STOCK), ("store2", StockState.IN_TRANSIT)),
    (MovementKind.KIT_BUILD, ("store", StockState.IN_STOCK), ("store", StockState.BUILT_INTO_KIT)),
)


@pytest.fixture
def stage(database):
    return recall_stage(database)


def layers(stage, batch_id):
    with stage.database.reading() as session:
        statement = text("SELECT layer FROM batch_layer WHERE batch_id = :batch")
        return set(session.execute(statement, {"batch": batch_id}).scalars())


def case_of(stage, case_id):
    with stage.database.reading() as session:
        return session.get_one(RecallCase, case_id)


def test_a_launch_locks_the_affected_lots_at_once_on_every_path(stage):
    stage.launched()
    for kind, source, target in OUTWARD:
        with pytest.raises(LockedError):
            stage.hospital.move(kind, 1, 1, source, target)
    stage.hospital.move(MovementKind.ISSUE, 3, 1, ("store", StockState.IN_STOCK), ("icu", StockState.PAR))


def test_a_lot_that_the_notice_names_is_locked_before_it_ever_arrives(stage):
    case_id = stage.launched(NOTICE.replace("A100, A200", "A100, A200, A300"))
    with pytest.raises(MustQuarantineError):
        stage.hospital.batch("CVC", "a300", 10)
    assert case_of(stage, case_id).state is CaseState.ACTIVE


def test_all_lots_of_a_product_are_one_lock_on_the_product(stage):
    case_id = stage.launched(ALL_LOTS)
    with stage.database.reading() as session:
        locks = session.execute(text("SELECT product_id, lot_key FROM lot_lock WHERE case_id = :c"), {"c": case_id})
        assert [tuple(lock) for lock in locks] == [(stage.hospital.products["CVC"], None)]
    assert "recall_quarantine" in layers(stage, 3)
    assert "recall_quarantine" not in layers(stage, 4)


def test_nobody_approves_their_own_registration(stage):
    stage.hospital.person("double", Role.RECALL_COORDINATOR, Role.EXECUTIVE)
    double = stage.actor("double")
    case_id = stage.registering.register(actor=double, op_id=op(), notice=stage.notice()).case_id
    stage.assessing.assess(actor=double, op_id=op(), case_id=case_id)
    stage.registering.confirm_clauses(actor=double, op_id=op(), case_id=case_id)
    with pytest.raises(OwnStepError):
        stage.launching.approve(actor=double, op_id=op(), case_id=case_id)


def test_the_database_itself_refuses_an_approval_of_ones_own(stage):
    case_id = stage.assessed()
    coordinator = stage.hospital.persons["coordinator"]
    with pytest.raises(OwnStepError), stage.database.writing(coordinator) as session:
        session.execute(text("UPDATE recall_case SET approved_by = :me"), {"me": coordinator})
    assert case_of(stage, case_id).approved_by is None


def test_a_second_person_approves_in_place_with_their_own_password(stage):
    case_id = stage.assessed()
    coordinator = stage.actor("coordinator")
    stage.registering.confirm_clauses(actor=coordinator, op_id=op(), case_id=case_id)
    stage.read_again(case_id)
    stage.hospital.person("chief", Role.EXECUTIVE, password_hash=hash_password("Chief-of-9-stores"))
    second = stage.launching.approve_in_place(
        actor=coordinator, op_id=op(), case_id=case_id, login="chief", password="Chief-of-9-stores"
    )
    assert case_of(stage, case_id).approved_by == second.id == stage.hospital.persons["chief"]


def test_who_sits_here_signs_their_own_approval_with_a_fresh_password(stage):
    case_id = stage.assessed()
    stage.registering.confirm_clauses(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id)
    stage.read_again(case_id)
    stage.hospital.person(
        "double", Role.RECALL_COORDINATOR, Role.EXECUTIVE, password_hash=hash_password("Chief-of-9-stores")
    )
    own = {"actor": stage.actor("double"), "case_id": case_id, "login": "double"}
    with pytest.raises(WrongPasswordError):
        stage.launching.approve_in_place(**own, op_id=op(), password="Chief-of-8-stores")
    assert case_of(stage, case_id).approved_by is None
    stage.launching.approve_in_place(**own, op_id="own-approval", password="Chief-of-9-stores")
    assert case_of(stage, case_id).approved_by == stage.hospital.persons["double"]
    with stage.database.reading() as session:
        (signed,) = session.scalars(select(Signature).where(Signature.op_id == "own-approval"))
    assert digest(signed.content) == signed.content_hash
    assert [line.split(": ")[0] for line in signed.content.splitlines()][:3] == ["meaning", "case", "title"]
    assert sum(line.startswith("batch: ") for line in signed.content.splitlines()) == 2


def test_a_coordinator_cannot_approve_at_all(stage):
    case_id = stage.assessed()
    with pytest.raises(NotEntitledError):
        stage.launching.approve(
            actor=stage.actor("coordinator"), op_id=stage.signed("coordinator", "approve_recall"), case_id=case_id
        )


def test_an_unapproved_case_cannot_be_launched(stage):
    case_id = stage.assessed()
    with pytest.raises(NotApprovedError):
        stage.launching.launch(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id)


def test_unconfirmed_clauses_keep_a_case_from_its_approval_and_are_named(stage):
    case_id = stage.assessed()
    with pytest.raises(UnconfirmedError) as refusal:
        stage.launching.approve(
            actor=stage.actor("boss"), op_id=stage.signed("boss", "approve_recall"), case_id=case_id
        )
    assert refusal.value.values["numbers"] == [1, 2, 3]


def test_a_launch_with_an_undecided_doubt_is_refused_until_it_is_held(stage):
    case_id = stage.approved(DOUBTFUL)
    coordinator = stage.actor("coordinator")
    with pytest.raises(DoubtOpenError) as refusal:
        stage.launching.launch(actor=coordinator, op_id=op(), case_id=case_id)
    assert refusal.value.values["lots"] == ["A200"]
    assert "A200" in describe(refusal.value, "zh")
    stage.launching.hold(actor=coordinator, op_id=op(), case_id=case_id)
    launched = stage.launching.launch(actor=coordinator, op_id=op(), case_id=case_id)
    assert launched.locks == 2, "A100, and A2OO that never came"
    assert layers(stage, 2) == {"on_hold"}


def test_a_doubt_decided_after_the_approval_needs_a_new_approval(stage):
    case_id = stage.approved(DOUBTFUL)
    coordinator = stage.actor("coordinator")
    stage.assessing.decide(
        actor=coordinator, op_id=op(), case_id=case_id, batch_id=2, verdict=Verdict.AFFECTED, reason="box checked"
    )
    with pytest.raises(NotApprovedError):
        stage.launching.launch(actor=coordinator, op_id=op(), case_id=case_id)
    stage.launching.approve(actor=stage.actor("boss"), op_id=stage.signed("boss", "approve_recall"), case_id=case_id)
    stage.launching.launch(actor=coordinator, op_id=op(), case_id=case_id)
    assert layers(stage, 2) == {"recall_quarantine"}


def test_one_person_holds_affected_and_doubtful_lots_right_after_the_registration(stage):
    case_id = stage.registered(DOUBTFUL)
    held = stage.launching.hold(actor=stage.actor("inspector"), op_id=op(), case_id=case_id, reason="to be safe")
    assert held.lots == 2
    assert [layers(stage, batch) for batch in (1, 2, 3, 4)] == [{"on_hold"}, {"on_hold"}, set(), set()]
    with pytest.raises(LockedError):
        stage.hospital.move(MovementKind.ISSUE, 1, 1, ("store", StockState.IN_STOCK), ("icu", StockState.PAR))
    again = stage.launching.hold(actor=stage.actor("keeper"), op_id=op(), case_id=case_id)
    assert again.lots == 0


def test_a_second_launch_is_refused_and_writes_nothing(stage):
    case_id = stage.launched()
    with pytest.raises(CaseStateError):
        stage.launching.launch(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id)
    with stage.database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM lot_lock")).scalar() == 2
        assert session.execute(text("SELECT count(*) FROM department_task")).scalar() == 4


def test_of_two_coordinators_who_launch_at_once_one_is_told(stage):
    case_id = stage.approved()
    stage.hospital.person("coordinator2", Role.RECALL_COORDINATOR)
    start, outcomes = Barrier(2), []

    def launch(login):
        actor = stage.actor(login)
        start.wait()
        try:
            outcomes.append(stage.launching.launch(actor=actor, op_id=op(), case_id=case_id).locks)
        except AppError as refusal:
            outcomes.append(refusal)

    threads = [Thread(target=launch, args=(login,)) for login in ("coordinator", "coordinator2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(outcome == 2 for outcome in outcomes) == 1
    assert sum(isinstance(outcome, CaseStateError | ConflictError) for outcome in outcomes) == 1


def test_a_stale_screen_is_told_that_the_case_has_changed(stage):
    case_id = stage.assessed()
    seen = case_of(stage, case_id).version
    stage.assessing.assess(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id)
    with pytest.raises(ConflictError):
        stage.assessing.assess(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id, version=seen)


def test_the_same_act_twice_is_written_once(stage):
    case_id, op_id = stage.assessed(), op()
    first = stage.launching.hold(actor=stage.actor("keeper"), op_id=op_id, case_id=case_id)
    assert stage.launching.hold(actor=stage.actor("keeper"), op_id=op_id, case_id=case_id) == first
    with pytest.raises(OperationReusedError):
        stage.launching.hold(actor=stage.actor("keeper"), op_id=op_id, case_id=case_id, reason="another")


def test_a_new_batch_of_a_locked_lot_joins_the_case_at_the_launch(stage):
    case_id = stage.approved()
    late = stage.hospital.batch("CVC", "A100", 7)
    stage.launching.launch(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id)
    with stage.database.reading() as session:
        line = session.scalar(select(ScopeLine).where(ScopeLine.batch_id == late))
        expected = session.scalar(select(TaskLine.expected).where(TaskLine.batch_id == late))
    assert (line.verdict, expected) == (Verdict.AFFECTED, 7)


def test_a_new_doubtful_batch_sends_the_case_back_to_its_assessment(stage):
    case_id = stage.approved()
    stage.hospital.batch("CVC", "A1OO", 7)
    with pytest.raises(ScopeChangedError) as refusal:
        stage.launching.launch(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id)
    assert refusal.value.values["lots"] == ["A1OO"]
    assert case_of(stage, case_id).state is CaseState.ASSESSING


def test_the_scope_is_frozen_with_its_hash_and_can_be_rebuilt(stage):
    case_id = stage.launched()
    with stage.database.reading() as session:
        case = session.get_one(RecallCase, case_id)
        assert hashlib.sha256(case.snapshot.encode()).hexdigest() == case.snapshot_hash
        assert snapshot_text(session, case) == case.snapshot, "nothing has moved since"
        content = json.loads(case.snapshot)
    assert {(line["lot"], line["verdict"]) for line in content["lines"] if line["product"] == "CVC"} == {
        ("A100", "affected"),
        ("A200", "affected"),
        ("B900", "not_affected"),
    }
    with pytest.raises(AppError), stage.database.writing(stage.hospital.persons["coordinator"]) as session:
        session.execute(text("UPDATE recall_case SET snapshot = 'other'"))


def test_the_audit_trail_of_a_recall_verifies(sqlite_database):
    stage = recall_stage(sqlite_database)
    stage.launched()
    assert verify(sqlite_database).is_intact


def test_a_drill_sends_tasks_and_touches_no_stock(stage):
    with stage.database.reading() as session:
        before = session.execute(text("SELECT count(*), max(id) FROM movement")).one()
    case_id = stage.approved(kind=CaseKind.DRILL)
    coordinator = stage.actor("coordinator")
    with pytest.raises(DrillError):
        stage.launching.hold(actor=coordinator, op_id=op(), case_id=case_id)
    launched = stage.launching.launch(actor=coordinator, op_id=op(), case_id=case_id)
    assert (launched.locks, len(launched.task_ids)) == (0, 4)
    for task_id in launched.task_ids:
        stage.answering.count(actor=coordinator, op_id=op(), task_id=task_id, found={1: 1, 2: 1}, note="drill")
        stage.answering.quarantine_here(actor=coordinator, op_id=op(), task_id=task_id, note="drill")
        done = stage.answering.finish(actor=coordinator, op_id=op(), task_id=task_id, note="drill")
        assert done.state is TaskState.DONE
    with stage.database.reading() as session:
        assert session.execute(text("SELECT count(*), max(id) FROM movement")).one() == before
        assert session.execute(text("SELECT count(*) FROM lot_lock")).scalar() == 0


def test_an_advisory_warns_and_locks_nothing(stage):
    case_id = stage.approved(kind=CaseKind.ADVISORY)
    launched = stage.launching.launch(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id)
    assert (launched.locks, len(launched.task_ids)) == (0, 4)


def test_a_case_without_an_affected_batch_cannot_be_approved(stage):
    case_id = stage.assessed("REF: ZZ-1-99\nGTIN: 06999999990016\nLot: Q1")
    stage.registering.confirm_clauses(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id)
    with pytest.raises(NothingAffectedError):
        stage.launching.approve(
            actor=stage.actor("boss"), op_id=stage.signed("boss", "approve_recall"), case_id=case_id
        )


def test_a_case_is_not_approved_before_it_is_assessed_anew(stage):
    case_id = stage.assessed()
    coordinator = stage.actor("coordinator")
    stage.registering.add_product(
        actor=coordinator, op_id=op(), case_id=case_id, product_id=stage.hospital.products["TUBE"], reason="by phone"
    )
    with pytest.raises(NotAssessedError):
        stage.launching.approve(
            actor=stage.actor("boss"), op_id=stage.signed("boss", "approve_recall"), case_id=case_id
        )


MOVES = st.lists(
    st.tuples(st.sampled_from(["icu", "clinic", "store2", "use", "loss", "return", "quarantine"]), st.integers(1, 20)),
    max_size=8,
)


@given(MOVES)
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_exactly_the_places_with_balance_or_use_get_a_task(fresh_stage, moves):
    stage = fresh_stage()
    for step, quantity in moves:
        _move(stage, step, quantity)
    stage.launched()
    with stage.database.reading() as session:
        held = session.execute(
            text(
                "SELECT DISTINCT location_id FROM balance JOIN location ON location.id = location_id "
                "WHERE batch_id IN (1, 2) AND quantity <> 0 AND state NOT IN ('returned', 'destroyed') "
                "AND location.kind <> 'quarantine'"
            )
        )
        wanted = set(held.scalars())
        tasks = session.scalars(select(DepartmentTask)).all()
        expected = session.execute(
            text(
                "SELECT coalesce(sum(quantity), 0) FROM balance JOIN location ON location.id = location_id "
                "WHERE batch_id IN (1, 2) AND state IN ('in_stock', 'in_transit', 'par', 'quarantined', 'expensed') "
                "AND location.kind <> 'quarantine'"
            )
        ).scalar_one()
    assert {task.location_id for task in tasks} == wanted
    assert sum(task.expected for task in tasks) == expected


@pytest.fixture
def fresh_stage(tmp_path, sqlite_template, clock):
    """Makes a new hospital in a new file for every example."""
    opened = []

    def make():
        path = tmp_path / f"{uuid.uuid4().hex}.db"
        shutil.copy(sqlite_template, path)
        opened.append(Database(f"sqlite:///{path}", clock))
        return recall_stage(opened[-1])

    yield make
    for database in opened:
        database.close()


def _move(stage, step, quantity):
    store, icu = ("store", StockState.IN_STOCK), ("icu", StockState.PAR)
    moves = {
        "icu": (MovementKind.ISSUE, store, icu, {}),
        "clinic": (MovementKind.ISSUE, store, ("clinic", StockState.EXPENSED), {}),
        "store2": (MovementKind.TRANSFER, store, ("store2", StockState.IN_TRANSIT), {}),
        "use": (MovementKind.USE, icu, ("icu", StockState.USED), {"by": "nurse"}),
        "loss": (MovementKind.STOCK_LOSS, icu, ("icu", StockState.UNACCOUNTED), {"second": "head", "reason": "x"}),
        "return": (MovementKind.WARD_RETURN, icu, store, {}),
        "quarantine": (MovementKind.QUARANTINE, store, ("quarantine", StockState.QUARANTINED), {}),
    }
    kind, source, target, more = moves[step]
    with contextlib.suppress(AppError):  # more than there is: the step is skipped
        stage.hospital.move(kind, 1, quantity, source, target, **more)
