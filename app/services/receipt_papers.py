"""The papers of the receiving bay: the slip of a receipt, kept on file, and the sheet of control barcodes."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.changes import Changes, Topic
from app.core.errors import StorageError
from app.core.permissions import Duty
from app.core.statuses.documents import DocumentKind
from app.core.words import text
from app.models.database import Database
from app.models.places import Location, Site
from app.queries.receipts import Receipt, ReceiptBatch, receipt
from app.reports.control_sheet import render_control_sheet
from app.reports.receipt_slip import render_receipt_slip
from app.reports.rows import ControlSheet, Paper, ReceiptCheck, ReceiptLine, ReceiptSlip
from app.reports.setup_sheet import render_setup_sheet
from app.services.auditing import Seal, last_seal
from app.services.filing import file_printed
from app.services.heading import headed, site_of

CHECKS = ("supplier", "certificate", "conformity", "storage", "package", "expiry")
"""The checks that the slip prints, of those in the inspector's list."""


class PaperNotSavedError(StorageError):
    """The folder for papers cannot be written; ``reason`` is the system's word."""

    code = "receiving.paper_not_saved"


@dataclass(frozen=True, slots=True)
class PrintedSlip:
    """The slip as PDF, the document under which it is kept, and the file if one was wanted."""

    content: bytes
    document_id: int
    path: Path | None = None
    changes: Changes = frozenset({Topic.DOCUMENTS})


class ReceiptPaperService:
    """Slips may be printed as often as wanted; each printing is a document of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def print_slip(self, *, actor: Actor, receipt_no: str, folder: Path | None = None) -> PrintedSlip:
        """The purchase check record of a receipt. Raises NotFoundError and PaperNotSavedError."""
        actor.demand(Duty.SEE_BATCHES)
        with self._database.reading() as session:
            told = receipt(session, receipt_no)
            under = last_seal(session)
            paper = self._paper(session, actor, told.site_id, under)
        content = render_receipt_slip(_slip(told, paper))
        kind = DocumentKind.RECEIPT_SLIP
        document_id = file_printed(self._database, actor, kind, receipt_no, content, under)
        path = save(folder / f"{receipt_no}.pdf", content) if folder is not None else None
        return PrintedSlip(content, document_id, path)

    def control_sheet(self, *, actor: Actor, location_id: int) -> bytes:
        """The control barcodes for a bench, with the stores of its site; nothing is filed."""
        with self._database.reading() as session:
            site_id = session.get_one(Location, location_id).site_id
            paper = self._paper(session, actor, site_id, last_seal(session))
            places = session.execute(
                select(Location.code, Location.name_zh)
                .where(Location.site_id == site_id, Location.is_active)
                .order_by(Location.id)
            )
            sheet = ControlSheet(paper=paper, places=tuple((code, name) for code, name in places))
        return render_control_sheet(sheet)

    def setup_sheet(self, *, actor: Actor, location_id: int | None) -> bytes:
        """How a scanner is set, for the place where it is used; nothing is filed."""
        with self._database.reading() as session:
            site = site_of(session, location_id) if location_id else None
            paper = headed(session, self._database.clock, actor, site, last_seal(session))
        return render_setup_sheet(paper)

    def _paper(self, session: Session, actor: Actor, site_id: int, under: Seal | None) -> Paper:
        return headed(session, self._database.clock, actor, session.get_one(Site, site_id), under)


def save(path: Path, content: bytes) -> Path:
    """Write a paper where people find it. Raises PaperNotSavedError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise PaperNotSavedError(reason=str(error)) from error
    return path


def _slip(told: Receipt, paper: Paper) -> ReceiptSlip:
    warm = told.temperature_tenths
    return ReceiptSlip(
        paper=paper,
        number=told.number,
        supplier=told.supplier.said_in("zh"),
        supplier_address=told.supplier_address,
        supplier_contact=told.supplier_phone,
        supplier_licence=told.licence_no,
        order_number=told.order_no,
        delivery_note=told.note_no,
        waybill=told.waybill,
        temperature=f"{warm / 10:.1f} °C" if warm is not None else "",
        place=told.place.said_in("zh"),
        received_at=told.received_at,
        received_by=told.received_by.said_in("zh"),
        inspected_at=told.inspected_at,
        inspected_by="、".join(name.said_in("zh") for name in told.inspected_by),
        lines=tuple(_line(batch) for batch in told.batches),
        checks=tuple(ReceiptCheck(name=name, passed=_passed(told, name)) for name in CHECKS),
    )


def _line(batch: ReceiptBatch) -> ReceiptLine:
    return ReceiptLine(
        product=batch.product.said_in("zh"),
        specification=batch.spec,
        ref=batch.ref,
        lot="—" if batch.is_lot_unknown else batch.lot_no,
        quantity=batch.quantity,
        unit=batch.unit.said_in("zh"),
        produced_on=batch.production_on,
        expires_on=batch.expiry_on,
        registrant=batch.maker.said_in("zh"),
        contract_maker=_contract_maker(batch),
        certificate=batch.certificate_no,
        state=batch.inspection.value,
        remark=batch.remark,
    )


def _contract_maker(batch: ReceiptBatch) -> str:
    """None is an answer too (条例 art. 45 (3)); a name that is not known yet leaves a line to fill in."""
    if not batch.is_contract_made:
        return text("reports.receipt.made_by_registrant", "zh")
    return batch.contract_maker or "____________"


def _passed(told: Receipt, name: str) -> bool | None:
    """One failure anywhere fails the item; empty boxes are left where nobody has looked."""
    if name in told.failed:
        return False
    return True if name in told.checked else None
