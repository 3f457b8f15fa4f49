"""Goods leave outside a recall: a draft grows by scan, then two persons hand it over or destroy it.

What a recall holds leaves through its case, where the return and the proof belong together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.changes import Changes, Topic
from app.core.disposals import disposal_list
from app.core.errors import NotFoundError
from app.core.permissions import Duty
from app.core.statuses.leaving import DepartureKind, DepartureState
from app.core.statuses.stock import MovementKind, StockState
from app.models.database import Database
from app.models.leaving import Departure
from app.models.places import Location
from app.models.stock import Batch
from app.services.collecting import Portion, demand_quantity, demand_there
from app.services.departure_drafts import (
    EmptyDepartureError,
    UnknownMethodError,
    add_portion,
    demand_free_to_leave,
    draft_of,
    line_of,
    lines_of,
    portions_wanted,
    supplier_scanned,
)
from app.services.numbering import DISPOSAL, RETURN, next_number
from app.services.picking import Wanted
from app.services.posting import Line, Operation, Shelf, post
from app.services.registering import demand_reason
from app.services.repeating import once
from app.services.returning import NothingToShipError, ReceiptEarlyError, SeveralSuppliersError, WaybillMissingError

_MOVES = {
    DepartureKind.RETURN: (MovementKind.RETURN_TO_SUPPLIER, StockState.RETURNED, DepartureState.HANDED_OVER),
    DepartureKind.DISPOSAL: (MovementKind.DISPOSAL, StockState.DESTROYED, DepartureState.DESTROYED),
}
_DRAFT: Changes = frozenset({Topic.DEPARTURES})
_MOVED: Changes = frozenset({Topic.DEPARTURES, Topic.STOCK, Topic.TASKS})


@dataclass(frozen=True, slots=True)
class Drafted:
    """The draft as it stands: ``added`` units came with this act."""

    departure_id: int
    number: str
    added: int = 0
    changes: Changes = field(default=_DRAFT)


@dataclass(frozen=True, slots=True)
class Departed:
    """The posted document: so many units left."""

    departure_id: int
    number: str
    quantity: int
    state: DepartureState
    changes: Changes = field(default=_MOVED)


class DepartingService:
    """Duty: COLLECT_GOODS; the second person needs WITNESS and has signed the same ``op_id``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # the draft ------------------------------------------------------------------------------------
    @once
    def open_draft(self, *, actor: Actor, op_id: str, kind: DepartureKind, supplier_id: int | None = None) -> Drafted:
        """An empty return to one supplier, or an empty disposal."""
        actor.demand(Duty.COLLECT_GOODS)
        with self._database.writing(actor.id) as session:
            draft = self._new(session, actor, kind, supplier_id)
            return Drafted(draft.id, draft.number)

    @once
    def start_scanned(self, *, actor: Actor, op_id: str, kind: DepartureKind, place_id: int, wanted: Wanted) -> Drafted:
        """A new document with the first box; a return goes to who supplied it. Raises what ``add_scanned`` raises."""
        actor.demand(Duty.COLLECT_GOODS)
        demand_quantity(wanted.quantity)
        with self._database.writing(actor.id) as session:
            place = session.get_one(Location, place_id)
            supplier_id = supplier_scanned(session, kind, place, wanted) if kind is DepartureKind.RETURN else None
            draft = self._new(session, actor, kind, supplier_id)
            portions = portions_wanted(session, draft, place, wanted)
            return Drafted(draft.id, draft.number, sum(add_portion(session, draft, one) for one in portions))

    @once
    def start_portions(self, *, actor: Actor, op_id: str, kind: DepartureKind, portions: Sequence[Portion]) -> Drafted:
        """A new document with goods ticked in the list of what waits. Raises SeveralSuppliersError, NothingToShipError
        and what ``add_portion`` raises.
        """
        actor.demand(Duty.COLLECT_GOODS)
        if not portions:
            raise NothingToShipError
        with self._database.writing(actor.id) as session:
            suppliers = {session.get_one(Batch, portion.batch_id).supplier_id for portion in portions}
            if kind is DepartureKind.RETURN and len(suppliers) > 1:
                raise SeveralSuppliersError
            draft = self._new(session, actor, kind, suppliers.pop() if kind is DepartureKind.RETURN else None)
            return Drafted(draft.id, draft.number, sum(add_portion(session, draft, portion) for portion in portions))

    @once
    def add_scanned(self, *, actor: Actor, op_id: str, departure_id: int, place_id: int, wanted: Wanted) -> Drafted:
        """What was scanned, from the shelves of a place; locked or not, but not what a recall holds.

        Raises OtherSupplierError, BelongsToCaseError, OpenKitFirstError, TooFewError, NoSuchLotError …
        """
        actor.demand(Duty.COLLECT_GOODS)
        demand_quantity(wanted.quantity)
        with self._database.writing(actor.id) as session:
            draft = draft_of(session, departure_id)
            place = session.get_one(Location, place_id)
            portions = portions_wanted(session, draft, place, wanted)
            added = sum(add_portion(session, draft, portion, is_total=True) for portion in portions)
            return Drafted(draft.id, draft.number, added)

    @once
    def add_portion(self, *, actor: Actor, op_id: str, departure_id: int, portion: Portion) -> Drafted:
        """So many units of one batch on one shelf, chosen from the list of what waits.

        Raises OtherSupplierError, BelongsToCaseError, OpenKitFirstError, MoreThanThereError, SerialNeededError.
        """
        actor.demand(Duty.COLLECT_GOODS)
        with self._database.writing(actor.id) as session:
            draft = draft_of(session, departure_id)
            return Drafted(draft.id, draft.number, add_portion(session, draft, portion))

    @once
    def set_quantity(self, *, actor: Actor, op_id: str, line_id: int, quantity: int) -> Drafted:
        """Zero takes the line away. Raises MoreThanThereError, NotDraftError."""
        actor.demand(Duty.COLLECT_GOODS)
        with self._database.writing(actor.id) as session:
            line = line_of(session, line_id)
            draft = draft_of(session, line.departure_id)
            if quantity <= 0:
                session.delete(line)
            else:
                demand_there(
                    session,
                    Portion(line.batch_id, line.location_id, line.source_state, quantity, line.serial_unit_id),
                )
                line.quantity = quantity
            return Drafted(draft.id, draft.number)

    @once
    def cancel(self, *, actor: Actor, op_id: str, departure_id: int) -> Drafted:
        """The draft is not wanted any more; it stays on file. Raises NotDraftError."""
        actor.demand(Duty.COLLECT_GOODS)
        with self._database.writing(actor.id) as session:
            draft = draft_of(session, departure_id)
            draft.move_to(DepartureState.CANCELLED)
            return Drafted(draft.id, draft.number)

    # the goods leave --------------------------------------------------------------------------------
    @once
    def hand_over(
        self,
        *,
        actor: Actor,
        op_id: str,
        departure_id: int,
        carrier: str,
        waybill: str,
        reason: str,
        second: Actor,
    ) -> Departed:
        """The carrier has the goods: the ledger moves them to returned.

        Raises WaybillMissingError, EmptyDepartureError, MoreThanThereError, BelongsToCaseError, OwnSecondError …
        """
        self._demand_two(actor, second)
        if not carrier.strip() or not waybill.strip():
            raise WaybillMissingError
        with self._database.writing(actor.id) as session:
            draft = draft_of(session, departure_id, DepartureKind.RETURN)
            quantity = self._post(session, draft, Operation(op_id, actor.id, self._now, second.id, reason))
            draft.carrier, draft.waybill = carrier.strip()[:200], waybill.strip()[:64]
            self._fix(draft, actor, second, reason)
            return Departed(draft.id, draft.number, quantity, draft.state)

    @once
    def destroy(
        self, *, actor: Actor, op_id: str, departure_id: int, method: str, place: str, reason: str, second: Actor
    ) -> Departed:
        """Destroyed before the witness ``second``, how and where as the list in force names it.

        Raises UnknownMethodError, EmptyDepartureError, MoreThanThereError, BelongsToCaseError, OwnSecondError …
        """
        self._demand_two(actor, second)
        known = disposal_list()
        if known.method(method) is None or known.place(place) is None:
            raise UnknownMethodError
        with self._database.writing(actor.id) as session:
            draft = draft_of(session, departure_id, DepartureKind.DISPOSAL)
            quantity = self._post(session, draft, Operation(op_id, actor.id, self._now, second.id, reason))
            draft.method, draft.place, draft.list_version = method, place, known.version
            self._fix(draft, actor, second, reason)
            return Departed(draft.id, draft.number, quantity, draft.state)

    # afterwards -------------------------------------------------------------------------------------
    @once
    def confirm(self, *, actor: Actor, op_id: str, departure_id: int, received_at: datetime, note: str = "") -> Drafted:
        """The supplier has the goods. Raises ReceiptEarlyError, TransitionError."""
        actor.demand(Duty.COLLECT_GOODS)
        with self._database.writing(actor.id) as session:
            departure = _departure(session, departure_id)
            departure.move_to(DepartureState.RECEIVED)
            handed_at = departure.handed_at
            if handed_at is not None and received_at < handed_at.replace(second=0, microsecond=0):
                raise ReceiptEarlyError
            departure.received_at, departure.received_by = received_at, actor.id
            departure.received_note = note.strip()[:200]
            return Drafted(departure.id, departure.number)

    @once
    def settle(self, *, actor: Actor, op_id: str, departure_id: int, reason: str, second: Actor) -> Drafted:
        """No receipt will come; two persons say why. Raises TransitionError, ReasonMissingError, OwnSecondError."""
        self._demand_two(actor, second)
        why = demand_reason(reason)
        with self._database.writing(actor.id) as session:
            departure = _departure(session, departure_id)
            departure.move_to(DepartureState.SETTLED)
            departure.settled_op_id, departure.settled_reason = op_id, why[:400]
            departure.settled_by, departure.settled_second_id = actor.id, second.id
            departure.settled_at = self._now
            return Drafted(departure.id, departure.number)

    # parts ------------------------------------------------------------------------------------------
    def _new(self, session: Session, actor: Actor, kind: DepartureKind, supplier_id: int | None) -> Departure:
        departure = Departure(
            number=next_number(session, RETURN if kind is DepartureKind.RETURN else DISPOSAL, self._now),
            kind=kind,
            state=DepartureState.DRAFT,
            supplier_id=supplier_id,
            carrier="",
            waybill="",
            method="",
            place="",
            list_version="",
            reason="",
            created_by=actor.id,
            created_at=self._now,
            received_note="",
            settled_op_id="",
            settled_reason="",
        )
        session.add(departure)
        session.flush()
        return departure

    @property
    def _now(self) -> datetime:
        return self._database.clock()

    @staticmethod
    def _demand_two(actor: Actor, second: Actor) -> None:
        actor.demand(Duty.COLLECT_GOODS)
        second.demand(Duty.WITNESS)

    def _post(self, session: Session, draft: Departure, operation: Operation) -> int:
        demand_reason(operation.reason)
        lines = _ledger_lines(session, draft)
        post(session, self._database.clock, operation, lines)
        return sum(line.quantity for line in lines)

    def _fix(self, draft: Departure, actor: Actor, second: Actor, reason: str) -> None:
        draft.reason = reason.strip()[:400]
        draft.handed_by, draft.second_person_id, draft.handed_at = actor.id, second.id, self._now
        draft.move_to(_MOVES[draft.kind][2])


def _ledger_lines(session: Session, draft: Departure) -> Sequence[Line]:
    kind, target, _ = _MOVES[draft.kind]
    wanted = lines_of(session, draft)
    if not wanted:
        raise EmptyDepartureError(number=draft.number)
    for line in wanted:
        demand_free_to_leave(session, draft, line.batch_id, line.location_id)
        demand_there(session, Portion(line.batch_id, line.location_id, line.source_state, line.quantity))
    return [
        Line(
            kind,
            line.batch_id,
            line.quantity,
            Shelf(line.location_id, line.source_state),
            Shelf(line.location_id, target),
            draft.number,
            line.serial_unit_id,
        )
        for line in wanted
    ]


def _departure(session: Session, departure_id: int) -> Departure:
    departure = session.get(Departure, departure_id, with_for_update=True)
    if departure is None:
        raise NotFoundError
    return departure
