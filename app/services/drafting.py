"""An open delivery while it is worked on: one transaction's view of it, which asks only for what is needed.

A scan needs the newest line, the lines of the same label and those of the same product: not the delivery's other
hundred lines. One INSERT keeps it, so that one audit entry tells what was scanned.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from app.core.clock import local_date
from app.core.errors import NotFoundError, RuleError
from app.core.statuses.stock import DeliveryState, LineState
from app.models.places import Location, Site
from app.models.receipt_errors import AT_SCAN, HalfBarcodeError
from app.models.receipt_rules import Judgement, judge
from app.models.stock import Delivery, DeliveryLine
from app.queries.delivery_facts import SameLot, line_facts

# Statements of the hot path are built once: building them took as long as asking them.
_OURS = DeliveryLine.delivery_id == bindparam("delivery")
_OPEN = (
    select(Delivery, Site.time_zone)
    .join(Location, Location.id == Delivery.location_id)
    .join(Site, Site.id == Location.site_id)
    .where(Delivery.id == bindparam("delivery"))
    .with_for_update(of=Delivery)
)
_ALL = select(DeliveryLine).where(_OURS).order_by(DeliveryLine.line_no)
_NEWEST = select(DeliveryLine).where(_OURS).order_by(DeliveryLine.line_no.desc()).limit(1)
_SAME_LOT = (DeliveryLine.product_id == bindparam("product")) & (DeliveryLine.lot_no == bindparam("lot"))
_ALIKE = (
    select(DeliveryLine)
    .where(_OURS, DeliveryLine.override_by.is_(None), or_(DeliveryLine.raw == bindparam("raw"), _SAME_LOT))
    .order_by(DeliveryLine.line_no)
)
_OF_PRODUCT = (
    select(
        DeliveryLine.line_no,
        DeliveryLine.product_id,
        DeliveryLine.lot_no,
        DeliveryLine.expiry_on,
        DeliveryLine.production_on,
    )
    .where(_OURS, DeliveryLine.product_id == bindparam("product"))
    .order_by(DeliveryLine.line_no)
)


class DeliveryClosedError(RuleError):
    """The delivery was posted or cancelled; ``number`` names it."""

    code = "receiving.closed"


class Draft:
    """An open delivery, held against other workstations."""

    def __init__(self, session: Session, delivery_id: int, now: datetime) -> None:
        """Raises NotFoundError or DeliveryClosedError."""
        options = {"populate_existing": True}
        found = session.execute(_OPEN, {"delivery": delivery_id}, execution_options=options).first()
        if found is None:
            raise NotFoundError
        self.delivery: Delivery = found[0]
        if self.delivery.state != DeliveryState.DRAFT.value:
            raise DeliveryClosedError(number=self.delivery.receipt_no or self.delivery.number)
        self.session, self.now = session, now
        self.today: date = local_date(now, found[1])
        self._key = {"delivery": delivery_id}
        self._lines: list[DeliveryLine] | None = None
        self._newest: DeliveryLine | None = None
        self._knows_newest = False

    @property
    def lines(self) -> list[DeliveryLine]:
        """All of them, in order."""
        if self._lines is None:
            self._lines = list(self.session.scalars(_ALL, self._key))
        return self._lines

    def line(self, line_id: int) -> DeliveryLine:
        """Raises NotFoundError where somebody took the line back."""
        found = self.session.get(DeliveryLine, line_id)
        if found is None or found.delivery_id != self.delivery.id:
            raise NotFoundError
        return found

    def newest(self) -> DeliveryLine | None:
        """The line that came last."""
        if not self._knows_newest:
            self._newest, self._knows_newest = self.session.scalars(_NEWEST, self._key).first(), True
        return self._newest

    def waiting_line(self) -> DeliveryLine | None:
        """The newest line, if it waits for the other half of its label."""
        newest = self.newest()
        if newest is None or newest.problem != HalfBarcodeError.code or newest.typed:
            return None
        return newest

    def alike(self, line: DeliveryLine) -> Sequence[DeliveryLine]:
        """Earlier lines of the same scan, or of the same product and lot, that nobody let in by exception."""
        asked = {**self._key, "raw": line.raw, "product": line.product_id, "lot": line.lot_no}
        return self.session.scalars(_ALIKE, asked).all()

    def new_line(self, raw: str = "") -> DeliveryLine:
        """A line that is not yet kept; ``keep`` does that."""
        newest = self.newest()
        return DeliveryLine(
            delivery_id=self.delivery.id,
            line_no=(newest.line_no if newest else 0) + 1,
            raw=raw,
            di="",
            packages=1,
            units=1,
            state=LineState.INCOMPLETE.value,
            problem="",
            typed="",
            override_reason="",
            override_op_id="",
        )

    def keep(self, line: DeliveryLine) -> None:
        """Write a new line; it has its id then."""
        self.session.add(line)
        self.session.flush()
        self._forget()

    def drop(self, line: DeliveryLine) -> None:
        self.session.delete(line)
        self.session.flush()
        self._forget()

    def _forget(self) -> None:
        self._lines, self._knows_newest = None, False

    def judgements(self) -> dict[int, Judgement]:
        """How every line stands now, by its id."""
        facts = line_facts(self.session, self.delivery, self.lines, self.today, self.lines)
        return {line_id: judge(each) for line_id, each in facts.items()}

    def settle(self, line: DeliveryLine) -> Judgement:
        """Judge the line and keep state and problem with it; a problem of the scan itself stays until dealt with."""
        facts = line_facts(self.session, self.delivery, [line], self.today, self._of_product(line.product_id))
        judgement = judge(facts[line.id or 0])
        line.state = judgement.state.value
        if line.problem not in AT_SCAN:
            line.problem = judgement.problem.code if judgement.problem else ""
        return judgement

    def _of_product(self, product_id: int | None) -> Sequence[SameLot]:
        """What the other labels of the product say, without loading their lines."""
        if product_id is None:
            return ()
        return [SameLot(*row) for row in self.session.execute(_OF_PRODUCT, {**self._key, "product": product_id})]

    def withdraw_override(self, line: DeliveryLine) -> None:
        """A line that changes is no longer what the second person signed."""
        line.override_by, line.override_reason, line.override_op_id = None, "", ""
