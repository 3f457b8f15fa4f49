"""The papers of a case: made after the lock, kept with hash and seal, printable again for ever.

A paper that cannot be made keeps none of the others back, and never touches a lock.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.changes import Changes, Topic
from app.core.errors import AppError, NotFoundError
from app.core.permissions import Duty
from app.core.statuses.documents import DocumentKind
from app.core.words import status_text
from app.models.catalogue import Supplier
from app.models.database import Database
from app.models.persons import Person
from app.models.recalls import RecallCase, ReturnShipment
from app.queries.case_closing import evidence_of
from app.queries.case_goods import differences, sealed_goods, shipment_lines
from app.queries.case_timeline import case_timeline
from app.queries.impact import impact
from app.queries.signed import signed_on_case, signed_on_document
from app.queries.tasks import TaskLineRow, TaskRow, task_board, task_lines
from app.reports.case_report import render_case_report
from app.reports.notice import render_notice
from app.reports.quarantine_label import render_quarantine_labels
from app.reports.quarantine_list import render_quarantine_list
from app.reports.return_form import render_return_form
from app.reports.rows import CaseReport, QuarantineList, ReturnForm
from app.reports.task_sheet import render_task_sheet
from app.services.auditing import Seal, last_seal
from app.services.filing import Sheet, file_sheet
from app.services.paper_rows import (
    Frame,
    balance_lines,
    department_lines,
    evidence_stamps,
    expected_lines,
    frame,
    labels,
    notice_sheet,
    quarantine_lines,
    return_lines,
    signed_lines,
    task_sheet,
    timeline_lines,
)

TaskWithLines = tuple[TaskRow, Sequence[TaskLineRow]]
Maker = tuple[DocumentKind, str, int | None, Callable[[], bytes]]
"""Kind, title, location and what draws it."""


@dataclass(frozen=True, slots=True)
class Printed:
    """Ids of the papers on file, and why others could not be made."""

    document_ids: tuple[int, ...]
    failures: tuple[AppError, ...] = ()
    changes: Changes = field(default=frozenset({Topic.DOCUMENTS}))


class PaperService:
    """Duty: SEE_RECALLS for lists and reports, RUN_RECALL for the papers of a launch, COLLECT_GOODS for returns."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def print_launch(self, *, actor: Actor, case_id: int) -> Printed:
        """Notice and task sheet for each department, labels, and the list of what is to be sealed."""
        actor.demand(Duty.RUN_RECALL)
        case, its_frame, under = self._frame(actor, case_id)
        tasks = self._tasks(case_id)
        makers = [one for number, task in enumerate(tasks, start=1) for one in _of_task(its_frame, task, number, tasks)]
        if any(line.expected > 0 for _, lines in tasks for line in lines):
            makers.append(_labels(its_frame, tasks, actor))
            makers.append(_to_seal(its_frame, tasks))
        return self._file(actor, case.id, makers, under)

    def print_quarantine_list(self, *, actor: Actor, case_id: int) -> Printed:
        """What lies in quarantine for the case now."""
        actor.demand(Duty.SEE_RECALLS)
        case, its_frame, under = self._frame(actor, case_id)
        with self._database.reading() as session:
            lines = quarantine_lines(sealed_goods(session, case_id))
        sheet = QuarantineList(paper=its_frame.paper, case=its_frame.case, lines=lines)
        maker = _maker(DocumentKind.QUARANTINE_LIST, its_frame, None, lambda: render_quarantine_list(sheet))
        return self._file(actor, case.id, [maker], under)

    def print_return(self, *, actor: Actor, shipment_id: int) -> Printed:
        """The form that goes with a return. Raises NotFoundError."""
        actor.demand(Duty.COLLECT_GOODS)
        with self._database.reading() as session:
            shipment = session.get(ReturnShipment, shipment_id)
            if shipment is None or shipment.case_id is None:
                raise NotFoundError
            case_id = shipment.case_id
        case, its_frame, under = self._frame(actor, case_id)
        form = self._return_form(shipment_id, its_frame)
        maker = _maker(DocumentKind.RETURN_FORM, its_frame, None, lambda: render_return_form(form), form.number)
        return self._file(actor, case.id, [maker], under)

    def print_case_report(self, *, actor: Actor, case_id: int) -> Printed:
        """The case on two or three pages: what, how much, where it went, and the proof."""
        actor.demand(Duty.SEE_RECALLS)
        case, its_frame, under = self._frame(actor, case_id)
        report = self._report(case, its_frame)
        maker = _maker(DocumentKind.CASE_REPORT, its_frame, None, lambda: render_case_report(report))
        return self._file(actor, case.id, [maker], under)

    # ---- parts -------------------------------------------------------------------------------------

    def _frame(self, actor: Actor, case_id: int) -> tuple[RecallCase, Frame, Seal | None]:
        with self._database.reading() as session:
            case = session.get(RecallCase, case_id)
            if case is None:
                raise NotFoundError
            under = last_seal(session)
            made = frame(session, case, actor, under, self._database.clock())
            session.expunge(case)
            return case, made, under

    def _tasks(self, case_id: int) -> list[TaskWithLines]:
        with self._database.reading() as session:
            board = task_board(session, case_id, self._database.clock())
            return [(task, task_lines(session, task.id)) for task in board.tasks]

    def _return_form(self, shipment_id: int, its_frame: Frame) -> ReturnForm:
        with self._database.reading() as session:
            shipment = session.get_one(ReturnShipment, shipment_id)
            supplier = session.scalars(select(Supplier).where(Supplier.id == shipment.supplier_id)).one()
            return ReturnForm(
                paper=its_frame.paper,
                case=its_frame.case,
                number=shipment.number,
                supplier=supplier.name_zh,
                supplier_address=supplier.address,
                supplier_contact=supplier.phone,
                lines=return_lines(shipment_lines(session, shipment_id)),
                carrier=shipment.carrier,
                waybill=shipment.waybill,
                shipped_at=shipment.handed_at,
                handed_over_by=_name(session, shipment.handed_by),
                witnessed_by=_name(session, shipment.second_person_id),
                signed=signed_lines(signed_on_document(session, shipment.number)),
            )

    def _report(self, case: RecallCase, its_frame: Frame) -> CaseReport:
        with self._database.reading() as session:
            board = task_board(session, case.id, self._database.clock())
            gaps = "\n".join(
                f"{row.lot_no}　{row.place.zh}　{row.quantity}　{row.reason}" for row in differences(session, case.id)
            )
            return CaseReport(
                paper=its_frame.paper,
                case=its_frame.case,
                state=case.state,
                balance=balance_lines(impact(session, case.id).lots),
                evidence=evidence_stamps(evidence_of(session, case)),
                departments=department_lines(board.tasks),
                timeline=timeline_lines(case_timeline(session, case.id)),
                registered_at=case.registered_at,
                launched_at=case.launched_at,
                closed_at=case.closed_at,
                registered_by=its_frame.registered_by,
                approved_by=its_frame.approved_by,
                closed_by=_name(session, case.closed_by),
                differences=gaps,
                root_cause=case.root_cause,
                lessons=case.lessons,
                signed=signed_lines(signed_on_case(session, case.id)),
            )

    def _file(self, actor: Actor, case_id: int, makers: Sequence[Maker], under: Seal | None) -> Printed:
        sheets: list[Sheet] = []
        failures: list[AppError] = []
        for kind, title, location_id, draw in makers:
            try:
                sheets.append(Sheet(kind, title, draw(), case_id, location_id))
            except AppError as failure:
                failures.append(failure)
        with self._database.writing(actor.id) as session:
            ids = [file_sheet(session, self._database, actor, sheet, under) for sheet in sheets]
        return Printed(tuple(ids), tuple(failures))


