"""The master of one batch on its card: every item asked, its value where it has one, and what was added later."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.core.actor import Bilingual
from app.core.batch_master import MasterGroup, MasterItem, master_rules
from app.core.errors import NotFoundError
from app.core.statuses.supplement import SupplementField, SupplementSubject
from app.models.catalogue import Certificate, Product, Supplier
from app.models.persons import Person
from app.models.stock import Batch
from app.models.supplements import BatchSupplement
from app.queries.completeness import completeness

_COLUMNS = {
    SupplementField.LOT_NO: "lot_no",
    SupplementField.PRODUCTION_ON: "production_on",
    SupplementField.EXPIRY_ON: "expiry_on",
    SupplementField.SUPPLIER_ADDRESS: "address",
    SupplementField.SUPPLIER_PHONE: "phone",
    SupplementField.LICENCE_NO: "licence_no",
    SupplementField.LICENCE_FROM: "licence_valid_from",
    SupplementField.LICENCE_UNTIL: "licence_valid_until",
    SupplementField.LICENCE_SCOPE: "licence_scope",
    SupplementField.CERTIFICATE_FROM: "valid_from",
    SupplementField.CERTIFICATE_UNTIL: "valid_until",
    SupplementField.SPEC: "spec",
    SupplementField.REF: "ref",
    SupplementField.CONTRACT_MAKER: "contract_maker",
}


@dataclass(frozen=True, slots=True)
class MasterLine:
    """One item; ``value`` as it is kept (dates as ISO text), empty where the item is more than one field."""

    item: MasterItem
    is_missing: bool
    value: str


@dataclass(frozen=True, slots=True)
class SupplementRow:
    """What was added or corrected, by whom and why."""

    field: SupplementField
    old: str
    new: str
    reason: str
    by: Bilingual
    second: Bilingual | None
    at: datetime


@dataclass(frozen=True, slots=True)
class BatchMaster:
    """``lines`` in the order of the rules of this ``version``; ``supplements`` newest first."""

    batch_id: int
    lot_no: str
    score: int
    version: str
    lines: tuple[MasterLine, ...]
    supplements: tuple[SupplementRow, ...]
    receipt_no: str = ""

    def group(self, group: MasterGroup) -> tuple[MasterLine, ...]:
        """The items of one of the seven groups."""
        return tuple(line for line in self.lines if line.item.group is group)

    def value(self, field: SupplementField) -> str:
        """What stands in a field now."""
        return next((line.value for line in self.lines if line.item.field is field), "")


def batch_master(session: Session, batch_id: int) -> BatchMaster:
    """Raises NotFoundError."""
    batch = session.get(Batch, batch_id)
    if batch is None:
        raise NotFoundError
    told = completeness(session, [batch_id])[batch_id]
    lines = tuple(
        MasterLine(item, item in told.gaps, value_of(session, batch, item.field) if item.field else "")
        for item in told.asked
    )
    return BatchMaster(
        batch_id,
        batch.lot_no,
        told.score,
        master_rules().version,
        lines,
        _supplements(session, batch_id),
        batch.receipt_no,
    )


def value_of(session: Session, batch: Batch, field: SupplementField) -> str:
    """What stands now, as it is kept: dates as ISO text, nothing as an empty string."""
    owner, name = owner_of(session, batch, field)
    value = getattr(owner, name)
    return value.isoformat() if isinstance(value, date) else str(value or "")


def owner_of(
    session: Session, batch: Batch, field: SupplementField
) -> tuple[Batch | Supplier | Certificate | Product, str]:
    """The row that holds a field of this batch's master, and the column's name."""
    name = _COLUMNS[field]
    if field.subject is SupplementSubject.BATCH:
        return batch, name
    if field.subject is SupplementSubject.SUPPLIER:
        return session.get_one(Supplier, batch.supplier_id), name
    product = session.get_one(Product, batch.product_id)
    if field.subject is SupplementSubject.PRODUCT:
        return product, name
    return session.get_one(Certificate, product.certificate_id), name


def _supplements(session: Session, batch_id: int) -> tuple[SupplementRow, ...]:
    second = aliased(Person)
    rows = session.execute(
        select(BatchSupplement, Person, second)
        .join(Person, Person.id == BatchSupplement.added_by)
        .outerjoin(second, second.id == BatchSupplement.second_person_id)
        .where(BatchSupplement.batch_id == batch_id)
        .order_by(BatchSupplement.id.desc())
    )
    return tuple(
        SupplementRow(row.field, row.old_value, row.new_value, row.reason, _name(by), _second(other), row.added_at)
        for row, by, other in rows
    )


def _name(person: Person) -> Bilingual:
    return Bilingual(person.name_zh, person.name_en)


def _second(person: Person | None) -> Bilingual | None:
    return _name(person) if person is not None else None
