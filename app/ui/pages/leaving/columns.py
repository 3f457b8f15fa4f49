"""How goods that wait, documents and their lines read."""

from collections.abc import Callable

from app.core.statuses.leaving import DepartureKind
from app.queries.departures import DepartureLineRow, DepartureRow
from app.queries.leaving import WaitingRow, WaitReason
from app.ui import formats, words
from app.ui.language import language, say, spoken
from app.ui.widgets.cell_delegate import RowLook
from app.ui.widgets.cells import Cell, ChipLook
from app.ui.widgets.rows_model import Column
from app.ui.widgets.tick_table import tick

_WHY = {
    WaitReason.RECALLED: ("lock", "stop"),
    WaitReason.REJECTED: ("x-circle", "stop"),
    WaitReason.EXPIRED: ("calendar", "spent"),
    WaitReason.QUARANTINED: ("pause-circle", "hold"),
}
LONG_WAIT = 30
"""Days after which waiting goods stand out."""


def waiting_columns(is_ticked: Callable[[WaitingRow], bool]) -> list[Column[WaitingRow]]:
    """Tick · why · goods · where · supplier · since · units."""
    return [
        Column("", is_ticked, cell=lambda row: tick(is_ticked(row)), width=40),
        Column(spoken("leaving.column.why"), lambda row: row.why.value, cell=_why, width=118),
        Column(
            spoken("leaving.column.goods"),
            lambda row: row.lot_no,
            cell=lambda row: Cell(row.lot_no, f"{row.product.said_in(language())} {row.ref}", is_mono=True),
            stretch=4,
        ),
        Column(
            spoken("leaving.column.place"),
            lambda row: row.location_id,
            cell=lambda row: Cell(row.place.said_in(language()), words.word(row.state)),
            stretch=3,
        ),
        Column(
            spoken("leaving.column.supplier"),
            lambda row: row.supplier_id,
            cell=lambda row: Cell(row.supplier.said_in(language())),
            stretch=3,
        ),
        Column(spoken("leaving.column.waits"), lambda row: row.days or 0, cell=_waits, align="right", width=96),
        Column(spoken("leaving.column.units"), lambda row: row.quantity, cell=_units, align="right", width=92),
    ]


def _why(row: WaitingRow) -> Cell:
    icon, tone = _WHY[row.why]
    return Cell(chip=ChipLook(words.word(row.why), tone, icon))


def _waits(row: WaitingRow) -> Cell:
    if row.days is None:
        return Cell(formats.DASH)
    ink = "attention" if row.days >= LONG_WAIT else "text"
    return Cell(say("leaving.days", days=row.days), formats.day(row.since.date() if row.since else None), ink=ink)


def _units(row: WaitingRow) -> Cell:
    drafted = say("leaving.on_drafts", count=row.on_drafts) if row.on_drafts else ""
    return Cell(formats.number(row.quantity), drafted, is_bold=True, unit=row.unit.said_in(language()))


def waiting_look(row: WaitingRow) -> RowLook:
    """What a recall holds is shown with its case: it leaves from there."""
    if row.case_number:
        return RowLook("stop", "", say("leaving.case_note", case=row.case_number))
    return RowLook()


def departure_columns() -> list[Column[DepartureRow]]:
    """Number · kind · to whom or how · units · handed over · state."""
    return [
        Column(
            spoken("leaving.column.number"),
            lambda row: row.number,
            cell=lambda row: Cell(
                row.number, words.word(row.kind), is_mono=True, icon=words.look(row.kind).icon, icon_ink="muted"
            ),
            stretch=3,
        ),
        Column(spoken("leaving.column.way"), lambda row: row.supplier_id or 0, cell=_way, stretch=4),
        Column(spoken("leaving.column.units"), lambda row: row.units, formats.number, align="right", width=80),
        Column(spoken("leaving.column.signed"), lambda row: row.handed_at or row.created_at, cell=_signed, stretch=3),
        Column(
            spoken("leaving.column.state"),
            lambda row: row.state.value,
            cell=lambda row: Cell(chip=words.chip(row.state)),
            width=190,
        ),
    ]


def _way(row: DepartureRow) -> Cell:
    if row.kind is DepartureKind.DISPOSAL:
        method = row.method.said_in(language()) if row.method else formats.DASH
        return Cell(method, row.place.said_in(language()) if row.place else "")
    supplier = row.supplier.said_in(language()) if row.supplier else formats.DASH
    return Cell(supplier, " ".join(part for part in (row.carrier, row.waybill) if part))


def _signed(row: DepartureRow) -> Cell:
    if row.handed_at is None:
        return Cell(formats.moment(row.created_at), row.created_by.said_in(language()))
    names = [name.said_in(language()) for name in (row.handed_by, row.second) if name is not None]
    return Cell(formats.moment(row.handed_at), " + ".join(names))


def line_columns() -> list[Column[DepartureLineRow]]:
    """Goods · where · expiry · locks · units."""
    return [
        Column(
            spoken("leaving.column.goods"),
            lambda row: row.lot_no,
            cell=lambda row: Cell(
                row.lot_no, f"{row.product.said_in(language())} {row.ref} {row.serial_no}".rstrip(), is_mono=True
            ),
            stretch=4,
        ),
        Column(
            spoken("leaving.column.place"),
            lambda row: row.location_id,
            cell=lambda row: Cell(row.place.said_in(language()), words.word(row.state)),
            stretch=2,
        ),
        Column(spoken("leaving.column.expiry"), lambda row: row.expiry_on, text=formats.day, width=108, is_mono=True),
        Column(spoken("leaving.column.locks"), lambda row: len(row.layers), cell=_locks, width=120),
        Column(spoken("leaving.column.units"), lambda row: row.quantity, cell=_line_units, align="right", width=150),
    ]


def _locks(row: DepartureLineRow) -> Cell:
    return Cell(chip=words.chip(row.layers[0])) if row.layers else Cell(formats.DASH)


def _line_units(row: DepartureLineRow) -> Cell:
    there = say("leaving.there", count=formats.number(row.there)) if row.line_id is not None else ""
    there = say("leaving.taken_back_by", document=row.taken_back) if row.taken_back else there
    return Cell(formats.number(row.quantity), there, is_bold=True, unit=row.unit.said_in(language()))
