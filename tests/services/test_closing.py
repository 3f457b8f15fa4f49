"""The goods leave, the units balance, another person closes."""

import pytest
from sqlalchemy import text

from app.core.permissions import Role
from app.core.statuses.recall import CaseKind, CaseState, TaskState, Treatment
from app.core.statuses.stock import MovementKind, StockState
from app.core.words import describe
from app.models.recalls import RecallCase
from app.models.refusals import OwnStepError, UnsignedError
from app.queries.case_closing import ClosingItem, closing_checklist
from app.queries.case_goods import differences, sealed_goods, shipments
from app.queries.case_head import NextStep, case_head
from app.queries.case_timeline import case_timeline
from app.queries.impact import impact
from app.queries.recalls import case_rows
from app.queries.tasks import task_board
from app.services.closing import ChecklistOpenError, ReviewWordsError
from app.services.collecting import MoreThanThereError, NotInCaseError, Portion
from app.services.lifting import StillNeededError
from app.services.picking import Wanted
from app.services.registering import ReasonNeededError
from app.services.returning import NotSealedError, WaybillMissingError
from app.services.signing_in import hash_password
from tests.services.recall_stage import op, recall_stage

PLACES = (("store", "A100", 50), ("icu", "A100", 25), ("clinic", "A100", 20), ("store2", "A200", 40))


@pytest.fixture
def stage(database):
    return recall_stage(database)


def fetch(stage, query, *args, **kwargs):
    with stage.database.reading() as session:
        return query(session, *args, **kwargs)


def collect(stage, case_id, place, lot, quantity):
    return stage.collecting.collect(
        actor=stage.actor("keeper"),
        op_id=op(),
        case_id=case_id,
        place_id=stage.hospital.places[place],
        wanted=Wanted(stage.hospital.products["CVC"], lot, quantity),
    )


def count_all(stage, case_id, *, note="by telephone"):
    coordinator = stage.actor("coordinator")
    for task in fetch(stage, task_board, case_id, stage.database.clock()).tasks:
        with stage.database.reading() as session:
            rows = session.execute(
                text("SELECT batch_id, expected FROM task_line WHERE task_id = :task"), {"task": task.id}
            ).all()
        found = {batch: expected for batch, expected in rows}
        stage.answering.count(actor=coordinator, op_id=op(), task_id=task.id, found=found, note=note)


def finish_all(stage, case_id):
    for task in fetch(stage, task_board, case_id, stage.database.clock()).tasks:
        stage.answering.finish(actor=stage.actor("coordinator"), op_id=op(), task_id=task.id, note="by telephone")


def ship_all(stage, case_id):
    portions = [
        Portion(row.batch_id, row.location_id, StockState.QUARANTINED, row.quantity)
        for row in fetch(stage, sealed_goods, case_id)
    ]
    op_id = op()
    stage.hospital.sign("keeper2", op_id, "hand_over")
    return stage.returning.ship(
        actor=stage.actor("keeper"),
        op_id=op_id,
        case_id=case_id,
        portions=portions,
        carrier="SF",
        waybill="SF123",
        second=stage.actor("keeper2"),
    )


def balanced(stage):
    """A launched case whose goods are all back at the supplier, ready for its review."""
    case_id = stage.launched()
    coordinator = stage.actor("coordinator")
    count_all(stage, case_id)
    for place, lot, quantity in PLACES:
        collect(stage, case_id, place, lot, quantity)
    finish_all(stage, case_id)
    shipped = ship_all(stage, case_id)
    stage.returning.confirm(
        actor=stage.actor("keeper"), op_id=op(), shipment_id=shipped.shipment_id, received_at=stage.database.clock()
    )
    stage.closing.reply(actor=coordinator, op_id=op(), case_id=case_id, note="mail to the maker")
    stage.closing.write_review(
        actor=coordinator, op_id=op(), case_id=case_id, root_cause="coating too thin", lessons="ask for the REF"
    )
    stage.closing.reconcile(actor=coordinator, op_id=op(), case_id=case_id)
    return case_id


