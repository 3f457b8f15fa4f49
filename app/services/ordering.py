"""Orders to suppliers: only from whom and of what may be bought today (条例 art. 45, 55)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor, Bilingual
from app.core.changes import Changes, Topic
from app.core.errors import NotFoundError, RuleError
from app.core.permissions import Duty
from app.models.catalogue import Certificate, Product, Supplier
from app.models.database import Database
from app.models.requisitions import PurchaseOrder, PurchaseOrderLine
from app.queries.days import latest_today
from app.queries.orders import order_of
from app.services.numbering import next_number

ORDER = "CG"
ORDERED: Changes = frozenset({Topic.DELIVERIES})


class NothingOrderedError(RuleError):
    """The order has no line."""

    code = "ordering.nothing"


class SupplierLapsedError(RuleError):
    """The licence of ``supplier`` lapsed on ``until``."""

    code = "ordering.licence_lapsed"


class ProductLapsedError(RuleError):
    """Certificate ``number`` of ``product`` lapsed on ``until``."""

    code = "ordering.certificate_lapsed"


class OutOfUseError(RuleError):
    """Supplier or product ``name`` is no longer in use."""

    code = "ordering.inactive"


class OrderEndedError(RuleError):
    """Order ``number`` is complete or cancelled."""

    code = "ordering.ended"


class WhyCancelledError(RuleError):
    """A cancelled order says why."""

    code = "ordering.why"


@dataclass(frozen=True, slots=True)
class Ordered:
    """The order's number, which deliveries name."""

    id: int
    number: str
    changes: Changes = ORDERED


class OrderingService:
    """The buyer's acts; what was received is never written here."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def order(
        self,
        *,
        actor: Actor,
        supplier_id: int,
        lines: Sequence[tuple[int, int]],
        expected_on: date | None = None,
        note: str = "",
    ) -> Ordered:
        """``lines`` are products and base units.

        Raises NothingOrderedError, SupplierLapsedError, ProductLapsedError, OutOfUseError.
        """
        actor.demand(Duty.ORDER)
        wanted = _summed(lines)
        if not wanted:
            raise NothingOrderedError
        now = self._database.clock()
        with self._database.writing(actor.id) as session:
            today = latest_today(session)
            _demand_supplier(session, supplier_id, today)
            _demand_products(session, sorted(wanted), today)
            row = PurchaseOrder(
                number=next_number(session, ORDER, now),
                supplier_id=supplier_id,
                expected_on=expected_on,
                note=note.strip()[:400],
                ordered_by=actor.id,
                ordered_at=now,
                cancel_reason="",
                version=1,
            )
            session.add(row)
            session.flush()
            session.add_all(
                PurchaseOrderLine(order_id=row.id, line_no=number, product_id=product_id, quantity=quantity)
                for number, (product_id, quantity) in enumerate(wanted.items(), start=1)
            )
            return Ordered(row.id, row.number)

    def cancel(self, *, actor: Actor, order_id: int, reason: str) -> Ordered:
        """What has not come is no longer expected. Raises WhyCancelledError, OrderEndedError."""
        actor.demand(Duty.ORDER)
        if not reason.strip():
            raise WhyCancelledError
        with self._database.writing(actor.id) as session:
            row = session.get(PurchaseOrder, order_id)
            if row is None:
                raise NotFoundError
            seen = order_of(session, row.number)
            if seen is None or not seen.inbound:
                raise OrderEndedError(number=row.number)
            row.cancelled_by, row.cancelled_at = actor.id, self._database.clock()
            row.cancel_reason = reason.strip()[:400]
            return Ordered(row.id, row.number)


def _summed(lines: Sequence[tuple[int, int]]) -> dict[int, int]:
    wanted: dict[int, int] = {}
    for product_id, quantity in lines:
        if quantity > 0:
            wanted[product_id] = wanted.get(product_id, 0) + quantity
    return wanted


def _demand_supplier(session: Session, supplier_id: int, today: date) -> None:
    supplier = session.get(Supplier, supplier_id)
    if supplier is None:
        raise NotFoundError
    name = Bilingual(supplier.name_zh, supplier.name_en)
    if not supplier.is_active:
        raise OutOfUseError(name=name)
    if supplier.licence_valid_until < today:
        raise SupplierLapsedError(supplier=name, until=supplier.licence_valid_until)


def _demand_products(session: Session, product_ids: Sequence[int], today: date) -> None:
    rows = session.execute(
        select(Product, Certificate)
        .join(Certificate, Certificate.id == Product.certificate_id)
        .where(Product.id.in_(product_ids))
    ).all()
    if len(rows) != len(product_ids):
        raise NotFoundError
    for product, certificate in rows:
        name = Bilingual(product.name_zh, product.name_en)
        if not product.is_active:
            raise OutOfUseError(name=name)
        if certificate.valid_until is not None and certificate.valid_until < today:
            raise ProductLapsedError(product=name, number=certificate.number, until=certificate.valid_until)
