"""What a case still lacks before it may be closed, item by item, and the five stamps that prove it was carried out.

The five steps are those of Joint Commission EC.02.01.01 EP 11: received, sent to all departments, feedback, returned
as demanded, sender told.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.core.errors import NotFoundError
from app.core.statuses.recall import FINISHED_TASKS, TAKEN_AWAY, UNLOCKED_KINDS, CaseAct, CaseKind
from app.core.statuses.stock import StockState
from app.models.kits import KitContent
from app.models.persons import Person
from app.models.places import Location
from app.models.recalls import CaseEntry, DepartmentTask, RecallCase, ReturnShipment, ScopeLine
from app.models.stock import Balance
from app.queries.case_scope import both, named
from app.queries.impact import affected
from app.queries.scope_changes import open_changes
from app.queries.taken_back import still_gone

OWN_READING = (CaseAct.CLAUSE_CORRECTED, CaseAct.CLAUSE_REMOVED, CaseAct.CLAUSE_ADDED)
FREE = (StockState.IN_STOCK, StockState.PAR, StockState.IN_TRANSIT)


class ClosingItem(Enum):
    """One line of the closing checklist."""

    TASKS = "tasks"
    SCOPE_CHANGES = "scope_changes"
    FREE_STOCK = "free_stock"
    IN_TRANSIT = "in_transit"
    UNCOUNTED = "uncounted"
    QUARANTINE = "quarantine"
    SHIPMENTS = "shipments"
    RECEIVED = "received"
    DISTRIBUTED = "distributed"
    FEEDBACK = "feedback"
    RETURNED = "returned"
    REPLIED = "replied"
    ROOT_CAUSE = "root_cause"
    LESSONS = "lessons"


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """One item: done, or open with ``count`` units (tasks, shipments) and a sentence that says what is missing."""

    item: ClosingItem
    is_done: bool
    count: int
    name: Bilingual
    missing: Bilingual | None


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One of the five steps; ``at`` None while it is open."""

    step: str
    at: datetime | None
    by: Bilingual | None
    document_no: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """The whole list at one moment."""

    rows: tuple[ChecklistRow, ...]
    evidence: tuple[EvidenceRow, ...]

    @property
    def open_rows(self) -> tuple[ChecklistRow, ...]:
        return tuple(row for row in self.rows if not row.is_done)

    @property
    def is_complete(self) -> bool:
        return not self.open_rows


def closing_checklist(session: Session, case_id: int) -> Checklist:
    """Raises NotFoundError."""
    case = session.get(RecallCase, case_id)
    if case is None:
        raise NotFoundError
    evidence = evidence_of(session, case)
    needed = [row for row in evidence if row.step != "replied" or case.kind is not CaseKind.DRILL]
    stamps = [_row(ClosingItem(row.step), 0 if row.at else 1) for row in needed]
    words = [
        _row(ClosingItem.ROOT_CAUSE, 0 if case.root_cause.strip() else 1),
        _row(ClosingItem.LESSONS, 0 if case.lessons.strip() else 1),
    ]
    return Checklist((*_tasks(session, case), *_goods(session, case), *stamps, *words), evidence)


def read_by_hand(session: Session, case_id: int) -> frozenset[int]:
    """Keys of those who put their own reading for the machine's: corrected a clause, or decided a batch."""
    decided = select(ScopeLine.decided_by).where(ScopeLine.case_id == case_id, ScopeLine.decided_by.is_not(None))
    corrected = select(CaseEntry.person_id).where(CaseEntry.case_id == case_id, CaseEntry.act.in_(OWN_READING))
    return frozenset(key for key in session.scalars(decided.union(corrected)) if key is not None)


def evidence_of(session: Session, case: RecallCase) -> tuple[EvidenceRow, ...]:
    """The five stamps in their order."""
    tasks = session.execute(
        select(func.count(), func.count(DepartmentTask.finished_at), func.max(DepartmentTask.finished_at)).where(
            DepartmentTask.case_id == case.id
        )
    ).one()
    replied = _last_entry(session, case.id, CaseAct.REPLIED)
    feedback_at = tasks[2] if case.launched_at and tasks[0] == tasks[1] else None
    return (
        EvidenceRow("received", case.notice_received_at, _person(session, case.registered_by), case.number),
        EvidenceRow("distributed", case.launched_at, _person(session, case.launched_by), ""),
        EvidenceRow("feedback", feedback_at or (case.launched_at if not tasks[0] else None), None, ""),
        _returned(session, case),
        EvidenceRow(
            "replied",
            replied.at if replied else None,
            _person(session, replied.person_id if replied else None),
            replied.document_no if replied else "",
        ),
    )


