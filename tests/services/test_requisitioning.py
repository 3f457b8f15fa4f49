"""A ward asks, its head approves, the store issues against it; a lock takes what was kept, and says so."""

import uuid
from datetime import date

import pytest

from app.core.changes import Topic
from app.core.permissions import NotEntitledError
from app.core.statuses.requisition import RequisitionState, ReservationEnd
from app.core.statuses.stock import MovementKind, StockState
from app.core.statuses.supplement import SupplementField
from app.core.statuses.transitions import TransitionError
from app.models.persons import Setting
from app.models.refusals import OwnStepError
from app.models.requisitions import Requisition
from app.queries.free_stock import stock_of_batches
from app.queries.house_rules import LIMIT_KEY
from app.queries.requisitions import askable, requisition, requisitions_of_ward, requisitions_to_issue
from app.queries.reservations import cancelled_by_case, cancelled_by_locks
from app.services.issuing import EarlierExpiryError
from app.services.requisitioning import (
    MoreThanAskedError,
    NotAskedForError,
    NothingAskedError,
    NotYourWardError,
    OwnRequisitionError,
    RefusalReasonError,
    RequisitionClosedError,
    RequisitioningService,
    Served,
    SubstituteReasonError,
)
from app.services.supplementing import SupplementingService
from tests.stock_life import stock_life


@pytest.fixture
def life(database):
    life = stock_life(database)
    house = life.house
    house.product("ALT", "06999999912028")
    house.batch("CVC", "LATE", 40, expiry=date(2049, 1, 1))
    house.batch("CVC", "SOON", 30, expiry=date(2047, 1, 1))
    house.batch("ALT", "SUB", 30, expiry=date(2047, 1, 1))
    return life


def service(life) -> RequisitioningService:
    return RequisitioningService(life.database)


def ask(life, quantity=50, by="nurse", place="icu", product="CVC"):
    return service(life).ask(
        actor=life.actor(by), department_id=life.house.places[place], store_id=life.house.places["store"],
        lines=[(life.house.products[product], quantity)], note="",
    )  # fmt: skip


def serve(life, asked, *goods, reason=""):
    return service(life).issue(
        actor=life.actor("keeper"), op_id=uuid.uuid4().hex, requisition_id=asked.id, goods=list(goods), reason=reason
    )


def seen(life, asked):
    with life.database.reading() as session:
        return requisition(session, asked.id)


def kept(life, asked) -> dict[str, int]:
    return {lot.lot_no: lot.kept for lot in seen(life, asked).lines[0].lots if lot.kept}


def test_below_the_limit_the_store_has_it_at_once_and_the_earliest_expiry_is_kept(life):
    asked = ask(life, 50)

    assert (asked.state, asked.reserved) == (RequisitionState.APPROVED, 50)
    assert kept(life, asked) == {"SOON": 30, "LATE": 20}
    with life.database.reading() as session:
        assert [row.number for row in requisitions_to_issue(session, life.house.places["store"])] == [asked.number]


def test_a_second_ward_is_kept_what_is_left_and_the_rest_is_backordered(life):
    ask(life, 50)
    second = ask(life, 50, by="head")

    assert second.reserved == 20
    assert kept(life, second) == {"LATE": 20}
    assert seen(life, second).lines[0].reserved == 20


def test_above_the_limit_the_head_decides_and_not_who_asked(life):
    with life.database.writing(None) as session:
        session.add(Setting(key=LIMIT_KEY, value="10", changed_by=None, changed_at=life.database.clock()))
    asked = ask(life, 11)
    own = ask(life, 11, by="head")

    assert asked.state is RequisitionState.ASKED
    with pytest.raises(OwnRequisitionError):
        service(life).decide(actor=life.actor("head"), requisition_id=own.id, approves=True)
    with pytest.raises(NotEntitledError):
        service(life).decide(actor=life.actor("nurse"), requisition_id=asked.id, approves=True)
    with pytest.raises(RefusalReasonError):
        service(life).decide(actor=life.actor("head"), requisition_id=asked.id, approves=False)
    done = service(life).decide(actor=life.actor("head"), requisition_id=asked.id, approves=True)
    assert (done.state, done.reserved) == (RequisitionState.APPROVED, 11)
    with pytest.raises(TransitionError):
        service(life).decide(actor=life.actor("head"), requisition_id=asked.id, approves=True)


