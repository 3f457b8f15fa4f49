"""Layers stand independently: each is lifted alone, by two persons, and the others go on holding."""

from datetime import timedelta

import pytest

from app.core.clock import local_date
from tests.builders import small_hospital
from tests.models.arranging import LIFT, MOVEMENT, Desk

FAR_WEST, FAR_EAST = "Etc/GMT+12", "Etc/GMT-14"  # 26 hours apart: never the same day


@pytest.fixture
def desk(database) -> Desk:
    desk = Desk(small_hospital(database))
    yield desk
    desk.prompt.close()


def stock(desk: Desk, lot: str, **more) -> int:
    batch = desk.batch(lot, **more)
    desk.post("receipt", batch, 100, "", "store.in_stock")
    with desk.acting("inspector"):
        desk.post(
            "inspection", batch, 100, "store.in_stock", "store.in_stock", outcome="released",
            actor_id=desk.hospital.persons["inspector"],
        )  # fmt: skip
    return batch


def issue(desk: Desk, batch: int) -> str:
    return desk.prompt.refusal(MOVEMENT, **desk.movement("issue", batch, 1, "store.in_stock", "icu.par"))


def approved_case(desk: Desk) -> int:
    """Through the wall, step by step: registered, assessed, approved by another, active."""
    with desk.acting("coordinator"):
        case = desk.case("registered", approved_by=None)
        desk.prompt.run("UPDATE recall_case SET state = 'assessing' WHERE id = :id", id=case)
    desk.sign_over("boss", case, "approve_recall")
    with desk.acting("boss"):
        desk.prompt.run(
            "UPDATE recall_case SET approved_by = :boss, approved_at = :at WHERE id = :id",
            boss=desk.hospital.persons["boss"], at=desk.now, id=case,
        )  # fmt: skip
    with desk.acting("coordinator"):
        desk.prompt.run(
            "UPDATE recall_case SET state = 'active', launched_by = :me, launched_at = :at WHERE id = :id",
            me=desk.hospital.persons["coordinator"], at=desk.now, id=case,
        )  # fmt: skip
    return case


def test_lifting_one_layer_leaves_the_other(desk):
    batch = stock(desk, "A1")
    hold = desk.lock("on_hold", "A1")
    recall = desk.lock("recall_quarantine", "A1", case_id=approved_case(desk))
    assert issue(desk, batch) == "locked"
    assert desk.lift(hold) == ""
    assert issue(desk, batch) == "locked"
    assert desk.lift(recall) == ""
    assert issue(desk, batch) == ""


def test_two_holds_of_one_layer_are_lifted_one_by_one(desk):
    batch = stock(desk, "A1")
    first, second = desk.lock("on_hold", "A1"), desk.lock("on_hold", "A1")
    assert desk.lift(first) == ""
    assert issue(desk, batch) == "locked"
    assert desk.lift(second) == ""
    assert issue(desk, batch) == ""


def test_a_lock_is_lifted_once_and_only_once(desk):
    stock(desk, "A1")
    hold = desk.lock("on_hold", "A1")
    assert desk.lift(hold) == ""
    assert desk.lift(hold) in {"exists", "constraint"}


def test_a_lift_takes_two_persons_a_signature_and_a_reason(desk):
    batch = stock(desk, "A1")
    hold = desk.lock("on_hold", "A1")
    assert desk.lift(hold, by="keeper", second="keeper") == "own_second"
    persons = desk.hospital.persons
    unsigned = {"lock_id": hold, "op_id": "nobody-signed", "reason": "x", "lifted_at": desk.now}
    unsigned |= {"lifted_by": persons["keeper"], "second_person_id": persons["boss"]}
    assert desk.prompt.refusal(LIFT, **unsigned) == "unsigned"
    assert desk.prompt.refusal(LIFT, **unsigned | {"lifted_by": persons["keeper2"]}) == "not_signed_in"
    signed = unsigned | {"op_id": desk.sign("boss")}
    assert desk.prompt.refusal(LIFT, **signed | {"reason": ""}) == "reason_missing"
    assert issue(desk, batch) == "locked"
    assert desk.prompt.refusal(LIFT, **signed) == ""
    assert issue(desk, batch) == ""


def test_a_lock_holds_its_own_lot_and_no_other(desk):
    locked, free = stock(desk, "A1"), stock(desk, "A2")
    desk.lock("on_hold", "A1")
    assert (issue(desk, locked), issue(desk, free)) == ("locked", "")


def test_a_lock_on_the_product_holds_every_lot_of_it(desk):
    desk.hospital.product("PUMP")
    locked, other = stock(desk, "A1"), stock(desk, "A1", product="PUMP")
    lock = desk.lock("on_hold", None)
    assert (issue(desk, locked), issue(desk, other)) == ("locked", "")
    assert desk.lift(lock) == ""
    assert issue(desk, locked) == ""


