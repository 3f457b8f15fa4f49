"""A movement taken back by a reversing line: nothing is ever overwritten, and the paper it left under says so."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor, Bilingual
from app.core.changes import Changes, Topic
from app.core.errors import NotFoundError, RuleError
from app.core.permissions import Duty
from app.core.statuses.leaving import DepartureState
from app.core.statuses.locks import LockLayer, needs_second
from app.core.statuses.stock import FREE_STATES, MovementKind, StockState
from app.models.database import Database
from app.models.leaving import Departure
from app.models.places import Location
from app.models.refusals import SecondMissingError
from app.models.stock import Balance, Batch, Movement
from app.models.store_work import Transfer
from app.queries.days import today_at
from app.queries.layers import distinct_layers, keys_of, layers_of
from app.queries.taken_back import LEAVING, still_gone
from app.services.numbering import CORRECTION, next_number
from app.services.posting import Line, Operation, Shelf, post
from app.services.repeating import once
from app.services.settling import reopen, served_by

_DUTIES = {
    MovementKind.RECEIPT: Duty.RECEIVE,
    MovementKind.ISSUE: Duty.ISSUE,
    MovementKind.USE: Duty.WARD,
    MovementKind.WARD_RETURN: Duty.WARD,
}
"""Whoever may do a thing may take it back; the rest belongs to those who collect goods."""

_FINAL = frozenset({MovementKind.INSPECTION, MovementKind.REVERSAL, MovementKind.KIT_BUILD, MovementKind.KIT_OPEN})

_STOCK: Changes = frozenset({Topic.STOCK})
_ALSO: dict[MovementKind, Changes] = {
    MovementKind.RECEIPT: frozenset({Topic.DELIVERIES}),
    MovementKind.ISSUE: frozenset({Topic.TASKS}),
    MovementKind.RETURN_TO_SUPPLIER: frozenset({Topic.DEPARTURES}),
    MovementKind.DISPOSAL: frozenset({Topic.DEPARTURES}),
}
"""What else shows differently once a movement of this kind is taken back."""


class NotReversibleError(RuleError):
    """An inspection or a reversal stands, a kit is opened instead; value ``kind``."""

    code = "not_reversible"


class TransferStandsError(RuleError):
    """The movement belongs to transfer ``number``, which counts its lines itself."""

    code = "store_work.transfer_stands"


class AlreadyReversedError(RuleError):
    """A reversing line exists already; value ``document``."""

    code = "already_reversed"


class MovedOnError(RuleError):
    """Of the ``quantity`` units that ``document`` brought to ``place`` only ``there`` are left as it put them."""

    code = "moved_on"


@dataclass(frozen=True, slots=True)
class Corrected:
    """The reversing line; ``quarantined`` where locked goods did not go back to their free shelf.

    ``requisition`` is the number of the requisition that the issue had served, which is owed again.
    """

    document_no: str
    movement_id: int
    quarantined: bool
    requisition: str
    changes: Changes


class CorrectingService:
    """Reverses one movement at a time, with a reason."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def needs_second(self, movement_id: int) -> bool:
        """Whether the reversal takes a second person, because the batch is locked."""
        with self._database.reading() as session:
            original = _original(session, movement_id)
            return needs_second(MovementKind.REVERSAL, _layers(session, original))

    @once
    def reverse(
        self, *, actor: Actor, op_id: str, movement_id: int, reason: str, second: Actor | None = None
    ) -> Corrected:
        """Raises NotReversibleError, AlreadyReversedError, MovedOnError, or ShortError in the very same moment,
        SecondMissingError where the batch is locked and nobody signed.
        """
        now = self._database.clock()
        with self._database.writing(actor.id) as session:
            original = _original(session, movement_id)
            actor.demand(_DUTIES.get(original.kind, Duty.COLLECT_GOODS))
            layers = _layers(session, original)
            if second is None and needs_second(MovementKind.REVERSAL, layers):
                raise SecondMissingError
            if second is not None:
                second.demand(Duty.WITNESS)
            number = next_number(session, CORRECTION, now)
            line = _backwards(original, number, is_locked=bool(layers))
            operation = Operation(op_id, actor.id, now, second.id if second else None, reason)
            paper = _paper(session, original)
            asked = served_by(session, original.id) if original.kind is MovementKind.ISSUE else None
            new_id = post(session, self._database.clock, operation, [line])[0]
            aside = line.target is not None and line.target.state is not original.source_state
            if paper is not None and not still_gone(session, paper.number):
                paper.move_to(DepartureState.REVERSED)
            if asked is not None:
                reopen(session, asked, now)
        changes = _STOCK | _ALSO.get(original.kind, frozenset())
        return Corrected(number, new_id, aside, asked.number if asked is not None else "", changes)


def _original(session: Session, movement_id: int) -> Movement:
    original = session.get(Movement, movement_id)
    if original is None:
        raise NotFoundError
    if original.kind in _FINAL:
        raise NotReversibleError(kind=original.kind)
    transfer = session.scalar(select(Transfer.number).where(Transfer.number == original.document_no))
    if transfer is not None:
        raise TransferStandsError(number=transfer)
    reversal = session.scalar(select(Movement.document_no).where(Movement.reverses_id == movement_id))
    if reversal is not None:
        raise AlreadyReversedError(document=reversal)
    _demand_there(session, original)
    return original


def _demand_there(session: Session, original: Movement) -> None:
    """A line is taken back whole: what was used or went elsewhere is corrected first, or counted."""
    if original.target_id is None or original.target_state in (None, StockState.UNACCOUNTED):
        return
    key = original.batch_id, original.target_id, original.target_state
    held = session.get(Balance, key)
    there = held.quantity if held is not None else 0
    if there < original.quantity:
        place = session.get_one(Location, original.target_id)
        raise MovedOnError(
            document=original.document_no,
            place=Bilingual(place.name_zh, place.name_en),
            quantity=original.quantity,
            there=there,
        )


def _paper(session: Session, original: Movement) -> Departure | None:
    """The return form or disposal record that the goods left under; two corrections of it wait for one another."""
    if original.kind not in LEAVING:
        return None
    return session.scalar(select(Departure).where(Departure.number == original.document_no).with_for_update())


def _layers(session: Session, original: Movement) -> tuple[LockLayer, ...]:
    place = original.target_id or original.source_id or 0
    batch = session.get_one(Batch, original.batch_id)
    return distinct_layers(layers_of(session, keys_of([batch]), today_at(session, place))[batch.id])


def _backwards(original: Movement, number: str, *, is_locked: bool) -> Line:
    """From where the goods went to where they came from; locked goods land in quarantine there."""
    source = Shelf(original.target_id, original.target_state) if original.target_id and original.target_state else None
    target = None
    if original.source_id and original.source_state:
        state = original.source_state
        target = Shelf(original.source_id, StockState.QUARANTINED if is_locked and state in FREE_STATES else state)
    return Line(
        MovementKind.REVERSAL,
        original.batch_id,
        original.quantity,
        source,
        target,
        number,
        original.serial_unit_id,
        case_id=original.case_id,
        reverses_id=original.id,
    )
