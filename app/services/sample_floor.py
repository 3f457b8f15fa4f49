"""The stores' own work in the sample: shelves, transfers, kits, and two stock-takes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from app.core.actor import Bilingual
from app.core.statuses.stock import ProductClass
from app.models.store_work import StockCountLine
from app.queries.shelves import lying_in
from app.queries.stock_counts import CountSheet, count_sheet
from app.queries.transfers import transfer_sheet
from app.services.cataloguing import CataloguingService, NewProduct, Package
from app.services.composing import Component, ComposingService
from app.services.count_entering import Goods
from app.services.count_posting import CountPostingService
from app.services.counting import CountingService
from app.services.kitting import KittingService
from app.services.picking import Wanted
from app.services.sample_scene import Lot, Scene
from app.services.shelving import ShelvingService
from app.services.transferring import Arrived, TransferringService

KEEPERS = {"ZXK": "zhoumin", "DYK": "suyan", "XYK": "aibai"}
BUYER = "xunuo"
SHELVED, KITS = 20, 3
NO_LOT = ("unknown", "?")


class SampleFloor:
    """Each act is a transaction of its own."""

    def __init__(self, scene: Scene) -> None:
        self._scene, self._told = scene, scene.told

    # shelves --------------------------------------------------------------------------------------------
    def lay_on_shelves(self) -> None:
        """Shelf codes, and every second lot laid on one, the first on two; the others still wait to be put away."""
        scene, service = self._scene, ShelvingService(self._scene.database)
        for store, codes in self._told["shelves"].items():
            keeper = scene.actor(KEEPERS[store])
            service.add_shelves(actor=keeper, location_id=scene.place(store), codes=codes)
            lots = self._lots_of(store)
            plan: list[tuple[Wanted, str, int | None]] = [
                (lot, codes[number % len(codes)], None) for number, lot in enumerate(lots)
            ]
            for lot, shelf, units in (*plan, *((lot, codes[-1], 1) for lot in lots[:1])):
                service.put_away(
                    actor=keeper,
                    op_id=scene.op(),
                    location_id=scene.place(store),
                    shelf=shelf,
                    wanted=lot,
                    quantity=units,
                )

    def _lots_of(self, store: str) -> list[Wanted]:
        with self._scene.database.reading() as session:
            rows = lying_in(session, self._scene.place(store))
        return [Wanted(row.product_id, row.lot_no) for row in rows if row.lot_no not in NO_LOT][:SHELVED:2]

    # transfers ------------------------------------------------------------------------------------------
    def transfer(self) -> None:
        """One arrives with something broken, one is still on its way."""
        for told in self._told["transfers"]:
            self._send(told)

    def _send(self, told: dict[str, Any]) -> None:
        scene, service = self._scene, TransferringService(self._scene.database)
        lots = scene.free(told["from"], told["refs"], min(told["units"]))
        sent = service.send(
            actor=scene.actor(KEEPERS[told["from"]]),
            op_id=scene.op(),
            source_id=scene.place(told["from"]),
            target_id=scene.place(told["to"]),
            lines=[lot.some(units) for lot, units in zip(lots, told["units"], strict=False)],
        )
        if "damaged" not in told:
            return
        with scene.database.reading() as session:
            sheet = transfer_sheet(session, sent.transfer_id)
        first, *rest = sheet.lines
        service.receive(
            actor=scene.actor(KEEPERS[told["to"]]),
            op_id=scene.op(),
            transfer_id=sent.transfer_id,
            version=sheet.head.version,
            arrived=[
                Arrived(first.id, first.quantity - told["damaged"], told["damaged"]),
                *(Arrived(line.id, line.quantity) for line in rest),
            ],
        )

    # kits -----------------------------------------------------------------------------------------------
    def build_kits(self) -> None:
        """A recipe, two kits that stand in the store, and one that was opened again."""
        scene, keeper = self._scene, self._scene.actor("zhoumin")
        told = self._told["kit"]
        found = [(scene.free("ZXK", refs, quantity * KITS)[:1], quantity) for refs, quantity in told["parts"]]
        parts = [(lots[0], quantity) for lots, quantity in found if lots]
        kit = self._kit_product(told, parts)
        kitting = KittingService(scene.database)
        built = [
            kitting.build(
                actor=keeper,
                op_id=scene.op(),
                product_id=kit,
                store_id=scene.place("ZXK"),
                parts=[lot.some(quantity) for lot, quantity in parts],
            )
            for _ in range(KITS)
        ]
        kitting.open(actor=keeper, op_id=scene.op(), kit_batch_id=built[-1].batch_id, reason="换药改期，组套拆开归位")

    def _kit_product(self, told: dict[str, Any], parts: list[tuple[Lot, int]]) -> int:
        buyer, database = self._scene.actor(BUYER), self._scene.database
        product = NewProduct(
            name=Bilingual(told["name_zh"], told["name_en"]),
            spec=told["spec"],
            ref=told["ref"],
            product_class=ProductClass.I,
            certificate_no=told["certificate"],
            certificate_valid_until=None,
            maker=Bilingual(told["maker_zh"], told["maker_en"]),
            packages=(Package(Bilingual("套", "kit"), 1),),
            category_code="14-10",
            code=told["code"],
        )
        kit = CataloguingService(database).register(actor=buyer, product=product).product_id
        components = [Component(lot.product_id, quantity) for lot, quantity in parts]
        ComposingService(database).save(actor=buyer, product_id=kit, components=components)
        return kit

    # stock-takes ----------------------------------------------------------------------------------------
    def count(self) -> None:
        """One is posted with a difference that has its reason; one is being counted."""
        told, scene = self._told["counts"], self._scene
        self._post(told, self._open(told, scene.free(told["store"], told["posted"])[:2]))
        count_id = self._open(told, scene.free(told["store"], told["open"])[:3])
        self._enter(told, count_id, self._in_books(count_id)[:1])

    def _post(self, told: dict[str, Any], count_id: int) -> None:
        """Everything is found but for some pieces of the first lot; another person approves."""
        scene, counting = self._scene, CountingService(self._scene.database)
        keeper, (first, *others) = scene.actor(KEEPERS[told["store"]]), self._in_books(count_id)
        found = Goods(first.product_id, first.lot, max(0, first.quantity - told["missing"]))
        self._enter(told, count_id, [found, *others])
        counting.finish(actor=keeper, count_id=count_id, version=self._sheet(count_id).head.version)
        for line in self._sheet(count_id).lines:
            if line.difference:
                counting.give_reason(actor=keeper, count_id=count_id, line_id=line.id, reason=told["reason"])
        op_id = scene.op()
        second = scene.second(keeper, op_id, "stock_take")
        version = self._sheet(count_id).head.version
        CountPostingService(scene.database).approve(
            actor=keeper, op_id=op_id, count_id=count_id, version=version, second=second
        )

    def _sheet(self, count_id: int) -> CountSheet:
        with self._scene.database.reading() as session:
            return count_sheet(session, count_id)

    def _in_books(self, count_id: int) -> list[Goods]:
        """What the books say of each lot, which nobody who counts may see."""
        query = (
            select(StockCountLine.product_id, StockCountLine.lot_no, func.sum(StockCountLine.expected))
            .where(StockCountLine.count_id == count_id)
            .group_by(StockCountLine.product_id, StockCountLine.lot_no)
            .order_by(func.sum(StockCountLine.expected).desc(), StockCountLine.lot_no)
        )
        with self._scene.database.reading() as session:
            return [Goods(product_id, lot, int(units)) for product_id, lot, units in session.execute(query)]

    def _open(self, told: dict[str, Any], chosen: list[Lot]) -> int:
        scene = self._scene
        opened = CountingService(scene.database).open(
            actor=scene.actor(KEEPERS[told["store"]]),
            op_id=scene.op(),
            location_id=scene.place(told["store"]),
            product_ids={lot.product_id for lot in chosen},
        )
        return opened.count_id

    def _enter(self, told: dict[str, Any], count_id: int, found: Sequence[Goods]) -> None:
        keeper, counting = self._scene.actor(KEEPERS[told["store"]]), CountingService(self._scene.database)
        for goods in found:
            counting.set_total(actor=keeper, op_id=self._scene.op(), count_id=count_id, goods=goods)
