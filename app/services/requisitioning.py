"""Requisitions: a ward asks, its head approves what is above the limit, the store issues against it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.core.actor import Actor, Bilingual
from app.core.changes import Changes, Topic
from app.core.errors import NotFoundError, RuleError
from app.core.permissions import Duty
from app.core.statuses.requisition import OPEN_REQUISITIONS, RequisitionState, ReservationEnd
from app.core.statuses.stock import LocationKind, MovementKind
from app.models.catalogue import Product
from app.models.database import Database
from app.models.places import Location
from app.models.requisitions import Requisition, RequisitionIssue, RequisitionLine
from app.queries.house_rules import requisition_limit
from app.services.issuing import Issued, take
from app.services.numbering import ISSUE, next_number
from app.services.picking import Wanted
from app.services.posting import Line, Operation, Shelf, post
from app.services.repeating import once
from app.services.reserving import end_reservations, reserve
from app.services.settling import issued_by_line, lines_of, settle

REQUISITION = "LY"
ASKED: Changes = frozenset({Topic.STOCK, Topic.TASKS})


class NothingAskedError(RuleError):
    """The requisition has no line."""

    code = "requisition.nothing_asked"


class NotYourWardError(RuleError):
    """A person asks and decides for the own ward."""

    code = "requisition.not_your_ward"


class NotAStoreError(RuleError):
    """Goods are asked for from a store."""

    code = "requisition.not_a_store"


class RequisitionClosedError(RuleError):
    """``number`` was issued, refused or withdrawn."""

    code = "requisition.closed"


class NotAskedForError(RuleError):
    """``number`` asks for no ``product``, and the line it replaces was not named."""

    code = "requisition.not_asked_for"


class MoreThanAskedError(RuleError):
    """Values ``asked``, ``issued``, ``wanted``."""

    code = "requisition.more_than_asked"


class SubstituteReasonError(RuleError):
    """Another ``product`` than asked for takes a reason."""

    code = "requisition.substitute_reason"


class RefusalReasonError(RuleError):
    """A refusal says why."""

    code = "requisition.refusal_reason"


class OwnRequisitionError(RuleError):
    """Nobody decides on what they asked for."""

    code = "requisition.own"


@dataclass(frozen=True, slots=True)
class Asked:
    """The new requisition; ``reserved`` units are kept for it, the rest is backordered."""

    id: int
    number: str
    state: RequisitionState
    quantity: int
    reserved: int
    changes: Changes = ASKED


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a requisition."""

    id: int
    number: str
    state: RequisitionState
    reserved: int = 0
    changes: Changes = ASKED


@dataclass(frozen=True, slots=True)
class Served:
    """Goods for one line; a box of another product names in ``line_id`` the line that it replaces."""

    wanted: Wanted
    line_id: int | None = None


