"""Files attached to a batch: photos of the goods, certificates; kept in the database with their hash."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from app.core.actor import Actor
from app.core.changes import Changes, Topic
from app.core.errors import NotFoundError, RuleError, StorageError
from app.core.permissions import Duty, NotEntitledError
from app.core.statuses.requisition import AttachmentKind
from app.models.database import Database
from app.models.stock import Batch
from app.models.supplements import Attachment
from app.queries.attachments import attachment_bytes

MOST_BYTES = 10 * 1024 * 1024
_SIGNS = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"%PDF-", "application/pdf"))
_DUTIES = (Duty.INSPECT, Duty.RECEIVE, Duty.MAINTAIN_CATALOGUE)


class AttachmentKindError(RuleError):
    """``name`` is neither PNG nor JPEG nor PDF, whatever it is called."""

    code = "attaching.kind"


class AttachmentSizeError(RuleError):
    """``name`` is empty or larger than ``most`` megabytes."""

    code = "attaching.size"


class AttachedAlreadyError(RuleError):
    """The same bytes belong to this batch already, as ``name``."""

    code = "attaching.already"


class AttachmentUnreadableError(StorageError):
    """``path`` could not be read or written, because of ``reason``."""

    code = "attaching.unreadable"


class AttachmentDamagedError(StorageError):
    """The bytes of ``name`` are not those that were attached."""

    code = "attaching.damaged"


def may_attach(actor: Actor) -> bool:
    """Whether this person adds files to batches."""
    return any(actor.may(duty) for duty in _DUTIES)


@dataclass(frozen=True, slots=True)
class Attached:
    """The new file."""

    id: int
    name: str
    content_hash: str
    changes: Changes = frozenset({Topic.STOCK})


class AttachingService:
    """Append-only: a file stays as it was added."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def attach_file(self, *, actor: Actor, batch_id: int, kind: AttachmentKind, path: Path) -> Attached:
        """Raises AttachmentUnreadableError and as ``attach``."""
        try:
            if path.stat().st_size > MOST_BYTES:
                raise AttachmentSizeError(name=path.name, most=MOST_BYTES // 1024**2)
            content = path.read_bytes()
        except OSError as error:
            raise AttachmentUnreadableError(path=str(path), reason=error.strerror or "") from None
        return self.attach(actor=actor, batch_id=batch_id, kind=kind, name=path.name, content=content)

    def attach(self, *, actor: Actor, batch_id: int, kind: AttachmentKind, name: str, content: bytes) -> Attached:
        """The content says what it is, not the name.

        Raises NotEntitledError, AttachmentKindError, AttachmentSizeError, AttachedAlreadyError, NotFoundError.
        """
        if not may_attach(actor):
            raise NotEntitledError(duty=Duty.INSPECT)
        if not 0 < len(content) <= MOST_BYTES:
            raise AttachmentSizeError(name=name, most=MOST_BYTES // 1024**2)
        media_type = next((media for sign, media in _SIGNS if content.startswith(sign)), None)
        if media_type is None:
            raise AttachmentKindError(name=name)
        digest = hashlib.sha256(content).hexdigest()
        with self._database.writing(actor.id) as session:
            if session.get(Batch, batch_id) is None:
                raise NotFoundError
            same = select(Attachment.name).where(Attachment.batch_id == batch_id, Attachment.content_hash == digest)
            known = session.scalar(same)
            if known is not None:
                raise AttachedAlreadyError(name=known)
            row = Attachment(
                batch_id=batch_id,
                kind=kind,
                name=name[:200],
                media_type=media_type,
                size=len(content),
                content=content,
                content_hash=digest,
                added_by=actor.id,
                added_at=self._database.clock(),
            )
            session.add(row)
            session.flush()
            return Attached(row.id, row.name, digest)

    def save(self, attachment_id: int, folder: Path) -> Path:
        """A copy to look at, after its hash was checked. Raises AttachmentDamagedError, AttachmentUnreadableError."""
        with self._database.reading() as session:
            row = session.get_one(Attachment, attachment_id)
            name, digest = Path(row.name).name, row.content_hash
            content = attachment_bytes(session, attachment_id)
        if hashlib.sha256(content).hexdigest() != digest:
            raise AttachmentDamagedError(name=name)
        path = folder / f"{attachment_id}-{name}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            raise AttachmentUnreadableError(path=str(path), reason=error.strerror or "") from None
        return path
