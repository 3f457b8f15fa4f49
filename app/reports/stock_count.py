"""The papers of a stock-take: the blind sheet to count with, and the report of what differs from the books."""

from app.reports.blocks import Fact, Heading, Prose, SignatureBoxes, both_lines, fact, paired
from app.reports.case_parts import signed_lines
from app.reports.flow import Block, Gap
from app.reports.frame import WIDTH, Sheet, Subject, speech_of
from app.reports.lots import Content, labelled, set_code
from app.reports.speech import NOTHING, Pair, Speech, count, day
from app.reports.store_rows import CountLine, CountPaper
from app.reports.styles import NOTE, SMALL, SMALL_STRONG, STRONG
from app.reports.table import Cell, Column, Grid, Table, table
from app.reports.typesetting import Line, set_text

BLIND = (("item", 190.0, 0.0), ("lot", 136.0, 0.0), ("counted", 80.0, 0.0), ("remark", 87.0, 0.0))
TOLD = (
    ("item", 146.0, 0.0),
    ("lot", 112.0, 0.0),
    ("expected", 46.0, 1.0),
    ("found", 46.0, 1.0),
    ("difference", 46.0, 1.0),
    ("why", 97.0, 0.0),
)
HALF = (WIDTH - 12) / 2


def render_stock_count(sheet: CountPaper) -> bytes:
    """The count sheet while it is blind, else the report; differences first."""
    speech = speech_of(sheet.paper)
    kind = "sheet" if sheet.is_blind else "report"
    title = speech.say(f"count.{kind}")
    subject = Subject(title, sheet.number, "", NOTHING)
    blocks: list[Block] = [*paired(_head(speech, sheet), WIDTH), Gap(9)]
    if sheet.is_blind:
        blocks += [Prose(both_lines(speech.say("count.hint"), WIDTH)), Gap(6), _blind(speech, sheet.lines)]
    else:
        differing = tuple(line for line in sheet.lines if line.found != line.expected)
        agreeing = tuple(line for line in sheet.lines if line.found == line.expected)
        for key, lines in (("differing", differing), ("agreeing", agreeing)):
            blocks += [Heading(speech.say(f"count.{key}"), WIDTH), _told(speech, lines), Gap(9)]
    blocks += signed_lines(speech, sheet.signed)
    roles = tuple(speech.say(f"count.{role}") for role in ("counted_by", "approved_by"))
    signed = ("", "") if sheet.is_blind else (sheet.counted_by, sheet.approved_by)
    closing: list[Block] = [Gap(9), SignatureBoxes(roles, speech.say("sign.moment"), WIDTH, signed)]
    return Sheet(sheet.paper, subject).render(blocks, closing)


def _head(speech: Speech, sheet: CountPaper) -> list[Fact]:
    started = f"{sheet.started_by} {speech.moment(sheet.started_at)}"
    approved = f"{sheet.approved_by} {speech.moment(sheet.posted_at)}" if sheet.posted_at else ""
    values: tuple[tuple[str, Pair | str], ...] = (
        ("place", speech.name(sheet.place, sheet.place_en)),
        ("state", speech.name(sheet.state, sheet.state_en)),
        ("started", started),
        ("finished", speech.moment(sheet.finished_at) if sheet.finished_at else ""),
        ("counted_by", sheet.counted_by),
        ("approved", approved),
    )
    return [fact(speech.say(f"count.fact.{key}"), value, HALF) for key, value in values if value]


def _grid(speech: Speech, shares: tuple[tuple[str, float, float], ...]) -> Grid:
    return Grid(tuple(Column(speech.say(f"count.column.{key}"), share, align) for key, share, align in shares), WIDTH)


def _blind(speech: Speech, lines: tuple[CountLine, ...]) -> Table:
    grid = _grid(speech, BLIND)
    rows: list[list[Content]] = [
        [Cell(_item(line, grid.room(0))), Cell(_lot(line, grid.room(1))), Cell(blank="box"), Cell(blank="line")]
        for line in lines
    ]
    return table(grid, rows or [[(speech.one("count.none"), NOTE), ("", SMALL), ("", SMALL), ("", SMALL)]])


def _told(speech: Speech, lines: tuple[CountLine, ...]) -> Table:
    grid = _grid(speech, TOLD)
    empty = ("", SMALL)
    rows: list[list[Content]] = [_told_row(speech, grid, line) for line in lines]
    return table(grid, rows or [[(speech.one("count.none"), NOTE), empty, empty, empty, empty, empty]])


def _told_row(speech: Speech, grid: Grid, line: CountLine) -> list[Content]:
    found = set_text(count(line.found, line.unit), SMALL_STRONG, grid.room(3))
    if line.first_found is not None:
        found += set_text(speech.one("count.first", found=line.first_found), NOTE, grid.room(3))
    return [
        Cell(_item(line, grid.room(0))),
        Cell(_lot(line, grid.room(1))),
        (count(line.expected), SMALL),
        Cell(found),
        (f"{line.found - line.expected:+,}" if line.found != line.expected else "0", STRONG),
        Cell(set_text(line.reason, SMALL, grid.room(5))),
    ]


def _item(line: CountLine, room: float) -> tuple[Line, ...]:
    return set_text(line.product, SMALL_STRONG, room) + labelled("REF", line.ref, room)


def _lot(line: CountLine, room: float) -> tuple[Line, ...]:
    lines = set_code(line.lot, room) + labelled("SN", line.serial, room)
    if line.expires_on is not None:
        lines += labelled("EXP", day(line.expires_on), room)
    return lines + labelled("RK", line.receipt.removeprefix("RK-"), room)
