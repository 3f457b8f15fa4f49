"""A notice that came as a file: brought in once, kept as it came, and settled by a person.

A case is made of it, it joins a case that there is, or it is put aside with the reason.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.changes import Changes, Topic
from app.core.errors import ConflictError, NotFoundError, RuleError, StorageError
from app.core.permissions import Duty
from app.core.statuses.agent import NewsState
from app.interchange.notice_files import LARGEST, FileTooLargeError, NoticeFile, read_notice_file
from app.models.agents import News
from app.models.database import Database
from app.models.recalls import RecallCase
from app.queries.news import ArrivalRow, arrival_row, original_bytes
from app.services.repeating import once

LONGEST_REASON, LONGEST_NAME = 400, 200


class ArrivalSettledError(ConflictError):
    """Somebody else has registered or put aside ``name`` meanwhile."""

    code = "arrival_settled"


class ArrivalReasonError(RuleError):
    """A notice is not put aside without a word why."""

    code = "arrival_reason"


class FileUnreadableError(StorageError):
    """``path`` could not be read or written, because of ``reason``."""

    code = "arrival_unreadable"


class FileKnownError(RuleError):
    """The very bytes of ``name`` came before, and are with the case ``number``."""

    code = "arrival_known"


class FileAsideError(RuleError):
    """The very bytes of ``name`` came before and were put aside, because of ``reason``."""

    code = "arrival_aside"


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """The notices of one file, waiting; ``text`` is that of the first."""

    rows: tuple[ArrivalRow, ...]
    text: str
    changes: Changes = frozenset({Topic.RECALLS})


@dataclass(frozen=True, slots=True)
class PutAside:
    """The notice waits no longer."""

    changes: Changes = frozenset({Topic.RECALLS})


class ArrivingService:
    """Duty: RUN_RECALL. A case is made of a notice by ``RegisteringService``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def bring_in(self, *, actor: Actor, name: str, content: bytes) -> BroughtIn:
        """Keep a file as it came, with what it says; one that waits already is found again, whoever brought it.

        Raises NotEntitledError, what ``read_notice_file`` raises, FileKnownError, FileAsideError.
        """
        actor.demand(Duty.RUN_RECALL)
        file = read_notice_file(name, content)
        with self._database.writing(actor.id) as session:
            rows = kept_before(session, content) or put_down(session, name, content, file, self._database.clock())
            waiting = [row for row in rows if row.state is NewsState.WAITING]
            if not waiting:
                raise _settled(session, name, rows[0])
            return BroughtIn(tuple(arrival_row(row) for row in waiting), waiting[0].text)

    def bring_in_file(self, *, actor: Actor, path: Path) -> BroughtIn:
        """As ``bring_in``, of a file on disk. Raises FileUnreadableError too."""
        try:
            if path.stat().st_size > LARGEST:
                raise FileTooLargeError(name=path.name, most=LARGEST // 1024**2)
            content = path.read_bytes()
        except OSError as error:
            raise FileUnreadableError(path=str(path), reason=error.strerror or "") from None
        return self.bring_in(actor=actor, name=path.name, content=content)

    def save_original(self, news_id: int, folder: Path) -> Path:
        """A copy of the file as it came, to look at. Raises FileUnreadableError where it cannot be written."""
        with self._database.reading() as session:
            name, content = session.get_one(News, news_id).file_name, original_bytes(session, news_id)
        path = folder / f"{news_id}-{Path(name).name}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            raise FileUnreadableError(path=str(path), reason=error.strerror or "") from None
        return path

    @once
    def put_aside(self, *, actor: Actor, op_id: str, news_id: int, reason: str) -> PutAside:
        """It concerns nobody here: the row and the file stay, with who said so and why.

        Raises NotEntitledError, ArrivalReasonError, ArrivalSettledError.
        """
        actor.demand(Duty.RUN_RECALL)
        if not reason.strip():
            raise ArrivalReasonError
        with self._database.writing(actor.id) as session:
            row = waiting_arrival(session, news_id)
            row.state, row.settled_reason = NewsState.ASIDE, reason.strip()[:LONGEST_REASON]
            row.settled_by, row.settled_at = actor.id, self._database.clock()
        return PutAside()


def kept_before(session: Session, content: bytes) -> Sequence[News]:
    """The rows of a file with these very bytes, in the order of their parts."""
    digest = hashlib.sha256(content).hexdigest()
    return session.scalars(select(News).where(News.content_hash == digest).order_by(News.part)).all()


def put_down(session: Session, name: str, content: bytes, file: NoticeFile, now: datetime) -> list[News]:
    """A row for each notice of the file; the bytes stand in the first."""
    digest = hashlib.sha256(content).hexdigest()
    rows = [
        News(
            file_name=name[:LONGEST_NAME],
            content_hash=digest,
            part=part,
            media_type=file.media_type,
            content=content if part == 1 else b"",
            text=text,
            arrived_at=now,
            state=NewsState.WAITING,
            trouble="",
        )
        for part, text in enumerate(file.texts, start=1)
    ]
    session.add_all(rows)
    session.flush()
    return rows


def _settled(session: Session, name: str, row: News) -> RuleError:
    if row.case_id is None:
        return FileAsideError(name=name, reason=row.settled_reason)
    return FileKnownError(name=name, number=session.get_one(RecallCase, row.case_id).number)


def waiting_arrival(session: Session, news_id: int) -> News:
    """Held until the end of the transaction. Raises NotFoundError, ArrivalSettledError."""
    row = session.get(News, news_id, with_for_update=True)
    if row is None:
        raise NotFoundError
    if row.state is not NewsState.WAITING:
        raise ArrivalSettledError(name=row.file_name)
    return row
