"""Notices that arrived in the watched folder and wait for a person to register them or put them aside."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.errors import NotFoundError
from app.core.statuses.agent import NewsState
from app.models.agents import News

SHOWN = 160
"""Characters of the text that a list needs."""


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """``opening`` is the first line with words in it; ``digest`` the SHA-256 of the file as it came."""

    id: int
    file_name: str
    digest: str
    arrived_at: datetime
    opening: str
    length: int


@dataclass(frozen=True, slots=True)
class OriginalRow:
    """A file as it came; ``part`` is which of its notices the case has, the first where it has only one."""

    id: int
    file_name: str
    media_type: str
    digest: str
    arrived_at: datetime
    part: int


def arrivals(session: Session) -> list[ArrivalRow]:
    """The oldest first: it has waited longest."""
    head, length = func.substr(News.text, 1, SHOWN * 3), func.length(News.text)
    query = (
        select(News.id, News.file_name, News.content_hash, News.arrived_at, head, length)
        .where(News.state == NewsState.WAITING)
        .order_by(News.arrived_at, News.id)
    )
    return [
        ArrivalRow(key, name, digest, at, _opening(text), count)
        for key, name, digest, at, text, count in session.execute(query)
    ]


def arrival_row(news: News) -> ArrivalRow:
    """One that waits, as lists show it."""
    return ArrivalRow(
        news.id, news.file_name, news.content_hash, news.arrived_at, _opening(news.text[: SHOWN * 3]), len(news.text)
    )


def original_of(session: Session, case_id: int) -> list[OriginalRow]:
    """The files that a case was made of or that joined it, the first first."""
    query = (
        select(News.id, News.file_name, News.media_type, News.content_hash, News.arrived_at, News.part)
        .where(News.case_id == case_id)
        .order_by(News.settled_at, News.id)
    )
    return [OriginalRow(*found) for found in session.execute(query)]


def original_bytes(session: Session, news_id: int) -> bytes:
    """The file as it came, whichever of its notices is asked for. Raises NotFoundError."""
    digest = select(News.content_hash).where(News.id == news_id).scalar_subquery()
    content = session.scalar(select(News.content).where(News.content_hash == digest, News.part == 1))
    if content is None:
        raise NotFoundError
    return content


def arrival_text(session: Session, news_id: int) -> str:
    """The notice as it came. Raises NotFoundError."""
    text = session.scalar(select(News.text).where(News.id == news_id))
    if text is None:
        raise NotFoundError
    return text


def waiting_since(session: Session) -> tuple[int, datetime | None]:
    """How many wait, and since when the oldest does."""
    count, first = session.execute(
        select(func.count(), func.min(News.arrived_at)).where(News.state == NewsState.WAITING)
    ).one()
    return int(count), first


def _opening(text: str) -> str:
    lines = (line.strip() for line in text.splitlines())
    return next((line for line in lines if line), "")[:SHOWN]
