"""How a line of a delivery looks in the table."""

from dataclasses import replace

from app.core.statuses.receipt import LineElement, LineWarning
from app.core.statuses.stock import LineState
from app.core.words import describe
from app.queries.deliveries import Lamp, LineRow
from app.ui import formats
from app.ui.language import language, say, spoken
from app.ui.widgets.cell_delegate import RowLook
from app.ui.widgets.cells import Cell, ChipLook, Fill, LampLook
from app.ui.widgets.rows_model import Column
from app.ui.words import chip, word

SHORT_LOT, LONG_LOT = 12, 15
"""Longer lots take smaller letters, then a second line: a lot is never cut."""
LOT_COLUMN, DATE_COLUMN, QUANTITY_COLUMN = 2, 3, 4
EDITED_IN = {
    LineElement.LOT: LOT_COLUMN,
    LineElement.SERIAL: LOT_COLUMN,
    LineElement.PRODUCTION: DATE_COLUMN,
    LineElement.EXPIRY: DATE_COLUMN,
    LineElement.QUANTITY: QUANTITY_COLUMN,
}
"""Where a person types what a line lacks."""

_LAMPS: dict[Lamp, tuple[str, Fill]] = {
    Lamp.SCANNED: ("ok", "soft"),
    Lamp.TYPED: ("ok", "soft"),
    Lamp.MISSING: ("attention", "outline"),
    Lamp.NOT_NEEDED: ("plain", "outline"),
    Lamp.WRONG: ("stop", "solid"),
}
_TONES = {LineState.INCOMPLETE: "attention", LineState.REFUSED: "stop", LineState.RECALL_STOP: "stop"}


def is_out(line: LineRow) -> bool:
    """Whether the line stays out of the ledger."""
    return line.state in (LineState.REFUSED, LineState.RECALL_STOP)


def row_look(line: LineRow) -> RowLook:
    """Waiting lines are tinted; refused and let-in ones say why under the row."""
    tone = _TONES.get(line.state, "")
    if line.state is LineState.OVERRIDDEN:
        return RowLook(edge="hold", note=override_words(line))
    return RowLook(edge=tone, tint=tone, note=problem_words(line) if is_out(line) else "")


def problem_words(line: LineRow) -> str:
    """What is wrong, why, and what to do; nothing for a sound line."""
    return describe(line.problem, language()) if line.problem is not None else ""


def override_words(line: LineRow) -> str:
    """Who let it in, and why."""
    by = line.override_by.said_in(language()) if line.override_by else ""
    return say("receiving.overridden", by=by, reason=line.override_reason)


def product_words(line: LineRow) -> str:
    """The product's name, or that nobody knows it."""
    if line.name is not None:
        return line.name.said_in(language())
    return say("receiving.unknown_product") if line.di else say("receiving.unread")


def _product(line: LineRow) -> Cell:
    second = " · ".join(part for part in (line.ref, line.spec) if part) or line.di or line.raw[:60]
    return Cell(product_words(line), second, ink="text" if line.name else "muted")


def _lot(line: LineRow) -> Cell:
    ink = "stop" if line.element is LineElement.LOT and is_out(line) else "text"
    if len(line.lot_no) > LONG_LOT and not line.serial_no:
        rest = line.lot_no[LONG_LOT:]
        return Cell(line.lot_no[:LONG_LOT], rest, ink, ink, is_mono=True, is_second_mono=True, is_small=True)
    serial = f"SN {line.serial_no}" if line.serial_no else formats.DASH
    serial_ink = "stop" if line.element is LineElement.SERIAL and is_out(line) else "muted"
    small = len(line.lot_no) > SHORT_LOT
    return Cell(line.lot_no or formats.DASH, serial, ink, serial_ink, is_mono=True, is_second_mono=True, is_small=small)


def _whole_lot(line: LineRow) -> str:
    return "\n".join(part for part in (line.lot_no, line.serial_no) if part)


def _dates(line: LineRow) -> Cell:
    wrong = line.element is LineElement.EXPIRY and is_out(line)
    if LineWarning.NEAR_EXPIRY in line.warnings and not wrong:
        left = say("receiving.near", days=line.days_left)
        return Cell(formats.day(line.expiry_on), left, "attention", "attention", is_mono=True)
    made = "stop" if line.element is LineElement.PRODUCTION and is_out(line) else "muted"
    return Cell(
        formats.day(line.expiry_on),
        formats.day(line.production_on),
        "stop" if wrong else "text",
        made,
        is_mono=True,
        is_second_mono=True,
    )


def _quantity(line: LineRow) -> Cell:
    tongue = language()
    if is_out(line):
        refused = say("receiving.refused_units", units=line.quantity)
        return Cell("0", refused, "stop", is_bold=True, unit=line.unit.said_in(tongue))
    package = line.package.said_in(tongue)
    sizes = f"{line.packages:,} {package} × {line.units:,}" if package else ""
    return Cell(formats.number(line.quantity), sizes, is_bold=True, unit=line.unit.said_in(tongue))


def lamp_look(element: LineElement, lamp: Lamp) -> LampLook:
    """One letter per part of the label, its state in colour and in words."""
    tone, fill = _LAMPS[lamp]
    name = say("receiving.lamp_name", element=word(element), lamp=word(lamp))
    return LampLook(say(f"receiving.letter.{element.value}"), tone, fill, name)


def _lamps(line: LineRow) -> Cell:
    return Cell(lamps=tuple(lamp_look(element, lamp) for element, lamp in line.lamps))


def verdict_chip(line: LineRow) -> ChipLook:
    """The state in a word; a stop is solid, and goods that came too warm, look locked or are short-dated say so."""
    if line.state is LineState.READY and LineWarning.TEMPERATURE_OUT in line.warnings:
        return ChipLook(say("receiving.temperature_out"), "stop", "thermometer")
    if line.state is LineState.READY and LineWarning.LOT_LIKE_LOCKED in line.warnings:
        return ChipLook(say("receiving.like_locked"), "attention", "warning")
    if line.state is LineState.READY and LineWarning.NEAR_EXPIRY in line.warnings:
        return ChipLook(word(LineWarning.NEAR_EXPIRY), "attention", "clock")
    shown = chip(line.state, fill="solid" if line.state is LineState.RECALL_STOP else "soft")
    return replace(shown, text=shown.text[:1].upper() + shown.text[1:])


def line_columns() -> list[Column[LineRow]]:
    """Number, product, lot and serial, dates, quantity, lamps, verdict."""
    return [
        Column("#", lambda line: line.line_no, cell=lambda line: Cell(str(line.line_no), ink="muted"), width=36),
        Column(spoken("receiving.column.product"), product_words, cell=_product, stretch=17, width=140),
        Column(
            spoken("receiving.column.lot"), lambda line: line.lot_no, cell=_lot, stretch=10, width=112, tip=_whole_lot
        ),
        Column(spoken("receiving.column.dates"), lambda line: line.expiry_on, cell=_dates, width=104),
        Column(
            spoken("receiving.column.quantity"), lambda line: line.quantity, cell=_quantity, align="right", width=104
        ),
        Column(spoken("receiving.column.lamps"), lambda line: len(line.lamps), cell=_lamps, width=136),
        Column(
            spoken("receiving.column.verdict"),
            lambda line: line.state.value,
            cell=lambda line: Cell(chip=verdict_chip(line)),
            width=116,
        ),
    ]
