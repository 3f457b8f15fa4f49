"""Who looked at whose use it was, when and why: the auditor's list."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.models.catalogue import Product
from app.models.persons import PatientLook, Person
from app.models.stock import Batch

MOST = 300


@dataclass(frozen=True, slots=True)
class LookRow:
    """One look at the visits on which a batch was used; ``person`` None where the installation itself looked."""

    id: int
    at: datetime
    person: Bilingual | None
    product: Bilingual
    lot_no: str
    batch_id: int
    reason: str


def patient_looks(session: Session) -> list[LookRow]:
    """The newest first. On PostgreSQL with personal logins only auditors may ask."""
    rows = session.execute(
        select(PatientLook, Person, Batch, Product)
        .join(Batch, Batch.id == PatientLook.batch_id)
        .join(Product, Product.id == Batch.product_id)
        .outerjoin(Person, Person.id == PatientLook.person_id)
        .order_by(PatientLook.id.desc())
        .limit(MOST)
    )
    return [
        LookRow(
            look.id,
            look.at,
            Bilingual(person.name_zh, person.name_en) if person else None,
            Bilingual(product.name_zh, product.name_en),
            batch.lot_no,
            batch.id,
            look.reason,
        )
        for look, person, batch, product in rows
    ]
