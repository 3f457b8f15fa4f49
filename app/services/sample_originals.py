"""Originals of the sample: the delivery note of each class III batch, as a small PDF; a few were never scanned."""

import hashlib

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.core.statuses.requisition import AttachmentKind
from app.core.statuses.stock import ProductClass
from app.models.catalogue import Product
from app.models.stock import Batch
from app.models.supplements import Attachment

FORGOTTEN = 29
"""Every so many batches nobody scanned the paper, so that the list of gaps has something to show."""
_PAGE = "BT /F1 14 Tf 60 780 Td (SAMPLE delivery note {receipt}) Tj 0 -24 Td (Lot {lot}) Tj ET"


def write_originals(session: Session, person_id: int) -> None:
    """One file a batch, added by this person as the goods came."""
    rows = session.execute(
        select(Batch.id, Batch.receipt_no, Batch.lot_no, Batch.received_at)
        .join(Product, Product.id == Batch.product_id)
        .where(Product.product_class == ProductClass.III)
        .order_by(Batch.id)
    ).all()
    files = [
        _file(batch_id, receipt, sample_pdf(receipt, lot)) | {"added_by": person_id, "added_at": at}
        for number, (batch_id, receipt, lot, at) in enumerate(rows)
        if number % FORGOTTEN != FORGOTTEN - 1
    ]
    if files:
        session.execute(insert(Attachment), files)


def _file(batch_id: int, receipt: str, content: bytes) -> dict[str, object]:
    return {
        "batch_id": batch_id,
        "kind": AttachmentKind.DELIVERY_NOTE,
        "name": f"随货同行单-{receipt}.pdf",
        "media_type": "application/pdf",
        "size": len(content),
        "content": content,
        "content_hash": hashlib.sha256(content).hexdigest(),
    }


def sample_pdf(receipt: str, lot: str) -> bytes:
    """A page that says it is a sample; only ASCII, as the standard fonts of PDF have no other letters."""
    words = _PAGE.format(receipt=receipt, lot="".join(one if one.isascii() and one.isalnum() else "-" for one in lot))
    stream = words.encode("ascii", "replace")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    body, offsets = b"%PDF-1.4\n", list[int]()
    for number, part in enumerate(parts, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, table)
    return body + head + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(body))
