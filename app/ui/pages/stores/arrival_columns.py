"""How transfers and their lines read."""

from app.core.actor import Bilingual
from app.queries.transfers import TransferRow
from app.ui import formats, words
from app.ui.language import language, say, spoken
from app.ui.pages.stores.arrivals_presenter import ArrivalLine
from app.ui.widgets.cell_delegate import RowLook
from app.ui.widgets.cells import Cell
from app.ui.widgets.rows_model import Column


def document_columns(*, is_incoming: bool) -> list[Column[TransferRow]]:
    """Number, the other store, when and by whom, how much, and how far it is."""
    key = "stores.column.from" if is_incoming else "stores.column.to"
    return [
        Column(spoken("stores.column.number"), lambda row: row.number, width=142, is_mono=True),
        Column(
            spoken(key), lambda row: _other(row, is_incoming).zh, cell=lambda row: _place(row, is_incoming), stretch=2
        ),
        Column(spoken("stores.column.sent"), lambda row: row.sent_at, text=formats.moment, width=136),
        Column(spoken("stores.column.by"), lambda row: row.sent_by.zh, cell=_sender, width=84),
        Column(spoken("stores.column.units"), lambda row: row.quantity, text=formats.number, align="right", width=60),
        Column(spoken("stores.column.missing"), lambda row: row.missing, cell=_missing, align="right", width=60),
        Column(spoken("stores.column.state"), lambda row: row.state.value, cell=_state, width=118),
    ]


def _other(row: TransferRow, is_incoming: bool) -> Bilingual:
    return row.source if is_incoming else row.target


def _place(row: TransferRow, is_incoming: bool) -> Cell:
    return Cell(_other(row, is_incoming).said_in(language()))


def _sender(row: TransferRow) -> Cell:
    return Cell(row.sent_by.said_in(language()))


def _missing(row: TransferRow) -> Cell:
    is_open = row.missing > 0
    return Cell(formats.number(row.missing) if is_open else formats.DASH, is_bold=is_open)


def _state(row: TransferRow) -> Cell:
    return Cell(chip=words.chip(row.state))


def arrival_columns() -> list[Column[ArrivalLine]]:
    """Product, lot, how many were sent, have arrived, are counted now, are damaged, and would be missing."""
    return [
        Column(spoken("stores.column.product"), lambda line: line.row.product.zh, cell=_product, stretch=3),
        Column(spoken("stores.column.lot"), lambda line: line.row.lot_no, cell=_lot, width=126),
        Column(
            spoken("stores.column.units"), lambda line: line.row.quantity, text=formats.number, align="right", width=74
        ),
        Column(spoken("stores.column.arrived"), _arrived, text=formats.number, align="right", width=74),
        Column(spoken("stores.column.now"), lambda line: line.good, cell=_now, align="right", width=64),
        Column(
            spoken("stores.column.damaged"), lambda line: line.damaged, text=formats.number, align="right", width=74
        ),
        Column(spoken("stores.column.left"), lambda line: line.left, cell=_left, align="right", width=64),
    ]


def _arrived(line: ArrivalLine) -> int:
    return line.row.received + line.row.damaged


def _product(line: ArrivalLine) -> Cell:
    return Cell(line.row.product.said_in(language()), f"{line.row.ref} · {line.row.spec}")


def _lot(line: ArrivalLine) -> Cell:
    second = line.row.serial_no or formats.day(line.row.expiry_on)
    return Cell(line.row.lot_no, second, is_mono=True, is_second_mono=True)


def _now(line: ArrivalLine) -> Cell:
    return Cell(formats.number(line.good), is_bold=line.good > 0, ink="accent" if line.good else "muted")


def _left(line: ArrivalLine) -> Cell:
    return Cell(formats.number(line.left), is_bold=line.left > 0, ink="text" if line.left else "muted")


def arrival_look(line: ArrivalLine) -> RowLook:
    """Goods under a lock go to quarantine on arrival, and the row says so."""
    if line.row.layers and line.row.missing:
        return RowLook("hold", "hold", say("stores.arrive.locked_note", layer=line.row.layers[0]))
    return RowLook("ok") if line.row.missing == 0 else RowLook()
