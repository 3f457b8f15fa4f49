"""Clauses of a case as they are stored: the JSON of a clause, and the reading that the standing clauses make up.

A file that joined the case later, the list to which the notice points, is part of what it says. A person may correct
what the program read. What is removed stays a loose code of the text: a unit that carries it
is never called not affected by the machine.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.lots import lot_key
from app.core.statuses.recall import CaseAct, RecallClass
from app.models.agents import News
from app.models.recalls import CaseEntry, RecallCase, RecallClause
from app.notices.clauses import IDENTITY_KEYS, PRODUCT_KEYS, Clause, ClauseForm, ClauseKey, NoticeReading
from app.notices.reader import read_notice

_BY_CLAUSES = "no_clause"
_BY_NAME = "certificate_only"
_BY_FILE = frozenset({"see_attachment", "vague", _BY_NAME})
"""Doubts of a notice that are answered by the file to which it points."""
_NAMING_KEYS = frozenset(key.value for key in (*PRODUCT_KEYS, *IDENTITY_KEYS))


def to_json(clause: Clause) -> str:
    """The clause as it is stored in ``recall_clause.content``."""
    content: dict[str, Any] = {
        "values": list(clause.values),
        "first": clause.first,
        "last": clause.last,
        "first_inclusive": clause.first_inclusive,
        "last_inclusive": clause.last_inclusive,
        "scope": list(clause.scope),
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def from_row(row: RecallClause) -> Clause:
    """The stored clause as the judge takes it."""
    content = json.loads(row.content)
    return Clause(
        key=ClauseKey(row.key),
        form=ClauseForm(row.form),
        quote=row.quote,
        start=row.start,
        end=row.end,
        values=tuple(content["values"]),
        first=content["first"],
        last=content["last"],
        first_inclusive=content["first_inclusive"],
        last_inclusive=content["last_inclusive"],
        scope=tuple(content["scope"]),
    )


def to_row(case_id: int, ordinal: int, clause: Clause, entered_by: int | None) -> RecallClause:
    """A new row; what a person enters is confirmed by that person."""
    return RecallClause(
        case_id=case_id,
        ordinal=ordinal,
        key=clause.key.value,
        form=clause.form.value,
        content=to_json(clause),
        quote=clause.quote,
        start=clause.start,
        end=clause.end,
        confirmed_by=entered_by,
        removed_by=None,
        entered_by=entered_by,
    )


def all_rows(session: Session, case_id: int) -> list[RecallClause]:
    """Every version of every clause, in the order of their numbers."""
    statement = select(RecallClause).where(RecallClause.case_id == case_id)
    return list(session.scalars(statement.order_by(RecallClause.ordinal, RecallClause.id)))


def standing(rows: Iterable[RecallClause]) -> list[RecallClause]:
    """The versions that count."""
    return [row for row in rows if row.removed_by is None]


def read_once(session: Session, case: RecallCase) -> list[int]:
    """The numbers of the clauses of a class I case that no second person has read; of other classes none."""
    if case.recall_class is not RecallClass.I:
        return []
    return [row.ordinal for row in standing(all_rows(session, case.id)) if row.second_by is None]


def settled_doubts(session: Session, case_id: int) -> frozenset[str]:
    """Codes of the doubts that a person has settled, with the reason in the diary."""
    statement = select(CaseEntry.document_no).where(
        CaseEntry.case_id == case_id, CaseEntry.act == CaseAct.DOUBT_SETTLED
    )
    return frozenset(session.scalars(statement))


def open_doubts(session: Session, case: RecallCase, rows: Sequence[RecallClause]) -> tuple[str, ...]:
    """Doubts of the notice and of the files that joined it, which nobody has settled."""
    settled = set(settled_doubts(session, case.id))
    if standing(rows):
        settled.add(_BY_CLAUSES)
    if any(row.key in _NAMING_KEYS for row in standing(rows)):
        settled.add(_BY_NAME)
    joined = joined_texts(session, rows)
    answered = _BY_FILE if joined else frozenset[str]()
    of_notice = [doubt for doubt in read_notice(case.notice_text).doubts if doubt not in answered]
    of_files = [doubt for text in joined for doubt in read_notice(text).doubts]
    return tuple(doubt for doubt in dict.fromkeys([*of_notice, *of_files]) if doubt not in settled)


def joined_texts(session: Session, rows: Iterable[RecallClause]) -> list[str]:
    """The texts of the files whose clauses stand in the case."""
    ids = {row.news_id for row in rows if row.news_id is not None and row.removed_by is None}
    return list(session.scalars(select(News.text).where(News.id.in_(ids)).order_by(News.id))) if ids else []


def standing_reading(session: Session, case: RecallCase) -> tuple[NoticeReading, list[int]]:
    """What the notice says after all corrections, and the number that people see for each clause."""
    rows = all_rows(session, case.id)
    kept = standing(rows)
    clauses = tuple(from_row(row) for row in kept)
    claimed = _values(clauses)
    texts = [case.notice_text, *joined_texts(session, rows)]
    readings = [read_notice(text) for text in texts]
    loose = frozenset[str]().union(*(one.leftovers for one in readings))
    printed = frozenset[str]().union(*(one.printed for one in readings)) - claimed
    loose |= _values(from_row(row) for row in rows if row.removed_by)
    doubts = open_doubts(session, case, rows)
    reading = NoticeReading(clauses, bool(clauses) and not doubts, doubts, frozenset(loose - claimed), printed)
    return reading, [row.ordinal for row in kept]


def _values(clauses: Iterable[Clause]) -> frozenset[str]:
    return frozenset(lot_key(value) for clause in clauses for value in clause.values) - {""}
