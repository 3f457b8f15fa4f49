"""The text of a recall notice read into clauses, each with its exact quote.

A label ("Lot No.", 批号) opens a run; operators and values join it until another label, another key's value or the
end of the sentence. Nothing is guessed: what carries no label is marked, and every open point is a doubt.
"""

from app.notices.assembling import Assembly
from app.notices.clauses import NoticeReading
from app.notices.scanning import Scan
from app.notices.summaries import summary
from app.notices.tokens import flatten

__all__ = ["read_notice", "summary"]


def read_notice(text: str) -> NoticeReading:
    """All clauses and doubts of a notice in Chinese or English. Never raises; 600,000 characters take under 2 s."""
    flat = flatten(text)
    return Assembly(text, flat, Scan(text, flat).run()).reading()
