"""How the lines of a new transfer read, and the stock they are chosen from."""

from app.core.packages import said
from app.core.statuses.locks import LockLayer
from app.queries.ward_stock import StockRow
from app.ui import formats
from app.ui.document_lines import DocumentLine
from app.ui.language import language, say, spoken
from app.ui.pages.stores.parts import layer_cell
from app.ui.widgets.cell_delegate import RowLook
from app.ui.widgets.cells import Cell, ChipLook
from app.ui.widgets.rows_model import Column


def line_columns() -> list[Column[DocumentLine]]:
    """Product, lot, expiry, how many of how many, and whether another should go first."""
    return [
        Column(spoken("stores.column.product"), lambda line: line.product.name.zh, cell=_product, stretch=3),
        Column(spoken("stores.column.lot"), lambda line: line.wanted.lot, cell=_lot, width=150),
        Column(spoken("stores.column.expiry"), lambda line: line.expiry_on, text=formats.day, width=112, is_mono=True),
        Column(spoken("stores.quantity"), lambda line: line.quantity, cell=_quantity, align="right", width=92),
        Column(
            spoken("stores.column.available"), lambda line: line.available, text=formats.number, align="right", width=88
        ),
        Column(spoken("stores.column.state"), lambda line: line.warns, cell=_state, width=138),
    ]


def _product(line: DocumentLine) -> Cell:
    return Cell(line.product.name.said_in(language()), f"{line.product.ref} · {line.product.spec}")


def _lot(line: DocumentLine) -> Cell:
    second = " ".join(part for part in (line.wanted.serial, *line.shelves) if part)
    return Cell(line.wanted.lot or formats.DASH, second, is_mono=True, is_second_mono=True)


def _quantity(line: DocumentLine) -> Cell:
    packages = said(line.quantity, line.product.levels, language())
    return Cell(formats.number(line.quantity), packages, is_bold=True, unit=line.product.unit.said_in(language()))


def _state(line: DocumentLine) -> Cell:
    if line.warns:
        return Cell(chip=ChipLook(say("stores.earlier_chip"), "attention", "hourglass", on_tint=True))
    return Cell(chip=ChipLook(say("stores.fine"), "ok", "check-circle"))


def line_look(line: DocumentLine) -> RowLook:
    """A line that passes over an earlier expiry says so under itself."""
    if line.earlier is None or not line.warns:
        return RowLook()
    earlier = line.earlier
    available = formats.number(earlier.available)
    note = say("stores.earlier_note", lot=earlier.lot_no, day=earlier.expiry_on, available=available)
    return RowLook("attention", "attention", note)


def stock_columns() -> list[Column[StockRow]]:
    """What the store has, the earliest expiry first; locked goods with their reason."""
    return [
        Column(spoken("stores.column.product"), lambda row: row.product.zh, cell=_stock_product, stretch=3),
        Column(spoken("stores.column.lot"), lambda row: row.lot_no, width=150, is_mono=True),
        Column(spoken("stores.column.expiry"), lambda row: row.expiry_on, text=formats.day, width=112, is_mono=True),
        Column(spoken("stores.column.stock"), lambda row: row.quantity, text=formats.number, align="right", width=92),
        Column(
            spoken("stores.column.state"),
            lambda row: row.layers[0].value if row.layers else "",
            cell=lambda row: layer_cell(row.layers),
            width=138,
        ),
    ]


def _stock_product(row: StockRow) -> Cell:
    return Cell(f"{row.product.said_in(language())} · {row.ref}", ink="text" if row.is_free else "muted")


def stock_look(row: StockRow) -> RowLook:
    """Locked goods stand out at the edge."""
    if row.is_free:
        return RowLook()
    return RowLook("spent" if row.layers[:1] == (LockLayer.EXPIRED,) else "hold")
