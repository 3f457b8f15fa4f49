"""Ctrl+K: batches, products, cases and departments by a few letters."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.lots import lot_key
from app.models.catalogue import Product
from app.models.places import Location
from app.models.recalls import RecallCase
from app.models.stock import Batch, Movement
from app.queries.lot_keys import begins_lot

EACH = 8


@dataclass(frozen=True, slots=True)
class FoundRow:
    """``kind``: batch, product, case, place, document; ``target`` is what its page is asked to show."""

    kind: str
    title: Bilingual
    note: Bilingual
    target: Any


def find(session: Session, words: str) -> list[FoundRow]:
    """A few of each kind, best first; nothing for less than two characters."""
    wanted = words.strip()
    if len(wanted) < 2:
        return []
    return [
        *_cases(session, wanted),
        *_batches(session, wanted),
        *_products(session, wanted),
        *_documents(session, wanted),
    ]


def _cases(session: Session, wanted: str) -> list[FoundRow]:
    query = (
        select(RecallCase)
        .where(
            or_(
                RecallCase.number.icontains(wanted, autoescape=True),
                RecallCase.title.icontains(wanted, autoescape=True),
            )
        )
        .order_by(RecallCase.id.desc())
        .limit(EACH)
    )
    return [
        FoundRow("case", Bilingual(case.number, case.number), Bilingual(case.title, case.title), case.id)
        for case in session.scalars(query)
    ]


def _batches(session: Session, wanted: str) -> list[FoundRow]:
    query = (
        select(Batch, Product)
        .join(Product, Product.id == Batch.product_id)
        .where(begins_lot(lot_key(wanted) or "?"))
        .order_by(Batch.lot_key, Batch.id)
        .limit(EACH)
    )
    return [
        FoundRow(
            "batch",
            Bilingual(batch.lot_no, batch.lot_no),
            Bilingual(f"{product.name_zh} · {product.ref}", f"{product.name_en} · {product.ref}"),
            batch.id,
        )
        for batch, product in session.execute(query)
    ]


def _products(session: Session, wanted: str) -> list[FoundRow]:
    columns = (Product.name_zh, Product.name_en, Product.ref, Product.code)
    query = (
        select(Product)
        .where(or_(*(column.icontains(wanted, autoescape=True) for column in columns)))
        .order_by(Product.code)
        .limit(EACH)
    )
    return [
        FoundRow(
            "product",
            Bilingual(product.name_zh, product.name_en),
            Bilingual(f"{product.ref} · {product.spec}", f"{product.ref} · {product.spec}"),
            product.ref,
        )
        for product in session.scalars(query)
    ]


def _documents(session: Session, wanted: str) -> list[FoundRow]:
    query = (
        select(Movement.document_no, Movement.batch_id, Location.name_zh, Location.name_en)
        .outerjoin(Location, Location.id == Movement.target_id)
        .where(Movement.document_no == wanted.upper())
        .limit(EACH)
    )
    return [
        FoundRow("document", Bilingual(number, number), Bilingual(zh or "", en or ""), batch_id)
        for number, batch_id, zh, en in session.execute(query)
    ]