def test_a_case_goes_from_collection_to_closed_and_every_unit_is_accounted_for(stage):
    case_id = balanced(stage)
    assert fetch(stage, closing_checklist, case_id).is_complete
    stage.closing.ask_review(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id)
    stage.closing.close(actor=stage.actor("boss"), op_id=stage.signed("boss", "close_recall"), case_id=case_id)
    found = fetch(stage, impact, case_id)
    assert found.by_state == {StockState.USED: 5, StockState.RETURNED: 135}
    (row,) = fetch(stage, case_rows, stage.database.clock())
    assert (row.state, row.received, row.accounted) == (CaseState.CLOSED, 140, 140)
    kinds = [entry.kind for entry in fetch(stage, case_timeline, case_id) if entry.kind != "signature"]
    assert kinds[:2] == ["notice", "registered"]
    assert kinds[-1] == "closed"
    assert kinds.count("collected") == 4


def test_a_closed_case_keeps_its_locks(stage):
    case_id = balanced(stage)
    stage.closing.ask_review(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id)
    stage.closing.close(actor=stage.actor("boss"), op_id=stage.signed("boss", "close_recall"), case_id=case_id)
    with stage.database.reading() as session:
        layers = session.execute(text("SELECT layer FROM batch_layer WHERE batch_id = 1")).scalars().all()
    assert layers == ["recall_quarantine"]


def test_closing_is_refused_with_the_open_items_named_in_both_languages(stage):
    case_id = stage.launched()
    checklist = fetch(stage, closing_checklist, case_id)
    assert {row.item for row in checklist.open_rows} == {
        ClosingItem.TASKS,
        ClosingItem.FREE_STOCK,
        ClosingItem.UNCOUNTED,
        ClosingItem.FEEDBACK,
        ClosingItem.RETURNED,
        ClosingItem.REPLIED,
        ClosingItem.ROOT_CAUSE,
        ClosingItem.LESSONS,
    }
    with pytest.raises(ChecklistOpenError) as refusal:
        stage.closing.reconcile(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id)
    assert "ICU" in describe(refusal.value, "en")
    assert "重症医学科" in describe(refusal.value, "zh")


def test_goods_left_in_quarantine_keep_a_case_open(stage):
    case_id = stage.launched()
    count_all(stage, case_id)
    for place, lot, quantity in PLACES:
        collect(stage, case_id, place, lot, quantity)
    finish_all(stage, case_id)
    stage.closing.reconcile(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id)
    with pytest.raises(ChecklistOpenError) as refusal:
        stage.closing.ask_review(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id)
    assert "units in quarantine neither returned nor destroyed: 135" in describe(refusal.value, "en")


def test_who_asked_for_the_review_cannot_close(stage):
    case_id = balanced(stage)
    stage.hospital.person("double", Role.RECALL_COORDINATOR, Role.EXECUTIVE)
    double = stage.actor("double")
    stage.closing.ask_review(actor=double, op_id=op(), case_id=case_id)
    with pytest.raises(OwnStepError):
        stage.closing.close(actor=double, op_id=op(), case_id=case_id)


def test_a_foreign_lot_is_refused_in_words(stage):
    case_id = stage.launched()
    with pytest.raises(NotInCaseError) as refusal:
        collect(stage, case_id, "store", "B900", 1)
    assert "B900" in describe(refusal.value, "zh")


def test_more_than_the_books_know_is_refused_in_words(stage):
    case_id = stage.launched()
    with pytest.raises(MoreThanThereError) as refusal:
        collect(stage, case_id, "icu", "A100", 26)
    assert "has 25 of lot A100" in describe(refusal.value, "en")


def test_the_task_is_handed_over_when_the_last_unit_is_collected(stage):
    case_id = stage.launched()
    count_all(stage, case_id)
    assert collect(stage, case_id, "icu", "A100", 20).task_state is TaskState.FOUND
    last = collect(stage, case_id, "icu", "A100", 5)
    assert (last.task_state, last.left) == (TaskState.HANDED_OVER, 0)


def test_a_difference_takes_a_second_signature_and_shows_on_the_case(stage):
    case_id = stage.launched()
    portion = Portion(1, stage.hospital.places["icu"], StockState.PAR, 2)
    arguments = {
        "actor": stage.actor("keeper"),
        "case_id": case_id,
        "portion": portion,
        "reason": "thrown away opened",
        "second": stage.actor("head"),
    }
    with pytest.raises(UnsignedError):
        stage.collecting.explain(op_id=op(), **arguments)
    op_id = op()
    stage.hospital.sign("head", op_id, "difference")
    stage.collecting.explain(op_id=op_id, **arguments)
    (row,) = fetch(stage, differences, case_id)
    assert (row.quantity, row.reason, row.second.en) == (2, "thrown away opened", "Head")
    assert fetch(stage, impact, case_id).by_state[StockState.UNACCOUNTED] == 2


