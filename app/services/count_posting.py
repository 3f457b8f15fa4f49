"""The end of a stock-take: a second person approves, and every difference becomes a line of the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.changes import Changes, Topic
from app.core.count_reasons import reason_text
from app.core.errors import ConflictError, RuleError
from app.core.permissions import Duty
from app.core.statuses.stock import MovementKind, StockState
from app.core.statuses.store_work import CountState
from app.models.catalogue import Product
from app.models.database import Database
from app.models.places import Location
from app.models.refusals import OwnSecondError
from app.models.stock import Balance, Batch, SerialUnit
from app.models.store_work import StockCount, StockCountEntry, StockCountLine
from app.queries.days import today_at
from app.queries.layers import LayerRow, keys_of, layers_of
from app.services.count_lines import counted_states, lines_of, newest_movements, open_count
from app.services.posting import Line, Operation, Shelf, post
from app.services.repeating import once
from app.services.transfer_lines import case_of


class CounterApprovesError(RuleError):
    """Who counted does not approve: ``name`` made entries on this sheet."""

    code = "store_work.counter_approves"


class ReasonNeededError(RuleError):
    """The lines of ``lots`` differ from the books and have no reason yet."""

    code = "store_work.reason_needed"


class CountMovedError(ConflictError):
    """Goods of ``lots`` moved after they were counted; those lines are to be counted again."""

    code = "store_work.count_moved"


@dataclass(frozen=True, slots=True)
class CountPosted:
    """``gained`` and ``lost`` base units under the sheet's number; ``quarantined`` of the gained are locked."""

    number: str
    gained: int
    lost: int
    quarantined: int
    changes: Changes = frozenset({Topic.STOCK, Topic.DOCUMENTS})


