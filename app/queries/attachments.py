"""Files that belong to a batch: which there are, and the bytes of one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.errors import NotFoundError
from app.core.statuses.requisition import AttachmentKind
from app.models.persons import Person
from app.models.supplements import Attachment


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """One file; ``size`` in bytes, ``content_hash`` its SHA-256."""

    id: int
    kind: AttachmentKind
    name: str
    media_type: str
    size: int
    content_hash: str
    by: Bilingual
    at: datetime


def attachments(session: Session, batch_id: int) -> tuple[AttachmentRow, ...]:
    """In the order in which they were added; without their bytes."""
    rows = session.execute(
        select(
            Attachment.id, Attachment.kind, Attachment.name, Attachment.media_type, Attachment.size,
            Attachment.content_hash, Person.name_zh, Person.name_en, Attachment.added_at,
        )
        .join(Person, Person.id == Attachment.added_by)
        .where(Attachment.batch_id == batch_id)
        .order_by(Attachment.id)
    )  # fmt: skip
    return tuple(
        AttachmentRow(key, kind, name, media, size, digest, Bilingual(zh, en), at)
        for key, kind, name, media, size, digest, zh, en, at in rows
    )


def attachment_bytes(session: Session, attachment_id: int) -> bytes:
    """Raises NotFoundError."""
    content = session.scalar(select(Attachment.content).where(Attachment.id == attachment_id))
    if content is None:
        raise NotFoundError
    return content
