"""The table of affected lots, as it stands on the notice and on the task sheet."""

from collections.abc import Sequence
from itertools import groupby
from typing import TypeVar

from app.reports.frame import WIDTH
from app.reports.rows import LotLine, QuarantineLine, ReturnLine
from app.reports.speech import Speech, count, day
from app.reports.styles import BODY, CODE, CODE_SMALL, CODE_STRONG, NOTE, SMALL_STRONG, STRONG
from app.reports.table import PADDING, Cell, Column, Grid, Row, Table, band, table
from app.reports.typesetting import Line, Run, Style, measure, set_runs, set_text

SHARES = (
    ("lot", 112.0, 0.0, 0.0),
    ("expiry", 74.0, 0.0, 0.0),
    ("received", 59.0, 1.0, 0.0),
    ("used", 47.0, 1.0, 0.0),
    ("expected", 64.0, 1.0, 0.0),
    ("found", 70.0, 0.0, 9.0),
    ("why", 67.0, 0.0, 0.0),
)
NO_BREAK = "\u00a0"
Content = tuple[str, Style] | Cell


def lot_table(speech: Speech, lines: Sequence[LotLine]) -> Table:
    """Lot, expiry, received, used, expected, a box for the count found and a line for why it differs.

    Lines of different products or models stand under a band that names theirs.
    """
    columns = tuple(Column(speech.say(f"column.{key}"), share, align, inset) for key, share, align, inset in SHARES)
    grid = Grid(columns, WIDTH)
    groups = by_product(lines)
    rows: list[list[Content] | Row] = []
    for (product, ref), members in groups:
        if len(groups) > 1:
            rows.append(product_band(product, ref))
        rows += [_row(grid.room(0), line) for line in members]
    return table(grid, [*rows, _total(speech, lines)], total=True)


Goods = TypeVar("Goods", LotLine, ReturnLine, QuarantineLine)


def by_product(lines: Sequence[Goods]) -> list[tuple[tuple[str, str], list[Goods]]]:
    """The lines in their order, gathered where neighbours are of one product and model."""
    return [(key, list(members)) for key, members in groupby(lines, key=lambda line: (line.product, line.ref))]


def product_band(product: str, ref: str) -> Row:
    """A band with product and model."""
    runs = [Run(product, SMALL_STRONG)]
    if ref:
        runs += [Run(f"  REF{NO_BREAK}", NOTE), Run(ref, CODE_SMALL)]
    return band(set_runs(runs, WIDTH - 2 * PADDING))


def _row(room: float, line: LotLine) -> list[Content]:
    return [
        Cell(_identity(room, line)),
        (day(line.expires_on), CODE),
        (count(line.received), BODY),
        (count(line.used), BODY),
        (count(line.expected, line.unit), STRONG),
        Cell(blank="box"),
        Cell(blank="line"),
    ]


def _identity(room: float, line: LotLine) -> tuple[Line, ...]:
    """The lot, and under it what else tells the goods apart: serial, DI, and where they lie."""
    lines = set_code(line.lot, room) + labelled("SN", line.serial, room) + labelled("DI", line.di, room)
    return lines + set_text(line.place, NOTE, room)


def set_code(code: str, room: float) -> tuple[Line, ...]:
    """A lot or serial in the mono face, smaller where it is long, cut over lines but never left out."""
    return set_text(code, CODE_STRONG if measure(code, CODE_STRONG) <= room else CODE_SMALL, room)


def labelled(label: str, code: str, room: float) -> tuple[Line, ...]:
    """A small code behind its label; nothing where there is no code."""
    return set_runs((Run(f"{label}{NO_BREAK}", NOTE), Run(code, CODE_SMALL)), room) if code else ()


def _total(speech: Speech, lines: Sequence[LotLine]) -> list[Content]:
    units = {line.unit for line in lines}
    unit = units.pop() if len(units) == 1 else ""
    return [
        (speech.say("total").inline, STRONG),
        ("", BODY),
        (count(sum(line.received for line in lines)), STRONG),
        (count(sum(line.used for line in lines)), STRONG),
        (count(sum(line.expected for line in lines), unit), STRONG),
        Cell(blank="box"),
        Cell(),
    ]
