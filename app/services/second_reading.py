"""A notice of class I is read by two persons (双人复核): what the first confirmed, another reads again and signs."""

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.permissions import Duty, NotEntitledError
from app.core.shown import Facts
from app.core.statuses.recall import SIGNED_ACTS, CaseAct
from app.models.database import Database
from app.models.recalls import RecallCase, RecallClause
from app.models.refusals import OwnSecondError
from app.queries.case_reading import all_rows, from_row, standing
from app.services.diary import CASE_CHANGES, Act, Done, enter, open_case
from app.services.launching import UnconfirmedError
from app.services.registering import BEFORE_LAUNCH
from app.services.repeating import once
from app.services.signing_in import SigningInService, demand_signed

READING = SIGNED_ACTS[CaseAct.READ_AGAIN]
SHOWN = 40
"""So many clauses stand in words above the signature; all of them stand in the digest."""
_DUTIES = (Duty.RUN_RECALL, Duty.APPROVE_RECALL)


def may_read_again(actor: Actor) -> bool:
    """Whoever runs or approves recalls; not the person who confirmed."""
    return any(actor.may(duty) for duty in _DUTIES)


class SecondReadingService:
    """Duty: RUN_RECALL or APPROVE_RECALL, of another person than the one who confirmed or entered the clauses."""

    def __init__(self, database: Database, signing: SigningInService) -> None:
        self._database, self._signing = database, signing

    @once
    def read_again(self, *, actor: Actor, op_id: str, case_id: int, version: int | None = None) -> Done:
        """All confirmed clauses have been read again; ``actor`` has signed the ``op_id``.

        Raises NotEntitledError, UnconfirmedError, OwnSecondError, UnsignedError, CaseStateError, ConflictError.
        """
        if not may_read_again(actor):
            raise NotEntitledError(duty=Duty.RUN_RECALL)
        with self._database.writing(actor.id) as session:
            case = open_case(session, case_id, version, BEFORE_LAUNCH)
            rows = [row for row in standing(all_rows(session, case.id)) if row.second_by is None]
            unconfirmed = [row.ordinal for row in rows if row.confirmed_by is None]
            if unconfirmed:
                raise UnconfirmedError(numbers=unconfirmed)
            if any(actor.id in (row.confirmed_by, row.entered_by) for row in rows):
                raise OwnSecondError
            demand_signed(session, op_id=op_id, person_id=actor.id, meaning=READING)
            for row in rows:
                row.second_by = actor.id
            enter(session, self._database, case.id, Act(op_id, CaseAct.READ_AGAIN, actor, quantity=len(rows)))
        return Done(CASE_CHANGES)

    def read_again_in_place(
        self, *, actor: Actor, op_id: str, case_id: int, login: str, password: str, version: int | None = None
    ) -> Actor:
        """The second reader signs with a fresh password while ``actor`` stays signed in, or is ``actor``.

        Raises what ``read_again`` and ``SigningInService.sign`` raise.
        """
        with self._database.reading() as session:
            facts = reading_facts(session, case_id)
        with self._signing.present(login, password):
            second = self._signing.sign_as(
                first=actor, login=login, password=password, op_id=op_id, meaning=READING, facts=facts
            )
            self.read_again(actor=second, op_id=op_id, case_id=case_id, version=version)
        return second


def reading_facts(session: Session, case_id: int) -> Facts:
    """The case, its notice, and every clause as it stands: the first in words, all in one digest."""
    case = session.get_one(RecallCase, case_id)
    rows = session.scalars(
        select(RecallClause)
        .where(RecallClause.case_id == case_id, RecallClause.removed_by.is_(None))
        .order_by(RecallClause.ordinal, RecallClause.id)
    ).all()
    whole = "\n".join(f"{row.ordinal} {row.key} {row.form} {row.content}" for row in rows)
    said = [(f"clause {row.ordinal}", _said(row)) for row in rows[:SHOWN]]
    return (
        ("case", case.number),
        ("notice", case.notice_hash),
        ("clauses", len(rows)),
        *said,
        ("all clauses", hashlib.sha256(whole.encode()).hexdigest()),
    )


def _said(row: RecallClause) -> str:
    clause = from_row(row)
    limits = f"{clause.first or ''} – {clause.last or ''}" if clause.first or clause.last else ""
    return f"{row.key} {row.form} {', '.join(clause.values[:SHOWN]) or limits or clause.quote}"[:300]
