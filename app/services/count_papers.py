"""The papers of a stock-take, made from the sheet as it stands and kept on file."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.changes import Changes, Topic
from app.core.statuses.documents import DocumentKind
from app.core.words import status_text
from app.models.catalogue import Product
from app.models.database import Database
from app.models.persons import Person
from app.models.stock import Batch
from app.models.store_work import StockCountEntry, StockCountLine
from app.queries.signed import signed_on_document
from app.queries.stock_counts import CountLineRow, CountSheet, count_sheet
from app.reports.stock_count import render_stock_count
from app.reports.store_rows import CountLine, CountPaper
from app.services.auditing import Seal, last_seal
from app.services.count_lines import demand_counting
from app.services.filing import file_printed
from app.services.heading import headed, site_of
from app.services.paper_rows import signed_lines
from app.services.receipt_papers import save


@dataclass(frozen=True, slots=True)
class PrintedCount:
    """The paper as PDF, the document under which it is kept, and the file if one was wanted."""

    content: bytes
    document_id: int
    path: Path | None = None
    changes: Changes = frozenset({Topic.DOCUMENTS})


class CountPaperService:
    """May be printed as often as wanted; each printing is a document of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def print_count(self, *, actor: Actor, count_id: int, folder: Path | None = None) -> PrintedCount:
        """The blind sheet, or the report once it is finished. Raises NotFoundError, PaperNotSavedError."""
        with self._database.reading() as session:
            sheet = count_sheet(session, count_id)
            demand_counting(actor, sheet.head.place_id)
            under = last_seal(session)
            content = render_stock_count(self._paper(session, actor, sheet, under))
        kind = DocumentKind.COUNT_SHEET if sheet.head.is_blind else DocumentKind.COUNT_REPORT
        head = sheet.head
        document_id = file_printed(self._database, actor, kind, head.number, content, under, head.place_id)
        path = save(folder / f"{sheet.head.number}-{kind.value}.pdf", content) if folder is not None else None
        return PrintedCount(content, document_id, path)

    def _paper(self, session: Session, actor: Actor, sheet: CountSheet, under: Seal | None) -> CountPaper:
        head = sheet.head
        paper = headed(session, self._database.clock, actor, site_of(session, head.place_id), under)
        return CountPaper(
            paper=paper,
            number=head.number,
            place=head.place.zh,
            place_en=head.place.en,
            state=status_text(head.state, "zh"),
            state_en=status_text(head.state, "en"),
            is_blind=head.is_blind,
            started_at=head.started_at,
            started_by=head.started_by.said_in("zh"),
            finished_at=None if head.is_blind else head.finished_at,
            counted_by=_counters(session, head.id),
            approved_by=head.approved_by.said_in("zh") if head.approved_by else "",
            posted_at=head.posted_at,
            signed=() if head.is_blind else signed_lines(signed_on_document(session, head.number)),
            lines=tuple(_blind_lines(session, head.id)) if head.is_blind else tuple(_told(row) for row in sheet.lines),
        )


def _counters(session: Session, count_id: int) -> str:
    query = (
        select(Person.name_zh)
        .where(Person.id.in_(select(StockCountEntry.person_id).where(StockCountEntry.count_id == count_id)))
        .order_by(Person.id)
    )
    return "、".join(session.scalars(query))


def _blind_lines(session: Session, count_id: int) -> list[CountLine]:
    """What is still to be counted, by product and lot, without a figure."""
    query = (
        select(StockCountLine, Batch.expiry_on, Product)
        .join(Batch, Batch.id == StockCountLine.batch_id)
        .join(Product, Product.id == Batch.product_id)
        .where(StockCountLine.count_id == count_id, StockCountLine.found.is_(None))
        .order_by(Product.code, Batch.expiry_on, StockCountLine.lot_no, StockCountLine.id)
    )
    lines: dict[tuple[int, str, str], CountLine] = {}
    for line, expiry_on, product in session.execute(query):
        lines.setdefault(
            (product.id, line.lot_key, line.serial_no),
            CountLine(
                product=product.name_zh,
                ref=product.ref,
                lot=line.lot_no,
                serial=line.serial_no,
                unit=product.base_unit_zh,
                expires_on=expiry_on,
            ),
        )
    return list(lines.values())


def _told(row: CountLineRow) -> CountLine:
    reason = row.reason.said_in("zh") if row.reason else ""
    return CountLine(
        product=row.product.said_in("zh") if row.product else "—",
        ref=row.ref,
        lot=row.lot_no,
        serial=row.serial_no,
        unit=row.unit.said_in("zh") if row.unit else "",
        receipt=row.receipt_no,
        expires_on=row.expiry_on,
        expected=row.expected,
        found=row.found,
        first_found=row.first_found,
        reason="：".join(part for part in (reason, row.note) if part),
    )
