"""An open delivery while it is worked on: one transaction's view of it, which asks only for what is needed.

A scan needs the newest line, the lines of the same label and those of the same product: not the delivery's other
hundred lines. One INSERT keeps it, so that one audit entry tells what was scanned.
"""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import bindparam, insert, or_, select
from sqlalchemy.orm import Session

from app.core.clock import local_date
from app.core.errors import NotFoundError, RuleError
from app.core.licences import scope_of
from app.core.statuses.stock import DeliveryState, LineState
from app.models.catalogue import Supplier
from app.models.direct import Direct, Question, at_parting, together
from app.models.everything import METADATA
from app.models.places import Location, Site
from app.models.receipt_errors import AT_SCAN, HalfBarcodeError
from app.models.receipt_rules import Judgement, LicenceFacts, judge
from app.models.stock import Delivery, DeliveryLine
from app.queries.delivery_facts import Bay, Sibling, line_facts
from app.queries.goods_facts import GoodsFacts

# Statements of the hot path are built once, and spoken to the driver: building them took as long as asking them.
_DELIVERIES, _LINES = METADATA.tables["delivery"], METADATA.tables["delivery_line"]
_OURS = _LINES.c.delivery_id == bindparam("delivery")
_OPEN = Direct(
    select(
        _DELIVERIES.c.state, _DELIVERIES.c.number, _DELIVERIES.c.receipt_no, _DELIVERIES.c.location_id,
        _DELIVERIES.c.temperature_tenths, Site.time_zone, Supplier.licence_no, Supplier.licence_valid_until,
        Supplier.licence_valid_from, Supplier.licence_scope,
    )
    .join(Location, Location.id == _DELIVERIES.c.location_id)
    .join(Site, Site.id == Location.site_id)
    .join(Supplier, Supplier.id == _DELIVERIES.c.supplier_id)
    .where(_DELIVERIES.c.id == bindparam("delivery"))
    .with_for_update(of=_DELIVERIES)
)  # fmt: skip
_ALL = select(DeliveryLine).where(DeliveryLine.delivery_id == bindparam("delivery")).order_by(DeliveryLine.line_no)
_NEWEST = Direct(
    select(_LINES.c.id, _LINES.c.line_no, _LINES.c.problem, _LINES.c.typed)
    .where(_OURS)
    .order_by(_LINES.c.line_no.desc())
    .limit(1)
)
_SIBLINGS = Direct(
    select(*(_LINES.c[field.name] for field in fields(Sibling)))
    .where(_OURS, or_(_LINES.c.product_id == bindparam("product"), _LINES.c.raw == bindparam("raw")))
    .order_by(_LINES.c.line_no)
)
_KEPT = [column.name for column in _LINES.columns if column.name != "id"]
_KEEP = Direct(insert(_LINES).returning(_LINES.c.id), _KEPT)


class DeliveryClosedError(RuleError):
    """The delivery was posted or cancelled; ``number`` names it."""

    code = "receiving.closed"


class Draft:
    """An open delivery, held against other workstations."""

    def __init__(self, session: Session, delivery_id: int, now: datetime) -> None:
        """Raises NotFoundError or DeliveryClosedError."""
        opened, newest = _OPEN.asking(delivery=delivery_id), _NEWEST.asking(delivery=delivery_id)
        together(session, opened, newest)
        if not opened.rows:
            raise NotFoundError
        state, number, receipt_no, self.location_id, temperature, zone, *supplier = opened.rows[0]
        if state != DeliveryState.DRAFT.value:
            raise DeliveryClosedError(number=receipt_no or number)
        self.session, self.now, self.delivery_id = session, now, delivery_id
        licence_no, until, since, scope = supplier
        licence = LicenceFacts(licence_no, until, since, scope_of(scope))
        self.bay = Bay(local_date(now, zone), licence, temperature)
        self._newest = newest
        self._lines: list[DeliveryLine] | None = None

    @cached_property
    def delivery(self) -> Delivery:
        """The delivery itself, for what changes it."""
        return self.session.get_one(Delivery, self.delivery_id, populate_existing=True)

    @property
    def today(self) -> date:
        """The day at the delivery's site."""
        return self.bay.today

    @property
    def lines(self) -> list[DeliveryLine]:
        """All of them, in order."""
        if self._lines is None:
            self._lines = list(self.session.scalars(_ALL, {"delivery": self.delivery_id}))
        return self._lines

    def line(self, line_id: int) -> DeliveryLine:
        """Raises NotFoundError where somebody took the line back."""
        found = self.session.get(DeliveryLine, line_id)
        if found is None or found.delivery_id != self.delivery_id:
            raise NotFoundError
        return found

    def newest(self) -> tuple[int, DeliveryLine | None]:
        """The number of the line that came last (0: none yet), and the line if it waits for its label's other half."""
        if not self._newest.rows:
            return 0, None
        line_id, line_no, problem, typed = self._newest.rows[0]
        is_waiting = problem == HalfBarcodeError.code and not typed
        return line_no, self.line(line_id) if is_waiting else None

    def siblings(self, line: DeliveryLine, *also: Question) -> Sequence[Sibling]:
        """Every line of the same product or the same scan, without loading more of them than is asked.

        What ``also`` asks travels in the same journey.
        """
        asked = _SIBLINGS.asking(delivery=self.delivery_id, raw=line.raw, product=line.product_id)
        together(self.session, asked, *also)
        return [Sibling(*row) for row in asked.rows]

    def new_line(self, line_no: int, raw: str = "") -> DeliveryLine:
        """A line that is not yet kept; ``keep`` does that."""
        return DeliveryLine(
            delivery_id=self.delivery_id,
            line_no=line_no,
            raw=raw,
            di="",
            packages=1,
            units=1,
            state=LineState.INCOMPLETE.value,
            problem="",
            typed="",
            override_reason="",
            override_op_id="",
            version=1,
        )

    def keep(self, line: DeliveryLine) -> Question:
        """Write a new line as the transaction ends; its id is the answer, once it did."""
        values = {name: getattr(line, name) for name in _KEPT}
        kept = _KEEP.asking(**values)
        at_parting(self.session, kept)
        self._lines = None
        return kept

    def drop(self, line: DeliveryLine) -> None:
        self.session.delete(line)
        self.session.flush()
        self._lines = None

    def judgements(self) -> dict[int, Judgement]:
        """How every line stands now, by its id."""
        facts = line_facts(self.session, self.lines, self.bay, self.lines)
        return {line_id: judge(each) for line_id, each in facts.items()}

    def settle(
        self, line: DeliveryLine, siblings: Sequence[Sibling] | None = None, goods: GoodsFacts | None = None
    ) -> Judgement:
        """Judge the line and keep state and problem with it; a problem of the scan itself stays until dealt with.

        ``siblings`` and ``goods`` are what was asked about the line before.
        """
        others = self.siblings(line) if siblings is None else siblings
        judgement = judge(line_facts(self.session, [line], self.bay, others, goods)[line.id or 0])
        line.state = judgement.state.value
        if line.problem not in AT_SCAN:
            line.problem = judgement.problem.code if judgement.problem else ""
        return judgement

    def withdraw_override(self, line: DeliveryLine) -> None:
        """A line that changes is no longer what the second person signed."""
        line.override_by, line.override_reason, line.override_op_id = None, "", ""
