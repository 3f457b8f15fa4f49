"""How a batch reads in the list, and a line of its history in the ledger."""

from datetime import datetime

from app.core.statuses.stock import MovementKind
from app.queries.batch_card import HistoryRow, LockAct, SignedAct
from app.queries.batches import NEAR_EXPIRY_DAYS, BatchRow
from app.queries.ledger import LedgerLine
from app.ui import formats
from app.ui.language import language, say, spoken
from app.ui.widgets.cell_delegate import RowLook
from app.ui.widgets.cells import Cell, ChipLook
from app.ui.widgets.rows_model import Column
from app.ui.words import Look, chip, look, word

_LEAVES = frozenset(
    {
        MovementKind.ISSUE,
        MovementKind.USE,
        MovementKind.RETURN_TO_SUPPLIER,
        MovementKind.DISPOSAL,
        MovementKind.STOCK_LOSS,
        MovementKind.KIT_BUILD,
    }
)
_ACTS = {
    LockAct.HELD: Look("pause-circle", "hold"),
    LockAct.RECALLED: Look("lock", "stop"),
    LockAct.LIFTED: Look("unlock", "ok"),
    SignedAct.SIGNED: Look("signature", "ok"),
    SignedAct.BROKEN: Look("signature", "stop"),
}
ARROW = " → "


def batch_columns() -> list[Column[BatchRow]]:
    """The list."""
    return [
        Column(spoken("batches.column.lot"), lambda row: row.lot_key, cell=_lot, width=170),
        Column(spoken("batches.column.product"), lambda row: row.product.zh, cell=_product, stretch=3),
        Column(spoken("batches.column.supplier"), lambda row: row.supplier.zh, cell=_supplier, stretch=2),
        Column(spoken("batches.column.expiry"), lambda row: row.expiry_on, cell=_expiry, width=108),
        Column(spoken("batches.column.received"), lambda row: row.received, formats.number, align="right", width=70),
        Column(spoken("batches.column.in_hand"), lambda row: row.in_hand, formats.number, align="right", width=68),
        Column(spoken("batches.column.free"), lambda row: row.free, cell=_free, align="right", width=80),
        Column(spoken("batches.column.score"), lambda row: row.score, cell=_score, align="right", width=72),
        Column(spoken("batches.column.state"), lambda row: len(row.layers), cell=_state, width=172),
    ]


def _lot(row: BatchRow) -> Cell:
    ink = "spent" if row.layers else "text"
    return Cell(row.lot_no, row.receipt_no, ink=ink, is_mono=True, is_second_mono=True, is_bold=True)


def _product(row: BatchRow) -> Cell:
    return Cell(row.product.said_in(language()), f"{row.ref} · {row.spec}", ink="spent" if row.layers else "text")


def _supplier(row: BatchRow) -> Cell:
    return Cell(row.supplier.said_in(language()), formats.moment(row.received_at)[:10], ink="muted")


def _expiry(row: BatchRow) -> Cell:
    ink = "text"
    if row.days_left is not None:
        ink = "stop" if row.days_left < 0 else "attention" if row.days_left <= NEAR_EXPIRY_DAYS else "text"
    return Cell(formats.day(row.expiry_on), ink=ink, is_mono=True)


def _free(row: BatchRow) -> Cell:
    kept = say("batches.kept", count=formats.number(row.stock.reserved)) if row.stock.reserved else ""
    return Cell(formats.number(row.free), kept, ink="text" if row.free else "muted", is_bold=bool(row.free))


def _score(row: BatchRow) -> Cell:
    return Cell(str(row.score), ink="attention" if row.gaps else "muted", is_bold=bool(row.gaps))


def _state(row: BatchRow) -> Cell:
    if not row.layers:
        return Cell(chip=chip(row.inspection))
    shown = chip(row.layers[0])
    more = f" +{len(row.layers) - 1}" if len(row.layers) > 1 else ""
    return Cell(chip=ChipLook(shown.text + more, shown.tone, shown.icon))


def batch_look(row: BatchRow) -> RowLook:
    """A locked batch carries its tone at the edge."""
    return RowLook(edge=look(row.layers[0]).tone) if row.layers else RowLook()


RECORDED_COLUMN = 1
"""When the database wrote the line down: shown where that decides, in the past."""


def history_columns() -> list[Column[HistoryRow]]:
    """The ledger of one batch."""
    return [
        Column(spoken("batches.column.at"), lambda row: row.at, cell=_at, width=104),
        Column(spoken("as_of.recorded"), _recorded_at, cell=_recorded, width=104),
        Column(spoken("batches.column.what"), lambda row: row.what.value, cell=_what, width=96, fits=True),
        Column(spoken("batches.column.where"), lambda row: row.document_no, cell=_where, stretch=3),
        Column(spoken("batches.column.quantity"), _signed, cell=_quantity, align="right", width=70),
        Column(spoken("batches.column.by"), lambda row: row.by.zh, cell=_by, width=60, stretch=2),
        Column(spoken("batches.column.document"), lambda row: row.document_no, cell=_document, width=132),
    ]


def _at(row: HistoryRow) -> Cell:
    return Cell(formats.moment(row.at)[5:], ink="muted", is_mono=True)


def _recorded_at(row: HistoryRow) -> datetime:
    return row.line.recorded_at if row.line is not None else row.at


def _recorded(row: HistoryRow) -> Cell:
    return Cell(formats.moment(_recorded_at(row))[5:], is_mono=True)


def _what(row: HistoryRow) -> Cell:
    icon, tone = _ACTS[row.what] if isinstance(row.what, LockAct | SignedAct) else look(row.what)
    ink = "spent" if row.line is not None and row.line.is_reversed else "text"
    return Cell(word(row.what), icon=icon, icon_ink=tone, ink=ink)


def _where(row: HistoryRow) -> Cell:
    return Cell(where_text(row))


def where_text(row: HistoryRow) -> str:
    """Between which places; the patient masked; remarks after it."""
    if row.meaning is not None:
        return " · ".join(filter(None, (row.meaning.said_in(language()), row.reason)))
    if row.line is None:
        return f"{say('batches.whole_lot')} · {row.reason}"
    words = _places(row.line)
    if row.line.despite_lock:
        words += f" · {say('batches.despite')}"
    if row.line.is_reversed:
        words += f" · {say('batches.reversed')}"
    return words


def _places(line: LedgerLine) -> str:
    tongue = language()
    source = line.source.said_in(tongue) if line.source else ""
    target = line.target.said_in(tongue) if line.target else ""
    if line.visit:
        return say("batches.patient", place=target, visit=line.visit)
    if line.serial_no:
        target = f"{target} · {line.serial_no}" if target else line.serial_no
    if not source or source == target:
        return target or source
    return f"{source}{ARROW}{target}" if target else source


def _signed(row: HistoryRow) -> int:
    if row.line is None or row.line.kind is MovementKind.INSPECTION:
        return 0
    return -row.line.quantity if row.line.kind in _LEAVES else row.line.quantity


def _quantity(row: HistoryRow) -> Cell:
    if row.line is None:
        return Cell(formats.DASH, ink="muted")
    if row.line.kind is MovementKind.INSPECTION:
        return Cell(formats.number(row.line.quantity))
    return Cell(formats.number(_signed(row), signed=True), is_bold=not row.line.is_reversed)


def _by(row: HistoryRow) -> Cell:
    names = [row.by, row.second] if row.second else [row.by]
    return Cell(" · ".join(name.said_in(language()) for name in names), ink="muted")


def _document(row: HistoryRow) -> Cell:
    return Cell(row.document_no, is_mono=True, is_small=True)
