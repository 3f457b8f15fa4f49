"""The list of everything sealed for a case, to be checked against the shelf of the quarantine area."""

from app.reports.blocks import Fact, Heading, SignatureBoxes, paired
from app.reports.case_parts import case_subject, facts
from app.reports.flow import Block, Gap
from app.reports.frame import WIDTH, ClassStrip, Sheet, speech_of
from app.reports.lots import Content, labelled, set_code
from app.reports.rows import QuarantineLine, QuarantineList
from app.reports.speech import NOTHING, Speech, count, day
from app.reports.styles import CODE_SMALL, NOTE, SMALL, STRONG
from app.reports.table import Cell, Column, Grid, Table, table
from app.reports.typesetting import set_text

SHARES = (
    ("label", 38.0, 0.0),
    ("lot", 104.0, 0.0),
    ("product", 112.0, 0.0),
    ("quantity", 52.0, 1.0),
    ("place", 84.0, 0.0),
    ("sealed", 70.0, 0.0),
    ("checked", 33.0, 0.0),
)


def render_quarantine_list(sheet: QuarantineList) -> bytes:
    """The quarantine list as PDF, one line a label."""
    speech = speech_of(sheet.paper)
    blocks: list[Block] = [
        ClassStrip(speech, sheet.case.recall_class, speech.say("demand.sealed"), NOTHING),
        Gap(12),
        *paired(_head(speech, sheet), WIDTH),
        Gap(9),
        Heading(speech.say("heading.sealed_goods"), WIDTH),
        _goods(speech, sheet),
    ]
    roles = tuple(speech.say(f"sign.{role}") for role in ("keeper", "witnessed", "materials"))
    closing: list[Block] = [
        Gap(12),
        SignatureBoxes(roles, speech.say("sign.moment"), WIDTH, (sheet.keeper,)),
    ]
    return Sheet(sheet.paper, case_subject(speech, sheet.case, "quarantine")).render(blocks, closing)


def _head(speech: Speech, sheet: QuarantineList) -> list[Fact]:
    case = sheet.case
    return facts(
        speech,
        (
            ("site", speech.name(sheet.site, sheet.site_en)),
            ("keeper", sheet.keeper),
            ("product", speech.name(case.product, case.product_en)),
            ("ref", case.ref),
            ("certificate", case.certificate),
            ("manufacturer", case.manufacturer),
            ("supplier", case.supplier),
            ("reason", speech.name(case.reason, case.reason_en)),
        ),
    )


def _goods(speech: Speech, sheet: QuarantineList) -> Table:
    grid = Grid(tuple(Column(speech.say(f"column.{key}"), share, align) for key, share, align in SHARES), WIDTH)
    rows = [_row(speech, grid, line) for line in sheet.lines]
    units = {line.unit for line in sheet.lines}
    total = count(sum(line.quantity for line in sheet.lines), units.pop() if len(units) == 1 else "")
    empty = ("", SMALL)
    rows.append([(speech.one("total"), STRONG), empty, empty, (total, STRONG), empty, empty, Cell()])
    return table(grid, rows, total=True)


def _row(speech: Speech, grid: Grid, line: QuarantineLine) -> list[Content]:
    expiry = labelled("EXP", day(line.expires_on), grid.room(1))
    lot = set_code(line.lot, grid.room(1)) + labelled("SN", line.serial, grid.room(1)) + expiry
    product = set_text(line.product, SMALL, grid.room(2)) + labelled("REF", line.ref, grid.room(2))
    place = set_text(line.place, SMALL, grid.room(4))
    if line.from_place:
        place += set_text(speech.one("from_place", place=line.from_place), NOTE, grid.room(4))
    sealed = set_text(line.sealed_by, SMALL, grid.room(5))
    if line.sealed_at:
        sealed += set_text(speech.moment(line.sealed_at), CODE_SMALL, grid.room(5))
    return [
        (line.label, CODE_SMALL),
        Cell(lot),
        Cell(product),
        (count(line.quantity, line.unit), STRONG),
        Cell(place),
        Cell(sealed),
        Cell(blank="tick"),
    ]
