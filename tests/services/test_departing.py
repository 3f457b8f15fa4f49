"""Goods leave outside a recall: by scan, two persons, one supplier a return; every layer as the table says."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.disposals import disposal_list
from app.core.permissions import NotEntitledError
from app.core.statuses.leaving import DepartureKind, DepartureState
from app.core.statuses.locks import LockLayer
from app.core.statuses.stock import MovementKind, StockState
from app.core.statuses.transitions import TransitionError
from app.models.catalogue import Supplier
from app.models.leaving import Departure, DepartureLine
from app.models.refusals import AppendOnlyError, OwnSecondError, UnsignedError
from app.models.stock import Movement
from app.services.checking import CheckingService
from app.services.collecting import MoreThanThereError, Portion, QuantityError
from app.services.departing import DepartingService
from app.services.departure_drafts import (
    BelongsToCaseError,
    EmptyDepartureError,
    NotDraftError,
    OpenKitFirstError,
    OtherSupplierError,
    UnknownMethodError,
)
from app.services.picking import NoSuchLotError, SerialNeededError, TooFewError
from app.services.registering import ReasonNeededError
from app.services.returning import ReceiptEarlyError, WaybillMissingError
from tests.kit_life import KitLife, kit_life

SEALED, STOCK = ("quarantine", StockState.QUARANTINED), ("store", StockState.IN_STOCK)
RETURN, DISPOSAL = DepartureKind.RETURN, DepartureKind.DISPOSAL


class Gate(KitLife):
    """The door through which goods leave."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.departing = DepartingService(self.database)
        with self.database.writing(None) as session:
            other = Supplier(
                code="S2", name_zh="另一供应商", name_en="Other supplier", licence_no="T-2", address="", phone="",
                licence_valid_until=self.database.clock().date() + timedelta(days=900), is_active=True,
            )  # fmt: skip
            session.add(other)
            session.flush()
            self.house.suppliers["other"] = other.id

    def draft(self, kind: DepartureKind = RETURN, supplier: str = "supplier") -> int:
        supplier_id = self.house.suppliers[supplier] if kind is RETURN else None
        return self.departing.open_draft(
            actor=self.actor("keeper"), op_id=uuid.uuid4().hex, kind=kind, supplier_id=supplier_id
        ).departure_id

    def scan_in(self, draft: int, lot: str, quantity: int = 1, place: str = "store", product: str = "CVC", **more):
        wanted = self.wanted(lot, quantity, product, **more)
        return self.departing.add_scanned(
            actor=self.actor("keeper"),
            op_id=uuid.uuid4().hex,
            departure_id=draft,
            place_id=self.house.places[place],
            wanted=wanted,
        )

    def leave(self, draft: int, *, second: str = "inspector", by: str = "keeper", reason: str = "近效期退货", **more):
        op_id = uuid.uuid4().hex
        if more.pop("signs", True):
            self.house.sign(second, op_id, "hand_over")
        shared = {
            "actor": self.actor(by),
            "op_id": op_id,
            "departure_id": draft,
            "reason": reason,
            "second": self.actor(second),
        }
        with self.database.reading() as session:
            kind = session.get_one(Departure, draft).kind
        if kind is RETURN:
            way = {"carrier": "顺丰", "waybill": "SF1"} | more
            return self.departing.hand_over(**shared, **way)
        return self.departing.destroy(**shared, **({"method": "shred", "place": "waste_store"} | more))

    def of(self, draft: int) -> Departure:
        with self.database.reading() as session:
            row = session.get_one(Departure, draft)
            session.expunge(row)
            return row

    def on_draft(self, draft: int) -> list[tuple[int, int]]:
        with self.database.reading() as session:
            rows = session.scalars(select(DepartureLine).where(DepartureLine.departure_id == draft))
            return [(row.batch_id, row.quantity) for row in rows.all()]

    def aside(self, lot: str, quantity: int, place: str = "store", product: str = "CVC"):
        self.quarantining.put_aside_scanned(
            actor=self.actor("keeper"),
            op_id=uuid.uuid4().hex,
            place_id=self.house.places[place],
            wanted=self.wanted(lot, quantity, product),
        )


@pytest.fixture
def gate(database):
    house = kit_life(database).house
    return Gate(database, house)


