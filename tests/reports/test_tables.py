"""Tables and pages: heads, totals and bands stay with what they belong to."""

from app.reports.blocks import Heading, Prose, prose
from app.reports.flow import Block, Gap, paginate
from app.reports.speech import Pair
from app.reports.styles import BODY
from app.reports.table import Cell, Column, Grid, Row, Table, band, figure, table
from app.reports.typesetting import set_text

GRID = Grid((Column(Pair("批号"), 60), Column(Pair("数量"), 40, 1)), 200)


def made(count: int, *, total: bool = True) -> Table:
    rows = [[(f"L{number}", BODY), (str(number), BODY)] for number in range(count)]
    return table(GRID, rows, total=total)


def split_up(whole: Table, room: float) -> list[Table]:
    parts: list[Table] = []
    rest: Block = whole
    while rest.height() > room and (cut := rest.split(room)):
        assert isinstance(cut[0], Table)
        parts.append(cut[0])
        rest = cut[1]
    assert isinstance(rest, Table)
    return [*parts, rest]


def test_no_row_is_lost_and_no_total_stands_alone() -> None:
    for count in range(3, 60):
        parts = split_up(made(count), 150)
        assert sum(len(part.rows) for part in parts) == count
        assert all(part.height() <= 150 for part in parts)
        assert not [part for part in parts if part.rows[0].is_total]


def test_a_band_is_repeated_on_the_next_page_and_never_ends_one() -> None:
    goods = list(made(20, total=False).rows)
    rows = (band(set_text("导管", BODY, 100)), *goods[:7], band(set_text("导丝", BODY, 100)), *goods[7:])
    for room in range(90, 400, 11):
        parts = split_up(Table(GRID, rows), room)
        assert all(part.rows[0].is_band for part in parts)
        assert not [part for part in parts if part.rows[-1].is_band]
        assert sum(not row.is_band for part in parts for row in part.rows) == 20


def test_a_row_taller_than_the_page_goes_on_with_all_its_lines() -> None:
    lines = set_text("一" * 600, BODY, GRID.room(0))
    tall = Table(GRID, (Row((Cell(lines), Cell(blank="box"))),))
    parts = split_up(tall, 200)
    assert len(parts) > 3
    assert [line for part in parts for row in part.rows for line in row.cells[0].lines] == list(lines)
    assert [part.rows[0].cells[1].blank for part in parts].count("box") == 1


def test_a_heading_moves_with_its_table() -> None:
    blocks: list[Block] = [prose("一" * 300, 200), Gap(10), Heading(Pair("批次"), 200), made(4)]
    for first in range(150, 500, 13):
        for page in paginate(blocks, first=first, later=500):
            assert not isinstance(page[-1].block, Heading)


def test_a_gap_opens_no_page() -> None:
    pages = paginate([made(4), Gap(20), made(4)], first=made(4).height() + 5, later=400)
    assert [len(page) for page in pages] == [1, 1]


def test_a_paragraph_leaves_no_single_line_behind() -> None:
    whole = prose("一" * 200, 100)
    for room in range(30, 300, 7):
        parts = whole.split(room)
        if parts:
            first, rest = parts
            assert isinstance(first, Prose)
            assert isinstance(rest, Prose)
            assert len(first.lines) >= 2
            assert len(rest.lines) >= 2
            assert first.lines + rest.lines == whole.lines


def test_a_number_is_never_broken_and_its_unit_goes_under_it() -> None:
    cell = figure("1,234,567 袋（每袋十套）", BODY, 40)
    assert "".join(piece.text for piece in cell.lines[0].pieces) == "1,234,567"
    assert len(cell.lines) > 1
    assert len(figure("12 套", BODY, 40).lines) == 1
