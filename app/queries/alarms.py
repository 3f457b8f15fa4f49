"""What a PC may tell while nobody is signed in: the alarms of its place, and whether a scanned box is held.

Both read one view each, ``place_alarm`` and ``scan_verdict``: on PostgreSQL they are all that a workstation's own login
may read (beside LISTEN), on SQLite they stand over the plain tables. No patient and no person's
name is in them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, ColumnClause, Date, Integer, String, column, select
from sqlalchemy import table as view
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from app.core.actor import Bilingual
from app.core.lots import lot_key
from app.core.statuses.locks import LockLayer
from app.core.statuses.recall import CaseKind, RecallClass, TaskState
from app.core.statuses.ward import WardAnswer, WardReason, answer_for
from app.models.base import UtcDateTime
from app.udi.reading import Reading, ReadState


def _columns(names: str, kind: type[TypeEngine[Any]]) -> list[ColumnClause[Any]]:
    return [column(name, kind) for name in names.split()]


_ALARM = view(
    "place_alarm",
    *_columns("location_id task_id expected case_id", Integer),
    *_columns("place_zh place_en task_number state case_number kind recall_class title hazard", String),
    *_columns("site_zh site_en phone goods", String),
    *_columns("acknowledge_by done_by launched_at", UtcDateTime),
)
_SCAN = view(
    "scan_verdict",
    *_columns("di part name_zh name_en spec lot_key lot_no layer reason case_number hazard", String),
    *_columns("needs_lot needs_serial", Boolean),
    column("expiry_on", Date),
    column("since", UtcDateTime),
)
_LOCKS = (LockLayer.RECALL_QUARANTINE.value, LockLayer.ON_HOLD.value)
_REASONS = {
    LockLayer.RECALL_QUARANTINE.value: WardReason.RECALLED,
    LockLayer.ON_HOLD.value: WardReason.ON_HOLD,
    LockLayer.REJECTED.value: WardReason.REJECTED,
    LockLayer.PENDING.value: WardReason.PENDING,
}


@dataclass(frozen=True, slots=True)
class AlarmRow:
    """A task of a launched recall that its place has not finished; nobody has answered it while ``is_answered`` is no.

    Times are UTC. ``location_id`` is the place it rings at; ``phone`` is that of the first store of its site.
    """

    task_id: int
    task_number: str
    location_id: int
    place: Bilingual
    state: TaskState
    expected: int
    acknowledge_by: datetime
    done_by: datetime
    case_id: int
    case_number: str
    kind: CaseKind
    recall_class: RecallClass
    title: str
    hazard: str
    launched_at: datetime | None
    site: Bilingual
    phone: str
    products: tuple[Bilingual, ...]
    lots: tuple[str, ...]

    @property
    def is_answered(self) -> bool:
        return self.state is not TaskState.SENT


@dataclass(frozen=True, slots=True)
class LockedVerdict:
    """The answer on a locked screen. ``answer`` follows from ``reasons``, the gravest first.

    What only a signed-in person is told is left out: where else the lot lies, who locked it, what became of a serial
    number. What would depend on it is answered with ASK, never with OK.
    """

    answer: WardAnswer
    reasons: tuple[WardReason, ...]
    product: Bilingual | None = None
    spec: str = ""
    lot: str = ""
    expiry_on: date | None = None
    why: str = ""
    case_number: str = ""
    hazard: str = ""


def alarms_at(session: Session, location_id: int | None) -> list[AlarmRow]:
    """Alarms of one place, the oldest deadline first; of every place that the login may see where it is None.

    A workstation's login sees its own place only, whatever is asked.
    """
    query = select(_ALARM).order_by(_ALARM.c.acknowledge_by, _ALARM.c.task_id)
    if location_id is not None:
        query = query.where(_ALARM.c.location_id == location_id)
    return [_alarm(row) for row in session.execute(query)]


def _alarm(row: Any) -> AlarmRow:
    goods = [line.split("\t") for line in row.goods.split("\n") if line]
    return AlarmRow(
        row.task_id,
        row.task_number,
        row.location_id,
        Bilingual(row.place_zh, row.place_en),
        TaskState(row.state),
        row.expected,
        row.acknowledge_by,
        row.done_by,
        row.case_id,
        row.case_number,
        CaseKind(row.kind),
        RecallClass(row.recall_class),
        row.title,
        row.hazard,
        row.launched_at,
        Bilingual(row.site_zh, row.site_en),
        row.phone,
        tuple(dict.fromkeys(Bilingual(zh, en) for zh, en, _ in goods)),
        tuple(dict.fromkeys(lot for _, _, lot in goods)),
    )


def locked_verdict(session: Session, reading: Reading, today: date) -> LockedVerdict:
    """May this box be used? ``today`` is the day of the PC's place. Doubt is never a yes."""
    found = [_compared(session, one, today) for one in reading.candidates or (reading,)]
    known = [verdict for verdict in found if verdict.product is not None]
    doubts = _doubts(reading)
    if len(found) == 1:
        return _with(known[0] if known else found[0], doubts)
    held = next((verdict for verdict in known if verdict.answer is WardAnswer.DO_NOT_USE), None)
    return _with(held or LockedVerdict(WardAnswer.ASK, ()), doubts)


