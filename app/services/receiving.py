"""Receiving: a delivery grows by scan, each scan kept at once, and is posted as a whole to wait for inspection."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.changes import Changes, Topic
from app.core.errors import NotFoundError, RuleError
from app.core.lots import lot_key
from app.core.permissions import Duty
from app.core.shown import Facts, digest, shown_text
from app.core.statuses.stock import DeliveryState, LineState, LocationKind
from app.models.catalogue import Supplier
from app.models.database import Database
from app.models.persons import Signature
from app.models.places import Location
from app.models.recalls import RecallCase
from app.models.receipt_errors import OVERRIDABLE, UnconfirmedError
from app.models.stock import Batch, Delivery, DeliveryLine
from app.services import receiving_lines
from app.services.drafting import Draft
from app.services.numbering import DELIVERY, next_number
from app.services.reassessing import assessed_cases, take_in_arrivals
from app.services.receiving_lines import Typed
from app.services.receiving_posting import post_delivery
from app.services.repeating import once
from app.services.signed_facts import stopped_facts
from app.services.signing_in import SigningInService

DRAFT_CHANGED: Changes = frozenset({Topic.DELIVERIES})
POSTED: Changes = frozenset({Topic.DELIVERIES, Topic.STOCK})
OVERRIDE_MEANING = "receipt_override"


class NotAStoreError(RuleError):
    """Deliveries are received at a store."""

    code = "receiving.not_a_store"


class TemperatureError(RuleError):
    """No delivery arrives at such a temperature; tenths of a degree Celsius were given."""

    code = "receiving.temperature"


class PaperTooLongError(RuleError):
    """A number of the papers is longer than ``most`` characters."""

    code = "receiving.paper_too_long"


class NoExceptionError(RuleError):
    """The line is not stopped by a lock, so two persons cannot let it in either."""

    code = "receiving.no_exception"


class ReasonError(RuleError):
    """An exception takes a reason."""

    code = "receiving.reason"


@dataclass(frozen=True, slots=True)
class DeliveryHead:
    """The papers that came with the goods; the temperature in tenths of a degree Celsius."""

    supplier_id: int
    order_no: str = ""
    note_no: str = ""
    waybill: str = ""
    temperature_tenths: int | None = None


@dataclass(frozen=True, slots=True)
class OpenedDelivery:
    """A new draft."""

    delivery_id: int
    number: str
    changes: Changes = DRAFT_CHANGED


@dataclass(frozen=True, slots=True)
class LineOutcome:
    """Where a scan or an entry went; ``is_repeat`` added to an earlier line, ``is_joined`` completed a half label."""

    line_id: int
    is_repeat: bool = False
    is_joined: bool = False
    changes: Changes = DRAFT_CHANGED


@dataclass(frozen=True, slots=True)
class PostedDelivery:
    """The receipt: its number and its batches, which wait for inspection."""

    receipt_no: str
    batch_ids: tuple[int, ...]
    joined: tuple[str, ...] = ()
    """Numbers of the open cases that what was let in belongs to."""
    changes: Changes = POSTED


class ReceivingService:
    """Every method is one transaction; what was scanned before stays whatever happens after."""

    def __init__(self, database: Database, signing: SigningInService) -> None:
        self._database = database
        self._signing = signing

    def open_delivery(self, *, actor: Actor, location_id: int, head: DeliveryHead) -> OpenedDelivery:
        """Start a delivery at a store. Raises NotAStoreError, TemperatureError, NotFoundError."""
        actor.demand(Duty.RECEIVE, at=location_id)
        now = self._database.clock()
        with self._database.writing(actor.id) as session:
            place = session.get(Location, location_id)
            if place is None or place.kind is not LocationKind.STORE:
                raise NotAStoreError
            delivery = Delivery(
                number=next_number(session, DELIVERY, now),
                location_id=location_id,
                state=DeliveryState.DRAFT.value,
                created_by=actor.id,
                created_at=now,
            )
            _write_head(session, delivery, head)
            session.add(delivery)
            session.flush()
            return OpenedDelivery(delivery.id, delivery.number)

    def change_head(self, *, actor: Actor, delivery_id: int, head: DeliveryHead) -> Changes:
        """Correct what the papers say. Raises DeliveryClosedError, TemperatureError, NotFoundError."""
        with self._draft(actor, delivery_id) as draft:
            _write_head(draft.session, draft.delivery, head)
        return DRAFT_CHANGED

    def take_scan(self, *, actor: Actor, delivery_id: int, raw: str) -> LineOutcome:
        """Keep a scan as a line, whatever is wrong with it. Raises DeliveryClosedError."""
        with self._draft(actor, delivery_id) as draft:
            taken = receiving_lines.take_scan(draft, receiving_lines.storable(raw))
        return LineOutcome(taken.line_id, taken.repeats, taken.completes)

    def add_by_hand(
        self, *, actor: Actor, delivery_id: int, product_id: int, typed: Typed, packages: int = 1, units: int = 1
    ) -> LineOutcome:
        """A box whose code cannot be scanned: ``units`` base units a package."""
        with self._draft(actor, delivery_id) as draft:
            kept = receiving_lines.add_by_hand(draft, product_id, typed, packages=packages, units=units)
        return LineOutcome(kept.rows[0][0])

    def complete(self, *, actor: Actor, delivery_id: int, line_id: int, typed: Typed) -> LineOutcome:
        """Type what the scan did not say, or correct it."""
        with self._line(actor, delivery_id, line_id) as (draft, line):
            receiving_lines.type_into(draft, line, typed)
        return LineOutcome(line_id)

    def confirm(self, *, actor: Actor, delivery_id: int, line_id: int) -> LineOutcome:
        """A person compared a doubtful reading with the label and found it right."""
        with self._line(actor, delivery_id, line_id) as (_draft, line):
            if line.problem == UnconfirmedError.code:
                line.problem = ""
        return LineOutcome(line_id)

    def choose(self, *, actor: Actor, delivery_id: int, line_id: int, number: int) -> LineOutcome:
        """Pick one of the readings of an ambiguous scan, by its number from 0."""
        with self._line(actor, delivery_id, line_id) as (draft, line):
            receiving_lines.choose(draft, line, number)
        return LineOutcome(line_id)

    def set_packages(self, *, actor: Actor, delivery_id: int, line_id: int, packages: int) -> LineOutcome:
        """Raises NotPositiveError or TooManyError, and the line stays as it was."""
        with self._line(actor, delivery_id, line_id) as (draft, line):
            receiving_lines.set_packages(draft, line, packages)
        return LineOutcome(line_id)

    def times_ten(self, *, actor: Actor, delivery_id: int, line_id: int) -> LineOutcome:
        with self._line(actor, delivery_id, line_id) as (draft, line):
            receiving_lines.set_packages(draft, line, line.packages * 10)
        return LineOutcome(line_id)

    def take_back(self, *, actor: Actor, delivery_id: int, line_id: int) -> Changes:
        """Remove a line; the audit trail keeps what it said."""
        with self._draft(actor, delivery_id) as draft:
            draft.session.delete(draft.line(line_id))
        return DRAFT_CHANGED

    def recheck(self, *, actor: Actor, delivery_id: int) -> Changes:
        """Look again for the products of lines nobody knew, after one was registered."""
        with self._draft(actor, delivery_id) as draft:
            for line in draft.lines:
                if line.product_id is None:
                    receiving_lines.adopt_product(draft, line)
                    draft.settle(line)
        return DRAFT_CHANGED

    def override(
        self, *, actor: Actor, delivery_id: int, line_id: int, login: str, password: str, reason: str, op_id: str
    ) -> LineOutcome:
        """Let locked goods in, into quarantine: the actor and a second person, who signs here, and a reason.

        Raises NoExceptionError, ReasonError, and what ``SigningInService.sign`` raises.
        """
        actor.demand(Duty.RECEIVE)
        if not reason.strip():
            raise ReasonError
        second = self._signing.confirm(login, password)
        second.demand(Duty.WITNESS)
        if not self._signing.has_signed(second, op_id):
            self._signing.sign(
                first=actor,
                login=login,
                password=password,
                op_id=op_id,
                meaning=OVERRIDE_MEANING,
                reason=reason.strip(),
                facts=self._stopped(delivery_id, line_id),
            )
        return self._let_in(
            actor=actor, op_id=op_id, delivery_id=delivery_id, line_id=line_id, second_id=second.id, reason=reason
        )

    @once
    def _let_in(
        self, *, actor: Actor, op_id: str, delivery_id: int, line_id: int, second_id: int, reason: str
    ) -> LineOutcome:
        """The line as it was signed, and no other."""
        with self._line(actor, delivery_id, line_id) as (draft, line):
            signed = select(Signature.content_hash).where(Signature.op_id == op_id, Signature.person_id == second_id)
            shown = shown_text(OVERRIDE_MEANING, stopped_facts(draft.session, line), reason.strip())
            if draft.session.scalar(signed) != digest(shown):
                raise NoExceptionError
            line.override_by, line.override_reason, line.override_op_id = second_id, reason.strip(), op_id
        return LineOutcome(line_id)

    def cancel(self, *, actor: Actor, delivery_id: int) -> Changes:
        """Give up a delivery that was never posted; it stays findable."""
        with self._draft(actor, delivery_id) as draft:
            draft.delivery.state = DeliveryState.CANCELLED.value
        return DRAFT_CHANGED

    @once
    def post(
        self, *, actor: Actor, delivery_id: int, op_id: str, expected: frozenset[int] | None = None
    ) -> PostedDelivery:
        """Post the ready lines; refused ones stay with the delivery. All or nothing.

        ``expected``: ids of the lines the person saw as ready. Raises LinesOpenError, LinesChangedError,
        NothingToPostError, DeliveryClosedError, and what the wall refuses.
        """
        with self._draft(actor, delivery_id) as draft:
            let_in = {lot_key(line.lot_no or "") for line in draft.lines if line.override_by is not None}
            cases = assessed_cases(draft.session) if let_in else ()
            receipt_no, batch_ids = post_delivery(
                draft, self._database.clock, actor_id=actor.id, op_id=op_id, expected=expected
            )
            joined = self._joined(draft.session, actor, cases, let_in, batch_ids, op_id) if cases else ()
        changes = POSTED | {Topic.RECALLS, Topic.TASKS, Topic.LOCKS} if joined else POSTED
        return PostedDelivery(receipt_no, tuple(batch_ids), joined, changes)

    def _joined(
        self,
        session: Session,
        actor: Actor,
        cases: Sequence[RecallCase],
        let_in: set[str],
        batch_ids: Sequence[int],
        op_id: str,
    ) -> tuple[str, ...]:
        """The open cases that now have a batch more: what two persons let in although the notice names it."""
        named = select(Batch.id).where(Batch.id.in_(batch_ids), Batch.lot_key.in_(let_in)).order_by(Batch.id)
        return take_in_arrivals(session, self._database, cases, actor, session.scalars(named).all(), op_id)

    @contextmanager
    def _draft(self, actor: Actor, delivery_id: int) -> Generator[Draft]:
        actor.demand(Duty.RECEIVE)
        with self._database.writing(actor.id) as session:
            draft = self._opened(session, delivery_id)
            actor.demand_at(Duty.RECEIVE, draft.location_id)
            yield draft

    @contextmanager
    def _line(self, actor: Actor, delivery_id: int, line_id: int) -> Generator[tuple[Draft, DeliveryLine]]:
        """Change one line, then judge it anew."""
        with self._draft(actor, delivery_id) as draft:
            line = draft.line(line_id)
            yield draft, line
            draft.settle(line)

    def _opened(self, session: Session, delivery_id: int) -> Draft:
        return Draft(session, delivery_id, self._database.clock())

    def _stopped(self, delivery_id: int, line_id: int) -> Facts:
        """What the second person signs; raises NoExceptionError where no lock stops the line."""
        with self._database.reading() as session:
            draft = self._opened(session, delivery_id)
            line = draft.line(line_id)
            problem = draft.judgements()[line.id].problem
            if not isinstance(problem, OVERRIDABLE) or line.state == LineState.OVERRIDDEN.value:
                raise NoExceptionError
            return stopped_facts(session, line)


def _write_head(session: Session, delivery: Delivery, head: DeliveryHead) -> None:
    if session.get(Supplier, head.supplier_id) is None:
        raise NotFoundError
    if head.temperature_tenths is not None and not -2000 <= head.temperature_tenths <= 1000:
        raise TemperatureError
    delivery.supplier_id = head.supplier_id
    delivery.order_no, delivery.note_no = _number(head.order_no, 32), _number(head.note_no, 32)
    delivery.waybill = _number(head.waybill, 64)
    delivery.temperature_tenths = head.temperature_tenths


def _number(words: str, most: int) -> str:
    number = words.strip()
    if len(number) > most:
        raise PaperTooLongError(number=number, most=most)
    return number
