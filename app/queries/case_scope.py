"""The notice's clauses and the verdict on every batch, as people read them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Select, select, text
from sqlalchemy.orm import Session, aliased

from app.core.actor import Bilingual
from app.core.statuses.verdict import Verdict
from app.core.words import text as word
from app.models.agents import News
from app.models.catalogue import Product, Supplier
from app.models.persons import Person
from app.models.recalls import RecallClause, ScopeLine
from app.models.stock import Batch
from app.notices.clauses import ClauseForm, ClauseKey

_DOUBTFUL_FORMS = frozenset({ClauseForm.MASKED, ClauseForm.REFERENCE})


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """One standing clause; ``notice_text[start:end] == quote``, empty where a person entered it.

    ``leads_to`` is what it does to a unit that it names: affected, not affected (an exception), or in doubt.
    """

    id: int
    ordinal: int
    key: ClauseKey
    form: ClauseForm
    values: tuple[str, ...]
    first: str | None
    last: str | None
    first_inclusive: bool
    last_inclusive: bool
    scope: tuple[str, ...]
    quote: str
    start: int
    end: int
    confirmed_by: Bilingual | None
    entered_by: Bilingual | None
    second_by: Bilingual | None = None
    source: str = ""
    """The file that it was read in, where that is not the notice itself; then ``start`` and ``end`` are of its text."""

    @property
    def leads_to(self) -> Verdict:
        if self.form is ClauseForm.EXCEPT:
            return Verdict.NOT_AFFECTED
        return Verdict.NEED_INFO if self.form in _DOUBTFUL_FORMS else Verdict.AFFECTED

    @property
    def said(self) -> str:
        """The values in one line: ``2509A17, 2509A18`` or ``2510B02 – 2510B04``."""
        if self.values:
            return ", ".join(self.values)
        if self.first or self.last:
            return f"{self.first or '…'} – {self.last or '…'}"
        return self.quote


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """Why: the sentence in both languages, and the number of the clause that says so."""

    text: Bilingual
    clause: int | None


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """The verdict on one batch. ``machine`` is what the notice itself says; ``alike`` names lots that look like it.

    ``is_decidable``: a person may decide it (the notice does not say "affected" beyond doubt).
    """

    batch_id: int
    product_id: int
    product: Bilingual
    spec: str
    ref: str
    lot_no: str
    receipt_no: str
    supplier: Bilingual
    production_on: date | None
    expiry_on: date | None
    received_at: datetime
    quantity: int
    verdict: Verdict
    machine: Verdict
    reasons: tuple[ReasonRow, ...]
    alike: tuple[Bilingual, ...]
    decided_by: Bilingual | None
    decided_reason: str
    is_held: bool
    is_recall_locked: bool

    @property
    def is_decidable(self) -> bool:
        return self.machine is not Verdict.AFFECTED

    @property
    def clauses(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(reason.clause for reason in self.reasons if reason.clause is not None))


def clause_rows(session: Session, case_id: int) -> list[ClauseRow]:
    """The standing clauses, in the order of their numbers."""
    confirmer, enterer, second = aliased(Person), aliased(Person), aliased(Person)
    statement = (
        select(RecallClause, confirmer, enterer, second, News.file_name)
        .outerjoin(confirmer, confirmer.id == RecallClause.confirmed_by)
        .outerjoin(enterer, enterer.id == RecallClause.entered_by)
        .outerjoin(second, second.id == RecallClause.second_by)
        .outerjoin(News, News.id == RecallClause.news_id)
        .where(RecallClause.case_id == case_id, RecallClause.removed_by.is_(None))
        .order_by(RecallClause.ordinal, RecallClause.id)
    )
    return [_clause(*found) for found in session.execute(statement)]


def _clause(
    row: RecallClause, confirmed: Person | None, entered: Person | None, second: Person | None, source: str | None
) -> ClauseRow:
    content = json.loads(row.content)
    return ClauseRow(
        row.id,
        row.ordinal,
        ClauseKey(row.key),
        ClauseForm(row.form),
        tuple(content["values"]),
        content["first"],
        content["last"],
        content["first_inclusive"],
        content["last_inclusive"],
        tuple(content["scope"]),
        row.quote,
        row.start,
        row.end,
        named(confirmed),
        named(entered),
        named(second),
        source or "",
    )


def named(person: Person | None) -> Bilingual | None:
    """A person's name; None stays None."""
    return Bilingual(person.name_zh, person.name_en) if person else None


def scope_rows(session: Session, case_id: int, *verdicts: Verdict) -> list[ScopeRow]:
    """The lines with these verdicts (without any: all), by lot; three statements."""
    statement = _lines().where(ScopeLine.case_id == case_id)
    if verdicts:
        statement = statement.where(ScopeLine.verdict.in_(verdicts))
    found = session.execute(statement.order_by(Batch.lot_key, Batch.id)).all()
    layers = _layers(session)
    return [_line(*row, layers=layers) for row in found]


def _lines() -> Select[ScopeLine, Batch, Product, Supplier, Person]:
    return (
        select(ScopeLine, Batch, Product, Supplier, Person)
        .join(Batch, Batch.id == ScopeLine.batch_id)
        .join(Product, Product.id == Batch.product_id)
        .join(Supplier, Supplier.id == Batch.supplier_id)
        .outerjoin(Person, Person.id == ScopeLine.decided_by)
    )


def _layers(session: Session) -> Mapping[str, frozenset[int]]:
    found: dict[str, set[int]] = {"on_hold": set(), "recall_quarantine": set()}
    statement = text("SELECT batch_id, layer FROM batch_layer WHERE layer IN ('on_hold', 'recall_quarantine')")
    for batch_id, layer in session.execute(statement):
        found[layer].add(batch_id)
    return {layer: frozenset(ids) for layer, ids in found.items()}


def _line(
    line: ScopeLine,
    batch: Batch,
    product: Product,
    supplier: Supplier,
    decider: Person | None,
    *,
    layers: Mapping[str, frozenset[int]],
) -> ScopeRow:
    because = json.loads(line.because)
    return ScopeRow(
        batch.id,
        product.id,
        Bilingual(product.name_zh, product.name_en),
        product.spec,
        product.ref,
        batch.lot_no,
        batch.receipt_no,
        Bilingual(supplier.name_zh, supplier.name_en),
        batch.production_on,
        batch.expiry_on,
        batch.received_at,
        line.quantity,
        line.verdict,
        Verdict(because["machine"]),
        tuple(_reason(reason) for reason in because["reasons"]),
        _alike(because["alike"]),
        named(decider),
        line.decided_reason,
        batch.id in layers["on_hold"],
        batch.id in layers["recall_quarantine"],
    )


def _reason(stored: Mapping[str, Any]) -> ReasonRow:
    values: dict[str, Any] = dict(stored["values"])
    if "key" in values:
        values["key"] = ClauseKey(values["key"])
    for name, value in values.items():
        if isinstance(value, dict):
            names = cast("Mapping[str, str]", value)
            values[name] = Bilingual(names["zh"], names["en"])
    return ReasonRow(both(stored["text"], **values), stored["clause"])


def _alike(stored: Sequence[Mapping[str, str]]) -> tuple[Bilingual, ...]:
    return tuple(
        Bilingual(
            f"{one['lot']}（{word('notices.look_alike.' + one['why'], 'zh')}）",
            f"{one['lot']} ({word('notices.look_alike.' + one['why'], 'en')})",
        )
        for one in stored
    )


def both(key: str, /, **values: Any) -> Bilingual:
    """A sentence of the catalogue in both languages."""
    return Bilingual(word(key, "zh", **values), word(key, "en", **values))
