"""What happened in a case, in order: the diary, the papers, and what moved of its goods."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.core.actor import Bilingual
from app.core.statuses.recall import CaseAct
from app.core.statuses.stock import MovementKind
from app.core.words import status_text
from app.models.persons import Person
from app.models.places import Location
from app.models.recalls import CaseEntry, DepartmentTask, Document, RecallCase
from app.models.stock import Batch, Movement
from app.queries.case_scope import both, named
from app.queries.impact import affected
from app.queries.signed import SignedRow, signed_on_case

NOBODY = Bilingual("", "")
_IN_DIARY = frozenset(
    {
        CaseAct.COLLECTED,
        CaseAct.QUARANTINED,
        CaseAct.EXPLAINED,
        CaseAct.SHIPPED,
        CaseAct.DESTROYED,
    }
)


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One thing that happened. ``kind`` is a CaseAct's value, ``notice``, ``document``, ``movement`` or
    ``signature``.

    ``is_alarm``: affected goods moved outside the recall after the launch, such as a use despite the lock.
    """

    at: datetime
    kind: str
    what: Bilingual
    by: Bilingual
    second: Bilingual | None
    place: Bilingual | None
    quantity: int | None
    document_no: str
    note: str
    is_alarm: bool = False


def case_timeline(session: Session, case_id: int) -> list[TimelineRow]:
    """The oldest first. Five statements."""
    case = session.get_one(RecallCase, case_id)
    arrived = TimelineRow(
        case.notice_received_at, "notice", both("recalls.timeline.notice"), NOBODY, None, None, None, "", case.title
    )
    signed = [_signature(row) for row in signed_on_case(session, case_id)]
    rows = [arrived, *_diary(session, case_id), *_documents(session, case_id), *_movements(session, case), *signed]
    return sorted(rows, key=lambda row: row.at)


def _signature(row: SignedRow) -> TimelineRow:
    what = both("recalls.timeline.signed" if row.holds else "recalls.timeline.signed_broken", meaning=row.meaning)
    return TimelineRow(row.at, "signature", what, row.person, None, None, None, "", row.reason, not row.holds)


def _diary(session: Session, case_id: int) -> list[TimelineRow]:
    second = aliased(Person)
    statement = (
        select(CaseEntry, Person, second, Location)
        .join(Person, Person.id == CaseEntry.person_id)
        .outerjoin(second, second.id == CaseEntry.second_person_id)
        .outerjoin(DepartmentTask, DepartmentTask.id == CaseEntry.task_id)
        .outerjoin(Location, Location.id == DepartmentTask.location_id)
        .where(CaseEntry.case_id == case_id)
        .order_by(CaseEntry.id)
    )
    return [
        TimelineRow(
            entry.at,
            entry.act.value,
            Bilingual(status_text(entry.act, "zh"), status_text(entry.act, "en")),
            Bilingual(person.name_zh, person.name_en),
            named(other),
            Bilingual(place.name_zh, place.name_en) if place else None,
            entry.quantity,
            entry.document_no,
            entry.note,
        )
        for entry, person, other, place in session.execute(statement)
    ]


def _documents(session: Session, case_id: int) -> list[TimelineRow]:
    statement = (
        select(Document.made_at, Document.number, Document.title, Person)
        .join(Person, Person.id == Document.made_by)
        .where(Document.case_id == case_id)
        .order_by(Document.id)
    )
    return [
        TimelineRow(
            at,
            "document",
            both("recalls.timeline.document", title=title),
            Bilingual(person.name_zh, person.name_en),
            None,
            None,
            None,
            number,
            "",
        )
        for at, number, title, person in session.execute(statement)
    ]


def _movements(session: Session, case: RecallCase) -> list[TimelineRow]:
    """What moved of the affected goods outside the case's own acts, since the launch (by ledger line, not by clock)."""
    if case.launched_after is None:
        return []
    own = select(CaseEntry.document_no).where(CaseEntry.case_id == case.id, CaseEntry.act.in_(_IN_DIARY))
    statement = (
        select(Movement, Batch.lot_no, Person, Location)
        .join(Batch, Batch.id == Movement.batch_id)
        .join(Person, Person.id == Movement.actor_id)
        .outerjoin(Location, Location.id == Movement.source_id)
        .where(
            Movement.batch_id.in_(affected(case.id)),
            Movement.id > case.launched_after,
            Movement.kind != MovementKind.INSPECTION,
            Movement.document_no.not_in(own),
        )
        .order_by(Movement.id)
    )
    return [
        TimelineRow(
            movement.acted_at,
            "movement",
            both("recalls.timeline.movement", kind=movement.kind, lot=lot),
            Bilingual(person.name_zh, person.name_en),
            None,
            Bilingual(place.name_zh, place.name_en) if place else None,
            movement.quantity,
            movement.document_no,
            movement.reason,
            movement.kind is MovementKind.USE,
        )
        for movement, lot, person, place in session.execute(statement)
    ]
