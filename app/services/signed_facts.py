"""What stands above a signature: facts of the record as people read them, in the order in which the page shows them."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.shown import Facts
from app.core.statuses.stock import Inspection
from app.core.statuses.verdict import Verdict
from app.models.catalogue import Product
from app.models.recalls import RecallCase, ScopeLine
from app.models.stock import Batch, Delivery, DeliveryLine
from app.queries.inspections import CheckAnswer, InspectionCard


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


def exclusion_facts(session: Session, case_id: int, batch_id: int) -> Facts:
    """The case and the batch of which somebody says that the notice does not mean it, with what the notice says."""
    case, batch = session.get_one(RecallCase, case_id), session.get_one(Batch, batch_id)
    product = session.get_one(Product, batch.product_id)
    line = session.scalar(select(ScopeLine).where(ScopeLine.case_id == case_id, ScopeLine.batch_id == batch_id))
    told: Any = json.loads(line.because) if line is not None else {}
    alike = [("looks like", f"{one['lot']} ({one['why']})") for one in told.get("alike", ())]
    return (
        *_head(case),
        ("receipt", batch.receipt_no),
        ("lot", batch.lot_no),
        ("product", f"{product.name_zh} / {product.name_en} {product.ref}"),
        ("the notice says", told.get("machine", "")),
        *alike,
    )


def closing_facts(session: Session, case_id: int) -> Facts:
    """The case with its frozen scope, and the words of the review."""
    case = session.get_one(RecallCase, case_id)
    review = (("scope", case.snapshot_hash), ("root cause", case.root_cause), ("lessons", case.lessons))
    return (*_head(case), *review)


def ending_facts(session: Session, case_id: int) -> Facts:
    """The case that ends without a recall: what it was about and how many batches were compared."""
    case = session.get_one(RecallCase, case_id)
    return (*_head(case), ("compared", case.assessed_count))


def inspection_facts(card: InspectionCard, answers: Sequence[CheckAnswer], outcome: Inspection) -> Facts:
    """The batch, what became of it, and every item of the checklist as it was answered."""
    row = card.row
    batch = (
        ("receipt", row.receipt_no),
        ("lot", row.lot_no),
        ("product", f"{row.product.zh} / {row.product.en} {row.ref}"),
        ("units", row.quantity),
        ("outcome", outcome.value),
    )
    told = {item.key: item.text.zh for item in card.checklist.items}
    words = {True: "yes", False: "no", None: "does not apply"}
    said = [(told[one.item], f"{words[one.passed]} {one.note.strip()}".strip()) for one in answers if one.item in told]
    return (*batch, *said)


def stopped_facts(session: Session, line: DeliveryLine) -> Facts:
    """The line of a delivery that a lock stops, as it stands on the box."""
    product = session.get(Product, line.product_id) if line.product_id is not None else None
    name = f"{product.name_zh} / {product.name_en} {product.ref}" if product else ""
    return (
        ("delivery", session.get_one(Delivery, line.delivery_id).number),
        ("line", line.line_no),
        ("product", name),
        ("lot", line.lot_no),
        ("serial", line.serial_no),
        ("expiry", line.expiry_on or ""),
        ("units", line.packages * line.units),
    )


def _head(case: RecallCase) -> Facts:
    return (
        ("case", case.number),
        ("title", case.title),
        ("class", case.recall_class.value),
        ("treatment", case.treatment.value),
        ("notice", case.notice_hash),
    )
