"""Inspection: another person compares goods and papers, and releases or rejects the batch with a signature."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor, Bilingual
from app.core.changes import Changes, Topic
from app.core.errors import ConflictError, RuleError
from app.core.lots import lot_key
from app.core.permissions import Duty
from app.core.shown import Facts, digest, shown_text
from app.core.statuses.stock import Inspection, MovementKind, StockState
from app.models.database import Database
from app.models.persons import Signature
from app.models.refusals import NotPendingError, OwnReceiptError
from app.models.stock import InspectionCheck, SerialUnit
from app.models.supplements import PartRejection
from app.queries.inspections import CheckAnswer, InspectionCard, inspection_card
from app.services.numbering import INSPECTION, next_number
from app.services.posting import Line, Operation, Shelf, post
from app.services.quarantining import area_near
from app.services.repeating import once
from app.services.signed_facts import inspection_facts
from app.services.signing_in import SigningInService

INSPECTED: Changes = frozenset({Topic.STOCK})
MEANINGS = {Inspection.RELEASED: "inspection_release", Inspection.REJECTED: "inspection_reject"}
LONGEST_NOTE = 400


class UncheckedError(RuleError):
    """``items`` of the checklist have no answer yet."""

    code = "inspecting.unchecked"


class FailedItemsError(RuleError):
    """A batch with failed ``items`` is not released."""

    code = "inspecting.failed_items"


class ArrivedWarmError(RuleError):
    """Cold goods came at ``celsius``, outside their ``storage``: they are not released."""

    code = "inspecting.arrived_warm"


class WhyRejectedError(RuleError):
    """A rejection says why: the supplier and the ledger need it."""

    code = "inspecting.why_rejected"


class NoteTooLongError(RuleError):
    """A reason or remark of more than ``most`` characters."""

    code = "inspecting.note_too_long"


class PartQuantityError(RuleError):
    """A part is between 1 and ``most`` units; all of them is a rejection."""

    code = "inspecting.part_quantity"


class PartSerialsError(RuleError):
    """Units with serial numbers are rejected by number, others by count; ``serials`` are not of this batch here."""

    code = "inspecting.part_serials"


@dataclass(frozen=True, slots=True)
class RejectedPart:
    """So many units that do not pass, and why; ``serials`` name them where the product has serial numbers."""

    quantity: int
    reason: str
    serials: tuple[str, ...] = ()

    @property
    def units(self) -> int:
        return len(self.serials) or self.quantity


@dataclass(frozen=True, slots=True)
class Inspected:
    """What became of the batch, and the number of the inspection."""

    batch_id: int
    outcome: Inspection
    document_no: str
    changes: Changes = INSPECTED


class InspectingService:
    """The inspector signs with their own password; who received the goods cannot inspect them (the wall holds it)."""

    def __init__(self, database: Database, signing: SigningInService) -> None:
        self._database = database
        self._signing = signing

    def release(
        self, *, actor: Actor, batch_id: int, answers: Sequence[CheckAnswer], password: str, op_id: str
    ) -> Inspected:
        """Raises UncheckedError, FailedItemsError, ArrivedWarmError, OwnReceiptError, NotPendingError, ConflictError,
        and what signing in raises.
        """
        self._sign(actor, password, op_id, batch_id, answers, Inspection.RELEASED)
        return self._release(actor=actor, op_id=op_id, batch_id=batch_id, answers=answers)

    @once
    def _release(self, *, actor: Actor, op_id: str, batch_id: int, answers: Sequence[CheckAnswer]) -> Inspected:
        card = self._begin(actor, batch_id, answers)
        _demand_passed(card, answers)
        return self._inspect(actor, card, answers, Inspection.RELEASED, op_id, "")

    def reject(
        self, *, actor: Actor, batch_id: int, answers: Sequence[CheckAnswer], reason: str, password: str, op_id: str
    ) -> Inspected:
        """A batch may be rejected before every item was looked at. Raises WhyRejectedError and as ``release``."""
        if not reason.strip():
            raise WhyRejectedError
        why = reason.strip()
        self._sign(actor, password, op_id, batch_id, answers, Inspection.REJECTED, why)
        return self._reject(actor=actor, op_id=op_id, batch_id=batch_id, answers=answers, reason=why)

    @once
    def _reject(
        self, *, actor: Actor, op_id: str, batch_id: int, answers: Sequence[CheckAnswer], reason: str
    ) -> Inspected:
        card = self._begin(actor, batch_id, None)
        return self._inspect(actor, card, answers, Inspection.REJECTED, op_id, reason)

    def release_part(
        self,
        *,
        actor: Actor,
        batch_id: int,
        answers: Sequence[CheckAnswer],
        part: RejectedPart,
        password: str,
        op_id: str,
    ) -> Inspected:
        """Release the batch and put the rejected units into quarantine, in one signed act (docs/decisions/0008).

        Items may have failed: the part answers for them. Raises PartQuantityError, PartSerialsError, WhyRejectedError,
        NoQuarantineAreaError and as ``release``.
        """
        if not part.reason.strip():
            raise WhyRejectedError
        self._sign(actor, password, op_id, batch_id, answers, Inspection.RELEASED, part.reason.strip(), part)
        return self._release_part(actor=actor, op_id=op_id, batch_id=batch_id, answers=answers, part=part)

    @once
    def _release_part(
        self, *, actor: Actor, op_id: str, batch_id: int, answers: Sequence[CheckAnswer], part: RejectedPart
    ) -> Inspected:
        card = self._begin(actor, batch_id, answers)
        _demand_part(card, part)
        return self._inspect(actor, card, answers, Inspection.RELEASED, op_id, part.reason.strip(), part)

    def _sign(
        self,
        actor: Actor,
        password: str,
        op_id: str,
        batch_id: int,
        answers: Sequence[CheckAnswer],
        outcome: Inspection,
        reason: str = "",
        part: RejectedPart | None = None,
    ) -> None:
        """Before anything is opened for writing: a wrong try is counted, whatever becomes of the act.

        What is not possible is said before the password counts, and nobody signs it; a batch that is inspected may be
        a repetition.
        """
        actor.demand(Duty.INSPECT)
        facts: Facts = ()
        with suppress(NotPendingError):
            card = self._begin(actor, batch_id, answers if outcome is Inspection.RELEASED else None)
            _demand_short(answers, reason)
            if part is not None:
                _demand_part(card, part)
            elif outcome is Inspection.RELEASED:
                _demand_passed(card, answers)
            facts = inspection_facts(card, _known(card, answers), outcome)
        if not facts or self._signing.has_signed(actor, op_id):
            self._signing.confirm(actor.login, password)
            return
        self._signing.sign_own(
            signer=actor, password=password, op_id=op_id, meaning=MEANINGS[outcome], reason=reason, facts=facts
        )

    def _begin(self, actor: Actor, batch_id: int, answers: Sequence[CheckAnswer] | None) -> InspectionCard:
        with self._database.reading() as session:
            card = inspection_card(session, batch_id)
        if card.inspection is not Inspection.PENDING:
            raise NotPendingError
        actor.demand_at(Duty.INSPECT, card.row.location_id)
        if card.row.receiver_id == actor.id:
            raise OwnReceiptError
        if answers is not None:
            _demand_cold(card)
            given = {answer.item for answer in answers}
            open_items = [item.key for item in card.checklist.items if item.key not in given]
            if open_items:
                raise UncheckedError(items=_named(card, open_items))
        return card

    def _inspect(
        self,
        actor: Actor,
        card: InspectionCard,
        answers: Sequence[CheckAnswer],
        outcome: Inspection,
        op_id: str,
        reason: str,
        part: RejectedPart | None = None,
    ) -> Inspected:
        now = self._database.clock()
        with self._database.writing(actor.id) as session:
            if inspection_card(session, card.row.id) != card:
                raise ConflictError
            number = next_number(session, INSPECTION, now)
            self._keep(session, actor, card, answers, outcome, op_id, reason)
            shelf = Shelf(card.row.location_id, card.row.state)
            aside = self._set_aside(session, actor, card, part, op_id, number) if part else []
            rest = card.row.quantity - (part.units if part and aside else 0)
            line = Line(MovementKind.INSPECTION, card.row.id, rest, shelf, shelf, number, outcome=outcome)
            post(session, self._database.clock, Operation(op_id, actor.id, now, reason=reason), [*aside, line])
        return Inspected(card.row.id, outcome, number)

    def _set_aside(
        self, session: Session, actor: Actor, card: InspectionCard, part: RejectedPart, op_id: str, number: str
    ) -> list[Line]:
        """The record of the rejected part, and its way into quarantine; none for goods that lie there already."""
        session.add(
            PartRejection(
                batch_id=card.row.id,
                op_id=op_id,
                quantity=part.units,
                reason=part.reason.strip()[:400],
                rejected_by=actor.id,
                rejected_at=self._database.clock(),
            )
        )
        session.flush()
        units = _serial_units(session, card, part.serials)
        if card.row.state is StockState.QUARANTINED:
            return []
        source = Shelf(card.row.location_id, card.row.state)
        target = Shelf(area_near(session, card.row.location_id), StockState.QUARANTINED)
        portions = [(1, unit) for unit in units] or [(part.units, None)]
        return [
            Line(MovementKind.QUARANTINE, card.row.id, quantity, source, target, number, unit)
            for quantity, unit in portions
        ]

    def _keep(
        self,
        session: Session,
        actor: Actor,
        card: InspectionCard,
        answers: Sequence[CheckAnswer],
        outcome: Inspection,
        op_id: str,
        reason: str,
    ) -> None:
        """Every answer, if the signature stands over exactly them and this batch. Raises ConflictError."""
        known = _known(card, answers)
        content = shown_text(MEANINGS[outcome], inspection_facts(card, known, outcome), reason)
        over = select(Signature.content_hash).where(Signature.op_id == op_id, Signature.person_id == actor.id)
        if session.scalar(over) != digest(content):
            raise ConflictError
        for answer in known:
            session.add(
                InspectionCheck(
                    batch_id=card.row.id,
                    op_id=op_id,
                    list_version=card.checklist.version,
                    item=answer.item,
                    passed=answer.passed,
                    note=answer.note.strip(),
                )
            )
        session.flush()


def _known(card: InspectionCard, answers: Sequence[CheckAnswer]) -> list[CheckAnswer]:
    return [answer for answer in answers if any(item.key == answer.item for item in card.checklist.items)]


def _demand_passed(card: InspectionCard, answers: Sequence[CheckAnswer]) -> None:
    failed = [item.key for item in card.checklist.items if _answer(answers, item.key).passed is False]
    if failed:
        raise FailedItemsError(items=_named(card, failed))


def _demand_part(card: InspectionCard, part: RejectedPart) -> None:
    if not 0 < part.units < card.row.quantity:
        raise PartQuantityError(most=card.row.quantity - 1)
    if bool(card.serials) != bool(part.serials):
        raise PartSerialsError


def _demand_short(answers: Sequence[CheckAnswer], reason: str) -> None:
    longest = max((len(note) for note in (reason, *(answer.note for answer in answers))), default=0)
    if longest > LONGEST_NOTE:
        raise NoteTooLongError(most=LONGEST_NOTE)


def _serial_units(session: Session, card: InspectionCard, serials: Sequence[str]) -> list[int]:
    keys = {lot_key(serial) for serial in serials}
    found = session.scalars(
        select(SerialUnit.id).where(
            SerialUnit.batch_id == card.row.id,
            SerialUnit.serial_key.in_(keys),
            SerialUnit.location_id == card.row.location_id,
            SerialUnit.state == card.row.state,
        )
    ).all()
    if len(found) != len(keys) or len(keys) != len(serials):
        raise PartSerialsError(serials=", ".join(serials))
    return list(found)


def _demand_cold(card: InspectionCard) -> None:
    """Nobody releases what was too warm or too cold on the way, not even in part."""
    if card.has_arrived_cold is False:
        raise ArrivedWarmError(celsius=f"{(card.temperature_tenths or 0) / 10:.1f}", storage=card.storage)


def _answer(answers: Sequence[CheckAnswer], item: str) -> CheckAnswer:
    return next(answer for answer in answers if answer.item == item)


def _named(card: InspectionCard, keys: Sequence[str]) -> list[Bilingual]:
    return [item.text for item in card.checklist.items if item.key in keys]
