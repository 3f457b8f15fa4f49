"""Suppliers with their licence and the certificates of what they deliver, and which of them stop a receipt."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.validity import Validity, validity
from app.models.catalogue import Certificate, Manufacturer, Product, Supplier
from app.models.stock import Batch
from app.queries.days import latest_today


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A licence (``certificate_id`` None) or a registration certificate; ``whose`` is supplier or manufacturer.

    ``products`` are those of the certificate that this supplier has delivered.
    """

    supplier_id: int
    certificate_id: int | None
    number: str
    whose: Bilingual
    products: tuple[Bilingual, ...]
    valid_from: date | None
    valid_until: date | None
    scope: str
    validity: Validity

    @property
    def id(self) -> tuple[int, int]:
        return self.supplier_id, self.certificate_id or 0


@dataclass(frozen=True, slots=True)
class SupplierRow:
    """One supplier in use; the papers, the licence first."""

    id: int
    name: Bilingual
    code: str
    phone: str
    papers: tuple[PaperRow, ...]

    @property
    def worst(self) -> Validity:
        """What to look at: what blocks before what ends soon."""
        found = {paper.validity for paper in self.papers}
        order = (Validity.LAPSED, Validity.EARLY, Validity.SOON)
        return next((one for one in order if one in found), Validity.VALID)


def supplier_papers(session: Session) -> list[SupplierRow]:
    """Suppliers in use: those with a paper that blocks first, then what ends soon, then by name."""
    today = latest_today(session)
    certificates = _certificates(session, today)
    rows = [
        SupplierRow(
            one.id,
            Bilingual(one.name_zh, one.name_en),
            one.code,
            one.phone,
            (_licence(one, today), *certificates[one.id]),
        )
        for one in session.scalars(select(Supplier).where(Supplier.is_active).order_by(Supplier.name_zh, Supplier.id))
    ]
    rank = (Validity.LAPSED, Validity.EARLY, Validity.SOON, Validity.VALID)
    return sorted(rows, key=lambda row: rank.index(row.worst))


def _licence(one: Supplier, today: date) -> PaperRow:
    stands = validity(today, one.licence_valid_from, one.licence_valid_until)
    return PaperRow(
        one.id,
        None,
        one.licence_no,
        Bilingual(one.name_zh, one.name_en),
        (),
        one.licence_valid_from,
        one.licence_valid_until,
        one.licence_scope,
        stands if one.licence_no.strip() else Validity.LAPSED,
    )


def _certificates(session: Session, today: date) -> dict[int, list[PaperRow]]:
    delivered = session.execute(
        select(Batch.supplier_id, Certificate, Manufacturer, Product)
        .join(Product, Product.id == Batch.product_id)
        .join(Certificate, Certificate.id == Product.certificate_id)
        .join(Manufacturer, Manufacturer.id == Certificate.manufacturer_id)
        .where(Product.is_active)
        .distinct()
        .order_by(Batch.supplier_id, Certificate.id, Product.id)
    )
    makers: dict[tuple[int, int], tuple[Certificate, Manufacturer]] = {}
    products: dict[tuple[int, int], list[Bilingual]] = defaultdict(list)
    for supplier_id, certificate, maker, product in delivered:
        makers[supplier_id, certificate.id] = certificate, maker
        products[supplier_id, certificate.id].append(Bilingual(product.name_zh, product.name_en))
    found: dict[int, list[PaperRow]] = defaultdict(list)
    for (supplier_id, key), (paper, maker) in makers.items():
        found[supplier_id].append(
            PaperRow(
                supplier_id,
                key,
                paper.number,
                Bilingual(maker.name_zh, maker.name_en),
                tuple(products[supplier_id, key]),
                paper.valid_from,
                paper.valid_until,
                "",
                validity(today, paper.valid_from, paper.valid_until),
            )
        )
    for papers in found.values():
        papers.sort(key=lambda paper: paper.valid_until or date.max)
    return found
