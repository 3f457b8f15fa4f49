"""The list of everything sealed for a case, to be checked against the shelf of the quarantine area."""

from app.reports.blocks import Fact, Heading, SignatureBoxes, paired
from app.reports.case_parts import case_subject, facts
from app.reports.flow import Block, Gap
from app.reports.frame import WIDTH, ClassStrip, Sheet, speech_of
from app.reports.lots import Content, by_product, labelled, product_band, set_code
from app.reports.rows import QuarantineLine, QuarantineList
from app.reports.speech import NOTHING, Speech, count, day
from app.reports.styles import CODE_SMALL, NOTE, SMALL, STRONG
from app.reports.table import Cell, Column, Grid, Row, Table, table
from app.reports.typesetting import set_text

SHARES = (
    ("label", 44.0, 0.0),
    ("lot", 152.0, 0.0),
    ("quantity", 64.0, 1.0),
    ("place", 120.0, 0.0),
    ("sealed", 77.0, 0.0),
    ("checked", 36.0, 0.0),
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
    rows: list[list[Content] | Row] = []
    for (product, ref), members in by_product(sheet.lines):
        rows += [product_band(product, ref), *(_row(speech, grid, line) for line in members)]
    units = {line.unit for line in sheet.lines}
    total = count(sum(line.quantity for line in sheet.lines), units.pop() if len(units) == 1 else "")
    empty = ("", SMALL)
    rows.append([(speech.one("total"), STRONG), empty, (total, STRONG), empty, empty, Cell()])
    return table(grid, rows, total=True)


def _row(speech: Speech, grid: Grid, line: QuarantineLine) -> list[Content]:
    expiry = labelled("EXP", day(line.expires_on), grid.room(1))
    lot = set_code(line.lot, grid.room(1)) + labelled("SN", line.serial, grid.room(1)) + expiry
    place = set_text(line.place, SMALL, grid.room(3))
    if line.from_place:
        place += set_text(speech.one("from_place", place=line.from_place), NOTE, grid.room(3))
    sealed = set_text(line.sealed_by, SMALL, grid.room(4))
    if line.sealed_at:
        sealed += set_text(speech.moment(line.sealed_at), CODE_SMALL, grid.room(4))
    return [
        (line.label, CODE_SMALL),
        Cell(lot),
        (count(line.quantity, line.unit), STRONG),
        Cell(place),
        Cell(sealed),
        Cell(blank="tick"),
    ]
