"""The papers of a case, and the bytes of each: what was printed can be printed again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.errors import NotFoundError
from app.core.statuses.documents import DocumentKind
from app.models.persons import Person
from app.models.places import Location
from app.models.recalls import Document


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One paper; ``content_hash`` is the SHA-256 of its bytes, ``seal`` the audit seal it was printed under."""

    id: int
    number: str
    kind: DocumentKind
    title: str
    place: Bilingual | None
    made_by: Bilingual
    made_at: datetime
    content_hash: str
    seal: str
    size: int


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """A paper to open or print: PDF bytes and a file name without a folder."""

    name: str
    content: bytes


def case_documents(session: Session, case_id: int, kind: DocumentKind | None = None) -> list[DocumentRow]:
    """The newest first; the bytes stay in the database."""
    statement = (
        select(
            Document.id, Document.number, Document.kind, Document.title, Location.name_zh, Location.name_en,
            Person.name_zh, Person.name_en, Document.made_at, Document.content_hash, Document.seal,
            func.length(Document.content),
        )
        .join(Person, Person.id == Document.made_by)
        .outerjoin(Location, Location.id == Document.location_id)
        .where(Document.case_id == case_id)
        .order_by(Document.id.desc())
    )  # fmt: skip
    if kind is not None:
        statement = statement.where(Document.kind == kind.value)
    return [
        DocumentRow(
            key, number, DocumentKind(its_kind), title, Bilingual(place, place_en or "") if place else None,
            Bilingual(maker, maker_en), at, its_hash, seal, int(size),
        )
        for key, number, its_kind, title, place, place_en, maker, maker_en, at, its_hash, seal, size in session.execute(
            statement
        )
    ]  # fmt: skip


def document_file(session: Session, document_id: int) -> DocumentFile:
    """Raises NotFoundError."""
    found = session.get(Document, document_id)
    if found is None:
        raise NotFoundError
    return DocumentFile(f"{found.number}_{found.kind}.pdf", bytes(found.content))
