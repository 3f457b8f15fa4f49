"""The recall notice to one department, with its own lots and quantities."""

from collections.abc import Sequence
from dataclasses import replace

from app.reports.blocks import Fact, Heading, Rule, SignatureBoxes, StampStrip, fact, paired, steps
from app.reports.case_parts import case_facts, case_subject, place_words
from app.reports.flow import Block, Gap
from app.reports.frame import WIDTH, ClassStrip, Sheet, speech_of
from app.reports.lots import lot_table
from app.reports.rows import EvidenceStamp, NoticeSheet
from app.reports.speech import NOTHING, Pair, Speech, plain

STEPS = ("stop", "seal", "count", "acknowledge")
EVIDENCE = ("received", "distributed", "feedback", "returned", "replied")


def render_notice(sheet: NoticeSheet) -> bytes:
    """The notice as PDF. Order 29 of 2017, art. 15: product, models and lots; reason; demands; treatment."""
    speech = speech_of(sheet.paper)
    subject = replace(
        case_subject(speech, sheet.case, "notice", _task_note(speech, sheet)), issued=_issued(speech, sheet)
    )
    due = speech.say("answer_by", at=speech.moment(sheet.due_at))
    blocks: list[Block] = [
        ClassStrip(speech, sheet.case.recall_class, speech.say("demand.stop"), due),
        Gap(12),
        _recipient(speech, sheet),
        *paired(case_facts(speech, sheet.case), WIDTH),
        Rule(WIDTH),
        *_demands(speech, sheet),
        Gap(9),
        Heading(speech.say("heading.lots"), WIDTH),
        lot_table(speech, sheet.lines),
        Gap(12),
        *_aftercare(speech, sheet),
    ]
    return Sheet(sheet.paper, subject).render(blocks, _closing(speech, sheet))


def _recipient(speech: Speech, sheet: NoticeSheet) -> Fact:
    department = speech.name(sheet.department, sheet.department_en)
    return fact(speech.say("fact.to"), place_words(speech, department, speech.name(sheet.site, sheet.site_en)), WIDTH)


def _demands(speech: Speech, sheet: NoticeSheet) -> list[Block]:
    if sheet.instructions:
        demands = [Pair(instruction) for instruction in sheet.instructions]
    else:
        demands = [speech.say(f"step.{step}") for step in STEPS]
    heading = speech.say("heading.please", count=str(len(demands)))
    return [Heading(heading, WIDTH), *steps(demands, WIDTH)]


def _aftercare(speech: Speech, sheet: NoticeSheet) -> list[Block]:
    made: list[Block] = []
    if sheet.substitutes:
        made.append(fact(speech.say("fact.substitutes"), "\n".join(sheet.substitutes), WIDTH))
    if sheet.contact:
        made.append(fact(speech.say("fact.contact"), sheet.contact, WIDTH))
    return made


def _task_note(speech: Speech, sheet: NoticeSheet) -> Pair:
    if not sheet.task_number:
        return NOTHING
    return Pair(f"{speech.say('task').inline} {sheet.task_number:02} / {sheet.task_count:02}")


def _issued(speech: Speech, sheet: NoticeSheet) -> str:
    key = "issued_and_registered" if sheet.registered_by else "issued"
    at = speech.moment(sheet.issued_at)
    return speech.one(key, by=sheet.issued_by or "—", at=at, registered=sheet.registered_by)


def _closing(speech: Speech, sheet: NoticeSheet) -> list[Block]:
    roles = tuple(speech.say(f"sign.{role}") for role in ("counted_by", "head", "materials"))
    made: list[Block] = [Gap(9), SignatureBoxes(roles, speech.say("sign.moment"), WIDTH)]
    if sheet.evidence:
        made += [Gap(9), Heading(speech.say("heading.proof"), WIDTH), evidence_strip(speech, sheet.evidence)]
    return made


def evidence_strip(speech: Speech, stamps: Sequence[EvidenceStamp], *, with_names: bool = False) -> StampStrip:
    """The five steps, stamped or with a line to fill in; ``with_names`` adds who and which document."""
    by_step = {plain(stamp.step): stamp for stamp in stamps}
    cells: list[tuple[Pair, str, str]] = []
    for step in EVIDENCE:
        stamp = by_step.get(step)
        at = speech.moment(stamp.at) if stamp and stamp.at else ""
        cells.append((speech.say(f"evidence.{step}"), at, _who(stamp) if with_names else ""))
    return StampStrip(tuple(cells), WIDTH)


def _who(stamp: EvidenceStamp | None) -> str:
    return " ".join(part for part in (stamp.by, stamp.document) if part) if stamp else ""
