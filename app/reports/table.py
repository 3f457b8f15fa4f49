"""Tables that go over as many pages as they need: the head is repeated, a row taller than the page is continued."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from app.reports.flow import Block
from app.reports.pen import Pen
from app.reports.speech import Pair
from app.reports.styles import INK, LINE, NOTE, SMALL_STRONG, SOFT
from app.reports.typesetting import Line, Style, fitted, measure, set_text

PADDING = 6.0
BOX_HEIGHT = 19.0
BOX_ROW = 27.0
TICK = 12.0
LEAST_CUT = 60.0
TALL = 60.0


@dataclass(frozen=True)
class Column:
    """A column: its head, its share of the width, where its text stands (0 left, 1 right), extra space before it."""

    head: Pair
    share: float
    align: float = 0.0
    inset: float = 0.0


@dataclass(frozen=True)
class Cell:
    """Lines of text, or a place to write.

    ``blank`` is "" (none), "box" (a count), "line" (a remark), "tick" (a box to tick) or "ticked".
    """

    lines: tuple[Line, ...] = ()
    blank: str = ""

    def height(self) -> float:
        return max(sum(line.leading for line in self.lines), BOX_ROW - 9 if self.blank in ("box", "line") else 0)


@dataclass(frozen=True)
class Row:
    """One row of cells; a total is ruled off and never stands alone on a page.

    A band has one cell over the whole width, stays with the row under it, and is repeated on the next page.
    """

    cells: tuple[Cell, ...]
    is_total: bool = False
    is_band: bool = False

    @cached_property
    def height(self) -> float:
        return max(cell.height() for cell in self.cells) + 9

    def cut(self, room: float) -> "tuple[Row, Row]":
        """The row in two, each cell after the last line that fits."""
        first = tuple(replace(cell, lines=cell.lines[: _fitting(cell, room - 9)]) for cell in self.cells)
        rest = tuple(Cell(cell.lines[_fitting(cell, room - 9) :]) for cell in self.cells)
        return Row(first, is_band=self.is_band), Row(rest, self.is_total, self.is_band)


def _fitting(cell: Cell, room: float) -> int:
    used, fit = 0.0, 0
    while fit < len(cell.lines) and used + cell.lines[fit].leading <= room:
        used += cell.lines[fit].leading
        fit += 1
    return fit


@dataclass(frozen=True)
class Grid:
    """The columns of one table set out on a width: positions, and the head drawn on every page."""

    columns: tuple[Column, ...]
    width: float
    padding: float = PADDING

    def room(self, index: int) -> float:
        """The width for text in a column."""
        shares = sum(column.share for column in self.columns)
        return self.columns[index].share / shares * self.width - 2 * self.padding - self.columns[index].inset

    def left(self, index: int) -> float:
        shares = sum(column.share for column in self.columns)
        before = sum(column.share for column in self.columns[:index])
        return before / shares * self.width + self.padding + self.columns[index].inset

    @cached_property
    def heads(self) -> list[tuple[Line, ...]]:
        return [
            _head_lines(column.head.first, SMALL_STRONG, self.room(index))
            + _head_lines(column.head.second, NOTE, self.room(index))
            for index, column in enumerate(self.columns)
        ]

    @cached_property
    def head_height(self) -> float:
        return max(sum(line.leading for line in lines) for lines in self.heads) + 6

    def draw_head(self, pen: Pen, x: float, y: float) -> None:
        pen.box(x, y, self.width, self.head_height, fill=SOFT)
        for index, lines in enumerate(self.heads):
            draw_aligned(pen, x + self.left(index), y + 3, self.room(index), lines, self.columns[index].align)


def _head_lines(words: str, style: Style, room: float) -> tuple[Line, ...]:
    """The words of a head, made smaller rather than cut inside a word."""
    longest = max(words.split(), key=len, default="")
    return set_text(words, replace(fitted(longest, style, room, 6), leading=style.leading), room)


def draw_aligned(pen: Pen, x: float, y: float, width: float, lines: Sequence[Line], align: float) -> None:
    """Lines one under the other, each moved to its side of ``width``."""
    for line in lines:
        pen.line_of_text(x + align * (width - line.width), y, line)
        y += line.leading


def draw_tick(pen: Pen, x: float, y: float, *, ticked: bool) -> None:
    """A box to tick, or one that is."""
    pen.box(x, y, TICK, TICK, stroke=INK)
    if ticked:
        bend = (x + TICK * 0.42, y + TICK * 0.78)
        tip = (x + TICK * 0.86, y + TICK * 0.16)
        pen.polygon([(x + TICK * 0.12, y + TICK * 0.5), bend, tip, (bend[0], bend[1] - TICK * 0.22)], INK)


@dataclass(frozen=True)
class Table:
    """A head and its rows; split between rows, the total kept with a row before it."""

    grid: Grid
    rows: tuple[Row, ...]
    keeps_next: bool = False

    def height(self) -> float:
        return self.grid.head_height + sum(row.height for row in self.rows)

    def least(self) -> float:
        few = self.rows[:2] if len(self.rows) > 1 and self.rows[1].is_total else self.rows[:1]
        return self.grid.head_height + min(sum(row.height for row in few), 90)

    def split(self, room: float) -> tuple[Block, Block] | None:
        room -= self.grid.head_height
        fit, used = 0, 0.0
        while fit < len(self.rows) and used + self.rows[fit].height <= room:
            used += self.rows[fit].height
            fit += 1
        fit = self._backed_off(fit)
        lead = int(self.rows[0].is_band)
        return self._parts(self.rows[:fit], self.rows[fit:]) if fit > lead else self._cut(room, lead)

    def _backed_off(self, fit: int) -> int:
        """Fewer rows, so that no total stands alone on the next page and no band ends this one."""
        if 0 < fit < len(self.rows) and self.rows[fit].is_total:
            fit -= 1
        while fit and self.rows[fit - 1].is_band:
            fit -= 1
        return fit

    def _cut(self, room: float, lead: int) -> tuple[Block, Block] | None:
        """Split inside the first row of goods, where not even that fits."""
        if lead and self.rows[0].height > room - LEAST_CUT:
            lead = 0
        row, room = self.rows[lead], room - sum(one.height for one in self.rows[:lead])
        if row.height <= room:
            return self._parts(self.rows[: lead + 1], self.rows[lead + 1 :])
        first, rest = row.cut(room)
        if room < LEAST_CUT or not any(cell.lines for cell in first.cells):
            return None
        return self._parts((*self.rows[:lead], first), (rest, *self.rows[lead + 1 :]))

    def _parts(self, first: tuple[Row, ...], rest: tuple[Row, ...]) -> tuple[Block, Block]:
        bands = [row for row in first if row.is_band]
        if bands and not rest[0].is_band and not rest[0].is_total:
            rest = (bands[-1], *rest)
        return Table(self.grid, first), Table(self.grid, rest, self.keeps_next)

    def draw(self, pen: Pen, x: float, y: float) -> None:
        self.grid.draw_head(pen, x, y)
        y += self.grid.head_height
        for row in self.rows:
            self._draw_row(pen, x, y, row)
            y += row.height

    def _draw_row(self, pen: Pen, x: float, y: float, row: Row) -> None:
        height = row.height
        if row.is_total:
            pen.rule(x, y, self.grid.width, INK, 0.75)
        pen.rule(x, y + height, self.grid.width, INK if row.is_total else LINE, 0.75 if row.is_total else 0.5)
        for index, cell in enumerate(row.cells):
            left, room = x + self.grid.left(index), self.grid.room(index)
            tall = sum(line.leading for line in cell.lines)
            start = y + 4.5 if height > TALL else y + (height - tall) / 2
            draw_aligned(pen, left, start, room, cell.lines, self.grid.columns[index].align)
            _draw_blank(pen, (left, y), room, min(height, TALL), cell.blank)


def _draw_blank(pen: Pen, corner: tuple[float, float], room: float, height: float, blank: str) -> None:
    left, y = corner
    if blank == "box":
        pen.box(left, y + (height - BOX_HEIGHT) / 2, room, BOX_HEIGHT, stroke=INK)
    elif blank == "line":
        pen.rule(left, y + height - 5, room, LINE)
    elif blank:
        draw_tick(pen, left, y + (height - TICK) / 2, ticked=blank == "ticked")


def figure(text: str, style: Style, room: float) -> Cell:
    """A number with its unit: the digits never broken, the unit under them where the column is narrow."""
    number, _, unit = text.partition(" ")
    if measure(text, style) <= room:
        return Cell(set_text(text, style, room))
    digits = replace(fitted(number, style, room, 5), leading=style.leading)
    return Cell(set_text(number, digits, room) + set_text(unit, NOTE, room))


def band(lines: tuple[Line, ...]) -> Row:
    """A row over the whole width, which heads the rows under it."""
    return Row((Cell(lines),), is_band=True)


def table(grid: Grid, rows: Sequence[Sequence[tuple[str, Style] | Cell] | Row], total: bool = False) -> Table:
    """A table from texts with their styles; with ``total`` the last row is the sum."""
    made: list[Row] = []
    for number, cells in enumerate(rows, 1):
        if isinstance(cells, Row):
            made.append(cells)
            continue
        ready = tuple(cell if isinstance(cell, Cell) else _cell(grid, index, *cell) for index, cell in enumerate(cells))
        made.append(Row(ready, total and number == len(rows)))
    return Table(grid, tuple(made))


def _cell(grid: Grid, index: int, text: str, style: Style) -> Cell:
    room = grid.room(index)
    return figure(text, style, room) if grid.columns[index].align else Cell(set_text(text, style, room))
