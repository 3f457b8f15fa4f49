"""The papers of goods that leave outside a recall: the return form and the disposal record."""

from app.reports.blocks import CodeAside, Fact, Heading, SignatureBoxes, paired
from app.reports.case_parts import facts, signed_lines
from app.reports.codes import return_code
from app.reports.departure_rows import DepartureForm
from app.reports.flow import Block, Gap
from app.reports.frame import WIDTH, Sheet, Subject, speech_of
from app.reports.return_form import ASIDE, returned_goods
from app.reports.speech import Speech
from app.reports.symbols import data_matrix

TO_FILL = frozenset({"carrier", "waybill", "shipped", "cartons", "method", "disposal_place", "destroyed", "reason"})
RETURN_SIGNS = ("handed_over", "witnessed", "carrier")
DISPOSAL_SIGNS = ("destroyed_by", "disposal_witness", "disposal_taker")


def render_departure_form(form: DepartureForm) -> bytes:
    """The paper as PDF: what leaves, how, where to, and boxes for three signatures."""
    speech = speech_of(form.paper)
    title = "disposal" if form.is_disposal else "return"
    subject = Subject(
        title=speech.say(f"title.{title}"),
        number=form.number,
        code=return_code(form.number),
        hint=speech.say(f"scan_{title}"),
    )
    heading = "destroyed_goods" if form.is_disposal else "returned_goods"
    blocks: list[Block] = []
    if not form.is_disposal:
        blocks += [_parties(speech, form)]
    blocks += [
        *paired(_facts(speech, form), WIDTH),
        Gap(9),
        Heading(speech.say(f"heading.{heading}"), WIDTH),
        returned_goods(speech, form.lines),
        *signed_lines(speech, form.signed),
    ]
    roles = tuple(speech.say(f"sign.{role}") for role in (DISPOSAL_SIGNS if form.is_disposal else RETURN_SIGNS))
    signed = (form.handed_over_by, form.witnessed_by, "")
    closing: list[Block] = [Gap(12), SignatureBoxes(roles, speech.say("sign.moment"), WIDTH, signed)]
    return Sheet(form.paper, subject).render(blocks, closing)


def _parties(speech: Speech, form: DepartureForm) -> CodeAside:
    values = (
        ("to", form.supplier),
        ("address", form.supplier_address),
        ("supplier_contact", form.supplier_contact),
    )
    made = facts(speech, values, WIDTH - ASIDE)
    return CodeAside(made, data_matrix(return_code(form.number)), speech.say("scan_return"), WIDTH)


def _facts(speech: Speech, form: DepartureForm) -> list[Fact]:
    moment = speech.moment(form.left_at) if form.left_at else ""
    if form.is_disposal:
        values = (
            ("method", speech.name(form.method, form.method_en)),
            ("disposal_place", speech.name(form.place, form.place_en)),
            ("destroyed", moment),
            ("reason", form.reason),
            ("list_version", form.list_version),
        )
    else:
        values = (
            ("carrier", form.carrier),
            ("waybill", form.waybill),
            ("cartons", ""),
            ("shipped", moment),
            ("reason", form.reason),
            ("note", form.received),
        )
    return facts(speech, values, to_fill=TO_FILL)
