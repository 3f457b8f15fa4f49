"""The slip of a transfer, made from the document as it stands and kept on file."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.changes import Changes, Topic
from app.core.permissions import Duty
from app.core.statuses.documents import DocumentKind
from app.core.statuses.store_work import TransferState
from app.core.words import status_text
from app.models.database import Database
from app.queries.transfers import TransferLineRow, TransferSheet, transfer_sheet
from app.reports.store_rows import TransferSlip, TransferSlipLine
from app.reports.transfer_slip import render_transfer_slip
from app.services.auditing import Seal, last_seal
from app.services.filing import file_printed
from app.services.heading import headed, site_of
from app.services.receipt_papers import save


@dataclass(frozen=True, slots=True)
class PrintedSlip:
    """The paper as PDF, the document under which it is kept, and the file if one was wanted."""

    content: bytes
    document_id: int
    number: str
    path: Path | None = None
    changes: Changes = frozenset({Topic.DOCUMENTS})


class TransferPaperService:
    """Duty: STORE_WORK. May be printed as often as wanted; each printing is a document of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def print_slip(self, *, actor: Actor, transfer_id: int, folder: Path | None = None) -> PrintedSlip:
        """With boxes to count in while the goods are on their way, with what arrived afterwards.

        Raises NotFoundError, PaperNotSavedError.
        """
        actor.demand(Duty.STORE_WORK)
        with self._database.reading() as session:
            sheet = transfer_sheet(session, transfer_id)
            under = last_seal(session)
            content = render_transfer_slip(self._slip(session, actor, sheet, under))
        number, kind = sheet.head.number, DocumentKind.TRANSFER_SLIP
        document_id = file_printed(self._database, actor, kind, number, content, under, sheet.head.source_id)
        path = save(folder / f"{number}.pdf", content) if folder is not None else None
        return PrintedSlip(content, document_id, number, path)

    def _slip(self, session: Session, actor: Actor, sheet: TransferSheet, under: Seal | None) -> TransferSlip:
        head = sheet.head
        paper = headed(session, self._database.clock, actor, site_of(session, head.source_id), under)
        is_on_way = head.state in (TransferState.SENT, TransferState.TAKEN_BACK)
        return TransferSlip(
            paper=paper,
            number=head.number,
            source=head.source.zh,
            source_en=head.source.en,
            target=head.target.zh,
            target_en=head.target.en,
            state=status_text(head.state, "zh"),
            state_en=status_text(head.state, "en"),
            sent_at=head.sent_at,
            sent_by=head.sent_by.said_in("zh"),
            finished_at=head.finished_at,
            finished_by=head.finished_by.said_in("zh") if head.finished_by else "",
            reason=head.reason,
            ending=head.finish_reason,
            lines=tuple(_told(row, is_on_way=is_on_way) for row in sheet.lines),
        )


def _told(row: TransferLineRow, *, is_on_way: bool) -> TransferSlipLine:
    return TransferSlipLine(
        product=row.product.zh,
        ref=row.ref,
        lot=row.lot_no,
        serial=row.serial_no,
        unit=row.unit.zh,
        expires_on=row.expiry_on,
        quantity=row.quantity,
        received=None if is_on_way else row.received,
        damaged=row.damaged,
        missing=row.missing + row.lost,
    )
