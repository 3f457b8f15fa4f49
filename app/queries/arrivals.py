"""Is a lot that comes in now named by a recall that runs? It may be one that the hospital never had before.

Locks stand on lots that were received or listed; a lot within a range, or decided by its dates, is found only here.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.statuses.recall import OPEN_STATES, UNLOCKED_KINDS, CaseKind, CaseState, RecallClass
from app.core.statuses.stock import ExpiryPrecision
from app.core.statuses.verdict import Verdict
from app.models.recalls import RecallCase
from app.queries.case_judging import CaseJudge, product_units
from app.queries.case_reading import standing_reading

WATCHED = OPEN_STATES - {CaseState.DRAFT}


_RUNNING = (
    select(RecallCase)
    .where(RecallCase.state.in_(OPEN_STATES), RecallCase.kind != CaseKind.DRILL)
    .order_by(RecallCase.id)
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One label at the receiving bay; ``key`` is the caller's own name for it."""

    key: int
    product_id: int
    lot: str | None
    serial: str | None = None
    production_on: date | None = None
    expiry_on: date | None = None
    precision: ExpiryPrecision | None = None


@dataclass(frozen=True, slots=True)
class RunningRecall:
    """A case whose notice names the arrival, for certain or perhaps."""

    case_id: int
    number: str
    recall_class: RecallClass
    title: str
    verdict: Verdict


def running_cases(session: Session) -> Sequence[RecallCase]:
    """Every open case that is no drill."""
    return session.scalars(_RUNNING).all()


def recalls_against(
    session: Session, arrivals: Sequence[Arrival], running: Sequence[RecallCase]
) -> dict[int, tuple[RunningRecall, ...]]:
    """Per ``key`` the running cases whose product clause names the arrival's product and that do not exclude it.

    Cases that name only lots are left to the locks: at the bay a coincidence of lots would stop half the deliveries.
    """
    found: dict[int, list[RunningRecall]] = defaultdict(list)
    cases = [case for case in running if case.state in WATCHED and case.kind not in UNLOCKED_KINDS]
    if not arrivals or not cases:
        return {}
    products = {unit.id: unit for unit in product_units(session, {arrival.product_id for arrival in arrivals})}
    for case in cases:
        judge = CaseJudge(case, standing_reading(session, case)[0])
        for arrival in arrivals:
            product = products[arrival.product_id]
            if not judge.names(product):
                continue
            unit = product.with_label(
                lot=arrival.lot,
                serial=arrival.serial,
                production_on=arrival.production_on,
                expiry_on=arrival.expiry_on,
                precision=arrival.precision,
            )
            verdict = judge.judge(product, unit).verdict
            if verdict is not Verdict.NOT_AFFECTED:
                found[arrival.key].append(RunningRecall(case.id, case.number, case.recall_class, case.title, verdict))
    return {key: tuple(cases) for key, cases in found.items()}
