"""A hospital in which every page has something to show: batches in all states, a draft delivery, recall cases.

Built once and copied; ten days pass in it, so that goods which came in sound have expired since.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from app.core.clock import local_date
from app.core.permissions import Role
from app.core.statuses.leaving import DepartureKind
from app.core.statuses.stock import Inspection, MovementKind, StockState
from app.models.database import Database
from app.queries.reader import Reader
from app.queries.transfers import transfer_sheet
from app.services.collecting import Portion
from app.services.composing import Component, ComposingService
from app.services.count_entering import Goods
from app.services.counting import CountingService
from app.services.departing import DepartingService
from app.services.holding import HoldingService, Lot
from app.services.kitting import KittingService
from app.services.ordering import OrderingService
from app.services.picking import Wanted
from app.services.receiving import DeliveryHead, ReceivingService
from app.services.requisitioning import RequisitioningService
from app.services.shelving import ShelvingService
from app.services.signing_in import SigningInService
from app.services.transferring import Arrived, TransferringService
from tests.builders import Hospital
from tests.services.recall_stage import Stage, op, recall_stage
from tests.services.receiving_bay import label
from tests.ui.desks import password_hash

AGE = timedelta(days=10)
HOMES = {
    Role.STOREKEEPER: "store",
    Role.QUALITY_INSPECTOR: "store",
    Role.DEPT_LIAISON: "icu",
    Role.DEPT_HEAD: "icu",
    Role.RECALL_COORDINATOR: "store",
    Role.BUYER: "store",
}
"""Where a role's workstation stands; the others work at one that belongs to no place."""
HANDS = (
    Role.STOREKEEPER,
    Role.QUALITY_INSPECTOR,
    Role.DEPT_HEAD,
    Role.RECALL_COORDINATOR,
    Role.EXECUTIVE,
    Role.BUYER,
)
EVERYONE = "the_everyone"
"""A person who may open every page, as on the smallest installation."""
LATER_NOTICE = """Recall of tubes.
REF: REF-TUBE
Lot: A100, T777
The cuff may leak.
"""


@dataclass
class FullHouse:
    """What lies in the database, by name."""

    hospital: Hospital
    batches: dict[str, int] = field(default_factory=dict)
    requisitions: dict[str, int] = field(default_factory=dict)
    cases: dict[str, int] = field(default_factory=dict)
    delivery: int = 0
    transfers: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    departures: dict[str, int] = field(default_factory=dict)
    kits: dict[str, int] = field(default_factory=dict)


def fill(database: Database, clock) -> FullHouse:
    """Fill an empty database; ``clock`` is its SimulatedClock and ends ten days later."""
    stage = recall_stage(database)
    house = FullHouse(stage.hospital)
    _persons(house)
    _old_batches(house, local_date(clock(), "Asia/Shanghai"))
    clock.advance(AGE)
    _young_batches(house, stage)
    _cases(house, stage)
    _delivery(house, stage)
    _departures(house, stage)
    _kits(house, stage)
    _requisitions(house, stage)
    _store_work(house, stage)
    return house


def _requisitions(house: FullHouse, stage: Stage) -> None:
    hospital, service = house.hospital, RequisitioningService(house.hospital.database)
    store = hospital.places["store"]
    for name, login, product, quantity in (
        ("mine", "the_dept_liaison", "TUBE", 4),
        ("big", "the_dept_liaison", "TUBE", 500),
    ):
        asked = service.ask(
            actor=stage.actor(login),
            department_id=hospital.places["icu"],
            store_id=store,
            lines=[(hospital.products[product], quantity)],
        )
        house.requisitions[name] = asked.id


def _persons(house: FullHouse) -> None:
    for role in Role:
        house.hospital.person(f"the_{role.value}", role, place=HOMES.get(role), password_hash=password_hash())
    house.hospital.person(EVERYONE, *HANDS, place="icu", password_hash=password_hash())


