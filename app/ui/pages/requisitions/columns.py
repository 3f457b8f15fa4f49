"""How requisitions, their lines, and products to ask for read."""

from collections.abc import Callable
from typing import TypeVar

from app.core.packages import said
from app.queries.free_stock import FreeStock
from app.queries.requisitions import AskableProduct, RequisitionLineRow, RequisitionRow
from app.ui import formats
from app.ui.language import language, say, spoken
from app.ui.pages.requisitions.presenter import CartLine, PickedLine
from app.ui.widgets.cell_delegate import RowLook
from app.ui.widgets.cells import Cell, ChipLook
from app.ui.widgets.rows_model import Column
from app.ui.words import chip, look

Row = TypeVar("Row")


def requisition_columns() -> list[Column[RequisitionRow]]:
    """The list at the left."""
    return [
        Column(spoken("requisitions.column.number"), lambda row: row.id, cell=_number, width=150),
        Column(spoken("requisitions.column.ward"), lambda row: row.department.zh, cell=_ward, stretch=2),
        Column(spoken("requisitions.column.missing"), lambda row: row.missing, cell=_missing, align="right", width=92),
        Column(spoken("requisitions.column.state"), lambda row: row.state.value, cell=_state, width=128),
    ]


def _number(row: RequisitionRow) -> Cell:
    return Cell(row.number, formats.moment(row.asked_at)[5:], is_mono=True, is_second_mono=True)


def _ward(row: RequisitionRow) -> Cell:
    return Cell(row.department.said_in(language()), row.asked_by.said_in(language()))


def _missing(row: RequisitionRow) -> Cell:
    return Cell(f"{formats.number(row.quantity - row.missing)}/{formats.number(row.quantity)}", is_bold=True)


def _state(row: RequisitionRow) -> Cell:
    return Cell(chip=chip(row.state))


def requisition_look(row: RequisitionRow) -> RowLook:
    """A requisition that lost reserved units to a lock carries the stop tone."""
    return RowLook(edge="stop" if row.cancelled else look(row.state).tone)


FILLING_COLUMNS, DECIDING_COLUMNS = range(2, 5), range(5, 9)
"""Of a line: what was served and what to take next; or what the store has while somebody decides."""


def line_columns() -> list[Column[RequisitionLineRow]]:
    """The lines of one requisition; a page shows the filling columns or the deciding ones."""
    return [
        Column(spoken("requisitions.column.product"), lambda row: row.product.zh, cell=_product, stretch=3),
        Column(spoken("requisitions.column.asked"), lambda row: row.quantity, cell=_asked, align="right", width=84),
        Column(spoken("requisitions.column.issued"), lambda row: row.issued, cell=_issued, align="right", width=72),
        Column(
            spoken("requisitions.column.reserved"), lambda row: row.reserved, formats.number, align="right", width=72
        ),
        Column(spoken("requisitions.column.next"), lambda row: len(row.lots), cell=_next, stretch=2),
        *stock_columns(lambda row: row.stock, lambda row: row.quantity),
    ]


def stock_columns(stock: Callable[[Row], FreeStock], wanted: Callable[[Row], int]) -> list[Column[Row]]:
    """In stock, reserved, free, inbound; free stands out where it does not cover what is ``wanted``."""
    return [
        Column(
            spoken("requisitions.column.in_stock"),
            lambda row: stock(row).in_stock,
            formats.number,
            align="right",
            width=72,
        ),
        Column(
            spoken("requisitions.column.reserved_all"),
            lambda row: stock(row).reserved,
            formats.number,
            align="right",
            width=76,
        ),
        Column(
            spoken("requisitions.column.free"),
            lambda row: stock(row).free,
            cell=lambda row: _free(stock(row), wanted(row)),
            align="right",
            width=64,
        ),
        Column(
            spoken("requisitions.column.inbound"),
            lambda row: stock(row).inbound,
            cell=lambda row: _inbound(stock(row)),
            align="right",
            width=76,
        ),
    ]


def _free(stock: FreeStock, wanted: int) -> Cell:
    return Cell(formats.number(stock.free), ink="text" if stock.free >= max(1, wanted) else "attention", is_bold=True)


def _inbound(stock: FreeStock) -> Cell:
    return Cell(formats.number(stock.inbound), ink="text" if stock.inbound else "muted")


def _product(row: RequisitionLineRow) -> Cell:
    second = row.ref
    if row.substitutes:
        names = " · ".join(name.said_in(language()) for name in row.substitutes)
        second = say("requisitions.substituted", product=names)
    return Cell(row.product.said_in(language()), second)


def _asked(row: RequisitionLineRow) -> Cell:
    packages = said(row.quantity, row.levels, language())
    return Cell(formats.number(row.quantity), packages, unit=row.unit.said_in(language()), is_bold=True)


def _issued(row: RequisitionLineRow) -> Cell:
    return Cell(formats.number(row.issued), ink="ok" if not row.missing else "text")


def _next(row: RequisitionLineRow) -> Cell:
    if not row.missing:
        return Cell(chip=ChipLook(say("requisitions.whole"), "ok", "check-circle"))
    if not row.lots:
        return Cell(chip=ChipLook(say("requisitions.backordered"), "attention", "hourglass"))
    lot = row.lots[0]
    return Cell(lot.lot_no, formats.day(lot.expiry_on), is_mono=True, is_second_mono=True)


def product_columns() -> list[Column[AskableProduct]]:
    """What a ward may ask for."""
    return [
        Column(spoken("requisitions.column.product"), lambda row: row.name.zh, cell=_askable, stretch=3),
        Column(spoken("requisitions.column.usual"), lambda row: row.usual, formats.number, align="right", width=84),
        *stock_columns(lambda row: row.stock, lambda row: row.usual),
    ]


def _askable(row: AskableProduct) -> Cell:
    return Cell(row.name.said_in(language()), f"{row.ref} · {row.spec}")


def cart_columns() -> list[Column[CartLine]]:
    """What is about to be asked for."""
    return [
        Column(spoken("requisitions.column.product"), lambda row: row.product.name.zh, cell=_in_cart, stretch=1),
        Column(
            spoken("requisitions.column.asked"), lambda row: row.quantity, cell=_cart_quantity, align="right", width=88
        ),
    ]


def _in_cart(row: CartLine) -> Cell:
    return Cell(row.product.name.said_in(language()), row.product.ref)


def _cart_quantity(row: CartLine) -> Cell:
    packages = said(row.quantity, row.product.levels, language())
    return Cell(formats.number(row.quantity), packages, unit=row.product.unit.said_in(language()), is_bold=True)


def picked_columns() -> list[Column[PickedLine]]:
    """What was scanned for the requisition shown."""
    return [
        Column(spoken("requisitions.column.product"), lambda row: row.product.zh, cell=_picked, stretch=2),
        Column(spoken("requisitions.column.lot"), lambda row: row.wanted.lot, cell=_lot, width=130),
        Column(spoken("requisitions.column.taken"), lambda row: row.quantity, formats.number, align="right", width=72),
    ]


def _picked(row: PickedLine) -> Cell:
    second = say("requisitions.replaces", product=row.replaces.said_in(language())) if row.replaces else ""
    return Cell(row.product.said_in(language()), second)


def _lot(row: PickedLine) -> Cell:
    return Cell(row.wanted.lot or formats.DASH, say("issuing.earlier_chip") if row.warns else "", is_mono=True)