def test_goods_outside_quarantine_cannot_be_shipped_and_a_waybill_is_needed(stage):
    case_id = stage.launched()
    portion = Portion(1, stage.hospital.places["store"], StockState.IN_STOCK, 1)
    arguments = {
        "actor": stage.actor("keeper"),
        "op_id": op(),
        "case_id": case_id,
        "portions": [portion],
        "second": stage.actor("keeper2"),
    }
    with pytest.raises(NotSealedError):
        stage.returning.ship(carrier="SF", waybill="1", **arguments)
    with pytest.raises(WaybillMissingError):
        stage.returning.ship(carrier="SF", waybill=" ", **arguments)


def test_a_return_lists_its_lines_and_waits_for_its_confirmation(stage):
    case_id = stage.launched()
    collect(stage, case_id, "store", "A100", 50)
    ship_all(stage, case_id)
    (row,) = fetch(stage, shipments, case_id)
    assert (row.quantity, row.waybill, row.second.en, row.received_at) == (50, "SF123", "Keeper2", None)


def test_goods_are_destroyed_before_a_witness(stage):
    case_id = stage.launched(treatment=Treatment.DESTROY)
    collect(stage, case_id, "store2", "A200", 40)
    op_id = op()
    stage.hospital.sign("inspector", op_id, "destroy")
    portion = Portion(2, stage.hospital.places["quarantine"], StockState.QUARANTINED, 40)
    stage.collecting.destroy(
        actor=stage.actor("keeper"),
        op_id=op_id,
        case_id=case_id,
        portions=[portion],
        reason="as the maker demands",
        second=stage.actor("inspector"),
    )
    assert fetch(stage, impact, case_id).by_state[StockState.DESTROYED] == 40


def test_a_use_after_the_launch_is_an_alarm_in_the_timeline(stage):
    case_id = stage.launched()
    stage.hospital.move(
        MovementKind.USE,
        1,
        1,
        ("icu", StockState.PAR),
        ("icu", StockState.USED),
        by="nurse",
        second="head",
        reason="used before the notice was read",
        despite_lock=True,
    )
    alarms = [row for row in fetch(stage, case_timeline, case_id) if row.is_alarm]
    assert [(row.quantity, row.place.en) for row in alarms] == [(1, "ICU")]


def test_a_closed_case_is_reopened_reconciled_and_closed_again(stage):
    case_id = balanced(stage)
    coordinator, boss = stage.actor("coordinator"), stage.actor("boss")
    for _ in range(2):
        stage.closing.ask_review(actor=coordinator, op_id=op(), case_id=case_id)
        stage.closing.close(actor=boss, op_id=stage.signed("boss", "close_recall"), case_id=case_id)
        stage.closing.reopen(actor=coordinator, op_id=op(), case_id=case_id, reason="one more box was found")
        stage.closing.reconcile(actor=coordinator, op_id=op(), case_id=case_id)


def test_withdrawing_lifts_nothing_and_two_persons_lift_the_locks_afterwards(stage):
    case_id = stage.launched()
    coordinator = stage.actor("coordinator")
    arguments = {"actor": coordinator, "case_id": case_id, "second": stage.actor("boss"), "reason": "notice revoked"}
    with pytest.raises(StillNeededError):
        stage.lifting.lift_recall(op_id=op(), **arguments)
    stage.closing.withdraw(
        actor=coordinator,
        op_id=stage.signed("coordinator", "withdraw_recall"),
        case_id=case_id,
        reason="notice revoked",
    )
    with pytest.raises(UnsignedError):
        stage.lifting.lift_recall(op_id=op(), **arguments)
    op_id = op()
    stage.hospital.sign("boss", op_id, "lift")
    assert stage.lifting.lift_recall(op_id=op_id, **arguments).locks == 2
    with stage.database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM batch_layer WHERE layer = 'recall_quarantine'")).scalar() == 0


