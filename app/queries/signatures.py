"""Electronic signatures as an auditor reads them: who, when, meaning what, under which words, and whether they hold."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.shown import digest
from app.models.persons import Person, Signature

MOST = 300


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """``content`` is what was shown; ``holds``: its SHA-256, computed again now, is the one that was kept."""

    id: int
    op_id: str
    person: Bilingual
    meaning: str
    reason: str
    content: str
    content_hash: str
    signed_at: datetime
    holds: bool


def signatures(session: Session, *, words: str = "") -> list[SignatureRow]:
    """The newest first; ``words`` are looked for in what was shown, the reason and the operation."""
    query = select(Signature, Person).join(Person, Person.id == Signature.person_id)
    if words.strip():
        sought = words.strip()
        found = (Signature.content, Signature.reason, Signature.op_id, Person.login)
        query = query.where(or_(*(column.icontains(sought, autoescape=True) for column in found)))
    return [
        SignatureRow(
            row.id,
            row.op_id,
            Bilingual(person.name_zh, person.name_en),
            row.meaning,
            row.reason,
            row.content,
            row.content_hash,
            row.signed_at,
            digest(row.content) == row.content_hash and bool(row.content),
        )
        for row, person in session.execute(query.order_by(Signature.id.desc()).limit(MOST))
    ]
