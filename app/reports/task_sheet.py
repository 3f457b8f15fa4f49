"""The task of one department: what to look for, boxes for the counts, boxes to sign, a code to bring it back."""

from app.reports.blocks import CheckRow, CodeAside, Fact, Heading, Rule, SignatureBoxes, paired, steps
from app.reports.case_parts import case_subject, facts, place_words
from app.reports.codes import task_code
from app.reports.flow import Block, Gap
from app.reports.frame import WIDTH, ClassStrip, Sheet, speech_of
from app.reports.lots import lot_table
from app.reports.rows import TaskSheet
from app.reports.speech import Pair, Speech
from app.reports.symbols import data_matrix

STEPS = ("forward", "search", "seal", "count")
RESULTS = ("none_found", "quarantined", "handed_over")
ASIDE = 114.0


def render_task_sheet(sheet: TaskSheet) -> bytes:
    """The task sheet as PDF. The head's symbol opens the case, the one beside the facts this department's task."""
    speech = speech_of(sheet.paper)
    due = speech.say("answer_by", at=speech.moment(sheet.due_at))
    blocks: list[Block] = [
        ClassStrip(speech, sheet.case.recall_class, speech.say("demand.count"), due),
        Gap(12),
        _task(speech, sheet),
        *paired(_goods(speech, sheet), WIDTH),
        Rule(WIDTH),
        Heading(speech.say("heading.please", count=str(len(STEPS))), WIDTH),
        *steps([speech.say(f"step.{step}") for step in STEPS], WIDTH),
        Gap(9),
        Heading(speech.say("heading.lots"), WIDTH),
        lot_table(speech, sheet.lines),
    ]
    return Sheet(sheet.paper, case_subject(speech, sheet.case, "task")).render(blocks, _closing(speech))


def _task(speech: Speech, sheet: TaskSheet) -> CodeAside:
    department = speech.name(sheet.department, sheet.department_en)
    values: list[tuple[str, Pair | str]] = [
        ("to", place_words(speech, department, speech.name(sheet.site, sheet.site_en))),
        ("task", sheet.task_code),
        ("acknowledge_by", speech.moment(sheet.acknowledge_by) if sheet.acknowledge_by else ""),
        ("liaison", sheet.liaison),
        ("contact", sheet.contact),
    ]
    made = facts(speech, values, WIDTH - ASIDE)
    return CodeAside(made, data_matrix(task_code(sheet.task_code)), speech.say("scan_task"), WIDTH)


def _goods(speech: Speech, sheet: TaskSheet) -> list[Fact]:
    case = sheet.case
    return facts(
        speech,
        (
            ("product", speech.name(case.product, case.product_en)),
            ("ref", case.ref),
            ("certificate", case.certificate),
            ("manufacturer", case.manufacturer),
            ("reason", speech.name(case.reason, case.reason_en)),
            ("substitutes", "\n".join(sheet.substitutes)),
        ),
    )


def _closing(speech: Speech) -> list[Block]:
    roles = tuple(speech.say(f"sign.{role}") for role in ("counted_by", "head", "materials"))
    return [
        Gap(12),
        CheckRow(tuple(speech.say(f"result.{result}") for result in RESULTS), WIDTH),
        Gap(6),
        SignatureBoxes(roles, speech.say("sign.moment"), WIDTH),
    ]
