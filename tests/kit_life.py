"""What the tests of kits share: a kit of two catheters and one tray, its recipe, and every act in one call."""

import uuid
from datetime import date

from sqlalchemy import select

from app.core.statuses.locks import LockLayer
from app.core.statuses.stock import Inspection, StockState
from app.core.statuses.supplement import SupplementField
from app.models.stock import Balance, Batch
from app.models.supplements import BatchSupplement
from app.queries.days import today_at
from app.queries.layers import distinct_layers, keys_of, layers_of
from app.services.composing import Component, ComposingService
from app.services.kitting import KittingService
from tests.stock_life import StockLife, stock_life


class KitLife(StockLife):
    """``KIT`` holds two ``CVC`` and one ``TRAY``."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.kitting, self.composing = KittingService(self.database), ComposingService(self.database)

    def recipe(self, kit: str, parts: dict[str, int], by: str = "keeper"):
        components = [Component(self.house.products[code], quantity) for code, quantity in parts.items()]
        return self.composing.save(actor=self.actor(by), product_id=self.house.products[kit], components=components)

    def build(self, *parts, store: str = "store", by: str = "keeper", kit: str = "KIT"):
        return self.kitting.build(
            actor=self.actor(by),
            op_id=uuid.uuid4().hex,
            product_id=self.house.products[kit],
            store_id=self.house.places[store],
            parts=parts or [self.wanted("A1", 2), self.wanted("T1", 1, "TRAY")],
        )

    def open(self, batch_id: int, by: str = "keeper"):
        return self.kitting.open(actor=self.actor(by), op_id=uuid.uuid4().hex, kit_batch_id=batch_id)

    def stocked(self) -> tuple[int, int]:
        """Ten of each component."""
        return self.house.batch("CVC", "A1", 10), self.house.batch("TRAY", "T1", 10)

    def locked_batch(self, lot: str, layer: LockLayer, quantity: int = 10, product: str = "CVC") -> int:
        """A batch in the store's stock under one layer."""
        waits = layer in (LockLayer.PENDING, LockLayer.REJECTED)
        expiry = None if layer is LockLayer.EXPIRED else date(2099, 12, 31)
        batch = self.house.batch(product, lot, quantity, expiry=expiry, released_by=None if waits else "inspector")
        if layer is LockLayer.REJECTED:
            self.house.inspect(batch, quantity, "inspector", Inspection.REJECTED)
        elif layer is LockLayer.EXPIRED:
            self.expire(batch)
        elif layer is LockLayer.ON_HOLD:
            self.hold(lot, product=product)
        elif layer is LockLayer.RECALL_QUARANTINE:
            self.recall(lot, product)
        return batch

    def expire(self, batch_id: int) -> None:
        """Two persons find that the goods expired long ago: no clock of a server is turned."""
        op_id = uuid.uuid4().hex
        self.house.sign("inspector", op_id)
        with self.database.writing(self.house.persons["keeper"]) as session:
            session.add(
                BatchSupplement(
                    batch_id=batch_id,
                    field=SupplementField.EXPIRY_ON,
                    old_value="",
                    new_value="2020-01-31",
                    op_id=op_id,
                    reason="The label says so",
                    added_by=self.house.persons["keeper"],
                    second_person_id=self.house.persons["inspector"],
                    added_at=self.database.clock(),
                )
            )

    def states(self, batch_id: int) -> dict[tuple[str, StockState], int]:
        """Where the units of a batch are."""
        names = {place: name for name, place in self.house.places.items()}
        with self.database.reading() as session:
            rows = session.scalars(select(Balance).where(Balance.batch_id == batch_id, Balance.quantity != 0))
            return {(names[row.location_id], row.state): row.quantity for row in rows}

    def layers(self, batch_id: int) -> tuple[LockLayer, ...]:
        """As a screen shows them."""
        with self.database.reading() as session:
            batch = session.get_one(Batch, batch_id)
            today = today_at(session, self.house.places["store"])
            return distinct_layers(layers_of(session, keys_of([batch]), today)[batch_id])


def kit_life(database) -> KitLife:
    """A small hospital with the kit's recipe and nothing in stock."""
    life = KitLife(database, stock_life(database).house)
    life.house.product("TRAY")
    life.house.product("KIT", name_zh="穿刺包", name_en="Puncture kit")
    life.recipe("KIT", {"CVC": 2, "TRAY": 1})
    return life
