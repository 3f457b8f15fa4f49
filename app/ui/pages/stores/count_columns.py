"""How stock-takes read: the list, what was found so far, and the differences."""

from app.core.actor import Bilingual
from app.core.packages import said
from app.queries.stock_counts import CountLineRow, CountRow, FoundRow
from app.ui import formats, words
from app.ui.language import language, say, spoken
from app.ui.pages.stores.parts import layer_cell
from app.ui.widgets.cell_delegate import RowLook
from app.ui.widgets.cells import Cell, ChipLook
from app.ui.widgets.rows_model import Column


def count_columns() -> list[Column[CountRow]]:
    """Number, place, since when and by whom, how many differences, how far."""
    return [
        Column(spoken("stores.column.number"), lambda row: row.number, width=150, is_mono=True),
        Column(spoken("stores.column.place"), lambda row: row.place.zh, cell=_place, stretch=2),
        Column(spoken("stores.column.scope"), lambda row: len(row.product_ids), cell=_scope, width=110),
        Column(spoken("stores.column.started"), lambda row: row.started_at, text=formats.moment, width=140),
        Column(spoken("stores.column.by"), lambda row: row.started_by.zh, cell=_starter, width=100),
        Column(
            spoken("stores.column.differences"), lambda row: row.differences, cell=_differences, align="right", width=86
        ),
        Column(spoken("stores.column.state"), lambda row: row.state.value, cell=_state, width=112),
    ]


def _place(row: CountRow) -> Cell:
    return Cell(row.place.said_in(language()))


def _scope(row: CountRow) -> Cell:
    count = len(row.product_ids)
    return Cell(say("stores.count.some", count=count) if count else say("stores.count.every"))


def _starter(row: CountRow) -> Cell:
    return Cell(row.started_by.said_in(language()))


def _differences(row: CountRow) -> Cell:
    if row.is_blind:
        return Cell(formats.DASH, ink="muted")
    return Cell(formats.number(row.differences), is_bold=row.differences > 0)


def _state(row: CountRow) -> Cell:
    return Cell(chip=words.chip(row.state))


def found_columns() -> list[Column[FoundRow]]:
    """What was counted of each lot; nothing of what the books have."""
    return [
        Column(spoken("stores.column.product"), lambda row: _zh(row.product), cell=_found_product, stretch=3),
        Column(spoken("stores.column.lot"), lambda row: row.lot_no, cell=_found_lot, width=170),
        Column(spoken("stores.column.counted"), lambda row: row.total, cell=_total, align="right", width=96),
        Column(spoken("stores.column.by"), lambda row: row.by.zh, cell=_counter, width=150),
        Column(spoken("stores.column.state"), lambda row: len(row.layers), cell=_found_state, width=138),
    ]


def _zh(name: Bilingual | None) -> str:
    return name.zh if name else ""


def _found_product(row: FoundRow) -> Cell:
    if row.product is None:
        return Cell(say("stores.count.unknown_product"), ink="muted")
    return Cell(row.product.said_in(language()), row.ref, is_second_mono=True)


def _found_lot(row: FoundRow) -> Cell:
    return Cell(row.lot_no or formats.DASH, row.serial_no, is_mono=True, is_second_mono=True)


def _total(row: FoundRow) -> Cell:
    packages = said(max(0, row.total), row.levels, language())
    unit = row.unit.said_in(language()) if row.unit else ""
    return Cell(formats.number(row.total), packages, is_bold=True, unit=unit)


def _counter(row: FoundRow) -> Cell:
    return Cell(row.by.said_in(language()), formats.moment(row.at))


def _found_state(row: FoundRow) -> Cell:
    if not row.is_known:
        return Cell(chip=ChipLook(say("stores.count.unknown"), "attention", "question"))
    return layer_cell(row.layers, free="stores.count.taken_chip")


def found_look(row: FoundRow) -> RowLook:
    """Locked and unknown goods are counted too, and stand out."""
    if not row.is_known:
        return RowLook("attention")
    return RowLook("hold") if row.layers else RowLook()


def line_columns() -> list[Column[CountLineRow]]:
    """Product, lot, books, found, difference, and why."""
    return [
        Column(spoken("stores.column.product"), lambda row: _zh(row.product), cell=_line_product, stretch=2),
        Column(spoken("stores.column.lot"), lambda row: row.lot_no, cell=_line_lot, width=134),
        Column(spoken("stores.column.books"), lambda row: row.expected, text=formats.number, align="right", width=72),
        Column(spoken("stores.column.found"), lambda row: row.found, cell=_found, align="right", width=84),
        Column(
            spoken("stores.column.difference"), lambda row: row.difference, cell=_difference, align="right", width=72
        ),
        Column(spoken("stores.column.reason"), lambda row: row.reason_key, cell=_reason, stretch=2),
        Column(spoken("stores.column.state"), lambda row: len(row.layers), cell=_line_state, width=112),
    ]


def _line_product(row: CountLineRow) -> Cell:
    if row.product is None:
        return Cell(say("stores.count.unknown_product"), ink="muted")
    return Cell(row.product.said_in(language()), row.ref, is_second_mono=True)


def _line_lot(row: CountLineRow) -> Cell:
    return Cell(row.lot_no or formats.DASH, row.serial_no or row.receipt_no, is_mono=True, is_second_mono=True)


def _found(row: CountLineRow) -> Cell:
    first = say("stores.count.first", found=row.first_found) if row.first_found is not None else ""
    return Cell(formats.number(row.found), first)


def _difference(row: CountLineRow) -> Cell:
    if not row.difference:
        return Cell("0", ink="muted")
    return Cell(formats.number(row.difference, signed=True), is_bold=True, ink="stop" if row.difference < 0 else "text")


def _reason(row: CountLineRow) -> Cell:
    if not row.difference:
        return Cell("")
    if row.reason is None:
        return Cell(chip=ChipLook(say("stores.count.no_reason"), "attention", "question", on_tint=True))
    return Cell(row.reason.said_in(language()), row.note)


def _line_state(row: CountLineRow) -> Cell:
    if row.batch_id is None:
        return Cell(chip=ChipLook(say("stores.count.unknown"), "attention", "question", on_tint=True))
    return layer_cell(row.layers)


def line_look(row: CountLineRow) -> RowLook:
    """A lot that moved after it was counted says so; a recall names its case."""
    if row.has_moved:
        return RowLook("stop", "stop", say("stores.count.moved_note"))
    if row.difference and row.case_number:
        return RowLook("hold", "hold", say("stores.count.case_note", number=row.case_number))
    return RowLook("attention") if row.difference else RowLook()
