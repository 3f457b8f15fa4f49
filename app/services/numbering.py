"""Numbers of documents: readable, sortable, never given twice."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.models.direct import Direct, Question, together

RECEIPT = "RK"
INSPECTION = "YS"
ISSUE = "FF"
USE = "SY"
WARD_RETURN = "TK"
QUARANTINE = "FC"
RETURN = "TC"
DELIVERY = "DN"
TASK = "RW"
CASE = "RC"
PAPER = "WJ"
CORRECTION = "CZ"
KIT = "ZT"
KIT_OPENING = "CT"
DISPOSAL = "XH"
TRANSFER = "DB"
STOCK_TAKE = "PD"


_DRAWN = Direct(text("SELECT nextval('document_number')"))
_COUNTED = Direct(
    text(
        "INSERT INTO number_series (series, last) VALUES (:series, 1)"
        " ON CONFLICT (series) DO UPDATE SET last = number_series.last + 1 RETURNING last"
    )
)
_COUNTED_BY_THE_WALL = Direct(text("SELECT next_in_series(:series)"))
"""Nobody may write the series themselves: a number would come twice."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """A number that is being asked for, perhaps together with other questions."""

    series: str
    question: Question

    @property
    def number(self) -> str:
        """The number, once the question was asked."""
        return f"{self.series}-{self.question.rows[0][0]:04d}"


def asking_number(session: Session, prefix: str, now: datetime) -> Numbering:
    """``FF-261122-0007``: on SQLite counted per day, on PostgreSQL drawn from a sequence that holds nobody up."""
    series = f"{prefix}-{now.astimezone():%y%m%d}"
    is_drawn = session.get_bind().dialect.name == "postgresql"
    return Numbering(series, _DRAWN.asking() if is_drawn else _COUNTED.asking(series=series))


def next_number(session: Session, prefix: str, now: datetime) -> str:
    """The number that ``asking_number`` asks for, at once."""
    return _asked(session, asking_number(session, prefix, now))


def next_case_number(session: Session, now: datetime) -> str:
    """``RC-2026-0017``, counted per year without gaps on both databases."""
    series = f"{CASE}-{now.astimezone():%Y}"
    is_counted_by_the_wall = session.get_bind().dialect.name == "postgresql"
    counted = _COUNTED_BY_THE_WALL if is_counted_by_the_wall else _COUNTED
    return _asked(session, Numbering(series, counted.asking(series=series)))


def _asked(session: Session, numbering: Numbering) -> str:
    together(session, numbering.question)
    return numbering.number