def test_goods_go_back_with_waybill_and_two_signatures_and_are_received(gate):
    batch = gate.house.batch("CVC", "A1", 10)
    draft = gate.draft()
    gate.scan_in(draft, "A1", 3)
    gate.scan_in(draft, "A1", 2)
    assert gate.on_draft(draft) == [(batch, 5)]
    assert gate.states(batch) == {STOCK: 10}

    left = gate.leave(draft)

    assert (left.quantity, left.state) == (5, DepartureState.HANDED_OVER)
    assert left.number.startswith("TC-")
    assert gate.states(batch) == {STOCK: 5, ("store", StockState.RETURNED): 5}
    gate.departing.confirm(
        actor=gate.actor("keeper"),
        op_id=uuid.uuid4().hex,
        departure_id=draft,
        received_at=gate.database.clock(),
        note="签收单 88",
    )
    assert gate.of(draft).state is DepartureState.RECEIVED
    with gate.database.reading() as session:
        line = session.scalar(select(Movement).where(Movement.document_no == left.number))
        assert (line.kind, line.second_person_id) == (MovementKind.RETURN_TO_SUPPLIER, gate.house.persons["inspector"])
    assert CheckingService(gate.database).check().is_sound


def test_goods_are_destroyed_before_a_witness_how_and_where_the_list_says(gate):
    batch = gate.house.batch("CVC", "A1", 4)
    gate.aside("A1", 4)
    draft = gate.draft(DISPOSAL)
    gate.scan_in(draft, "A1", 4, place="quarantine")

    left = gate.leave(draft, reason="破损")

    assert left.number.startswith("XH-")
    assert gate.states(batch) == {("quarantine", StockState.DESTROYED): 4}
    record = gate.of(draft)
    assert (record.method, record.place, record.list_version) == ("shred", "waste_store", disposal_list().version)
    assert record.state is DepartureState.DESTROYED


def test_what_was_put_aside_leaves_before_what_lies_in_stock(gate):
    gate.house.batch("CVC", "A1", 10)
    op = uuid.uuid4().hex
    gate.quarantining.put_aside_scanned(
        actor=gate.actor("keeper"), op_id=op, place_id=gate.house.places["store"], wanted=gate.wanted("A1", 2),
        target_id=gate.house.places["store"],
    )  # fmt: skip
    draft = gate.draft()

    gate.scan_in(draft, "A1", 3)

    with gate.database.reading() as session:
        lines = session.scalars(select(DepartureLine).order_by(DepartureLine.id)).all()
        assert [(line.source_state, line.quantity) for line in lines] == [
            (StockState.QUARANTINED, 2),
            (StockState.IN_STOCK, 1),
        ]


def test_a_batch_of_another_supplier_is_refused_but_the_suppliers_own_receipt_of_the_lot_goes(gate):
    theirs = gate.house.batch("CVC", "A1", 10, supplier="other")
    draft = gate.draft()
    with pytest.raises(OtherSupplierError) as refused:
        gate.scan_in(draft, "A1")
    assert refused.value.values["theirs"].said_in("en") == "Other supplier"
    with pytest.raises(OtherSupplierError):
        gate.departing.add_portion(
            actor=gate.actor("keeper"),
            op_id=uuid.uuid4().hex,
            departure_id=draft,
            portion=Portion(theirs, gate.house.places["store"], StockState.IN_STOCK, 1),
        )
    own = gate.house.batch("CVC", "A1", 10)

    gate.scan_in(draft, "A1", 6)

    assert gate.on_draft(draft) == [(own, 6)]


@pytest.mark.parametrize("layer", [layer for layer in LockLayer if layer is not LockLayer.RECALL_QUARANTINE])
@pytest.mark.parametrize("kind", DepartureKind)
def test_each_layer_but_the_recall_leaves_with_two_persons_and_a_reason(gate, kind, layer):
    batch = gate.locked_batch("A1", layer, 5)
    draft = gate.draft(kind)
    gate.scan_in(draft, "A1", 5)
    with pytest.raises(ReasonNeededError):
        gate.leave(draft, reason="  ")
    with pytest.raises(UnsignedError):
        gate.leave(draft, signs=False)
    with pytest.raises(OwnSecondError):
        gate.leave(draft, second="keeper")
    assert gate.states(batch) == {STOCK: 5}

    gate.leave(draft)

    gone = StockState.RETURNED if kind is RETURN else StockState.DESTROYED
    assert gate.states(batch) == {("store", gone): 5}


