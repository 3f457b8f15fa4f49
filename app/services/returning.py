"""Recalled goods go back to the supplier: carrier, waybill, two signatures at the hand-over, receipt confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.changes import Changes, Topic
from app.core.errors import NotFoundError, RuleError
from app.core.permissions import Duty
from app.core.statuses.recall import CaseAct
from app.core.statuses.stock import MovementKind, StockState
from app.models.database import Database
from app.models.kits import Kit
from app.models.recalls import ReturnShipment
from app.models.stock import Batch
from app.queries.taken_back import still_gone
from app.services.collecting import Portion, demand_affected, demand_there, open_goods
from app.services.diary import GOODS_CHANGES, Act, Done, enter, open_case
from app.services.numbering import RETURN, next_number
from app.services.posting import Line, Operation, Shelf, post
from app.services.repeating import once


class NothingToShipError(RuleError):
    """No goods were chosen."""

    code = "recall.nothing_to_ship"


class SeveralSuppliersError(RuleError):
    """One return form has one supplier."""

    code = "recall.several_suppliers"


class WaybillMissingError(RuleError):
    """Carrier and waybill are part of the proof."""

    code = "recall.waybill_missing"


class ReceivedAlreadyError(RuleError):
    """The supplier's receipt of return ``number`` is on file."""

    code = "recall.received_already"


class ReceiptEarlyError(RuleError):
    """Nobody receives what was not handed over yet."""

    code = "recall.receipt_early"


class NotSealedError(RuleError):
    """Only goods in quarantine are returned; of lot ``lot`` there are ``there``."""

    code = "recall.not_sealed"


class ShipmentTakenBackError(RuleError):
    """Corrections have brought all of shipment ``number`` back; nothing of it can arrive."""

    code = "recall.shipment_taken_back"


class KitNotReturnedError(RuleError):
    """``kit`` was put together in the hospital; opened, its goods go back to their suppliers."""

    code = "recall.kit_not_returned"


@dataclass(frozen=True, slots=True)
class Shipped:
    """The return on its way; its form is made by ``PaperService.print_return``."""

    shipment_id: int
    number: str
    quantity: int
    changes: Changes = field(default=GOODS_CHANGES | {Topic.DOCUMENTS})


class ReturningService:
    """Duty: COLLECT_GOODS; the second person needs WITNESS and has signed the same ``op_id``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @once
    def ship(
        self,
        *,
        actor: Actor,
        op_id: str,
        case_id: int,
        portions: Sequence[Portion],
        carrier: str,
        waybill: str,
        second: Actor,
    ) -> Shipped:
        """Hand quarantined goods of one supplier to a carrier; the ledger moves them to returned.

        Raises NothingToShipError, WaybillMissingError, SeveralSuppliersError, NotSealedError, NotInCaseError,
        MoreThanThereError, OwnSecondError, UnsignedError.
        """
        actor.demand(Duty.COLLECT_GOODS)
        second.demand(Duty.WITNESS)
        if not portions:
            raise NothingToShipError
        if not carrier.strip() or not waybill.strip():
            raise WaybillMissingError
        with self._database.writing(actor.id) as session:
            case = open_goods(session, case_id)
            demand_affected(session, case, [portion.batch_id for portion in portions])
            demand_no_kit(session, [portion.batch_id for portion in portions])
            shipment = self._shipment(session, case_id, portions, (carrier.strip(), waybill.strip()), (actor, second))
            lines = [_line(session, portion, shipment) for portion in portions]
            note = f"{shipment.carrier} {shipment.waybill}"
            operation = Operation(op_id, actor.id, shipment.handed_at, second.id, f"{case.number} {note}")
            post(session, self._database.clock, operation, lines)
            quantity = sum(portion.quantity for portion in portions)
            act = Act(op_id, CaseAct.SHIPPED, actor, note, None, quantity, shipment.number, second.id)
            enter(session, self._database, case_id, act)
            return Shipped(shipment.id, shipment.number, quantity)

    def _shipment(
        self,
        session: Session,
        case_id: int,
        portions: Sequence[Portion],
        way: tuple[str, str],
        persons: tuple[Actor, Actor],
    ) -> ReturnShipment:
        now = self._database.clock()
        shipment = ReturnShipment(
            number=next_number(session, RETURN, now),
            case_id=case_id,
            supplier_id=_supplier(session, portions),
            carrier=way[0],
            waybill=way[1],
            handed_by=persons[0].id,
            second_person_id=persons[1].id,
            handed_at=now,
            received_note="",
        )
        session.add(shipment)
        session.flush()
        return shipment

    @once
    def confirm(self, *, actor: Actor, op_id: str, shipment_id: int, received_at: datetime, note: str = "") -> Done:
        """The supplier has the goods. Raises ReceivedAlreadyError, ReceiptEarlyError, ShipmentTakenBackError."""
        actor.demand(Duty.COLLECT_GOODS)
        with self._database.writing(actor.id) as session:
            shipment = session.get(ReturnShipment, shipment_id, with_for_update=True)
            if shipment is None or shipment.case_id is None:
                raise NotFoundError
            if shipment.received_at is not None:
                raise ReceivedAlreadyError(number=shipment.number)
            if not still_gone(session, shipment.number):
                raise ShipmentTakenBackError(number=shipment.number)
            # A receipt is noted to the minute; the minute of the hand-over itself is not too early.
            if received_at < shipment.handed_at.replace(second=0, microsecond=0):
                raise ReceiptEarlyError
            open_case(session, shipment.case_id)
            shipment.received_at, shipment.received_note = received_at, note.strip()[:200]
            act = Act(op_id, CaseAct.SHIPMENT_CONFIRMED, actor, note, document_no=shipment.number)
            enter(session, self._database, shipment.case_id, act)
        return Done(GOODS_CHANGES)


def demand_no_kit(session: Session, batch_ids: Sequence[int]) -> None:
    """Raises KitNotReturnedError: no supplier sold the kit, only what stands in it."""
    kit = session.scalar(select(Batch.lot_no).join(Kit, Kit.batch_id == Batch.id).where(Batch.id.in_(batch_ids)))
    if kit is not None:
        raise KitNotReturnedError(kit=kit)


def _supplier(session: Session, portions: Sequence[Portion]) -> int:
    ids = {portion.batch_id for portion in portions}
    suppliers = set(session.scalars(select(Batch.supplier_id).where(Batch.id.in_(ids))))
    if len(suppliers) > 1:
        raise SeveralSuppliersError
    return suppliers.pop()


def _line(session: Session, portion: Portion, shipment: ReturnShipment) -> Line:
    if portion.state is not StockState.QUARANTINED:
        raise NotSealedError(lot=session.get_one(Batch, portion.batch_id).lot_no, there=0)
    demand_there(session, portion)
    return Line(
        MovementKind.RETURN_TO_SUPPLIER,
        portion.batch_id,
        portion.quantity,
        Shelf(portion.location_id, StockState.QUARANTINED),
        Shelf(portion.location_id, StockState.RETURNED),
        shipment.number,
        portion.serial_unit_id,
        case_id=shipment.case_id,
    )
