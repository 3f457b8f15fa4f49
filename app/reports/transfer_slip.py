"""The paper that goes with the goods from one store to another, and says afterwards what arrived."""

from app.reports.blocks import Fact, Heading, Prose, SignatureBoxes, both_lines, fact, paired
from app.reports.codes import transfer_code
from app.reports.flow import Block, Gap
from app.reports.frame import WIDTH, Sheet, Subject, speech_of
from app.reports.lots import Content, labelled, set_code
from app.reports.speech import Pair, Speech, count, day
from app.reports.store_rows import TransferSlip, TransferSlipLine
from app.reports.styles import BODY, CODE, SMALL, SMALL_STRONG, STRONG
from app.reports.table import Cell, Column, Grid, Table, table
from app.reports.typesetting import set_text

TO_COUNT = (
    ("item", 136.0, 0.0),
    ("lot", 104.0, 0.0),
    ("expiry", 82.0, 0.0),
    ("sent", 52.0, 1.0),
    ("counted", 62.0, 0.0),
    ("broken", 60.0, 0.0),
)
ARRIVED = (
    ("item", 124.0, 0.0),
    ("lot", 94.0, 0.0),
    ("expiry", 82.0, 0.0),
    ("sent", 50.0, 1.0),
    ("received", 42.0, 1.0),
    ("damaged", 56.0, 1.0),
    ("missing", 48.0, 1.0),
)
HALF = (WIDTH - 12) / 2


def render_transfer_slip(slip: TransferSlip) -> bytes:
    """The slip as PDF: from where to where, what was sent, and boxes to count in or what arrived."""
    speech = speech_of(slip.paper)
    has_arrived = any(line.received is not None for line in slip.lines)
    code, hint = transfer_code(slip.number), speech.say("transfer.scan")
    subject = Subject(speech.say("transfer.title"), slip.number, code, hint)
    blocks: list[Block] = [
        *paired(_facts(speech, slip), WIDTH),
        Gap(9),
        Heading(speech.say("transfer.goods"), WIDTH),
    ]
    if not has_arrived:
        blocks += [Prose(both_lines(speech.say("transfer.hint"), WIDTH)), Gap(6)]
    blocks.append(_lines(speech, slip.lines, has_arrived=has_arrived))
    roles = tuple(speech.say(f"transfer.sign.{role}") for role in ("sent", "carried", "received"))
    signed = (slip.sent_by, "", slip.finished_by if has_arrived else "")
    closing: list[Block] = [Gap(12), SignatureBoxes(roles, speech.say("sign.moment"), WIDTH, signed)]
    return Sheet(slip.paper, subject).render(blocks, closing)


def _facts(speech: Speech, slip: TransferSlip) -> list[Fact]:
    last = f"{slip.finished_by} {speech.moment(slip.finished_at)}" if slip.finished_at else ""
    values: tuple[tuple[str, Pair | str], ...] = (
        ("source", speech.name(slip.source, slip.source_en)),
        ("target", speech.name(slip.target, slip.target_en)),
        ("sent", f"{slip.sent_by} {speech.moment(slip.sent_at)}"),
        ("last", last),
        ("state", speech.name(slip.state, slip.state_en)),
        ("reason", slip.reason),
        ("ending", slip.ending),
    )
    return [fact(speech.say(f"transfer.fact.{key}"), value, HALF) for key, value in values if value]


def _lines(speech: Speech, lines: tuple[TransferSlipLine, ...], *, has_arrived: bool) -> Table:
    shares = ARRIVED if has_arrived else TO_COUNT
    columns = tuple(Column(speech.say(f"transfer.column.{key}"), share, align) for key, share, align in shares)
    grid, empty = Grid(columns, WIDTH), ("", BODY)
    rows: list[list[Content]] = [_row(grid, line, has_arrived=has_arrived) for line in lines]
    units = {line.unit for line in lines}
    whole = count(sum(line.quantity for line in lines), units.pop() if len(units) == 1 else "")
    sums: list[Content] = [Cell(), Cell()]
    if has_arrived:
        totals = (
            sum(line.received or 0 for line in lines),
            sum(line.damaged for line in lines),
            sum(line.missing for line in lines),
        )
        sums = [(count(total), STRONG) for total in totals]
    rows.append([(speech.one("total"), STRONG), empty, empty, (whole, STRONG), *sums])
    return table(grid, rows, total=True)


def _row(grid: Grid, line: TransferSlipLine, *, has_arrived: bool) -> list[Content]:
    item = set_text(line.product, SMALL_STRONG, grid.room(0)) + labelled("REF", line.ref, grid.room(0))
    lot = set_code(line.lot, grid.room(1)) + labelled("SN", line.serial, grid.room(1))
    first: list[Content] = [
        Cell(item),
        Cell(lot),
        (day(line.expires_on), CODE),
        (count(line.quantity, line.unit), STRONG),
    ]
    if not has_arrived:
        return [*first, Cell(blank="box"), Cell(blank="box")]
    return [*first, *((count(units), SMALL) for units in (line.received or 0, line.damaged, line.missing))]
