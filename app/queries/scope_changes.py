"""Batches whose lot was corrected after a case was assessed: newly meant, or no longer meant and not decided yet."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select, text
from sqlalchemy.orm import Session, aliased

from app.core.actor import Bilingual
from app.core.statuses.verdict import Verdict
from app.models.catalogue import Product
from app.models.persons import Person
from app.models.recalls import ScopeChange, ScopeLine
from app.models.stock import Batch
from app.models.supplements import BatchSupplement

MILDEST_FIRST = (Verdict.NOT_AFFECTED, Verdict.NEED_INFO, Verdict.AFFECTED)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One correction as the case sees it: who wrote the lot anew, when and why, and what the notice says of it now.

    ``is_open``: the notice no longer means it, and nobody has decided; until then it stays in the case, and locked.
    ``decided`` is a person's verdict on it, with ``decided_by`` and ``decided_reason``.
    """

    batch_id: int
    product: Bilingual
    ref: str
    lot_before: str
    lot_now: str
    before: Verdict
    after: Verdict
    by: Bilingual
    second: Bilingual | None
    at: datetime
    reason: str
    is_locked: bool
    is_open: bool
    decided: Verdict | None = None
    decided_by: Bilingual | None = None
    decided_reason: str = ""

    @property
    def is_newly_meant(self) -> bool:
        """The correction brought it into the case."""
        return MILDEST_FIRST.index(self.after) > MILDEST_FIRST.index(self.before)


def scope_changes(session: Session, case_id: int) -> list[ChangeRow]:
    """The last correction of each batch, those that wait for a decision first."""
    second = aliased(Person)
    statement = (
        select(ScopeChange, BatchSupplement, Batch, Product, Person, second, ScopeLine.verdict)
        .join(BatchSupplement, BatchSupplement.id == ScopeChange.supplement_id)
        .join(Batch, Batch.id == ScopeChange.batch_id)
        .join(Product, Product.id == Batch.product_id)
        .join(Person, Person.id == ScopeChange.person_id)
        .outerjoin(second, second.id == BatchSupplement.second_person_id)
        .outerjoin(ScopeLine, (ScopeLine.case_id == case_id) & (ScopeLine.batch_id == ScopeChange.batch_id))
        .where(ScopeChange.id.in_(_last(case_id, is_decision=False)))
        .order_by(ScopeChange.id.desc())
    )
    decisions = _decisions(session, case_id)
    locked = _locked(session)
    rows = [
        _row(*found, decision=decisions.get(found[0].batch_id), is_locked=found[0].batch_id in locked)
        for found in session.execute(statement).all()
    ]
    return sorted(rows, key=lambda row: not row.is_open)


def open_changes(session: Session, case_id: int) -> int:
    """How many batches wait for a decision."""
    return sum(row.is_open for row in scope_changes(session, case_id))


def last_word(session: Session, case_id: int, batch_id: int) -> Verdict | None:
    """What the notice said of the batch when its lot was last corrected; None: it never was."""
    statement = select(ScopeChange.after).where(
        ScopeChange.case_id == case_id, ScopeChange.batch_id == batch_id, ScopeChange.supplement_id.is_not(None)
    )
    return session.scalar(statement.order_by(ScopeChange.id.desc()).limit(1))


def decided_changes(session: Session, case_id: int) -> frozenset[int]:
    """Batches of which a person decided that the notice means only a spelling that was corrected."""
    rows = session.scalars(
        select(ScopeChange).where(
            ScopeChange.id.in_(_last(case_id)),
            ScopeChange.supplement_id.is_(None),
            ScopeChange.after == Verdict.NOT_AFFECTED,
        )
    )
    return frozenset(row.batch_id for row in rows)


def _last(case_id: int, *, is_decision: bool | None = None) -> Select[int]:
    statement = select(func.max(ScopeChange.id)).where(ScopeChange.case_id == case_id)
    if is_decision is not None:
        is_one = ScopeChange.supplement_id.is_(None)
        statement = statement.where(is_one if is_decision else ~is_one)
    return statement.group_by(ScopeChange.batch_id)


def _decisions(session: Session, case_id: int) -> dict[int, tuple[ScopeChange, Person]]:
    statement = (
        select(ScopeChange, Person)
        .join(Person, Person.id == ScopeChange.person_id)
        .where(ScopeChange.id.in_(_last(case_id, is_decision=True)))
    )
    return {change.batch_id: (change, person) for change, person in session.execute(statement)}


def _locked(session: Session) -> frozenset[int]:
    statement = text("SELECT batch_id FROM batch_layer WHERE layer IN ('on_hold', 'recall_quarantine')")
    return frozenset(session.execute(statement).scalars())


def _row(
    change: ScopeChange,
    supplement: BatchSupplement,
    batch: Batch,
    product: Product,
    person: Person,
    second: Person | None,
    verdict: Verdict | None,
    *,
    decision: tuple[ScopeChange, Person] | None,
    is_locked: bool,
) -> ChangeRow:
    decided = decision if decision is not None and decision[0].id > change.id else None
    stands = MILDEST_FIRST.index(verdict or Verdict.NOT_AFFECTED)
    return ChangeRow(
        batch.id,
        Bilingual(product.name_zh, product.name_en),
        product.ref,
        supplement.old_value,
        supplement.new_value,
        change.before,
        change.after,
        _name(person),
        _name(second) if second else None,
        change.at,
        supplement.reason,
        is_locked,
        decided is None and MILDEST_FIRST.index(change.after) < stands,
        decided[0].after if decided else None,
        _name(decided[1]) if decided else None,
        decided[0].reason if decided else "",
    )


def _name(person: Person) -> Bilingual:
    return Bilingual(person.name_zh, person.name_en)
