"""How orders and their lines read."""

from app.core.packages import said
from app.queries.orders import OrderLineRow, OrderRow
from app.queries.requisitions import AskableProduct
from app.ui import formats
from app.ui.language import language, say, spoken
from app.ui.pages.orders.presenter import BasketLine
from app.ui.widgets.cells import Cell
from app.ui.widgets.rows_model import Column
from app.ui.words import chip


def order_columns() -> list[Column[OrderRow]]:
    """The list."""
    return [
        Column(
            spoken("orders.column.number"),
            lambda row: row.id,
            cell=lambda row: Cell(row.number, formats.moment(row.at)[:10], is_mono=True, is_second_mono=True),
            width=150,
        ),
        Column(
            spoken("orders.column.supplier"),
            lambda row: row.supplier.zh,
            cell=lambda row: Cell(row.supplier.said_in(language()), formats.day(row.expected_on)),
            stretch=1,
        ),
        Column(spoken("orders.column.inbound"), lambda row: row.inbound, formats.number, align="right", width=84),
        Column(
            spoken("orders.column.state"), lambda row: row.state.value, cell=lambda row: Cell(chip=chip(row.state)),
            width=128,
        ),
    ]  # fmt: skip


def line_columns() -> list[Column[OrderLineRow]]:
    """Ordered against received."""
    return [
        Column(
            spoken("orders.column.product"),
            lambda row: row.product.zh,
            cell=lambda row: Cell(row.product.said_in(language()), row.ref),
            stretch=1,
        ),
        Column(spoken("orders.column.ordered"), lambda row: row.quantity, cell=_ordered, align="right", width=92),
        Column(spoken("orders.column.received"), lambda row: row.received, formats.number, align="right", width=84),
        Column(spoken("orders.column.inbound"), lambda row: row.inbound, cell=_inbound, align="right", width=84),
    ]


def _ordered(row: OrderLineRow) -> Cell:
    return Cell(formats.number(row.quantity), unit=row.unit.said_in(language()), is_bold=True)


def _inbound(row: OrderLineRow) -> Cell:
    return Cell(formats.number(row.inbound), ink="attention" if row.inbound else "ok")


def product_columns() -> list[Column[AskableProduct]]:
    """What may be ordered."""
    return [
        Column(
            spoken("orders.column.product"),
            lambda row: row.name.zh,
            cell=lambda row: Cell(row.name.said_in(language()), f"{row.ref} · {row.spec}"),
            stretch=1,
        ),
        Column(spoken("orders.column.in_store"), lambda row: row.stock.free, cell=_free, align="right", width=96),
        Column(spoken("orders.column.inbound"), lambda row: row.stock.inbound, formats.number, align="right", width=84),
    ]


def _free(row: AskableProduct) -> Cell:
    """With what is reserved under it."""
    kept = say("orders.reserved", count=row.stock.reserved) if row.stock.reserved else ""
    return Cell(formats.number(row.stock.free), kept, ink="text" if row.stock.free else "attention")


def basket_columns() -> list[Column[BasketLine]]:
    """What is about to be ordered."""
    return [
        Column(
            spoken("orders.column.product"),
            lambda row: row.product.name.zh,
            cell=lambda row: Cell(row.product.name.said_in(language()), row.product.ref),
            stretch=1,
        ),
        Column(
            spoken("orders.column.ordered"),
            lambda row: row.quantity,
            cell=_wanted,
            align="right",
            width=92,
        ),
    ]


def _wanted(row: BasketLine) -> Cell:
    packages = said(row.quantity, row.product.levels, language())
    return Cell(formats.number(row.quantity), packages, unit=row.product.unit.said_in(language()), is_bold=True)