class RequisitioningService:
    """Approval keeps units earliest expiry first; a lock ends what was kept, in the database itself."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ask(
        self,
        *,
        actor: Actor,
        department_id: int,
        store_id: int,
        lines: Sequence[tuple[int, int]],
        note: str = "",
    ) -> Asked:
        """``lines`` are products and base units; above the limit the head decides first.

        Raises NothingAskedError, NotYourWardError, NotAStoreError.
        """
        actor.demand(Duty.WARD, at=department_id)
        _demand_ward(actor, department_id)
        wanted = _summed(lines)
        if not wanted:
            raise NothingAskedError
        now = self._database.clock()
        with self._database.writing(actor.id) as session:
            store = session.get_one(Location, store_id)
            if store.kind is not LocationKind.STORE:
                raise NotAStoreError
            total = sum(wanted.values())
            state = RequisitionState.APPROVED if total <= requisition_limit(session).units else RequisitionState.ASKED
            row = Requisition(
                number=next_number(session, REQUISITION, now),
                department_id=department_id,
                store_id=store_id,
                state=state,
                note=note.strip()[:400],
                asked_by=actor.id,
                asked_at=now,
                decided_reason="",
                version=1,
            )
            kept = _add(session, row, wanted)
            is_open = state is RequisitionState.APPROVED
            reserved = reserve(session, [(line, line.quantity) for line in kept], store, now) if is_open else 0
            return Asked(row.id, row.number, state, total, reserved)

    def decide(self, *, actor: Actor, requisition_id: int, approves: bool, reason: str = "") -> Decided:
        """The head of the ward; not who asked. Raises OwnRequisitionError, RefusalReasonError, TransitionError."""
        actor.demand(Duty.APPROVE_REQUISITION)
        if not approves and not reason.strip():
            raise RefusalReasonError
        now = self._database.clock()
        with self._database.writing(actor.id) as session:
            row = _requisition(session, requisition_id)
            actor.demand_at(Duty.APPROVE_REQUISITION, row.department_id)
            _demand_ward(actor, row.department_id)
            if row.asked_by == actor.id:
                raise OwnRequisitionError
            row.move_to(RequisitionState.APPROVED if approves else RequisitionState.REFUSED)
            row.decided_by, row.decided_at, row.decided_reason = actor.id, now, reason.strip()[:400]
            session.flush()
            reserved = 0
            if approves:
                store = session.get_one(Location, row.store_id)
                reserved = reserve(session, [(line, line.quantity) for line in lines_of(session, row.id)], store, now)
            return Decided(row.id, row.number, row.state, reserved)

    def withdraw(self, *, actor: Actor, requisition_id: int) -> Decided:
        """The ward takes back what was not issued yet; the store may end a rest that will not come.

        Raises RequisitionClosedError, NotYourWardError.
        """
        if not actor.may(Duty.ISSUE):
            actor.demand(Duty.WARD)
        with self._database.writing(actor.id) as session:
            row = _requisition(session, requisition_id)
            if not actor.may(Duty.ISSUE):
                _demand_ward(actor, row.department_id)
            if RequisitionState.WITHDRAWN not in row.state.successors():
                raise RequisitionClosedError(number=row.number)
            row.move_to(RequisitionState.WITHDRAWN)
            ids = [line.id for line in lines_of(session, row.id)]
            end_reservations(session, ids, ReservationEnd.WITHDRAWN, self._database.clock())
            return Decided(row.id, row.number, row.state)

    @once
    def issue(
        self, *, actor: Actor, op_id: str, requisition_id: int, goods: Sequence[Served], reason: str = ""
    ) -> Issued:
        """Post one document FF-… against the requisition; what is still missing stays backordered.

        Raises RequisitionClosedError, NotAskedForError, MoreThanAskedError, SubstituteReasonError,
        EarlierExpiryError and what picking and posting raise; then nothing was posted.
        """
        actor.demand(Duty.ISSUE)
        if not goods:
            raise NothingAskedError
        with self._database.writing(actor.id) as session:
            row = _requisition(session, requisition_id)
            actor.demand_at(Duty.ISSUE, row.store_id)
            if row.state not in OPEN_REQUISITIONS:
                raise RequisitionClosedError(number=row.number)
            store, ward = session.get_one(Location, row.store_id), session.get_one(Location, row.department_id)
            lines = lines_of(session, row.id)
            served = [(_line_for(session, row, lines, one, reason), one.wanted) for one in goods]
            issued = issued_by_line(session, [line.id for line in lines])
            _demand_not_more(served, issued)
            number = next_number(session, ISSUE, self._database.clock())
            posted = self._posted(session, served, store, ward, number, reason)
            operation = Operation(op_id, actor.id, self._database.clock(), reason=reason)
            ids = post(session, self._database.clock, operation, [line for _, line in posted])
            links = zip(posted, ids, strict=True)
            session.add_all(RequisitionIssue(line_id=line.id, movement_id=key) for (line, _), key in links)
            session.flush()
            settle(session, row, lines, store, self._database.clock())
        return Issued(number, sum(line.quantity for _, line in posted), ASKED)

    def _posted(
        self,
        session: Session,
        served: Sequence[tuple[RequisitionLine, Wanted]],
        store: Location,
        ward: Location,
        number: str,
        reason: str,
    ) -> list[tuple[RequisitionLine, Line]]:
        target = Shelf(ward.id, ward.shelf)
        taken = take(session, [wanted for _, wanted in served], store.id, reason)
        return [
            (
                line,
                Line(MovementKind.ISSUE, one.batch_id, one.quantity, one.source, target, number, one.serial_unit_id),
            )
            for (line, _), picks in zip(served, taken, strict=True)
            for one in picks
        ]


def _summed(lines: Sequence[tuple[int, int]]) -> dict[int, int]:
    wanted: dict[int, int] = {}
    for product_id, quantity in lines:
        if quantity > 0:
            wanted[product_id] = wanted.get(product_id, 0) + quantity
    return wanted


def _add(session: Session, row: Requisition, wanted: dict[int, int]) -> list[RequisitionLine]:
    session.add(row)
    session.flush()
    lines = [
        RequisitionLine(requisition_id=row.id, line_no=number, product_id=product_id, quantity=quantity)
        for number, (product_id, quantity) in enumerate(wanted.items(), start=1)
    ]
    session.add_all(lines)
    session.flush()
    return lines


def _demand_ward(actor: Actor, department_id: int) -> None:
    if not actor.belongs_to(department_id):
        raise NotYourWardError


def _requisition(session: Session, requisition_id: int) -> Requisition:
    row = session.get(Requisition, requisition_id)
    if row is None:
        raise NotFoundError
    return row


def _line_for(
    session: Session, row: Requisition, lines: Sequence[RequisitionLine], one: Served, reason: str
) -> RequisitionLine:
    """The line that asks for the product, else the one that it replaces, said and with a reason."""
    own = next((line for line in lines if line.product_id == one.wanted.product_id), None)
    if own is not None and one.line_id in (None, own.id):
        return own
    named = next((line for line in lines if line.id == one.line_id), None)
    product = session.get_one(Product, one.wanted.product_id)
    name = Bilingual(product.name_zh, product.name_en)
    if named is None:
        raise NotAskedForError(number=row.number, product=name)
    if not reason.strip():
        raise SubstituteReasonError(product=name)
    return named


def _demand_not_more(served: Sequence[tuple[RequisitionLine, Wanted]], issued: dict[int, int]) -> None:
    wanted: dict[int, int] = {}
    for line, goods in served:
        wanted[line.id] = wanted.get(line.id, 0) + goods.quantity
        if issued.get(line.id, 0) + wanted[line.id] > line.quantity:
            raise MoreThanAskedError(asked=line.quantity, issued=issued.get(line.id, 0), wanted=wanted[line.id])