def test_the_wall_knows_who_decides(life):
    with life.database.writing(None) as session:
        session.add(Setting(key=LIMIT_KEY, value="1", changed_by=None, changed_at=life.database.clock()))
    asked = ask(life, 5)

    with pytest.raises(OwnStepError), life.database.writing(life.actor("keeper").id) as session:
        session.get_one(Requisition, asked.id).decided_by = life.actor("head").id


def test_a_ward_asks_for_itself_and_for_something(life):
    with pytest.raises(NotYourWardError):
        ask(life, place="clinic")
    with pytest.raises(NothingAskedError):
        ask(life, 0)
    with pytest.raises(NotEntitledError):
        ask(life, by="keeper")


def test_partly_filled_stays_open_and_the_rest_closes_it(life):
    asked = ask(life, 50)
    serve(life, asked, Served(life.wanted("SOON", 30)))

    row = seen(life, asked)
    assert (row.state, row.missing, row.lines[0].issued) == (RequisitionState.PARTLY, 20, 30)
    assert kept(life, asked) == {"LATE": 20}
    serve(life, asked, Served(life.wanted("LATE", 20)))
    assert seen(life, asked).state is RequisitionState.ISSUED
    assert kept(life, asked) == {}
    with pytest.raises(RequisitionClosedError):
        serve(life, asked, Served(life.wanted("LATE", 1)))


def test_the_earliest_goes_first_and_a_deviation_takes_a_reason(life):
    asked = ask(life, 20)
    with pytest.raises(EarlierExpiryError):
        serve(life, asked, Served(life.wanted("LATE", 20)))
    assert seen(life, asked).state is RequisitionState.APPROVED

    serve(life, asked, Served(life.wanted("LATE", 20)), reason="外箱已开")
    assert seen(life, asked).state is RequisitionState.ISSUED


def test_a_substitute_is_said_and_takes_a_reason(life):
    asked = ask(life, 20)
    line = seen(life, asked).lines[0].id
    other = life.wanted("SUB", 20, product="ALT")

    with pytest.raises(NotAskedForError):
        serve(life, asked, Served(other))
    with pytest.raises(SubstituteReasonError):
        serve(life, asked, Served(other, line))
    serve(life, asked, Served(other, line), reason="缺货，主任同意")

    row = seen(life, asked)
    assert row.state is RequisitionState.ISSUED
    assert [name.zh for name in row.lines[0].substitutes] == ["ALT导管"]


def test_more_than_asked_is_refused_and_nothing_is_posted(life):
    asked = ask(life, 10)
    with pytest.raises(MoreThanAskedError):
        serve(life, asked, Served(life.wanted("SOON", 11)))
    assert seen(life, asked).lines[0].issued == 0


@pytest.mark.parametrize("by_case", [False, True])
def test_a_lock_cancels_what_was_kept_and_lists_it(life, by_case):
    asked = ask(life, 50)
    if by_case:
        case_id = life.recall("SOON")
    else:
        held = life.hold("SOON")
        assert [row.quantity for row in held.cancelled] == [30]

    with life.database.reading() as session:
        rows = cancelled_by_case(session, case_id) if by_case else cancelled_by_locks(session, held.lock_ids)
    assert [(row.requisition_no, row.lot_no, row.quantity) for row in rows] == [(asked.number, "SOON", 30)]
    assert [row.ended_why for row in seen(life, asked).cancelled] == [ReservationEnd.LOCKED]
    assert kept(life, asked) == {"LATE": 20}


