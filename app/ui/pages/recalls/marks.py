"""Clauses as marks in a text: which tone each has, and how it reads in one line."""

from collections.abc import Sequence

from app.core.statuses.verdict import Verdict
from app.notices.clauses import Clause, ClauseForm
from app.queries.case_scope import ClauseRow
from app.ui.language import say
from app.ui.widgets.notice_view import Mark
from app.ui.words import look

AnyClause = Clause | ClauseRow
UNKNOWN_LOT = "unknown"
"""What the ledger writes for goods without lots."""
MOST_SAID = 60
"""Values in a line; nobody reads 2,000 lots in one, and laying them out holds the window."""
DOUBTFUL = frozenset({ClauseForm.MASKED, ClauseForm.REFERENCE})


def tone_of(clause: AnyClause) -> str:
    """The tone of what the clause does to a unit that it names."""
    if clause.form is ClauseForm.EXCEPT:
        return look(Verdict.NOT_AFFECTED).tone
    return look(Verdict.NEED_INFO if clause.form in DOUBTFUL else Verdict.AFFECTED).tone


def label_of(clause: AnyClause) -> str:
    """What it speaks of, in two words at most; exceptions and references say that first."""
    if clause.form in (ClauseForm.EXCEPT, ClauseForm.REFERENCE):
        return say(f"recalls.label.{clause.form.value}")
    name = say(f"recalls.label.{clause.key.value}")
    return say("recalls.label.range", what=name) if clause.form is ClauseForm.RANGE else name


def said_of(clause: AnyClause) -> str:
    """The values in one line: ``2509A17, 2509A18`` or ``2510B02 – 2510B04``; a cut-off keeps its open side."""
    if clause.values:
        more = len(clause.values) - MOST_SAID
        said = ", ".join(clause.values[:MOST_SAID])
        return f"{said}, … (+{more})" if more > 0 else said
    if clause.first or clause.last:
        return f"{clause.first or '…'} – {clause.last or '…'}"
    return clause.quote or say("recalls.label.all")


def lot_words(lot_no: str) -> str:
    """The lot as the box has it; in words where nobody knows it."""
    return say("recalls.scope.lot_unknown") if lot_no == UNKNOWN_LOT else lot_no


def verdict_words(verdict: Verdict) -> str:
    """Short enough for the head of a column."""
    return say(f"recalls.verdict.{verdict.value}")


def marks_of(clauses: Sequence[ClauseRow]) -> list[Mark]:
    """The clauses that have a place in the text of the notice itself."""
    here = (one for one in clauses if one.start < one.end and not one.source)
    return [Mark(one.start, one.end, tone_of(one), one.ordinal) for one in here]


def marks_of_reading(clauses: Sequence[Clause]) -> list[Mark]:
    """The same before anything is kept: numbered in the order of the text."""
    return [Mark(one.start, one.end, tone_of(one), number) for number, one in enumerate(clauses, start=1)]