@pytest.mark.parametrize("kind", DepartureKind)
def test_what_a_recall_holds_leaves_through_its_case(gate, kind):
    gate.house.batch("CVC", "A1", 5)
    draft = gate.draft(kind)
    gate.scan_in(draft, "A1", 1)
    gate.recall("A1", number="RC-2026-0003")

    with pytest.raises(BelongsToCaseError) as refused:
        gate.scan_in(draft, "A1", 1)
    assert refused.value.values["case"] == "RC-2026-0003"
    with pytest.raises(BelongsToCaseError):
        gate.leave(draft)


def test_a_kit_that_holds_recalled_goods_is_opened_first(gate):
    gate.stocked()
    kit = gate.build()
    gate.recall("A1")
    draft = gate.draft(DISPOSAL)

    with pytest.raises(OpenKitFirstError):
        gate.scan_in(draft, kit.number, product="KIT")


def test_a_kit_is_destroyed_whole(gate):
    cvc, _ = gate.stocked()
    kit = gate.build()
    draft = gate.draft(DISPOSAL)
    gate.scan_in(draft, kit.number, product="KIT")

    gate.leave(draft)

    assert gate.states(kit.batch_id) == {("store", StockState.DESTROYED): 1}
    assert gate.states(cvc)["store", StockState.BUILT_INTO_KIT] == 2


def test_more_than_there_is_is_refused_when_scanned_when_typed_and_when_it_leaves(gate):
    batch = gate.house.batch("CVC", "A1", 3)
    draft = gate.draft()
    with pytest.raises(TooFewError):
        gate.scan_in(draft, "A1", 4)
    gate.scan_in(draft, "A1", 3)
    with pytest.raises(TooFewError):
        gate.scan_in(draft, "A1", 1)
    with gate.database.reading() as session:
        line = session.scalar(select(DepartureLine.id))
    with pytest.raises(MoreThanThereError):
        gate.departing.set_quantity(actor=gate.actor("keeper"), op_id=uuid.uuid4().hex, line_id=line, quantity=9)
    with pytest.raises(QuantityError):
        gate.scan_in(draft, "A1", 0)
    gate.issue("A1", 2)
    with pytest.raises(MoreThanThereError):
        gate.leave(draft)
    assert gate.states(batch) == {STOCK: 1, ("icu", StockState.PAR): 2}


def test_a_line_may_be_changed_and_taken_away_while_it_is_a_draft(gate):
    batch = gate.house.batch("CVC", "A1", 3)
    draft = gate.draft()
    gate.scan_in(draft, "A1", 3)
    with gate.database.reading() as session:
        line = session.scalar(select(DepartureLine.id))
    keeper = gate.actor("keeper")

    gate.departing.set_quantity(actor=keeper, op_id=uuid.uuid4().hex, line_id=line, quantity=1)
    assert gate.on_draft(draft) == [(batch, 1)]
    gate.departing.set_quantity(actor=keeper, op_id=uuid.uuid4().hex, line_id=line, quantity=0)
    assert gate.on_draft(draft) == []
    with pytest.raises(EmptyDepartureError):
        gate.leave(draft)


def test_serial_units_leave_by_their_number(gate):
    gate.house.product("PUMP", needs_serial=True)
    pump = gate.house.batch("PUMP", "P1", serials=("S1", "S2"))
    draft = gate.draft()
    with pytest.raises(SerialNeededError):
        gate.scan_in(draft, "P1", product="PUMP")
    with pytest.raises(SerialNeededError):
        gate.departing.add_portion(
            actor=gate.actor("keeper"),
            op_id=uuid.uuid4().hex,
            departure_id=draft,
            portion=Portion(pump, gate.house.places["store"], StockState.IN_STOCK, 1),
        )
    gate.scan_in(draft, "P1", product="PUMP", serial="S2")

    gate.leave(draft)

    assert gate.states(pump) == {STOCK: 1, ("store", StockState.RETURNED): 1}


