"""Goods from one store to another: sent, received line by line, settled where something never came, or taken back."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.core.actor import Actor, Bilingual
from app.core.changes import Changes, Topic
from app.core.count_reasons import Deviation, checked_reason, reason_text
from app.core.errors import ConflictError, NotFoundError, RuleError
from app.core.permissions import Duty
from app.core.statuses.stock import LocationKind, MovementKind, StockState
from app.core.statuses.store_work import TransferState
from app.models.database import Database
from app.models.places import Location
from app.models.refusals import SecondMissingError
from app.models.stock import Balance, Batch
from app.models.store_work import Transfer, TransferLine
from app.queries.days import today_at
from app.queries.layers import LayerRow, keys_of, layers_of
from app.services.issuing import Checked, IssuingService, merged, take
from app.services.numbering import TRANSFER, next_number
from app.services.picking import Pick, Wanted
from app.services.posting import Line, Operation, Shelf, hold_gates, post
from app.services.repeating import once
from app.services.transfer_lines import arrivals, backwards, loss, put_aside

CHANGED: Changes = frozenset({Topic.STOCK})


class NotTwoStoresError(RuleError):
    """A transfer leads from one store to another; ``place`` is not such a store."""

    code = "store_work.not_two_stores"


class NothingToSendError(RuleError):
    """The document has no line."""

    code = "store_work.nothing_to_send"


class MoreThanSentError(RuleError):
    """Of ``lot`` only ``missing`` units are still on their way."""

    code = "store_work.more_than_sent"


class GoneFromTransitError(RuleError):
    """Part of the goods left the way by another document; of ``lot`` only ``there`` are still in transit."""

    code = "store_work.gone_from_transit"


class NothingOpenError(RuleError):
    """Transfer ``number`` is ``state``; nothing of it is on its way."""

    code = "store_work.nothing_open"


class ArrivedAlreadyError(RuleError):
    """Part of transfer ``number`` has arrived; it can no longer be taken back as a whole."""

    code = "store_work.arrived_already"


@dataclass(frozen=True, slots=True)
class Sent:
    """The posted document."""

    transfer_id: int
    number: str
    quantity: int
    changes: Changes = CHANGED


@dataclass(frozen=True, slots=True)
class Arrived:
    """What the receiving store counted of one line; ``damaged`` goes into quarantine."""

    line_id: int
    good: int
    damaged: int = 0


@dataclass(frozen=True, slots=True)
class Received:
    """``good`` units are on the shelf, ``quarantined`` in quarantine, ``missing`` still open."""

    number: str
    good: int
    quarantined: int
    missing: int
    changes: Changes = CHANGED


@dataclass(frozen=True, slots=True)
class Ended:
    """The document is closed; ``quantity`` units were written off or went back, ``quarantined`` of them locked."""

    number: str
    quantity: int
    quarantined: int = 0
    changes: Changes = CHANGED


class TransferringService:
    """Duty: STORE_WORK. A second person of duty WITNESS has signed the same ``op_id`` where one is named."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._issuing = IssuingService(database)

    def check(self, wanted: Wanted, store_id: int) -> Checked:
        """What a line would take, before it is sent; raises what ``IssuingService.check`` raises."""
        return self._issuing.check(wanted, store_id)

    @once
    def send(
        self, *, actor: Actor, op_id: str, source_id: int, target_id: int, lines: Sequence[Wanted], reason: str = ""
    ) -> Sent:
        """Post one document DB-…; the goods stand in transit at the target from then on.

        Locked goods are refused (LotStoppedError); ``reason`` is asked for where a later expiry goes first.
        """
        actor.demand(Duty.STORE_WORK, at=source_id)
        if not lines:
            raise NothingToSendError
        with self._database.writing(actor.id) as session:
            source, target = _two_stores(session, source_id, target_id)
            picks = _picks(session, lines, source, reason)
            now = self._database.clock()
            number = next_number(session, TRANSFER, now)
            way = Shelf(target.id, StockState.IN_TRANSIT)
            posted = [
                Line(MovementKind.TRANSFER, one.batch_id, one.quantity, one.source, way, number, one.serial_unit_id)
                for one in picks
            ]
            operation = Operation(op_id, actor.id, now, reason=reason.strip())
            ids = post(session, self._database.clock, operation, posted)
            transfer = Transfer(
                number=number,
                op_id=op_id,
                source_id=source.id,
                target_id=target.id,
                state=TransferState.SENT,
                reason=reason.strip(),
                sent_by=actor.id,
                sent_at=now,
                finish_reason="",
            )
            session.add(transfer)
            session.flush()
            session.add_all(_line_rows(transfer.id, picks, ids))
            return Sent(transfer.id, number, sum(one.quantity for one in picks))

    @once
    def receive(
        self, *, actor: Actor, op_id: str, transfer_id: int, version: int, arrived: Sequence[Arrived]
    ) -> Received:
        """Take in what was counted; goods under a lock, and damaged ones, land in quarantine.

        What is missing stays open until it arrives or is settled. Raises MoreThanSentError, NothingOpenError,
        GoneFromTransitError, ConflictError.
        """
        actor.demand(Duty.STORE_WORK)
        with self._database.writing(actor.id) as session:
            transfer, lines = _open_transfer(session, transfer_id, version)
            actor.demand_at(Duty.STORE_WORK, transfer.target_id)
            counted = {one.line_id: one for one in arrived if one.good or one.damaged}
            taken = [(line, counted[line.id]) for line in lines if line.id in counted]
            if len(taken) != len(counted):
                raise NotFoundError
            _demand_on_way(session, transfer, [(line, one.good + one.damaged) for line, one in taken])
            layers = _layers(session, transfer, lines)
            aside = put_aside(session, transfer.target_id)
            posted: list[Line] = []
            for line, one in taken:
                posted += arrivals(transfer, line, one.good, one.damaged, layers[line.batch_id], aside)
                line.received += one.good
                line.damaged += one.damaged
            operation = Operation(op_id, actor.id, self._database.clock())
            post(session, self._database.clock, operation, posted)
            missing = sum(line.missing for line in lines)
            self._close(transfer, TransferState.SHORT if missing else TransferState.RECEIVED, actor)
            aside_units = sum(line.quantity for line in posted if _is_aside(line))
            return Received(transfer.number, sum(line.quantity for line in posted) - aside_units, aside_units, missing)

    @once
    def settle(
        self, *, actor: Actor, op_id: str, transfer_id: int, version: int, second: Actor, reason: str, note: str
    ) -> Ended:
        """What never arrived is written off by two persons; ``reason`` is a key of the reasons for ``transit``."""
        actor.demand(Duty.STORE_WORK)
        second.demand(Duty.WITNESS)
        kept = checked_reason(Deviation.TRANSIT, reason, note)
        with self._database.writing(actor.id) as session:
            transfer, lines = _open_transfer(session, transfer_id, version)
            actor.demand_at(Duty.STORE_WORK, transfer.target_id)
            lost = [line for line in lines if line.missing]
            _demand_on_way(session, transfer, [(line, line.missing) for line in lost])
            layers = _layers(session, transfer, lost)
            posted = [loss(transfer, line, layers[line.batch_id]) for line in lost]
            words = _words(kept, note)
            operation = Operation(op_id, actor.id, self._database.clock(), second.id, words)
            post(session, self._database.clock, operation, posted)
            for line in lost:
                line.lost += line.missing
            transfer.second_person_id, transfer.finish_reason = second.id, words
            self._close(transfer, TransferState.SETTLED, actor)
            return Ended(transfer.number, sum(line.quantity for line in posted))

    def needs_second(self, transfer_id: int) -> bool:
        """Whether taking the transfer back takes a second person, because a lot of it is locked."""
        with self._database.reading() as session:
            transfer = session.get(Transfer, transfer_id)
            if transfer is None:
                raise NotFoundError
            return any(_layers(session, transfer, _lines_of(session, transfer_id)).values())

    @once
    def take_back(
        self, *, actor: Actor, op_id: str, transfer_id: int, version: int, reason: str, second: Actor | None = None
    ) -> Ended:
        """The goods go back to the shelf they came from by reversing lines, locked ones into quarantine there.

        Raises ArrivedAlreadyError, SecondMissingError (a lot is locked and nobody signed), ReasonMissingError.
        """
        actor.demand(Duty.STORE_WORK)
        with self._database.writing(actor.id) as session:
            transfer, lines = _open_transfer(session, transfer_id, version)
            actor.demand_at(Duty.STORE_WORK, transfer.source_id)
            if transfer.state is not TransferState.SENT or any(line.missing != line.quantity for line in lines):
                raise ArrivedAlreadyError(number=transfer.number)
            _demand_on_way(session, transfer, [(line, line.quantity) for line in lines])
            layers = _layers(session, transfer, lines)
            if any(layers.values()) and second is None:
                raise SecondMissingError
            if second is not None:
                second.demand(Duty.WITNESS)
            posted = [backwards(transfer, line, layers[line.batch_id]) for line in lines]
            now, second_id = self._database.clock(), second.id if second else None
            post(session, self._database.clock, Operation(op_id, actor.id, now, second_id, reason.strip()), posted)
            transfer.second_person_id, transfer.finish_reason = second_id, reason.strip()
            self._close(transfer, TransferState.TAKEN_BACK, actor)
            aside = sum(line.quantity for line in posted if _is_aside(line))
            return Ended(transfer.number, sum(line.quantity for line in posted), aside)

    def _close(self, transfer: Transfer, state: TransferState, actor: Actor) -> None:
        if transfer.state is not state:
            transfer.move_to(state)
        transfer.finished_by, transfer.finished_at = actor.id, self._database.clock()
        flag_modified(transfer, "finished_at")  # a new version, also within the same second


