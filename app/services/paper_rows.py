"""What the papers of a case say: rows of the records turned into rows of the reports. No patient is among them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.statuses.stock import StockState
from app.core.words import text
from app.models.catalogue import Certificate, Product, Supplier
from app.models.persons import Person, Setting
from app.models.places import Site
from app.models.recalls import RecallCase
from app.models.stock import Batch
from app.queries.case_closing import EvidenceRow
from app.queries.case_goods import SealedRow, ShipmentLineRow
from app.queries.case_timeline import TimelineRow
from app.queries.impact import ShareRow, affected
from app.queries.signed import SignedRow
from app.queries.tasks import TaskLineRow, TaskRow
from app.reports.rows import (
    BalanceLine,
    CaseHead,
    DepartmentLine,
    EvidenceStamp,
    LotLine,
    NoticeSheet,
    Paper,
    QuarantineLabel,
    QuarantineLine,
    ReturnLine,
    SignedLine,
    TaskSheet,
    TimelineLine,
)
from app.services.auditing import Seal

OFFICE = "recalls.paper.office"
HOSPITAL_KEYS = {
    "hospital": "hospital.name_zh",
    "hospital_en": "hospital.name_en",
    "office": "hospital.office_zh",
    "office_en": "hospital.office_en",
}
"""Keys of ``setting`` that fill the head of a paper; without them the first site and the recall office stand there."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What all papers of one printing share."""

    paper: Paper
    case: CaseHead
    registered_by: str
    approved_by: str
    launched_at: datetime
    contact: str
    zone: str


def frame(session: Session, case: RecallCase, actor: Actor, under: Seal | None, now: datetime) -> Frame:
    """Head, seal and case of the papers that ``actor`` prints ``now``."""
    site = session.scalars(select(Site).order_by(Site.id).limit(1)).one()
    names = dict(hospital_names(session, site))
    sealed = under or Seal(0, "")
    paper = Paper(
        printed_at=now,
        seal=sealed.hash,
        seal_number=sealed.n,
        printed_by=actor.name.said_in("zh"),
        zone=site.time_zone,
        **names,
    )
    contact = text("recalls.paper.contact", "zh", name=_person(session, case.launched_by or case.registered_by))
    return Frame(
        paper,
        case_head(session, case),
        _person(session, case.registered_by),
        _person(session, case.approved_by),
        case.launched_at or now,
        contact,
        site.time_zone,
    )


def hospital_names(session: Session, site: Site) -> Iterable[tuple[str, str]]:
    """Whose paper it is: fields of ``Paper`` with their words, from the settings or from the site."""
    told = {
        row.key: row.value for row in session.scalars(select(Setting).where(Setting.key.in_(HOSPITAL_KEYS.values())))
    }
    spare = {
        "hospital": site.name_zh,
        "hospital_en": site.name_en,
        "office": text(OFFICE, "zh"),
        "office_en": text(OFFICE, "en"),
    }
    for name, key in HOSPITAL_KEYS.items():
        yield name, told.get(key, "").strip() or spare[name]


def _person(session: Session, person_id: int | None) -> str:
    person = session.get(Person, person_id) if person_id is not None else None
    return person.name_zh or person.name_en if person else ""


def case_head(session: Session, case: RecallCase) -> CaseHead:
    """The case as every paper names it: its products, models, certificates and suppliers, each once."""
    found = session.execute(
        select(Product, Certificate.number, Supplier)
        .join(Batch, Batch.product_id == Product.id)
        .join(Certificate, Certificate.id == Product.certificate_id)
        .join(Supplier, Supplier.id == Batch.supplier_id)
        .where(Batch.id.in_(affected(case.id)))
        .order_by(Product.id, Supplier.id)
    ).all()
    return CaseHead(
        number=case.number,
        kind=case.kind,
        recall_class=case.recall_class,
        product=_once("、", (product.name_zh for product, _, _ in found)) or case.title,
        product_en=_once(", ", (product.name_en for product, _, _ in found)),
        ref=_once(", ", (product.ref for product, _, _ in found)),
        certificate=_once(", ", (number for _, number, _ in found)),
        manufacturer=case.manufacturer,
        supplier=_once("、", (supplier.name_zh for _, _, supplier in found)),
        reason=case.hazard or case.title,
        treatment=(case.treatment,),
    )


def _once(joiner: str, words: Iterable[str]) -> str:
    return joiner.join(dict.fromkeys(word for word in words if word))


def lot_line(line: TaskLineRow) -> LotLine:
    """One batch on a notice or task sheet."""
    return LotLine(
        lot=line.lot_no,
        expected=line.expected,
        received=line.received,
        used=line.used,
        expires_on=line.expiry_on,
        product=_product(line),
        ref=line.ref,
        unit=line.unit.said_in("zh"),
    )


def _product(line: TaskLineRow) -> str:
    """A kit says which of its components is recalled."""
    told = line.instruction
    return line.product.zh if told is None else f"{line.product.zh}（{told.zh}）"


