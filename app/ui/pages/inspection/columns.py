"""How a waiting batch looks in the queue."""

from app.queries.inspections import PendingRow
from app.ui import formats
from app.ui.language import language, say, spoken
from app.ui.widgets.cells import Cell
from app.ui.widgets.rows_model import Column


def lot_words(row: PendingRow) -> str:
    """The lot, or that there is none."""
    return say("inspection.no_lot") if row.is_lot_unknown else row.lot_no


def _product(row: PendingRow) -> Cell:
    return Cell(row.product.said_in(language()), " · ".join(part for part in (row.ref, row.spec) if part))


def _lot(row: PendingRow) -> Cell:
    return Cell(lot_words(row), row.receipt_no, is_mono=not row.is_lot_unknown, is_second_mono=True)


def _dates(row: PendingRow) -> Cell:
    return Cell(formats.day(row.expiry_on), row.received_at.astimezone().strftime("%m-%d %H:%M"), is_mono=True)


def queue_columns() -> list[Column[PendingRow]]:
    """Product, lot and receipt, expiry and arrival, quantity, who received it where."""
    return [
        Column(spoken("inspection.column.product"), lambda row: row.product.zh, cell=_product, stretch=1, width=140),
        Column(spoken("inspection.column.lot"), lambda row: row.lot_no, cell=_lot, stretch=1, width=120),
        Column(spoken("inspection.column.dates"), lambda row: row.expiry_on, cell=_dates, width=104),
        Column(
            spoken("inspection.column.quantity"),
            lambda row: row.quantity,
            cell=lambda row: Cell(formats.number(row.quantity), is_bold=True, unit=row.unit.said_in(language())),
            align="right",
            width=84,
        ),
        Column(
            spoken("inspection.column.receiver"),
            lambda row: row.received_by.zh,
            cell=lambda row: Cell(row.received_by.said_in(language()), row.place.said_in(language())),
            width=118,
        ),
    ]