def _two_stores(session: Session, source_id: int, target_id: int) -> tuple[Location, Location]:
    source, target = session.get_one(Location, source_id), session.get_one(Location, target_id)
    for place in (source, target):
        if place.kind is not LocationKind.STORE or not place.is_active or source_id == target_id:
            raise NotTwoStoresError(place=Bilingual(place.name_zh, place.name_en))
    return source, target


def _picks(session: Session, lines: Sequence[Wanted], source: Location, reason: str) -> list[Pick]:
    return [one for picks in take(session, merged(lines), source.id, reason) for one in picks]


def _line_rows(transfer_id: int, picks: Sequence[Pick], movement_ids: Sequence[int]) -> list[TransferLine]:
    return [
        TransferLine(
            transfer_id=transfer_id,
            line_no=number,
            batch_id=one.batch_id,
            serial_unit_id=one.serial_unit_id,
            movement_id=movement_id,
            quantity=one.quantity,
            received=0,
            damaged=0,
            lost=0,
        )
        for number, (one, movement_id) in enumerate(zip(picks, movement_ids, strict=True), start=1)
    ]


def _open_transfer(session: Session, transfer_id: int, version: int) -> tuple[Transfer, list[TransferLine]]:
    """The document, held against others until the transaction ends, with the gates of its products."""
    transfer = session.get(Transfer, transfer_id, with_for_update=True)
    if transfer is None:
        raise NotFoundError
    if transfer.state not in (TransferState.SENT, TransferState.SHORT):
        raise NothingOpenError(number=transfer.number, state=transfer.state)
    if transfer.version != version:
        raise ConflictError
    lines = _lines_of(session, transfer_id)
    hold_gates(session, {line.batch_id for line in lines})
    return transfer, lines


