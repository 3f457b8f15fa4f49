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