def test_a_lock_holds_the_lot_that_is_yet_to_come(desk):
    desk.lock("on_hold", "LATER")
    batch = desk.batch("LATER")
    free, apart = (desk.movement("receipt", batch, 5, "", to) for to in ("store.in_stock", "quarantine.quarantined"))
    assert desk.prompt.refusal(MOVEMENT, **free) == "must_quarantine"
    assert desk.prompt.refusal(MOVEMENT, **apart) == "second_missing"
    apart |= {"op_id": desk.sign("boss"), "second_person_id": desk.hospital.persons["boss"], "reason": "came anyway"}
    assert desk.prompt.refusal(MOVEMENT, **apart) == ""


def test_the_same_lot_received_twice_is_held_twice(desk):
    first, second = stock(desk, "A1"), stock(desk, "A1")
    desk.lock("on_hold", "A1")
    assert (issue(desk, first), issue(desk, second)) == ("locked", "locked")


def test_an_inspection_is_recorded_under_a_lock_and_lifts_nothing(desk):
    batch = desk.batch("A1")
    desk.post("receipt", batch, 10, "", "store.in_stock")
    desk.lock("on_hold", "A1")
    with desk.acting("inspector"):
        desk.post(
            "inspection", batch, 10, "store.in_stock", "store.in_stock", outcome="released",
            actor_id=desk.hospital.persons["inspector"],
        )  # fmt: skip
    assert issue(desk, batch) == "locked"


def test_expiry_follows_the_date_at_the_site_not_in_london(desk):
    desk.prompt.run("UPDATE site SET time_zone = :zone", zone=FAR_WEST)
    batch = stock(desk, "A1", expiry=local_date(desk.hospital.database.clock(), FAR_WEST))
    assert issue(desk, batch) == ""
    desk.prompt.run("UPDATE site SET time_zone = :zone", zone=FAR_EAST)
    assert issue(desk, batch) == "locked"


def test_goods_are_good_on_the_day_they_expire(desk):
    desk.prompt.run("UPDATE site SET time_zone = :zone", zone=FAR_EAST)
    today = local_date(desk.hospital.database.clock(), FAR_EAST)
    last_day, yesterday = stock(desk, "A1", expiry=today), desk.batch("A2", expiry=today - timedelta(days=1))
    assert issue(desk, last_day) == ""
    receipt = desk.movement("receipt", yesterday, 1, "", "store.in_stock")
    assert desk.prompt.refusal(MOVEMENT, **receipt) == "must_quarantine"


def test_a_recall_lock_needs_an_approved_active_case(desk):
    with desk.acting("coordinator"):
        case = desk.case("registered", approved_by=None)
    with pytest.raises(Exception, match="not_approved"):
        desk.lock("recall_quarantine", "A1", case_id=case)
    with pytest.raises(Exception, match=r"not_approved|recall_names_case"):
        desk.lock("recall_quarantine", "A1")


def test_an_undone_issue_goes_back_to_the_shelf_only_while_nothing_holds_it(desk):
    batch = stock(desk, "A1")
    undone, held = (desk.post("issue", batch, 1, "store.in_stock", "icu.par") for _ in range(2))
    back = desk.movement("reversal", batch, 1, "icu.par", "store.in_stock", reverses_id=undone, reason="wrong ward")
    assert desk.prompt.refusal(MOVEMENT, **back) == ""
    desk.lock("on_hold", "A1")
    back = desk.movement("reversal", batch, 1, "icu.par", "store.in_stock", reverses_id=held, reason="wrong ward")
    back |= {"op_id": desk.sign("boss"), "second_person_id": desk.hospital.persons["boss"]}
    assert desk.prompt.refusal(MOVEMENT, **back) == "must_quarantine"
    back |= {"target_state": "quarantined"}
    assert desk.prompt.refusal(MOVEMENT, **back) == ""


def test_a_reversal_undoes_one_line_once_and_nothing_else(desk):
    batch, other = stock(desk, "A1"), stock(desk, "A2")
    line = desk.post("issue", batch, 2, "store.in_stock", "icu.par")
    desk.post("issue", other, 2, "store.in_stock", "icu.par")
    desk.post("issue", batch, 2, "store.in_stock", "icu.par")
    good = desk.movement("reversal", batch, 2, "icu.par", "store.in_stock", reverses_id=line, reason="wrong")
    for wrong in (
        {"quantity": 1},
        {"batch_id": other},
        {"target_id": desk.hospital.places["store2"]},
        {"target_state": "in_transit"},
        {"source_id": desk.hospital.places["clinic"], "source_state": "expensed"},
        {"reverses_id": line + 1000},
        {"reverses_id": None},
    ):
        assert desk.prompt.refusal(MOVEMENT, **good | wrong) in {"path", "constraint"}, wrong
    assert desk.prompt.refusal(MOVEMENT, **good) == ""
    assert desk.prompt.refusal(MOVEMENT, **good | {"op_id": "again"}) in {"exists", "constraint"}
