"""Papers on file: the bytes with their hash, under a number of their own, for good."""

import hashlib
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.statuses.documents import DocumentKind
from app.core.words import status_text
from app.models.database import Database
from app.models.recalls import Document
from app.services.auditing import Seal
from app.services.numbering import PAPER, next_number

LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper to be filed. ``title`` names it in both languages at once."""

    kind: DocumentKind
    title: str
    content: bytes
    case_id: int | None = None
    location_id: int | None = None
    batch_id: int | None = None


def file_printed(
    database: Database,
    actor: Actor,
    kind: DocumentKind,
    number: str,
    content: bytes,
    under: Seal | None,
    location_id: int | None = None,
) -> int:
    """Keep a paper that was just made, named by its kind and the number it is about, in a transaction of its own."""
    title = f"{status_text(kind, 'zh')} {status_text(kind, 'en')} · {number}"
    with database.writing(actor.id) as session:
        return file_sheet(session, database, actor, Sheet(kind, title, content, location_id=location_id), under)


def file_sheet(session: Session, database: Database, actor: Actor, sheet: Sheet, under: Seal | None) -> int:
    """Keep the paper inside the caller's transaction; returns its id. ``under`` is the seal printed on it."""
    now = database.clock()
    document = Document(
        number=next_number(session, PAPER, now),
        kind=sheet.kind.value,
        case_id=sheet.case_id,
        location_id=sheet.location_id,
        batch_id=sheet.batch_id,
        title=sheet.title[:LONGEST_TITLE],
        content=sheet.content,
        content_hash=hashlib.sha256(sheet.content).hexdigest(),
        seal=under.hash if under else "",
        made_by=actor.id,
        made_at=now,
    )
    session.add(document)
    session.flush()
    return document.id