def _returned(session: Session, case: RecallCase) -> EvidenceRow:
    """The last confirmed return or disposal once nothing is left; at once where the treatment takes nothing away."""
    if case.treatment not in TAKEN_AWAY or case.kind in UNLOCKED_KINDS:
        return EvidenceRow("returned", case.launched_at, None, "")
    left = _units(session, case, *FREE, StockState.EXPENSED, StockState.QUARANTINED)
    waiting = _waiting(session, case.id)
    entry = _last_entry(session, case.id, CaseAct.SHIPMENT_CONFIRMED, CaseAct.DESTROYED, CaseAct.TASK_DONE)
    is_done = case.launched_at is not None and not left and not waiting
    if not is_done or entry is None:
        return EvidenceRow("returned", None, None, "")
    return EvidenceRow("returned", entry.at, _person(session, entry.person_id), entry.document_no)


def _last_entry(session: Session, case_id: int, *acts: CaseAct) -> CaseEntry | None:
    return session.scalar(
        select(CaseEntry)
        .where(CaseEntry.case_id == case_id, CaseEntry.act.in_(acts))
        .order_by(CaseEntry.id.desc())
        .limit(1)
    )


def _person(session: Session, person_id: int | None) -> Bilingual | None:
    return named(session.get(Person, person_id)) if person_id is not None else None


def _tasks(session: Session, case: RecallCase) -> list[ChecklistRow]:
    statement = (
        select(Location.name_zh, Location.name_en)
        .join(DepartmentTask, DepartmentTask.location_id == Location.id)
        .where(DepartmentTask.case_id == case.id, DepartmentTask.state.not_in(FINISHED_TASKS))
        .order_by(Location.id)
    )
    places = [Bilingual(zh, en) for zh, en in session.execute(statement)]
    return [
        _row(ClosingItem.TASKS, len(places), places),
        _row(ClosingItem.SCOPE_CHANGES, open_changes(session, case.id)),
    ]


def _goods(session: Session, case: RecallCase) -> list[ChecklistRow]:
    if case.kind in UNLOCKED_KINDS:
        return []
    takes_away = case.treatment in TAKEN_AWAY
    rows = [
        _row(ClosingItem.FREE_STOCK, _free(session, case)),
        _row(ClosingItem.IN_TRANSIT, _units(session, case, StockState.IN_TRANSIT)),
    ]
    if takes_away:
        rows += [
            _row(ClosingItem.UNCOUNTED, _units(session, case, StockState.EXPENSED)),
            _row(ClosingItem.QUARANTINE, _units(session, case, StockState.QUARANTINED)),
        ]
    return [*rows, _row(ClosingItem.SHIPMENTS, _waiting(session, case.id))]


def _free(session: Session, case: RecallCase) -> int:
    """Free units; repaired or relabelled goods whose recall lock two persons have lifted may lie on the shelf."""
    return _units(session, case, StockState.IN_STOCK, StockState.PAR, only_locked=case.treatment not in TAKEN_AWAY)


def _units(session: Session, case: RecallCase, *states: StockState, only_locked: bool = False) -> int:
    """Affected units in these states, alone or standing in a kit that is."""
    locked = [text("balance.batch_id IN (SELECT batch_id FROM batch_layer WHERE layer = 'recall_quarantine')")]
    conditions = [Balance.state.in_(states), *(locked if only_locked else [])]
    alone = select(func.coalesce(func.sum(Balance.quantity), 0)).where(
        Balance.batch_id.in_(affected(case.id)), *conditions
    )
    in_kits = (
        select(func.coalesce(func.sum(KitContent.quantity), 0))
        .join(Balance, Balance.batch_id == KitContent.kit_batch_id)
        .where(KitContent.batch_id.in_(affected(case.id)), Balance.quantity > 0, *conditions)
    )
    return int(session.execute(alone).scalar_one()) + int(session.execute(in_kits).scalar_one())


def _waiting(session: Session, case_id: int) -> int:
    """Shipments whose receipt is missing; one that corrections brought back as a whole waits for none."""
    numbers = session.scalars(
        select(ReturnShipment.number).where(ReturnShipment.case_id == case_id, ReturnShipment.received_at.is_(None))
    )
    return sum(still_gone(session, number) for number in numbers.all())


def _row(item: ClosingItem, count: int, places: list[Bilingual] | None = None) -> ChecklistRow:
    name = both(f"recalls.closing.{item.value}")
    if not count:
        return ChecklistRow(item, True, 0, name, None)
    names = {"places": _joined(places)} if places else {}
    return ChecklistRow(item, False, count, name, both(f"recalls.closing.missing.{item.value}", count=count, **names))


def _joined(names: list[Bilingual] | None) -> Bilingual:
    listed = names or []
    return Bilingual("、".join(name.said_in("zh") for name in listed), ", ".join(name.said_in("en") for name in listed))
