"""Is this notice known already? The same text again, the same number, or the same product of the same maker.

Only the first is certain. An update of a known notice adds to it and replaces nothing, so a person says which it is.
"""

import hashlib
import json
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.core.lots import lot_key
from app.core.statuses.recall import CaseKind, CaseState
from app.models.recalls import RecallCase, RecallClause
from app.notices.clauses import PRODUCT_KEYS, Clause, ClauseForm, ClauseKey
from app.notices.front_matter import FrontMatter

_SAYS_WHICH = frozenset({*PRODUCT_KEYS, ClauseKey.CERTIFICATE})
SHOWN = 5
SLICE = 1 << 15
SHORTEST_VALUE = 3
"""Characters; a REF "A" says nothing about sameness."""


class Sameness(Enum):
    """Why a case is thought to be about the same recall; the surest first."""

    TEXT = "text"
    NUMBER = "number"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class KnownNotice:
    """A case about the same recall, perhaps."""

    case_id: int
    number: str
    title: str
    state: CaseState
    received_at: datetime
    why: Sameness


def notice_key(text: str) -> str:
    """SHA-256 of the text without blanks, case, width and marks that nobody sees: a copy of a copy has the same."""
    digest = hashlib.sha256()
    for slice_ in _slices(text):
        folded = unicodedata.normalize("NFKC", slice_).casefold()
        digest.update("".join(letter for letter in folded if unicodedata.category(letter)[0] not in "CZ").encode())
    return digest.hexdigest()


def _slices(text: str) -> Iterator[str]:
    """Short enough not to hold the interpreter; no mark is parted from its letter."""
    at = 0
    while at < len(text):
        end = at + SLICE
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        yield text[at:end]
        at = end


def same_text(session: Session, text: str, *, but: int | None = None) -> RecallCase | None:
    """The newest case of this very text that was not withdrawn; drills do not count."""
    statement = _cases().where(RecallCase.notice_key == notice_key(text))
    if but is not None:
        statement = statement.where(RecallCase.id != but)
    return session.scalars(statement.limit(1)).first()


def known_notices(
    session: Session, text: str, front: FrontMatter, clauses: Iterable[Clause], *, manufacturer: str = ""
) -> tuple[KnownNotice, ...]:
    """The surest first, then the newest; ``SHOWN`` at most, each case once."""
    found: dict[int, KnownNotice] = {}
    by_text = _cases().where(RecallCase.notice_key == notice_key(text))
    _take(found, session.scalars(by_text), Sameness.TEXT)
    if front.number is not None:
        by_number = _cases().where(RecallCase.notice_no == front.number.value)
        _take(found, session.scalars(by_number), Sameness.NUMBER)
    maker = lot_key(manufacturer or (front.manufacturer.value if front.manufacturer else ""))
    values = _values(clause for clause in clauses if clause.form is not ClauseForm.EXCEPT)
    alike = _about(session, values)
    cases = session.scalars(_cases().where(RecallCase.id.in_(alike)))
    _take(found, (case for case in cases if _is_same_maker(maker, lot_key(case.manufacturer))), Sameness.PRODUCT)
    return tuple(found.values())[:SHOWN]


def _cases() -> Select[RecallCase]:
    return (
        select(RecallCase)
        .where(RecallCase.state != CaseState.WITHDRAWN, RecallCase.kind != CaseKind.DRILL)
        .order_by(RecallCase.id.desc())
    )


def _take(found: dict[int, KnownNotice], cases: Iterable[RecallCase], why: Sameness) -> None:
    for case in cases:
        known = KnownNotice(case.id, case.number, case.title, case.state, case.notice_received_at, why)
        found.setdefault(case.id, known)


def _values(clauses: Iterable[Clause]) -> frozenset[tuple[str, str]]:
    return frozenset(
        (clause.key.value, lot_key(value))
        for clause in clauses
        if clause.key in _SAYS_WHICH
        for value in clause.values
        if len(value) >= SHORTEST_VALUE
    )


def _about(session: Session, values: Collection[tuple[str, str]]) -> set[int]:
    """The cases one of whose standing clauses names one of the products."""
    if not values:
        return set()
    rows = session.execute(
        select(RecallClause.case_id, RecallClause.key, RecallClause.content).where(
            RecallClause.removed_by.is_(None), RecallClause.key.in_({key for key, _ in values})
        )
    )
    return {
        case_id
        for case_id, key, content in rows
        if any((key, lot_key(value)) in values for value in json.loads(content)["values"])
    }


def _is_same_maker(one: str, other: str) -> bool:
    return not one or not other or one in other or other in one
