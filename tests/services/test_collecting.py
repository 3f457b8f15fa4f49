"""Goods of a case by scan: serial units, the right area, surplus, and who may."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text

from app.core.errors import NotFoundError
from app.core.permissions import NotEntitledError
from app.core.statuses.recall import CaseKind, Treatment
from app.core.statuses.stock import StockState
from app.models.catalogue import Supplier
from app.models.refusals import OwnSecondError
from app.models.stock import Balance
from app.queries.case_goods import differences, shipment_lines
from app.queries.impact import impact
from app.services.collecting import (
    MoreThanThereError,
    NotInCaseError,
    NotQuarantineError,
    Portion,
    QuantityError,
)
from app.services.diary import CaseStateError
from app.services.launching import DrillError
from app.services.lifting import NothingToLiftError
from app.services.picking import NoSuchSerialError, SerialNeededError, Wanted
from app.services.quarantining import NoQuarantineAreaError
from app.services.returning import (
    NothingToShipError,
    ReceiptEarlyError,
    ReceivedAlreadyError,
    SeveralSuppliersError,
)
from tests.services.recall_stage import op, recall_stage


@pytest.fixture
def stage(sqlite_database):
    return recall_stage(sqlite_database)


def collect(stage, case_id, lot="A100", quantity=1, *, place="store", product="CVC", by="keeper", **more):
    area = more.pop("area_id", None)
    return stage.collecting.collect(
        actor=stage.actor(by),
        op_id=op(),
        case_id=case_id,
        place_id=stage.hospital.places[place],
        wanted=Wanted(stage.hospital.products[product], lot, quantity, **more),
        area_id=area,
    )


def signed(stage, by):
    op_id = op()
    stage.hospital.sign(by, op_id)
    return op_id


def balance(stage, batch_id, place, state):
    with stage.database.reading() as session:
        return session.scalar(
            select(Balance.quantity).where(
                Balance.batch_id == batch_id,
                Balance.location_id == stage.hospital.places[place],
                Balance.state == state,
            )
        )


def test_only_a_quarantine_area_takes_recalled_goods(stage):
    case_id = stage.launched()
    with pytest.raises(NotQuarantineError):
        collect(stage, case_id, area_id=stage.hospital.places["store2"])
    with pytest.raises(NotFoundError):
        collect(stage, case_id, area_id=999)
    collect(stage, case_id, area_id=stage.hospital.places["quarantine"])
    assert balance(stage, 1, "quarantine", StockState.QUARANTINED) == 1


def test_a_nurse_collects_nothing_and_nobody_collects_nothing(stage):
    case_id = stage.launched()
    with pytest.raises(NotEntitledError):
        collect(stage, case_id, by="nurse")
    with pytest.raises(QuantityError):
        collect(stage, case_id, quantity=0)


def test_nothing_is_collected_before_the_launch_nor_in_a_drill(stage):
    with pytest.raises(CaseStateError):
        collect(stage, stage.assessed())
    with pytest.raises(DrillError):
        collect(stage, stage.launched(kind=CaseKind.DRILL))


def test_a_site_without_quarantine_area_says_so(stage):
    case_id = stage.launched()
    with stage.database.writing(None) as session:
        session.execute(text("UPDATE location SET is_active = false WHERE code = 'quarantine'"))
    with pytest.raises(NoQuarantineAreaError):
        collect(stage, case_id)


def test_serial_units_are_collected_one_by_one(stage):
    stage.hospital.product("PACE", "06999999014034", needs_serial=True, ref="PM-100")
    stage.hospital.batch("PACE", "P1", serials=("S001", "S002"))
    other = stage.hospital.batch("PACE", "P2", serials=("S003",))
    case_id = stage.launched("GTIN: 06999999014034\nLot: P1")
    with pytest.raises(SerialNeededError):
        collect(stage, case_id, "P1", product="PACE")
    assert collect(stage, case_id, "P1", product="PACE", serial="S001").left == 1
    with pytest.raises(NoSuchSerialError):
        collect(stage, case_id, "P1", product="PACE", serial="S001")
    with pytest.raises(NoSuchSerialError):
        collect(stage, case_id, "P1", product="PACE", serial="S003")
    with pytest.raises(NotInCaseError):
        collect(stage, case_id, "P2", product="PACE", serial="S003")
    assert balance(stage, other, "store", StockState.IN_STOCK) == 1


def test_a_surplus_comes_into_quarantine_with_a_reason_and_two_persons(stage):
    case_id = stage.launched()
    portion = Portion(1, stage.hospital.places["icu"], StockState.PAR, 2)
    arguments = {"actor": stage.actor("keeper"), "case_id": case_id, "portion": portion, "reason": "never booked"}
    with pytest.raises(OwnSecondError):
        stage.collecting.explain_surplus(op_id=signed(stage, "keeper"), second=stage.actor("keeper"), **arguments)
    stage.collecting.explain_surplus(op_id=signed(stage, "head"), second=stage.actor("head"), **arguments)
    with stage.database.reading() as session:
        (row,) = differences(session, case_id)
        found = impact(session, case_id)
    assert row.quantity == -2
    assert (found.received, found.by_state[StockState.UNACCOUNTED]) == (140, -2)


def test_what_is_not_on_the_books_cannot_be_lost_or_destroyed(stage):
    case_id = stage.launched(treatment=Treatment.DESTROY)
    arguments = {"actor": stage.actor("keeper"), "case_id": case_id, "reason": "x", "second": stage.actor("head")}
    too_many = Portion(1, stage.hospital.places["icu"], StockState.PAR, 26)
    with pytest.raises(MoreThanThereError):
        stage.collecting.explain(op_id=op(), portion=too_many, **arguments)
    foreign = Portion(3, stage.hospital.places["store"], StockState.IN_STOCK, 1)
    with pytest.raises(NotInCaseError):
        stage.collecting.destroy(op_id=op(), portions=[foreign], **arguments)


def test_a_return_has_goods_and_one_supplier(stage):
    with stage.database.writing(None) as session:
        second = Supplier(
            code="S2",
            name_zh="二号供应商",
            name_en="Second",
            licence_no="T-2",
            licence_valid_until=date(2099, 1, 1),
            address="-",
            phone="-",
            is_active=True,
        )
        session.add(second)
        session.flush()
        stage.hospital.suppliers["second"] = second.id
    other = stage.hospital.batch("CVC", "A200", 5, supplier="second")
    case_id = stage.launched()
    collect(stage, case_id)
    collect(stage, case_id, "A200", 5)
    area = stage.hospital.places["quarantine"]
    arguments = {
        "actor": stage.actor("keeper"),
        "case_id": case_id,
        "carrier": "SF",
        "waybill": "1",
        "second": stage.actor("keeper2"),
    }
    with pytest.raises(NothingToShipError):
        stage.returning.ship(op_id=op(), portions=[], **arguments)
    one, two = (Portion(batch, area, StockState.QUARANTINED, 1) for batch in (1, other))
    with pytest.raises(SeveralSuppliersError):
        stage.returning.ship(op_id=op(), portions=[one, two], **arguments)
    stage.returning.ship(op_id=signed(stage, "keeper2"), portions=[two], **arguments)


def test_a_receipt_is_confirmed_once_and_not_before_the_hand_over(stage, clock):
    case_id = stage.launched()
    collect(stage, case_id)
    shipped = stage.returning.ship(
        actor=stage.actor("keeper"),
        op_id=signed(stage, "keeper2"),
        case_id=case_id,
        portions=[Portion(1, stage.hospital.places["quarantine"], StockState.QUARANTINED, 1)],
        carrier="SF",
        waybill="1",
        second=stage.actor("keeper2"),
    )
    keeper = stage.actor("keeper")
    arguments = {"actor": keeper, "shipment_id": shipped.shipment_id}
    with pytest.raises(ReceiptEarlyError):
        stage.returning.confirm(op_id=op(), received_at=clock() - timedelta(hours=1), **arguments)
    stage.returning.confirm(op_id=op(), received_at=clock(), **arguments)
    with pytest.raises(ReceivedAlreadyError):
        stage.returning.confirm(op_id=op(), received_at=clock(), **arguments)
    with pytest.raises(NotFoundError):
        stage.returning.confirm(actor=keeper, op_id=op(), shipment_id=99, received_at=clock())
    with stage.database.reading() as session:
        assert [(line.lot_no, line.quantity) for line in shipment_lines(session, shipped.shipment_id)] == [("A100", 1)]


def test_holds_on_lots_that_are_not_meant_come_off_by_two_and_others_stay(stage):
    doubtful = stage.hospital.batch("CVC", "A1OO", 5)
    case_id = stage.registered("GTIN: 06999999012016\nLot: A100")
    coordinator = stage.actor("coordinator")
    assert stage.launching.hold(actor=coordinator, op_id=op(), case_id=case_id).lots == 3
    arguments = {"actor": coordinator, "case_id": case_id, "second": stage.actor("boss"), "reason": "letter O"}
    with pytest.raises(NothingToLiftError):
        stage.lifting.lift_holds(op_id=signed(stage, "boss"), **arguments)
    stage.excluded(case_id, doubtful, "label read: letter O")
    assert stage.lifting.lift_holds(op_id=signed(stage, "boss"), **arguments).locks == 1
    stage.closing.withdraw(
        actor=coordinator, op_id=stage.signed("coordinator", "withdraw_recall"), case_id=case_id, reason="revoked"
    )
    assert stage.lifting.lift_holds(op_id=signed(stage, "boss"), **arguments).locks == 2
