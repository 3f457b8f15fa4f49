"""What stands above a signature on a recall case: facts of the record, in the order in which the page shows them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.shown import Facts
from app.core.statuses.verdict import Verdict
from app.models.recalls import RecallCase, ScopeLine
from app.models.stock import Batch


def approval_facts(session: Session, case_id: int) -> Facts:
    """The case and every batch that the approval would lock."""
    case = session.get_one(RecallCase, case_id)
    query = (
        select(Batch.receipt_no, Batch.lot_no)
        .join(ScopeLine, ScopeLine.batch_id == Batch.id)
        .where(ScopeLine.case_id == case_id, ScopeLine.verdict == Verdict.AFFECTED)
        .order_by(Batch.receipt_no)
    )
    batches = [("batch", f"{receipt} {lot}") for receipt, lot in session.execute(query)]
    return (*_head(case), *batches)


def closing_facts(session: Session, case_id: int) -> Facts:
    """The case with its frozen scope, and the words of the review."""
    case = session.get_one(RecallCase, case_id)
    review = (("scope", case.snapshot_hash), ("root cause", case.root_cause), ("lessons", case.lessons))
    return (*_head(case), *review)


def _head(case: RecallCase) -> Facts:
    return (
        ("case", case.number),
        ("title", case.title),
        ("class", case.recall_class.value),
        ("treatment", case.treatment.value),
        ("notice", case.notice_hash),
    )