def test_a_lock_on_an_earlier_spelling_cancels_too(life):
    asked = ask(life, 30)
    with life.database.reading() as session:
        batch_id = requisition(session, asked.id).lines[0].lots[0].batch_id
    op_id = uuid.uuid4().hex
    life.house.sign("boss", op_id, "supplement")
    SupplementingService(life.database).complete(
        actor=life.actor("keeper"), op_id=op_id, batch_id=batch_id, field=SupplementField.LOT_NO, value="S00N",
        reason="label", second=life.actor("boss"),
    )  # fmt: skip

    life.hold("SOON")

    assert len(seen(life, asked).cancelled) == 1


def test_a_reservation_is_never_in_the_way(life):
    asked = ask(life, 70)
    with life.database.reading() as session:
        soon = requisition(session, asked.id).lines[0].lots[0].batch_id
    life.issue("SOON", 30, to="clinic")
    with life.database.reading() as session:
        assert stock_of_batches(session, [soon])[soon].reserved == 0
    late = next(lot.batch_id for lot in seen(life, asked).lines[0].lots if lot.lot_no == "LATE")
    life.house.move(
        MovementKind.QUARANTINE, late, 20, ("store", StockState.IN_STOCK), ("quarantine", StockState.QUARANTINED)
    )
    life.house.move(
        MovementKind.DISPOSAL, late, 20, ("store", StockState.IN_STOCK), ("store", StockState.DESTROYED),
        second="boss", reason="破损",
    )  # fmt: skip
    with life.database.reading() as session:
        assert stock_of_batches(session, [late])[late].reserved == 0


def test_the_ward_withdraws_and_the_units_are_free_again(life):
    asked = ask(life, 70)
    again = ask(life, 70)
    assert again.reserved == 0

    service(life).withdraw(actor=life.actor("nurse"), requisition_id=asked.id)

    assert seen(life, asked).state is RequisitionState.WITHDRAWN
    assert ask(life, 70).reserved == 70
    with pytest.raises(RequisitionClosedError):
        service(life).withdraw(actor=life.actor("nurse"), requisition_id=asked.id)


def test_the_usual_list_is_what_the_ward_took(life):
    life.issue("SOON", 12)
    with life.database.reading() as session:
        usual = askable(session, life.house.places["icu"], life.house.places["store"])
        found = askable(session, life.house.places["icu"], life.house.places["store"], "ALT")
        mine = requisitions_of_ward(session, life.house.places["icu"])

    assert [(one.ref, one.usual, one.stock.free) for one in usual] == [("REF-CVC", 12, 58)]
    assert [one.ref for one in found] == ["REF-ALT"]
    assert mine == []


def test_an_issue_taken_back_is_owed_again_and_kept_anew(life):
    """Whole, in part, and not where the ward no longer wants it; the earliest expiry is kept first again."""
    asked = ask(life, 50)
    soon = serve(life, asked, Served(life.wanted("SOON", 30)))
    late = serve(life, asked, Served(life.wanted("LATE", 20)))
    assert seen(life, asked).state is RequisitionState.ISSUED

    def take_back(issued):
        return life.correcting.reverse(
            actor=life.actor("keeper"),
            op_id=uuid.uuid4().hex,
            movement_id=life.movements(issued.document_no)[0],
            reason="发错科室",
        )

    first = take_back(late)
    assert (first.requisition, seen(life, asked).state) == (asked.number, RequisitionState.PARTLY)
    assert (seen(life, asked).missing, kept(life, asked)) == (20, {"LATE": 20})
    assert Topic.TASKS in first.changes
    take_back(soon)
    assert (seen(life, asked).state, seen(life, asked).missing) == (RequisitionState.APPROVED, 50)
    assert kept(life, asked) == {"SOON": 30, "LATE": 20}

    again = serve(life, asked, Served(life.wanted("SOON", 30)))
    service(life).withdraw(actor=life.actor("nurse"), requisition_id=asked.id)
    take_back(again)
    assert (seen(life, asked).state, kept(life, asked)) == (RequisitionState.WITHDRAWN, {})
