"""Stock-takes: opened for a place, counted blind by scan or by hand, finished, explained, counted again."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.core.actor import Actor, Bilingual
from app.core.changes import Changes, Topic
from app.core.count_reasons import Deviation, checked_reason
from app.core.errors import NotFoundError, RuleError
from app.core.statuses.stock import StockState
from app.core.statuses.store_work import ENTRY_STATES, OPEN_COUNTS, CountSource, CountState
from app.models.database import Database
from app.models.places import Location
from app.models.refusals import ExistsError
from app.models.stock import Batch
from app.models.store_work import StockCount, StockCountEntry, StockCountLine
from app.services.count_entering import Counted, Entering, Goods
from app.services.count_lines import (
    demand_counting,
    entries_of,
    entry_lot,
    line_lot,
    lines_of,
    open_count,
    refresh,
    share,
    snapshot,
)
from app.services.numbering import STOCK_TAKE, next_number
from app.services.repeating import once

CHANGED: Changes = frozenset({Topic.STOCK})


class KeepsNoStockError(RuleError):
    """The ``place`` has no stock in the books that could be counted."""

    code = "store_work.keeps_no_stock"


class CountOpenError(RuleError):
    """Stock-take ``number`` of this place is still open."""

    code = "store_work.count_open"


class NotCountedYetError(RuleError):
    """The lots ``lots`` were to be counted again and have no count yet."""

    code = "store_work.not_counted_yet"


@dataclass(frozen=True, slots=True)
class Opened:
    """The new sheet."""

    count_id: int
    number: str
    changes: Changes = CHANGED


@dataclass(frozen=True, slots=True)
class CountStep:
    """The sheet went on; ``differences`` lines differ from the books."""

    count_id: int
    differences: int = 0
    changes: Changes = CHANGED


class CountingService:
    """Duty: COUNT_STOCK on the person's own place, anywhere with STORE_WORK. Approval is ``CountPostingService``'s."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @once
    def open(self, *, actor: Actor, op_id: str, location_id: int, product_ids: Collection[int] = ()) -> Opened:
        """A blind sheet for all products of a place, or the chosen ones. Raises CountOpenError, KeepsNoStockError."""
        demand_counting(actor, location_id)
        with self._database.writing(actor.id) as session:
            place = session.get(Location, location_id, with_for_update=True)
            if place is None:
                raise NotFoundError
            if place.shelf is StockState.EXPENSED:
                raise KeepsNoStockError(place=Bilingual(place.name_zh, place.name_en))
            standing = select(StockCount.number).where(
                StockCount.location_id == location_id, StockCount.state.in_(OPEN_COUNTS)
            )
            number = session.scalar(standing)
            if number is not None:
                raise CountOpenError(number=number)
            now = self._database.clock()
            count = StockCount(
                number=next_number(session, STOCK_TAKE, now),
                op_id=op_id,
                location_id=location_id,
                products=",".join(str(one) for one in sorted(product_ids)),
                state=CountState.COUNTING,
                started_by=actor.id,
                started_at=now,
            )
            session.add(count)
            session.flush()
            session.add_all(snapshot(session, count, place))
            return Opened(count.id, count.number)

    @once
    def enter(
        self, *, actor: Actor, op_id: str, count_id: int, goods: Goods, source: CountSource = CountSource.SCAN
    ) -> Counted:
        """Add what was found; locked, expired and unknown goods are taken too.

        Raises CountStateError, NotOnSheetError, NotRecountedError, CountedTwiceError, LotNeededError,
        SerialNeededError, ExistsError (the same act twice).
        """
        with self._database.writing(actor.id) as session:
            count = open_count(session, actor, count_id, ENTRY_STATES)
            if session.scalar(select(StockCountEntry.id).where(StockCountEntry.op_id == op_id)) is not None:
                raise ExistsError
            return Entering(session, self._database, count, actor).enter(op_id, goods, source)

    @once
    def set_total(self, *, actor: Actor, op_id: str, count_id: int, goods: Goods) -> Counted:
        """The lot's total in this round, typed: ``goods.quantity`` replaces what was scanned so far."""
        with self._database.writing(actor.id) as session:
            count = open_count(session, actor, count_id, ENTRY_STATES)
            entering = Entering(session, self._database, count, actor)
            lot = entering.lot_named(goods)
            delta = goods.quantity - entering.total(lot)
            return entering.enter(op_id, replace(goods, quantity=delta), CountSource.TYPED)

    @once
    def take_out(self, *, actor: Actor, op_id: str, count_id: int, entry_id: int) -> Counted:
        """One entry is taken back by its opposite; both stay on record."""
        with self._database.writing(actor.id) as session:
            count = open_count(session, actor, count_id, ENTRY_STATES)
            entry = session.get(StockCountEntry, entry_id)
            if entry is None or entry.count_id != count_id:
                raise NotFoundError
            return Entering(session, self._database, count, actor).take_out(op_id, entry)

    def finish(self, *, actor: Actor, count_id: int, version: int) -> CountStep:
        """Everything of this round is counted; now the differences show. Raises NotCountedYetError."""
        with self._database.writing(actor.id) as session:
            count = open_count(session, actor, count_id, ENTRY_STATES, version)
            lines = lines_of(session, count_id)
            pending = [line for line in lines if line.found is None]
            entries = entries_of(session, count_id)
            if count.state is CountState.RECOUNTING:
                _demand_recounted(pending, entries)
            newest_first = _newest_first(session, pending)
            for lot in dict.fromkeys(line_lot(line) for line in pending):
                members = [line for line in pending if line_lot(line) == lot]
                mine = [one for one in entries if entry_lot(one) == lot and one.round_no == members[0].round_no]
                share(members, mine, newest_first)
            count.move_to(CountState.REVIEW)
            count.finished_by, count.finished_at = actor.id, self._database.clock()
            return CountStep(count_id, sum(1 for line in lines if line.difference))

    def give_reason(self, *, actor: Actor, count_id: int, line_id: int, reason: str, note: str = "") -> CountStep:
        """Why a line differs; ``reason`` is a key of the list. Raises ReasonUnknownError, NoteMissingError."""
        with self._database.writing(actor.id) as session:
            open_count(session, actor, count_id, frozenset({CountState.REVIEW}))
            line = session.get(StockCountLine, line_id)
            if line is None or line.count_id != count_id:
                raise NotFoundError
            line.reason = checked_reason(deviation_of(line), reason, note)
            line.note = note.strip()[:400]
            return CountStep(count_id)

    def recount(self, *, actor: Actor, count_id: int, version: int, line_ids: Collection[int]) -> CountStep:
        """The lots of these lines are counted once more, blind again; the first count stays on record."""
        with self._database.writing(actor.id) as session:
            count = open_count(session, actor, count_id, frozenset({CountState.REVIEW}), version)
            place = session.get_one(Location, count.location_id)
            lines = lines_of(session, count_id)
            lots = {line_lot(line) for line in lines if line.id in set(line_ids)}
            again = [line for line in lines if line_lot(line) in lots]
            if not again:
                raise NotFoundError
            for line in again:
                line.first_found, line.found = line.found, None
                line.round_no += 1
                line.reason = line.note = ""
            refresh(session, place, again)
            count.move_to(CountState.RECOUNTING)
            return CountStep(count_id)

    def cancel(self, *, actor: Actor, count_id: int, version: int) -> CountStep:
        """Nothing is posted; what was counted stays on record."""
        with self._database.writing(actor.id) as session:
            count = open_count(session, actor, count_id, OPEN_COUNTS, version)
            count.move_to(CountState.CANCELLED)
            count.finished_by, count.finished_at = actor.id, self._database.clock()
            flag_modified(count, "finished_at")
            return CountStep(count_id)


def deviation_of(line: StockCountLine) -> Deviation:
    """Which list of reasons the line takes."""
    if line.batch_id is None:
        return Deviation.UNKNOWN
    return Deviation.GAIN if line.difference > 0 else Deviation.LOSS


def _demand_recounted(pending: Iterable[StockCountLine], entries: Sequence[StockCountEntry]) -> None:
    counted = {(entry_lot(entry), entry.round_no) for entry in entries}
    open_lots = {line.lot_no or line.serial_no for line in pending if (line_lot(line), line.round_no) not in counted}
    if open_lots:
        raise NotCountedYetError(lots=sorted(open_lots))


def _newest_first(session: Session, lines: Iterable[StockCountLine]) -> list[int]:
    ids = {line.batch_id for line in lines if line.batch_id is not None}
    query = select(Batch.id).where(Batch.id.in_(ids)).order_by(Batch.received_at.desc(), Batch.id.desc())
    return list(session.scalars(query))