def _doubts(reading: Reading) -> tuple[WardReason, ...]:
    if reading.state is ReadState.AMBIGUOUS or len(reading.candidates) > 1:
        return (WardReason.AMBIGUOUS_SCAN,)
    if reading.di is None:
        return (WardReason.OTHER_HALF if reading.is_secondary else WardReason.UNREADABLE_SCAN,)
    return () if reading.state is ReadState.COMPLETE else (WardReason.AMBIGUOUS_SCAN,)


def _with(verdict: LockedVerdict, doubts: tuple[WardReason, ...]) -> LockedVerdict:
    reasons = frozenset({*verdict.reasons, *doubts})
    if doubts and verdict.product is None:
        reasons -= {WardReason.UNKNOWN_PRODUCT}
    ordered = tuple(sorted(reasons, key=list(WardReason).index))
    return LockedVerdict(
        answer_for(reasons),
        ordered,
        verdict.product,
        verdict.spec,
        verdict.lot,
        verdict.expiry_on,
        verdict.why,
        verdict.case_number,
        verdict.hazard,
    )


def _compared(session: Session, reading: Reading, today: date) -> LockedVerdict:
    rows: list[Any] = list(session.execute(select(_SCAN).where(_SCAN.c.di == reading.di))) if reading.di else []
    if not rows:
        return LockedVerdict(WardAnswer.ASK, (WardReason.UNKNOWN_PRODUCT,))
    key = lot_key(reading.lot) if reading.lot else None
    batches = [row for row in rows if row.part == "batch" and row.lot_key == key]
    locks = [row for row in rows if row.part == "lock" and (row.lot_key is None or row.lot_key == key)]
    reasons = {_REASONS[row.layer] for row in [*batches, *locks] if row.layer in _LOCKS}
    reasons |= _about_receipts(batches)
    reasons |= _about_the_lot(reading, rows[0], batches)
    reasons |= _about_dates(reading, batches, today)
    said = next(iter(sorted(locks, key=lambda row: row.layer != LockLayer.RECALL_QUARANTINE.value)), None)
    return LockedVerdict(
        answer_for(frozenset(reasons)),
        tuple(reasons),
        Bilingual(rows[0].name_zh, rows[0].name_en),
        rows[0].spec,
        reading.lot or "",
        reading.expiry or next((row.expiry_on for row in batches if row.expiry_on), None),
        said.reason if said else "",
        (said.case_number or "") if said else "",
        (said.hazard or "") if said else "",
    )


def _about_receipts(batches: Sequence[Any]) -> set[WardReason]:
    """Inspection counts per receipt, and from which one the box came only the ward's own stock would say."""
    layers = {row.layer for row in batches if row.layer not in _LOCKS}
    found = {_REASONS[layer] for layer in layers if layer is not None}
    return {WardReason.NOT_CHECKED} if found and None in layers else found


def _about_the_lot(reading: Reading, product: Any, batches: Sequence[Any]) -> set[WardReason]:
    if not reading.lot and product.needs_lot:
        return {WardReason.LOT_MISSING}
    found = {WardReason.SERIAL_UNKNOWN} if product.needs_serial else set[WardReason]()
    return found | ({WardReason.UNKNOWN_LOT} if reading.lot and not batches else set())


def _about_dates(reading: Reading, batches: Sequence[Any], today: date) -> set[WardReason]:
    label = reading.expiry
    known = {row.expiry_on for row in batches if row.expiry_on is not None}
    reasons: set[WardReason] = set()
    if (label is not None and label < today) or any(day < today for day in known):
        reasons.add(WardReason.EXPIRED)
    if label is not None and known and label not in known:
        reasons.add(WardReason.EXPIRY_DIFFERS)
    return reasons