def _maker(
    kind: DocumentKind, its_frame: Frame, task: TaskRow | None, draw: Callable[[], bytes], number: str = ""
) -> Maker:
    words = [f"{status_text(kind, 'zh')} {status_text(kind, 'en')}", number or its_frame.case.number]
    if task is not None:
        words.append(f"{task.place.zh} {task.place.en}")
    return kind, " · ".join(words), task.location_id if task else None, draw


def _of_task(its_frame: Frame, task: TaskWithLines, number: int, tasks: Sequence[TaskWithLines]) -> list[Maker]:
    row, lines = task
    notice = notice_sheet(its_frame, row, lines, (number, len(tasks)))
    sheet = task_sheet(its_frame, row, lines)
    return [
        _maker(DocumentKind.NOTICE, its_frame, row, lambda: render_notice(notice)),
        _maker(DocumentKind.TASK_SHEET, its_frame, row, lambda: render_task_sheet(sheet)),
    ]


def _labels(its_frame: Frame, tasks: Sequence[TaskWithLines], actor: Actor) -> Maker:
    made = labels(its_frame, tasks, actor.name.said_in("zh"))
    return _maker(DocumentKind.QUARANTINE_LABELS, its_frame, None, lambda: render_quarantine_labels(made))


def _to_seal(its_frame: Frame, tasks: Sequence[TaskWithLines]) -> Maker:
    sheet = QuarantineList(paper=its_frame.paper, case=its_frame.case, lines=expected_lines(tasks))
    return _maker(DocumentKind.QUARANTINE_LIST, its_frame, None, lambda: render_quarantine_list(sheet))


def _name(session: Session, person_id: int | None) -> str:
    person = session.get(Person, person_id) if person_id is not None else None
    return person.name_zh if person else ""
