"""The return form or disposal record of a departure, kept on file like every paper."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.changes import Changes, Topic
from app.core.permissions import Duty
from app.core.statuses.documents import DocumentKind
from app.core.statuses.leaving import DepartureKind
from app.models.catalogue import Supplier
from app.models.database import Database
from app.models.places import Location, Site
from app.queries.case_scope import both
from app.queries.departures import DepartureCard, departure_card
from app.queries.taken_back import TakenBack
from app.reports.departure_form import render_departure_form
from app.reports.departure_rows import DepartureForm
from app.reports.rows import Paper, ReturnLine
from app.services.auditing import Seal, last_seal
from app.services.filing import file_printed
from app.services.heading import headed
from app.services.paper_rows import signed_lines
from app.services.receipt_papers import save


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """The paper as PDF, the document under which it is kept, and the file if one was wanted."""

    content: bytes
    document_id: int
    number: str
    path: Path | None = None
    changes: Changes = frozenset({Topic.DOCUMENTS})


class DeparturePaperService:
    """May be printed as often as wanted, a draft too; each printing is a document of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def print_form(self, *, actor: Actor, departure_id: int, folder: Path | None = None) -> PrintedForm:
        """Raises NotFoundError and PaperNotSavedError."""
        actor.demand(Duty.SEE_BATCHES)
        with self._database.reading() as session:
            card = departure_card(session, departure_id)
            under = last_seal(session)
            form = _form(session, card, self._paper(session, card, actor, under))
        content = render_departure_form(form)
        is_return = card.row.kind is DepartureKind.RETURN
        kind = DocumentKind.DEPARTURE_FORM if is_return else DocumentKind.DISPOSAL_RECORD
        document_id = file_printed(self._database, actor, kind, form.number, content, under)
        path = save(folder / f"{form.number}.pdf", content) if folder is not None else None
        return PrintedForm(content, document_id, form.number, path)

    def _paper(self, session: Session, card: DepartureCard, actor: Actor, under: Seal | None) -> Paper:
        place_ids = [line.location_id for line in card.lines]
        query = select(Site).join(Location, Location.site_id == Site.id).order_by(Site.id)
        site = session.scalars(query.where(Location.id.in_(place_ids)) if place_ids else query).first()
        return headed(session, self._database.clock, actor, site, under)


def _back(one: TakenBack) -> str:
    return both("leaving.taken_back_paper", units=one.quantity, document=one.document_no, reason=one.reason).zh


def _form(session: Session, card: DepartureCard, paper: Paper) -> DepartureForm:
    row = card.row
    supplier = session.get(Supplier, row.supplier_id) if row.supplier_id is not None else None
    return DepartureForm(
        paper=paper,
        number=row.number,
        is_disposal=row.kind is DepartureKind.DISPOSAL,
        supplier=supplier.name_zh if supplier else "",
        supplier_address=supplier.address if supplier else "",
        supplier_contact=supplier.phone if supplier else "",
        carrier=row.carrier,
        waybill=row.waybill,
        method=row.method.zh if row.method else "",
        method_en=row.method.en if row.method else "",
        place=row.place.zh if row.place else "",
        place_en=row.place.en if row.place else "",
        list_version=row.list_version,
        reason="；".join([row.reason, *(_back(one) for one in row.taken_back)]),
        left_at=row.handed_at,
        handed_over_by=row.handed_by.zh if row.handed_by else "",
        witnessed_by=row.second.zh if row.second else "",
        received=row.settled_reason or row.received_note,
        signed=signed_lines(card.signed),
        lines=tuple(
            ReturnLine(
                product=line.product.zh,
                lot=line.lot_no,
                quantity=line.quantity,
                unit=line.unit.zh,
                ref=line.ref,
                serial=line.serial_no,
                expires_on=line.expiry_on,
            )
            for line in card.lines
        ),
    )
