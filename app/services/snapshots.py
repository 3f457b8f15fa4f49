"""The scope as it was at the launch, frozen as text with a hash: which batches, why, and where every unit lay."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.catalogue import Product
from app.models.functions import moment_text
from app.models.locks import LotLock
from app.models.recalls import RecallCase, RecallClause, ScopeLine
from app.models.stock import Balance, Batch

FORMAT = 1


def freeze_scope(session: Session, case: RecallCase) -> None:
    """Write snapshot and hash into the case; ``launched_at`` must be set. The wall lets them be written once."""
    case.snapshot = snapshot_text(session, case)
    case.snapshot_hash = hashlib.sha256(case.snapshot.encode()).hexdigest()


def snapshot_text(session: Session, case: RecallCase) -> str:
    """Canonical JSON: sorted keys, no blanks, lines in the order of batch, location and state."""
    lines = session.execute(
        select(ScopeLine, Batch, Product.code)
        .join(Batch, Batch.id == ScopeLine.batch_id)
        .join(Product, Product.id == Batch.product_id)
        .where(ScopeLine.case_id == case.id)
        .order_by(ScopeLine.batch_id)
    ).all()
    locks = session.scalars(select(LotLock).where(LotLock.case_id == case.id).order_by(LotLock.id))
    content: dict[str, Any] = {
        "format": FORMAT,
        "case": case.number,
        "notice": case.notice_hash,
        "taken_at": moment_text(case.launched_at) if case.launched_at else "",
        "clauses": [_clause(row) for row in _clauses(session, case.id)],
        "lines": [_line(line, batch, code) for line, batch, code in lines],
        "balances": _balances(session, [batch.id for _, batch, _ in lines]),
        "locks": [[lock.product_id, lock.lot_key, lock.layer] for lock in locks],
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _clauses(session: Session, case_id: int) -> Iterable[RecallClause]:
    statement = select(RecallClause).where(RecallClause.case_id == case_id, RecallClause.removed_by.is_(None))
    return session.scalars(statement.order_by(RecallClause.ordinal))


def _clause(row: RecallClause) -> dict[str, Any]:
    return {
        "ordinal": row.ordinal,
        "key": row.key,
        "form": row.form,
        "quote": row.quote,
        "content": json.loads(row.content),
        "confirmed_by": row.confirmed_by,
    }


def _line(line: ScopeLine, batch: Batch, code: str) -> dict[str, Any]:
    return {
        "batch": batch.id,
        "product": code,
        "lot": batch.lot_no,
        "receipt": batch.receipt_no,
        "verdict": line.verdict.value,
        "quantity": line.quantity,
        "because": json.loads(line.because),
        "decided_by": line.decided_by,
        "decided_reason": line.decided_reason,
    }


def _balances(session: Session, batch_ids: list[int]) -> list[list[Any]]:
    found: list[list[Any]] = []
    for start in range(0, len(batch_ids), 500):
        statement = (
            select(Balance.batch_id, Balance.location_id, Balance.state, Balance.quantity)
            .where(Balance.batch_id.in_(batch_ids[start : start + 500]), Balance.quantity != 0)
            .order_by(Balance.batch_id, Balance.location_id, Balance.state)
        )
        found += [[batch, place, state.value, quantity] for batch, place, state, quantity in session.execute(statement)]
    return found
