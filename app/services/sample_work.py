"""The last days of the sample hospital: orders and their deliveries, what wards ask for, and the stores' own work.

Every act goes through the service that a person's click would use, in the name of that person.
"""

from datetime import timedelta
from typing import Any

from app.queries.inspections import CheckAnswer, inspection_card
from app.queries.requisitions import requisition
from app.services.inspecting import InspectingService
from app.services.ordering import OrderingService
from app.services.picking import Wanted
from app.services.receiving import DeliveryHead, PostedDelivery, ReceivingService
from app.services.requisitioning import RequisitioningService, Served
from app.services.sample_floor import SampleFloor
from app.services.sample_leaving import send_back
from app.services.sample_numbers import sample_gtin, sample_number
from app.services.sample_scene import Scene
from app.udi.building import gs1_element_string

STORE, KEEPER, BUYER, INSPECTOR = "ZXK", "zhoumin", "xunuo", "wangke"
AIM_DATAMATRIX = "]d2"


class SampleWork:
    """Needs the sample's history in the database; each act is a transaction of its own."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._floor = SampleFloor(scene)

    def do(self) -> None:
        """In the order in which the departments of a hospital do it."""
        rejected: list[int] = []
        for told in self._scene.told["orders"]:
            rejected += self._order(told)
        self._floor.lay_on_shelves()
        for told in self._scene.told["requisitions"]:
            self._request(told)
        self._floor.transfer()
        self._floor.build_kits()
        self._floor.count()
        send_back(self._scene, KEEPER, self._scene.place(STORE), rejected)

    # from the order to the shelf ----------------------------------------------------------------------
    def _order(self, told: dict[str, Any]) -> list[int]:
        """Order, receive what has come, inspect it; returns the rejected batches."""
        scene = self._scene
        keys = scene.products([ref for ref, _ in told["lines"]])
        ordered = OrderingService(scene.database).order(
            actor=scene.actor(BUYER),
            supplier_id=scene.supplier(told["supplier"]),
            lines=[(keys[ref], quantity) for ref, quantity in told["lines"]],
            expected_on=scene.database.clock().date() + timedelta(days=told["within"]),
        )
        if not told["delivered"]:
            return []
        posted = self._receive(told, ordered.number)
        return [batch for batch in posted.batch_ids if not self._inspect(batch, told)]

    def _receive(self, told: dict[str, Any], order_no: str) -> PostedDelivery:
        scene, keeper = self._scene, self._scene.actor(KEEPER)
        today = scene.database.clock().date()
        note_no = f"{told['supplier']}{today:%y%m%d}-{scene.random.randint(1, 20):02d}"
        waybill = f"YT {scene.random.randint(1000, 9999)} {scene.random.randint(1000, 9999)}"
        receiving = ReceivingService(scene.database, scene.signing)
        head = DeliveryHead(scene.supplier(told["supplier"]), order_no, note_no, waybill, 52)
        opened = receiving.open_delivery(actor=keeper, location_id=scene.place(STORE), head=head)
        for ref, cartons in told["delivered"]:
            label = self._carton_label(ref)
            for _ in range(cartons):
                receiving.take_scan(actor=keeper, delivery_id=opened.delivery_id, raw=label)
        return receiving.post(actor=keeper, delivery_id=opened.delivery_id, op_id=scene.op())

    def _carton_label(self, ref: str) -> str:
        """One lot, made some weeks ago and good for two years."""
        random, today = self._scene.random, self._scene.database.clock().date()
        made = today - timedelta(days=random.randint(25, 60))
        lot = f"{made:%y%m}{random.choice('PQRSTUVW')}{random.randint(10, 99)}"
        dates = ("11", f"{made:%y%m%d}"), ("17", f"{made + timedelta(days=730):%y%m%d}")
        return AIM_DATAMATRIX + gs1_element_string((("01", sample_gtin(sample_number(ref), 1)), *dates, ("10", lot)))

    def _inspect(self, batch_id: int, told: dict[str, Any]) -> bool:
        """Whether the batch was released."""
        scene, inspector = self._scene, self._scene.actor(INSPECTOR)
        inspecting = InspectingService(scene.database, scene.signing)
        with scene.database.reading() as session:
            card = inspection_card(session, batch_id)
        op_id, password = scene.op(), scene.password
        if card.row.ref == told.get("rejected"):
            inspecting.reject(
                actor=inspector, batch_id=batch_id, answers=(), reason=told["reason"], password=password, op_id=op_id
            )
            return False
        passed = [CheckAnswer(item.key, True, "") for item in card.checklist.items]
        inspecting.release(actor=inspector, batch_id=batch_id, answers=passed, password=password, op_id=op_id)
        return True

    # what wards ask for ---------------------------------------------------------------------------------
    def _request(self, told: dict[str, Any]) -> None:
        """Asked by the ward, approved by its head and issued where the sample says so."""
        scene, service = self._scene, RequisitioningService(self._scene.database)
        lots = scene.free(STORE, told["refs"], max(told["units"]))
        ward = scene.place(told["ward"])
        asked = service.ask(
            actor=scene.actor(scene.liaison(told["ward"])),
            department_id=ward,
            store_id=scene.place(STORE),
            lines=[(lot.product_id, units) for lot, units in zip(lots, told["units"], strict=False)],
        )
        if "approved_by" in told:
            service.decide(actor=scene.actor(told["approved_by"]), requisition_id=asked.id, approves=True)
        if told.get("issued"):
            goods = self._goods(asked.id)
            service.issue(actor=scene.actor(KEEPER), op_id=scene.op(), requisition_id=asked.id, goods=goods)

    def _goods(self, requisition_id: int) -> list[Served]:
        """What is asked for, from the lots that are to be taken first."""
        with self._scene.database.reading() as session:
            row = requisition(session, requisition_id)
        goods: list[Served] = []
        for line in row.lines if row is not None else ():
            missing = line.quantity
            for lot in line.lots:
                part = min(missing, lot.quantity)
                if part > 0:
                    goods.append(Served(Wanted(line.product_id, lot.lot_no, part)))
                    missing -= part
        return goods
