"""The case in short: what was recalled, where every unit went, who answered when, and the proof of the five steps."""

from app.core.statuses.recall import CaseState, TaskState
from app.reports.blocks import Fact, Heading, Prose, SignatureBoxes, both_lines, paired, prose
from app.reports.case_parts import case_facts, case_subject, facts, signed_lines
from app.reports.flow import Block, Gap
from app.reports.frame import WIDTH, ClassStrip, Sheet, speech_of
from app.reports.lots import Content, set_code
from app.reports.notice import evidence_strip
from app.reports.rows import BalanceLine, CaseReport, DepartmentLine, TimelineLine
from app.reports.speech import NOTHING, Pair, Speech, count, plain
from app.reports.styles import CODE_SMALL, NOTE, SMALL, SMALL_STRONG
from app.reports.table import Cell, Column, Grid, Table, table
from app.reports.typesetting import set_text

STATES = (
    "in_stock",
    "in_transit",
    "par",
    "quarantined",
    "expensed",
    "used",
    "returned",
    "destroyed",
    "built_into_kit",
    "unaccounted",
)
DEPARTMENTS = (
    ("department", 134.0, 0.0),
    ("state", 78.0, 0.0),
    ("expected", 54.0, 1.0),
    ("found", 44.0, 1.0),
    ("difference", 44.0, 1.0),
    ("acknowledged", 69.0, 0.0),
    ("done", 70.0, 0.0),
)
TIMELINE = (("at", 104.0, 0.0), ("what", 300.0, 0.0), ("by", 89.0, 0.0))


def render_case_report(report: CaseReport) -> bytes:
    """The case report as PDF. A batch whose states do not add up to what was received says so in its row."""
    speech = speech_of(report.paper)
    state = speech.status(CaseState(plain(report.state)))
    blocks: list[Block] = [
        ClassStrip(speech, report.case.recall_class, state, NOTHING),
        Gap(12),
        *paired(case_facts(speech, report.case), WIDTH),
        *paired(_course(speech, report), WIDTH),
        Gap(9),
        Heading(speech.say("heading.balance"), WIDTH),
        _balance(speech, report.balance),
        Gap(3),
        Prose(both_lines(_verdict(speech, report.balance), WIDTH, SMALL, NOTE)),
        Gap(12),
        Heading(speech.say("heading.proof"), WIDTH),
        evidence_strip(speech, report.evidence, with_names=True),
        *_details(speech, report),
        *signed_lines(speech, report.signed),
    ]
    roles = tuple(speech.say(f"sign.{role}") for role in ("registered_by", "approved_by", "closed_by"))
    signed = (report.registered_by, report.approved_by, report.closed_by)
    closing: list[Block] = [Gap(12), SignatureBoxes(roles, speech.say("sign.moment"), WIDTH, signed)]
    return Sheet(report.paper, case_subject(speech, report.case, "report")).render(blocks, closing)


def _course(speech: Speech, report: CaseReport) -> list[Fact]:
    moments = (
        ("registered", report.registered_at),
        ("launched", report.launched_at),
        ("closed", report.closed_at),
    )
    return facts(speech, [(key, speech.moment(at)) for key, at in moments if at])


def _balance(speech: Speech, lines: tuple[BalanceLine, ...]) -> Table:
    columns = [Column(speech.say("column.lot"), 88), Column(speech.say("column.received"), 47, 1)]
    columns += [Column(speech.say(f"column.{state}"), 36 if state != "returned" else 44, 1) for state in STATES]
    grid = Grid(tuple(columns), WIDTH, padding=2.5)
    rows: list[list[Content]] = []
    for line in lines:
        figures = [line.received, *(getattr(line, state) for state in STATES)]
        rows.append([Cell(set_code(line.lot, grid.room(0))), *(_figure(figure) for figure in figures)])
    sums = [sum(line.received for line in lines), *(sum(getattr(line, s) for line in lines) for s in STATES)]
    rows.append([(speech.one("total"), SMALL_STRONG), *((count(figure), SMALL_STRONG) for figure in sums)])
    return table(grid, rows, total=True)


def _figure(number: int) -> Content:
    return (count(number), SMALL if number else NOTE)


def _verdict(speech: Speech, lines: tuple[BalanceLine, ...]) -> Pair:
    off = [line.lot for line in lines if line.received != sum(getattr(line, state) for state in STATES)]
    if off:
        return speech.say("balance_off", lots=", ".join(off))
    gap = sum(abs(line.unaccounted) for line in lines)
    received = count(sum(line.received for line in lines))
    return speech.say("balance_gap" if gap else "balance_even", received=received, gap=count(gap))


def _details(speech: Speech, report: CaseReport) -> list[Block]:
    made: list[Block] = []
    if report.departments:
        made += [Gap(12), Heading(speech.say("heading.departments"), WIDTH), _departments(speech, report.departments)]
    for key, text in (
        ("differences", report.differences),
        ("root_cause", report.root_cause),
        ("lessons", report.lessons),
    ):
        if text:
            made += [Gap(12), Heading(speech.say(f"heading.{key}"), WIDTH), prose(text, WIDTH)]
    if report.timeline:
        made += [Gap(12), Heading(speech.say("heading.timeline"), WIDTH), _timeline(speech, report.timeline)]
    return made


def _departments(speech: Speech, lines: tuple[DepartmentLine, ...]) -> Table:
    grid = Grid(tuple(Column(speech.say(f"column.{key}"), share, align) for key, share, align in DEPARTMENTS), WIDTH)
    return table(grid, [_department(speech, grid, line) for line in lines])


def _department(speech: Speech, grid: Grid, line: DepartmentLine) -> list[Content]:
    name = set_text(line.department, SMALL, grid.room(0)) + set_text(line.site, NOTE, grid.room(0))
    state = speech.status(TaskState(plain(line.state)))
    words = set_text(state.first, SMALL_STRONG, grid.room(1)) + set_text(state.second, NOTE, grid.room(1))
    found = "—" if line.found is None else count(line.found)
    gap = "—" if line.found is None else count(line.found - line.expected)
    return [
        Cell(name + set_text(line.note, NOTE, grid.room(0))),
        Cell(words),
        (count(line.expected), SMALL),
        (found, SMALL),
        (gap, SMALL),
        (speech.moment(line.acknowledged_at), CODE_SMALL),
        (speech.moment(line.done_at), CODE_SMALL),
    ]


def _timeline(speech: Speech, lines: tuple[TimelineLine, ...]) -> Table:
    grid = Grid(tuple(Column(speech.say(f"column.{key}"), share, align) for key, share, align in TIMELINE), WIDTH)
    return table(grid, [[(speech.moment(line.at), CODE_SMALL), (line.what, SMALL), (line.by, SMALL)] for line in lines])