def test_without_waybill_method_or_receipt_date_nothing_goes_on(gate):
    gate.house.batch("CVC", "A1", 3)
    back, waste = gate.draft(), gate.draft(DISPOSAL)
    gate.scan_in(back, "A1", 1)
    gate.scan_in(waste, "A1", 1)
    with pytest.raises(WaybillMissingError):
        gate.leave(back, waybill=" ")
    with pytest.raises(UnknownMethodError):
        gate.leave(waste, method="thrown out of the window")
    with pytest.raises(NoSuchLotError):
        gate.scan_in(back, "NEVER")
    gate.leave(back)
    keeper = gate.actor("keeper")
    early = gate.database.clock() - timedelta(days=1)
    with pytest.raises(ReceiptEarlyError):
        gate.departing.confirm(actor=keeper, op_id=uuid.uuid4().hex, departure_id=back, received_at=early)
    assert gate.of(back).state is DepartureState.HANDED_OVER


def test_a_receipt_that_never_comes_is_settled_by_two_with_a_reason(gate):
    gate.house.batch("CVC", "A1", 3)
    draft = gate.draft()
    gate.scan_in(draft, "A1", 1)
    gate.leave(draft)
    keeper, inspector = gate.actor("keeper"), gate.actor("inspector")
    with pytest.raises(UnsignedError):
        gate.departing.settle(
            actor=keeper, op_id=uuid.uuid4().hex, departure_id=draft, reason="对方停业", second=inspector
        )
    op_id = uuid.uuid4().hex
    gate.house.sign("inspector", op_id, "settle")
    with pytest.raises(ReasonNeededError):
        gate.departing.settle(actor=keeper, op_id=op_id, departure_id=draft, reason=" ", second=inspector)

    gate.departing.settle(actor=keeper, op_id=op_id, departure_id=draft, reason="对方停业", second=inspector)

    assert gate.of(draft).state is DepartureState.SETTLED
    with pytest.raises(TransitionError):
        gate.departing.confirm(
            actor=keeper, op_id=uuid.uuid4().hex, departure_id=draft, received_at=gate.database.clock()
        )


def test_a_finished_document_is_not_changed_any_more(gate):
    gate.house.batch("CVC", "A1", 3)
    draft, dropped = gate.draft(), gate.draft()
    gate.departing.cancel(actor=gate.actor("keeper"), op_id=uuid.uuid4().hex, departure_id=dropped)
    gate.scan_in(draft, "A1", 1)
    gate.leave(draft)
    for number in (draft, dropped):
        with pytest.raises(NotDraftError):
            gate.scan_in(number, "A1", 1)
        with pytest.raises(NotDraftError):
            gate.departing.cancel(actor=gate.actor("keeper"), op_id=uuid.uuid4().hex, departure_id=number)
    with pytest.raises(AppendOnlyError), gate.database.writing(gate.house.persons["keeper"]) as session:
        session.get_one(Departure, draft).waybill = "FALSE"


def test_only_who_collects_goods_sends_them_away_and_only_a_witness_signs(gate):
    gate.house.batch("CVC", "A1", 3)
    with pytest.raises(NotEntitledError):
        gate.departing.open_draft(actor=gate.actor("nurse"), op_id=uuid.uuid4().hex, kind=DISPOSAL)
    draft = gate.draft(DISPOSAL)
    gate.scan_in(draft, "A1", 1)
    with pytest.raises(NotEntitledError):
        gate.leave(draft, second="auditor")


def test_a_scan_asked_again_counts_its_box_once(gate):
    gate.house.batch("CVC", "Q1", 5)
    place = gate.house.places["store"]
    asked = {
        "actor": gate.actor("keeper"), "op_id": uuid.uuid4().hex, "kind": DISPOSAL, "place_id": place,
        "wanted": gate.wanted("Q1", 1),
    }  # fmt: skip
    first = gate.departing.start_scanned(**asked)
    assert gate.departing.start_scanned(**asked) == first

    more = {**asked, "op_id": uuid.uuid4().hex, "departure_id": first.departure_id}
    del more["kind"]
    second = gate.departing.add_scanned(**more)
    assert gate.departing.add_scanned(**more) == second
    assert [quantity for _, quantity in gate.on_draft(first.departure_id)] == [2]


def test_a_recalled_box_is_sent_to_its_case_wherever_it_is_scanned(gate):
    gate.house.batch("CVC", "A1", 5)
    gate.recall("A1")
    draft = gate.draft()
    with pytest.raises(BelongsToCaseError) as refused:
        gate.scan_in(draft, "A1", place="quarantine")
    assert refused.value.values["case"] == "RC-2026-0017"