def _old_batches(house: FullHouse, today) -> None:
    hospital, batches = house.hospital, house.batches
    batches["expired"] = hospital.batch("TUBE", "OLD1", 12, expiry=today + timedelta(days=5))
    batches["near"] = hospital.batch("TUBE", "NEAR1", 15, expiry=today + timedelta(days=25))
    batches["spent"] = hospital.batch("TUBE", "GONE1", 3)
    hospital.move(MovementKind.ISSUE, batches["spent"], 3, ("store", StockState.IN_STOCK), ("icu", StockState.PAR))
    for left in (2, 1):
        hospital.move(
            MovementKind.USE,
            batches["spent"],
            left,
            ("icu", StockState.PAR),
            ("icu", StockState.USED),
            by="nurse",
        )


def _young_batches(house: FullHouse, stage: Stage) -> None:
    hospital, batches = house.hospital, house.batches
    batches["pending"] = hospital.batch("CVC", "NEW1", 30, released_by=None)
    batches["pending2"] = hospital.batch("TUBE", "NEW2", 30, released_by=None)
    batches["rejected"] = hospital.batch("CVC", "BAD1", 9, released_by=None)
    hospital.inspect(batches["rejected"], 9, "inspector", Inspection.REJECTED)
    batches["held"] = hospital.batch("TUBE", "HELD1", 8)
    lot = Lot(hospital.products["TUBE"], "HELD1")
    HoldingService(hospital.database).hold(actor=stage.actor("keeper"), lots=[lot], reason="Torn boxes")
    batches["free"] = hospital.batch("TUBE", "FREE1", 44)
    hospital.move(MovementKind.ISSUE, batches["free"], 10, ("store", StockState.IN_STOCK), ("icu", StockState.PAR))
    hospital.product("STENT", "06999990012022", needs_serial=True, is_implant=True)
    batches["serial"] = hospital.batch("STENT", "ST1", serials=("SN-1", "SN-2"))


def _cases(house: FullHouse, stage: Stage) -> None:
    house.cases["launched"] = stage.launched()
    house.cases["registered"] = stage.registered(LATER_NOTICE, title="Tubes: leaking cuff", manufacturer="TUBE")
    again = {"title": "Tubes again", "manufacturer": "TUBE", "expands": house.cases["registered"]}
    house.cases["assessed"] = stage.assessed(LATER_NOTICE + "More lots are affected: B100.", **again)


def _delivery(house: FullHouse, stage: Stage) -> None:
    hospital = house.hospital
    service = ReceivingService(hospital.database, SigningInService(hospital.database))
    keeper = stage.actor("the_storekeeper")
    wanted = [(hospital.products["CVC"], 10), (hospital.products["TUBE"], 40)]
    ordered = OrderingService(hospital.database).order(
        actor=stage.actor("the_buyer"), supplier_id=hospital.suppliers["supplier"], lines=wanted
    )
    head = DeliveryHead(hospital.suppliers["supplier"], ordered.number, "DN-1", "WB-1", 48)
    house.delivery = service.open_delivery(actor=keeper, location_id=hospital.places["store"], head=head).delivery_id
    far = local_date(hospital.database.clock(), "Asia/Shanghai") + timedelta(days=700)
    for raw in (label(lot="IN1", expiry=far), label(lot="IN2"), label(lot="A100", expiry=far), "06999999099991"):
        service.take_scan(actor=keeper, delivery_id=house.delivery, raw=raw)