def notice_sheet(frame_: Frame, task: TaskRow, lines: Sequence[TaskLineRow], place: tuple[int, int]) -> NoticeSheet:
    """The notice of one department; ``place`` is its number among how many."""
    received = EvidenceStamp(step="received", at=task.launched_at)
    return NoticeSheet(
        paper=frame_.paper,
        case=frame_.case,
        department=task.place.zh,
        department_en=task.place.en,
        site=task.site.zh,
        site_en=task.site.en,
        lines=tuple(lot_line(line) for line in lines),
        issued_at=frame_.launched_at,
        due_at=task.done_by,
        task_number=place[0],
        task_count=place[1],
        issued_by=frame_.approved_by,
        registered_by=frame_.registered_by,
        contact=frame_.contact,
        evidence=(received, EvidenceStamp(step="distributed", at=frame_.launched_at)),
    )


def task_sheet(frame_: Frame, task: TaskRow, lines: Sequence[TaskLineRow]) -> TaskSheet:
    """What one department counts, fills in and signs."""
    return TaskSheet(
        paper=frame_.paper,
        case=frame_.case,
        department=task.place.zh,
        department_en=task.place.en,
        site=task.site.zh,
        site_en=task.site.en,
        task_code=task.number,
        lines=tuple(lot_line(line) for line in lines),
        due_at=task.done_by,
        acknowledge_by=task.acknowledge_by,
        liaison=task.liaison.said_in("zh") if task.liaison else "",
        contact=frame_.contact,
    )


def labels(
    frame_: Frame, tasks: Sequence[tuple[TaskRow, Sequence[TaskLineRow]]], sealed_by: str
) -> list[QuarantineLabel]:
    """One label for each lot that a department should still have."""
    wanted = [(task, line) for task, lines in tasks for line in lines if line.expected > 0]
    return [
        QuarantineLabel(
            case_number=frame_.case.number,
            kind=frame_.case.kind,
            recall_class=frame_.case.recall_class,
            product=line.product.zh,
            product_en=line.product.en,
            ref=line.ref,
            lot=line.lot_no,
            expires_on=line.expiry_on,
            quantity=line.expected,
            unit=line.unit.zh,
            place=f"{task.site.zh} {task.place.zh}",
            sealed_by=sealed_by,
            sealed_at=frame_.launched_at,
            index=number,
            count=len(wanted),
            zone=frame_.zone,
        )
        for number, (task, line) in enumerate(wanted, start=1)
    ]


def quarantine_lines(rows: Sequence[SealedRow]) -> tuple[QuarantineLine, ...]:
    """What lies in quarantine now."""
    return tuple(
        QuarantineLine(
            product=row.product.zh,
            lot=row.lot_no,
            quantity=row.quantity,
            unit=row.unit.zh,
            ref=row.ref,
            expires_on=row.expiry_on,
            place=row.place.zh,
            label=str(number),
        )
        for number, row in enumerate(rows, start=1)
    )


def expected_lines(tasks: Sequence[tuple[TaskRow, Sequence[TaskLineRow]]]) -> tuple[QuarantineLine, ...]:
    """What is to be sealed at the launch: the list to be ticked off."""
    wanted = [(task, line) for task, lines in tasks for line in lines if line.expected > 0]
    return tuple(
        QuarantineLine(
            product=_product(line),
            lot=line.lot_no,
            quantity=line.expected,
            unit=line.unit.zh,
            ref=line.ref,
            expires_on=line.expiry_on,
            place=task.place.zh,
            label=str(number),
        )
        for number, (task, line) in enumerate(wanted, start=1)
    )


def return_lines(rows: Sequence[ShipmentLineRow]) -> tuple[ReturnLine, ...]:
    """What goes back to the supplier."""
    return tuple(
        ReturnLine(
            product=row.product.zh,
            lot=row.lot_no,
            quantity=row.quantity,
            unit=row.unit.zh,
            ref=row.ref,
            expires_on=row.expiry_on,
        )
        for row in rows
    )


def balance_lines(rows: Sequence[ShareRow]) -> tuple[BalanceLine, ...]:
    """One line a batch, its states summing to what was received."""
    return tuple(
        BalanceLine(
            lot=row.name.zh,
            received=row.total,
            **{state.value: row.by_state.get(state, 0) for state in StockState},
        )
        for row in rows
    )


def department_lines(tasks: Sequence[TaskRow]) -> tuple[DepartmentLine, ...]:
    """How far each department got."""
    return tuple(
        DepartmentLine(
            department=task.place.zh,
            site=task.site.zh,
            state=task.state,
            expected=task.expected,
            found=task.found,
            acknowledged_at=task.acknowledged_at,
            done_at=task.finished_at,
            note=task.note,
        )
        for task in tasks
    )


def evidence_stamps(rows: Sequence[EvidenceRow]) -> tuple[EvidenceStamp, ...]:
    """The five steps with their proof."""
    return tuple(
        EvidenceStamp(step=row.step, at=row.at, by=row.by.zh if row.by else "", document=row.document_no)
        for row in rows
    )


def timeline_lines(rows: Sequence[TimelineRow]) -> tuple[TimelineLine, ...]:
    """What happened, in the language that leads on paper."""
    return tuple(TimelineLine(at=row.at, what=_what(row), by=row.by.zh) for row in rows)


def signed_lines(rows: Sequence[SignedRow]) -> tuple[SignedLine, ...]:
    """Electronic signatures as a paper lists them."""
    return tuple(
        SignedLine(at=row.at, by=row.person.zh, meaning=row.meaning.zh, meaning_en=row.meaning.en, digest=row.digest)
        for row in rows
    )


def _what(row: TimelineRow) -> str:
    parts = (row.what.zh, row.place.zh if row.place else "", row.document_no, row.note)
    return "　".join(part for part in parts if part)