class CountPostingService:
    """All lines of a sheet in one transaction, or none. Duty: COUNT_STOCK; the second person's: WITNESS."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @once
    def approve(self, *, actor: Actor, op_id: str, count_id: int, version: int, second: Actor) -> CountPosted:
        """``second`` has signed ``op_id``, and counted nothing of this sheet.

        Raises CounterApprovesError, ReasonNeededError, CountMovedError, CountStateError (also where somebody else was
        quicker), ConflictError, UnsignedError.
        """
        second.demand(Duty.WITNESS)
        if second.id == actor.id:
            raise OwnSecondError
        with self._database.writing(actor.id) as session:
            count = open_count(session, actor, count_id, frozenset({CountState.REVIEW}), version)
            lines = lines_of(session, count_id)
            _demand_other_person(session, count, second)
            _demand_reasons(lines)
            _close_gates(session, lines)
            place = session.get_one(Location, count.location_id)
            _demand_unmoved(session, place, lines)
            posted = _Posting(session, count, place, lines).movements()
            now = self._database.clock()
            if posted:
                post(session, self._database.clock, Operation(op_id, actor.id, now, second.id, count.number), posted)
            for line in lines:
                line.is_posted = line.batch_id is not None and line.difference != 0
            count.move_to(CountState.POSTED)
            count.posted_by, count.approved_by, count.posted_at, count.post_op_id = actor.id, second.id, now, op_id
            return _told(count.number, posted)


class _Posting:
    """The movements that make the books agree with what was found."""

    def __init__(self, session: Session, count: StockCount, place: Location, lines: Sequence[StockCountLine]) -> None:
        self._session, self._count, self._place = session, count, place
        self._lines = [line for line in lines if line.batch_id is not None and line.difference]
        ids = {line.batch_id for line in self._lines}
        batches = list(session.scalars(select(Batch).where(Batch.id.in_(ids))))
        self._layers = layers_of(session, keys_of(batches), today_at(session, place.id)) if batches else {}

    def movements(self) -> list[Line]:
        """Losses from the free shelf first, then from what is put aside; gains of locked goods into quarantine."""
        posted: list[Line] = []
        for line in self._lines:
            posted += self._gain(line) if line.difference > 0 else self._loss(line)
        return posted

    def _gain(self, line: StockCountLine) -> list[Line]:
        batch_id = line.batch_id or 0
        layers = self._layers[batch_id]
        state = StockState.QUARANTINED if layers else self._place.shelf
        source = Shelf(self._place.id, StockState.UNACCOUNTED)
        if line.serial_unit_id is not None:
            unit = self._session.get_one(SerialUnit, line.serial_unit_id)
            source = Shelf(unit.location_id or self._place.id, StockState.UNACCOUNTED)
        return [
            self._line(MovementKind.STOCK_GAIN, line, line.difference, source, Shelf(self._place.id, state), layers)
        ]

    def _loss(self, line: StockCountLine) -> list[Line]:
        layers = self._layers[line.batch_id or 0]
        target = Shelf(self._place.id, StockState.UNACCOUNTED)
        left, posted = -line.difference, list[Line]()
        for state, quantity in self._lying(line):
            part = min(left, quantity)
            if part:
                source = Shelf(self._place.id, state)
                posted.append(self._line(MovementKind.STOCK_LOSS, line, part, source, target, layers))
                left -= part
        return posted

    def _lying(self, line: StockCountLine) -> list[tuple[StockState, int]]:
        states = counted_states(self._place)
        if line.serial_unit_id is not None:
            unit = self._session.get_one(SerialUnit, line.serial_unit_id)
            return [(unit.state, 1)] if unit.state is not None else []
        query = select(Balance.state, Balance.quantity).where(
            Balance.batch_id == line.batch_id, Balance.location_id == self._place.id, Balance.state.in_(states)
        )
        found = {state: quantity for state, quantity in self._session.execute(query)}
        return [(state, found.get(state, 0)) for state in states]

    def _line(
        self,
        kind: MovementKind,
        line: StockCountLine,
        quantity: int,
        source: Shelf,
        target: Shelf,
        layers: Sequence[LayerRow],
    ) -> Line:
        return Line(
            kind,
            line.batch_id or 0,
            quantity,
            source,
            target,
            self._count.number,
            line.serial_unit_id,
            case_id=case_of(layers),
            reason=_words(line),
        )


def _demand_other_person(session: Session, count: StockCount, second: Actor) -> None:
    query = select(StockCountEntry.id).where(
        StockCountEntry.count_id == count.id, StockCountEntry.person_id == second.id
    )
    if session.scalar(query.limit(1)) is not None:
        raise CounterApprovesError(name=second.name)


def _demand_reasons(lines: Sequence[StockCountLine]) -> None:
    open_lots = [line.lot_no or line.serial_no for line in lines if line.difference and not line.reason]
    if open_lots:
        raise ReasonNeededError(lots=list(dict.fromkeys(open_lots)))


def _close_gates(session: Session, lines: Sequence[StockCountLine]) -> None:
    """No movement and no lock of these products comes between the comparison and the posting."""
    ids = {line.product_id for line in lines if line.product_id is not None}
    query = select(Product.id).where(Product.id.in_(ids)).order_by(Product.id).with_for_update()
    session.execute(query)


def _demand_unmoved(session: Session, place: Location, lines: Sequence[StockCountLine]) -> None:
    newest = newest_movements(session, place, lines)
    moved = [line.lot_no for line in lines if line.id in newest and newest[line.id] != line.seen_movement_id]
    if moved:
        raise CountMovedError(lots=list(dict.fromkeys(moved)))


def _words(line: StockCountLine) -> str:
    """The reason as the ledger keeps it: the list's key first, so that it can be counted."""
    text = reason_text(line.reason)
    return " ".join(part for part in (f"[{line.reason}]", text.zh if text else "", line.note) if part)[:400]


def _told(number: str, posted: Sequence[Line]) -> CountPosted:
    gains = [line for line in posted if line.kind is MovementKind.STOCK_GAIN]
    aside = sum(line.quantity for line in gains if line.target and line.target.state is StockState.QUARANTINED)
    lost = sum(line.quantity for line in posted if line.kind is MovementKind.STOCK_LOSS)
    return CountPosted(number, sum(line.quantity for line in gains), lost, aside)
