"""What the ward has, the earliest expiry first; what is locked stays visible with its reason."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.queries.ward_stock import StockRow
from app.ui import formats
from app.ui.language import language, say, spoken
from app.ui.pages.ward.presenter import usable
from app.ui.widgets.card import Card
from app.ui.widgets.cell_delegate import RowLook
from app.ui.widgets.cells import Cell, ChipLook
from app.ui.widgets.rows_model import Column
from app.ui.widgets.table import DataTable
from app.ui.words import chip

NEAR_DAYS = 30


class StockTab(QWidget):
    """Enter opens the batch card."""

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.card = Card(spoken("ward.tab.stock"), flush=True)
        self.table = DataTable(
            stock_columns(),
            in_card=True,
            two_lines=True,
            look=stock_look,
            key=lambda row: (row.batch_id, row.state),
            name=spoken("ward.tab.stock"),
            empty=spoken("ward.stock.empty"),
            row_height=56,
        )
        self.card.add(self.table, 1)
        column.addWidget(self.card)
        self._rows: Sequence[StockRow] = ()
        self.table.opened.connect(self._open)

    def _open(self, row: StockRow) -> None:
        self.opened.emit(row.batch_id)

    def show_stock(self, rows: Sequence[StockRow]) -> None:
        self._rows = rows
        self.table.set_rows(rows)
        self.retranslate()

    def retranslate(self) -> None:
        lots, units, locked = usable(self._rows)
        note = say("ward.stock.note", lots=lots, units=units, locked=locked) if self._rows else ""
        self.card.set_title(spoken("ward.tab.stock"), note)


def stock_columns() -> list[Column[StockRow]]:
    """Lot, product, expiry, what is left of it, how many, whether they may be used."""
    return [
        Column(spoken("ward.stock.lot"), lambda row: row.lot_no, width=190, is_mono=True),
        Column(spoken("ward.stock.product"), lambda row: row.product.zh, cell=_product, stretch=3),
        Column(spoken("ward.stock.expiry"), lambda row: row.expiry_on, text=formats.day, width=120, is_mono=True),
        Column(spoken("ward.stock.left"), lambda row: row.days_left, cell=_left, width=110),
        Column(spoken("ward.stock.quantity"), lambda row: row.quantity, cell=_quantity, align="right", width=110),
        Column(spoken("ward.stock.state"), lambda row: row.is_free, cell=_state, width=200),
    ]


def _product(row: StockRow) -> Cell:
    ink = "text" if row.is_free else "spent"
    return Cell(text=row.product.said_in(language()), second=f"{row.ref} · {row.spec}", ink=ink)


def _left(row: StockRow) -> Cell:
    if row.days_left is None:
        return Cell(text=formats.DASH, ink="muted")
    if row.days_left < 0:
        return Cell(text=say("ward.stock.over"), ink="stop", is_bold=True)
    near = row.days_left <= NEAR_DAYS
    return Cell(text=say("ward.stock.days", days=row.days_left), ink="attention" if near else "text", is_bold=near)


def _quantity(row: StockRow) -> Cell:
    return Cell(text=formats.number(row.quantity), unit=row.unit.said_in(language()), is_bold=True)


def _state(row: StockRow) -> Cell:
    if row.is_free:
        return Cell(chip=ChipLook(say("ward.stock.free"), "ok", "check-circle"))
    return Cell(chip=chip(row.layers[0] if row.layers else row.state))


def stock_look(row: StockRow) -> RowLook:
    """Rows that may not be used stand out at their edge."""
    return RowLook(edge="" if row.is_free else "stop")