def _lines_of(session: Session, transfer_id: int) -> list[TransferLine]:
    query = select(TransferLine).where(TransferLine.transfer_id == transfer_id).order_by(TransferLine.line_no)
    return list(session.scalars(query))


def _demand_on_way(session: Session, transfer: Transfer, wanted: Sequence[tuple[TransferLine, int]]) -> None:
    """No line takes more than is missing of it, and no batch more than still stands in transit."""
    sums: dict[int, int] = {}
    for line, quantity in wanted:
        if quantity > line.missing:
            raise MoreThanSentError(lot=session.get_one(Batch, line.batch_id).lot_no, missing=line.missing)
        sums[line.batch_id] = sums.get(line.batch_id, 0) + quantity
    query = select(Balance.batch_id, Balance.quantity).where(
        Balance.location_id == transfer.target_id,
        Balance.state == StockState.IN_TRANSIT,
        Balance.batch_id.in_(sums),
    )
    there = {batch_id: quantity for batch_id, quantity in session.execute(query)}
    for batch_id, quantity in sums.items():
        if quantity > there.get(batch_id, 0):
            raise GoneFromTransitError(lot=session.get_one(Batch, batch_id).lot_no, there=there.get(batch_id, 0))


def _layers(session: Session, transfer: Transfer, lines: Sequence[TransferLine]) -> dict[int, tuple[LayerRow, ...]]:
    batches = list(session.scalars(select(Batch).where(Batch.id.in_({line.batch_id for line in lines}))))
    return layers_of(session, keys_of(batches), today_at(session, transfer.target_id))


def _is_aside(line: Line) -> bool:
    return line.target is not None and line.target.state is StockState.QUARANTINED


def _words(kept: str, note: str) -> str:
    """Reason and note as the ledger keeps them; the list's key first, so that it can be counted."""
    text = reason_text(kept)
    return " ".join(part for part in (f"[{kept}]", text.zh if text else "", note.strip()) if part)[:400]
