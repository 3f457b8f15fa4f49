"""How a line of an issue reads."""

from app.core.packages import said
from app.ui import formats
from app.ui.language import language, say, spoken
from app.ui.pages.issuing.presenter import IssueLine
from app.ui.widgets.cell_delegate import RowLook
from app.ui.widgets.cells import Cell, ChipLook
from app.ui.widgets.rows_model import Column


def issue_columns() -> list[Column[IssueLine]]:
    """Product, lot, expiry, how many, how many there are, and whether another should go first."""
    return [
        Column(spoken("issuing.column.product"), lambda line: line.product.name.zh, cell=_product, stretch=3),
        Column(spoken("issuing.column.lot"), lambda line: line.wanted.lot, cell=_lot, width=150),
        Column(spoken("issuing.column.expiry"), lambda line: line.expiry_on, text=formats.day, width=112, is_mono=True),
        Column(spoken("issuing.column.quantity"), lambda line: line.quantity, cell=_quantity, align="right", width=96),
        Column(
            spoken("issuing.column.available"),
            lambda line: line.stock.lot.free,
            cell=_free,
            align="right",
            width=88,
        ),
        Column(spoken("issuing.column.state"), lambda line: line.warns, cell=_state, width=150),
    ]


def _product(line: IssueLine) -> Cell:
    return Cell(line.product.name.said_in(language()), f"{line.product.ref} · {line.product.spec}")


def _lot(line: IssueLine) -> Cell:
    second = " ".join(part for part in (line.wanted.serial, *line.shelves) if part)
    return Cell(line.wanted.lot or formats.DASH, second, is_mono=True, is_second_mono=True)


def _quantity(line: IssueLine) -> Cell:
    packages = said(line.quantity, line.product.levels, language())
    return Cell(formats.number(line.quantity), packages, is_bold=True, unit=line.product.unit.said_in(language()))


def _free(line: IssueLine) -> Cell:
    lot = line.stock.lot
    kept = say("issuing.kept", count=formats.number(lot.reserved)) if lot.reserved else ""
    return Cell(formats.number(lot.free), kept, ink="attention" if line.takes_reserved else "text")


def _state(line: IssueLine) -> Cell:
    if line.warns:
        return Cell(chip=ChipLook(say("issuing.earlier_chip"), "attention", "hourglass", on_tint=True))
    if line.takes_reserved:
        return Cell(chip=ChipLook(say("issuing.takes_chip"), "attention", "clipboard", on_tint=True))
    return Cell(chip=ChipLook(say("issuing.fine"), "ok", "check-circle"))


def issue_look(line: IssueLine) -> RowLook:
    """A line that passes over an earlier expiry, or takes reserved units, says so under itself."""
    if line.earlier is not None and line.warns:
        earlier = line.earlier
        available = formats.number(earlier.available)
        note = say("issuing.earlier_note", lot=earlier.lot_no, day=earlier.expiry_on, available=available)
        return RowLook("attention", "attention", note)
    if line.takes_reserved:
        lot = line.stock.lot
        note = say("issuing.takes_note", free=formats.number(lot.free), reserved=formats.number(lot.reserved))
        return RowLook("attention", "attention", note)
    return RowLook()