def test_a_repaired_lot_goes_back_to_the_shelf_after_two_have_lifted_the_lock(sqlite_database):
    stage = recall_stage(sqlite_database)
    case_id = stage.launched(treatment=Treatment.REPAIR)
    coordinator = stage.actor("coordinator")
    open_items = {row.item for row in fetch(stage, closing_checklist, case_id).open_rows}
    assert ClosingItem.FREE_STOCK in open_items
    assert ClosingItem.RETURNED not in open_items
    op_id = op()
    stage.hospital.sign("boss", op_id, "lift")
    stage.lifting.lift_recall(
        actor=coordinator, op_id=op_id, case_id=case_id, second=stage.actor("boss"), reason="repaired, report 12"
    )
    assert ClosingItem.FREE_STOCK not in {row.item for row in fetch(stage, closing_checklist, case_id).open_rows}
    stage.hospital.move(MovementKind.ISSUE, 1, 1, ("store", StockState.IN_STOCK), ("icu", StockState.PAR))


def test_a_reviewer_sends_a_case_back_with_the_reason(sqlite_database):
    stage = recall_stage(sqlite_database)
    case_id = balanced(stage)
    stage.closing.ask_review(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id)
    with pytest.raises(ReasonNeededError):
        stage.closing.send_back(actor=stage.actor("boss"), op_id=op(), case_id=case_id, reason="")
    stage.closing.send_back(actor=stage.actor("boss"), op_id=op(), case_id=case_id, reason="lessons too thin")
    with stage.database.reading() as session:
        assert session.get_one(RecallCase, case_id).state is CaseState.RECONCILING


def test_another_person_closes_in_place_with_their_own_password(sqlite_database):
    stage = recall_stage(sqlite_database)
    case_id = balanced(stage)
    coordinator = stage.actor("coordinator")
    stage.hospital.person("chief", Role.EXECUTIVE, password_hash=hash_password("Chief-of-9-stores"))
    stage.closing.ask_review(actor=coordinator, op_id=op(), case_id=case_id)
    closer = stage.closing.close_in_place(
        actor=coordinator, op_id=op(), case_id=case_id, login="chief", password="Chief-of-9-stores"
    )
    head = fetch(stage, case_head, case_id, stage.database.clock())
    assert head.closed_by == closer.name
    assert head.next_step is None


def test_a_review_without_root_cause_or_lessons_is_none(sqlite_database):
    stage = recall_stage(sqlite_database)
    case_id = stage.launched()
    with pytest.raises(ReviewWordsError):
        stage.closing.write_review(
            actor=stage.actor("coordinator"), op_id=op(), case_id=case_id, root_cause="thin", lessons=" "
        )


def test_the_steps_after_the_launch_lead_to_the_close(sqlite_database):
    stage = recall_stage(sqlite_database)
    case_id = balanced(stage)
    steps = [fetch(stage, case_head, case_id, stage.database.clock()).next_step]
    stage.closing.ask_review(actor=stage.actor("coordinator"), op_id=op(), case_id=case_id)
    steps.append(fetch(stage, case_head, case_id, stage.database.clock()).next_step)
    assert steps == [NextStep.ASK_REVIEW, NextStep.CLOSE]


def test_a_drill_closes_without_goods_or_an_answer_to_a_supplier(sqlite_database):
    stage = recall_stage(sqlite_database)
    case_id = stage.launched(kind=CaseKind.DRILL)
    count_all(stage, case_id, note="drill")
    for task in fetch(stage, task_board, case_id, stage.database.clock()).tasks:
        if task.state is TaskState.FOUND:
            stage.answering.quarantine_here(actor=stage.actor("coordinator"), op_id=op(), task_id=task.id, note="drill")
    finish_all(stage, case_id)
    coordinator = stage.actor("coordinator")
    stage.closing.write_review(
        actor=coordinator, op_id=op(), case_id=case_id, root_cause="drill", lessons="the ICU was slow"
    )
    stage.closing.reconcile(actor=coordinator, op_id=op(), case_id=case_id)
    stage.closing.ask_review(actor=coordinator, op_id=op(), case_id=case_id)
    stage.closing.close(actor=stage.actor("boss"), op_id=stage.signed("boss", "close_recall"), case_id=case_id)
