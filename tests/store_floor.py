"""What the tests of store work share: the stock's life with transfers, shelves and stock-takes in one call each."""

import uuid
from dataclasses import dataclass, field

from sqlalchemy import select

from app.core.statuses.stock import StockState
from app.models.stock import Balance, Movement
from app.models.store_work import Transfer
from app.queries.reader import Reader
from app.queries.stock_counts import CountLineRow, CountSheet, count_sheet
from app.queries.transfers import TransferSheet, transfer_sheet
from app.services.count_entering import Goods
from app.services.count_posting import CountPostingService
from app.services.counting import CountingService
from app.services.transferring import Arrived, TransferringService
from tests.stock_life import StockLife, stock_life


@dataclass
class StoreFloor:
    """``life`` is the hospital with its services; quantities by place name and state."""

    life: StockLife
    transferring: TransferringService = field(init=False)
    counting: CountingService = field(init=False)
    count_posting: CountPostingService = field(init=False)

    def __post_init__(self) -> None:
        self.transferring = TransferringService(self.life.database)
        self.counting = CountingService(self.life.database)
        self.count_posting = CountPostingService(self.life.database)

    @property
    def places(self) -> dict[str, int]:
        return self.life.house.places

    def actor(self, login: str):
        return self.life.actor(login)

    def signed(self, second: str) -> str:
        op_id = uuid.uuid4().hex
        self.life.house.sign(second, op_id)
        return op_id

    def send(self, *wanted, source="store", target="store2", by="keeper", reason="", op_id=None):
        return self.transferring.send(
            actor=self.actor(by),
            op_id=op_id or uuid.uuid4().hex,
            source_id=self.places[source],
            target_id=self.places[target],
            lines=wanted,
            reason=reason,
        )

    def sheet(self, transfer_id: int) -> TransferSheet:
        return Reader(self.life.database).fetch(transfer_sheet, transfer_id)

    def version(self, transfer_id: int) -> int:
        with self.life.database.reading() as session:
            return session.get_one(Transfer, transfer_id).version

    def receive(self, transfer_id: int, *counts, by="keeper2", op_id=None, version=None):
        """``counts`` are good units, or (good, damaged), line by line."""
        lines = self.sheet(transfer_id).lines
        pairs = [count if isinstance(count, tuple) else (count, 0) for count in counts]
        return self.transferring.receive(
            actor=self.actor(by),
            op_id=op_id or uuid.uuid4().hex,
            transfer_id=transfer_id,
            version=version or self.version(transfer_id),
            arrived=[Arrived(line.id, *pair) for line, pair in zip(lines, pairs, strict=False)],
        )

    def settle(self, transfer_id: int, *, second="inspector", reason="lost", note="找过了", by="keeper", op_id=None):
        return self.transferring.settle(
            actor=self.actor(by),
            op_id=op_id or self.signed(second),
            transfer_id=transfer_id,
            version=self.version(transfer_id),
            second=self.actor(second),
            reason=reason,
            note=note,
        )

    def take_back(self, transfer_id: int, *, second=None, reason="发错库房", by="keeper"):
        return self.transferring.take_back(
            actor=self.actor(by),
            op_id=self.signed(second) if second else uuid.uuid4().hex,
            transfer_id=transfer_id,
            version=self.version(transfer_id),
            reason=reason,
            second=self.actor(second) if second else None,
        )

    # stock-takes -------------------------------------------------------------
    def open_count(self, place="store", *products, by="keeper") -> int:
        ids = [self.life.house.products[code] for code in products]
        opened = self.counting.open(
            actor=self.actor(by), op_id=uuid.uuid4().hex, location_id=self.places[place], product_ids=ids
        )
        return opened.count_id

    def goods(self, lot="", quantity=1, product="CVC", serial="", raw="") -> Goods:
        return Goods(self.life.house.products[product] if product else None, lot, quantity, serial, raw)

    def found(self, count_id: int, lot="", quantity=1, *, by="keeper", op_id=None, **more):
        return self.counting.enter(
            actor=self.actor(by),
            op_id=op_id or uuid.uuid4().hex,
            count_id=count_id,
            goods=self.goods(lot, quantity, **more),
        )

    def typed(self, count_id: int, lot: str, total: int, *, by="keeper", **more):
        return self.counting.set_total(
            actor=self.actor(by), op_id=uuid.uuid4().hex, count_id=count_id, goods=self.goods(lot, total, **more)
        )

    def count(self, count_id: int) -> CountSheet:
        return Reader(self.life.database).fetch(count_sheet, count_id)

    def line(self, count_id: int, lot: str, serial: str = "") -> CountLineRow:
        lines = self.count(count_id).lines
        return next(line for line in lines if line.lot_no == lot and line.serial_no == serial)

    def finish(self, count_id: int, by="keeper"):
        version = self.count(count_id).head.version
        return self.counting.finish(actor=self.actor(by), count_id=count_id, version=version)

    def explain(self, count_id: int, lot: str, reason: str, note: str = "", serial: str = "", by="keeper"):
        return self.counting.give_reason(
            actor=self.actor(by),
            count_id=count_id,
            line_id=self.line(count_id, lot, serial).id,
            reason=reason,
            note=note,
        )

    def recount(self, count_id: int, *lots: str, by="keeper"):
        sheet = self.count(count_id)
        ids = [line.id for line in sheet.lines if line.lot_no in lots]
        return self.counting.recount(actor=self.actor(by), count_id=count_id, version=sheet.head.version, line_ids=ids)

    def approve(self, count_id: int, second="inspector", by="keeper", op_id=None, version=None):
        return self.count_posting.approve(
            actor=self.actor(by),
            op_id=op_id or self.signed(second),
            count_id=count_id,
            version=version or self.count(count_id).head.version,
            second=self.actor(second),
        )

    # the books -----------------------------------------------------------------
    def balances(self, batch_id: int) -> dict[tuple[str, StockState], int]:
        names = {place: name for name, place in self.places.items()}
        with self.life.database.reading() as session:
            rows = session.scalars(select(Balance).where(Balance.batch_id == batch_id, Balance.quantity != 0))
            return {(names[row.location_id], row.state): row.quantity for row in rows}

    def movements(self, document: str) -> list[Movement]:
        with self.life.database.reading() as session:
            return list(session.scalars(select(Movement).where(Movement.document_no == document).order_by(Movement.id)))


def store_floor(database) -> StoreFloor:
    return StoreFloor(stock_life(database))