def _departures(house: FullHouse, stage: Stage) -> None:
    """A draft, one on its way, one destroyed, and goods that wait."""
    hospital, keeper = house.hospital, stage.actor("the_storekeeper")
    service, places = DepartingService(hospital.database), hospital.places
    away = {"torn": DepartureKind.RETURN, "sent": DepartureKind.RETURN, "waste": DepartureKind.DISPOSAL}
    for name, kind in away.items():
        batch = hospital.batch("TUBE", name.upper(), 6)
        ends = ("store", StockState.IN_STOCK), ("quarantine", StockState.QUARANTINED)
        hospital.move(MovementKind.QUARANTINE, batch, 5, *ends)
        portion = Portion(batch, places["quarantine"], StockState.QUARANTINED, 4)
        drafted = service.start_portions(actor=keeper, op_id=op(), kind=kind, portions=[portion])
        house.departures[name] = drafted.departure_id
    witness = stage.actor("inspector")
    ways = {"sent": {"carrier": "SF", "waybill": "SF-77"}, "waste": {"method": "shred", "place": "waste_store"}}
    for name, way in ways.items():
        op_id = op()
        hospital.sign("inspector", op_id)
        act = service.hand_over if name == "sent" else service.destroy
        act(actor=keeper, op_id=op_id, departure_id=house.departures[name], reason="Torn", second=witness, **way)


def _kits(house: FullHouse, stage: Stage) -> None:
    """A recipe, one kit in the store, one on the ward."""
    hospital, keeper = house.hospital, stage.actor("keeper")
    hospital.product("KIT", name_zh="穿刺包", name_en="Puncture kit")
    parts = [Component(hospital.products["TUBE"], 2), Component(hospital.products["STENT"], 1)]
    composing = ComposingService(hospital.database)
    composing.save(actor=keeper, product_id=hospital.products["KIT"], components=parts)
    kitting = KittingService(hospital.database)
    for name, serial in (("waiting", "SN-1"), ("issued", "SN-2")):
        wanted = [
            Wanted(hospital.products["TUBE"], "FREE1", 2),
            Wanted(hospital.products["STENT"], "ST1", 1, serial),
        ]
        store_id = hospital.places["store"]
        built = kitting.build(
            actor=keeper,
            op_id=op(),
            product_id=hospital.products["KIT"],
            store_id=store_id,
            parts=wanted,
        )
        house.kits[name] = built.batch_id
    hospital.batch("STENT", "ST2", serials=("SN-3", "SN-4"))
    ends = ("store", StockState.IN_STOCK), ("icu", StockState.PAR)
    hospital.move(MovementKind.ISSUE, house.kits["issued"], 1, *ends)


def _store_work(house: FullHouse, stage: Stage) -> None:
    """Two transfers on their way, one of them here, shelves, and a stock-take with a difference."""
    hospital, database, keeper = house.hospital, house.hospital.database, stage.actor("the_storekeeper")
    store, second = hospital.places["store"], hospital.places["store2"]
    transferring = TransferringService(database)
    tubes = [Wanted(hospital.products["TUBE"], "FREE1", 6)]
    early = "The second store asked for this lot"
    out = transferring.send(actor=keeper, op_id=op(), source_id=store, target_id=second, lines=tubes, reason=early)
    sheet = Reader(database).fetch(transfer_sheet, out.transfer_id)
    half = [Arrived(sheet.lines[0].id, 4)]
    transferring.receive(
        actor=keeper, op_id=op(), transfer_id=out.transfer_id, version=sheet.head.version, arrived=half
    )
    back = [Wanted(hospital.products["TUBE"], "FREE1", 3)]
    sent = transferring.send(actor=keeper, op_id=op(), source_id=second, target_id=store, lines=back)
    house.transfers = {"outgoing": out.transfer_id, "incoming": sent.transfer_id}
    ShelvingService(database).add_shelves(actor=keeper, location_id=store, codes=["A-01", "A-02"])
    counting, nurse = CountingService(database), stage.actor("nurse")
    opened = counting.open(actor=nurse, op_id=op(), location_id=hospital.places["icu"])
    goods = Goods(hospital.products["TUBE"], "FREE1", 7)
    counting.enter(actor=nurse, op_id=op(), count_id=opened.count_id, goods=goods)
    counting.finish(actor=nurse, count_id=opened.count_id, version=1)
    blind = counting.open(actor=keeper, op_id=op(), location_id=store)
    counting.enter(actor=keeper, op_id=op(), count_id=blind.count_id, goods=goods)
    house.counts = {"review": opened.count_id, "blind": blind.count_id}


__all__ = ["FullHouse", "fill", "op"]
