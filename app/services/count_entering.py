"""One entry on the sheet of a stock-take: which lot and line it belongs to, and what stands on the goods."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor, Bilingual
from app.core.changes import Changes, Topic
from app.core.errors import ConflictError, RuleError
from app.core.lots import lot_key
from app.core.statuses.locks import LockLayer
from app.core.statuses.stock import StockState
from app.core.statuses.store_work import CountSource, CountState
from app.models.catalogue import Product
from app.models.database import Database
from app.models.places import Location
from app.models.stock import Batch, SerialUnit
from app.models.store_work import StockCount, StockCountEntry, StockCountLine
from app.queries.days import today_at
from app.queries.layers import distinct_layers, keys_of, layers_of
from app.queries.scanned import unit_of_serial
from app.services.count_lines import (
    Here,
    Lot,
    batch_line,
    entries_of,
    entry_lot,
    here,
    is_here,
    lines_of,
    refresh,
    stranger_line,
    unit_line,
)
from app.services.picking import LotNeededError, SerialNeededError

CHANGED: Changes = frozenset({Topic.STOCK})


class NotOnSheetError(RuleError):
    """The ``product`` is not among those chosen for this stock-take."""

    code = "store_work.not_on_sheet"


class NotRecountedError(RuleError):
    """``lot`` is not among the lines that are counted again."""

    code = "store_work.not_recounted"


class CountedTwiceError(RuleError):
    """The unit ``serial`` has been counted already."""

    code = "store_work.counted_twice"


@dataclass(frozen=True, slots=True)
class Goods:
    """What was found, as the label or a person says it; ``product_id`` None where nobody knows the product."""

    product_id: int | None
    lot: str = ""
    quantity: int = 1
    serial: str = ""
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """Taken: ``total`` of the lot in this round. ``layers`` stand on it; ``is_known`` says the books have it here."""

    entry_id: int
    lot: str
    total: int
    layers: tuple[LockLayer, ...]
    is_known: bool
    changes: Changes = CHANGED


class Entering:
    """One entry on an open sheet, inside the caller's transaction; the sheet is held by it."""

    def __init__(self, session: Session, database: Database, count: StockCount, actor: Actor) -> None:
        self._session, self._database, self._count, self._actor = session, database, count, actor
        self._place = session.get_one(Location, count.location_id)

    def enter(self, op_id: str, goods: Goods, source: CountSource) -> Counted:
        product = self._product(goods)
        lot = self.lot_named(goods)
        serial = goods.serial if product is not None and product.needs_serial else ""
        lines = self._lines(lot)
        if self._count.state is CountState.RECOUNTING and not any(line.found is None for line in lines):
            raise NotRecountedError(lot=goods.lot or "—")
        round_no = max((line.round_no for line in lines), default=1)
        before = self._entries(lot, round_no)
        batches = self._batches(lot)
        if not before:
            refresh(self._session, self._place, [line for line in lines if line.found is None])
            lines += self._late_lines(batches, lines) if not serial else []
        unit = self._unit(lot, serial)
        if serial and sum(one.quantity for one in before if one.serial_no == _serial_text(unit, serial)) > 0:
            raise CountedTwiceError(serial=serial)
        line = self._line_for(lot, goods, batches, unit, serial, lines)
        entry = self._entry(op_id, lot, round_no, goods, unit, _serial_text(unit, serial), source)
        return self._answer(entry, batches, line.batch_id is not None)

    def take_out(self, op_id: str, entry: StockCountEntry) -> Counted:
        lot = entry_lot(entry)
        lines = self._lines(lot)
        round_no = max((line.round_no for line in lines), default=1)
        same = [one for one in self._entries(lot, round_no) if one.serial_no == entry.serial_no]
        if entry.round_no != round_no or entry.quantity > sum(one.quantity for one in same):
            raise ConflictError
        unit = self._session.get(SerialUnit, entry.serial_unit_id) if entry.serial_unit_id else None
        goods = Goods(entry.product_id, entry.lot_no, -entry.quantity, entry.serial_no, entry.raw)
        back = self._entry(op_id, lot, round_no, goods, unit, entry.serial_no, entry.source)
        return self._answer(back, self._batches(lot), is_known=True)

    def lot_named(self, goods: Goods) -> Lot:
        """The key under which the goods stand on the sheet. Raises LotNeededError."""
        if goods.product_id is None:
            return None, (lot_key(goods.raw) or lot_key(goods.lot) or "?")[:64]
        product = self._session.get_one(Product, goods.product_id)
        if not product.needs_lot:
            return product.id, ""
        if not goods.lot:
            raise LotNeededError(product=Bilingual(product.name_zh, product.name_en))
        return product.id, lot_key(goods.lot)

    def total(self, lot: Lot) -> int:
        """What the entries of the running round add up to."""
        round_no = max((line.round_no for line in self._lines(lot)), default=1)
        return sum(entry.quantity for entry in self._entries(lot, round_no))

    def _product(self, goods: Goods) -> Product | None:
        if goods.product_id is None:
            return None
        product = self._session.get_one(Product, goods.product_id)
        name = Bilingual(product.name_zh, product.name_en)
        if self._count.product_ids and product.id not in self._count.product_ids:
            raise NotOnSheetError(product=name)
        if product.needs_serial and (not goods.serial or goods.quantity != 1):
            raise SerialNeededError
        return product

    def _lines(self, lot: Lot) -> list[StockCountLine]:
        return lines_of(self._session, self._count.id, lot)

    def _entries(self, lot: Lot, round_no: int) -> list[StockCountEntry]:
        found = entries_of(self._session, self._count.id, lot)
        return [entry for entry in found if entry.round_no == round_no]

    def _batches(self, lot: Lot) -> list[Batch]:
        """The receipts of the lot, the newest first."""
        if lot[0] is None:
            return []
        query = select(Batch).where(Batch.product_id == lot[0]).order_by(Batch.received_at.desc(), Batch.id.desc())
        query = query.where(Batch.lot_key == lot[1]) if lot[1] else query.where(Batch.is_lot_unknown)
        return list(self._session.scalars(query))

    def _unit(self, lot: Lot, serial: str) -> SerialUnit | None:
        if not serial:
            return None
        return self._session.scalar(unit_of_serial(lot[0], serial))

    def _late_lines(self, batches: Sequence[Batch], lines: Sequence[StockCountLine]) -> list[StockCountLine]:
        """Receipts of the lot that came to the place after the sheet was opened."""
        lying = here(self._session, self._place, [batch.id for batch in batches])
        known = {line.batch_id for line in lines}
        late = [
            batch_line(self._count, batch, lying[batch.id])
            for batch in batches
            if batch.id in lying and lying[batch.id].quantity and batch.id not in known
        ]
        for line in late:
            line.round_no = max((one.round_no for one in lines), default=1)
        self._session.add_all(late)
        self._session.flush()
        return late

    def _line_for(
        self,
        lot: Lot,
        goods: Goods,
        batches: Sequence[Batch],
        unit: SerialUnit | None,
        serial: str,
        lines: Sequence[StockCountLine],
    ) -> StockCountLine:
        """The line that will show what was found; made where the sheet has none."""
        line = self._find(lot, goods, batches, unit, serial)
        same = next((one for one in lines if one.key == line.key), None)
        if same is not None:
            return same
        line.round_no = max((one.round_no for one in lines), default=1)
        self._session.add(line)
        self._session.flush()
        return line

    def _find(
        self, lot: Lot, goods: Goods, batches: Sequence[Batch], unit: SerialUnit | None, serial: str
    ) -> StockCountLine:
        if serial:
            if unit is not None and (is_here(unit, self._place) or unit.state is StockState.UNACCOUNTED):
                batch = self._session.get_one(Batch, unit.batch_id)
                return unit_line(self._count, batch, unit, expected=int(is_here(unit, self._place)))
            return stranger_line(self._count, lot, goods.lot, _serial_text(unit, serial))
        if not batches:
            return stranger_line(self._count, lot, goods.lot or goods.raw[:60], "")
        lying = here(self._session, self._place, [batch.id for batch in batches])
        own = next((batch for batch in batches if batch.id in lying and lying[batch.id].quantity), batches[0])
        return batch_line(self._count, own, lying.get(own.id, Here(0, 0)))

    def _entry(
        self,
        op_id: str,
        lot: Lot,
        round_no: int,
        goods: Goods,
        unit: SerialUnit | None,
        serial: str,
        source: CountSource,
    ) -> StockCountEntry:
        entry = StockCountEntry(
            op_id=op_id,
            count_id=self._count.id,
            round_no=round_no,
            product_id=lot[0],
            lot_no=(goods.lot or goods.raw)[:64],
            lot_key=lot[1],
            serial_no=serial,
            serial_unit_id=unit.id if unit else None,
            quantity=goods.quantity,
            source=source,
            raw=goods.raw[:200],
            person_id=self._actor.id,
            at=self._database.clock(),
        )
        self._session.add(entry)
        self._session.flush()
        return entry

    def _answer(self, entry: StockCountEntry, batches: Sequence[Batch], is_known: bool) -> Counted:
        total = sum(one.quantity for one in self._entries(entry_lot(entry), entry.round_no))
        layers = layers_of(self._session, keys_of(batches), today_at(self._session, self._place.id)) if batches else {}
        rows = [row for stack in layers.values() for row in stack]
        return Counted(entry.id, entry.lot_no, total, distinct_layers(rows), is_known)


def _serial_text(unit: SerialUnit | None, serial: str) -> str:
    return unit.serial_no if unit is not None else serial
