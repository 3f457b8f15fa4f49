"""The label of a batch, made from the books: printed for goods whose own code is damaged or missing."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import NotFoundError
from app.models.catalogue import DeviceIdentifier, PackagingLevel, Product, Supplier
from app.models.database import Database
from app.models.stock import Batch
from app.queries.scanned import product_row
from app.reports.batch_label import render_batch_labels
from app.reports.rows import BatchLabel, LabelSize


class LabellingService:
    """Reads only; returns the bytes of a PDF, a page a label."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def batch_label(self, batch_id: int, *, copies: int = 1, size: LabelSize = LabelSize.LARGE) -> bytes:
        """Raises NotFoundError; LabelOverflowError where the stock is too small for the text."""
        with self._database.reading() as session:
            label = _label(session, batch_id)
        return render_batch_labels([label] * copies, size)


def _label(session: Session, batch_id: int) -> BatchLabel:
    batch = session.get(Batch, batch_id)
    if batch is None:
        raise NotFoundError
    product = product_row(session, batch.product_id)
    supplier = session.get_one(Supplier, batch.supplier_id)
    return BatchLabel(
        product=product.name.zh,
        product_en=product.name.en,
        lot=batch.lot_no,
        batch_code=str(batch.id),
        gtin=_gtin(session, batch.product_id),
        ref=product.ref,
        produced_on=batch.production_on,
        expires_on=batch.expiry_on,
        supplier=supplier.name_zh,
        receipt_number=batch.receipt_no,
        storage=product.storage,
    )


def _gtin(session: Session, product_id: int) -> str:
    """The identifier of the single unit; only GS1's can stand in a GS1 symbol."""
    query = (
        select(DeviceIdentifier.di)
        .join(PackagingLevel, PackagingLevel.id == DeviceIdentifier.packaging_level_id)
        .join(Product, Product.id == DeviceIdentifier.product_id)
        .where(DeviceIdentifier.product_id == product_id, DeviceIdentifier.agency == "gs1", PackagingLevel.level == 0)
        .order_by(DeviceIdentifier.id)
    )
    return session.scalar(query.limit(1)) or ""
