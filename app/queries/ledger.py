"""The lines of the ledger with the names of places and persons, patients masked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from app.core.actor import Bilingual
from app.core.privacy import masked
from app.core.statuses.stock import Inspection, MovementKind, StockState
from app.models.persons import Person
from app.models.places import Location
from app.models.stock import Movement, PatientUse, SerialUnit
from app.queries.as_of import on_record


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One movement; ``visit`` is masked, ``is_reversed`` says that a later line took it back. ``at`` is when the person
    acted, ``recorded_at`` when the database wrote it down.
    """

    id: int
    op_id: str
    batch_id: int
    kind: MovementKind
    outcome: Inspection | None
    quantity: int
    source_id: int | None
    source: Bilingual | None
    source_state: StockState | None
    target_id: int | None
    target: Bilingual | None
    target_state: StockState | None
    document_no: str
    by: Bilingual
    second: Bilingual | None
    at: datetime
    recorded_at: datetime
    reason: str
    despite_lock: bool
    reverses_id: int | None
    is_reversed: bool
    serial_no: str
    visit: str


_Source, _Target = aliased(Location), aliased(Location)
_By, _Second = aliased(Person), aliased(Person)


def ledger(session: Session, batch_ids: Collection[int], as_of: datetime | None = None) -> list[LedgerLine]:
    """All lines of these batches in the order in which they were posted; ``as_of``: that were on record then.

    One statement.
    """
    of_batches = _lines().where(Movement.batch_id.in_(batch_ids), on_record(as_of))
    found = session.execute(of_batches.order_by(Movement.id)).all()
    reversed_ids = {line.reverses_id for line, *_ in found if line.reverses_id is not None}
    return [
        _line(line, source, target, by, second, serial, visit, is_reversed=line.id in reversed_ids)
        for line, source, target, by, second, serial, visit in found
    ]


def _lines() -> Select[Movement, Location, Location, Person, Person, str, str]:
    return (
        select(Movement, _Source, _Target, _By, _Second, SerialUnit.serial_no, PatientUse.visit_no)
        .outerjoin(_Source, _Source.id == Movement.source_id)
        .outerjoin(_Target, _Target.id == Movement.target_id)
        .join(_By, _By.id == Movement.actor_id)
        .outerjoin(_Second, _Second.id == Movement.second_person_id)
        .outerjoin(SerialUnit, SerialUnit.id == Movement.serial_unit_id)
        .outerjoin(PatientUse, PatientUse.movement_id == Movement.id)
    )


def _line(
    line: Movement,
    source: Location | None,
    target: Location | None,
    by: Person,
    second: Person | None,
    serial: str | None,
    visit: str | None,
    *,
    is_reversed: bool,
) -> LedgerLine:
    return LedgerLine(
        line.id,
        line.op_id,
        line.batch_id,
        line.kind,
        line.outcome,
        line.quantity,
        line.source_id,
        _name(source),
        line.source_state,
        line.target_id,
        _name(target),
        line.target_state,
        line.document_no,
        Bilingual(by.name_zh, by.name_en),
        _name(second),
        line.acted_at,
        line.recorded_at,
        line.reason,
        line.despite_lock,
        line.reverses_id,
        is_reversed,
        serial or "",
        masked(visit) if visit is not None else "",
    )


def _name(named: Location | Person | None) -> Bilingual | None:
    return Bilingual(named.name_zh, named.name_en) if named is not None else None
