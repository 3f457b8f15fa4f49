"""The form that goes with recalled goods back to the supplier."""

from app.core.statuses.recall import CaseKind
from app.reports.blocks import CodeAside, Fact, Heading, SignatureBoxes, paired
from app.reports.case_parts import case_subject, facts, signed_lines, treatments
from app.reports.codes import return_code
from app.reports.flow import Block, Gap
from app.reports.frame import WIDTH, ClassStrip, Sheet, speech_of
from app.reports.lots import Content, by_product, labelled, product_band, set_code
from app.reports.rows import ReturnForm, ReturnLine
from app.reports.speech import NOTHING, Pair, Speech, count, day, plain
from app.reports.styles import BODY, CODE, CODE_SMALL, STRONG
from app.reports.symbols import data_matrix
from app.reports.table import Cell, Column, Grid, Row, Table, table

SHARES = (
    ("carton", 56.0, 0.0),
    ("lot", 214.0, 0.0),
    ("expiry", 92.0, 0.0),
    ("quantity", 90.0, 1.0),
    ("checked", 41.0, 0.0),
)
ASIDE = 114.0
TO_FILL = frozenset({"carrier", "waybill", "shipped", "cartons"})


def render_return_form(form: ReturnForm) -> bytes:
    """The return form as PDF: what is sent by whom, carrier and waybill, two signatures and the carrier's."""
    speech = speech_of(form.paper)
    note = Pair(f"{speech.say('return_number').inline} {form.number}")
    blocks: list[Block] = [
        ClassStrip(speech, form.case.recall_class, speech.say("demand.returning"), NOTHING),
        Gap(12),
        _parties(speech, form),
        *paired(_transport(speech, form), WIDTH),
        Gap(9),
        Heading(speech.say("heading.returned_goods"), WIDTH),
        returned_goods(speech, form.lines),
        *signed_lines(speech, form.signed),
    ]
    roles = tuple(speech.say(f"sign.{role}") for role in ("handed_over", "witnessed", "carrier"))
    signed = (form.handed_over_by, form.witnessed_by)
    closing: list[Block] = [Gap(12), SignatureBoxes(roles, speech.say("sign.moment"), WIDTH, signed)]
    return Sheet(form.paper, case_subject(speech, form.case, "return", note)).render(blocks, closing)


def _parties(speech: Speech, form: ReturnForm) -> CodeAside:
    values = (
        ("to", form.supplier),
        ("address", form.supplier_address),
        ("supplier_contact", form.supplier_contact),
        ("authorisation", form.authorisation),
    )
    made = facts(speech, values, WIDTH - ASIDE)
    return CodeAside(made, data_matrix(return_code(form.number)), speech.say("scan_return"), WIDTH)


def _transport(speech: Speech, form: ReturnForm) -> list[Fact]:
    case = form.case
    return facts(
        speech,
        (
            ("carrier", form.carrier),
            ("waybill", form.waybill),
            ("cartons", count(form.cartons) if form.cartons else ""),
            ("shipped", speech.moment(form.shipped_at) if form.shipped_at else ""),
            ("storage", form.storage),
            ("product", speech.name(case.product, case.product_en)),
            ("ref", case.ref),
            ("certificate", case.certificate),
            ("manufacturer", case.manufacturer),
            ("kind", speech.status(CaseKind(plain(case.kind)))),
            ("treatment", treatments(speech, case)),
            ("reason", speech.name(case.reason, case.reason_en)),
            ("note", form.note),
        ),
        to_fill=TO_FILL,
    )


def returned_goods(speech: Speech, lines: tuple[ReturnLine, ...]) -> Table:
    """Lots product by product with a box to tick each, and their sum."""
    grid = Grid(tuple(Column(speech.say(f"column.{key}"), share, align) for key, share, align in SHARES), WIDTH)
    rows: list[list[Content] | Row] = []
    for (product, ref), members in by_product(lines):
        rows += [product_band(product, ref), *(_row(grid, line) for line in members)]
    units = {line.unit for line in lines}
    total = count(sum(line.quantity for line in lines), units.pop() if len(units) == 1 else "")
    empty = ("", BODY)
    rows.append([(speech.one("total"), STRONG), empty, empty, (total, STRONG), Cell()])
    return table(grid, rows, total=True)


def _row(grid: Grid, line: ReturnLine) -> list[Content]:
    return [
        (line.carton, CODE_SMALL),
        Cell(set_code(line.lot, grid.room(1)) + labelled("SN", line.serial, grid.room(1))),
        (day(line.expires_on), CODE),
        (count(line.quantity, line.unit), STRONG),
        Cell(blank="tick"),
    ]
