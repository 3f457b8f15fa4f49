"""The table of affected lots, as it stands on the notice and on the task sheet."""

from collections.abc import Sequence

from app.reports.frame import WIDTH
from app.reports.rows import LotLine
from app.reports.speech import Speech, count, day
from app.reports.styles import BODY, CODE, CODE_SMALL, CODE_STRONG, NOTE, SMALL, STRONG
from app.reports.table import Cell, Column, Grid, Table, table
from app.reports.typesetting import Line, Run, Style, set_runs, set_text

SHARES = (
    ("lot", 112.0, 0.0, 0.0),
    ("expiry", 74.0, 0.0, 0.0),
    ("received", 59.0, 1.0, 0.0),
    ("used", 47.0, 1.0, 0.0),
    ("expected", 64.0, 1.0, 0.0),
    ("found", 70.0, 0.0, 9.0),
    ("why", 67.0, 0.0, 0.0),
)
LONG_CODE = 15
Content = tuple[str, Style] | Cell


def lot_table(speech: Speech, lines: Sequence[LotLine]) -> Table:
    """Lot, expiry, received, used, expected, a box for the count found and a line for why it differs."""
    columns = tuple(Column(speech.say(f"column.{key}"), share, align, inset) for key, share, align, inset in SHARES)
    grid = Grid(columns, WIDTH)
    several = len({(line.product, line.ref) for line in lines}) > 1
    rows = [_row(grid.room(0), line, several) for line in lines]
    return table(grid, [*rows, _total(speech, lines)], total=True)


def _row(room: float, line: LotLine, several: bool) -> list[Content]:
    return [
        Cell(_identity(room, line, several)),
        (day(line.expires_on), CODE),
        (count(line.received), BODY),
        (count(line.used), BODY),
        (count(line.expected, line.unit), STRONG),
        Cell(blank="box"),
        Cell(blank="line"),
    ]


def _identity(room: float, line: LotLine, several: bool) -> tuple[Line, ...]:
    """The lot, and under it what else names the goods: product and model where they differ, serial, DI, place."""
    lines = set_code(line.lot, room)
    if several:
        lines += set_text(line.product, SMALL, room) + labelled("REF", line.ref, room)
    lines += labelled("SN", line.serial, room) + labelled("DI", line.di, room)
    return lines + set_text(line.place, NOTE, room)


def set_code(code: str, room: float) -> tuple[Line, ...]:
    """A lot or serial in the mono face, smaller where it is long, cut over lines but never left out."""
    return set_text(code, CODE_STRONG if len(code) <= LONG_CODE else CODE_SMALL, room)


def labelled(label: str, code: str, room: float) -> tuple[Line, ...]:
    """A small code behind its label; nothing where there is no code."""
    return set_runs((Run(f"{label} ", NOTE), Run(code, CODE_SMALL)), room) if code else ()


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
