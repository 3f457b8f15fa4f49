"""Numbers of documents: readable, sortable, never given twice."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

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


def next_number(session: Session, prefix: str, now: datetime) -> str:
    """``FF-261122-0007``: on SQLite counted per day, on PostgreSQL drawn from a sequence that holds nobody up."""
    series = f"{prefix}-{now.astimezone():%y%m%d}"
    return f"{series}-{_next(session, series):04d}"


def next_case_number(session: Session, now: datetime) -> str:
    """``RC-2026-0017``, counted per year without gaps on both databases."""
    series = f"{CASE}-{now.astimezone():%Y}"
    return f"{series}-{_count(session, series):04d}"


def _next(session: Session, series: str) -> int:
    if session.get_bind().dialect.name == "postgresql":
        return int(session.execute(text("SELECT nextval('document_number')")).scalar_one())
    return _count(session, series)


def _count(session: Session, series: str) -> int:
    session.execute(
        text("INSERT INTO number_series (series, last) VALUES (:series, 0) ON CONFLICT DO NOTHING"), {"series": series}
    )
    return int(
        session.execute(
            text("UPDATE number_series SET last = last + 1 WHERE series = :series RETURNING last"), {"series": series}
        ).scalar_one()
    )
