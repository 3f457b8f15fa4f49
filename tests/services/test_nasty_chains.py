"""What people really do to the chain of custody: the same part twice, a repeated act with other content."""

import uuid

import pytest
from sqlalchemy import select

from app.core.permissions import Role
from app.core.statuses.locks import LockLayer
from app.core.statuses.stock import MovementKind, StockState
from app.models.refusals import NotPendingError, SerialHereError
from app.models.stock import Balance, Movement, SerialUnit
from app.services.auditing import verify
from app.services.copying import copy_installation
from app.services.correcting import CorrectingService
from app.services.inspecting import InspectingService, RejectedPart
from app.services.looking import LookingService
from app.services.repeating import OperationReusedError
from app.services.stops import LotOnHoldError
from tests.kit_life import KitLife, kit_life
from tests.services.receiving_bay import PASSWORD
from tests.services.test_departing import STOCK, Gate
from tests.services.test_inspecting import Desk


def test_a_part_is_rejected_once_and_its_repetition_gets_the_first_answer(database):
    desk = Desk(database)
    op_id = uuid.uuid4().hex
    shared = {"actor": desk.bay.actor("inspector"), "batch_id": desk.batch_id, "answers": desk.answers()}
    shared |= {"password": PASSWORD}
    service: InspectingService = desk.service
    first = service.release_part(**shared, part=RejectedPart(3, "压痕"), op_id=op_id)
    assert service.release_part(**shared, part=RejectedPart(3, "压痕"), op_id=op_id) == first
    with pytest.raises((NotPendingError, OperationReusedError)):
        service.release_part(**shared, part=RejectedPart(4, "压痕"), op_id=op_id)
    with pytest.raises(NotPendingError):
        service.release_part(**shared, part=RejectedPart(2, "压痕"), op_id=uuid.uuid4().hex)
    with database.reading() as session:
        rows = session.execute(select(Balance.state, Balance.quantity).where(Balance.batch_id == desk.batch_id))
        assert {state: quantity for state, quantity in rows if quantity} == {
            StockState.IN_STOCK: 17,
            StockState.QUARANTINED: 3,
        }


def test_a_serial_that_went_back_may_come_in_again_and_keeps_both_histories(database):
    gate = Gate(database, kit_life(database).house)
    gate.house.product("PUMP", needs_serial=True)
    first = gate.house.batch("PUMP", "P1", serials=("S1", "S2"))
    with pytest.raises(SerialHereError):
        gate.house.batch("PUMP", "P2", serials=("s1",))
    draft = gate.draft()
    gate.scan_in(draft, "P1", product="PUMP", serial="S1")
    gate.leave(draft)

    again = gate.house.batch("PUMP", "P2", serials=("S1",))

    assert gate.states(first) == {STOCK: 1, ("store", StockState.RETURNED): 1}
    assert gate.states(again) == {STOCK: 1}
    second = gate.draft()
    gate.scan_in(second, "P2", product="PUMP", serial="S1")
    assert gate.on_draft(second) == [(again, 1)]
    with gate.database.reading() as session:
        gone = session.scalars(
            select(Movement.id).where(Movement.batch_id == first, Movement.kind == MovementKind.RETURN_TO_SUPPLIER)
        ).one()
        units = session.scalars(select(SerialUnit.batch_id).where(SerialUnit.serial_key == "S1")).all()
    assert sorted(units) == [first, again]
    with pytest.raises(SerialHereError):
        CorrectingService(gate.database).reverse(
            actor=gate.actor("keeper"), op_id=uuid.uuid4().hex, movement_id=gone, reason="退厂单开错"
        )
    with pytest.raises(SerialHereError):
        gate.house.batch("PUMP", "P3", serials=("S1",))


LOCKED = (LockLayer.PENDING, LockLayer.REJECTED, LockLayer.EXPIRED, LockLayer.ON_HOLD, LockLayer.RECALL_QUARANTINE)


def test_a_tangled_installation_moves_to_the_server_and_goes_on(sqlite_database, postgres_database):
    """A unit that came in twice, a kit, every layer of locks, a look at patients, an open draft."""
    gate = Gate(sqlite_database, kit_life(sqlite_database).house)
    house = gate.house
    house.person("affairs", Role.CLINICAL_AFFAIRS)
    house.product("PUMP", needs_serial=True)
    house.batch("PUMP", "P1", serials=("S1", "S2"))
    draft = gate.draft()
    gate.scan_in(draft, "P1", product="PUMP", serial="S1")
    gate.leave(draft)
    house.batch("PUMP", "P2", serials=("S1",))
    gate.scan_in(gate.draft(), "P2", product="PUMP", serial="S1")
    used, _ = gate.stocked()
    gate.issue(gate.build().number, 1, product="KIT")
    for lot, layer in zip("QWERT", LOCKED, strict=True):
        gate.locked_batch(lot, layer)
    gate.hold(None, product="PUMP")
    LookingService(sqlite_database).look(actor=gate.actor("affairs"), batch_id=used, reason="随访")

    report = copy_installation(sqlite_database, postgres_database, lambda _step: None)

    counts = {table.name: table.rows for table in report.tables}
    assert report.verified.is_intact
    assert counts["patient_look"] == counts["departure"] - 1 == 1
    house.database = postgres_database
    there = KitLife(postgres_database, house)
    house.batch("CVC", "NEW", 4)
    there.issue("NEW", 1)
    with pytest.raises(LotOnHoldError):
        there.issue("P2", 1, product="PUMP", serial="S1")
    there.hold("NEW")
    assert verify(postgres_database).is_intact
